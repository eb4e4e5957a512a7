"""The adapter against the whole simulator, over real connections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from sellerinbox.domain.errors import AuthenticationFailed, MarketplaceError, NotTheMarketplace, OutcomeUnknown, UnexpectedResponse
from sellerinbox.domain.messages import Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.marketplaces.ebay.client import Ebay
from sellerinbox.simulator.server import SimulatorServer
from sellerinbox.simulator.world import World
from tests import specs
from tests.fakes import memory_secrets
from tests.marketplaces.ebay_shop import ACCOUNT, PromptClock, read_everything


class Judged(httpx.AsyncHTTPTransport):
    """Real connections; every request and answer is judged by eBay's files where they are present."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.partition(b"?")[0].decode()
        api = specs.api_of(path)
        if api and not specs.MISSING:
            specs.validate_request(api, request.method, path, dict(request.url.params), request.headers, request.content)
        return await super().handle_async_request(request)


@pytest.fixture
def server(clock: PromptClock) -> Iterator[SimulatorServer]:
    with SimulatorServer(World(clock), clock=clock) as running:
        yield running


@pytest.fixture
def market(server: SimulatorServer, clock: PromptClock) -> Ebay:
    tokens = server.ebay.tokens
    secrets = {"client_id": tokens.client_id, "client_secret": tokens.client_secret, "refresh_token": tokens.refresh_token}
    return Ebay(replace(ACCOUNT, base_url=server.base_url), memory_secrets(secrets), clock, transport=Judged())


def truth(server: SimulatorServer) -> dict[str, set[str]]:
    with server.world.lock:
        return {talk.id: {post.id for post in talk.posts} for talk in server.world.conversations.values()}


def read(threads: list[Thread]) -> dict[str, set[str]]:
    return {thread.conversation.key.remote_id: {message.id for message in thread.messages} for thread in threads}


def a_buyer(server: SimulatorServer) -> tuple[Key, str]:
    with server.world.lock:
        talk = next(talk for talk in server.world.conversations.values() if talk.type == "FROM_MEMBERS")
        return Key(ACCOUNT.name, talk.id), talk.posts[-1].id


def texts(server: SimulatorServer, text: str) -> int:
    """How often the buyer has it, by the simulator's own books."""
    with server.world.lock:
        return sum(talk.text(post) == text for talk in server.world.conversations.values() for post in talk.posts if post.from_seller)


async def test_the_whole_shop_is_read(server: SimulatorServer, market: Ebay) -> None:
    async with market:
        threads, cursor, problems = await read_everything(market, None)
        orders = [order async for page in market.orders(None) for order in page.items]
    assert read(threads) == truth(server)
    assert not problems
    assert cursor
    with server.world.lock:
        assert {order.order_id for order in orders} <= set(server.world.book.orders)
    assert any(order.shipments for order in orders)
    assert {thread.conversation.kind for thread in threads} == {Kind.BUYER, Kind.MARKETPLACE}
    assert not any(
        "<" in message.text[:1] for thread in threads if thread.conversation.kind is Kind.MARKETPLACE for message in thread.messages
    )


@pytest.mark.parametrize("step", [0, 1, 10, 333, 5000])
async def test_connections_that_break_amid_a_body(server: SimulatorServer, market: Ebay, step: int) -> None:
    async with market:
        await market.whoami()
        server.control.fault({"match": "/conversation", "kind": "reset_after_bytes", "bytes": step, "count": 2})
        threads, _, _ = await read_everything(market, None)
    assert read(threads) == truth(server)


async def test_half_a_json_stops_the_reading_and_the_next_one_is_whole(server: SimulatorServer, market: Ebay) -> None:
    async with market:
        await market.whoami()
        server.control.fault({"match": "/conversation", "kind": "truncate"})
        with pytest.raises(UnexpectedResponse):
            await read_everything(market, None)
        threads, _, _ = await read_everything(market, None)
    assert read(threads) == truth(server)


async def test_a_token_that_ends_amid_everything_is_not_noticed(server: SimulatorServer, market: Ebay) -> None:
    async with market:
        await market.whoami()
        server.control.fault({"match": "/conversation/", "kind": "expire_token"})
        threads, _, problems = await read_everything(market, None)
    assert read(threads) == truth(server)
    assert not problems
    assert len([entry for entry in server.control.ledger() if entry["path"].endswith("/token")]) == 2


async def test_a_withdrawn_consent_asks_for_a_sign_in_once(server: SimulatorServer, market: Ebay) -> None:
    async with market:
        await market.whoami()
        server.control.fault({"kind": "revoke"})
        for _ in range(3):
            with pytest.raises(AuthenticationFailed):
                await read_everything(market, None)
    assert len([entry for entry in server.control.ledger() if entry["path"].endswith("/token")]) == 2


@pytest.mark.parametrize(
    ("fault", "expected", "arrived"),
    [
        ({"kind": "drop_after_accept"}, OutcomeUnknown, 1),
        ({"kind": "drop_before_accept"}, OutcomeUnknown, 0),
        ({"kind": "truncate"}, UnexpectedResponse, 1),
        ({"kind": "reset_after_bytes", "bytes": 20}, OutcomeUnknown, 1),
        ({"kind": "html_200"}, NotTheMarketplace, 0),
        ({"kind": "html_200", "taken": True}, NotTheMarketplace, 1),
        ({"kind": "empty_200", "taken": True}, UnexpectedResponse, 1),
        ({"kind": "status", "status": 500, "taken": True}, OutcomeUnknown, 1),
        ({"kind": "status", "status": 503}, OutcomeUnknown, 0),
    ],
    ids=str,
)
async def test_an_unclear_send_is_found_or_not_by_reading_again(
    server: SimulatorServer, market: Ebay, fault: dict[str, object], expected: type[MarketplaceError], arrived: int
) -> None:
    key, latest = a_buyer(server)
    async with market:
        await market.whoami()
        server.control.fault({"match": "/send_message", **fault})
        with pytest.raises(expected) as caught:
            await market.send_reply(key, "Your parcel left on Monday.")
        assert type(caught.value) is expected
        thread = await market.thread(key, Kind.BUYER, latest)
    found = [message for message in thread.messages if message.direction is Direction.OUT and message.text == "Your parcel left on Monday."]
    assert (len(found), texts(server, "Your parcel left on Monday.")) == (arrived, arrived)
    assert len([entry for entry in server.control.ledger() if entry["path"].endswith("/send_message")]) == 1


async def test_answers_come_back_with_the_next_reading(server: SimulatorServer, market: Ebay, clock: PromptClock) -> None:
    key, _ = a_buyer(server)
    async with market:
        _, cursor, _ = await read_everything(market, None)
        receipt = await market.send_reply(key, "Hello")
        with server.world.lock:
            server.control.advance({"seconds": timedelta(days=2).total_seconds()})
        threads, _, _ = await read_everything(market, cursor)
    after = {thread.conversation.key: thread for thread in threads}
    assert receipt.message_id in {message.id for message in after[key].messages}


async def test_marks_are_seen_by_the_marketplace(server: SimulatorServer, market: Ebay) -> None:
    key, _ = a_buyer(server)
    async with market:
        await market.mark_read(key, Kind.BUYER, False)
        await market.set_archived(key, Kind.BUYER, True)
        with server.world.lock:
            talk = server.world.conversations[key.remote_id]
            assert (talk.unread > 0, talk.status) == (True, "ARCHIVED")
        await market.set_archived(key, Kind.BUYER, False)
        await market.mark_read(key, Kind.BUYER, True)
    with server.world.lock:
        assert (talk.unread, talk.status) == (0, "ACTIVE")
