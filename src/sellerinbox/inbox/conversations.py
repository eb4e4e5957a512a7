"""Reading conversations, and what a seller does to one besides answering it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import ConversationRow, Key, State
from sellerinbox.domain.outbox import OutboxKind
from sellerinbox.inbox.files import Files

if TYPE_CHECKING:
    from sellerinbox.domain.views import InboxCounts, SearchHit, ThreadView
    from sellerinbox.store.sessions import Session

VIEWS = ("inbox", "due", "unread", "closed", "all")
"""The lists there are; `inbox` is everything that is not closed, most urgent first."""


class Conversations:
    """The conversations of all accounts in one list."""

    def __init__(self, files: Files, clock: Clock, enqueued: Callable[[], None]) -> None:
        self._files = files
        self._clock = clock
        self._enqueued = enqueued

    def page(
        self,
        view: str = "inbox",
        limit: int = 50,
        *,
        after: tuple[int, int] | None = None,
        before: tuple[int, int] | None = None,
    ) -> tuple[ConversationRow, ...]:
        """Rows of a view, most urgent first, behind or before the `position` of a row.

        Raises `UsageError` for a view that does not exist.
        """
        if view not in VIEWS:
            raise UsageError(f"There is no view called “{view}”; there are {', '.join(VIEWS)}.")
        return self._files.windows.page(view, limit, after=after, before=before)

    def row(self, key: Key) -> ConversationRow:
        """One conversation's row. Raises `NotFound`."""
        row = self._files.windows.row(key)
        if row is None:
            raise NotFound(f"There is no conversation {key} in this inbox; `sellerinbox list --view all` shows what there is.")
        return row

    def thread(self, key: Key, limit: int = 200) -> ThreadView:
        """One conversation with its newest `limit` messages and what is still on its way. Raises `NotFound`."""
        self.row(key)
        return self._files.windows.thread(key, limit)

    def search(self, query: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """Messages and conversations that hold the words; whole ids first, then newest first."""
        return self._files.windows.search(query, limit) if query.strip() else ()

    def counts(self) -> InboxCounts:
        """What the status line counts."""
        return self._files.windows.counts()

    def version(self) -> int:
        """A number that changes when another process has written."""
        return self._files.windows.version()

    def mark_read(self, key: Key, read: bool = True, *, undoable: bool = True) -> None:
        """Mark as read (or unread) here, and tell the marketplace. `undoable` is off where merely opening it did this."""
        row = self.row(key)
        if read is (row.unread == 0):
            return
        store = self._files.store
        kind = OutboxKind.MARK_READ if read else OutboxKind.MARK_UNREAD
        with store.write() as session:
            store.threads.set_read(key, read=read, session=session)
            self._queue(kind, key, session)
            if undoable:
                store.journal.append("read" if read else "unread", key, {}, at=self._clock.now(), session=session)
        self._enqueued()

    def done(self, key: Key) -> None:
        """Close it: out of the list here, archived at the marketplace. A new message opens it again."""
        self._set_closed(key, closed=True)

    def reopen(self, key: Key) -> None:
        """Take a closed conversation back into the list, and out of the marketplace's archive."""
        self._set_closed(key, closed=False)

    def _set_closed(self, key: Key, *, closed: bool) -> None:
        row = self.row(key)
        if (row.state is State.CLOSED) is closed:
            return
        store = self._files.store
        with store.write() as session:
            store.threads.set_closed(key, closed=closed, session=session)
            self._queue(OutboxKind.ARCHIVE if closed else OutboxKind.UNARCHIVE, key, session)
            store.journal.append("done" if closed else "reopen", key, {}, at=self._clock.now(), session=session)
        self._enqueued()

    def _queue(self, kind: OutboxKind, key: Key, session: Session) -> None:
        now = self._clock.now()
        self._files.store.outbox.enqueue(kind, key, "", at=now, not_before=now, session=session)
