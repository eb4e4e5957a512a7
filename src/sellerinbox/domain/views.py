"""What the screen and the command line show besides the list: a thread, what was found, the counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, NamedTuple, Self, TypeVar

from sellerinbox.domain.messages import Attachment
from sellerinbox.domain.models import ConversationRow, Direction, Key
from sellerinbox.domain.outbox import OutboxState

T = TypeVar("T")


class Found(tuple[T, ...], Generic[T]):
    """What was found, and whether that is all."""

    more: bool
    """There may be more: as many were found as were asked for, or the time was over."""
    late: bool
    """The time was over before everything had been looked at."""

    def __new__(cls, found: Iterable[T] = (), *, more: bool = False, late: bool = False) -> Self:
        """What was found; late implies more."""
        made = super().__new__(cls, found)
        made.more, made.late = more or late, late
        return made


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """A message as a thread shows it: one that arrived, or one of ours still on its way."""

    id: str
    direction: Direction
    author: str
    sent_at: datetime
    text: str
    raw: str | None = None
    attachments: tuple[Attachment, ...] = ()
    outbox_id: int | None = None
    outbox: OutboxState | None = None
    not_before: datetime | None = None
    """For a queued reply: when it goes out; until then it can be called back."""
    reason: str | None = None
    """For a rejected or unconfirmed reply: why, fit to show."""


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A conversation as shown: its row and its entries, oldest first."""

    row: ConversationRow
    entries: tuple[ThreadEntry, ...]
    earlier: int = 0
    """How many older entries were left out."""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One message found, with its conversation."""

    row: ConversationRow
    message_id: str | None
    sent_at: datetime
    snippet: str


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """How one account's sync stands, for the status line."""

    name: str
    marketplace: str
    last_ok_at: datetime | None
    next_at: datetime | None
    problem: str | None
    """The last trouble as a plain sentence, None after a good round."""
    problem_kind: str | None = None
    """`offline`, `rate_limited`, `sign_in_needed` or `problem`."""


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """What the status line counts."""

    open: int = 0
    unread: int = 0
    queued: int = 0
    unconfirmed: int = 0
    rejected: int = 0
    blocked_orders: int = 0
    """Orders placed by a buyer after he was blocked that are still to be shipped or cancelled."""
    accounts: tuple[AccountStatus, ...] = field(default_factory=tuple)
    promises_open: int = 0
    promises_overdue: int = 0
    snoozed: int = 0
    acked: int = 0
    """Buyers who were greeted or put off and wait for the answer itself."""
    hot: int = 0
    """Buyers who wrote within the last ten minutes and wait."""


class DueItem(NamedTuple):
    """One clock of one conversation."""

    kind: Literal["reply", "promise", "snooze", "case"]
    """`snooze`: it has woken. Cases bring their clock with them when they come."""
    key: Key
    buyer: str
    subject: str
    due_at: datetime
    overdue: bool
    """A promised or an answer's time has passed; a woken snooze only says that it is there."""
    text: str
    """What was promised, why it woke, or the last message in short."""


class CannedUse(NamedTuple):
    """What became of the replies that a canned reply made."""

    name: str
    sent: int
    thanks: int
    """How often the buyer's next message was a thank-you."""
    again: int
    """How often it was something else: he was not done."""
    last_at: datetime
