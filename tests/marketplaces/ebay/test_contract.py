"""The eBay adapter keeps the contract."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from sellerinbox.marketplaces.base import KnownThreads, Marketplace
from tests.marketplaces.contract import MarketplaceContract, Rig, Trouble
from tests.marketplaces.ebay_shop import EbayShop, error

PATHS = {"threads": "/conversation", "send_reply": "/send_message"}
TOKEN = "/identity/v1/oauth2/token"


class EbayRig(Rig):
    def __init__(self, shop: EbayShop) -> None:
        self.shop = shop

    def open(self) -> Marketplace:
        return self.shop.open()

    def buyer_writes(self, conversation: str, text: str) -> str:
        return str(self.shop.buyer_writes(conversation, text)["messageId"])

    def known(self) -> KnownThreads:
        known = self.shop.known(self.shop.conversations)
        return lambda ids: {key: value for key, value in known.items() if key in ids}

    def befall(self, trouble: Trouble, call: str) -> None:
        def meddle(request: httpx.Request) -> httpx.Response | Exception | None:
            if trouble is Trouble.SIGNED_OUT and request.url.path == TOKEN:
                return httpx.Response(400, json={"error": "invalid_grant"})
            return self._answer(trouble)(request) if request.url.path.endswith(PATHS[call]) else None

        self.shop.meddle = meddle

    def _answer(self, trouble: Trouble) -> Callable[[httpx.Request], httpx.Response | Exception]:
        def lost_after(request: httpx.Request) -> Exception:
            self.shop.honest(request)
            return httpx.ReadError("reset")

        return {
            Trouble.RATE_LIMITED: lambda request: error(429, 2001, "Quota spent"),
            Trouble.SIGNED_OUT: lambda request: error(401, 1001, "Invalid access token"),
            Trouble.UNREACHABLE: lambda request: httpx.ConnectError("no route"),
            Trouble.REFUSED: lambda request: error(400, 355006, "Unknown user"),
            Trouble.LOST_BEFORE: lambda request: httpx.ReadError("reset"),
            Trouble.LOST_AFTER: lost_after,
        }[trouble]

    def well(self) -> None:
        self.shop.meddle = lambda request: None

    def received(self) -> list[tuple[str, str]]:
        return self.shop.sent


class TestEbay(MarketplaceContract):
    @pytest.fixture
    def rig(self, shop: EbayShop) -> Rig:
        return EbayRig(shop)
