"""Saving a page of threads: everything of it and its cursor in one transaction, in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from sellerinbox.domain.conversations import Marks, first_marks, merge_page
from sellerinbox.domain.messages import Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Key
from sellerinbox.store import arrivals
from sellerinbox.store.arrivals import Arrival
from sellerinbox.store.deriving import recompute
from sellerinbox.store.messages import SavedMessages, save_messages
from sellerinbox.store.rows import json_list
from sellerinbox.store.search import spaced
from sellerinbox.store.sessions import execute_many, rows
from sellerinbox.store.values import rank_other, storable


@dataclass(slots=True)
class _Head:
    """A conversation while its page is being saved."""

    id: int
    remote_id: str
    remote: RemoteConversation
    marks: Marks
    complete: bool = False
    settled_id: int = 0
    waived_id: int = 0
    latest: str | None = None
    latest_key: int = 0
    stored: tuple[object, ...] | None = None
    """What the table holds of the remote head; None for a conversation never seen before."""
    messages: dict[str, Message] = field(default_factory=dict)
    whole: bool = True
    news: tuple[int, ...] = ()
    """Keys of what is new from the other party."""

    @property
    def new(self) -> bool:
        return self.stored is None

    @property
    def said(self) -> tuple[object, ...]:
        remote = self.remote
        listing = None if remote.listing_id is None else storable(remote.listing_id)
        return (remote.kind.value, storable(remote.buyer), storable(remote.subject), listing, int(remote.archived), remote.unread)

    @property
    def indexed(self) -> tuple[str, str, str, str]:
        return spaced(self.remote.buyer), spaced(self.remote.subject), storable(self.remote.listing_id or ""), self.remote_id

    @property
    def columns(self) -> tuple[object, ...]:
        marks = self.marks
        wishes = (marks.wants_closed, marks.wants_unread)
        return (*self.said, marks.unread, marks.closed, *wishes, self.settled_id, self.waived_id, self.latest, self.complete)


def save_threads(session: Session, account: str, marketplace: str, threads: Sequence[Thread], now: int) -> tuple[int, tuple[Key, ...]]:
    """Store the threads. Returns how many messages are new and which conversations changed."""
    heads = _heads(session, account, threads)
    new = [head for head in heads if head.new]
    # New heads go in first, since their messages point at them; what follows from the messages is set below.
    execute_many(session, _INSERT, [(head.id, account, head.remote_id, marketplace, *head.said, now, now, rank_other(now)) for head in new])
    execute_many(session, _INSERT_TEXT, [(head.id, *head.indexed) for head in new])
    saved = save_messages(session, account, [(head.id, message) for head in heads for message in head.messages.values()])
    changed, texts, overtaken = _merge(heads, saved)
    execute_many(session, _UPDATE_TEXT, texts)
    execute_many(session, _UPDATE, [(*head.columns, head.id) for head in changed])
    execute_many(session, _CANCEL_OVERTAKEN, overtaken)
    arrivals.follow(session, [_arrival(head, saved) for head in heads if not head.new and head.id in saved.touched], now)
    seen = [head for head in heads if head.new or head.id in saved.touched or head in changed]
    recompute(session, sorted({head.id for head in seen} | saved.touched))
    return len(saved.new), tuple(Key(account, head.remote_id) for head in seen)


def _heads(session: Session, account: str, threads: Sequence[Thread]) -> list[_Head]:
    """One head for each conversation of the page; one that comes twice is put together."""
    wanted = dict.fromkeys(storable(thread.conversation.key.remote_id) for thread in threads)
    stored = {row[1]: row for row in rows(session, _STORED, (json_list(wanted), account))}
    number = rows(session, "SELECT coalesce(max(id), 0) FROM conversation")[0][0]
    heads: dict[str, _Head] = {}
    for thread in threads:
        remote_id, remote = storable(thread.conversation.key.remote_id), thread.conversation
        if remote_id not in heads:
            number += 1
            row = stored.get(remote_id)
            heads[remote_id] = (
                _Head(number, remote_id, remote, first_marks(remote.archived, remote.unread)) if row is None else _known(row, remote)
            )
        head = heads[remote_id]
        head.remote, head.whole = remote, head.whole and thread.complete
        head.messages.update((storable(message.id), message) for message in thread.messages)
    return list(heads.values())


def _known(row: Sequence[object], remote: RemoteConversation) -> _Head:
    number, remote_id, closed, unread, archived, wants_closed, wants_unread, complete, settled, waived, latest, latest_key, *stored = row
    marks = Marks(bool(closed), int(str(unread)), bool(archived), _wish(wants_closed), _wish(wants_unread))
    return _Head(
        int(str(number)),
        str(remote_id),
        remote,
        marks,
        complete=bool(complete),
        settled_id=int(str(settled)),
        waived_id=int(str(waived)),
        latest=None if latest is None else str(latest),
        latest_key=int(str(latest_key or 0)),
        stored=tuple(stored),
    )


def _wish(value: object) -> bool | None:
    return None if value is None else bool(value)


def _merge(heads: Sequence[_Head], saved: SavedMessages) -> tuple[list[_Head], list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Bring heads up to their page: which changed, whose words for the search did, and where the buyer was faster than we."""
    changed: list[_Head] = []
    texts: list[tuple[object, ...]] = []
    overtaken: list[tuple[object, ...]] = []
    for head in heads:
        before, said = head.columns, head.said
        head.news = _news(head, saved)
        if not head.new:
            head.marks = merge_page(head.marks, archived=head.remote.archived, unread=head.remote.unread, new_inbound=len(head.news))
        _settle(head, saved)
        _advance(head, saved)
        if head.new or before != head.columns or head.stored != said:
            changed.append(head)
        if not head.new and head.stored != said:
            texts.append((*head.indexed, head.id))
        if head.news:
            overtaken.append((head.id,))
    return changed, texts, overtaken


