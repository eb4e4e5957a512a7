"""The rows on screen, read by the standard sqlite3: 0.15 ms a page where SQLModel takes 0.5, and half a second less to import.

Pages go by key, not by offset, so one costs the same at the beginning and the end of a hundred
thousand conversations. A window changes nothing; whoever writes uses `database.Store`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sellerinbox.domain.errors import NotFound, StoreError
from sellerinbox.domain.models import (
    Block,
    ConversationRow,
    Direction,
    InboxCounts,
    Key,
    SearchHit,
    ThreadEntry,
    ThreadView,
)
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.store import finding, rows
from sellerinbox.store.files import address
from sellerinbox.store.schema import VERSION, explain, version_of
from sellerinbox.store.values import attachments_from, from_ms, raw_text, storable

Position = tuple[int, int]
VIEWS = {
    "inbox": "c.state <> 'closed'",
    "due": "c.state = 'open' AND c.oldest_unanswered_at IS NOT NULL",
    "unread": "c.unread > 0 AND c.state <> 'closed'",
    "closed": "c.state = 'closed'",
    "all": "1",
}
"""View → its condition, word for word that of its index in `tables.py`."""


def is_ready(database: Path) -> bool:
    """Whether there is an inbox of our version to look at. Raises `StoreError` when there is a file that can't be used."""
    return version_of(database) == VERSION


