"""One marketplace and one synced home for each test: nothing that an earlier one sent is answered in a later one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.market import Market
from tests.e2e.seller import PROGRAM, Seller, sign_in


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    """The marketplace as it is when it starts."""
    market = Market.open([*PROGRAM, "demo", "--serve"], Seller(tmp_path / "server").environ)
    yield market
    market.close()


@pytest.fixture
def seller(market: Market, tmp_path: Path) -> Seller:
    """A seller whose inbox holds everything the marketplace had at the start, and whose outbox is empty."""
    seller = Seller(tmp_path / "home")
    added = sign_in(seller, market)
    assert added.code == 0, added.err
    seller.sync()
    market.forget()
    return seller
