"""The inbox file, opened for reading at once and for writing only when something is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sellerinbox.domain.clock import Clock
from sellerinbox.store.windows import Windows, is_ready

if TYPE_CHECKING:
    from sellerinbox.store.database import Store


class Files:
    """Both ways to the inbox file; each is opened when first used."""

    def __init__(self, database: Path, state: Path, clock: Clock, lock_wait: float) -> None:
        """`state` is the directory of the locks; a write waits `lock_wait` seconds for another process."""
        self._lock_wait = lock_wait
        self._database = database
        self._state = state
        self._clock = clock
        self._windows: Windows | None = None
        self._store: Store | None = None

    @property
    def windows(self) -> Windows:
        """For reading. A missing or older file is made ready first, which takes the ORM's import.

        Raises `StoreError` when the file is damaged or from a newer version.
        """
        if self._windows is None:
            if not is_ready(self._database):
                self.store  # noqa: B018  (opening is what creates or upgrades the file)
            self._windows = Windows(self._database, ready=True)
        return self._windows

    @property
    def store(self) -> Store:
        """For writing; the first use imports SQLModel (0.6 s)."""
        if self._store is None:
            from sellerinbox.store.database import Store

            self._store = Store.open(self._database, self._state, self._clock, self._lock_wait)
        return self._store

    def close(self) -> None:
        """Close what was opened."""
        if self._windows is not None:
            self._windows.close()
        if self._store is not None:
            self._store.close()
        self._windows = self._store = None
