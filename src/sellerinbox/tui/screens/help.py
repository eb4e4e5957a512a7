"""The keys, as they are bound now, searchable place by place."""

from __future__ import annotations

from sellerinbox.tui import keys
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import ListPage
from sellerinbox.tui.text import fit

_SECTIONS = (
    ("In the list", (*keys.LIST,)),
    ("In the messages and the order", (*keys.PANE,)),
    ("Getting around", keys.NAVIGATION),
    ("Answering", keys.ANSWERING),
    ("Clearing", keys.TRIAGE),
    ("The program", keys.PROGRAM),
    ("While you write", keys.REPLY),
    ("In the canned replies", keys.CANNED),
    ("In the outbox", keys.OUTBOX),
    ("Among the blocked buyers", keys.BLOCKED),
)


class HelpScreen(ListPage):
    """Every key, with the name that `[keys]` in the settings uses."""

    heading = "Keys"
    hint = "Esc back · config.toml changes keys under [keys] by the names at the right"

    def fill(self) -> None:
        """List them."""
        width = self.pane.size.width - 1
        lines: list[Spans] = []
        for section, bindings in _SECTIONS:
            lines.append(((f" {section}", "accent"),))
            for binding in bindings:
                key = keys.key_name(self.app.config.keys.get(binding.id or "") or binding.key)
                name = fit(f"  {binding.id}", 24)
                lines.append(((fit(f"   {key}", 22), "strong"), (fit(binding.description, width - 46), "text"), (name, "muted")))
            lines.append(())
        lines += [
            ((fit(f"   {self.app.key_of('go')} {letter}", 22), "strong"), (words, "text")) for letter, (_, _, words) in keys.GO.items()
        ]
        self.pane.show_choices(lines)
        self.pane.focus()
