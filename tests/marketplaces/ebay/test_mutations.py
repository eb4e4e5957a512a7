"""JSON that went wrong in any way: never a crash, and what is good is kept (faults.md, N4)."""

from __future__ import annotations

import asyncio
import copy
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sellerinbox.domain.errors import UnexpectedResponse
from tests.fakes import FakeClock
from tests.marketplaces.ebay_shop import EbayShop, read_everything

SEED = 20261122
JUNK = [
    None,
    True,
    -1,
    0,
    1.5,
    float("1e308"),
    10**30,
    "",
    "x",
    "\x1b[2J",
    "\ud83d",
    "x" * 10_000,
    [],
    {},
    [[]],
    [None],
    {"a": {}},
    "2026-13-45",
]
UNTOUCHED = 3
"""The last entries of each list are left alone: they must arrive, whatever befell the first ones."""


def full_shop() -> EbayShop:
    shop = EbayShop(FakeClock())
    for number in range(6):
        for _ in range(6):
            shop.buyer_writes(
                f"c{number}", "Hi", messageMedia=[{"mediaName": "a.jpg", "mediaType": "IMAGE", "mediaUrl": "https://x.example/a.jpg"}]
            )
        shop.order(f"{number}", orderFulfillmentStatus="FULFILLED", paymentSummary={"payments": [{"paymentDate": shop.moment()}]})
        shop.parcels[f"{number}"] = [
            {"fulfillmentId": "1Z1", "shipmentTrackingNumber": "1Z1", "shippingCarrierCode": "UPS", "shippedDate": shop.moment()}
        ]
    return shop


def spoil(rng: random.Random, value: Any) -> Any:
    """One thing in a value changes: replaced, removed, doubled, renamed, put in."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(sorted(value))
        match rng.randrange(6):
            case 0:
                del value[key]
            case 1:
                value[f"{key}X"] = value.pop(key)
            case 2:
                value["unknownExtra"] = rng.choice(JUNK)
            case 3:
                value[key] = rng.choice(JUNK)
            case _:
                value[key] = spoil(rng, value[key])
        return value
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        value[at] = spoil(rng, value[at])
        return value
    return rng.choice(JUNK)


def spoil_entries(rng: random.Random, page: Any) -> Any:
    """The first entries of a page's list change."""
    page = copy.deepcopy(page)
    for key in ("conversations", "messages", "orders", "fulfillments"):
        listed = page.get(key)
        for at in range(max(0, len(listed or []) - UNTOUCHED)):
            if rng.random() < 0.7:
                listed[at] = spoil(rng, listed[at])
    return page


@pytest.mark.parametrize("start", range(0, 300, 25))
async def test_spoilt_entries_leave_the_good_ones(start: int) -> None:
    for seed in range(start, start + 25):
        rng = random.Random(SEED + seed)
        shop = full_shop()
        shop.bend = lambda path, page: page if "user" in path else spoil_entries(rng, page)  # noqa: B023 - used within this round
        async with shop.open() as market:
            threads, _, _ = await read_everything(market, None)
            orders = [order async for page in market.orders(None) for order in page.items]
        # All threads are of the same minute, so the list keeps their order; a thread gives its newest message first.
        whole = {thread.conversation.key.remote_id: {message.id for message in thread.messages} for thread in threads}
        for conversation in ("c3", "c4", "c5"):
            assert conversation in whole, f"seed {seed}"
            assert {post["messageId"] for post in shop.threads[conversation][:UNTOUCHED]} <= whole[conversation], f"seed {seed}"
        assert {"3", "4", "5"} <= {order.order_id for order in orders}, f"seed {seed}"
        store_it(threads, orders)


@pytest.mark.parametrize("start", range(0, 300, 50))
async def test_spoilt_pages_are_read_or_refused(start: int) -> None:
    for seed in range(start, start + 50):
        rng = random.Random(SEED - seed)
        shop = full_shop()
        shop.bend = lambda path, page: spoil(rng, copy.deepcopy(page))  # noqa: B023 - used within this round
        async with shop.open() as market:
            for read in (read_everything, read_orders):
                with suppress(UnexpectedResponse):
                    await read(market, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["conversations", "messages", "orders", "total", "next", "messageId", "conversationId", "latestMessage"]), inner
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_any_json_at_all(page: Any) -> None:
    async def read_all() -> None:
        shop = full_shop()
        shop.meddle = lambda request: None
        shop.bend = lambda path, honest: honest if "user" in path else page
        async with shop.open() as market:
            for read in (read_everything, read_orders):
                with suppress(UnexpectedResponse):
                    await read(market, None)

    asyncio.run(read_all())


async def read_orders(market: Any, cursor: str | None) -> None:
    async for page in market.orders(cursor):
        store_it([], list(page.items))


def store_it(threads: list[Any], orders: list[Any]) -> None:
    """What a database would not take must not get this far."""
    for text in repr_texts(threads) + repr_texts(orders):
        text.encode()


def repr_texts(values: list[Any]) -> list[str]:
    found: list[str] = []
    stack: list[Any] = list(values)
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list | tuple):
            stack.extend(value)
        elif hasattr(value, "__dataclass_fields__"):
            stack.extend(getattr(value, name) for name in value.__dataclass_fields__)
    return found
