"""When the marketplace asks for a pause it gets one, of a sensible length, whatever any clock says."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest

from sellerinbox.domain.errors import RateLimited
from sellerinbox.domain.models import Key
from sellerinbox.marketplaces.pace import Pace
from tests.fakes import START, FakeClock
from tests.marketplaces.ebay_shop import ACCOUNT, EbayShop, error, read_everything

DATE = format_datetime(START, usegmt=True)


def http_date(seconds: float) -> str:
    return format_datetime(START + timedelta(seconds=seconds), usegmt=True)


@pytest.fixture
def pace(clock: FakeClock) -> Pace:
    return Pace(ACCOUNT.name, "eBay", clock)


def wait(pace: Pace, clock: FakeClock, headers: dict[str, str]) -> float:
    return (
        pace.limited(httpx.Headers([(name.encode(), value.encode()) for name, value in headers.items()])).until - clock.now()
    ).total_seconds()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (http_date(90), 90),
        ("315360000", 3600),
        ("9" * 400, 3600),
        (http_date(10 * 365 * 86400), 3600),
    ],
    ids=lambda value: str(value)[:30],
)
def test_the_wait_that_was_asked_for(pace: Pace, clock: FakeClock, header: str, seconds: float) -> None:
    assert wait(pace, clock, {"retry-after": header, "date": DATE}) == seconds


@pytest.mark.parametrize("header", [None, "-1", "0", "soon", "1e9", "٣", "\x1b[31m5", http_date(-5), "", "Thu, 99 Foo 2026 99:99:99 GMT"])
def test_no_sensible_wait_means_a_growing_one(pace: Pace, clock: FakeClock, header: str | None) -> None:
    headers = {} if header is None else {"retry-after": header}
    waits = [wait(pace, clock, headers) for _ in range(12)]
    assert 1.0 <= waits[0] <= 1.25
    assert 2.0 <= waits[1] <= 2.5
    assert 300.0 <= waits[-1] <= 375.0
    pace.well()
    assert wait(pace, clock, headers) <= 1.25, "an answer ends the growing"


def test_a_date_is_measured_by_the_server_and_not_by_us(pace: Pace, clock: FakeClock) -> None:
    clock.jump(timedelta(days=3))
    assert wait(pace, clock, {"retry-after": http_date(60), "date": DATE}) == 60


async def test_nothing_goes_out_before_the_time_even_if_the_clock_is_set(shop: EbayShop, clock: FakeClock) -> None:
    shop.buyer_writes("c1")
    async with shop.open() as market:
        await read_everything(market, None)
        shop.meddle = lambda request: error(429, 2001, "Quota spent", **{"retry-after": "600"})
        with pytest.raises(RateLimited):
            await read_everything(market, None)
        asked, shop.meddle = len(shop.requests), lambda request: None
        clock.jump(timedelta(days=1))
        for moment in (0, 300, 299):
            await clock.advance(moment)
            with pytest.raises(RateLimited) as caught:
                await market.send_reply(Key(ACCOUNT.name, "c1"), "Hello")
        assert caught.value.until > clock.now()
        assert len(shop.requests) == asked
        await clock.advance(2)
        assert await read_everything(market, None)