def _news(head: _Head, saved: SavedMessages) -> tuple[int, ...]:
    """Keys of what is news from the other party: nothing of a first reading, nothing older from one that had to be finished."""
    if head.new:
        return ()
    newest = saved.newest_before.get(head.id, 0)
    fresh = (saved.new[name] for name, message in head.messages.items() if name in saved.new and message.direction is Direction.IN)
    return tuple(number for number in fresh if head.complete or number > newest)


def _arrival(head: _Head, saved: SavedMessages) -> Arrival:
    fresh = [(saved.new[name], message) for name, message in head.messages.items() if name in saved.new]
    theirs = tuple(message for number, message in fresh if number in head.news)
    return Arrival(head.id, theirs, tuple(message for _, message in fresh if message.direction is Direction.OUT))


def _settle(head: _Head, saved: SavedMessages) -> None:
    """Keep track of up to where the conversation is settled, by closing it or by the seller's word; news never is."""
    if head.marks.closed and not head.settled_id:
        head.settled_id = max(saved.newest_before.get(head.id, 0), *(saved.keys[name] for name in head.messages), 0)
    if head.news:
        head.settled_id, head.waived_id = (min(each, min(head.news) - 1) for each in (head.settled_id, head.waived_id))


def _advance(head: _Head, saved: SavedMessages) -> None:
    brought = [(saved.keys[name], name) for name in head.messages]
    if head.latest is not None and head.latest not in head.messages:
        brought.append((head.latest_key, head.latest))
    if brought:
        head.latest = max(brought)[1]
    head.complete = head.whole


_STORED = """SELECT c.id, c.remote_id, c.closed, c.unread, c.archived, c.wants_closed, c.wants_unread, c.complete, c.settled_id,
  c.waived_id, c.latest_message_id, (SELECT m.id FROM message m WHERE m.account = c.account AND m.remote_id = c.latest_message_id),
  c.kind, c.buyer, c.subject, c.listing_id, c.archived, c.remote_unread
 FROM json_each(?) j JOIN conversation c ON c.account = ? AND c.remote_id = j.value"""
_INSERT = """INSERT INTO conversation (id, account, remote_id, marketplace, kind, buyer, subject, listing_id, archived, remote_unread,
  created_at, last_message_at, rank, unread, closed, settled_id, complete, snippet, state)
 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, '', 'open')"""
_INSERT_TEXT = "INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (?, ?, ?, ?, ?)"
_UPDATE = """UPDATE conversation SET kind = ?, buyer = ?, subject = ?, listing_id = ?, archived = ?, remote_unread = ?,
  unread = ?, closed = ?, wants_closed = ?, wants_unread = ?, settled_id = ?, waived_id = ?, latest_message_id = ?,
  complete = ? WHERE id = ?"""
_UPDATE_TEXT = "UPDATE conversation_fts SET buyer = ?, subject = ?, listing_id = ?, remote_id = ? WHERE rowid = ?"
# Sent now, they would archive or mark read at the marketplace what the seller has not seen.
_CANCEL_OVERTAKEN = (
    "UPDATE outbox SET state = 'cancelled' WHERE conversation_id = ? AND state = 'queued' AND kind IN ('archive', 'mark_read')"
)
