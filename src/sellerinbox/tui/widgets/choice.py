"""A list to choose from: a pane whose lines can be highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from sellerinbox.tui import keys
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.widgets.pane import Pane


class ChoicePane(Pane, inherit_bindings=False):
    """Lines of which one is highlighted; Enter chooses it."""

    BINDINGS: ClassVar[list[BindingType]] = list(keys.CHOICE)

    @dataclass
    class Moved(Message):
        """Another line is highlighted."""

        index: int

    @dataclass
    class Chosen(Message):
        """The seller takes this line."""

        index: int

    cursor = 0

    def show_choices(self, lines: Sequence[Spans], cursor: int = 0) -> None:
        """Replace the lines."""
        self.cursor = max(0, min(cursor, len(lines) - 1))
        self.show_lines(lines)
        self._keep_in_sight()
        self.post_message(self.Moved(self.cursor))

    def action_move(self, count: int) -> None:
        """Move the highlight."""
        target = max(0, min(self.cursor + count, len(self.lines) - 1))
        if target != self.cursor:
            self.cursor = target
            self._keep_in_sight()
            self.refresh()
            self.post_message(self.Moved(target))

    def action_choose(self) -> None:
        """Take the highlighted line."""
        if self.lines:
            self.post_message(self.Chosen(self.cursor))

    def on_click(self, event: Click) -> None:
        """A click chooses."""
        index = self.top + event.y - 1
        if event.y and index < len(self.lines):
            self.cursor = index
            self.refresh()
            self.post_message(self.Chosen(index))

    def _keep_in_sight(self) -> None:
        height = max(1, self.body_height)
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.cursor >= self.top + height:
            self.top = self.cursor - height + 1

    def render_line(self, y: int) -> Strip:
        """One line of the screen; the bar at its left says "highlighted" without colour."""
        width, index = self.size.width, self.top + y - 1
        if y == 0 or index >= len(self.lines):
            return super().render_line(y)
        chosen = index == self.cursor
        return self.strip((("▌" if chosen else " ", "accent"), *self.lines[index]), width, chosen)