class Windows:
    """Reads one inbox file. Close it, or use it in a `with`."""

    def __init__(self, database: Path) -> None:
        """Raises `StoreError` when the file is missing, damaged, or of another version than ours."""
        version = version_of(database)
        if version is None:
            raise StoreError(f"There is no inbox at {database} yet; nothing was lost. Add an account and sync, or try the demo.")
        if version != VERSION:
            raise StoreError(f"The inbox {database} is of an older version; it is upgraded at the next sync.")
        self.database = database
        try:
            self._connection = sqlite3.connect(address(database, "ro"), uri=True, timeout=3, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise explain(error, database) from error

    def page(self, view: str, limit: int, *, after: Position | None = None, before: Position | None = None) -> tuple[ConversationRow, ...]:
        """Up to `limit` rows of a view in its order: from its top, behind `after`, or those just before `before`.

        Views: `VIEWS`. Buyers who wait come first, the longest wait at the top; then the rest, newest first.
        """
        return tuple(map(rows.conversation_row, self._ask(*page_question(view, limit, after, before))))[:: -1 if before else 1]

    def row(self, key: Key) -> ConversationRow | None:
        """One conversation as a list shows it."""
        found = self._ask(rows.ROW_BY_KEY, rows.key_parameters(key))
        return rows.conversation_row(found[0]) if found else None

    def thread(self, key: Key, limit: int = 200) -> ThreadView:
        """A conversation with its newest `limit` messages and the replies that have not arrived for certain, oldest first.

        Raises `NotFound`.
        """
        row = self.row(key)
        if row is None:
            raise NotFound(f"There is no conversation {key} here; copy a KEY from `sellerinbox list`.")
        number = row.position[1]
        arrived = [_arrived(found) for found in self._ask(_MESSAGES, (number, limit))][::-1]
        waiting = [_waiting(found) for found in self._ask(_WAITING, (number,))]
        earlier = self._ask("SELECT count(*) FROM message WHERE conversation_id = ?", (number,))[0][0] - len(arrived)
        draft = self.draft(key) if row.has_draft else ""
        return ThreadView(row, tuple(merge(arrived, waiting, key=lambda entry: entry.sent_at)), earlier, draft)

    def draft(self, key: Key) -> str:
        """What the seller has typed and not sent; empty when nothing."""
        found = self._ask(_DRAFT, rows.key_parameters(key))
        return str(found[0][0]) if found else ""

    def with_buyer(self, buyer: str, limit: int) -> tuple[ConversationRow, ...]:
        """All conversations with a buyer, in any account, newest message first; his name in any case."""
        return tuple(map(rows.conversation_row, self._ask(_WITH_BUYER, (storable(buyer), limit))))

    def order(self, key: Key) -> OrderMatch | None:
        """The order beside a conversation, concluded from buyer and item."""
        return rows.order_for(self._ask, key)

    def find_orders(self, query: str, limit: int) -> tuple[OrderMatch, ...]:
        """Orders by number, parcel, buyer or item, the most exact first; told, not concluded."""
        found = finding.find_orders(self._ask, query, limit)
        blocked = {(block.account, block.buyer) for block in self.blocked()} if found else set()
        return tuple(OrderMatch(order, inferred=False, candidates=1, blocked=(order.account, order.buyer) in blocked) for order in found)

    def counts(self) -> InboxCounts:
        """What the status line shows."""
        open_, unread = (self._ask(question)[0][0] for question in (_OPEN, _UNREAD))
        outbox: dict[str, int] = dict(self._ask(_OUTBOX_COUNTS))
        accounts = tuple(map(rows.account_status, self._ask(f"SELECT {rows.ACCOUNT} FROM account ORDER BY name")))
        waiting = outbox.get("queued", 0) + outbox.get("sending", 0)
        return InboxCounts(open_, unread, waiting, outbox.get("unconfirmed", 0), outbox.get("rejected", 0), accounts)

    def search(self, query: str, limit: int) -> tuple[SearchHit, ...]:
        """Whole numbers and ids first, then conversations by buyer, subject and item, then messages, newest first."""
        return finding.search(self._ask, query, limit)

    def outbox(self, limit: int) -> tuple[OutboxItem, ...]:
        """The latest outbox items, newest first."""
        return tuple(map(rows.outbox_item, self._ask(f"SELECT {rows.OUTBOX} FROM outbox o ORDER BY o.id DESC LIMIT ?", (limit,))))

    def outbox_item(self, item_id: int) -> OutboxItem | None:
        """One outbox item."""
        found = self._ask(f"SELECT {rows.OUTBOX} FROM outbox o WHERE o.id = ?", (item_id,))
        return rows.outbox_item(found[0]) if found else None

    def blocked(self) -> tuple[Block, ...]:
        """The block lists of all accounts, the latest entry first."""
        return tuple(map(rows.block, self._ask(f"SELECT {rows.BLOCK} FROM block ORDER BY blocked_at DESC, account, buyer")))

    def version(self) -> int:
        """A number that changes when another connection, of any process, has changed the file."""
        return int(self._ask("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        # Fetched whole: a cursor left half read would keep the log from being moved into the file.
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.database) from error


def page_question(view: str, limit: int, after: Position | None = None, before: Position | None = None) -> tuple[str, tuple[int, ...]]:
    """The one question behind a page, and its parameters. Raises `KeyError` for a view that does not exist."""
    place = before or after
    beyond = "" if place is None else f"AND (c.rank, c.id) {'<' if before else '>'} (?, ?)"
    way = "DESC" if before else "ASC"
    # Named, because the planner takes any index that will do: for `unread` the whole inbox's.
    table = f"conversation c INDEXED BY conversation_{view}"
    sql = f"SELECT {rows.ROW} FROM {table} WHERE {VIEWS[view]} {beyond} ORDER BY c.rank {way}, c.id {way} LIMIT ?"
    return sql, (*(place or ()), limit)


def _arrived(row: Sequence[Any]) -> ThreadEntry:
    return ThreadEntry(row[0], Direction(row[1]), row[2], from_ms(row[3]), row[4], raw_text(row[5]), attachments_from(row[6]))


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


_DRAFT = "SELECT d.text FROM conversation c JOIN draft d ON d.conversation_id = c.id WHERE c.account = ? AND c.remote_id = ?"
_WITH_BUYER = f"SELECT {rows.ROW} FROM conversation c WHERE c.buyer = ? COLLATE NOCASE ORDER BY c.last_message_at DESC LIMIT ?"
_MESSAGES = f"SELECT {rows.MESSAGE} FROM message m WHERE m.conversation_id = ? ORDER BY m.id DESC LIMIT ?"
_WAITING = """SELECT o.id, o.state, o.text, o.created_at, o.not_before, o.reason, coalesce(a.seller_name, '')
 FROM outbox o LEFT JOIN account a ON a.name = o.account
 WHERE o.conversation_id = ? AND o.kind = 'reply' AND o.state IN ('queued', 'sending', 'rejected', 'unconfirmed') ORDER BY o.id"""
_OPEN = "SELECT count(*) FROM conversation c INDEXED BY conversation_open WHERE c.state = 'open'"
_UNREAD = f"SELECT count(*) FROM conversation c INDEXED BY conversation_unread WHERE {VIEWS['unread']}"
_OUTBOX_COUNTS = (
    "SELECT state, count(*) FROM outbox WHERE kind = 'reply' AND state IN ('queued', 'sending', 'unconfirmed', 'rejected') GROUP BY state"
)
