"""Messages and threads as a marketplace brings them. Every text in here has passed `domain.text`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sellerinbox.domain.models import Direction, Key, Kind


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
