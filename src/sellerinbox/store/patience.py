"""Questions with a time limit: a search shows what it has found instead of freezing the screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sellerinbox.store.schema import explain

_STEPS = 2_000
"""Steps of SQLite's machine between two looks at the clock: about a tenth of a millisecond."""


class Patience:
    """Asks one connection until the time is over; `late` says that it was, and rows may be missing."""

    def __init__(self, connection: sqlite3.Connection, database: Path, monotonic: Callable[[], float], seconds: float) -> None:
        self.late = False
        self._connection = connection
        self._database = database
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """The rows, or as many as were found in time. Raises `StoreError`."""
        found, whole = self._until(self._end, sql, parameters)
        self.late = self.late or not whole
        return found

    def attempt(self, seconds: float, sql: str, parameters: Sequence[object] = ()) -> tuple[list[Any], bool]:
        """The rows, and whether those are all; given up after `seconds`, for whoever knows another way. Raises `StoreError`."""
        return self._until(min(self._end, self._monotonic() + seconds), sql, parameters)

    def _until(self, end: float, sql: str, parameters: Sequence[object]) -> tuple[list[Any], bool]:
        found: list[Any] = []
        self._connection.set_progress_handler(lambda: self._monotonic() > end, _STEPS)
        try:
            found.extend(self._connection.execute(sql, parameters))
        except sqlite3.Error as error:
            # Whatever came before the interruption is in the list.
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise explain(error, self._database) from error
            return found, False
        finally:
            self._connection.set_progress_handler(None, 0)
        return found, True
