"""Rows of digits however they are written: 0770, ０７７, 0️⃣7️⃣, 零九一, "oh double seven", "quatre-vingt-dix", O77OO."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sellerinbox.guard.catalogue import Catalogue
from sellerinbox.guard.fold import fold
from sellerinbox.guard.reading import Reading

_ATOM = re.compile(r"[2-6二两三四五六]个[0-9零洞一幺二两三四五六七八九]|\d+|[a-zß]+|[一-鿿〇]")
_APART = re.compile(r"[^\w\n]{0,3}|[ ,]*_[ ,]*")
"""What may stand between two digits of one number."""
_THEN = re.compile(r"\W{1,2}(?:then|and|und|dann|puis|et|luego|y|再|然后)\W{1,2}")
"""What number words may have between them, one group after the other."""
_NEVER = re.compile(r"[=:%€$£¥×<>;!?\"«»]|\.[\s.]")
_ALIKE = str.maketrans("oilszebgq", "011523699")
_ALIKE_ONLY = re.compile("[oilszebgq]+")
_ALIKE_FAR = str.maketrans("з", "3")
_MOST = 64
"""Digits looked at in one row; what is longer is no telephone number."""


@dataclass(frozen=True, slots=True)
class Row:
    """Digits that stand together, as places in the folded text."""

    digits: str
    start: int
    end: int
    groups: tuple[str, ...]
    """The digits between separators."""
    words: int
    """How many of its pieces are number words or Chinese digits."""
    letters: int
    """How many of its pieces hold letters that look like digits."""
    odd: bool
    """Digits of another width or kind, or separators nobody uses for numbers of goods."""
    between: str
    """Everything that separates, in a row."""

    @property
    def disguised(self) -> bool:
        """Somebody took pains that it is not read as a number."""
        return self.words > 0 or self.letters > 0 or self.odd


@dataclass(frozen=True, slots=True)
class _Atom:
    digits: str
    start: int
    end: int
    kind: str
    """`digit`, `word`, `alike` or `times`: double, triple."""


@lru_cache(maxsize=8)
def _words(catalogue_lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    """Number word → its digits; "x2" for a word that repeats the next digit."""
    return {fold(word): digits for digits, words in catalogue_lists for word in words}


def words_of(catalogue: Catalogue) -> Mapping[str, str]:
    """The number words of all languages, folded."""
    return _words(tuple((digits, words) for digits, words in catalogue.lists.get("off_digits", {}).items()))


def rows(reading: Reading) -> Iterator[Row]:
    """Every row of digits of a text, in reading order."""
    text, original = reading.folded.text, reading
    row: list[_Atom] = []
    for atom in _atoms(text, reading, words_of(reading.catalogue)):
        if row and not _joins(text, row, atom):
            yield from _row(text, original, row)
            row = []
        row.append(atom)
    if row:
        yield from _row(text, original, row)


def _joins(text: str, row: list[_Atom], atom: _Atom) -> bool:
    last = row[-1]
    between = text[last.end : atom.start]
    if len(row) < _MOST and atom.kind == last.kind == "word" and _THEN.fullmatch(between):
        return True
    if len(row) >= _MOST or not _APART.fullmatch(between):
        return False
    if atom.kind == last.kind == "digit" or {atom.kind, last.kind} == {"digit", "alike"}:
        return not _NEVER.search(between) and "," not in between and "+" not in between
    return not _NEVER.search(between.replace(".", ""))


def _atoms(text: str, reading: Reading, words: Mapping[str, str]) -> Iterator[_Atom]:
    place = 0
    for match in _ATOM.finditer(text):
        if match.start() < place:
            continue
        piece = match[0]
        if piece[1:2] == "个":
            times, digit = (one if one.isdecimal() else words[one] for one in (piece[0], piece[2]))
            yield _Atom(digit * int(times), match.start(), match.end(), "word")
        elif piece.isdecimal():
            whole = _mixed(text, match)
            place = whole[1]
            yield _Atom(whole[2], whole[0], whole[1], whole[3])
        elif piece in words:
            glued = match.end() < len(text) and text[match.end()].isdigit()
            kind = "times" if words[piece].startswith("x") else "word"
            if glued and len(piece) == 1:
                whole = _mixed(text, match)
                place = whole[1]
                yield _Atom(whole[2], whole[0], whole[1], whole[3])
                continue
            yield _Atom(words[piece], match.start(), match.end(), kind)
        elif _ALIKE_ONLY.fullmatch(piece) and (_hides(reading, match) or (match.end() < len(text) and text[match.end()].isdigit())):
            whole = _mixed(text, match)
            place = whole[1]
            yield _Atom(whole[2], whole[0], whole[1], whole[3])


_MIXED = re.compile(r"[\doilszebgqз]+(?![a-z])|\d+")


def _mixed(text: str, match: re.Match[str]) -> tuple[int, int, str, str]:
    """A piece of digits and letters like digits: start, end, its digits, its kind."""
    found = _MIXED.match(text, match.start())
    if found is None:
        return match.start(), match.end(), match[0] if match[0].isdecimal() else "", "digit" if match[0].isdecimal() else "alike"
    piece = found[0]
    if piece.isdecimal():
        return found.start(), found.end(), piece, "digit"
    return found.start(), found.end(), piece.translate(_ALIKE_FAR).translate(_ALIKE), "alike"


def _hides(reading: Reading, match: re.Match[str]) -> bool:
    """Whether letters alone were written in place of digits: "OlO", "SS", not "so" or "Size"."""
    start, end = reading.folded.span(match.start(), match.end())
    given = reading.text[start:end]
    return not given.islower() and not given.istitle() and len(given) > 1 and set(given) <= set("OoIilSZzE")


def _row(text: str, reading: Reading, row: list[_Atom]) -> Iterator[Row]:
    while row and row[-1].kind == "times":
        row.pop()
    if not row:
        return
    digits: list[str] = []
    groups: list[str] = []
    times = 1
    for number, atom in enumerate(row):
        if atom.kind == "times":
            times = int(atom.digits[1:])
            continue
        piece = atom.digits * times if len(atom.digits) == 1 else atom.digits
        times = 1
        digits.append(piece)
        if number and row[number - 1].end == atom.start and groups:
            groups[-1] += piece
        else:
            groups.append(piece)
    start, end = row[0].start, row[-1].end
    between = "".join(text[one.end : other.start] for one, other in pairwise(row))
    yield Row(
        "".join(digits),
        start,
        end,
        tuple(groups),
        sum(atom.kind in ("word", "han", "times") for atom in row),
        sum(atom.kind == "alike" for atom in row),
        _is_odd(reading, start, end, between, groups),
        between,
    )


def _is_odd(reading: Reading, start: int, end: int, between: str, groups: list[str]) -> bool:
    first, last = reading.folded.span(start, end)
    given = reading.text[first:last]
    strange = any(char.isdigit() and not char.isascii() for char in given) or "\u20e3" in given
    single = len(groups) >= 7 and all(len(group) == 1 for group in groups) and bool(between)
    return strange or single or any(sign in between for sign in "*|_~#•")
