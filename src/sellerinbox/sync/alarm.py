"""Snoozes that end by time: woken by whoever syncs, also while no screen is open."""

from __future__ import annotations

import logging
from datetime import datetime

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import StoreError
from sellerinbox.store.database import Store
from sellerinbox.sync.events import OnEvent, Synced

AGAIN = 5.0
"""Seconds until a waking that failed (the file was busy, the disk full) is tried again."""

log = logging.getLogger(__name__)


class Alarm:
    """Knows when the next snooze ends; asking it costs nothing until then."""

    def __init__(self, store: Store, clock: Clock, on_event: OnEvent) -> None:
        self._store = store
        self._clock = clock
        self._on_event = on_event
        self._next: datetime | None = None
        self._not_before = float("-inf")

    def set(self) -> None:
        """The inbox was written to: perhaps something sleeps now, or sleeps no more."""
        try:
            self._next = self._store.snoozes.next_wake()
        except StoreError:
            self._next = self._clock.now()  # not known; looked for at the next ring

    def ring(self) -> None:
        """Wake what slept until now and tell that something is new, a word for each account."""
        if self._next is None or self._next > self._clock.now() or self._clock.monotonic() < self._not_before:
            return
        try:
            woken = self._store.snoozes.wake(self._clock.now())
            self._next = self._store.snoozes.next_wake()
        except StoreError:
            log.exception("snoozes could not be woken")
            self._not_before = self._clock.monotonic() + AGAIN
            return
        for account in dict.fromkeys(key.account for key in woken):
            self._on_event(Synced(account, 0, 0))
