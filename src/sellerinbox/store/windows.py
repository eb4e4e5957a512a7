"""The rows on screen, read by the standard sqlite3: 0.15 ms a page where SQLModel takes 0.5, and half a second less to import.

Pages go by key, not by offset, so one costs the same at the beginning and the end of a hundred
thousand conversations. A window changes nothing; whoever writes uses `database.Store`. What a
list does not need is imported when it is first asked for: the first screen waits for this module.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sellerinbox.domain.errors import NotFound, StoreError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.i18n import _
from sellerinbox.store import listing
from sellerinbox.store.files import address
from sellerinbox.store.listing import Position, key_parameters
from sellerinbox.store.schema import VERSION, explain, version_of
from sellerinbox.store.values import maybe_time, storable, to_ms

if TYPE_CHECKING:
    from sellerinbox.domain.buyers import Block
    from sellerinbox.domain.clock import Clock
    from sellerinbox.domain.deadlines import Targets
    from sellerinbox.domain.notes import Note
    from sellerinbox.domain.orders import OrderMatch
    from sellerinbox.domain.outbox import OutboxItem
    from sellerinbox.domain.promises import Promise
    from sellerinbox.domain.views import CannedUse, DueItem, Found, InboxCounts, SearchHit, ThreadView
    from sellerinbox.store.matching import Looking
    from sellerinbox.store.vocabulary import Vocabulary

Zone = tzinfo | Callable[[], tzinfo]
"""A time zone, or how to learn it once it is wanted."""
SEARCH_SECONDS = 0.25
"""How long a screen waits for a search; then it shows what was found."""
MATCHING_SECONDS = 5.0
"""How long an action waits for all the conversations that a query fits."""


def is_ready(database: Path) -> bool:
    """Whether there is an inbox of our version to look at. Raises `StoreError` when there is a file that can't be used."""
    return version_of(database) == VERSION


