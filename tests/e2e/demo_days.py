"""A shop on a day of the test's choice: marketplace, sync, screen and commands live by one clock that can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sellerinbox.domain.clock import DEMO_CLOCK
from tests.e2e.market import Market
from tests.e2e.seller import PROGRAM, Seller, sign_in

HOUR = 3600.0
CALENDAR = '\n[calendar]\ntimezone = "UTC"\nclosed = ["sat", "sun"]\npromise_hour = 17\n'


@contextmanager
def shop_on(at: str, folder: Path, *words: str) -> Iterator[tuple[Market, Seller]]:
    """A shop that opens at a time such as `2026-11-21T10:00` (UTC), and its signed-in seller, who has not synced yet."""
    seller = Seller(folder / "home", clock=folder / "clock")
    market = Market.open([*PROGRAM, "demo", "--serve", "--at", at, *words], {**seller.environ, DEMO_CLOCK: str(seller.clock)})
    try:
        added = sign_in(seller, market)
        assert added.code == 0, added.err
        seller.append(CALENDAR)
        yield market, seller
    finally:
        market.close()
