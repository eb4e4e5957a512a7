"""On which line of a TOML file something stands: the reader of TOML does not tell.

Not a second reader: only headers, keys and the ends of long texts are looked at. What it can't
place it puts on the line of the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.\"'-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=\s*(.*)$")
_LONG = re.compile(r'"""|\'\'\'')


class Lines:
    """Field path → line, for every entry and for the fragments of one file."""

    def __init__(self, content: str) -> None:
        self._places: dict[tuple[int, str], int] = {}
        self._long: set[tuple[int, str]] = set()
        entry, block, prefix = 0, -1, ""
        for number, kind, path, long in _marks(content):
            if kind == "key":
                self._note(entry, prefix + path, number, long=long)
            elif path == "reply":
                entry, block, prefix = entry + 1, -1, ""
                self._note(entry, "", number)
            elif path == "reply.block":
                block += 1
                prefix = f"block.{block}."
                self._note(entry, f"block.{block}", number)
            else:
                prefix = f"{path.removeprefix('reply.')}."
                self._note(entry, prefix[:-1], number)

    def _note(self, entry: int, path: str, line: int, *, long: bool = False) -> None:
        place = (0 if path.startswith("fragments") else entry, path)
        self._places.setdefault(place, line)
        if long:
            self._long.add(place)

    def of(self, entry: int, path: str, inside: int | None = None) -> int:
        """The line of a field of the n-th entry (0: the fragments), or of the nearest thing around it; 0 when nothing is known.

        `inside` counts the lines of a text from 0.
        """
        while path and (entry, path) not in self._places:
            if below := [line for (number, known), line in self._places.items() if number == entry and known.startswith(f"{path}.")]:
                return min(below)
            path = path.rpartition(".")[0]
        line = self._places.get((entry, path), 0)
        return line if inside is None else line + inside + ((entry, path) in self._long)


def _marks(content: str) -> Iterator[tuple[int, str, str, bool]]:
    """(line, "header" or "key", dotted path, whether a text begins on the next line)."""
    closing: str | None = None
    for number, line in enumerate(content.splitlines(), 1):
        if closing is not None:
            closing = None if closing in line else closing
        elif header := _HEADER.match(line):
            yield number, "header", _plain(header[1]), False
        elif key := _KEY.match(line):
            opened = _LONG.search(key[2])
            rest = key[2][opened.end() :] if opened else ""
            closing = opened[0] if opened and opened[0] not in rest else None
            yield number, "key", _plain(key[1]), closing is not None and not rest.strip()


def _plain(path: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in path.split("."))
