"""Several calls at a time, but not too many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sellerinbox.domain.errors import MarketplaceError, NotTheMarketplace, Rejected, UnexpectedResponse

A = TypeVar("A")
R = TypeVar("R")

AT_A_TIME = 4


@dataclass(frozen=True, slots=True)
class Outcome(Generic[A, R]):
    """What came of a batch of calls: results, the arguments that have none, and what ended the batch."""

    results: tuple[R, ...]
    failed: tuple[tuple[A, MarketplaceError], ...]
    """Things that the marketplace won't give or gives in pieces; the rest went on."""
    stopped_by: MarketplaceError | None
    """Trouble that would meet every further call too; what had come in by then is in `results`."""


async def each(call: Callable[[A], Awaitable[R]], arguments: Sequence[A]) -> Outcome[A, R]:
    """Make the call for every argument, `AT_A_TIME` at once, results in order."""
    gate = asyncio.Semaphore(AT_A_TIME)
    results: dict[int, R] = {}
    failed: dict[int, MarketplaceError] = {}
    stopped_by: list[MarketplaceError] = []

    async def one(at: int) -> None:
        async with gate:
            if stopped_by:
                return
            try:
                results[at] = await call(arguments[at])
            except MarketplaceError as error:
                if _is_about_one_thing(error):
                    failed[at] = error
                else:
                    stopped_by.append(error)

    async with asyncio.TaskGroup() as group:
        for at in range(len(arguments)):
            group.create_task(one(at))
    return Outcome(
        tuple(results[at] for at in sorted(results)),
        tuple((arguments[at], failed[at]) for at in sorted(failed)),
        stopped_by[0] if stopped_by else None,
    )


def _is_about_one_thing(error: MarketplaceError) -> bool:
    return isinstance(error, Rejected | UnexpectedResponse) and not isinstance(error, NotTheMarketplace)
