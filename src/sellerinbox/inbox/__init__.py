"""Everything a seller can do, for both front ends: what a key does, a command does, through here.

    inbox = Inbox(files, canned, clock, accounts)
    inbox.conversations.page("inbox", 50)
    inbox.replies.queue(key, "On its way.", undo_seconds=10)
    inbox.orders.beside(key)
    inbox.buyers.block(account, buyer, reason="abuse")
    inbox.promises.open(50)
    inbox.notes.add(key, "His dog ate the first one.")
    inbox.due(50)
    inbox.history.undo()

Reading goes through the standard sqlite3 (`store.windows`); the first thing that writes imports
SQLModel. Nothing in here waits for the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import ConfigError
from sellerinbox.inbox.conversations import Conversations
from sellerinbox.inbox.files import Files

if TYPE_CHECKING:
    from sellerinbox.domain.calendar import Calendar
    from sellerinbox.domain.deadlines import Targets
    from sellerinbox.domain.views import DueItem
    from sellerinbox.guard import Catalogue
    from sellerinbox.inbox.buyers import Buyers
    from sellerinbox.inbox.history import History
    from sellerinbox.inbox.notes import Notes
    from sellerinbox.inbox.orders import Orders
    from sellerinbox.inbox.promises import Promises
    from sellerinbox.inbox.replies import Replies
    from sellerinbox.replies import Replies as CannedReplies

__all__ = ["Files", "Inbox"]


def _nobody_listens() -> None:
    """No sync process to wake: it will find the item by itself."""


class Inbox:
    """One seller's inbox over one file."""

    def __init__(
        self,
        files: Files,
        canned: Callable[[], CannedReplies],
        clock: Clock,
        accounts: Mapping[str, Account],
        on_enqueue: Callable[[], None] = _nobody_listens,
        calendar: Callable[[], Calendar] | None = None,
        targets: Targets | None = None,
        rules: Callable[[], Catalogue] | None = None,
    ) -> None:
        """`canned` loads the canned replies when first asked; `on_enqueue` wakes whoever sends.

        `calendar` makes the seller's working days when first asked (None: Monday to Friday where the machine
        is). `rules` loads the guard's (None: those that come with the program).
        `targets` are how soon he wants to answer; None leaves those that the inbox was last opened with.
        """
        self.files = files
        files.targets = targets
        self.accounts = accounts
        self.on_enqueue = on_enqueue
        self.conversations = Conversations(files, clock, self._enqueued, lambda: self.calendar)
        self._canned = canned
        self._clock = clock
        self._make_calendar = calendar
        self._rules = rules

    # The first screen needs conversations only; the rest is imported when it is first asked for.

    @cached_property
    def orders(self) -> Orders:
        """Orders and parcels."""
        from sellerinbox.inbox.orders import Orders

        return Orders(self.files)

    @cached_property
    def replies(self) -> Replies:
        """Answering, canned replies, drafts, the outbox."""
        from sellerinbox.inbox.replies import Replies

        return Replies(self.files, self._canned, self._clock, self._enqueued, lambda: self.calendar, self._rules)

    @cached_property
    def promises(self) -> Promises:
        """What the seller told buyers he would do."""
        from sellerinbox.inbox.promises import Promises

        return Promises(self.files, self._clock, self._enqueued)

    @cached_property
    def notes(self) -> Notes:
        """His own words about conversations and buyers."""
        from sellerinbox.inbox.notes import Notes

        return Notes(self.files, self._clock, self._enqueued)

    @cached_property
    def calendar(self) -> Calendar:
        """When the seller works."""
        if self._make_calendar is not None:
            return self._make_calendar()
        from sellerinbox.domain.calendar import Calendar

        return Calendar(self._clock.now().astimezone().tzinfo or UTC)

    def due(self, limit: int = 50) -> tuple[DueItem, ...]:
        """All clocks in one list: what has woken, then answers and promises, the one due first at the top."""
        self.conversations.wake()
        return self.files.windows.due(self._clock.now(), limit)

    @cached_property
    def buyers(self) -> Buyers:
        """The block list."""
        from sellerinbox.inbox.buyers import Buyers

        return Buyers(self.files, self._clock)

    @cached_property
    def history(self) -> History:
        """Undo."""
        from sellerinbox.inbox.history import History

        return History(self.files, self._clock, self._enqueued)

    def _enqueued(self) -> None:
        self.on_enqueue()

    def prepare_writing(self) -> None:
        """Import what the first write needs (0.6 s) and read the guard's rules; for a thread that has nothing better to do."""
        import sellerinbox.replies.sandbox
        import sellerinbox.store.database  # noqa: F401

        with suppress(ConfigError):  # said when it is asked about; a reply is not sent without its rules
            self.replies.rules  # noqa: B018  (the first look reads them)

    def close(self) -> None:
        """Let go of the file."""
        self.files.close()
