"""Promises: what the seller told a buyer he would do, and by when.

A promise is closed only by a later reply that is a real answer (kept), by the same promise with
a new date (renewed), or by the seller's word and a reason (dropped). One that was made in a
reply which never went out is withdrawn: nobody was told.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from sellerinbox.domain.models import Key


class PromiseState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    RENEWED = "renewed"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    """It stood in a reply that was called back or refused; it is never listed."""


class Promise(NamedTuple):
    """One promise to one buyer."""

    id: int
    key: Key
    text: str
    """What was said, on one line."""
    due_at: datetime
    made_at: datetime
    made_by: int | str | None
    """The outbox id (a number) or the message id (a text) it was made by; None when it was added by hand."""
    state: PromiseState
    closed_at: datetime | None = None
    reason: str | None = None
    """Why it was dropped."""
    buyer: str = ""
    subject: str = ""

    def overdue(self, now: datetime) -> bool:
        """Whether the promised time has passed without the promise being closed."""
        return self.state is PromiseState.OPEN and self.due_at <= now


class Promised(Protocol):
    """What a reply says that it promises: a commitment found in its text, with the date the seller agreed to."""

    @property
    def text(self) -> str:
        """The words of it."""

    @property
    def due_at(self) -> datetime | None:
        """By when; a promise without a date is none."""


class NewPromise(NamedTuple):
    """The plainest `Promised`."""

    text: str
    due_at: datetime
