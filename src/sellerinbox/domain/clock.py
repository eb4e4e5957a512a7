"""The one clock. Nothing else in the program asks the system for the time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Where time comes from; tests hand in one that they move by hand."""

    def now(self) -> datetime:
        """The time now, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds on a clock that never jumps; only differences mean anything."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time now, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; not moved by the wall clock."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait without blocking anybody else."""
        await asyncio.sleep(max(0.0, seconds))


DEMO_CLOCK = "SELLERINBOX_DEMO_CLOCK"
"""Names the file by which the demo's processes share their clock."""


class DemoClock(SystemClock):
    """The demo's clock: the machine's, moved by the seconds in a file that the simulator writes when its time is advanced."""

    def __init__(self, file: Path) -> None:
        """A file that is not there yet moves nothing."""
        self._file = file
        self._written = -1
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The demo's time, aware, UTC."""
        return super().now() + self._shift()

    def shift(self, by: timedelta) -> None:
        """Move the clock of everybody who shares the file."""
        self._file.write_text(str((self._shift() + by).total_seconds()), encoding="ascii")
        self._written = -1

    def _shift(self) -> timedelta:
        try:
            written = self._file.stat().st_mtime_ns
            if written != self._written:
                self._ahead = timedelta(seconds=float(self._file.read_text(encoding="ascii") or 0))
                self._written = written
        except (OSError, ValueError):
            pass  # not there yet, or being written: the time it told before holds
        return self._ahead


def clock_for(environ: Mapping[str, str]) -> Clock:
    """The machine's clock, or the demo's."""
    file = environ.get(DEMO_CLOCK)
    return DemoClock(Path(file)) if file else SystemClock()
