"""What proves that an unconfirmed reply has arrived, or that it has not."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from sellerinbox.domain.messages import Message
from sellerinbox.domain.outbox import OutboxItem
from sellerinbox.store.rows import MESSAGE, message
from sellerinbox.store.sessions import execute, rows
from sellerinbox.store.values import storable, to_ms

BETWEEN_LOOKS = timedelta(seconds=60)
"""A marketplace may show a new message only after most of a minute."""


def newest_known(session: Session, item_id: int) -> tuple[str | None, list[str]]:
    """Where a look into the item's thread has to go back to, and which messages of ours are known on this side of it.

    It goes back to the newest message that a reading has brought, not to one of ours that a send
    merely confirmed: a buyer's message between the two would be passed over for good. A
    marketplace may count in whole seconds, so what is as old as that message is named as well.
    """
    (newest,) = rows(session, _NEWEST, (item_id,))[0]
    return newest, [row[0] for row in rows(session, _OURS, (item_id, newest))]


def candidates(session: Session, item: OutboxItem) -> tuple[Message, ...]:
    """Messages of ours that came into the thread since the item was claimed and settle no other reply, oldest first."""
    return tuple(message(row) for row in rows(session, _CANDIDATES, (item.id,)))


def is_matched(session: Session, account: str, message_id: str) -> bool:
    """Whether a remote message already settled a reply; it settles at most one."""
    return bool(rows(session, "SELECT 1 FROM outbox WHERE account = ? AND sent_id = ?", (account, storable(message_id))))


def note_absence(session: Session, item: OutboxItem, at: datetime, complete: bool) -> None:
    """A look did not find it: remember the first one, and say "not found" only at a complete one long enough after."""
    if item.not_found:
        return
    if item.looked_at is None or at < item.looked_at:
        # A clock put back would otherwise make two looks of one moment seem far apart later.
        execute(session, "UPDATE outbox SET looked_at = ? WHERE id = ?", (to_ms(at), item.id))
    elif complete and at - item.looked_at >= BETWEEN_LOOKS:
        execute(session, "UPDATE outbox SET not_found = 1 WHERE id = ?", (item.id,))


_NEWEST = """SELECT CASE WHEN c.complete THEN c.latest_message_id END
 FROM outbox o JOIN conversation c ON c.id = o.conversation_id WHERE o.id = ?"""
_SINCE = "coalesce((SELECT k.sent_at FROM message k WHERE k.account = o.account AND k.remote_id = {}), m.sent_at)"
_OURS = f"""SELECT m.remote_id FROM outbox o JOIN message m ON m.conversation_id = o.conversation_id
 WHERE o.id = ? AND m.direction = 'out' AND m.sent_at >= {_SINCE.format("?")}"""
_CANDIDATES = f"""SELECT {MESSAGE} FROM outbox o JOIN message m ON m.conversation_id = o.conversation_id
 WHERE o.id = ? AND m.direction = 'out' AND m.sent_at >= {_SINCE.format("o.newest_known_id")}
 AND m.remote_id NOT IN (SELECT value FROM json_each(o.known_beside))
 AND NOT EXISTS (SELECT 1 FROM outbox s WHERE s.account = o.account AND s.sent_id = m.remote_id)
 ORDER BY m.id"""
