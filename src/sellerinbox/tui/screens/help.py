"""The keys, as they are bound now."""

from __future__ import annotations

from sellerinbox.tui import keys
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import ListPage
from sellerinbox.tui.text import fit

_MOVING = (
    ("j k ↓ ↑", "move"),
    ("Enter o", "open the conversation"),
    ("Space PgDn PgUp", "page through the messages"),
    ("G End · g g Home", "bottom · top"),
)
_SECTIONS = (("Moving", keys.NAVIGATION), ("Answering", keys.ANSWERING), ("Clearing", keys.TRIAGE), ("The program", keys.PROGRAM))
_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "left": "←",
}


def key_name(key: str) -> str:
    """A key as it is printed on the keyboard."""
    return " ".join(_NAMES.get(part, part.replace("ctrl+", "Ctrl+")) for part in key.split(","))


class HelpScreen(ListPage):
    """Every key of the inbox, with the name that `[keys]` in the settings uses."""

    heading = "Keys"
    hint = "Esc back · keys can be changed in config.toml under [keys] by the names at the right"

    def fill(self) -> None:
        """List them."""
        lines: list[Spans] = []
        for section, bindings in _SECTIONS:
            lines.append(((f" {section}", "accent"),))
            if section == "Moving":
                lines += [((fit(f"   {key}", 22), "strong"), (words, "text")) for key, words in _MOVING]
            for binding in bindings:
                key = key_name(self.app.keymap_key(binding.id or "") or binding.key)
                lines.append(((fit(f"   {key}", 22), "strong"), (fit(binding.description, 40), "text"), (binding.id or "", "muted")))
            lines.append(())
        self.pane.show_choices(lines)
        self.pane.focus()
