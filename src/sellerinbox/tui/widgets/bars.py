"""The lines at the top and the bottom: where you are, what the keys do, how the sync stands."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from sellerinbox.tui.palette import Palette, Spans, draw


class Bar(Widget):
    """One line; runs of (text, role), cut at the edge."""

    DEFAULT_CSS = """
    Bar { width: 1fr; height: 1; background: $background; }
    """

    def __init__(self, *, id: str, palette: Palette) -> None:  # noqa: A002
        super().__init__(id=id)
        self.palette = palette
        self.spans: Spans = ()

    def show(self, spans: Spans) -> None:
        """Replace the line; drawn only when it changed."""
        if spans != self.spans:
            self.spans = spans
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        width = self.size.width
        return draw(self.palette, cut(self.spans, width), width)


class Rule(Widget):
    """A thin vertical line between panes."""

    DEFAULT_CSS = """
    Rule { width: 1; height: 1fr; background: $background; }
    """

    def __init__(self, *, palette: Palette) -> None:
        super().__init__()
        self.palette = palette

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """A piece of the line."""
        return Strip([Segment("│", self.palette("rule"))], 1)


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
