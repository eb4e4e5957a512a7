"""The first sync of some 10,000 messages from the simulator: how much of it is ours.

Counts the time in mapping and saving (SQLite, search index) against the whole; how fast saving
is against a bare executemany is in `saving.py`.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from sellerinbox.config import add_account, load, paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import SystemClock
from sellerinbox.marketplaces.ebay import mapping, order_mapping
from sellerinbox.services import open_services
from sellerinbox.store.orders import Orders
from sellerinbox.store.threads import Threads


class Stopwatch:
    """Adds up the time spent in functions, not counted twice where they call each other."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    def around(self, owner: Any, name: str) -> None:
        """Time a function or method from now on."""
        setattr(owner, name, self._timed(getattr(owner, name)))

    def _timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **options: Any) -> Any:
            self._depth += 1
            begin = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self.seconds += time.perf_counter() - begin

        return timed


def measure(home: Path, served: dict[str, str]) -> dict[str, float]:
    """Sync once; returns messages, seconds in all and in mapping and saving."""
    account = Account("shop-uk", "ebay", base_url=served["base_url"])
    environ = dict(os.environ) | {account.variable(name): served[name] for name in ("client_id", "client_secret", "refresh_token")}
    place = paths(home, {})
    add_account(place, account)
    watch = Stopwatch()
    watch.around(Threads, "save_page")
    watch.around(Orders, "save_page")
    for module in (mapping, order_mapping):
        for name, function in list(vars(module).items()):
            if callable(function) and getattr(function, "__module__", "") == module.__name__ and not isinstance(function, type):
                watch.around(module, name)
    begin = time.perf_counter()
    done = asyncio.run(_once(load(place, environ), environ))
    return {"messages": float(done.new_messages), "whole": time.perf_counter() - begin, "ours": watch.seconds}


async def _once(config: Any, environ: dict[str, str]) -> Any:
    async with open_services(config, SystemClock(), lambda _event: None, environ) as services:
        return await services.syncer.once()
