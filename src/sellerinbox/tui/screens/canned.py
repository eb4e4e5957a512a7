"""The palette of canned replies: find one, read it filled in, put several together, send or change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from sellerinbox.domain.errors import SellerInboxError
from sellerinbox.domain.models import Key
from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.flows.answer import Wanted
from sellerinbox.tui.guarded import guarded
from sellerinbox.tui.palette import Palette, Spans
from sellerinbox.tui.screens.dialogs import Dialog
from sellerinbox.tui.text import fit, wrap
from sellerinbox.tui.widgets.bars import Bar
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.widgets.pane import Pane
from sellerinbox.tui.words import reasons

if TYPE_CHECKING:
    from sellerinbox.inbox.replies import Replies
    from sellerinbox.replies import CannedReply, Ranked


class _Field(Input):
    """A field that leaves the blank to the screen, which puts it in where it is one."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the key is a letter of the text."""
        return key != "space" and super().check_consume_key(key, character)


class CannedScreen(Dialog[Wanted]):
    """Those that fit best first; dismisses with what is to be sent or changed, or None."""

    CSS = """
    CannedScreen > Vertical { width: 100; max-width: 98%; height: 90%; background: $background; border: round $primary; }
    CannedScreen Input { border: none; border-bottom: solid $rule; height: 2; background: $background; }
    CannedScreen #found { height: 1fr; }
    CannedScreen #preview { height: 1fr; }
    CannedScreen #hint { height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.CANNED)

    CLOSING_KEYS = frozenset({"escape", "enter", "tab"})

    def __init__(self, replies: Replies, key: Key, palette: Palette) -> None:
        super().__init__()
        self.replies, self.key, self.palette = replies, key, palette
        self.ranked: dict[str, Ranked] = {}
        self.on_key: dict[str, str] = {}
        """Name → the key it lies on here and now."""
        self.found: tuple[CannedReply, ...] = ()
        self.stacked: tuple[str, ...] = ()
        """What goes before the highlighted one, in one message with it."""
        self.swapped = 0
        """Which of the highlighted reply's other blocks is taken; 0: none."""
        self._typing = False

    def compose(self) -> ComposeResult:
        """The field, what was found, how it reads."""
        with Vertical():
            field = _Field(placeholder=_("find a reply"))
            field.cursor_blink = False
            yield field
            yield ChoicePane(id="found", palette=self.palette)
            yield Pane(id="preview", palette=self.palette)
            yield Bar(id="hint", palette=self.palette, lines=2)

    @guarded
    def on_mount(self) -> None:
        """All of them, those that fit best first."""
        hints = (
            N_(" Enter sends · {canned_edit} opens it in the reply box · {dialog_back} back"),
            N_(" {canned_stack} puts it together with the next one · {canned_swap} takes another block"),
        )
        for number, hint in enumerate(hints):
            self.query_one("#hint", Bar).show(((self.app.with_keys(hint), "muted"),), number)
        self.ranked = {one.reply.name: one for one in self.replies.ranked(self.key)}
        self.on_key = {one.reply.name: key for key, one in self.replies.nine(self.key).items()}
        self.query_one("#preview", Pane).title = _("As the buyer will read it")
        self.call_after_refresh(self._find)

    def _find(self) -> None:
        from sellerinbox import replies

        text = self.query_one(Input).value.strip()
        every = tuple(one.reply for one in self.ranked.values())
        self.found = replies.find(self.replies.canned._replace(entries=every), text) if text else every
        self._show_list(0)

    def _show_list(self, cursor: int) -> None:
        pane = self.query_one("#found", ChoicePane)
        together = " + ".join(self.stacked)
        pane.title = _("{names} + …").format(names=together) if together else _("Canned replies")
        width = pane.size.width - 1
        pane.show_choices([self._line(reply, width) for reply in self.found], cursor)
        pane.refresh_header()

    def _line(self, reply: CannedReply, width: int) -> Spans:
        ranked = self.ranked[reply.name]
        title = (width - 23) * 2 // 5
        sign = "+" if reply.name in self.stacked else self.on_key.get(reply.name, "⊘" if ranked.locked else " ")
        return (
            (fit(f" {sign}", 3), "accent"),
            (fit(reply.name, 18), "strong"),
            (fit(reply.title(), title) + "  ", "text"),
            (fit(reasons(ranked), width - 23 - title), "warning" if ranked.locked else "muted"),
        )

    def on_input_changed(self) -> None:
        """As typed."""
        self._typing = True
        self._find()

    def on_input_submitted(self) -> None:
        """Send the highlighted one."""
        self._choose(edit=False)

    def on_choice_pane_moved(self) -> None:
        """Read it filled in."""
        self.swapped = 0
        self._preview()

    @guarded
    def _preview(self) -> None:
        preview = self.query_one("#preview", Pane)
        wanted = self._wanted(edit=False)
        if wanted is None:
            preview.show_lines(())
            return
        try:
            prepared = self.replies.prepare(self.key, wanted.names[0], more=wanted.names[1:], swaps=wanted.swaps)
        except SellerInboxError as error:
            preview.show_lines([((f" {line}", "warning"),) for line in wrap(str(error), preview.size.width - 2)])
            return
        text = wrap(prepared.text, preview.size.width - 2)
        missing = [((_(" to be asked for: {names}").format(names=", ".join(prepared.missing)), "due"),)] if prepared.missing else []
        swap = [((_(" another block: {name}").format(name=name), "due"),) for name in wanted.swaps.values()]
        preview.show_lines([*missing, *swap, *(((f" {line}", "text"),) for line in text)])

    def on_choice_pane_chosen(self) -> None:
        """A click sends."""
        self._choose(edit=False)

    def action_move(self, count: int) -> None:
        """Move in the list while typing."""
        self._typing = False
        self.query_one("#found", ChoicePane).action_move(count)

    def action_stack(self) -> None:
        """Put the highlighted reply together with the next one; within a word that is typed it is a blank."""
        field = self.query_one(Input)
        reply = self._highlighted()
        if self._typing and field.value:
            field.insert_text_at_cursor(" ")
        elif reply is not None:
            rest = tuple(name for name in self.stacked if name != reply.name)
            self.stacked = rest if len(rest) < len(self.stacked) else (*rest, reply.name)
            self._show_list(self.query_one("#found", ChoicePane).cursor)

    def action_swap(self) -> None:
        """Take the next of the blocks that can stand in the place of another."""
        self.swapped += 1
        self._preview()

    def action_edit(self) -> None:
        """Open it in the reply box."""
        self._choose(edit=True)

    def _highlighted(self) -> CannedReply | None:
        cursor = self.query_one("#found", ChoicePane).cursor
        return self.found[cursor] if cursor < len(self.found) else None

    def _wanted(self, *, edit: bool) -> Wanted | None:
        reply = self._highlighted()
        if reply is None:
            return None
        swaps = _swaps(reply)
        return Wanted(tuple(dict.fromkeys((*self.stacked, reply.name))), swaps[self.swapped % len(swaps)], edit)

    def _choose(self, *, edit: bool) -> None:
        wanted = self._wanted(edit=edit)
        if wanted is not None:
            self.answer(wanted)


def _swaps(reply: CannedReply) -> list[dict[str, str]]:
    """As it is, then with each block that can stand in the place of another; those of one name go together."""
    from sellerinbox import replies

    others = {name: kind for kind, names in reversed(replies.alternatives(reply).items()) for name in names[1:]}
    return [{}, *({kind: name} for name, kind in others.items())]
