"""No secret in any error, traceback or log line, whatever goes wrong (faults.md, C7 to C9)."""

from __future__ import annotations

import logging
import re
import traceback
from base64 import b64encode

import httpx
import pytest

from sellerinbox.domain.errors import MarketplaceError
from sellerinbox.domain.models import Key, Kind
from tests.fakes import FakeClock
from tests.marketplaces.ebay_shop import ACCOUNT, SECRETS, EbayShop, error, login_page, read_everything

KEY = Key(ACCOUNT.name, "c1")
BASIC = b64encode(f"{SECRETS['client_id']}:{SECRETS['client_secret']}".encode()).decode()
TROUBLES = [
    httpx.ConnectError("SECRET-inside"),
    httpx.ReadTimeout("SECRET-inside"),
    httpx.RemoteProtocolError("SECRET-inside"),
    httpx.Response(503, text="SECRET-inside"),
    httpx.Response(200, text="SECRET-inside"),
    httpx.Response(200, content=b'{"access_token": "SECRET-inside', headers={"content-type": "application/json"}),
    httpx.Response(302, headers={"location": "https://evil.example/?SECRET-inside"}),
    login_page(),
    error(401, 1001, "Invalid access token"),
    error(429, 2001, "Quota", **{"retry-after": "5"}),
    error(400, 355006, "Unknown"),
]


@pytest.mark.parametrize("where", ["/token", "/user/", "/conversation", "/send_message", "/order", "/update_conversation"])
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda value: repr(value)[:50])
async def test_planted_secrets_stay_where_they_are(
    shop: EbayShop, clock: FakeClock, caplog: pytest.LogCaptureFixture, trouble: httpx.Response | Exception, where: str
) -> None:
    caplog.set_level(logging.DEBUG)
    shop.buyer_writes("c1")
    shop.meddle = lambda request: trouble if where in request.url.path else None
    told: list[MarketplaceError] = []

    async def everything() -> None:
        async with shop.open() as market:
            for call in (
                lambda: read_everything(market, None),
                lambda: read_orders(market),
                lambda: market.send_reply(KEY, "SECRET-body"),
                lambda: market.mark_read(KEY, Kind.BUYER, True),
            ):
                try:
                    await call()
                except MarketplaceError as failure:
                    told.append(failure)

    await everything()
    said = "".join(map(repr, told))
    assert "SECRET" not in said + caplog.text
    for failure in told:
        assert failure.__context__ is None, "the library's own error, with its address, is let go"
        shown = "".join(traceback.TracebackException.from_exception(failure, capture_locals=True).format())
        assert not re.search("SECRET-(?!body)", shown), "not even where a crash screen prints local values"
        assert BASIC not in shown


async def test_the_log_names_calls_without_their_query(shop: EbayShop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shop.buyer_writes("c1")
    async with shop.open() as market:
        await read_everything(market, None)
    assert "GET /commerce/message/v1/conversation: 200" in caplog.text
    assert "?" not in caplog.text
    assert "SECRET" not in caplog.text


@pytest.mark.parametrize("location", ["https://evil.example/", "http://api.ebay.com/x", "/commerce/identity/v1/user/"])
async def test_a_redirect_takes_the_authorization_nowhere(shop: EbayShop, location: str) -> None:
    shop.buyer_writes("c1")
    async with shop.open() as market:
        await market.whoami()
        asked = len(shop.requests)
        shop.meddle = lambda request: httpx.Response(307, headers={"location": location})
        with pytest.raises(MarketplaceError):
            await market.send_reply(KEY, "Hello")
    assert len(shop.requests) == asked + 1


async def read_orders(market) -> None:  # type: ignore[no-untyped-def]
    async for _ in market.orders(None):
        pass
