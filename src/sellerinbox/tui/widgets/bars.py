"""The lines at the top and the bottom: where you are, what the keys do, how the sync stands."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from sellerinbox.tui.palette import Palette, Spans, draw
from sellerinbox.tui.text import in_line


class Bar(Widget):
    """One line or a few; each of runs of (text, role), cut at the edge."""

    DEFAULT_CSS = """
    Bar { width: 1fr; height: 1; background: $background; }
    """

    def __init__(self, *, id: str, palette: Palette, lines: int = 1) -> None:  # noqa: A002
        super().__init__(id=id)
        self.palette = palette
        self.lines: list[Spans] = [()] * lines

    def show(self, spans: Spans, line: int = 0) -> None:
        """Replace a line; drawn only when it changed."""
        spans = tuple((in_line(text), role) for text, role in spans)
        if spans != self.lines[line]:
            self.lines[line] = spans
            self.refresh(Region(0, line, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        return draw(self.palette, cut(self.lines[y], width) if y < len(self.lines) else (), width)


def cut(spans: Spans, width: int) -> Spans:
    """Spans that end at the edge, with an ellipsis where something was left out."""
    out, left = [], width
    for text, role in spans:
        cells = cell_len(text)
        if cells > left:
            out.append((set_cell_size(text, left - 1) + "…" if left else "", role))
            break
        out.append((text, role))
        left -= cells
    return tuple(out)


def two_lines(words: Sequence[str], width: int) -> tuple[str, str]:
    """Keys and what they do on two lines, none of them cut in the middle of the first."""
    first, rest = "", list(words)
    while rest and cell_len(f"{first} · {rest[0]}") < width:
        first = f"{first} · {rest.pop(0)}" if first else f" {rest.pop(0)}"
    return first, " " + " · ".join(rest)
