"""The keys of the place the seller is in, as they are bound now, found by key, words or name."""

from __future__ import annotations

from textual.screen import Screen

from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.here import KeyHere, keys_here, sections
from sellerinbox.tui.palette import Palette, Spans
from sellerinbox.tui.screens.page import QueryPage
from sellerinbox.tui.text import fit, wrap

_KEYS, _NAME = 21, 24
"""Cells of the first and the last column."""


class HelpScreen(QueryPage):
    """Every key that works on the screen behind it, with the name that `[keys]` in the settings uses."""

    heading = N_("Keys")
    placeholder = N_("a key, a word, a name …")
    hint = N_("config.toml changes keys under [keys] by the names at the right · {page_back} back")

    def __init__(self, palette: Palette, behind: Screen[object]) -> None:
        """`behind` is the screen whose keys are shown."""
        super().__init__(palette)
        self._sections = sections(keys_here(behind))
        self._goes = any(each.binding.id == "go" for _title, those in self._sections for each in those)

    def fill(self) -> None:
        """List those in which the typed words are found."""
        words = self.query_text.casefold().split()
        lines: list[Spans] = []
        for title, those in self._sections:
            shown = [_row(each) for each in those]
            lines += self._section(_(title), [row for row in shown if _holds(row, words)])
        if self._goes:
            go = self.app.key_of("go")
            rows = [(f"{go} {letter}", _(about), "") for letter, (_kind, _target, about) in keys.GO.items()]
            lines += self._section(_("Go to"), [row for row in rows if _holds(row, words)])
        self.pane.show_choices(lines)

    def _section(self, title: str, rows: list[tuple[str, str, str]]) -> list[Spans]:
        width = self.pane.size.width - 1
        drawn: list[Spans] = [((f" {title}", "accent"),)] if rows else []
        for key, about, name in rows:
            named = fit(f" {name}", _NAME) if name else ""
            said = fit(about, width - _KEYS - (_NAME if name else 0))
            first, *more = wrap(key, _KEYS - 4)
            drawn.append(((fit(f"   {first}", _KEYS), "strong"), (said, "text"), (named, "muted")))
            drawn += [((f"   {rest}", "strong"),) for rest in more]
        return drawn

    def on_choice_pane_chosen(self) -> None:
        """Read, and back to work."""
        self.leave()


def _row(here: KeyHere) -> tuple[str, str, str]:
    return here.keys, keys.words(here.binding), here.binding.id or ""


def _holds(row: tuple[str, str, str], words: list[str]) -> bool:
    """Whether every word is the key itself or part of the rest."""
    key, *rest = row
    text = " ".join(rest).casefold()
    return all(word in key.casefold().split() or word in text for word in words)
