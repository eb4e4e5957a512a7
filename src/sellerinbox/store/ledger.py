"""What is owed, read: promises, notes and every clock in one list. No SQLModel here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sellerinbox.domain.models import Key
from sellerinbox.domain.notes import Note
from sellerinbox.domain.promises import Promise, PromiseState
from sellerinbox.domain.views import DueItem
from sellerinbox.i18n import _
from sellerinbox.store.listing import Ask, key_parameters
from sellerinbox.store.values import from_ms, maybe_time, to_ms


def open_promises(ask: Ask, limit: int) -> tuple[Promise, ...]:
    """Open promises of all conversations, the one due first at the top."""
    return tuple(map(_promise, ask(f"{_PROMISES} INDEXED BY promise_due {_WITH} WHERE p.state = 'open' {_BY_DUE} LIMIT ?", (limit,))))


def promises_of(ask: Ask, key: Key) -> tuple[Promise, ...]:
    """Every promise of a conversation, the oldest first; what nobody was told is left out."""
    question = f"{_PROMISES} {_WITH} WHERE c.account = ? AND c.remote_id = ? AND p.state <> 'withdrawn' ORDER BY p.id"
    return tuple(map(_promise, ask(question, key_parameters(key))))


def promise_by_id(ask: Ask, promise_id: int) -> Promise | None:
    """One promise."""
    found = ask(f"{_PROMISES} {_WITH} WHERE p.id = ?", (promise_id,))
    return _promise(found[0]) if found else None


def overdue_promises(ask: Ask, now: datetime) -> int:
    """How many open promises have not been kept in time."""
    return int(ask(OVERDUE, (to_ms(now),))[0][0])


def notes_of(ask: Ask, key: Key) -> tuple[Note, ...]:
    """The notes about a conversation and about its buyer, the oldest first."""
    return tuple(
        Note(row[0], row[1], from_ms(row[2]), "buyer" if row[3] is None else "conversation") for row in ask(_NOTES, key_parameters(key))
    )


def due(ask: Ask, now: datetime, limit: int) -> tuple[DueItem, ...]:
    """Every clock that runs: what has woken, then answers and promises, the one due first at the top."""
    woken = [_due("snooze", row, now) for row in ask(_WOKEN, (limit,))]
    clocks = [_due("reply", row, now) for row in ask(_REPLIES, (limit,))] + [_due("promise", row, now) for row in ask(_PROMISED, (limit,))]
    return (*woken, *sorted(clocks, key=lambda item: item.due_at))[:limit]


def _promise(row: Sequence[Any]) -> Promise:
    number, account, remote_id, text, due_at, made_at, item, message, state, closed_at, reason, buyer, subject = row
    return Promise(
        number,
        Key(account, remote_id),
        text,
        from_ms(due_at),
        from_ms(made_at),
        message if item is None else item,
        PromiseState(state),
        maybe_time(closed_at),
        reason,
        buyer,
        subject,
    )


def _due(kind: Any, row: Sequence[Any], now: datetime) -> DueItem:
    account, remote_id, buyer, subject, at, text = row
    due_at = from_ms(at)
    shown = _(text) if kind == "snooze" else text or ""
    return DueItem(kind, Key(account, remote_id), buyer, subject, due_at, kind != "snooze" and due_at <= now, shown)


_PROMISES = """SELECT p.id, c.account, c.remote_id, p.text, p.due_at, p.made_at, p.item_id, p.message_id, p.state, p.closed_at, p.reason,
 c.buyer, c.subject FROM promise p"""
_WITH = "JOIN conversation c ON c.id = p.conversation_id"
_BY_DUE = "ORDER BY p.due_at, p.id"
OVERDUE = "SELECT count(*) FROM promise p INDEXED BY promise_due WHERE p.state = 'open' AND p.due_at <= ?"
_NOTES = """SELECT n.id, n.text, n.at, n.conversation_id FROM conversation c JOIN note n ON n.conversation_id = c.id
 WHERE c.account = ?1 AND c.remote_id = ?2 AND n.removed = 0
 UNION ALL SELECT n.id, n.text, n.at, NULL FROM conversation c JOIN note n ON n.account = c.account AND n.buyer = c.buyer
 WHERE c.account = ?1 AND c.remote_id = ?2 AND n.conversation_id IS NULL AND n.removed = 0 ORDER BY 1"""
_HEAD = "SELECT c.account, c.remote_id, c.buyer, c.subject"
_WOKEN = f"""{_HEAD}, c.woken_at, c.woke FROM conversation c INDEXED BY conversation_woken
 WHERE c.woken_at IS NOT NULL ORDER BY c.woken_at, c.id LIMIT ?"""
_REPLIES = f"""{_HEAD}, c.reply_due_at, c.snippet FROM conversation c INDEXED BY conversation_clock
 WHERE c.reply_due_at IS NOT NULL AND c.snoozed = 0 ORDER BY c.reply_due_at, c.id LIMIT ?"""
_PROMISED = f"""{_HEAD}, p.due_at, p.text FROM promise p INDEXED BY promise_due JOIN conversation c ON c.id = p.conversation_id
 WHERE p.state = 'open' ORDER BY p.due_at, p.id LIMIT ?"""
