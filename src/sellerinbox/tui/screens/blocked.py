"""The local block list, and what is still to be done on the marketplace's own page."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.text import marked
from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import ListPage
from sellerinbox.tui.text import fit, right
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.words import day

_REMOTE = {"none": N_("not on the page yet"), "asked": N_("not on the page yet"), "done by seller": N_("you did it on the page")}


class BlockedScreen(ListPage):
    """Blocked buyers of all accounts."""

    heading = N_("Blocked buyers")
    hint = N_(
        "{choice_choose} opens the conversation · {blocked_done} done on the page · {blocked_unblock} unblocks · "
        "{blocked_copy} copies the name · {page_back} back"
    )
    BINDINGS: ClassVar[list[BindingType]] = list(keys.BLOCKED)
    blocks: tuple[Block, ...] = ()

    def fill(self) -> None:
        """Read the list."""
        self.blocks = self.app.inbox.buyers.blocked()
        width = self.pane.size.width - 1
        self.pane.title = _("Blocked buyers") if self.blocks else _("Blocked buyers: nobody")
        self.pane.show_choices([_line(block, width) for block in self.blocks], self.pane.cursor)
        if not self.pane.has_focus:
            self.pane.focus()

    def on_choice_pane_chosen(self, event: ChoicePane.Chosen) -> None:
        """Open the conversation the block came from."""
        if key := self.blocks[event.index].conversation:
            self.open_conversation(key)

    def action_done(self) -> None:
        """The seller says that he did it on the marketplace's page."""
        if block := self._highlighted():
            self.app.attempt(lambda: self.app.inbox.buyers.set_remote(block.account, block.buyer, "done by seller"))
            self.fill()

    def action_unblock(self) -> None:
        """Off the local list."""
        if block := self._highlighted():
            self.app.attempt(lambda: self.app.inbox.buyers.unblock(block.account, block.buyer))
            self.fill()

    def action_copy(self) -> None:
        """Copy the name for the page."""
        if block := self._highlighted():
            self.app.copy_to_clipboard(block.buyer)
            self.app.say(_("Copied: {what}").format(what=block.buyer))

    def _highlighted(self) -> Block | None:
        return self.blocks[self.pane.cursor] if self.blocks else None


def _line(block: Block, width: int) -> Spans:
    why = f"{block.reason}{': ' if block.note else ''}{block.note}"
    tone = "good" if block.remote == "done by seller" else "due"
    return (
        (" ⊘ ", "blocked"),
        (fit(marked(block.buyer), 22), "strong"),
        (fit(block.account, 14), "muted"),
        (fit(_(_REMOTE.get(block.remote, block.remote)), 24), tone),
        (fit(why, width - 72), "text"),
        (right(day(block.blocked_at), 8) + " ", "muted"),
    )
