"""The marketplace in memory keeps the contract too: that is what makes tests against it worth something."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerinbox.domain.errors import AuthenticationFailed, OutcomeUnknown, RateLimited, Rejected, Unavailable
from sellerinbox.marketplaces.base import KnownThreads, Marketplace
from tests.fakes import FakeClock, FakeShop, Fault
from tests.marketplaces.contract import MarketplaceContract, Rig, Trouble
from tests.marketplaces.ebay_shop import ACCOUNT


class FakeRig(Rig):
    def __init__(self, clock: FakeClock) -> None:
        self.shop = FakeShop(ACCOUNT, clock)

    def open(self) -> Marketplace:
        return self.shop.open()

    def buyer_writes(self, conversation: str, text: str) -> str:
        return self.shop.buyer_writes(conversation, text).id

    def known(self) -> KnownThreads:
        return lambda ids: {}

    def befall(self, trouble: Trouble, call: str) -> None:
        error = {
            Trouble.RATE_LIMITED: RateLimited(ACCOUNT.name, "Later.", self.shop.clock.now() + timedelta(minutes=1)),
            Trouble.SIGNED_OUT: AuthenticationFailed(ACCOUNT.name, "Sign in."),
            Trouble.UNREACHABLE: Unavailable(ACCOUNT.name, "Gone."),
            Trouble.REFUSED: Rejected(ACCOUNT.name, "No."),
        }.get(trouble, OutcomeUnknown(ACCOUNT.name, "Who knows."))
        self.shop.always[call] = Fault(error, taken=trouble is Trouble.LOST_AFTER)

    def well(self) -> None:
        self.shop.always.clear()

    def received(self) -> list[tuple[str, str]]:
        return self.shop.ledger


class TestFake(MarketplaceContract):
    @pytest.fixture
    def rig(self, clock: FakeClock) -> Rig:
        return FakeRig(clock)

    @pytest.mark.skip(reason="cleaning is an adapter's work; the fake holds what a test put in")
    async def test_texts_and_names_are_harmless(self, rig: Rig) -> None: ...
