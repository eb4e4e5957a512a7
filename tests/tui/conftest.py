"""A seller at the screen: the real application over a real inbox file, without a network behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import TextArea

from sellerinbox.config import Config, load, paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.messages import Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.domain.orders import Order, OrderLine, Shipment
from sellerinbox.inbox import Inbox
from sellerinbox.services import open_inbox
from sellerinbox.sync.events import SyncEvent
from sellerinbox.tui.app import SellerInboxApp
from sellerinbox.tui.screens.inbox import InboxScreen
from sellerinbox.tui.screens.reply import ReplyScreen
from sellerinbox.tui.screens.review import ReviewScreen
from tests.fakes import FakeClock

ACCOUNT = Account("shop-uk", "ebay")


class ScriptedFeed:
    """The sync process, as far as the screen can tell."""

    def __init__(self) -> None:
        self.woken = 0
        self.closed = False
        self._queue: asyncio.Queue[SyncEvent] = asyncio.Queue()

    def say(self, event: SyncEvent) -> None:
        self._queue.put_nowait(event)

    async def events(self) -> AsyncIterator[SyncEvent]:
        while True:
            yield await self._queue.get()

    def wake(self, *, pull: bool = False) -> None:
        self.woken += 1

    async def close(self) -> None:
        self.closed = True


@dataclass
class Desk:
    """Everything on the seller's desk."""

    inbox: Inbox
    config: Config
    clock: FakeClock
    feed: ScriptedFeed = field(default_factory=ScriptedFeed)

    def app(self) -> SellerInboxApp:
        return SellerInboxApp(self.inbox, self.config, self.clock, lambda: self.feed)

    def key(self, remote_id: str) -> Key:
        return Key(ACCOUNT.name, remote_id)

    def buyer_writes(
        self, remote_id: str, text: str, *, buyer: str = "oakfield", hours_ago: float = 1, listing: str | None = None, **head: Any
    ) -> None:
        """A message comes in with the sync."""
        at = self.clock.now() - timedelta(hours=hours_ago)
        conversation = RemoteConversation(self.key(remote_id), Kind.BUYER, buyer, "Brass clock", listing, archived=False, unread=1)
        message = Message(f"m-{remote_id}-{hours_ago}", Direction.IN, buyer, at, text)
        self.save(Thread(replace(conversation, **head), (message,)))

    def save(self, thread: Thread) -> None:
        self.inbox.files.store.threads.save_page(ACCOUNT.name, [thread], cursor=None, at=self.clock.now())

    def order(self, order_id: str, buyer: str, listing: str, tracking: str | None = "RR630930672GB", placed_hours_ago: float = 96) -> None:
        """An order that fits buyer and item, sent on its way when it has a number."""
        now = self.clock.now()
        parcel = (Shipment("s", "Royal Mail", tracking, now - timedelta(days=2)),) if tracking else ()
        line = OrderLine("l1", listing, "CLK-1", "Brass clock", 1, "25.00")
        placed = now - timedelta(hours=placed_hours_ago)
        state = "FULFILLED" if tracking else "NOT_STARTED"
        order = Order(ACCOUNT.name, order_id, buyer, placed, now, state, "PAID", None, "25.00", "GBP", lines=(line,), shipments=parcel)
        order = replace(order, buyer_name="Joe Oak")
        self.inbox.files.store.orders.save_page(ACCOUNT.name, [order], cursor=None, at=now)

    def outbox(self) -> list[tuple[str, str]]:
        """(state, text) of every reply, oldest first."""
        return [(item.state.value, item.text) for item in reversed(self.inbox.replies.outbox(99)) if item.kind == "reply"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty inbox with one account."""
    clock = FakeClock()
    config = replace(load(paths(tmp_path / "home", {}), {}), accounts=(ACCOUNT,))
    desk = Desk(open_inbox(config, clock), config, clock)
    desk.inbox.files.store.accounts.ensure(ACCOUNT)
    yield desk
    desk.inbox.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Five buyers who wait: `c0` longest, with an order on its way; `c3` writes French."""
    for number in range(5):
        desk.buyer_writes(
            f"c{number}",
            f"Hello, where is parcel number {number}, please?",
            buyer=f"buyer{number}",
            hours_ago=30 - number,
            listing=f"11{number}",
        )
    desk.buyer_writes(
        "c3", "Bonjour, où est mon colis ? Je n'ai pas encore reçu ma commande.", buyer="buyer3", hours_ago=26.5, listing="113"
    )
    desk.order("12-34567-89012", "buyer0", "110")
    return desk


def screen_text(app: App[Any]) -> str:
    """All lines as they go to the terminal."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[Any], holds: Callable[[], object], what: str = "it") -> None:
    """Let the application run until something holds; fails when it never does."""
    for _ in range(500):
        await pilot.pause()
        if holds():
            return
        await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0.01))})
    raise AssertionError(f"{what} never came to hold; the screen was:\n{screen_text(pilot.app)}")


def inbox_of(app: App[Any]) -> InboxScreen:
    """The screen at the bottom of the stack."""
    screen = app.screen_stack[0]
    assert isinstance(screen, InboxScreen)
    return screen


def names(app: App[Any]) -> list[str]:
    """The conversations in the list, as far as they are on the screen."""
    return [row.key.remote_id for row in inbox_of(app).list.rows]


async def ready(pilot: Pilot[Any]) -> InboxScreen:
    """Rows are there, and so is everything that comes behind the first paint."""
    screen = inbox_of(pilot.app)
    await until(pilot, lambda: screen.current is not None and screen.rows.settled and screen.bottom.lines[1], "the first screen")
    return screen


async def write(pilot: Pilot[Any], text: str) -> ReviewScreen:
    """A reply written into the box, up to the send review."""
    await pilot.press("r")
    await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen), "the reply box")
    pilot.app.screen.query_one(TextArea).load_text(text)
    await pilot.press("ctrl+s")
    return await review(pilot)


async def review(pilot: Pilot[Any]) -> ReviewScreen:
    """The send review is in front."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen), "the send review")
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen
