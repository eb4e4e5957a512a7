"""Where the sentences of a message begin and end, in the languages we read; one pass, no guessing at grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOPS = re.compile(r"[.!?。！？；;…\n]+")
# Full stops that end no sentence: of an abbreviation, or of a number ("bis 25.11. melde ich mich", "am 25. November").
_SHORT = re.compile(r"(?:\b(?:ca|mr|mrs|ms|dr|hr|z\.b|e\.g|i\.e|approx|bzw|sr|sra|mme|vs|inkl|zzgl)|\b[ap]\.m|\d{1,2})$", re.IGNORECASE)
_NEEDS_MORE = (
    r"nr|no|tel|jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|sept|okt|oct|nov|dez|dec|mon|tue|tues|wed|thu|thur|fri|mo|di|mi|do|"
    r"sa|so|lun|mer|jeu|ven|sam|dim|jue|vie|dom"
)
_SHORT_DAY = re.compile(rf"\b(?:{_NEEDS_MORE})$", re.IGNORECASE)
_LOOK_BACK = 8


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end (code points) of each sentence with its marks, without the blanks around it."""
    start = 0
    for stop in _STOPS.finditer(text):
        if _ends(text, stop):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def lower(text: str) -> str:
    """Small letters at the same places: of the few letters that would become two, none does."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if bare := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(bare)


def _ends(text: str, stop: re.Match[str]) -> bool:
    marks = stop[0]
    if marks == "\n":
        return not text[stop.end() : stop.end() + 1].islower()  # a long line broken by hand goes on in small letters
    if marks != ".":
        return True
    before, after = text[max(0, stop.start() - _LOOK_BACK) : stop.start()], text[stop.end() : stop.end() + 2]
    if not after[:1].isspace():
        return after[:1].isupper() and before[-1:].islower() if after[:1].isalnum() else not after.startswith(",")
    following = after[1:2]
    if _SHORT_DAY.search(before):
        return not (following.isdigit() or following.islower())
    return not (_SHORT.search(before) and (not before[-1:].isdigit() or following.islower() or _month_follows(text, stop.end())))


_MONTH_AHEAD = re.compile(r"\s+(?:jan|feb|mär|mar|apr|mai|jun|jul|aug|sep|okt|oct|nov|dez|dec)", re.IGNORECASE)


def _month_follows(text: str, at: int) -> bool:
    return _MONTH_AHEAD.match(text, at) is not None
