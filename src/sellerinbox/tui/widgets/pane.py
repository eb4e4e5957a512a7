"""A pane: a header line over lines of text, drawn line by line (Textual's Line API).

Lines are tuples of (text, role); the theme's colours come in when a line is drawn. A pane
scrolls itself: no scroll bars, no child widgets, nothing that costs when nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette, Spans, draw
from sellerinbox.tui.text import fit


class Pane(Widget, can_focus=True):
    """A header and lines; up and down scroll."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.PANE)

    title = ""

    def __init__(self, *, id: str, palette: Palette) -> None:  # noqa: A002
        super().__init__(id=id)
        self.palette = palette
        self.count: Callable[[], int | None] = lambda: None
        """The count typed before a key, once; None when there was none."""
        self.lines: Sequence[Spans] = ()
        self.top = 0
        self._drawn: tuple[object, ...] = ()

    def show_lines(self, lines: Sequence[Spans], *, at_end: bool = False, keep_place: bool = False) -> None:
        """Replace what is shown; from its beginning, its end, or at the place it was scrolled to."""
        self.lines = lines
        if not keep_place:
            self.top = self._last_top if at_end else 0
        self.top = min(self.top, self._last_top)
        now = (tuple(lines), self.top, self.title)
        if now != self._drawn:  # news that change nothing here cost nothing on the line
            self._drawn = now
            self.refresh()

    @property
    def body_height(self) -> int:
        """Lines below the header."""
        return max(0, self.size.height - 1)

    @property
    def _last_top(self) -> int:
        return max(0, len(self.lines) - self.body_height)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if y == 0:
            return self.header(width)
        index = self.top + y - 1
        if index >= len(self.lines):
            return self.strip((), width)
        return self.strip(self.lines[index], width)

    def strip(self, spans: Spans, width: int, selected: bool = False) -> Strip:
        """Spans as a strip of exactly `width` cells."""
        return draw(self.palette, spans, width, selected)

    def header(self, width: int) -> Strip:
        """The pane's name; brighter when it has the keys."""
        right = self.position_words()
        left = fit(f" {self.title}", width - len(right) - 1)
        role = "accent" if self.has_focus else "muted"
        return self.strip(((left, role), (right + " ", "muted")), width)

    def position_words(self) -> str:
        """What stands at the right of the header: which lines are shown, when not all are."""
        if len(self.lines) <= self.body_height:
            return ""
        return f"{self.top + 1}-{min(self.top + self.body_height, len(self.lines))}/{len(self.lines)}"

    def refresh_header(self) -> None:
        """Draw only the header again."""
        self.refresh(Region(0, 0, self.outer_size.width, 1))

    def on_focus(self) -> None:
        """The header shows who has the keys."""
        self.refresh_header()

    def on_blur(self) -> None:
        """The header shows who has the keys."""
        self.refresh_header()

    def on_resize(self, _event: Resize) -> None:
        """Never scrolled past the end after a resize."""
        self.top = min(self.top, self._last_top)

    def times(self) -> int:
        """How often a key counts."""
        return self.count() or 1

    def action_scroll_lines(self, count: int) -> None:
        """Scroll by lines."""
        self._show_from(self.top + count * self.times())

    def action_scroll_pages(self, count: int) -> None:
        """Scroll by pages, one line less so that the eye keeps its place."""
        self._show_from(self.top + count * max(1, self.body_height - 1) * self.times())

    def action_scroll_to(self, line: int) -> None:
        """Scroll to a line; -1 is the end, or the line whose number was typed before."""
        number = self.count() if line < 0 else None
        self._show_from(number - 1 if number else self._last_top if line < 0 else line)

    def _show_from(self, top: int) -> None:
        top = max(0, min(top, self._last_top))
        if top != self.top:
            self.top = top
            self._drawn = ()
            self.refresh()

    def on_mouse_scroll_down(self, _event: MouseScrollDown) -> None:
        """The wheel moves three lines."""
        self.action_scroll_lines(3)

    def on_mouse_scroll_up(self, _event: MouseScrollUp) -> None:
        """The wheel moves three lines."""
        self.action_scroll_lines(-3)
