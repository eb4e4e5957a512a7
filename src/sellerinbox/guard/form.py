"""The form of a text: whether there is any, and whether the marketplace takes its length."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sellerinbox.domain.text import clean
from sellerinbox.guard.findings import Finding, at
from sellerinbox.guard.reading import Reading

_BLANK_PATTERN = "\u2800"
"""The braille pattern without dots: a symbol by its category, a blank to the eye."""


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    yield from empty(reading.text)
    if reading.context.limit is not None:
        yield from length(reading.text, reading.context.limit, reading.context.label)


def empty(text: str) -> Iterator[Finding]:
    """Nothing to read: blanks, invisible characters, or nothing at all."""
    if not any(unicodedata.category(char)[0] in "LNPS" and char != _BLANK_PATTERN for char in clean(text)):
        yield at(
            text,
            0,
            len(text),
            family="form",
            kind="empty",
            severity="block",
            why="There is nothing to read in this reply; write something first.",
        )


def length(text: str, limit: int, label: str) -> Iterator[Finding]:
    """More characters than the marketplace takes; a line end counts once, blanks behind the text not at all."""
    if len(text) <= limit:
        return
    end = len(text.rstrip())
    counted = [place for place in range(end) if text[place : place + 2] != "\r\n"]
    over = len(counted) - limit
    if over > 0:
        why = f"{label} takes at most {limit} characters and this reply has {len(counted)}; shorten it by {over}."
        yield at(text, counted[limit], end, family="form", kind="length", severity="block", why=why)
