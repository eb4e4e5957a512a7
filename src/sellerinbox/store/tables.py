"""The schema, as SQLModel tables. Times are integer milliseconds since 1970; see `values`.

A step in `migrations.py` goes with every change here. Rows never leave `store/`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Column, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

AWAKE = "state <> 'closed' AND snoozed = 0"
DUE = "due_at IS NOT NULL AND state <> 'closed' AND snoozed = 0"
UNREAD = "unread > 0 AND state <> 'closed' AND snoozed = 0"
PENDING = "kind = 'reply' AND state IN ('queued', 'sending', 'rejected', 'unconfirmed')"


def _zero() -> Any:
    return Field(default=0, sa_column_kwargs={"server_default": text("0")})


class SchemaVersionRecord(SQLModel, table=True):
    """Every version this file has had, readable by hand; `PRAGMA user_version` says the same."""

    __tablename__ = "schema_version"
    version: int = Field(primary_key=True)
    applied_at: int


class AccountRecord(SQLModel, table=True):
    """One seller account and how its sync stands."""

    __tablename__ = "account"
    name: str = Field(primary_key=True)
    marketplace: str
    seller_id: str | None = None
    seller_name: str | None = None
    last_ok_at: int | None = None
    next_at: int | None = None
    problem: str | None = None
    problem_kind: str | None = None


class CursorRecord(SQLModel, table=True):
    """Where the last reading of one kind stopped; opaque text that only the adapter understands."""

    __tablename__ = "sync_cursor"
    account: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    value: str
    saved_at: int


class ConversationRecord(SQLModel, table=True):
    """A conversation's head, with what a list shows derived from its messages."""

    __tablename__ = "conversation"
    __table_args__: ClassVar[tuple[object, ...]] = (
        UniqueConstraint("remote_id", "account"),
        Index("conversation_all", "rank", "id"),
        Index("conversation_inbox", "rank", "id", sqlite_where=text(AWAKE)),
        Index("conversation_due", "rank", "id", sqlite_where=text(DUE)),
        Index("conversation_unread", "rank", "id", "unread", "state", "snoozed", sqlite_where=text(UNREAD)),
        Index("conversation_closed", "rank", "id", sqlite_where=text("state = 'closed'")),
        Index("conversation_promises", "promise_due_at", "id", sqlite_where=text("promise_due_at IS NOT NULL")),
        Index("conversation_snoozed", "rank", "id", "snoozed", sqlite_where=text("snoozed = 1")),
        Index("conversation_drafts", "rank", "id", sqlite_where=text("drafted = 1")),
        Index("conversation_open", "state", "snoozed", sqlite_where=text("state = 'open' AND snoozed = 0")),
        Index("conversation_clock", "reply_due_at", "id", "snoozed", sqlite_where=text("reply_due_at IS NOT NULL AND snoozed = 0")),
        Index("conversation_waking", "snoozed_until", sqlite_where=text("snoozed_until IS NOT NULL")),
        Index("conversation_woken", "woken_at", sqlite_where=text("woken_at IS NOT NULL")),
        Index("conversation_acked", "acked_at", sqlite_where=text("acked_at IS NOT NULL")),
        Index("conversation_live", "last_inbound_at", "state", sqlite_where=text("state = 'open'")),
        Index("conversation_listing", "listing_id", sqlite_where=text("listing_id IS NOT NULL")),
        Index("conversation_buyer", text("buyer COLLATE NOCASE")),
    )
    id: int = Field(primary_key=True)
    account: str
    remote_id: str
    marketplace: str
    kind: str
    buyer: str
    subject: str
    listing_id: str | None
    created_at: int
    latest_message_id: str | None = None
    """The newest message a page has brought, never one of ours that a send merely confirmed:
    the next reading stops there, and would skip a buyer's message older than ours."""
    complete: bool
    archived: bool
    remote_unread: int
    unread: int
    closed: bool
    settled_id: int = 0
    """Messages up to this one need no answer: the seller closed the conversation after reading them."""
    wants_closed: bool | None = None
    wants_unread: bool | None = None
    snippet: str = ""
    state: str = "open"
    last_message_at: int
    oldest_unanswered_at: int | None = None
    rank: int
    """Place in the lists: see `values.rank_…`."""
    waived_id: int = _zero()
    """Messages up to this one need no answer: the seller said so without closing the conversation."""
    thanked_id: int = _zero()
    """Thank-yous up to this one need no answer, while the question before them still does."""
    last_inbound_at: int | None = None
    acked_at: int | None = None
    """When a greeting or holding reply went out, while the answer itself is owed."""
    reply_due_at: int | None = None
    promise_due_at: int | None = None
    due_at: int | None = None
    """The first of the clocks that run, `due_kind` says which."""
    due_kind: str | None = None
    klass: str | None = None
    thanks: bool = _zero()
    snoozed: bool = _zero()
    snoozed_until: int | None = None
    snooze_condition: str | None = None
    snooze_when: str | None = None
    woken_at: int | None = None
    woke: str | None = None
    drafted: bool = _zero()
    tags: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The names in `tag`, with spaces between, for the list."""


class MessageRecord(SQLModel, table=True):
    """A message; its key is its time, so that row order is time order."""

    __tablename__ = "message"
    __table_args__: ClassVar[tuple[object, ...]] = (
        UniqueConstraint("remote_id", "account"),
        Index("message_thread", "conversation_id", "id", "direction"),
    )
    id: int = Field(primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    account: str
    remote_id: str
    direction: str
    author: str
    sent_at: int
    text: str
    raw: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    attachments: str = ""


class OrderRecord(SQLModel, table=True):
    """An order; its key is its time, as a message's."""

    __tablename__ = "customer_order"
    __table_args__: ClassVar[tuple[object, ...]] = (
        UniqueConstraint("account", "order_id"),
        Index("customer_order_number", "order_id"),
        Index("customer_order_buyer", text("buyer COLLATE NOCASE")),
    )
    id: int = Field(primary_key=True)
    account: str
    order_id: str
    buyer: str
    placed_at: int
    modified_at: int
    fulfillment: str
    payment: str
    cancel: str | None
    total: str | None
    currency: str | None
    paid_at: int | None
    ship_by: int | None
    deliver_from: int | None
    deliver_to: int | None
    buyer_name: str | None
    address: str | None
    buyer_note: str | None
    service: str | None


