"""The hot lane: a buyer at his screen is heard within seconds, and the marketplace is not asked more than it bears."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import RateLimited, Unavailable
from sellerinbox.domain.models import Key, Kind
from sellerinbox.marketplaces.ebay.client import Ebay
from sellerinbox.simulator.ebay import Ebay as Simulation
from sellerinbox.simulator.wire import Request
from sellerinbox.simulator.world import World
from sellerinbox.store.database import Store
from sellerinbox.sync import hot
from sellerinbox.sync.hot import HotLane
from tests.fakes import FakeClock, FakeShop, memory_secrets
from tests.sync.desk import Desk
from tests.sync.test_watch import watching

ACCOUNT = Account("shop-uk", "ebay")
HOUR = 3600.0


def looks(shop: FakeShop, since: float) -> list[float]:
    return [at for at, call in shop.calls if call == "threads" and at >= since]


async def test_while_a_buyer_is_there_his_account_is_asked_every_twenty_seconds(desk: Desk) -> None:
    # Protection: without the lane there are five looks in ten minutes.
    desk.clock.move(600)
    async with watching(desk):
        await desk.clock.advance(HOUR)
        desk.shop.buyer_writes("c1", "Are you there?")
        await desk.clock.advance(140)
        start = desk.clock.monotonic()
        await desk.clock.advance(400)
        times = looks(desk.shop, start)
    assert 18 <= len(times) <= 23
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert all(17.9 <= gap <= 22.1 for gap in gaps)
    assert len(set(gaps)) > 3  # by chance, so that not all the world asks at once


async def test_ten_minutes_after_his_last_message_the_usual_pace_is_back(desk: Desk) -> None:
    async with watching(desk):
        await desk.clock.advance(600 + 25)
        start = desk.clock.monotonic()
        await desk.clock.advance(HOUR)
    assert len(looks(desk.shop, start)) <= 34


async def test_an_answer_does_not_end_the_lane_he_reads_it_now_and_writes_again(desk: Desk) -> None:
    # Protection: with the lane open only while an answer is owed, his next message waits two minutes.
    async with watching(desk) as syncer:
        await desk.clock.advance(60)
        desk.reply("Yes, how can I help?")
        syncer.wake()
        await desk.clock.advance(30)
        assert desk.store.threads.row(Key("shop-uk", "c1")).state == "waiting"
        start = desk.clock.monotonic()
        await desk.clock.advance(100)
    assert len(looks(desk.shop, start)) >= 4


async def test_only_the_account_he_wrote_to_is_asked_more_often(store: Store, clock: FakeClock, market: FakeShop, tmp_path: Path) -> None:
    other = FakeShop(Account("shop-de", "ebay"), clock)
    desk = Desk(store, clock, [market, other], tmp_path)
    async with watching(desk):
        await desk.clock.advance(500)
    desk.windows.close()
    assert len(looks(market, 0)) > 20
    assert len(looks(other, 0)) <= 6


async def test_a_notice_of_the_marketplace_is_nobody_at_his_screen(desk: Desk) -> None:
    desk.clock.move(600)
    desk.shop.buyer_writes("n1", "Your listing ends soon.", Kind.MARKETPLACE)
    async with watching(desk):
        await desk.clock.advance(500)
    assert len(looks(desk.shop, 0)) <= 6


async def test_n6_asked_for_a_pause_the_lane_stays_shut_long_after_it(desk: Desk) -> None:
    # Protection: without it the first look after the pause is followed by one every twenty seconds.
    async with watching(desk):
        await desk.clock.advance(30)
        until = desk.clock.now() + timedelta(seconds=60)
        desk.shop.fail("threads", RateLimited("shop-uk", "eBay asks us to wait.", until))
        await desk.clock.advance(25)
        limited = desk.clock.monotonic()
        desk.shop.buyer_writes("c1", "Still there?")
        await desk.clock.advance(34)
        assert [at for at, _ in desk.shop.calls if limited < at] == []
        await desk.clock.advance(600)
    assert len(looks(desk.shop, limited)) <= 6


async def test_n7_trouble_shuts_it_for_a_minute(desk: Desk) -> None:
    desk.shop.fail("threads", Unavailable("shop-uk", "Not reached."), times=5)
    async with watching(desk):
        await desk.clock.advance(60)
    assert len(looks(desk.shop, 0)) <= 6


async def test_a_chat_without_end_spends_its_share_of_the_day_and_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # Protection: without the share, 24 hours of chat are 4,320 looks of one account.
    monkeypatch.setattr(hot, "A_DAY", 100)
    async with watching(desk):
        for _ in range(30):
            desk.shop.buyer_writes("c1", "And another thing.")
            await desk.clock.advance(240)
    assert len(looks(desk.shop, 0)) <= 100 + 2 * 30 + 6


async def test_the_share_comes_back_after_a_day(store: Store, clock: FakeClock, market: FakeShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hot, "A_DAY", 2)
    lane = HotLane("shop-uk", store, clock)
    store.threads.save_page("shop-uk", [market.thread_of(market.talks["c1"])], cursor=None, at=clock.now())
    assert [lane.every(120) for _ in range(3)] == [hot.EVERY, hot.EVERY, 120]
    clock.move(86_400)
    market.buyer_writes("c1", "Good morning.")
    store.threads.save_page("shop-uk", [market.thread_of(market.talks["c1"])], cursor=None, at=clock.now())
    assert lane.every(120) == hot.EVERY


async def test_a_pace_the_seller_made_quicker_stays(store: Store, clock: FakeClock, market: FakeShop) -> None:
    store.threads.save_page("shop-uk", [market.thread_of(market.talks["c1"])], cursor=None, at=clock.now())
    assert HotLane("shop-uk", store, clock).every(10) == 10


@pytest.mark.parametrize("ahead", [timedelta(minutes=9), timedelta(hours=5), timedelta(days=400)])
async def test_a_message_dated_ahead_keeps_no_lane_open(store: Store, clock: FakeClock, market: FakeShop, ahead: timedelta) -> None:
    # Protection: without an end of its own a date that is wrong by a year means a year of it.
    clock.jump(ahead)
    market.buyer_writes("c1", "From the future.")
    thread = market.thread_of(market.talks["c1"])
    clock.jump(-ahead)
    store.threads.save_page("shop-uk", [thread], cursor=None, at=clock.now())
    lane = HotLane("shop-uk", store, clock)
    assert lane.every(120) in (hot.EVERY, 120)
    clock.move(30 * 60)
    assert lane.every(120) == 120


class Simulated:
    """The simulator's eBay, asked without a connection, so that only the test's own clock counts."""

    def __init__(self, clock: FakeClock) -> None:
        self.world = World(clock, conversations=12, quiet=True)
        self.ebay = Simulation(self.world)
        self.asked: list[tuple[float, str]] = []
        """(monotonic time, path) of every request."""
        self._clock = clock

    def open(self) -> Ebay:
        tokens = self.ebay.tokens
        secrets = {"client_id": tokens.client_id, "client_secret": tokens.client_secret, "refresh_token": tokens.refresh_token}
        return Ebay(ACCOUNT, memory_secrets(secrets), self._clock, transport=httpx.MockTransport(self._answer))

    def buyer_writes(self, text: str) -> None:
        known = next((talk for talk in self.world.conversations.values() if talk.other_party == "chatty_buyer"), None)
        self.world.buyer_writes("chatty_buyer", text, conversation=known)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((self._clock.monotonic(), request.url.path))
        self.world.settle()
        path = request.url.raw_path.partition(b"?")[0].decode()
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = Request(request.method, path, dict(request.url.params), headers, request.content, tuple(path.split("/")[1:]))
        answer = self.ebay.handle(asked)
        headers = {"content-type": answer.content_type, **dict(answer.headers)}
        return httpx.Response(answer.status, headers=headers, content=answer.body)


async def test_a_burst_of_chat_at_the_simulator_comes_in_within_seconds_and_within_the_budget(
    store: Store, clock: FakeClock, tmp_path: Path
) -> None:
    shop = Simulated(clock)
    desk = Desk(store, clock, [FakeShop(ACCOUNT, clock)], tmp_path)
    clock.move(6 * HOUR)  # who wrote when the shop was opened has gone
    async with watching(desk, desk.syncer(sources=[(ACCOUNT, shop.open)])):
        await clock.advance(HOUR)
        shop.buyer_writes("Hello, is anybody there?")
        await clock.advance(135)
        begun, waits = clock.monotonic(), []
        for number in range(12):
            text = f"Question number {number} about the lamp."
            shop.buyer_writes(text)
            asked_at = clock.monotonic()
            while clock.monotonic() < asked_at + 50 and not any(row.snippet == text for row in desk.windows.page("inbox", 20)):
                await clock.advance(1)
            waits.append(clock.monotonic() - asked_at)
            await clock.advance(asked_at + 50 - clock.monotonic())
        asked = [path for at, path in shop.asked if at > begun]
        await clock.advance(700)
        quiet = clock.monotonic()
        await clock.advance(2 * HOUR)
    desk.windows.close()
    assert max(waits) <= 23
    assert sum(waits) / len(waits) <= 15
    # Ten minutes: a list every twenty seconds, each message read once, orders and a token beside.
    assert len(asked) <= 34 + 12 + 8
    calm = [path for at, path in shop.asked if at > quiet and path.endswith("/conversation")]
    assert len(calm) <= 64 + 2 * 8  # members every two minutes, eBay's own notices every fifteen


def test_a_day_of_nothing_but_chat_stays_under_the_smallest_limit_that_ebay_names() -> None:
    usual, notices, smallest = 86_400 / (120 * 0.9), 86_400 / 900, 5_000
    assert usual + notices + hot.A_DAY < smallest - 2_000  # two thousand for the threads that are read and the replies
