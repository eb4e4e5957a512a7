"""Where the list's rows come from: the view that is open, or a saved one; buyers who are there right now on top."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sellerinbox.domain.errors import SellerInboxError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.tui.widgets.conversation_list import Position

if TYPE_CHECKING:
    from sellerinbox.inbox import Inbox

_LIVE = 5
"""Buyers who are there right now that the list has on top."""
_LIVE_VIEWS = ("inbox", "due")


class ViewRows:
    """The rows of the view that is open."""

    def __init__(self, inbox: Inbox, say: Callable[[str, str], None]) -> None:
        self._inbox = inbox
        self._say = say
        self.view = "inbox"
        self.query: str | None = None
        """For a saved view: what its conversations have in common."""
        self.settled = False
        """The first screen is there: what it did not need may be asked for now."""
        self.live: tuple[ConversationRow, ...] = ()
        """Buyers who wrote within the last ten minutes and wait, at the top of the list (practice 16)."""

    def page(self, limit: int, after: Position | None = None, before: Position | None = None) -> tuple[ConversationRow, ...]:
        """Rows behind or before a position; none, and a sentence, when the file can't be read now."""
        try:
            if after is None and before is None:
                self.live = self._inbox.conversations.hot(_LIVE) if self.settled and self.view in _LIVE_VIEWS and self.query is None else ()
            wanted = limit + len(self.live)  # what stands on top is left out below, and must not make a page look short
            rows = self._inbox.conversations.page(self.view, wanted, after=after, before=before, query=self.query)
            there = {row.key for row in self.live}
            others = tuple(row for row in rows if row.key not in there)
            if before is not None:
                return others[-limit:]
            return ((*self.live, *others) if after is None else others)[:limit]
        except SellerInboxError as error:
            self._say(str(error), "error")
            return ()

    def row(self, key: Key) -> ConversationRow | None:
        """One row, in the view or not."""
        try:
            return self._inbox.conversations.row(key)
        except SellerInboxError:
            return None