class OrderLineRecord(SQLModel, table=True):
    """One item of an order, with buyer and time beside it: one look finds the order of a conversation."""

    __tablename__ = "order_line"
    __table_args__: ClassVar[tuple[object, ...]] = (
        UniqueConstraint("order_row", "line_id"),
        Index("order_line_match", "account", "listing_id", "buyer", "order_row", "order_id"),
        Index("order_line_listing", "listing_id"),
        Index("order_line_sku", text("sku COLLATE NOCASE")),
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    order_row: int = Field(foreign_key="customer_order.id")
    account: str
    order_id: str
    buyer: str
    line_id: str
    listing_id: str | None
    sku: str | None
    title: str
    quantity: int
    total: str | None


class ShipmentRecord(SQLModel, table=True):
    """One parcel of an order."""

    __tablename__ = "shipment"
    __table_args__: ClassVar[tuple[object, ...]] = (
        UniqueConstraint("order_row", "shipment_id"),
        Index("shipment_tracking", "tracking_key"),
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    order_row: int = Field(foreign_key="customer_order.id")
    shipment_id: str
    carrier: str | None
    tracking_number: str | None
    tracking_key: str | None
    """The number as compared: capitals, no spaces."""
    shipped_at: int | None
    status: str | None
    last_event_at: int | None
    events: str
    url: str | None


class OutboxRecord(SQLModel, table=True):
    """One thing on its way to a marketplace; ids are never used again."""

    __tablename__ = "outbox"
    __table_args__: ClassVar[tuple[object, ...]] = (
        Index("outbox_pending", "conversation_id", "id", "state", sqlite_where=text(PENDING)),
        Index("outbox_thread", "conversation_id", "id"),
        Index("outbox_sent", "account", "sent_id", unique=True, sqlite_where=text("sent_id IS NOT NULL")),
        Index("outbox_state", "state"),
        Index("outbox_acks", "conversation_id", "sent_id", sqlite_where=text("ack_only = 1 AND sent_id IS NOT NULL")),
        Index("outbox_canned", "conversation_id", sqlite_where=text("canned IS NOT NULL AND sent_id IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    conversation_id: int = Field(foreign_key="conversation.id")
    kind: str
    account: str
    remote_id: str
    text: str
    state: str
    attempts: int = 0
    created_at: int
    pressed_at: int
    """When the seller last pressed send for it: a second press soon after is no second reply."""
    not_before: int
    claimed_at: int | None = None
    newest_known_id: str | None = None
    known_beside: str = "[]"
    """Ids of ours in the thread that were known then and are not older than that message."""
    sent_id: str | None = None
    reason: str | None = None
    looked_at: int | None = None
    not_found: bool = False
    ack_only: bool = _zero()
    canned: str | None = None
    next_step: str = Field(default="stay", sa_column_kwargs={"server_default": "stay"})
    overtaken: bool = _zero()
    """The buyer has written since the seller decided to send it."""
    promise_mark: int = _zero()
    """The latest promise there was then: only these a reply can keep."""
    followed: str | None = None
    """The buyer's next message after it: `thanks` or `message`."""
    accepted: str | None = None
    """Why the seller sent it in spite of what the guard said."""


class BlockRecord(SQLModel, table=True):
    """A buyer on the local block list."""

    __tablename__ = "block"
    account: str = Field(primary_key=True)
    buyer: str = Field(primary_key=True)
    reason: str
    note: str
    conversation: str | None
    order_id: str | None
    blocked_at: int
    remote: str


class DraftRecord(SQLModel, table=True):
    """What the seller has typed and not sent."""

    __tablename__ = "draft"
    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    text: str
    saved_at: int


class PromiseRecord(SQLModel, table=True):
    """A promise to a buyer; rows are never removed."""

    __tablename__ = "promise"
    __table_args__: ClassVar[tuple[object, ...]] = (
        Index("promise_thread", "conversation_id", "id"),
        Index("promise_open", "conversation_id", "due_at", sqlite_where=text("state = 'open'")),
        Index("promise_due", "due_at", "id", "state", sqlite_where=text("state = 'open'")),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    conversation_id: int = Field(foreign_key="conversation.id")
    text: str
    due_at: int
    made_at: int
    item_id: int | None = None
    """The reply in the outbox that says it."""
    message_id: str | None = None
    state: str
    closed_at: int | None = None
    closed_by: int | None = None
    """The reply in the outbox that kept or renewed it: should it never go out, the promise is open again."""
    reason: str | None = None


class NoteRecord(SQLModel, table=True):
    """The seller's own words; about a buyer when there is no conversation."""

    __tablename__ = "note"
    __table_args__: ClassVar[tuple[object, ...]] = (
        Index("note_conversation", "conversation_id", sqlite_where=text("conversation_id IS NOT NULL AND removed = 0")),
        Index("note_buyer", "account", "buyer", sqlite_where=text("conversation_id IS NULL AND removed = 0")),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    account: str
    buyer: str
    text: str
    at: int
    removed: bool = _zero()
    """Taken away by the seller, kept for undo."""


class TagRecord(SQLModel, table=True):
    """A tag on a conversation; small letters, no spaces."""

    __tablename__ = "tag"
    __table_args__: ClassVar[tuple[object, ...]] = (Index("tag_name", "name", "conversation_id"),)
    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    name: str = Field(primary_key=True)


class SettingRecord(SQLModel, table=True):
    """What every process has to take the same way, such as the reply targets that `rank` was computed with."""

    __tablename__ = "setting"
    name: str = Field(primary_key=True)
    value: str


class JournalRecord(SQLModel, table=True):
    """One step of a local action and how to take it back; entries are never removed."""

    __tablename__ = "journal"
    __table_args__: ClassVar[tuple[object, ...]] = (
        Index("journal_standing", "id", sqlite_where=text("undone = 0")),
        Index("journal_group", "group_id"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    action: str
    account: str | None
    remote_id: str | None
    undo: str
    at: int
    undone: bool = False
    group_id: int = _zero()
    """The first step of the same action; a group is taken back as a whole."""


_TOKENS = "prefix='2 3', tokenize='unicode61 remove_diacritics 2'"
FULL_TEXT = (
    # Contentless: the texts are in `message` already. Taking one out needs the indexed text
    # again, so a change of `search.spaced` needs a step in migrations.py that builds this anew.
    f"CREATE VIRTUAL TABLE message_fts USING fts5(text, content='', {_TOKENS})",
    f"CREATE VIRTUAL TABLE conversation_fts USING fts5(buyer, subject, listing_id, remote_id, {_TOKENS})",
    f"CREATE VIRTUAL TABLE order_fts USING fts5(words, {_TOKENS})",
)
