"""The list of conversations as questions and answers: the one part of the store that the first screen waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sellerinbox.domain.models import ConversationRow, Key, Kind, State
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.i18n import _
from sellerinbox.store.values import from_ms, maybe_time, storable

Ask = Callable[[str, Sequence[object]], list[Any]]
"""Runs a question with its parameters on whichever connection is at hand."""
Position = tuple[int, int]
VIEWS = {
    "inbox": "c.state <> 'closed' AND c.snoozed = 0",
    "due": "c.due_at IS NOT NULL AND c.state <> 'closed' AND c.snoozed = 0",
    "unread": "c.unread > 0 AND c.state <> 'closed' AND c.snoozed = 0",
    "promises": "c.promise_due_at IS NOT NULL",
    "snoozed": "c.snoozed = 1",
    "drafts": "c.drafted = 1",
    "closed": "c.state = 'closed'",
    "all": "1",
}
"""View → its condition, word for word that of its index in `tables.py`."""
_ORDER = {"promises": "c.promise_due_at"}
"""Views with an order of their own: a promise must not stand behind an answer that is owed earlier."""

ROW = """c.account, c.remote_id, c.marketplace, c.kind, c.buyer, c.subject, c.snippet, c.state, c.unread,
 c.last_message_at, c.oldest_unanswered_at,
 (SELECT l.order_id FROM order_line l WHERE l.account = c.account AND l.listing_id = c.listing_id AND l.buyer = c.buyer
   ORDER BY l.order_row DESC LIMIT 1),
 EXISTS (SELECT 1 FROM block b WHERE b.account = c.account AND b.buyer = c.buyer),
 c.drafted,
 (SELECT o.state FROM outbox o WHERE o.conversation_id = c.id AND o.kind = 'reply'
   AND o.state IN ('queued', 'sending', 'rejected', 'unconfirmed') ORDER BY o.id DESC LIMIT 1),
 c.listing_id, c.tags, c.due_at, c.due_kind, c.acked_at, c.promise_due_at, c.snoozed, c.snoozed_until, c.snooze_when, c.woke,
 c.thanks, c.klass, c.last_inbound_at,
 (SELECT count(*) FROM note n WHERE n.conversation_id = c.id AND n.removed = 0)
  + (SELECT count(*) FROM note n WHERE n.conversation_id IS NULL AND n.removed = 0 AND n.account = c.account AND n.buyer = c.buyer),
 c.rank, c.id"""
"""Everything a list shows, in one question; each inner one is a single look into a small index."""
ROW_WIDTH = 31
ROW_BY_KEY = f"SELECT {ROW} FROM conversation c WHERE c.account = ? AND c.remote_id = ?"

_STATES = {state.value: state for state in State}
_KINDS = {kind.value: kind for kind in Kind}
_OUTBOX: dict[str | None, OutboxState | None] = {None: None, **{state.value: state for state in OutboxState}}


def conversation_row(row: Sequence[Any]) -> ConversationRow:
    """A row of `ROW`."""
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
        oldest_unanswered_at=maybe_time(row[10]),
        due_at=maybe_time(row[17]),
        due_kind=row[18],
        order_id=row[11],
        blocked=bool(row[12]),
        has_draft=bool(row[13]),
        outbox=_OUTBOX[row[14]],
        tags=tuple(row[16].split()),
        listing_id=row[15],
        position=(row[29], row[30]),
        acked=row[19] is not None,
        promise_due=maybe_time(row[20]),
        snoozed_until=maybe_time(row[22]),
        snooze_when=row[23],
        woke=None if row[24] is None else _(row[24]),
        thanks=bool(row[25]),
        klass=row[26],
        notes=row[28],
        last_inbound_at=maybe_time(row[27]),
        snoozed=bool(row[21]),
    )


def key_parameters(key: Key) -> tuple[str, str]:
    """A key as typed, fit for a question."""
    return storable(key.account), storable(key.remote_id)


def order_of(view: str) -> str:
    """What a view is sorted by, before the row number; it is the first half of a position."""
    return _ORDER.get(view, "c.rank")


def page_question(view: str, limit: int, after: Position | None = None, before: Position | None = None) -> tuple[str, tuple[int, ...]]:
    """The one question behind a page, and its parameters. Raises `KeyError` for a view that does not exist."""
    place = before or after
    order = order_of(view)
    beyond = "" if place is None else f"AND ({order}, c.id) {'<' if before else '>'} (?, ?)"
    way = "DESC" if before else "ASC"
    # Named, because the planner takes any index that will do: for `unread` the whole inbox's.
    table = f"conversation c INDEXED BY conversation_{view}"
    shown = ROW.replace("c.rank", order)
    sql = f"SELECT {shown} FROM {table} WHERE {VIEWS[view]} {beyond} ORDER BY {order} {way}, c.id {way} LIMIT ?"
    return sql, (*(place or ()), limit)


HAS_COME = "SELECT 1 FROM conversation c WHERE c.snoozed_until IS NOT NULL AND c.snoozed_until <= ? LIMIT 1"
"""Whether a snooze's time has come, by its own small index; snoozed_until is NULL for whatever is awake."""
NEXT_WAKE = "SELECT min(c.snoozed_until) FROM conversation c WHERE c.snoozed_until IS NOT NULL"
