"""The floor: a bare Textual program with one Line-API list over the same SQLite file, nothing else.

Run as `python floor_list.py inbox.db`. It is deliberately the least that shows the rows.
"""

import sqlite3
import sys

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

PLAIN, CHOSEN = Style(color="white"), Style(color="white", bgcolor="blue")


class Rows(ScrollView, can_focus=True):
    """The rows, a window of them at a time."""

    BINDINGS = [Binding("down,j", "move(1)", "Down", show=False), Binding("up,k", "move(-1)", "Up", show=False)]  # noqa: RUF012

    def __init__(self, path: str) -> None:
        super().__init__()
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.cursor = 0
        self.rows: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        self.rows = self.db.execute("SELECT buyer, snippet FROM conversation ORDER BY rank, id LIMIT 200").fetchall()
        self.virtual_size = Size(self.size.width, len(self.rows))

    def action_move(self, count: int) -> None:
        before, self.cursor = self.cursor, max(0, min(self.cursor + count, len(self.rows) - 1))
        top = self.scroll_offset.y
        for row in (before, self.cursor):
            self.refresh(Region(0, row - top, self.size.width, 1))
        if not top <= self.cursor < top + self.size.height:
            self.scroll_to(y=max(0, self.cursor - self.size.height + 1), animate=False)

    def render_line(self, y: int) -> Strip:
        index = self.scroll_offset.y + y
        if index >= len(self.rows):
            return Strip.blank(self.size.width)
        style = CHOSEN if index == self.cursor else PLAIN
        buyer, snippet = self.rows[index]
        text = f"{buyer[:20]:<20} {snippet}"[: self.size.width].ljust(self.size.width)
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)


class Bare(App[None]):
    """One list."""

    BINDINGS = [Binding("q", "quit", "Quit")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Rows(sys.argv[1])


if __name__ == "__main__":
    Bare().run()
