"""What the rest of the program relies on in any marketplace, written once; a subclass brings the adapter."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable
from enum import Enum, auto

import pytest

from sellerinbox.domain.errors import AuthenticationFailed, MarketplaceError, OutcomeUnknown, RateLimited, Rejected, Unavailable
from sellerinbox.domain.messages import Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.marketplaces.base import KnownThreads, Marketplace
from tests.fakes import FakeClock
from tests.marketplaces.ebay_shop import ACCOUNT, read_everything

KEY = Key(ACCOUNT.name, "c1")


class Trouble(Enum):
    """What may befall a call."""

    RATE_LIMITED = auto()
    SIGNED_OUT = auto()
    UNREACHABLE = auto()
    REFUSED = auto()
    LOST_BEFORE = auto()
    """The connection breaks before the marketplace has taken the request."""
    LOST_AFTER = auto()
    """It breaks afterwards."""


SURE = {
    Trouble.RATE_LIMITED: RateLimited,
    Trouble.SIGNED_OUT: AuthenticationFailed,
    Trouble.UNREACHABLE: Unavailable,
    Trouble.REFUSED: Rejected,
}


class Rig(ABC):
    """An adapter and the far side of its account."""

    @abstractmethod
    def open(self) -> Marketplace:
        """The adapter."""

    @abstractmethod
    def buyer_writes(self, conversation: str, text: str) -> str:
        """A message from a buyer; its id."""

    @abstractmethod
    def known(self) -> KnownThreads:
        """What a store says that has everything up to now."""

    @abstractmethod
    def befall(self, trouble: Trouble, call: str) -> None:
        """Every further call `threads` or `send_reply` meets this, until `well`."""

    @abstractmethod
    def well(self) -> None:
        """The trouble is over."""

    @abstractmethod
    def received(self) -> list[tuple[str, str]]:
        """The replies that reached buyers."""


class MarketplaceContract:
    """Subclass it and give a fixture `rig`."""

    async def test_everything_arrives_and_the_cursor_comes_last(self, rig: Rig) -> None:
        wanted = {rig.buyer_writes(f"c{number}", f"message {number}") for number in range(130)}
        async with rig.open() as market:
            pages = [page async for page in market.threads(None, lambda ids: {})]
        assert {message.id for page in pages for thread in page.items for message in thread.messages} == wanted
        assert [page.cursor is not None for page in pages] == [False] * (len(pages) - 1) + [True]

    async def test_reading_twice_brings_only_what_is_new(self, rig: Rig) -> None:
        rig.buyer_writes("c1", "first")
        rig.buyer_writes("c2", "other")
        async with rig.open() as market:
            _, cursor, _ = await read_everything(market, None)
            known = rig.known()
            assert (await read_everything(market, cursor, known))[0] == []
            new = rig.buyer_writes("c1", "second")
            threads, _, _ = await read_everything(market, cursor, known)
        assert [thread.conversation.key for thread in threads] == [KEY]
        assert new in {message.id for message in threads[0].messages}

    async def test_texts_and_names_are_harmless(self, rig: Rig) -> None:
        rig.buyer_writes("c1", "red \x1b[31malarm \x9b2J \u202eback \x00 \x07")
        async with rig.open() as market:
            (thread,), _, _ = await read_everything(market, None)
        shown = thread.messages[0].text + thread.conversation.buyer + thread.conversation.subject
        assert not any(char in shown for char in "\x1b\x9b\u202e\x00\x07")

    async def test_a_reply_arrives_once_and_is_found_again(self, rig: Rig) -> None:
        asked = rig.buyer_writes("c1", "Where is it?")
        async with rig.open() as market:
            receipt = await market.send_reply(KEY, "It left on Monday.")
            thread = await market.thread(KEY, Kind.BUYER, asked)
        assert rig.received() == [("c1", "It left on Monday.")]
        assert receipt.sent_at.tzinfo is not None
        assert ours(thread) == [(receipt.message_id, "It left on Monday.")]

    @pytest.mark.parametrize("trouble", SURE)
    async def test_a_reply_that_surely_did_not_go_out(self, rig: Rig, trouble: Trouble) -> None:
        rig.buyer_writes("c1", "Where is it?")
        async with rig.open() as market:
            await market.whoami()
            rig.befall(trouble, "send_reply")
            with pytest.raises(SURE[trouble]) as caught:
                await market.send_reply(KEY, "It left on Monday.")
        assert type(caught.value) is SURE[trouble]
        assert rig.received() == []

    @pytest.mark.parametrize("trouble", [Trouble.LOST_BEFORE, Trouble.LOST_AFTER])
    async def test_a_reply_that_may_have_gone_out_is_not_sent_again(self, rig: Rig, trouble: Trouble) -> None:
        asked = rig.buyer_writes("c1", "Where is it?")
        async with rig.open() as market:
            await market.whoami()
            rig.befall(trouble, "send_reply")
            with pytest.raises(OutcomeUnknown):
                await market.send_reply(KEY, "It left on Monday.")
            rig.well()
            thread = await market.thread(KEY, Kind.BUYER, asked)
        arrived = trouble is Trouble.LOST_AFTER
        assert len(rig.received()) == arrived
        assert [text for _, text in ours(thread)] == ["It left on Monday."] * arrived
        assert thread.complete

    @pytest.mark.parametrize("trouble", [Trouble.RATE_LIMITED, Trouble.SIGNED_OUT, Trouble.UNREACHABLE])
    async def test_trouble_while_reading_is_named(self, rig: Rig, clock: FakeClock, trouble: Trouble) -> None:
        rig.buyer_writes("c1", "Where is it?")
        async with rig.open() as market:
            await market.whoami()
            rig.befall(trouble, "threads")
            error = await caught(read_everything(market, None))
        assert type(error) is SURE[trouble]
        assert error.account == ACCOUNT.name
        if isinstance(error, RateLimited):
            assert clock.now() < error.until

    async def test_marks_may_be_repeated(self, rig: Rig) -> None:
        rig.buyer_writes("c1", "Where is it?")
        async with rig.open() as market:
            for _ in range(2):
                await market.mark_read(KEY, Kind.BUYER, True)
                await market.mark_read(KEY, Kind.BUYER, False)
                await market.set_archived(KEY, Kind.BUYER, True)
                await market.set_archived(KEY, Kind.BUYER, False)

    async def test_who_is_signed_in_is_told_to_many_at_once(self, rig: Rig) -> None:
        async with rig.open() as market:
            first, *others = await asyncio.gather(*(market.whoami() for _ in range(5)))
        assert first.user_id
        assert {first} == {first, *others}


def ours(thread: Thread) -> list[tuple[str, str]]:
    return [(message.id, message.text) for message in thread.messages if message.direction is Direction.OUT]


async def caught(work: Awaitable[object]) -> MarketplaceError:
    with pytest.raises(MarketplaceError) as raised:
        await work
    return raised.value
