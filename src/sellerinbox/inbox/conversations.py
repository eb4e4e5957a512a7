"""Reading conversations, and what a seller does to them besides answering: see `triage`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.i18n import _
from sellerinbox.inbox.files import Files
from sellerinbox.store.windows import MATCHING_SECONDS, SEARCH_SECONDS

if TYPE_CHECKING:
    from datetime import datetime

    from sellerinbox.domain.calendar import Calendar
    from sellerinbox.domain.snooze import Snooze
    from sellerinbox.domain.views import Found, InboxCounts, SearchHit, ThreadView
    from sellerinbox.inbox.desk import Desk, Keys

VIEWS = ("inbox", "due", "unread", "promises", "snoozed", "drafts", "closed", "all")
"""The lists there are; `inbox` is everything that is neither closed nor asleep, most urgent first."""


class Conversations:
    """The conversations of all accounts in one list. Where `keys` are taken, one key will do; a call is one action for undo."""

    def __init__(self, files: Files, clock: Clock, enqueued: Callable[[], None], calendar: Callable[[], Calendar]) -> None:
        self._files = files
        self._clock = clock
        self._enqueued = enqueued
        self._calendar = calendar

    def page(
        self,
        view: str = "inbox",
        limit: int = 50,
        *,
        after: tuple[int, int] | None = None,
        before: tuple[int, int] | None = None,
        query: str | None = None,
        patient: bool = False,
    ) -> tuple[ConversationRow, ...]:
        """Rows of a view, most urgent first, behind or before the `position` of a row; with a query, those it fits, as `Found`.

        `patient` as in `search`.
        Raises `UsageError` for a view that does not exist, `QueryError` for a query that asks for what does not exist.
        """
        if view not in VIEWS:
            raise UsageError(_("There is no view called “{view}”; there are {known}.").format(view=view, known=", ".join(VIEWS)))
        return self._files.windows.page(view, limit, after=after, before=before, query=query, seconds=_seconds(patient))

    def hot(self, limit: int = 5) -> tuple[ConversationRow, ...]:
        """Conversations whose buyer wrote within the last ten minutes and waits, the latest first."""
        return self._files.windows.hot(self._clock.now(), limit)

    def row(self, key: Key) -> ConversationRow:
        """One conversation's row. Raises `NotFound`."""
        row = self._files.windows.row(key)
        if row is None:
            raise NotFound(
                _("There is no conversation {key} in this inbox; `sellerinbox list --view all` shows what there is.").format(key=key)
            )
        return row

    def thread(self, key: Key, limit: int = 200) -> ThreadView:
        """One conversation with its newest `limit` messages and what is still on its way. Raises `NotFound`."""
        self.row(key)
        return self._files.windows.thread(key, limit)

    def search(self, query: str, limit: int = 50, *, typing: bool = False, patient: bool = False) -> Found[SearchHit]:
        """Messages and conversations that a query fits; whole ids first, then newest first.

        `typing`: its last word may be half typed. `late` says that time was over; who is `patient` waits
        seconds instead of a moment. Raises `QueryError` for a query that asks for what does not exist.
        """
        return self._files.windows.search(query, limit, typing=typing, seconds=_seconds(patient))

    def matching(self, query: str, limit: int, view: str = "all") -> Found[Key]:
        """The first `limit` conversations of a view that a query fits: what an action on a filter acts on. `more`: those are not all.

        Raises `UsageError` for a view that does not exist, `QueryError` for a query that asks for what does not exist.
        """
        if view not in VIEWS:
            raise UsageError(_("There is no view called “{view}”; there are {known}.").format(view=view, known=", ".join(VIEWS)))
        return self._files.windows.matching(query, limit, view=view)

    def counts(self) -> InboxCounts:
        """What the status line counts."""
        return self._files.windows.counts(self._clock.now())

    def version(self) -> int:
        """A number that changes when another process has written."""
        return self._files.windows.version()

    def wake(self) -> tuple[Key, ...]:
        """Bring back what slept until now; cheap when nothing did. Returns what woke."""
        now = self._clock.now()
        return self._files.store.snoozes.wake(now) if self._files.windows.has_come(now) else ()

    def next_wake(self) -> datetime | None:
        """When the next snooze ends by time, so that a timer can be set; None when none does."""
        return self._files.windows.next_wake()

    # -- what the seller does ----------------------------------------------------------------

    def mark_read(self, keys: Keys, read: bool = True, *, undoable: bool = True) -> int:
        """Mark as read (or unread) here, and tell the marketplace. `undoable` is off where merely opening it did this.

        Returns how many were not so already.
        """
        if not self._is_news(keys, read):
            return 0
        from sellerinbox.inbox import triage

        return triage.mark_read(self._desk(), keys, read=read, undoable=undoable)

    def done(self, *keys: Key) -> int:
        """Close: out of the list here, archived at the marketplace; a new message opens it again. Returns how many were open.

        Raises `PromiseOpen` when a buyer still has a promise; then none is closed.
        """
        from sellerinbox.inbox import triage

        return triage.set_closed(self._desk(), keys, closed=True)

    def reopen(self, *keys: Key) -> int:
        """Take closed conversations back into the list, and out of the marketplace's archive. Returns how many were closed."""
        from sellerinbox.inbox import triage

        return triage.set_closed(self._desk(), keys, closed=False)

    def snooze(self, keys: Keys, snooze: Snooze) -> None:
        """Put off: out of the open views until its time or event has come. Raises `UsageError` for a closed conversation."""
        from sellerinbox.inbox import triage

        triage.snooze(self._desk(), keys, snooze, self.words(snooze))

    def unsnooze(self, *keys: Key) -> int:
        """Take back what sleeps, and off the top what has woken; returns how many that were."""
        from sellerinbox.inbox import triage

        return triage.unsnooze(self._desk(), keys)

    def no_reply_needed(self, *keys: Key) -> None:
        """The buyers' last words need no answer: the reply clock stops, promises and snoozes stay."""
        from sellerinbox.inbox import triage

        triage.no_reply_needed(self._desk(), keys)

    def tag(self, keys: Keys, add: Iterable[str] = (), remove: Iterable[str] = ()) -> int:
        """Put tags on and take them off; returns how many conversations that changed. Raises `UsageError` for what can't be a tag."""
        from sellerinbox.inbox import triage

        return triage.tag(self._desk(), keys, add, remove)

    def words(self, snooze: Snooze) -> str:
        """Until when, or what, a snooze lasts, in words."""
        from sellerinbox.domain.snooze import words

        return words(snooze, self._clock.now(), self._calendar())

    def _is_news(self, keys: Keys, read: bool) -> bool:
        # Opening what is read already happens at every key; it must not wait for the store.
        return not isinstance(keys, Key) or read is not (self.row(keys).unread == 0)

    def _desk(self) -> Desk:
        from sellerinbox.inbox.desk import Desk

        return Desk(self._files, self._clock, self._enqueued)


def _seconds(patient: bool) -> float:
    """How long a search may take."""
    return MATCHING_SECONDS if patient else SEARCH_SECONDS
