"""`g`: where to? The next letter decides; the letters stand on the screen meanwhile."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Static

from sellerinbox.i18n import _
from sellerinbox.tui.keys import GO
from sellerinbox.tui.screens.dialogs import Dialog
from sellerinbox.tui.text import literal


class GoScreen(Dialog[str]):
    """Dismisses with the letter; any other key goes back."""

    CLOSING_KEYS = None

    def compose(self) -> ComposeResult:
        """The letters and where they lead."""
        with Vertical(classes="dialog"):
            yield Static(literal(_("Go to")), classes="question")
            yield Static(literal("\n".join(f"  {letter}   {_(words)}" for letter, (_kind, _target, words) in GO.items())))

    def on_key(self, event: Key) -> None:
        """Take the letter."""
        event.stop()
        self.answer(event.character if event.character in GO else None)
