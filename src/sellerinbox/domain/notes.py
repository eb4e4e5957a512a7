"""Notes: the seller's own words about a conversation or a buyer, which nobody else ever sees."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

About = Literal["conversation", "buyer"]


class Note(NamedTuple):
    """One note. It has no way into the outbox."""

    id: int
    text: str
    at: datetime
    about: About
    """`buyer`: it shows beside every conversation with him in this account."""
