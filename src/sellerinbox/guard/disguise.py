"""A text without the disguises that span several characters: "W h a t s A p p", "t3l3gr4m", "v.x".

Single characters are folded elsewhere; here letters that were pulled apart are put together and
words written with digits or backwards are written with letters again, if that makes a word somebody hides.
Every character keeps the place it has in the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sellerinbox.guard.fold import Folded

_SPACED = re.compile(r"(?<![a-z0-9@'])[a-z](?: [a-z0-9@.](?![a-z0-9'])){2,}")
_SPACED_END = re.compile(r"(?<=[.)\]] )[a-z](?: [a-z](?![a-z0-9'])){1,4}")
_SEPARATED = re.compile(r"(?<![a-z0-9@])[a-z](?=([-_*|/~+,]))(?:\1[a-z0-9](?![a-z0-9])){2,}")
_DOTTED = re.compile(r"(?<![a-z0-9@.])[a-z](?:\.[a-z0-9](?![a-z0-9]))+")
_CODED = re.compile(r"(?<![a-z0-9@$])(?=[a-z@$!]{0,12}[0-9@$!|])[a-z0-9@$!|]{3,16}")
_LONG = re.compile(r"[a-z]{5,10}")
_LETTERS = str.maketrans("0134578@$!|", "oieastbasil")
_OTHER_ONE = str.maketrans("1!|", "lll")


@dataclass(frozen=True)
class Undone:
    """A text with its disguises taken off."""

    text: str
    places: tuple[int, ...] | None = None
    """The place of each character in the text as given; None when they are the same."""
    touched: frozenset[int] = frozenset()
    """Places in this text that were written otherwise, or had something between."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the text as given behind a piece of this one."""
        if self.places is None:
            return start, end
        return self.places[start], (self.places[end - 1] + 1 if end > start else self.places[start])


def undone(text: str, folded: Folded, hidden: frozenset[str]) -> Undone:
    """The text, folded as `folded` says, without disguises; `hidden` are the words that are written with digits."""
    gone = {
        place
        for pattern in (_SPACED, _SPACED_END, _SEPARATED, _DOTTED)
        for match in pattern.finditer(folded.text)
        for place in _glue(match)
    }
    other = dict(_decoded(folded.text, hidden))
    if not gone and not other:
        return Undone(text)
    kept = [place for place in range(len(folded.text)) if place not in gone]
    places = tuple(folded.origin(place) for place in kept)
    plain = "".join(other.get(place) or text[origin] for place, origin in zip(kept, places, strict=True))
    return Undone(plain, places, frozenset(at for at, place in enumerate(kept) if place in other or place + 1 in gone))


def _glue(match: re.Match[str]) -> Iterator[int]:
    """The places of what stands between pulled apart letters; the dot of an address stays."""
    whole = match[0]
    spaced = " " in whole
    for offset, char in enumerate(whole):
        if offset % 2 and (char == " " or not spaced):
            yield match.start() + offset


def _decoded(folded: str, hidden: frozenset[str]) -> Iterator[tuple[int, str]]:
    for match in _CODED.finditer(folded):
        word = match[0].rstrip("!|@")
        for plain in _readings(word):
            if plain in hidden and plain != word:
                yield from ((match.start() + offset, char) for offset, char in enumerate(plain) if char != word[offset])
                break
    for match in _LONG.finditer(folded):
        for other in (match[0].replace("i", "l"), match[0].replace("l", "i")):
            if other in hidden and match[0] not in hidden:
                yield from ((match.start() + offset, char) for offset, char in enumerate(other) if char != match[0][offset])
                break
        if match[0][::-1] in hidden and match[0] not in hidden:
            yield from ((match.start() + offset, char) for offset, char in enumerate(match[0][::-1]))


def _readings(word: str) -> Iterable[str]:
    return word.translate(_LETTERS), word.translate(_OTHER_ONE).translate(_LETTERS)
