"""Until when? A key for each preset, or a time as it is typed, read back before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Input, Static

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.snooze import parse, words
from sellerinbox.i18n import _
from sellerinbox.tui.screens.dialogs import Dialog
from sellerinbox.tui.text import literal

Choice = tuple[str, str, str]
"""(key, name, what is typed for it)."""


class SnoozeScreen(Dialog[str]):
    """Dismisses with what was typed, or stands behind a key; None goes back."""

    def __init__(self, choices: Sequence[Choice], calendar: Calendar, now: datetime) -> None:
        """`now` is aware."""
        super().__init__()
        self.choices, self.calendar, self.now = choices, calendar, now
        self._typing = False
        # Only what may close it holds the keys behind it back; a typed time must not wait at every letter.
        self.CLOSING_KEYS = frozenset({"escape", "enter", *(key for key, _name, _typed in choices)})

    def compose(self) -> ComposeResult:
        """The presets with their times, and a field."""
        with Vertical(classes="dialog"):
            yield Static(literal(_("Put it aside until when?")), classes="question")
            yield Static(literal("\n".join(f"  {key}   {name}  ({self._read(typed)})" for key, name, typed in self.choices)))
            field = Input(placeholder=_("or type: mon 9, +3h, 25 nov, when tracking moves, if no answer in 2d"))
            field.cursor_blink = False
            field.select_on_focus = False  # the second letter would write over the first
            yield field
            yield Static("", id="read")
            yield Static(literal(_("A key takes its line · Tab types a time · Enter takes it · Esc back")), classes="keys")

    AUTO_FOCUS = ""
    """The keys of the presets come first; the field begins with Tab or with any other letter."""

    def _read(self, typed: str) -> str:
        try:
            return _(words(parse(typed, self.now, self.calendar), self.now, self.calendar))
        except UsageError as error:
            return str(error)

    def on_key(self, event: Key) -> None:
        """A preset's key takes it; any other sign begins a typed time."""
        if event.character is None or not event.is_printable:
            return
        event.stop()
        field = self.query_one(Input)
        chosen = next((typed for key, _name, typed in self.choices if key == event.character), None)
        if chosen is not None and not self._typing:
            self._take(chosen)
        else:  # also letters that were on their way here when the field got the keys
            self._type()
            self.set_focus(field)
            field.insert_text_at_cursor(event.character)

    def _type(self) -> None:
        self._typing = True
        self.CLOSING_KEYS = Dialog.CLOSING_KEYS

    def on_descendant_focus(self) -> None:
        """From now on the presets' keys are letters of a time."""
        self._type()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read back what it means."""
        typed = event.value.strip()
        self.query_one("#read", Static).update(literal(f"→ {self._read(typed)}" if typed else ""))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it."""
        if event.value.strip():
            self._take(event.value)

    def _take(self, typed: str) -> None:
        """What can't be read is said, and stays to be put right."""
        try:
            parse(typed, self.now, self.calendar)
        except UsageError as error:
            self.query_one("#read", Static).update(literal(str(error)))
        else:
            self.answer(typed)