class Windows:
    """Reads one inbox file. Close it, or use it in a `with`."""

    def __init__(self, database: Path, *, ready: bool = False, clock: Clock | None = None, zone: Zone | None = None) -> None:
        """`ready`: `is_ready` was asked just now. `clock` and `zone` are for searches (`before:yesterday`): without, the machine's.

        Raises `StoreError` when the file is missing, damaged, or of another version than ours.
        """
        version = VERSION if ready else version_of(database)
        if version is None:
            raise StoreError(
                _("There is no inbox at {database} yet; nothing was lost. Add an account and sync, or try the demo.").format(
                    database=database
                )
            )
        if version != VERSION:
            raise StoreError(_("The inbox {database} is of an older version; it is upgraded at the next sync.").format(database=database))
        self.database = database
        self._clock = clock
        self._zone = zone
        self._vocabulary: Vocabulary | None = None
        try:
            self._connection = sqlite3.connect(address(database, "ro"), uri=True, timeout=3, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise explain(error, database) from error

    def page(
        self,
        view: str,
        limit: int,
        *,
        after: Position | None = None,
        before: Position | None = None,
        query: str | None = None,
        seconds: float = SEARCH_SECONDS,
    ) -> tuple[ConversationRow, ...]:
        """Up to `limit` rows of a view in its order: from its top, behind `after`, or those just before `before`.

        Views: `listing.VIEWS`. First comes what has woken, then what is due, the earliest at the top; then the rest, newest
        first. `promises` goes by the promises' own times.
        With a `query`, only those that it fits, as `Found`, with `late` set when `seconds` were not enough. Raises
        `QueryError` where it asks for what does not exist.
        """
        if query and query.strip():
            return self._matching_page(query, view, limit, after, before, seconds)
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
            raise NotFound(_("There is no conversation {key} here; copy a KEY from `sellerinbox list`.").format(key=key))
        return reading.thread(self._ask, row, self.draft(key) if row.has_draft else "", limit)

    def draft(self, key: Key) -> str:
        """What the seller has typed and not sent; empty when nothing."""
        found = self._ask(_DRAFT, key_parameters(key))
        return str(found[0][0]) if found else ""

    def with_buyer(self, buyer: str, limit: int) -> tuple[ConversationRow, ...]:
        """All conversations with a buyer, in any account, newest message first; his name in any case."""
        return tuple(map(listing.conversation_row, self._ask(_WITH_BUYER, (storable(buyer), limit))))

    def setting(self, name: str) -> str | None:
        """What was kept under a name; None when nothing was."""
        found = self._ask("SELECT value FROM setting WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def newest_overdue(self, now: datetime) -> datetime | None:
        """The latest promised time that has passed without its promise being kept."""
        found = self._ask("SELECT max(due_at) FROM promise WHERE state = 'open' AND due_at <= ?", (to_ms(now),))
        return maybe_time(found[0][0])

    def done_since(self, at: datetime) -> dict[str, int]:
        """Action → how often the seller did it since then, what he took back left out."""
        return {str(action): int(count) for action, count in self._ask(_DONE_SINCE, (to_ms(at),))}

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

    def counts(self, now: datetime | None = None) -> InboxCounts:
        """What the status line shows; without a time nothing is overdue or hot."""
        from sellerinbox.store import reading

        return reading.counts(self._ask, now)

    def hot(self, now: datetime, limit: int) -> tuple[ConversationRow, ...]:
        """Conversations whose buyer wrote within the last minutes and waits, the latest first."""
        from sellerinbox.store import reading

        return reading.hot(self._ask, now, limit)

    def due(self, now: datetime, limit: int) -> tuple[DueItem, ...]:
        """Every clock that runs: what has woken, then answers and promises, the one due first at the top."""
        from sellerinbox.store import ledger

        return ledger.due(self._ask, now, limit)

    def open_promises(self, limit: int) -> tuple[Promise, ...]:
        """Open promises of all conversations, the one due first at the top."""
        from sellerinbox.store import ledger

        return ledger.open_promises(self._ask, limit)

    def promises_of(self, key: Key) -> tuple[Promise, ...]:
        """Every promise of a conversation, the oldest first."""
        from sellerinbox.store import ledger

        return ledger.promises_of(self._ask, key)

    def overdue_promises(self, now: datetime) -> int:
        """How many open promises have not been kept in time."""
        from sellerinbox.store import ledger

        return ledger.overdue_promises(self._ask, now)

    def notes_of(self, key: Key) -> tuple[Note, ...]:
        """The notes about a conversation and about its buyer, the oldest first."""
        from sellerinbox.store import ledger

        return ledger.notes_of(self._ask, key)

    def answered_before(self, key: Key) -> bool:
        """Whether any message of ours stands in the conversation."""
        from sellerinbox.domain.models import Direction
        from sellerinbox.store import reading

        return reading.known_message(self._ask, key, Direction.OUT)

    def used(self, key: Key) -> tuple[str, ...]:
        """Names of the canned replies that went out, or are about to, in a conversation."""
        from sellerinbox.store import reading

        return reading.used(self._ask, key)

    def usage(self) -> tuple[CannedUse, ...]:
        """What became of the replies that canned replies made, by name."""
        from sellerinbox.store import reading

        return reading.usage(self._ask)

    def is_ranked(self, targets: Targets) -> bool:
        """Whether the stored clocks were computed with these targets."""
        from sellerinbox.store.targets import is_ranked

        return is_ranked(self._ask, targets)

    def has_come(self, now: datetime) -> bool:
        """Whether a snooze's time has come, and somebody has to wake it."""
        return bool(self._ask(listing.HAS_COME, (to_ms(now),)))

    def next_wake(self) -> datetime | None:
        """When the next snooze ends by time."""
        return maybe_time(self._ask(listing.NEXT_WAKE)[0][0])

    def search(self, query: str, limit: int, *, typing: bool = False, seconds: float = SEARCH_SECONDS) -> Found[SearchHit]:
        """Whole numbers and ids first, then conversations by buyer, subject and item, then messages, newest first.

        Operators alone find the newest message of each conversation that they fit. `typing`: the last word may be half
        typed. After `seconds` it gives what was found, with `late` set. Raises `QueryError` for what does not exist.
        """
        from sellerinbox.domain.query import parse
        from sellerinbox.store import finding

        return finding.search(self._looking(seconds), parse(query, typing=typing), limit)

    def matching(self, query: str, limit: int, *, view: str = "all", seconds: float = MATCHING_SECONDS) -> Found[Key]:
        """The first `limit` conversations of a view that a query fits, in the view's order; `more` when those are not all.

        Raises `QueryError` where it asks for what does not exist.
        """
        from sellerinbox.domain.query import parse
        from sellerinbox.store import matching

        return matching.keys(self._looking(seconds), parse(query), view, limit)

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

    def _matching_page(
        self, query: str, view: str, limit: int, after: Position | None, before: Position | None, seconds: float
    ) -> Found[ConversationRow]:
        from sellerinbox.domain.query import parse
        from sellerinbox.store import matching

        return matching.page(self._looking(seconds), parse(query), view, limit, after, before)

    def _looking(self, seconds: float) -> Looking:
        from sellerinbox.store.matching import Looking
        from sellerinbox.store.operators import Today
        from sellerinbox.store.patience import Patience
        from sellerinbox.store.vocabulary import Vocabulary

        if self._clock is None:
            from sellerinbox.domain.clock import SystemClock

            self._clock = SystemClock()
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(self._ask)
        now = self._clock.now()
        zone = self._zone() if callable(self._zone) else self._zone
        today = Today(now, zone or now.astimezone().tzinfo or UTC)
        return Looking(Patience(self._connection, self.database, self._clock.monotonic, seconds), self._vocabulary, today)

    def _ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        # Fetched whole: a cursor left half read would keep the log from being moved into the file.
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.database) from error


_DRAFT = "SELECT d.text FROM conversation c JOIN draft d ON d.conversation_id = c.id WHERE c.account = ? AND c.remote_id = ?"
_WITH_BUYER = f"SELECT {listing.ROW} FROM conversation c WHERE c.buyer = ? COLLATE NOCASE ORDER BY c.last_message_at DESC LIMIT ?"
_DONE_SINCE = "SELECT action, count(*) FROM journal WHERE undone = 0 AND at >= ? GROUP BY action"
