"""The promise ledger: what the seller told buyers he would do, the one due first at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import BindingType

from sellerinbox.domain.promises import Promise
from sellerinbox.i18n import N_, _, ngettext
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import ListPage
from sellerinbox.tui.text import fit, right
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.words import moment

if TYPE_CHECKING:
    from datetime import datetime

    from sellerinbox.tui.screens.triage_actions import TriageActions


class PromisesScreen(ListPage):
    """Open promises; Enter opens the conversation, where an answer keeps it."""

    heading = N_("Promises")
    hint = N_(
        "{choice_choose} opens the conversation · {promises_renew} a new date · {promises_drop} drops it with a reason · {page_back} back"
    )
    BINDINGS: ClassVar[list[BindingType]] = list(keys.PROMISES)
    items: tuple[Promise, ...] = ()

    def fill(self) -> None:
        """Read the ledger."""
        self.items = self.app.inbox.promises.open(200)
        now, width = self.app.clock.now(), self.pane.size.width - 1
        late = sum(promise.overdue(now) for promise in self.items)
        if not self.items:
            self.pane.title = _("Promises: none is open")
        else:
            told = ngettext("{count} promise, {late} overdue", "{count} promises, {late} overdue", len(self.items))
            self.pane.title = told.format(count=len(self.items), late=late)
        self.pane.show_choices([_line(promise, now, width) for promise in self.items], self.pane.cursor)
        if not self.pane.has_focus:
            self.pane.focus()

    def on_choice_pane_chosen(self, event: ChoicePane.Chosen) -> None:
        """Open the conversation."""
        self.open_conversation(self.items[event.index].key)

    @work
    async def action_renew(self) -> None:
        """A new date."""
        from sellerinbox.tui.flows import triage

        if self.items:
            await triage.renew(self._screen(), self.items[self.pane.cursor].id)
            self.fill()

    @work
    async def action_drop(self) -> None:
        """Close it unkept, with a reason."""
        from sellerinbox.tui.flows import triage

        if self.items:
            await triage.drop(self._screen(), self.items[self.pane.cursor].id)
            self.fill()

    def _screen(self) -> TriageActions:
        return cast("TriageActions", self.app.inbox_screen)


def _line(promise: Promise, now: datetime, width: int) -> Spans:
    late = promise.overdue(now)
    when = (_("overdue {when}") if late else _("by {when}")).format(when=moment(promise.due_at, now))
    return (
        (fit(f" {'!' if late else ' '} {when}", 22), "late" if late else "due"),
        (fit(promise.buyer, 20), "strong"),
        (fit(promise.text, width - 56), "text"),
        (right(moment(promise.made_at, now), 13) + " ", "muted"),
    )
