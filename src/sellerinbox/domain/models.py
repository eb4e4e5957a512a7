"""What a conversation is to the seller: its key, its state, its row in a list.

Identity is natural: a `Key` names the account and the marketplace's own id. Row numbers stay
inside `store/`. The first screen needs only what is here; making a data class costs 1.5 ms, so
what is asked for later stands in `messages`, `views` and `buyers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.outbox import OutboxState

HOT = timedelta(minutes=10)
"""How long after his last message a buyer counts as still there."""


class Key(NamedTuple):
    """One conversation of one account, printed `shop-uk:8812`."""

    account: str
    remote_id: str

    def __str__(self) -> str:
        return f"{self.account}:{self.remote_id}"

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read `account:remote-id`; account names hold no colon, remote ids may.

        Raises `UsageError` when either half is missing.
        """
        account, colon, remote_id = text.partition(":")
        if not (account and colon and remote_id):
            raise UsageError(f"“{text}” is not a KEY; copy one from `sellerinbox list`, it looks like shop-uk:8812.")
        return cls(account, remote_id)


class Direction(StrEnum):
    """Who wrote a message: the other party (`in`) or the seller (`out`)."""

    IN = "in"
    OUT = "out"


class Kind(StrEnum):
    """Who is at the other end: a buyer, or the marketplace itself (which can't be answered)."""

    BUYER = "buyer"
    MARKETPLACE = "marketplace"


class State(StrEnum):
    """Where a conversation stands for the seller."""

    OPEN = "open"
    """The other party wrote last; an answer is owed (or, from a marketplace, it waits to be read)."""
    WAITING = "waiting"
    """We answered; it is the buyer's turn."""
    CLOSED = "closed"
    """Done and archived; a new message from the buyer opens it again."""


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One row of a list of conversations: everything a list shows, nothing it does not."""

    key: Key
    marketplace: str
    kind: Kind
    buyer: str
    subject: str
    snippet: str
    state: State
    unread: int
    last_message_at: datetime
    oldest_unanswered_at: datetime | None
    """When the oldest buyer message without an answer came in."""
    due_at: datetime | None
    due_kind: str | None
    """Whose clock `due_at` is: `reply`, `promise`, or `snooze` for one that has woken."""
    order_id: str | None
    """The order inferred from buyer and item; None when none fits."""
    blocked: bool = False
    has_draft: bool = False
    outbox: OutboxState | None = None
    """The state of the newest reply that has not arrived for certain (queued, sending, rejected, unconfirmed)."""
    tags: tuple[str, ...] = ()
    listing_id: str | None = None
    position: tuple[int, int] = (0, 0)
    """The place in the list's order; hand it back to get the page behind or before it."""
    acked: bool = False
    """A greeting or holding reply went out, the answer itself is still owed."""
    promise_due: datetime | None = None
    """When the first of the open promises is due."""
    snoozed_until: datetime | None = None
    snooze_when: str | None = None
    """For a sleeping conversation: what wakes it, in words."""
    woke: str | None = None
    """For one that has woken: why it is back, in words."""
    thanks: bool = False
    """All that the buyer wrote last is a thank-you, and nobody has answered it."""
    klass: str | None = None
    """`postsale` when there is an order of this buyer for the item, `presale` when there is none; None when that can't be told."""
    notes: int = 0
    """Notes about the conversation and its buyer."""
    last_inbound_at: datetime | None = None
    snoozed: bool = False

    def hot(self, now: datetime) -> bool:
        """Whether the buyer wrote so lately that he is probably still there."""
        return self.state is State.OPEN and self.last_inbound_at is not None and now - self.last_inbound_at < HOT
