"""Waiting with an end, by the program's own clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from sellerinbox.domain.clock import Clock

T = TypeVar("T")


async def wait_or_woken(clock: Clock, seconds: float, woken: asyncio.Event) -> bool:
    """Wait, but no longer than until `woken` is set, which is cleared; True when it was."""
    if seconds > 0 and not woken.is_set():
        await first_of(woken.wait(), clock.sleep(seconds))
    was_woken = woken.is_set()
    woken.clear()
    return was_woken


class Patience:
    """How long work may go on without a sign of life before it is given up."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._last = clock.monotonic()

    def renew(self) -> None:
        """The work came one step further."""
        self._last = self._clock.monotonic()

    async def over(self, work: Awaitable[T]) -> T:
        """The result of the work; it is cancelled and `TimeoutError` raised once patience is out."""
        self.renew()
        task = asyncio.ensure_future(work)
        await first_of(task, self._out())
        if task.cancelled():
            raise TimeoutError
        return task.result()

    async def _out(self) -> None:
        while (left := self._last + self._seconds - self._clock.monotonic()) > 0:
            await self._clock.sleep(left)


async def first_of(*works: Awaitable[Any]) -> None:
    """Wait until one of them ends, however it ends; the others are cancelled and gone on return."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
