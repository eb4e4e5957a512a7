"""Whether there is any text, and whether the marketplace takes its length. Neither can be overlooked: both stop it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sellerinbox.domain.text import clean
from sellerinbox.guard.findings import Finding, at
from sellerinbox.guard.reading import Reading

MOST = 10_000
"""Characters no marketplace takes in one message (eBay 2,000, Amazon 4,000)."""
_BLANK_PATTERN = "\u2800"
"""The braille pattern without dots: a symbol by its category, a blank to the eye."""


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


def length(text: str, limit: int | None, label: str) -> Iterator[Finding]:
    """More characters than the marketplace takes; a line end counts once, blanks behind the text not at all.

    Where no limit is known it is `MOST`: the guard reads no further, and no buyer would.
    """
    limit = MOST if limit is None else limit
    if len(text) <= limit:
        return
    end = len(text.rstrip())
    counted = [place for place in range(end) if text[place : place + 2] != "\r\n"]
    over = len(counted) - limit
    if over > 0:
        why = f"{label} takes at most {limit} characters and this reply has {len(counted)}; shorten it by {over}."
        yield at(text, counted[limit], end, family="form", kind="length", severity="block", why=why)


def crowded(reading: Reading) -> Iterator[Finding]:
    """More words and signs than are read: what was not read must not go out."""
    if reading.tokens.cut:
        start, end = reading.tokens.span(0, len(reading.tokens.words))
        why = "This reply has more words and signs than any marketplace takes, so not all of it could be checked; shorten it."
        yield at(reading.text, start, end, family="form", kind="length", severity="block", why=why)
