"""Tokens: renewed once however many need one, and no storm when only the seller can help."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from sellerinbox.domain.errors import AuthenticationFailed, NotTheMarketplace, Unavailable
from sellerinbox.domain.models import Key, Kind
from tests.fakes import FakeClock
from tests.marketplaces.ebay_shop import ACCOUNT, SECRETS, EbayShop, login_page, read_everything

TOKEN = "/identity/v1/oauth2/token"
KEY = Key(ACCOUNT.name, "c1")


def on_token(answer: httpx.Response) -> Callable[[httpx.Request], httpx.Response | None]:
    return lambda request: answer if request.url.path == TOKEN else None


class AllAtOnce(httpx.AsyncBaseTransport):
    """Answers the first changes only when so many of them are under way."""

    def __init__(self, shop: EbayShop, many: int) -> None:
        self.shop = shop
        self.barrier = asyncio.Barrier(many)
        self.left = many

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/update_conversation") and self.left:
            self.left -= 1
            await self.barrier.wait()
        return self.shop.answer(request)


async def test_eight_requests_with_a_dead_token_renew_it_once(shop: EbayShop) -> None:
    async with shop.open(transport=AllAtOnce(shop, 8)) as market:
        await market.whoami()
        shop.good_token = "another"
        await asyncio.gather(*(market.mark_read(Key(ACCOUNT.name, f"c{number}"), Kind.BUYER, True) for number in range(8)))
    assert shop.tokens_given == 2
    assert len(shop.asked("/update_conversation")) == 16, "all eight were refused together, and each went out once more"
    assert len(shop.changes) == 8


async def test_a_token_that_ends_amid_paging_is_replaced_and_paging_goes_on(shop: EbayShop) -> None:
    for number in range(120):
        shop.buyer_writes(f"c{number}")

    def expire(request: httpx.Request) -> None:
        if request.url.params.get("offset") == "50":
            shop.meddle = lambda request: None
            shop.good_token = "another"

    shop.meddle = expire
    async with shop.open() as market:
        threads, _, _ = await read_everything(market, None)
    assert len(threads) == 120
    assert shop.tokens_given == 2


async def test_a_token_is_replaced_before_it_ends(shop: EbayShop, clock: FakeClock) -> None:
    async with shop.open() as market:
        await market.whoami()
        clock.move(7200)
        await market.mark_read(KEY, Kind.BUYER, True)
    assert not [request for request in shop.requests if request.headers.get("authorization") == "Bearer SECRET-access-1"][1:]


@pytest.mark.parametrize(
    "refusal",
    [
        httpx.Response(400, json={"error": "invalid_grant", "error_description": "revoked"}),
        httpx.Response(401, json={"error": "invalid_client"}),
    ],
    ids=["invalid_grant", "invalid_client"],
)
async def test_a_refused_sign_in_is_asked_for_once_until_the_seller_acts(shop: EbayShop, refusal: httpx.Response) -> None:
    secrets = dict(SECRETS)
    shop.buyer_writes("c1")
    shop.meddle = on_token(refusal)
    async with shop.open(secrets) as market:
        for _ in range(5):
            with pytest.raises(AuthenticationFailed, match="sign in to shop-uk again"):
                await read_everything(market, None)
            with pytest.raises(AuthenticationFailed):
                await market.send_reply(KEY, "Hello")
        assert len(shop.asked(TOKEN)) == 1
        shop.meddle = lambda request: None
        secrets["refresh_token"] = "SECRET-new"
        assert (await read_everything(market, None))[0], "a new sign-in is noticed by itself"


@pytest.mark.parametrize(
    "page", [login_page(), login_page(400), login_page(401), httpx.Response(200), httpx.Response(400, json={})], ids=repr
)
async def test_a_hotel_does_not_sign_anybody_out(shop: EbayShop, page: httpx.Response) -> None:
    shop.buyer_writes("c1")
    shop.meddle = on_token(page)
    async with shop.open() as market:
        with pytest.raises(Unavailable):
            await market.send_reply(KEY, "Hello")
        assert not shop.asked("/send_message"), "nothing left us"
        shop.meddle = lambda request: None
        assert await market.send_reply(KEY, "Hello")


async def test_a_log_in_wall_is_named(shop: EbayShop) -> None:
    shop.meddle = lambda request: login_page()
    async with shop.open() as market:
        with pytest.raises(NotTheMarketplace, match="log-in"):
            await market.whoami()


async def test_a_missing_secret_asks_for_a_sign_in(shop: EbayShop) -> None:
    async with shop.open({"client_id": "SECRET-id"}) as market:
        with pytest.raises(AuthenticationFailed, match="no secret called"):
            await market.whoami()
    assert not shop.requests


@pytest.mark.parametrize(
    "answer", [{}, [], {"access_token": ""}, {"access_token": 7}, {"access_token": "a\r\nx: y"}, {"access_token": "é"}], ids=repr
)
async def test_a_token_that_is_none_is_not_used(shop: EbayShop, answer: object) -> None:
    shop.meddle = on_token(httpx.Response(200, json=answer))
    async with shop.open() as market:
        with pytest.raises(Unavailable):
            await market.send_reply(KEY, "Hello")
    assert not shop.asked("/send_message")
