"""A seller's hands on the keys: every key pressed is counted, and none before the screen shows what it is meant for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self

from tests.e2e.terminal import PATIENCE, Terminal

REVIEW = "Your reply, as it arrives"
FREE = "Nothing stops it."
FRAME = "╭"
"""The corner of whatever stands in front of the list."""
BAR = "▌"
"""Stands before the highlighted conversation."""
WHOLE = re.compile(r"\d\d:\d\d|waiting to go|until |\d [A-Z][a-z]{2}$")
"""How the line of a conversation ends that nothing covers."""


@dataclass
class Hands:
    """Fingers on one terminal."""

    terminal: Terminal
    commands: int = 0
    """Keys that meant something to the program."""
    letters: int = 0
    """Keys of texts that were typed."""
    used: dict[str, int] = field(default_factory=dict)
    """Command key → how often."""

    @property
    def pressed(self) -> int:
        """All keys so far."""
        return self.commands + self.letters

    def press(self, *keys: str) -> Self:
        """Press keys that mean something."""
        for key in keys:
            self.commands += 1
            self.used[key] = self.used.get(key, 0) + 1
            self.terminal.press(key)
        return self

    def type(self, text: str) -> Self:
        """Write; every letter is a key."""
        self.letters += len(text)
        self.terminal.press(*text)
        return self

    def see(self, words: str, seconds: float = PATIENCE) -> Self:
        """Wait until words stand on the screen."""
        self.terminal.until(words, seconds)
        return self

    # -- the list ----------------------------------------------------------------------------

    def highlighted(self) -> str:
        """The line of the highlighted conversation in the list; empty when there is none, or it is hidden in part."""
        lines = [line for line in self.terminal.lines if line.startswith(BAR)]
        line = lines[0].partition("│")[0].strip(f"{BAR} ") if lines else ""
        return line if WHOLE.search(line) else ""

    def on(self, buyers: Collection[str]) -> str:
        """Which of these is highlighted, as soon as one is and nothing stands in front of the list."""
        found: list[str] = []

        def there() -> bool:
            line = self.highlighted()
            found[:] = [buyer for buyer in buyers if buyer in line and FRAME not in self.terminal.text]
            return bool(found)

        self.terminal.until(there)
        return found[0]

    def at(self, buyer: str) -> Self:
        """Wait until a buyer is highlighted."""
        self.terminal.until(lambda: buyer in self.highlighted())
        return self

    def leaves(self, buyer: str) -> Self:
        """Wait until the highlight has gone on to somebody else, or nobody is left."""
        self.terminal.until(lambda: FRAME not in self.terminal.text and buyer not in (self.highlighted() or buyer))
        return self

    def key_of(self, canned: str) -> str:
        """The key on which a canned reply lies here and now, as the line at the bottom says."""
        wanted = re.compile(rf" (\d) {re.escape(canned)}  ")

        def there() -> bool:
            return wanted.search(self.terminal.text) is not None

        self.terminal.until(there)
        found = wanted.search(self.terminal.text)
        assert found is not None
        return found[1]

    # -- answering ---------------------------------------------------------------------------

    def find(self, buyer: str) -> Self:
        """Search for a buyer and put his conversation under the highlight, its messages beside it."""
        self.press("/").see("Search").type(buyer)
        self.terminal.until(lambda: re.search(r"Found \d", self.terminal.text) is not None)
        before = self.terminal.colour("Found")
        self.press("enter")
        self.terminal.until(lambda: self.terminal.colour("Found") != before)
        self.press("enter")
        return self.see(f"{buyer} ·")

    def write(self, text: str) -> Self:
        """Open the reply box and write, up to the send review."""
        self.press("r").see("Ctrl+S send").type(text)
        return self.press("ctrl+s").see(REVIEW)
