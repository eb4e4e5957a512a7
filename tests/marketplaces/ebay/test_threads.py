"""Every message arrives once, whatever eBay's pages do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sellerinbox.domain.errors import MarketplaceError, RateLimited, Unavailable, UnexpectedResponse
from sellerinbox.domain.models import Direction, Key, Kind
from tests.fakes import FakeClock
from tests.marketplaces.ebay_shop import ACCOUNT, BUYER, SELLER, EbayShop, JsonObject, error, login_page, read_everything


def ids(threads: list[Any]) -> set[str]:
    return {message.id for thread in threads for message in thread.messages}


def listings(shop: EbayShop, kind: str = "FROM_MEMBERS") -> list[httpx.Request]:
    return [
        request
        for request in shop.requests
        if request.url.path.endswith("/conversation") and request.url.params["conversation_type"] == kind
    ]


async def test_a_first_reading_brings_everything_and_its_cursor_last(shop: EbayShop, clock: FakeClock) -> None:
    for number in range(120):
        shop.buyer_writes(f"c{number}")
    shop.ebay_writes("n1", "<html><body><p>You sold it</p></body></html>")
    async with shop.open() as market:
        pages = [page async for page in market.threads(None, lambda ids: {})]
    assert sum(len(page.items) for page in pages) == 121
    assert [page.cursor is not None for page in pages] == [False] * (len(pages) - 1) + [True]
    assert [(page.done, page.total) for page in pages[:3]] == [(50, 120), (100, 120), (120, 120)]
    assert [request.url.params["offset"] for request in listings(shop)] == ["0", "50", "100"]


async def test_who_wrote_what(shop: EbayShop) -> None:
    shop.buyer_writes("c1", senderUsername=BUYER.upper(), recipientUsername=SELLER.upper())
    shop.seller_writes("c1", "It is on its way.")
    shop.ebay_writes("n1", "<p>Policy news &amp; more</p><script>x</script>")
    async with shop.open() as market:
        threads, _, _ = await read_everything(market, None)
    member, notice = threads
    assert {message.id: message.direction for message in member.messages} == {"m1": Direction.IN, "m2": Direction.OUT}
    assert member.conversation.buyer.casefold() == BUYER
    assert (member.conversation.kind, member.conversation.listing_id, member.conversation.unread) == (Kind.BUYER, "110011", 1)
    assert (notice.conversation.kind, notice.conversation.buyer) == (Kind.MARKETPLACE, "eBay")
    assert (notice.messages[0].id, notice.messages[0].text) == ("n1", "Policy news & more")
    assert notice.messages[0].raw == "<p>Policy news &amp; more</p><script>x</script>"


async def test_the_next_reading_asks_only_for_what_is_new(shop: EbayShop, clock: FakeClock) -> None:
    for number in range(60):
        shop.buyer_writes(f"c{number}")
        clock.move(600)
    async with shop.open() as market:
        _, cursor, _ = await read_everything(market, None)
        shop.requests.clear()
        clock.move(120)
        nothing, cursor, _ = await read_everything(market, cursor, shop.known)
        assert not nothing
        assert len(shop.requests) == 1, "one page of the list, no thread, no notices"
        assert "start_time" in shop.requests[0].url.params
        before = dict(shop.known(["c7"]))
        new = shop.buyer_writes("c7", "Hello?")
        threads, _, _ = await read_everything(market, cursor, lambda wanted: shop.known(wanted) | before)
    assert new["messageId"] in ids(threads)
    assert [thread.conversation.key.remote_id for thread in threads] == ["c7"]


async def test_a_full_reading_finds_what_start_time_leaves_out(shop: EbayShop, clock: FakeClock) -> None:
    shop.buyer_writes("c1")
    async with shop.open() as market:
        _, cursor, _ = await read_everything(market, None)
        clock.move(3600)
        shop.buyer_writes("c2")
        _, cursor, _ = await read_everything(market, cursor)
        before = shop.known(["c1", "c2"])
        ours = shop.seller_writes("c1", "written on the phone")
        threads, cursor, _ = await read_everything(market, cursor, lambda wanted: before)
        assert not threads, "eBay does not name it"
        clock.move(86400)
        threads, _, _ = await read_everything(market, cursor, lambda wanted: before)
    assert ours["messageId"] in ids(threads)


async def test_notices_are_read_every_quarter_of_an_hour(shop: EbayShop, clock: FakeClock) -> None:
    shop.ebay_writes("n1", "Hello")
    async with shop.open() as market:
        _, cursor, _ = await read_everything(market, None)
        for expected, wait in ((1, 840), (2, 120), (3, 86400)):
            clock.move(wait)
            _, cursor, _ = await read_everything(market, cursor, shop.known)
            assert len(listings(shop, "FROM_EBAY")) == expected
    assert not [request for request in listings(shop, "FROM_EBAY") if "start_time" in request.url.params]


@pytest.mark.parametrize("days", [-3, 3])
async def test_a_wrong_clock_of_ours_loses_nothing(shop: EbayShop, clock: FakeClock, days: int) -> None:
    class Wrong(FakeClock):
        def now(self):  # type: ignore[no-untyped-def]
            return clock.now() + timedelta(days=days)

    shop.buyer_writes("c1")
    market = shop.open()
    market.clock = Wrong()
    async with market:
        _, cursor, _ = await read_everything(market, None)
        clock.move(60)
        new = shop.buyer_writes("c2")
        threads, _, _ = await read_everything(market, cursor, lambda wanted: shop.known(set(wanted) - {"c2"}))
    assert ids(threads) == {new["messageId"]}


async def test_a_message_from_the_far_future_does_not_hide_later_ones(shop: EbayShop, clock: FakeClock) -> None:
    shop.buyer_writes("c1", createdDate="2150-01-01T00:00:00.000Z")
    async with shop.open() as market:
        _, cursor, _ = await read_everything(market, None)
        clock.move(3600)
        new = shop.buyer_writes("c2")
        threads, _, _ = await read_everything(market, cursor, lambda wanted: shop.known(set(wanted) - {"c2"}))
    assert new["messageId"] in ids(threads)


async def test_a_long_thread_is_read_until_the_known_message_and_no_further(shop: EbayShop, clock: FakeClock) -> None:
    for _ in range(200):
        shop.buyer_writes("c1")
        clock.move(1)
    known = shop.known(["c1"])
    for _ in range(60):
        shop.buyer_writes("c1")
        clock.move(1)
    async with shop.open() as market:
        threads, _, _ = await read_everything(market, None, lambda wanted: known)
    assert {f"m{number}" for number in range(201, 261)} <= ids(threads)
    assert len(shop.asked("/conversation/c1")) == 2


async def test_an_order_other_than_newest_first_hides_nothing(shop: EbayShop, clock: FakeClock) -> None:
    for _ in range(120):
        shop.buyer_writes("c1")
        clock.move(1)
    known = {"c1": shop.known(["c1"])["c1"]}
    known["c1"] = type(known["c1"])("m3", 0, False)
    shop.threads["c1"].reverse()  # now eBay gives the oldest first
    async with shop.open() as market:
        threads, _, _ = await read_everything(market, None, lambda wanted: known)
    assert ids(threads) == {f"m{number}" for number in range(1, 121)}


async def test_reading_again_in_an_order_other_than_newest_first_hides_nothing(shop: EbayShop, clock: FakeClock) -> None:
    for _ in range(120):
        shop.buyer_writes("c1")
        clock.move(1)
    shop.threads["c1"].reverse()
    async with shop.open() as market:
        thread = await market.thread(Key(ACCOUNT.name, "c1"), Kind.BUYER, "m3")
    assert ids([thread]) == {f"m{number}" for number in range(1, 121)}


async def test_a_message_that_ebay_lists_late_is_not_missed(shop: EbayShop, clock: FakeClock) -> None:
    shop.buyer_writes("c1")
    clock.move(600)
    shop.buyer_writes("c2")
    async with shop.open() as market:
        _, cursor, _ = await read_everything(market, None)
        late = shop.buyer_writes("c3", createdDate=shop.moment(ago=240))
        threads, _, _ = await read_everything(market, cursor, lambda wanted: shop.known(set(wanted) - {"c3"}))
    assert ids(threads) == {late["messageId"]}


async def test_a_buyers_message_behind_our_own_reply_is_not_overlooked(shop: EbayShop, clock: FakeClock) -> None:
    shop.buyer_writes("c1")
    async with shop.open() as market:
        _, cursor, _ = await read_everything(market, None)
        clock.move(60)
        crossed = shop.buyer_writes("c1", "And another thing")
        await market.send_reply(Key(ACCOUNT.name, "c1"), "On its way")
        shop.conversations["c1"]["unreadCount"] = 0
        threads, _, _ = await read_everything(market, cursor, shop.known)
    assert crossed["messageId"] in ids(threads)


# Pages that lie (faults.md, N14)


def overlapping(path: str, page: JsonObject) -> JsonObject:
    listed = page.get("conversations")
    return page if not listed else {**page, "conversations": [*listed[:7], *listed]}


def lying_next(path: str, page: JsonObject) -> JsonObject:
    return {**page, "next": "https://api.ebay.com/again"}


def without_total(path: str, page: JsonObject) -> JsonObject:
    return {key: value for key, value in page.items() if key != "total"}


@pytest.mark.parametrize("bend", [overlapping, lying_next, without_total])
async def test_odd_pages_lose_nothing_and_end(shop: EbayShop, bend: Callable[[str, JsonObject], Any]) -> None:
    for number in range(120):
        shop.buyer_writes(f"c{number}")
    shop.bend = bend
    async with shop.open() as market:
        threads, cursor, problems = await read_everything(market, None)
    assert len(threads) == 120
    assert ids(threads) == {f"m{number}" for number in range(1, 121)}
    assert not problems
    assert json.loads(cursor or "")["since"]


async def test_an_empty_page_in_the_middle_is_passed(shop: EbayShop) -> None:
    for number in range(120):
        shop.buyer_writes(f"c{number}")
    held: list[JsonObject] = []

    def gap(path: str, page: JsonObject) -> JsonObject:
        if "conversations" not in page or page["conversations"] == []:
            return page
        held.extend(page["conversations"])
        if page["offset"] == 50:
            return {**page, "conversations": []}
        give = {head["conversationId"]: head for head in held} if page["offset"] == 100 else {}
        return {**page, "conversations": list(give.values()) or page["conversations"]}

    shop.bend = gap
    async with shop.open() as market:
        threads, _, problems = await read_everything(market, None)
    assert len(threads) == 120
    assert not problems


async def test_a_page_that_repeats_for_ever_is_left_after_two_and_said_so(shop: EbayShop) -> None:
    for number in range(120):
        shop.buyer_writes(f"c{number}")
    first: list[JsonObject] = []

    def repeat(path: str, page: JsonObject) -> JsonObject:
        if page.get("conversations"):
            first.append(page)
            return {**first[0], "next": "https://api.ebay.com/again"}
        return page

    shop.bend = repeat
    async with shop.open() as market:
        threads, cursor, problems = await read_everything(market, None)
    assert len(threads) == 50
    assert len(listings(shop)) == 3
    assert any("announced more conversations" in problem for problem in problems)
    assert "since" not in json.loads(cursor or ""), "and the position does not move past what is missing"


# What can't be read (faults.md, N4)


async def test_a_bad_message_is_named_its_neighbours_are_kept_and_it_is_asked_for_again(shop: EbayShop, clock: FakeClock) -> None:
    shop.buyer_writes("c0")
    async with shop.open() as market:
        _, cursor, _ = await read_everything(market, None)
        since = json.loads(cursor or "")["since"]
        clock.move(600)
        shop.buyer_writes("c1", "first")
        bad = shop.buyer_writes("c1", "second", createdDate="yesterday")
        shop.buyer_writes("c1", "third")
        await read_everything(market, cursor)
        threads, cursor, problems = await read_everything(market, cursor, shop.known)
        assert problems == ["A message of conversation shop-uk:c1 can't be read (createdDate is missing or not a time); the others are in."]
        assert {message.text for thread in threads for message in thread.messages} == {"first", "third"}
        assert json.loads(cursor or "")["since"] == since
        bad["createdDate"] = shop.moment()
        threads, cursor, problems = await read_everything(market, cursor, shop.known)
    assert bad["messageId"] in ids(threads)
    assert not problems
    assert json.loads(cursor or "")["since"] > since


@pytest.mark.parametrize(
    "entry", [None, 7, "text", [], {}, {"conversationId": None}, {"conversationId": ["x"]}, {"conversationId": "\x1b[31m"}], ids=repr
)
async def test_a_bad_conversation_is_named_and_the_others_are_kept(shop: EbayShop, entry: object) -> None:
    shop.buyer_writes("c1")
    shop.bend = lambda path, page: {**page, "conversations": [entry, *page["conversations"]]} if page.get("conversations") else page
    async with shop.open() as market:
        threads, cursor, problems = await read_everything(market, None)
    assert [thread.conversation.key.remote_id for thread in threads] == ["c1"]
    assert len(problems) == 1
    assert "since" not in json.loads(cursor or "")


async def test_a_thread_that_is_gone_does_not_stop_the_others(shop: EbayShop) -> None:
    shop.buyer_writes("c1")
    shop.buyer_writes("c2")
    shop.meddle = lambda request: error(404, 355007, "Gone") if request.url.path.endswith("/c1") else None
    async with shop.open() as market:
        threads, _, problems = await read_everything(market, None)
    assert [thread.conversation.key.remote_id for thread in threads] == ["c2"]
    assert len(problems) == 1
    assert "shop-uk:c1" in problems[0]


@pytest.mark.parametrize("page", [{}, [], "x", 7, {"conversations": {}}, {"conversations": "x"}, {"errors": []}], ids=repr)
async def test_a_page_of_another_shape_is_refused_whole(shop: EbayShop, page: object) -> None:
    shop.bend = lambda path, honest: page if path.endswith("/conversation") else honest
    async with shop.open() as market:
        with pytest.raises(UnexpectedResponse, match="another shape"):
            await read_everything(market, None)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(error(429, 2001, "Quota"), RateLimited), (login_page(), UnexpectedResponse), (httpx.ConnectError("gone"), Unavailable)],
    ids=["429", "log-in page", "offline"],
)
async def test_what_came_before_the_trouble_is_kept(
    shop: EbayShop, clock: FakeClock, answer: httpx.Response | Exception, expected: type[MarketplaceError]
) -> None:
    for number in range(40):
        shop.buyer_writes(f"c{number}")
    shop.meddle = lambda request: answer if len(shop.asked("/conversation/")) > 20 else None
    got: list[str] = []

    async def read() -> None:
        async with shop.open() as market:
            async for page in market.threads(None, lambda ids: {}):
                assert page.cursor is None
                got.extend(thread.conversation.key.remote_id for thread in page.items)

    with pytest.raises(expected):
        await read()
    assert len(got) == 20, "with a small quota every reading still gets further"
    assert len(shop.asked("/conversation/")) < 36


async def test_reading_again_keeps_the_head_whole(shop: EbayShop) -> None:
    shop.buyer_writes("c1")
    ours = shop.seller_writes("c1", "On its way")
    async with shop.open() as market:
        thread = await market.thread(Key(ACCOUNT.name, "c1"), Kind.BUYER, "m1")
    assert ours["messageId"] in ids([thread])
    assert thread.complete
    assert (thread.conversation.listing_id, thread.conversation.buyer, thread.conversation.unread) == ("110011", BUYER, 1)


@pytest.mark.parametrize("cursor", ["", "rubbish", "[]", '{"since": 7, "full_at": "x"}', "null", "{" * 5000])
async def test_a_cursor_that_cannot_be_read_begins_again(shop: EbayShop, cursor: str) -> None:
    shop.buyer_writes("c1")
    async with shop.open() as market:
        threads, _, _ = await read_everything(market, cursor)
    assert len(threads) == 1
