"""Capitals: none where a sentence begins, nothing else where somebody shouts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sellerinbox.guard.form.typed import Slip, Typed

_FIRST = re.compile(r"\A[\s\"'“„«(¿¡]{0,10}(?P<at>(?P<word>[^\W\d_][\w'’-]{0,40}))")
_NEXT = re.compile(r"(?P<before>[^\W_]{1,30})(?P<mark>[.!?]{1,3})[\"'”»)]?[ \t\n]{1,3}(?P<at>(?P<word>[^\W\d_][\w'’-]{0,40}))")
_LONE_I = re.compile(r"(?<![\w.'’(/-])(?P<at>i)(?=[ \t\n]|['’](?:m|ve|ll|d)\b|[,!?](?:\s|$))")
_LOUD = re.compile(r"(?P<at>(?:[^\W\d_a-zß-öø-ÿ\u02bc]{1,25}(?:[ \t,.!'’-]{1,4}|$)){3,200})")
_ODD_STARTS = re.compile(r"(?:e|i|d|t|x|m|p|s|k|u|y)[A-Z-]|[a-z]+[A-Z0-9]|(?:mm|cm|kg|ml|km|usb|led|www)\b|d['’]|l['’]")
_LATIN_SMALL = re.compile(r"[a-zß-öø-ÿœ]")
_SHORT = """
z b d h bzw ca inkl zzgl usw etc approx vs mr mrs ms dr nr no st tel art str max min ggf evtl vgl ex env sr sra p pp cf am pm
a m bsp ff hrs std uhr
"""
_ABBREVIATIONS = frozenset(_SHORT.split())
_LETTERS = 10


def check(typed: Typed) -> Iterator[Slip]:
    """Every place of this kind."""
    match = _FIRST.match(typed.text)
    if match is not None and _small(match):
        yield _start(match)
    for match in _NEXT.finditer(typed.text):
        if _small(match) and not _goes_on(match):
            yield _start(match)
    if typed.english:
        yield from typed.places("form.capitals.lone_i", _LONE_I, "I")
    yield from _loud(typed.text)


def _loud(text: str) -> Iterator[Slip]:
    for match in _LOUD.finditer(text):
        letters = sum(char.isalpha() and char.isupper() for char in match[0])
        words = [word for word in re.findall(r"[^\W\d_]+", match[0]) if len(word) > 1]
        if letters >= _LETTERS and len(words) >= 3 and any(len(word) > 3 for word in words):
            yield Slip("form.capitals.loud", match.start(), match.start() + len(match[0].rstrip()), None)


def _small(match: re.Match[str]) -> bool:
    return bool(_LATIN_SMALL.match(match["word"])) and not _ODD_STARTS.match(match["word"])


def _start(match: re.Match[str]) -> Slip:
    word = match["word"]
    return Slip("form.capitals.sentence", match.start("at"), match.end("at"), word[0].upper() + word[1:])


def _goes_on(match: re.Match[str]) -> bool:
    """Whether the mark ends an abbreviation, an ordinal or a pause, not a sentence."""
    before, mark = match["before"], match["mark"]
    if mark == "...":
        return True
    return mark == "." and (before.isdigit() or len(before) == 1 or before.lower() in _ABBREVIATIONS)
