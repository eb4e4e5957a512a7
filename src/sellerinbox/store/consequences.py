"""What follows from a reply's change of state: for promises, for the conversation it closed, for the clocks."""

from __future__ import annotations

from sqlmodel import Session

from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.store import promises
from sellerinbox.store.deriving import recompute
from sellerinbox.store.sessions import execute, rows
from sellerinbox.store.snoozes import NOT_SENT, asleep, rouse


def follow(session: Session, item: OutboxItem, after: OutboxState, at: int, *, aside: bool = False) -> None:
    """`item` is as it was before the change; `at` in milliseconds. `aside`: what was put away with it stays away."""
    if item.kind.repeatable:
        return
    if after is OutboxState.SENT:
        if not item.ack_only:
            promises.keep(session, item.id, at)
    elif after in (OutboxState.REJECTED, OutboxState.CANCELLED):
        promises.withdraw(session, item.id, at)
        if not aside:
            _show_again(session, item, at)
    elif after is OutboxState.QUEUED and item.state is not OutboxState.SENDING:
        promises.reinstate(session, item.id, at)
    else:
        return
    recompute(session, [_number(session, item)])


def _show_again(session: Session, item: OutboxItem, at: int) -> None:
    """What was put away with a reply must not hide that the reply did not go out."""
    number = _number(session, item)
    if item.then == "close" and execute(session, _REOPEN, (number,)):
        execute(session, _KEEP_OPEN, (number, item.id))
    elif item.then == "snooze" and asleep(session, [number]):
        rouse(session, [(number, NOT_SENT, at)])


def _number(session: Session, item: OutboxItem) -> int:
    return int(rows(session, "SELECT conversation_id FROM outbox WHERE id = ?", (item.id,))[0][0])


_REOPEN = "UPDATE conversation SET closed = 0, wants_closed = 0, settled_id = 0 WHERE id = ? AND closed = 1"
_KEEP_OPEN = "UPDATE outbox SET state = 'cancelled' WHERE conversation_id = ? AND id > ? AND kind = 'archive' AND state = 'queued'"
