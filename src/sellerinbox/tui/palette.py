"""Roles → styles: widgets draw in roles ("late", "ours"), the theme decides the colours."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

Spans = tuple[tuple[str, str], ...]
"""One line: runs of (text already made for the screen, role)."""

ROLES: dict[str, tuple[str, bool]] = {
    "text": ("foreground", False),
    "strong": ("foreground", True),
    "muted": ("muted", False),
    "unread": ("unread", True),
    "late": ("late", True),
    "due": ("due", False),
    "ours": ("ours", False),
    "theirs": ("theirs", False),
    "ours-name": ("ours", True),
    "theirs-name": ("theirs", True),
    "blocked": ("blocked", True),
    "rule": ("rule", False),
    "accent": ("accent", True),
    "good": ("success", False),
    "warning": ("warning", True),
}
"""Role → theme variable, bold."""


@lru_cache(maxsize=512)
def _style(color: str, bold: bool, background: str) -> Style:
    return Style(color=Color.parse(color).rich_color, bgcolor=Color.parse(background).rich_color, bold=bold)


class Palette:
    """The styles of the theme in use; every widget holds the same one."""

    def __init__(self) -> None:
        self._variables: dict[str, str] = {}
        self._styles: dict[tuple[str, bool], Style] = {}

    def use(self, variables: dict[str, str]) -> None:
        """Take another theme's variables."""
        self._variables = variables
        self._styles.clear()

    def __call__(self, role: str, selected: bool = False) -> Style:
        """The style of a role; on the selected row with its background colour.

        A background, not reverse video: erase-to-end-of-line keeps a colour and loses reverse.
        """
        style = self._styles.get((role, selected))
        if style is None:
            variable, bold = ROLES[role]
            # Textual paints no background behind the lines a widget draws itself (8.2.8).
            background = self._variables["selection" if selected else "background"]
            style = self._styles[role, selected] = _style(self._variables[variable], bold, background)
        return style


def draw(palette: Palette, spans: Spans, width: int, selected: bool = False) -> Strip:
    """Spans as a strip of exactly `width` cells."""
    segments = [Segment(text, palette(role, selected)) for text, role in spans]
    return Strip(segments).adjust_cell_length(width, palette("text", selected))
