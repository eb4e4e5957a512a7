"""What the finders of promises hand to `commitments`: one promise, still without an assumed day."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Found(NamedTuple):
    """One promise in a text."""

    start: int
    end: int
    """Places in the text (code points)."""
    what: str
    """`refund`, `send`, `check`, `answer` or `do`."""
    due_at: datetime | None
    """The moment that was named; None when none was."""
