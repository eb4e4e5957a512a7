"""The outbox: what waits, goes, went, or is stuck; a reply can be called back or sent again here."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import ListPage
from sellerinbox.tui.text import fit, right
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.words import moment, outbox_state

_KINDS = {"mark_read": N_("mark as read"), "mark_unread": N_("mark as unread")}
"""Orders to the marketplace that have no text."""
_TONES = {OutboxState.UNCONFIRMED: "late", OutboxState.REJECTED: "late", OutboxState.QUEUED: "due", OutboxState.SENDING: "due"}


class OutboxScreen(ListPage):
    """Everything the seller has decided, newest first."""

    heading = N_("Outbox")
    hint = N_("{choice_choose} opens the conversation · {outbox_cancel} calls back · {outbox_retry} sends again · {page_back} back")
    BINDINGS: ClassVar[list[BindingType]] = list(keys.OUTBOX)
    items: tuple[OutboxItem, ...] = ()

    def fill(self) -> None:
        """Read the outbox."""
        self.items = self.app.inbox.replies.outbox(200)
        now, width = self.app.clock.now(), self.pane.size.width - 1
        lines = [_line(item, self._who(item), width, moment(item.created_at, now)) for item in self.items]
        self.pane.title = _("Outbox") if lines else _("Outbox: nothing was sent from here yet")
        self.pane.show_choices(lines, self.pane.cursor)
        if not self.pane.has_focus:
            self.pane.focus()

    def _who(self, item: OutboxItem) -> str:
        row = self.app.inbox_screen.rows.row(Key(item.account, item.remote_id))
        return row.buyer if row else item.remote_id

    def on_choice_pane_chosen(self, event: ChoicePane.Chosen) -> None:
        """Open the conversation."""
        item = self.items[event.index]
        self.open_conversation(Key(item.account, item.remote_id))

    def action_cancel(self) -> None:
        """Call the highlighted reply back."""
        self._do(self.app.inbox.replies.cancel)

    def action_retry(self) -> None:
        """Send a refused or unfound reply again."""
        self._do(self.app.inbox.replies.retry)

    def _do(self, change: Callable[[int], object]) -> None:
        if self.items:
            item = self.items[self.pane.cursor]
            self.app.attempt(lambda: change(item.id))
            self.fill()


def _line(item: OutboxItem, who: str, width: int, when: str) -> Spans:
    what = item.text or _(_KINDS.get(item.kind, item.kind))
    if item.reason and item.state is not OutboxState.SENT:
        what = f"{item.reason} · {what}"
    return (
        (fit(f" {item.id}", 7), "muted"),
        (fit(outbox_state(item.state), 15), _TONES.get(item.state, "muted")),
        (fit(who, 24), "strong"),
        (fit(what, width - 61), "text"),
        (right(when, 13) + " ", "muted"),
    )
