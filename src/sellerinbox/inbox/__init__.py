"""Everything a seller can do, for both front ends: what a key does, a command does, through here.

    inbox = Inbox(files, canned, clock, accounts)
    inbox.conversations.page("inbox", 50)
    inbox.replies.queue(key, "On its way.", undo_seconds=10)
    inbox.orders.beside(key)
    inbox.buyers.block(account, buyer, reason="abuse")
    inbox.history.undo()

Reading goes through the standard sqlite3 (`store.windows`); the first thing that writes imports
SQLModel. Nothing in here waits for the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import Clock
from sellerinbox.inbox.conversations import Conversations
from sellerinbox.inbox.files import Files

if TYPE_CHECKING:
    from sellerinbox.inbox.buyers import Buyers
    from sellerinbox.inbox.history import History
    from sellerinbox.inbox.orders import Orders
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
    ) -> None:
        """`canned` loads the canned replies when first asked; `on_enqueue` wakes whoever sends."""
        self.files = files
        self.accounts = accounts
        self.on_enqueue = on_enqueue
        self.conversations = Conversations(files, clock, self._enqueued)
        self._canned = canned
        self._clock = clock

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

        return Replies(self.files, self._canned, self._clock, self._enqueued)

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
        """Import what the first write needs (0.6 s); for a thread that has nothing better to do."""
        import sellerinbox.store.database  # noqa: F401

    def close(self) -> None:
        """Let go of the file."""
        self.files.close()
