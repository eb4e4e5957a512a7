"""Conversations and messages, as the whole program speaks of them.

Identity is natural: a `Key` names the account and the marketplace's own id.
Row numbers stay inside `store/`. Every text in here has passed `domain.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.outbox import OutboxState


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
class Attachment:
    """A file beside a message; shown by name, never fetched by itself."""

    name: str
    kind: str
    """The marketplace's word for it: IMAGE, PDF, DOC, TXT."""
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a conversation."""

    id: str
    """The marketplace's id, unique within an account."""
    direction: Direction
    author: str
    sent_at: datetime
    text: str
    """Made harmless; see `raw` for what arrived."""
    raw: str | None = None
    """The text as the marketplace gave it, when cleaning changed it; otherwise None."""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteConversation:
    """The head of a conversation as the marketplace tells it."""

    key: Key
    kind: Kind
    buyer: str
    subject: str
    listing_id: str | None
    archived: bool
    unread: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with messages read from the marketplace, any order."""

    conversation: RemoteConversation
    messages: tuple[Message, ...]
    complete: bool = True
    """True when everything the marketplace has is either in here or already stored."""


@dataclass(frozen=True, slots=True)
class KnownThread:
    """What the store already knows of a conversation, so that an unchanged one is not read again."""

    latest_message_id: str | None
    unread: int
    archived: bool


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
    """Whose clock `due_at` is: `reply`."""
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
class Block:
    """A buyer on the local block list of one account."""

    account: str
    buyer: str
    reason: str
    note: str
    conversation: Key | None
    order_id: str | None
    blocked_at: datetime
    remote: str
    """What is known of the marketplace's own list: `none`, `asked`, or `done by seller`, never more than he said."""


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
    accounts: tuple[AccountStatus, ...] = field(default_factory=tuple)
