"""The last door before the terminal: every text on the screen is made here.

Textual hands ESC, C1 bytes and its own markup through (checked, 8.2.8). So text from
outside is cleaned once more (`domain.text`) and becomes a `Content` or a plain run of cells,
never a `str` that a widget would read as markup.
"""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from sellerinbox.domain.text import clean, clean_line, steady
from sellerinbox.i18n import _

SHOWN_CHARACTERS = 8_000
SHOWN_LINES = 300
"""More of one message is not drawn; `show` on the command line and the export hold all of it."""


def literal(text: str, style: str = "") -> Content:
    """A text for any widget that takes content, letter by letter."""
    shown = steady(clean(text))
    return Content.styled(shown, style) if style else Content(shown)


def in_line(text: str) -> str:
    """A run within a line, its blanks kept."""
    return text if text.isascii() and text.isprintable() else steady(clean(text)).replace("\n", " ")


@lru_cache(maxsize=8192)
def fit(text: str, width: int) -> str:
    """A text on one line, exactly `width` cells wide: cut with an ellipsis or padded."""
    if width <= 0:
        return ""
    body = text.lstrip(" ")
    line = " " * (len(text) - len(body)) + steady(clean_line(body, width * 2))
    if cell_len(line) > width:
        line = set_cell_size(line, width - 1).rstrip() + "…"
    return set_cell_size(line, width)


def right(text: str, width: int) -> str:
    """A text at the right of `width` cells; longer ones stay as they are."""
    return " " * (width - cell_len(text)) + text


@lru_cache(maxsize=1024)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """A text of several lines as lines at most `width` cells wide; a very long one is cut and says so."""
    shown = steady(clean(text[: SHOWN_CHARACTERS * 2])[:SHOWN_CHARACTERS])
    pieces = shown.split("\n", SHOWN_LINES)
    cut = len(text) - len(shown) if len(text) > SHOWN_CHARACTERS else 0
    if len(pieces) > SHOWN_LINES:
        cut += len(pieces.pop())
    lines = [line.plain for line in Content("\n".join(pieces)).wrap(max(width, 8))][: SHOWN_LINES * 2]
    if cut:
        lines.append(_("… {count:,} more characters; `sellerinbox show` prints them").format(count=cut))
    return tuple(lines)
