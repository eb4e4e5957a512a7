"""The inbox file, opened for reading at once and for writing only when something is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from sellerinbox.domain.clock import Clock
from sellerinbox.store.windows import Windows, is_ready

if TYPE_CHECKING:
    from sellerinbox.domain.deadlines import Targets
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
        self.targets: Targets | None = None
        """The seller's reply targets; None leaves those that are in force."""
        self.zone: Callable[[], tzinfo] | None = None
        """Where the seller's days begin and end, asked for by the first search; None is the machine's own."""

    @property
    def windows(self) -> Windows:
        """For reading. A missing or older file, or one ranked by other targets, is made ready first, which takes the ORM's import.

        Raises `StoreError` when the file is damaged or from a newer version.
        """
        if self._windows is None:
            if not is_ready(self._database):
                self.open()
            self._windows = Windows(self._database, ready=True, clock=self._clock, zone=self.zone)
            if self.targets is not None and not self._windows.is_ranked(self.targets):
                self.open()
        return self._windows

    @property
    def store(self) -> Store:
        """For writing; the first use opens it."""
        return self._store or self.open()

    def open(self) -> Store:
        """Create or upgrade the file, compute its clocks anew when the targets changed; imports SQLModel (0.6 s)."""
        if self._store is None:
            from sellerinbox.store.database import Store

            self._store = Store.open(self._database, self._state, self._clock, self._lock_wait, self.targets)
        return self._store

    def close(self) -> None:
        """Close what was opened."""
        if self._windows is not None:
            self._windows.close()
        if self._store is not None:
            self._store.close()
        self._windows = self._store = None
