"""One marketplace and one synced home for the folder; every test works in a copy of that home."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.market import Market
from tests.e2e.seller import PROGRAM, Seller, sign_in


@pytest.fixture(scope="session")
def _market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    market = Market.open([*PROGRAM, "demo", "--serve"], Seller(tmp_path_factory.mktemp("server")).environ)
    yield market
    market.close()


@pytest.fixture(scope="session")
def _synced(_market: Market, tmp_path_factory: pytest.TempPathFactory) -> Seller:
    """A home with the account and everything the marketplace had at the start."""
    seller = Seller(tmp_path_factory.mktemp("e2e") / "home")
    added = sign_in(seller, _market)
    assert added.code == 0, added.err
    synced = seller.run("sync", "--json")
    assert synced.code == 0, synced.err
    assert synced.events[-1]["event"] == "done"
    return seller


@pytest.fixture
def market(_market: Market) -> Market:
    """The marketplace, without faults and with an empty ledger. Buyers keep what earlier tests sent them."""
    _market.forget()
    return _market


@pytest.fixture
def seller(market: Market, _synced: Seller, tmp_path: Path) -> Seller:
    """A seller whose inbox is synced and whose outbox is empty."""
    home = tmp_path / "home"
    shutil.copytree(_synced.home, home)
    return replace(_synced, home=home)
