"""The palette of canned replies: find one, read it filled in, send or change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from sellerinbox.domain.models import Key
from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.guarded import guarded
from sellerinbox.tui.palette import Palette, Spans
from sellerinbox.tui.screens.dialogs import Dialog
from sellerinbox.tui.text import fit, wrap
from sellerinbox.tui.widgets.bars import Bar
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from sellerinbox.inbox.replies import Replies
    from sellerinbox.replies import CannedReply


class CannedScreen(Dialog[tuple[str, bool]]):
    """Dismisses with (name, change it first), or None."""

    CSS = """
    CannedScreen > Vertical { width: 96; max-width: 98%; height: 90%; background: $background; border: round $primary; }
    CannedScreen Input { border: none; border-bottom: solid $rule; height: 2; background: $background; }
    CannedScreen #found { height: 1fr; }
    CannedScreen #preview { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.CANNED)

    CLOSING_KEYS = frozenset({"escape", "enter", "tab"})

    def __init__(self, replies: Replies, key: Key, palette: Palette) -> None:
        super().__init__()
        self.replies, self.key, self.palette = replies, key, palette
        self.found: tuple[CannedReply, ...] = ()

    def compose(self) -> ComposeResult:
        """The field, what was found, how it reads."""
        with Vertical():
            field = Input(placeholder=_("find a reply"))
            field.cursor_blink = False
            yield field
            yield ChoicePane(id="found", palette=self.palette)
            yield Pane(id="preview", palette=self.palette)
            yield Bar(id="hint", palette=self.palette)

    def on_mount(self) -> None:
        """All of them."""
        hint = N_(" Enter sends · {canned_edit} opens it in the reply box · {dialog_back} back")
        self.query_one("#hint", Bar).show(((self.app.with_keys(hint), "muted"),))
        self.query_one("#found", ChoicePane).title = _("Canned replies")
        self.query_one("#preview", Pane).title = _("As the buyer will read it")
        self.query_one(Input).focus()
        self.call_after_refresh(self._find)

    def _find(self) -> None:
        text = self.query_one(Input).value.strip()
        canned = self.replies.canned
        self.found = tuple(canned.search(text) if text else canned.all())
        self.query_one("#found", ChoicePane).show_choices([_line(reply) for reply in self.found])

    def on_input_changed(self) -> None:
        """As typed."""
        self._find()

    def on_input_submitted(self) -> None:
        """Send the highlighted one."""
        self._choose(edit=False)

    @guarded
    def on_choice_pane_moved(self, event: ChoicePane.Moved) -> None:
        """Read it filled in."""
        preview = self.query_one("#preview", Pane)
        if event.index >= len(self.found):
            preview.show_lines(())
            return
        prepared = self.replies.prepare(self.key, self.found[event.index].name)
        text = wrap(prepared.text, preview.size.width - 2)
        missing = [((_(" to be asked for: {names}").format(names=", ".join(prepared.missing)), "due"),)] if prepared.missing else []
        preview.show_lines([*(((f" {line}", "text"),) for line in text), (), *missing])

    def on_choice_pane_chosen(self) -> None:
        """A click sends."""
        self._choose(edit=False)

    def action_move(self, count: int) -> None:
        """Move in the list while typing."""
        self.query_one("#found", ChoicePane).action_move(count)

    def action_edit(self) -> None:
        """Open it in the reply box."""
        self._choose(edit=True)

    def _choose(self, *, edit: bool) -> None:
        if self.found:
            self.answer((self.found[self.query_one("#found", ChoicePane).cursor].name, edit))


def _line(reply: CannedReply) -> Spans:
    return ((fit(f" {reply.key or '-'}", 4), "accent"), (fit(reply.name, 20), "strong"), (fit(reply.title(), 60), "muted"))
