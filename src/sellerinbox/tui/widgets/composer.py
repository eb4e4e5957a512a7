"""The field a reply is written in: what the guard finds is underlined as it is typed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette

if TYPE_CHECKING:
    from sellerinbox.guard import Finding

_REST = 0.25
"""Seconds without a key after which the text is looked at: a check takes some milliseconds, a key must not."""
_ROLES = {"block": "late", "warn": "warning", "advice": "due"}


class Composer(TextArea):
    """A text field whose findings are underlined; `look` says what there is to find."""

    BINDINGS: ClassVar[list[BindingType]] = list(keys.COMPOSER)

    class Looked(Message):
        """The findings are new."""

        def __init__(self, findings: Sequence[Finding]) -> None:
            super().__init__()
            self.findings = findings

    def __init__(self, text: str, look: Callable[[str], Sequence[Finding]], palette: Palette) -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.look = look
        self.palette = palette
        self.findings: Sequence[Finding] = ()
        self.cursor_blink = False  # 2.3 kB/s over ssh
        self._places: dict[int, list[tuple[int, int, Style]]] = {}
        self._due: Timer | None = None

    def on_mount(self) -> None:
        """The cursor behind the text; what is there already is looked at, too."""
        self.move_cursor(self.document.end)
        self.look_soon()

    def on_text_area_changed(self) -> None:
        """Old underlines would stand under the wrong words: off with them until the keys rest."""
        if self._places:
            self._places = {}
            self.notify_style_update()
        self.look_soon()

    def look_soon(self) -> None:
        """Look when the keys rest."""
        if self._due is not None:
            self._due.stop()
        self._due = self.set_timer(_REST, self.look_now)

    def look_now(self) -> None:
        """Ask for the findings and underline them."""
        self._due = None
        self.findings = self.look(self.text)
        self._places = self._by_line(self.findings)
        self.notify_style_update()
        self.refresh()
        self.post_message(self.Looked(self.findings))

    def get_line(self, line_index: int) -> Text:
        """A line with its findings underlined; a sign in the margin would take room, a colour alone would not be enough."""
        line = super().get_line(line_index)
        for start, end, style in self._places.get(line_index, ()):
            line.stylize(style, start, min(end, len(line)))
        return line

    def _by_line(self, findings: Sequence[Finding]) -> dict[int, list[tuple[int, int, Style]]]:
        lines = self.text.split("\n")
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        places: dict[int, list[tuple[int, int, Style]]] = {}
        for finding in findings:
            style = self.palette(_ROLES[finding.severity]) + Style(underline=True)
            first = bisect_right(starts, finding.start) - 1
            for number in range(first, len(lines)):
                if starts[number] >= finding.end:
                    break
                start = max(0, finding.start - starts[number])
                places.setdefault(number, []).append((start, min(len(lines[number]), finding.end - starts[number]), style))
        return places

    def action_mend(self) -> None:
        """Spaces, marks and capitals put right, and the better words of the finding under the cursor taken."""
        from sellerinbox.guard import form

        self.look_now()
        under = self._under_cursor()
        if under is not None and under.better is not None:
            self._replace(self.text[: under.start] + under.better + self.text[under.end :])
        else:
            self._replace(form.mended(self.text, self.look))

    def _under_cursor(self) -> Finding | None:
        row, column = self.cursor_location
        at = sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column
        return next((f for f in self.findings if f.better is not None and f.start <= at <= f.end), None)

    def _replace(self, text: str) -> None:
        if text != self.text:
            place = self.cursor_location
            self.replace(text, (0, 0), self.document.end)
            self.move_cursor(place)
