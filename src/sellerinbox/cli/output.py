"""All of stdout (data) and all of stderr (talk). Nothing else in the program writes to either.

Every text is cleaned once more here, whatever door it came in by: nothing from outside may act
on the seller's terminal.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as typing's own, whose import would be most of what `--version` costs
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime, tzinfo
    from typing import TextIO

_GAP = "  "
_zone: Callable[[], tzinfo] | None = None


def prepare() -> None:
    """Let both streams replace what they can't show instead of failing (locale C, ISO-8859-1)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def use_zone(zone: Callable[[], tzinfo] | None) -> None:
    """Show times in this zone from now on; None is the machine's."""
    global _zone
    _zone = zone


def line(text: str = "") -> None:
    """One line of data."""
    _write(sys.stdout, _clean(text).replace("\n", " ") + "\n")


def lines(text: str, before: str = "") -> None:
    """A text of several lines as data, each with `before` in front, so that none can pass for ours."""
    _write(sys.stdout, "".join(f"{before}{part}\n" for part in _clean(text).split("\n")))


def note(text: str) -> None:
    """A line of talk."""
    _write(sys.stderr, _clean(text).replace("\n", " ") + "\n")


def notes(text: str) -> None:
    """Several lines of talk."""
    for part in text.split("\n"):
        note(part)


def prompt(text: str) -> None:
    """A question, with the answer to stand behind it."""
    _write(sys.stderr, _clean(text).replace("\n", " ") + " ")


def problem(text: str) -> None:
    """What went wrong, as one sentence."""
    note(f"sellerinbox: {text}")


def as_json(value: object, *, raw: bool = False) -> None:
    """One JSON value as data, on a line of its own, flushed.

    Texts are cleaned and unknown ones are null. With `raw` they keep their original code points,
    and everything beyond plain ASCII is escaped.
    """
    import json

    ascii_only = raw or "utf" not in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    text = json.dumps(_plain(value, raw), ensure_ascii=ascii_only)
    _write(sys.stdout, text.replace("\x7f", "\\u007f") + "\n")
    sys.stdout.flush()


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, empty: str) -> None:
    """Rows under their headers, aligned also with Chinese in them; `empty` is said when there are none.

    On a terminal the last column is cut to its width; in a file or pipe nothing is cut.
    """
    cells = [[_line(cell) for cell in row] for row in rows]
    if not cells:
        note(empty)
        return
    cells.insert(0, [_line(header) for header in headers])
    widths = [max(width(row[column]) for row in cells) for column in range(len(headers))]
    room = _room(widths)
    for row in cells:
        padded = [cell + " " * (size - width(cell)) for cell, size in zip(row[:-1], widths[:-1], strict=True)]
        _write(sys.stdout, _GAP.join([*padded, cut(row[-1], room)]).rstrip() + "\n")


def time(at: datetime | None) -> str:
    """A moment in the seller's own time zone, for tables; empty when there is none."""
    return "" if at is None else at.astimezone(_zone() if _zone else None).strftime("%Y-%m-%d %H:%M")


def stamp(at: datetime) -> str:
    """A moment as JSON has it: RFC 3339 in UTC with `Z`."""
    from datetime import UTC

    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def width(text: str) -> int:
    """The columns a line takes on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(_columns(char, unicodedata.east_asian_width(char)) for char in text)


def cut(text: str, columns: int) -> str:
    """The line, cut with an ellipsis to at most that many columns."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[:-1]
    return text + "…"


def _columns(char: str, kind: str) -> int:
    from sellerinbox.domain.text import takes_no_room

    if takes_no_room(char):
        return 0
    return 2 if kind in "WF" else 1


def _room(widths: Sequence[int]) -> int:
    """The columns left for the last cell."""
    if not sys.stdout.isatty():
        return 1_000_000
    import shutil

    return max(10, shutil.get_terminal_size().columns - sum(widths[:-1]) - len(_GAP) * (len(widths) - 1))


def _plain(value: object, raw: bool) -> object:
    """A value as JSON knows it."""
    from collections.abc import Mapping
    from datetime import datetime

    if isinstance(value, str):
        return (value if raw else _clean(value)) or None
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(entry, raw) for key, entry in value.items()}
    return [_plain(entry, raw) for entry in value] if isinstance(value, list | tuple) else value


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    from sellerinbox.domain.text import clean

    return clean(text)


def _line(text: str) -> str:
    """A cell of a table."""
    line = " ".join(_clean(text).split())
    if line.isascii():
        return line
    from sellerinbox.domain.text import steady

    return steady(line)


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
