"""The rows on screen, read by the standard sqlite3: 0.15 ms a page where SQLModel takes 0.5, and half a second less to import.

Pages go by key, not by offset, so one costs the same at the beginning and the end of a hundred
thousand conversations. A window changes nothing; whoever writes uses `database.Store`. What a
list does not need is imported when it is first asked for: the first screen waits for this module.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sellerinbox.domain.errors import NotFound, StoreError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.store import listing
from sellerinbox.store.files import address
from sellerinbox.store.listing import Position, key_parameters
from sellerinbox.store.schema import VERSION, explain, version_of
from sellerinbox.store.values import storable

if TYPE_CHECKING:
    from sellerinbox.domain.buyers import Block
    from sellerinbox.domain.orders import OrderMatch
    from sellerinbox.domain.outbox import OutboxItem
    from sellerinbox.domain.views import InboxCounts, SearchHit, ThreadView


def is_ready(database: Path) -> bool:
    """Whether there is an inbox of our version to look at. Raises `StoreError` when there is a file that can't be used."""
    return version_of(database) == VERSION


class Windows:
    """Reads one inbox file. Close it, or use it in a `with`."""

    def __init__(self, database: Path, *, ready: bool = False) -> None:
        """`ready`: `is_ready` was asked just now.

        Raises `StoreError` when the file is missing, damaged, or of another version than ours.
        """
        version = VERSION if ready else version_of(database)
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

        Views: `listing.VIEWS`. Buyers who wait come first, the longest wait at the top; then the rest, newest first.
        """
        question, parameters = listing.page_question(view, limit, after, before)
        return tuple(map(listing.conversation_row, self._ask(question, parameters)))[:: -1 if before else 1]

    def row(self, key: Key) -> ConversationRow | None:
        """One conversation as a list shows it."""
        found = self._ask(listing.ROW_BY_KEY, key_parameters(key))
        return listing.conversation_row(found[0]) if found else None

    def thread(self, key: Key, limit: int = 200) -> ThreadView:
        """A conversation with its newest `limit` messages and the replies that have not arrived for certain, oldest first.

        Raises `NotFound`.
        """
        from sellerinbox.store import reading

        row = self.row(key)
        if row is None:
            raise NotFound(f"There is no conversation {key} here; copy a KEY from `sellerinbox list`.")
        return reading.thread(self._ask, row, self.draft(key) if row.has_draft else "", limit)

    def draft(self, key: Key) -> str:
        """What the seller has typed and not sent; empty when nothing."""
        found = self._ask(_DRAFT, key_parameters(key))
        return str(found[0][0]) if found else ""

    def with_buyer(self, buyer: str, limit: int) -> tuple[ConversationRow, ...]:
        """All conversations with a buyer, in any account, newest message first; his name in any case."""
        return tuple(map(listing.conversation_row, self._ask(_WITH_BUYER, (storable(buyer), limit))))

    def order(self, key: Key) -> OrderMatch | None:
        """The order beside a conversation, concluded from buyer and item."""
        from sellerinbox.store import rows

        return rows.order_for(self._ask, key)

    def find_orders(self, query: str, limit: int) -> tuple[OrderMatch, ...]:
        """Orders by number, parcel, buyer or item, the most exact first; told, not concluded."""
        from sellerinbox.store import reading

        return reading.find_orders(self._ask, query, limit)

    def blocked_orders(self) -> tuple[OrderMatch, ...]:
        """Orders by blocked buyers that are still to be shipped or cancelled."""
        from sellerinbox.store import reading

        return reading.blocked_orders(self._ask)

    def counts(self) -> InboxCounts:
        """What the status line shows."""
        from sellerinbox.store import reading

        return reading.counts(self._ask)

    def search(self, query: str, limit: int) -> tuple[SearchHit, ...]:
        """Whole numbers and ids first, then conversations by buyer, subject and item, then messages, newest first."""
        from sellerinbox.store import finding

        return finding.search(self._ask, query, limit)

    def outbox(self, limit: int) -> tuple[OutboxItem, ...]:
        """The latest outbox items, newest first."""
        from sellerinbox.store import reading

        return reading.outbox(self._ask, limit)

    def outbox_item(self, item_id: int) -> OutboxItem | None:
        """One outbox item."""
        from sellerinbox.store import reading

        return reading.outbox_item(self._ask, item_id)

    def blocked(self) -> tuple[Block, ...]:
        """The block lists of all accounts, the latest entry first."""
        from sellerinbox.store import reading

        return reading.blocked(self._ask)

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


_DRAFT = "SELECT d.text FROM conversation c JOIN draft d ON d.conversation_id = c.id WHERE c.account = ? AND c.remote_id = ?"
_WITH_BUYER = f"SELECT {listing.ROW} FROM conversation c WHERE c.buyer = ? COLLATE NOCASE ORDER BY c.last_message_at DESC LIMIT ?"
