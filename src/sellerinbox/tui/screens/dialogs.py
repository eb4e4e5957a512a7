"""Small questions: choose one, say yes, type a line, fill in values.

Each dismisses with the answer, or None when the seller goes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette
from sellerinbox.tui.text import fit, literal
from sellerinbox.tui.widgets.choice import ChoicePane

if TYPE_CHECKING:
    from sellerinbox.tui.app import SellerInboxApp

DIALOG_CSS = """
.dialog { width: 72; max-width: 96%; height: auto; max-height: 96%; background: $background; border: round $primary; padding: 0 1; }
Choose .dialog { width: 100; }
.dialog { overflow-y: auto; scrollbar-size-vertical: 1; }
.dialog Static { width: 1fr; height: auto; margin: 0 0 1 0; }
.dialog .question { text-style: bold; }
.dialog .keys { color: $muted; margin: 0; }
.dialog Input { margin: 0 0 1 0; border: tall $rule; }
"""
Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A question in a frame over the screen; Escape goes back, with None."""

    app: SellerInboxApp
    # A screen's CSS is matched against its own class only (8.2.8); default CSS reaches subclasses too.
    DEFAULT_CSS = "Dialog { align: center middle; background: $background 60%; }" + DIALOG_CSS
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = list(keys.DIALOG)
    CLOSING_KEYS: frozenset[str] | None = frozenset({"escape", "enter"})
    """Keys that may close it: those behind them wait for the next screen. None: any key."""

    def on_screen_resume(self) -> None:
        """Keys typed for this question may come now."""
        self.app.typeahead.screen_is_there(inbox=False)

    def answer(self, answer: Answer | None) -> None:
        """Close with an answer, once: a second Enter behind the first finds the dialog gone."""
        if self.is_current:
            self.dismiss(answer)

    def action_back(self) -> None:
        """Close without an answer."""
        self.answer(None)

    def action_scroll_question(self, count: int) -> None:
        """Read what does not fit."""
        for frame in self.query(".dialog"):
            frame.scroll_relative(y=count * max(1, frame.size.height - 1), animate=False)


class Choose(Dialog[str]):
    """One of several; dismisses with its name."""

    def __init__(self, question: str, choices: Sequence[tuple[str, str]], palette: Palette) -> None:
        """`choices` are (name, words)."""
        super().__init__()
        self.question = question
        self.choices = choices
        self.palette = palette

    def compose(self) -> ComposeResult:
        """The question over the choices."""
        with Vertical(classes="dialog"):
            yield Static(literal(self.question), classes="question")
            pane = ChoicePane(id="choices", palette=self.palette)
            pane.styles.height = len(self.choices) + 1
            yield pane
            yield Static(literal(self.app.with_keys(N_("{choice_choose} chooses · {dialog_back} goes back"))), classes="keys")

    def on_mount(self) -> None:
        """Fill the list."""
        pane = self.query_one(ChoicePane)
        width = max(cell_len(name) for name, _words in self.choices) + 2
        pane.show_choices([((fit(f" {name}", width + 1), "strong"), (words, "muted")) for name, words in self.choices])
        pane.focus()

    def on_choice_pane_chosen(self, event: ChoicePane.Chosen) -> None:
        """Answer."""
        self.answer(self.choices[event.index][0])


class Confirm(Dialog[str]):
    """Yes or no; dismisses with "yes" or None. Only `y` says yes: Enter is too near to a habit."""

    BINDINGS: ClassVar[list[BindingType]] = list(keys.CONFIRM)
    CLOSING_KEYS = frozenset({"escape", "y", "n"})

    def __init__(self, question: str, details: str = "", yes: str = "", no: str = "") -> None:
        super().__init__()
        self.question, self.details = question, details
        self.yes, self.no = yes or _("yes"), no or _("no")

    def action_yes(self) -> None:
        """Say yes."""
        self.answer("yes")

    def compose(self) -> ComposeResult:
        """The question, what it means, the two keys."""
        with Vertical(classes="dialog"):
            yield Static(literal(self.question), classes="question")
            if self.details:
                yield Static(literal(self.details))
            yield Static(literal(f"{self.app.key_of('dialog.yes')} {self.yes} · {self.app.key_of('dialog.no')} {self.no}"), classes="keys")


class AskText(Dialog[str]):
    """One line; dismisses with the text, which may be empty."""

    BINDINGS: ClassVar[list[BindingType]] = list(keys.ASKING)

    def __init__(self, question: str, details: str = "", value: str = "") -> None:
        super().__init__()
        self.question, self.details, self.value = question, details, value

    def compose(self) -> ComposeResult:
        """The question over a field."""
        with Vertical(classes="dialog"):
            yield Static(literal(self.question), classes="question")
            if self.details:
                yield Static(literal(self.details))
            field = Input(self.value)
            field.cursor_blink = False
            yield field
            yield Static(literal(self.app.with_keys(N_("Enter goes on · {dialog_back} goes back"))), classes="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        self.answer(event.value)


class AskValues(Dialog[dict[str, str]]):
    """Values that a canned reply needs and the order does not have; none may stay empty."""

    BINDINGS: ClassVar[list[BindingType]] = list(keys.ASKING)

    def __init__(self, reply: str, wanted: Sequence[tuple[str, str]]) -> None:
        """`wanted` are (variable, the sentence that asks for it)."""
        super().__init__()
        self.reply, self.wanted = reply, wanted

    def compose(self) -> ComposeResult:
        """A field for each value."""
        with Vertical(classes="dialog"):
            yield Static(literal(_("“{reply}” needs what the order does not tell").format(reply=self.reply)), classes="question")
            for index, (_name, words) in enumerate(self.wanted):
                yield Static(literal(words))
                field = Input(id=f"value-{index}")
                field.cursor_blink = False
                yield field
            yield Static(
                literal(self.app.with_keys(N_("Tab next field · Enter goes on · {dialog_back} goes back, nothing is sent"))), classes="keys"
            )

    def on_mount(self) -> None:
        """Start in the first field."""
        self.query(Input).first().focus()

    def on_input_submitted(self) -> None:
        """Answer once every field has something; otherwise go to the first empty one."""
        fields = list(self.query(Input))
        empty = next((field for field in fields if not field.value.strip()), None)
        if empty is not None:
            empty.focus()
        else:
            self.answer({name: field.value.strip() for (name, _words), field in zip(self.wanted, fields, strict=True)})
