"""Messages in bulk: put in, and corrected where the marketplace changed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from sellerinbox.domain.messages import Message
from sellerinbox.store.rows import attachments_json, json_list
from sellerinbox.store.search import spaced
from sellerinbox.store.sessions import execute_many, rows
from sellerinbox.store.values import next_key, raw_blob, storable, time_key, to_ms


@dataclass(slots=True)
class SavedMessages:
    """What saving messages found and did; message ids as stored."""

    new: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    """Every message handed in → its key."""
    touched: set[int] = field(default_factory=set)
    """Conversations with a new or changed message."""
    newest_before: dict[int, int] = field(default_factory=dict)


def save_messages(session: Session, account: str, messages: Sequence[tuple[int, Message]]) -> SavedMessages:
    """Insert what is new and correct what changed. Each message comes with its conversation's row number."""
    saved = SavedMessages()
    if not messages:
        return saved
    saved.newest_before = dict(map(tuple, rows(session, _NEWEST, (json_list({number for number, _ in messages}),))))
    # An id seen twice belongs to the conversation that came first: ids are unique within an account.
    fresh = list(
        {storable(message.id): (number, storable(message.id), _values(message)) for number, message in reversed(messages)}.values()
    )
    stored = {row[1]: row for row in rows(session, _STORED, (json_list(name for _, name, _ in fresh), account))}
    inserted, moved = [], []
    for number, name, values in fresh:
        known = stored.get(name)
        if known is None:
            inserted.append((number, name, values))
            saved.touched.add(number)
        else:
            saved.keys[name] = known[0]
            if tuple(known[3:]) != values:
                moved.append((known[2], name, values))
                saved.touched.add(known[2])
    _remove(session, [stored[name] for _, name, _ in moved])
    keys = _free_keys(session, account, [(name, values) for _, name, values in (*inserted, *moved)])
    _insert(session, account, [(keys[name], number, name, values) for number, name, values in (*inserted, *moved)])
    saved.keys.update(keys)
    saved.new = {name: keys[name] for _, name, _ in inserted}
    return saved


def _values(message: Message) -> tuple[Any, ...]:
    return (
        message.direction.value,
        storable(message.author),
        to_ms(message.sent_at),
        storable(message.text),
        raw_blob(message.raw),
        attachments_json(message.attachments),
    )


def _free_keys(session: Session, account: str, messages: Sequence[tuple[str, tuple[Any, ...]]]) -> dict[str, int]:
    wanted = {name: time_key(values[2], account, name) for name, values in messages}
    if not wanted:
        return {}
    taken = {
        row[0] for row in rows(session, "SELECT m.id FROM json_each(?) j JOIN message m ON m.id = j.value", (json_list(wanted.values()),))
    }
    for name, key in wanted.items():
        while key in taken:
            key = next_key(key)
            if rows(session, "SELECT 1 FROM message WHERE id = ?", (key,)):
                taken.add(key)
        taken.add(key)
        wanted[name] = key
    return wanted


def _insert(session: Session, account: str, messages: Sequence[tuple[int, int, str, tuple[Any, ...]]]) -> None:
    # In the order of their keys: the tables' pages are filled one after the other.
    ordered = sorted(messages, key=lambda entry: entry[0])
    execute_many(session, _INSERT, [(key, number, account, name, *values) for key, number, name, values in ordered])
    execute_many(
        session, "INSERT INTO message_fts (rowid, text) VALUES (?, ?)", [(key, spaced(values[3])) for key, _, _, values in ordered]
    )


def _remove(session: Session, stored: Sequence[Sequence[Any]]) -> None:
    """Take messages out to put them in again: a changed time is a changed key."""
    execute_many(
        session, "INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', ?, ?)", [(row[0], spaced(row[6])) for row in stored]
    )
    execute_many(session, "DELETE FROM message WHERE id = ?", [(row[0],) for row in stored])


_NEWEST = """SELECT j.value, coalesce((SELECT m.id FROM message m WHERE m.conversation_id = j.value ORDER BY m.id DESC LIMIT 1), 0)
 FROM json_each(?) j"""
_STORED = """SELECT m.id, m.remote_id, m.conversation_id, m.direction, m.author, m.sent_at, m.text, m.raw, m.attachments
 FROM json_each(?) j JOIN message m ON m.account = ? AND m.remote_id = j.value"""
_INSERT = """INSERT INTO message (id, conversation_id, account, remote_id, direction, author, sent_at, text, raw, attachments)
 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
