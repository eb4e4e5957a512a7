"""What is read when the seller opens something: a thread, the counts, the outbox, the block list. No SQLModel here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from typing import Any

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.models import HOT, ConversationRow, Direction, Key
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.domain.views import CannedUse, InboxCounts, ThreadEntry, ThreadView
from sellerinbox.store import finding, ledger, listing, rows
from sellerinbox.store.listing import Ask
from sellerinbox.store.values import from_ms, raw_text, to_ms


def thread(ask: Ask, row: ConversationRow, draft: str, limit: int) -> ThreadView:
    """A conversation with its newest `limit` messages and the replies that have not arrived for certain, oldest first."""
    number = row.position[1]
    arrived = [_arrived(found) for found in ask(_MESSAGES, (number, limit))][::-1]
    waiting = [_waiting(found) for found in ask(_WAITING, (number,))]
    earlier = ask("SELECT count(*) FROM message WHERE conversation_id = ?", (number,))[0][0] - len(arrived)
    return ThreadView(row, tuple(merge(arrived, waiting, key=lambda entry: entry.sent_at)), earlier, draft)


def find_orders(ask: Ask, query: str, limit: int) -> tuple[OrderMatch, ...]:
    """Orders by number, parcel, buyer or item, the most exact first; told, not concluded."""
    found = finding.find_orders(ask, query, limit)
    barred = {(block.account, block.buyer) for block in blocked(ask)} if found else set()
    return tuple(OrderMatch(order, inferred=False, candidates=1, blocked=(order.account, order.buyer) in barred) for order in found)


def counts(ask: Ask, now: datetime | None = None) -> InboxCounts:
    """What the status line shows; without a time nothing is overdue or hot."""
    outbox: dict[str, int] = dict(ask(_OUTBOX_COUNTS, ()))
    at = -1 if now is None else to_ms(now)
    return InboxCounts(
        open=ask(_OPEN, ())[0][0],
        unread=ask(_UNREAD, ())[0][0],
        queued=outbox.get("queued", 0) + outbox.get("sending", 0),
        unconfirmed=outbox.get("unconfirmed", 0),
        rejected=outbox.get("rejected", 0),
        blocked_orders=len(ask(_BLOCKED_ORDERS, ())),
        accounts=tuple(map(rows.account_status, ask(f"SELECT {rows.ACCOUNT} FROM account ORDER BY name", ()))),
        promises_open=ask(_PROMISES, ())[0][0],
        promises_overdue=ask(ledger.OVERDUE, (at,))[0][0],
        snoozed=ask(_SNOOZED, ())[0][0],
        acked=ask(_ACKED, ())[0][0],
        hot=0 if now is None else ask(_HOT, (to_ms(now - HOT),))[0][0],
    )


def hot(ask: Ask, now: datetime, limit: int) -> tuple[ConversationRow, ...]:
    """Conversations whose buyer wrote within the last minutes and waits, the latest first."""
    return tuple(map(listing.conversation_row, ask(_HOT_ROWS, (to_ms(now - HOT), limit))))


def known_message(ask: Ask, key: Key, direction: Direction) -> bool:
    """Whether anybody on that side has written in the conversation."""
    return bool(ask(_WRITTEN, (*listing.key_parameters(key), direction.value)))


def used(ask: Ask, key: Key) -> tuple[str, ...]:
    """Names of the canned replies that went out, or are about to, in a conversation; the first one first."""
    return tuple(row[0] for row in ask(_USED, listing.key_parameters(key)))


def usage(ask: Ask) -> tuple[CannedUse, ...]:
    """What became of the replies that canned replies made, by name."""
    return tuple(CannedUse(name, sent, thanks, again, from_ms(at)) for name, sent, thanks, again, at in ask(_USAGE, ()))


def blocked_orders(ask: Ask) -> tuple[OrderMatch, ...]:
    """Orders placed by blocked buyers after the block, still to be shipped or cancelled; newest first."""
    found = rows.orders(ask, [row[0] for row in ask(_BLOCKED_ORDERS, ())])
    return tuple(OrderMatch(order, inferred=False, candidates=1, blocked=True) for order in found)


def outbox(ask: Ask, limit: int) -> tuple[OutboxItem, ...]:
    """The latest outbox items, newest first."""
    return tuple(map(rows.outbox_item, ask(f"SELECT {rows.OUTBOX} FROM outbox o ORDER BY o.id DESC LIMIT ?", (limit,))))


def outbox_item(ask: Ask, item_id: int) -> OutboxItem | None:
    """One outbox item."""
    found = ask(f"SELECT {rows.OUTBOX} FROM outbox o WHERE o.id = ?", (item_id,))
    return rows.outbox_item(found[0]) if found else None


def blocked(ask: Ask) -> tuple[Block, ...]:
    """The block lists of all accounts, the latest entry first."""
    return tuple(map(rows.block, ask(f"SELECT {rows.BLOCK} FROM block ORDER BY blocked_at DESC, account, buyer", ())))


def _arrived(row: Sequence[Any]) -> ThreadEntry:
    return ThreadEntry(row[0], Direction(row[1]), row[2], from_ms(row[3]), row[4], raw_text(row[5]), rows.attachments_from(row[6]))


def _waiting(row: Sequence[Any]) -> ThreadEntry:
    number, state, text, created, not_before, reason, author = row
    return ThreadEntry(
        f"outbox-{number}",
        Direction.OUT,
        author,
        from_ms(created),
        text,
        outbox_id=number,
        outbox=OutboxState(state),
        not_before=from_ms(not_before) if state == "queued" else None,
        reason=reason,
    )


_MESSAGES = f"SELECT {rows.MESSAGE} FROM message m WHERE m.conversation_id = ? ORDER BY m.id DESC LIMIT ?"
_WAITING = """SELECT o.id, o.state, o.text, o.created_at, o.not_before, o.reason, coalesce(a.seller_name, '')
 FROM outbox o LEFT JOIN account a ON a.name = o.account
 WHERE o.conversation_id = ? AND o.kind = 'reply' AND o.state IN ('queued', 'sending', 'rejected', 'unconfirmed') ORDER BY o.id"""
_OPEN = "SELECT count(*) FROM conversation c INDEXED BY conversation_open WHERE c.state = 'open' AND c.snoozed = 0"
_PROMISES = "SELECT count(*) FROM promise p INDEXED BY promise_due WHERE p.state = 'open'"
_SNOOZED = "SELECT count(*) FROM conversation c INDEXED BY conversation_snoozed WHERE c.snoozed = 1"
_ACKED = "SELECT count(*) FROM conversation c INDEXED BY conversation_acked WHERE c.acked_at IS NOT NULL"
_HOT = "SELECT count(*) FROM conversation c INDEXED BY conversation_live WHERE c.state = 'open' AND c.last_inbound_at > ?"
_HOT_ROWS = f"""SELECT {listing.ROW} FROM conversation c INDEXED BY conversation_live
 WHERE c.state = 'open' AND c.last_inbound_at > ? ORDER BY c.last_inbound_at DESC LIMIT ?"""
_WRITTEN = """SELECT 1 FROM conversation c JOIN message m ON m.conversation_id = c.id
 WHERE c.account = ? AND c.remote_id = ? AND m.direction = ? LIMIT 1"""
_USED = """SELECT o.canned FROM conversation c JOIN outbox o ON o.conversation_id = c.id
 WHERE c.account = ? AND c.remote_id = ? AND o.canned IS NOT NULL AND o.state IN ('queued', 'sending', 'sent', 'unconfirmed')
 GROUP BY o.canned ORDER BY min(o.id)"""
_USAGE = """SELECT o.canned, count(*), sum(coalesce(o.followed, '') = 'thanks'), sum(coalesce(o.followed, '') = 'message'),
  max(o.created_at) FROM outbox o WHERE o.canned IS NOT NULL AND o.sent_id IS NOT NULL GROUP BY o.canned ORDER BY o.canned"""
_UNREAD = f"SELECT count(*) FROM conversation c INDEXED BY conversation_unread WHERE {listing.VIEWS['unread']}"
_OUTBOX_COUNTS = (
    "SELECT state, count(*) FROM outbox WHERE kind = 'reply' AND state IN ('queued', 'sending', 'unconfirmed', 'rejected') GROUP BY state"
)
_BLOCKED_ORDERS = """SELECT o.id FROM block b JOIN customer_order o ON o.buyer = b.buyer COLLATE NOCASE AND o.account = b.account
 WHERE o.placed_at > b.blocked_at AND o.fulfillment <> 'FULFILLED' AND coalesce(o.cancel, '') <> 'CANCELED' ORDER BY o.id DESC"""
