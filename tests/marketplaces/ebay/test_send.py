"""A reply goes out once, and what came of it is said truly."""

from __future__ import annotations

import json

import httpx
import pytest

from sellerinbox.domain.errors import MarketplaceError, Rejected, UnexpectedResponse
from sellerinbox.domain.models import Key, Kind
from tests.marketplaces.ebay_shop import ACCOUNT, EbayShop, at, error, login_page

KEY = Key(ACCOUNT.name, "c1")
TEXT = "It left on Monday.\n\nKind regards – Tina 🫖"


@pytest.fixture(autouse=True)
def _waiting_buyer(shop: EbayShop) -> None:
    shop.buyer_writes("c1")


async def test_a_reply_arrives_as_it_was_written(shop: EbayShop) -> None:
    async with shop.open() as market:
        receipt = await market.send_reply(KEY, TEXT)
    assert shop.sent == [("c1", TEXT)]
    assert (receipt.message_id, receipt.sent_at) == ("m2", at("2026-11-22T10:00:00Z"))


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(201, json={}),
        httpx.Response(201, json=[]),
        httpx.Response(201, json={"messageId": None}),
        httpx.Response(201, json={"messageId": "\x1b[2J"}),
        httpx.Response(201),
        httpx.Response(201, content=b'{"messageId": "1', headers={"content-type": "application/json"}),
        login_page(),
        login_page(201),
    ],
    ids=repr,
)
async def test_an_acceptance_that_names_no_message_is_none(shop: EbayShop, answer: httpx.Response) -> None:
    shop.meddle = lambda request: answer if request.url.path.endswith("/send_message") else None
    async with shop.open() as market:
        with pytest.raises(UnexpectedResponse):
            await market.send_reply(KEY, TEXT)
    assert len(shop.asked("/send_message")) == 1


async def test_a_refusal_says_why(shop: EbayShop) -> None:
    shop.meddle = lambda request: (
        error(400, 355013, "The messageText string exceeds") if request.method == "POST" and "send" in request.url.path else None
    )
    async with shop.open() as market:
        with pytest.raises(Rejected, match="longer than eBay allows"):
            await market.send_reply(KEY, "x" * 3000)


async def test_marking_and_putting_away_speak_ebays_words(shop: EbayShop) -> None:
    async with shop.open() as market:
        await market.mark_read(KEY, Kind.BUYER, True)
        await market.mark_read(Key(ACCOUNT.name, "n1"), Kind.MARKETPLACE, False)
        await market.set_archived(KEY, Kind.BUYER, True)
        await market.set_archived(KEY, Kind.BUYER, False)
    assert [{key: value for key, value in change.items() if key != "conversationId"} for change in shop.changes] == [
        {"conversationType": "FROM_MEMBERS", "read": True},
        {"conversationType": "FROM_EBAY", "read": False},
        {"conversationType": "FROM_MEMBERS", "conversationStatus": "ARCHIVE"},
        {"conversationType": "FROM_MEMBERS", "conversationStatus": "ACTIVE"},
    ]


@pytest.mark.parametrize("answer", [httpx.Response(200), login_page(), error(400, 355007, "Unknown"), httpx.Response(503)], ids=repr)
async def test_a_mark_that_was_not_taken_is_not_taken_for_done(shop: EbayShop, answer: httpx.Response) -> None:
    shop.meddle = lambda request: answer if request.url.path.endswith("/update_conversation") else None
    async with shop.open() as market:
        with pytest.raises(MarketplaceError):
            await market.mark_read(KEY, Kind.BUYER, True)


@pytest.mark.parametrize("remote_id", ["a/b", "a?b=c", "../../x", "a b", "é", "#", "a%2Fb"])
async def test_an_odd_id_stays_in_its_place_in_the_address(shop: EbayShop, remote_id: str) -> None:
    shop.meddle = lambda request: httpx.Response(200, json={"messages": [], "total": 0}) if "/conversation/" in request.url.path else None
    async with shop.open() as market:
        await market.thread(Key(ACCOUNT.name, remote_id), Kind.BUYER, None)
    path = shop.requests[-1].url.raw_path.partition(b"?")[0].decode()
    assert path.startswith("/commerce/message/v1/conversation/")
    assert path.count("/") == 5


async def test_every_host_can_be_another(shop: EbayShop) -> None:
    from dataclasses import replace

    from sellerinbox.marketplaces.ebay.client import Ebay
    from tests.fakes import memory_secrets
    from tests.marketplaces.ebay_shop import SECRETS

    def hosts_with(base_url: str | None) -> set[str]:
        return {str(request.url.copy_with(path="/", query=None)) for request in shop.requests}

    for base_url, expected in {
        None: {"https://api.ebay.com/", "https://apiz.ebay.com/"},
        "https://api.sandbox.ebay.com": {"https://api.sandbox.ebay.com/", "https://apiz.sandbox.ebay.com/"},
        "http://127.0.0.1:8080/": {"http://127.0.0.1:8080/"},
    }.items():
        shop.requests.clear()
        market = Ebay(replace(ACCOUNT, base_url=base_url), memory_secrets(SECRETS), shop.clock, transport=httpx.MockTransport(shop.answer))
        async with market:
            await market.whoami()
            await market.send_reply(KEY, json.dumps(base_url))
        assert hosts_with(base_url) == expected
