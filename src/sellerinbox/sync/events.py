"""What the sync says while it works, and the same as one line of JSON each.

An event says *that* something changed, never what it now is: the store is the only truth.
The lines are a contract with scripts (`sellerinbox sync --json`): times are RFC 3339 in UTC
with `Z`, unknown is null, and a reader skips what it doesn't know.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxState


@dataclass(frozen=True, slots=True)
class Progress:
    """A reading goes on; worth showing on a first sync."""

    account: str
    what: str
    """`conversations` or `orders`."""
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Synced:
    """A reading of one account ended well."""

    account: str
    new_messages: int
    new_orders: int


@dataclass(frozen=True, slots=True)
class RateLimited:
    """The marketplace asked us to wait; the whole account does."""

    account: str
    until: datetime
    message: str


@dataclass(frozen=True, slots=True)
class SignInNeeded:
    """Nothing goes on for this account until the seller signs in."""

    account: str
    message: str


@dataclass(frozen=True, slots=True)
class Offline:
    """The marketplace was not reached."""

    account: str
    message: str
    next_at: datetime
    """When it is tried again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the seller should know; the rest goes on."""

    account: str | None
    """None when it concerns the sync as a whole."""
    message: str


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """A reply or an action came one step further."""

    account: str
    outbox_id: int
    key: Key
    state: OutboxState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another process holds the sync; this one only queues."""

    message: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a round, or of a watch."""

    new_messages: int = 0
    new_orders: int = 0
    sent: int = 0
    unconfirmed: int = 0
    """Replies of which we can't tell yet whether they arrived."""
    problems: int = 0
    failed: Mapping[str, str] = field(default_factory=dict)
    """Account → why its round failed: `sign_in_needed`, `offline`, `rate_limited` or `problem`."""


SyncEvent = Progress | Synced | RateLimited | SignInNeeded | Offline | Problem | OutboxChanged | Elsewhere | Done
"""Everything that `sync --json` prints."""
OnEvent = Callable[[SyncEvent], None]

_NAMES: dict[type[SyncEvent], str] = {
    Progress: "progress",
    Synced: "synced",
    RateLimited: "rate_limited",
    SignInNeeded: "sign_in_needed",
    Offline: "offline",
    Problem: "problem",
    OutboxChanged: "outbox_changed",
    Elsewhere: "elsewhere",
    Done: "done",
}
_TYPES = {name: kind for kind, name in _NAMES.items()}


def to_json(event: SyncEvent) -> str:
    """The event as one line of JSON, without the line end."""
    values = {each.name: _plain(getattr(event, each.name)) for each in fields(event)}
    return json.dumps({"event": _NAMES[type(event)], **values}, ensure_ascii=False)


def from_json(line: str) -> SyncEvent | None:
    """Read a line back; None for a line that is no event of ours."""
    try:
        values = json.loads(line)
        kind: Callable[..., SyncEvent] = _TYPES[values.pop("event")]
        hints = typing.get_type_hints(kind)
        return kind(**{name: _typed(hints[name], value) for name, value in values.items() if name in hints})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, UsageError):
        return None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Key):
        return str(value)
    return dict(value) if isinstance(value, Mapping) else value


def _typed(hint: object, value: object) -> object:
    """The value as the field's type; raises `TypeError` or `ValueError` when it is none."""
    if hint is datetime:
        return datetime.fromisoformat(str(value))
    if hint is Key:
        return Key.parse(str(value))
    if hint is OutboxState:
        return OutboxState(str(value))
    if not isinstance(value, _accepted(hint)):
        raise TypeError(hint)
    return value


def _accepted(hint: object) -> type | types.UnionType:
    origin = typing.get_origin(hint)
    if origin is types.UnionType:
        return typing.cast("types.UnionType", hint)
    return typing.cast("type", origin or hint)
