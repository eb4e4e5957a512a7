"""What a key does to the highlighted conversation, and where else it leads.

Each action is one call of the inbox, or a flow (`tui/flows`) of several steps with the seller.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from sellerinbox.domain.errors import NotFound, SellerInboxError
from sellerinbox.domain.models import ConversationRow
from sellerinbox.i18n import _
from sellerinbox.tui.guarded import guarded
from sellerinbox.tui.keys import GO

if TYPE_CHECKING:
    from sellerinbox.domain.clock import Clock
    from sellerinbox.inbox import Inbox
    from sellerinbox.tui.app import SellerInboxApp
    from sellerinbox.tui.screens.view_rows import ViewRows
    from sellerinbox.tui.widgets.conversation_list import ConversationList


class InboxActions(Screen[None]):
    """The doing half of the inbox screen; `InboxScreen` shows and moves."""

    app: SellerInboxApp
    inbox: Inbox
    clock: Clock
    rows: ViewRows
    list: ConversationList

    @property
    @abstractmethod
    def current(self) -> ConversationRow | None:
        """The conversation every key acts on."""

    @abstractmethod
    def reload(self) -> None:
        """Read everything shown again."""

    @abstractmethod
    def after_reply(self, row: ConversationRow, *, live: bool, gone: bool) -> None:
        """A reply to it is on its way."""

    @property
    @abstractmethod
    def goes_on(self) -> bool:
        """Whether the highlight goes on from what is dealt with."""

    @abstractmethod
    def open_view(self, view: str) -> None:
        """Show another list."""

    @abstractmethod
    def open_query(self, name: str, query: str) -> None:
        """Show a saved view."""

    @abstractmethod
    def action_back(self) -> None:
        """Back to the list."""

    @abstractmethod
    def to_top(self) -> None:
        """The top of the pane that has the keys."""

    @contextmanager
    def flow(self) -> Iterator[None]:
        """Some steps with the seller: keys wait for the next question, errors of ours become sentences."""
        self.app.typeahead.flow_begins()
        try:
            yield
        except SellerInboxError as error:
            self.app.say(str(error), "error")
        finally:
            self.app.typeahead.flow_ends()

    def act(self, row: ConversationRow | None) -> ConversationRow | None:
        """The row an action is for; says so when there is none."""
        if row is None:
            self.app.say(_("No conversation is chosen, so nothing was done."))
        return row

    def action_reply(self) -> None:
        """Write a reply."""
        if row := self.act(self.current):
            self.answer(row)

    def action_canned(self, name: str) -> None:
        """Send a canned reply."""
        if row := self.act(self.current):
            self.answer(row, name)

    @work(group="flow")
    async def answer(self, row: ConversationRow, canned: str | None = None) -> None:
        """Answer, with what the seller writes or with a canned reply, by its key or name."""
        from sellerinbox.tui.flows import answer

        with self.flow():
            await answer.answer(self, row, answer.Wanted((canned,), {}) if canned else None)

    @work(group="flow")
    async def action_canned_palette(self) -> None:
        """Choose from all canned replies."""
        from sellerinbox.tui.flows import answer

        with self.flow():
            if row := self.act(self.current):
                await answer.choose_canned(self, row)

    @work(group="flow")
    async def action_settle(self) -> None:
        """Decide on a reply of this thread that is stuck."""
        from sellerinbox.tui.flows import answer

        with self.flow():
            if row := self.act(self.current):
                await answer.settle(self, row)

    @guarded
    def action_undo(self) -> None:
        """Take back the last thing done here, or as many as the count before it says; the highlight goes back to where that was."""
        for number in range(self.app.typeahead.counts.take() or 1):
            about = self.inbox.history.about()
            try:
                said = self.inbox.history.undo()
            except NotFound:
                if number:
                    break
                raise
        self.reload()
        if about is not None:
            self.list.highlight_key(about)
        self.app.say(said)

    @work(group="flow")
    async def action_block(self) -> None:
        """Block the buyer."""
        from sellerinbox.tui.flows import block

        with self.flow():
            if row := self.act(self.current):
                await block.block(self, row)

    @guarded
    def action_copy(self) -> None:
        """Copy the tracking number, or else the order number; shown too, as not every terminal copies."""
        match = self.inbox.orders.beside(self.current.key) if self.current else None
        if match is None:
            self.app.say(_("There is no order beside this conversation, so nothing was copied."))
            return
        numbers = [s.tracking_number for s in match.order.shipments if s.tracking_number]
        number = numbers[0] if numbers else match.order.order_id
        self.app.copy_to_clipboard(number)
        self.app.say(_("Copied: {what}").format(what=number))

    def action_search(self) -> None:
        """Search."""
        self.app.open_screen("search")

    def action_orders(self) -> None:
        """Look up an order."""
        self.app.open_screen("orders")

    def action_help(self) -> None:
        """Show the keys."""
        self.app.action_keys_here()

    def action_sync_now(self) -> None:
        """Ask the sync process for a round at once."""
        self.app.sync_now()

    def action_command_palette(self) -> None:
        """Everything by name."""
        self.app.action_command_palette()

    @work(group="flow")
    async def action_quit_inbox(self) -> None:
        """Back to the list first; then quit, asking when replies wait."""
        from sellerinbox.tui.flows import leaving

        with self.flow():
            await leaving.leave(self)

    @work(group="flow")
    async def action_go(self) -> None:
        """`g`, then a letter: another list or screen."""
        from sellerinbox.tui.screens.go import GoScreen

        with self.flow():
            letter = await self.app.push_screen_wait(GoScreen())
        kind, target, _words = GO.get(str(letter), ("", "", ""))
        if kind == "view":
            self.open_view(target)
        elif kind == "screen":
            self.app.open_screen(target)
        elif kind == "top":
            self.to_top()
