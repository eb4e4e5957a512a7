"""A text as a reader takes it: without the disguises of single characters, each still at its place.

`fold` maps every character to at most one other, so that a place in the folded text is the same
place in the text as given: full width to ordinary, circled and mathematical letters to plain ones,
look-alike letters of other alphabets to Latin, accents off, capitals down, traditional Chinese to
simplified. What takes no room (zero width characters, keycap marks, combining accents) can't be
mapped to nothing without moving the rest: `folded` takes it out and keeps the places beside.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc

_ACCENTED_KEPT = "ß"
_NOTHING = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\u20e3\u0300-\u036f\U000e0000-\U000e007f]+"
)
_SAME = {
    "\r": "\n",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "ʼ": "'",
    "＇": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "。": ".",
    "．": ".",
    "、": ",",
    "·": ".",
    "•": ".",
    "–": "-",
    "—": "-",
    "‑": "-",
    "‒": "-",
    "−": "-",
    "﹣": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u3000": " ",
}


@dataclass(frozen=True)
class Folded:
    """A folded text and the way back to the text it was made of."""

    text: str
    cuts: tuple[int, ...] = ()
    """Places in `text` behind which characters were taken out."""
    shifts: tuple[int, ...] = ()
    """How many were taken out up to that place."""

    def origin(self, place: int) -> int:
        """The place in the text as given of a character of the folded one."""
        if not self.cuts:
            return place
        at = bisect_right(self.cuts, place)
        return place + (self.shifts[at - 1] if at else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the text as given behind a piece of the folded one; `end` is past its last character."""
        return self.origin(start), (self.origin(end - 1) + 1 if end > start else self.origin(start))

    @cached_property
    def has_han(self) -> bool:
        """Whether there is Chinese in it."""
        return not self.text.isascii() and re.search("[\u3400-\u9fff]", self.text) is not None


def folded(text: str) -> Folded:
    """The text as rules read it, with the way back."""
    if text.isascii():
        return Folded(text.lower().replace("`", "'").replace("\r", "\n"))
    plain = text.translate(_TABLE)
    if not _NOTHING.search(plain):
        return Folded(plain)
    pieces, cuts, shifts, kept, taken, last = [], [], [], 0, 0, 0
    for match in _NOTHING.finditer(plain):
        pieces.append(plain[last : match.start()])
        kept += match.start() - last
        taken += match.end() - match.start()
        cuts.append(kept)
        shifts.append(taken)
        last = match.end()
    pieces.append(plain[last:])
    return Folded("".join(pieces), tuple(cuts), tuple(shifts))


def fold(text: str) -> str:
    """Words and patterns of rules, folded as texts are."""
    return folded(text).text


class _Table(dict[int, str]):
    """Code point → what it is read as; each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = self[code] = _fold_char(chr(code))
        return char


_TABLE = _Table()


def _fold_char(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if char.isascii():
        return char.lower()
    if "\u3400" <= char <= "\u9fff":
        return _simplified().convert(char)[:1] or char
    if _NOTHING.match(char) or char == _ACCENTED_KEPT:
        return char
    return _letter(char)


def _letter(char: str) -> str:
    compatible = unicodedata.normalize("NFKD", char)
    first = compatible[0]
    if compatible[0] == "(" and len(compatible) > 1:
        first = compatible[1]  # parenthesised letters and digits: ⑴ ⒜
    if unicodedata.digit(char, None) is not None and not first.isdecimal():
        first = str(unicodedata.digit(char))
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        first = chr(ord("a") + ord(char) - 0x1F1E6)  # regional indicators spell words letter by letter
    first = first.lower()[:1]
    if first.isascii() or not first.isalpha() or unicodedata.category(first) == "Lo":
        return first
    return _look_alike(first)


@lru_cache(maxsize=2048)
def _look_alike(char: str) -> str:
    """The Latin letter a letter of another alphabet can't be told from by eye; itself when there is none."""
    from confusable_homoglyphs import confusables  # type: ignore[import-untyped]

    found = confusables.is_confusable(char, greedy=True, preferred_aliases=[])
    if not found:
        return char
    letters = [other["c"] for other in found[0]["homoglyphs"]]
    return next((letter.lower() for letter in letters if len(letter) == 1 and letter.isascii() and letter.isalpha()), char)


@lru_cache(maxsize=1)
def _simplified() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")
