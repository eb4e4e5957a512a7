"""The list of conversations as questions and answers: the one part of the store that the first screen waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sellerinbox.domain.deadlines import reply_due
from sellerinbox.domain.models import ConversationRow, Key, Kind, State
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.store.values import from_ms, maybe_time, storable

Ask = Callable[[str, Sequence[object]], list[Any]]
"""Runs a question with its parameters on whichever connection is at hand."""
Position = tuple[int, int]
VIEWS = {
    "inbox": "c.state <> 'closed'",
    "due": "c.state = 'open' AND c.oldest_unanswered_at IS NOT NULL",
    "unread": "c.unread > 0 AND c.state <> 'closed'",
    "closed": "c.state = 'closed'",
    "all": "1",
}
"""View → its condition, word for word that of its index in `tables.py`."""

ROW = """c.account, c.remote_id, c.marketplace, c.kind, c.buyer, c.subject, c.snippet, c.state, c.unread,
 c.last_message_at, c.oldest_unanswered_at,
 (SELECT l.order_id FROM order_line l WHERE l.account = c.account AND l.listing_id = c.listing_id AND l.buyer = c.buyer
   ORDER BY l.order_row DESC LIMIT 1),
 EXISTS (SELECT 1 FROM block b WHERE b.account = c.account AND b.buyer = c.buyer),
 EXISTS (SELECT 1 FROM draft d WHERE d.conversation_id = c.id),
 (SELECT o.state FROM outbox o WHERE o.conversation_id = c.id AND o.kind = 'reply'
   AND o.state IN ('queued', 'sending', 'rejected', 'unconfirmed') ORDER BY o.id DESC LIMIT 1),
 c.listing_id, c.rank, c.id"""
"""Everything a list shows, in one question; each inner one is a single look into a small index."""
ROW_WIDTH = 18
ROW_BY_KEY = f"SELECT {ROW} FROM conversation c WHERE c.account = ? AND c.remote_id = ?"

_STATES = {state.value: state for state in State}
_KINDS = {kind.value: kind for kind in Kind}
_OUTBOX: dict[str | None, OutboxState | None] = {None: None, **{state.value: state for state in OutboxState}}


def conversation_row(row: Sequence[Any]) -> ConversationRow:
    """A row of `ROW`."""
    oldest = maybe_time(row[10])
    due = reply_due(oldest)
    return ConversationRow(
        key=Key(row[0], row[1]),
        marketplace=row[2],
        kind=_KINDS[row[3]],
        buyer=row[4],
        subject=row[5],
        snippet=row[6],
        state=_STATES[row[7]],
        unread=row[8],
        last_message_at=from_ms(row[9]),
        oldest_unanswered_at=oldest,
        due_at=due,
        due_kind=None if due is None else "reply",
        order_id=row[11],
        blocked=bool(row[12]),
        has_draft=bool(row[13]),
        outbox=_OUTBOX[row[14]],
        listing_id=row[15],
        position=(row[16], row[17]),
    )


def key_parameters(key: Key) -> tuple[str, str]:
    """A key as typed, fit for a question."""
    return storable(key.account), storable(key.remote_id)


def page_question(view: str, limit: int, after: Position | None = None, before: Position | None = None) -> tuple[str, tuple[int, ...]]:
    """The one question behind a page, and its parameters. Raises `KeyError` for a view that does not exist."""
    place = before or after
    beyond = "" if place is None else f"AND (c.rank, c.id) {'<' if before else '>'} (?, ?)"
    way = "DESC" if before else "ASC"
    # Named, because the planner takes any index that will do: for `unread` the whole inbox's.
    table = f"conversation c INDEXED BY conversation_{view}"
    sql = f"SELECT {ROW} FROM {table} WHERE {VIEWS[view]} {beyond} ORDER BY c.rank {way}, c.id {way} LIMIT ?"
    return sql, (*(place or ()), limit)
