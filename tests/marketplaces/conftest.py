"""What tests of marketplaces share."""

from __future__ import annotations

import pytest

from tests.marketplaces.ebay_shop import EbayShop, PromptClock


@pytest.fixture
def clock() -> PromptClock:
    return PromptClock()


@pytest.fixture
def shop(clock: PromptClock) -> EbayShop:
    """eBay's side of one account, empty."""
    return EbayShop(clock)
