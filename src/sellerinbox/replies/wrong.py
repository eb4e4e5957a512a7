"""A mistake in a seller's file, on its way to the sentence that names file and line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sellerinbox.domain.errors import ConfigError


class Wrong(Exception):
    """Something in an entry.

    `field` is its path inside the entry (`text.en`); `line` counts inside a text from 0, None when no text is meant.
    """

    def __init__(self, field: str, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.field = field
        self.what = what
        self.line = line


class Mistake(NamedTuple):
    """What is wrong, and where."""

    path: Path
    line: int
    """From 1; 0 when the file as a whole is meant."""
    entry: str
    """The reply's name or number; empty when the file as a whole is meant."""
    what: str
    """The end of a sentence, without a full stop."""
    fatal: bool = True
    """Whether the reply can't be used because of it."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        unusable = " can't be used" if self.fatal else ""
        subject = f"the canned reply “{self.entry}”{unusable}: " if self.entry else ""
        return f"{place}: {subject}{self.what}{'' if self.what.endswith(('?', '.')) else '.'}"

    def error(self) -> ConfigError:
        """As an error that callers know."""
        return ConfigError(str(self))
