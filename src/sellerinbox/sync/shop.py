"""One account under watch: a loop that pulls and a loop that sends, over one open marketplace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sellerinbox.domain.errors import SellerInboxError, StoreError
from sellerinbox.marketplaces.base import Marketplace
from sellerinbox.sync.hot import HotLane
from sellerinbox.sync.news import News, Source, Tools, opened
from sellerinbox.sync.pull import Pulled, pull
from sellerinbox.sync.push import Pushed, push
from sellerinbox.sync.reconcile import reconcile
from sellerinbox.sync.troubles import Failure
from sellerinbox.sync.waiting import first_of, wait_or_woken

FIRST_LOOK = 5.0
"""Seconds after a send without an answer until its thread is read again."""
NEXT_LOOK = 61.0
"""Seconds between two looks: only looks a minute apart can prove that a reply is not there."""
_BEHIND_ANOTHER = 30.0
"""Seconds until a due item that could not be claimed is tried again; whatever frees it wakes us earlier."""
_LONGEST_WAIT = 60.0
"""Seconds after which a wait for a time of day is computed anew: the wall clock may have been moved."""

log = logging.getLogger(__name__)


class Shop:
    """One account's share of a watch; its troubles never leave it."""

    def __init__(self, source: Source, tools: Tools) -> None:
        self.account, _ = source
        self._source = source
        self.news = News(self.account.name, tools)
        self.pulled = Pulled()
        self.sent = 0
        self._tools = tools
        self._clock = tools.clock
        self._signed_out = asyncio.Event()
        self._resume = asyncio.Event()
        self._probe = asyncio.Lock()
        self._poke_pull = asyncio.Event()
        self._poke_push = asyncio.Event()
        start = tools.clock.monotonic()
        self._next_conversations = self._next_orders = self._next_push = self._next_look = start
        self._unrecorded = False
        self._lane = HotLane(self.account.name, tools.store, tools.clock)
        self.looked = False
        """The account was asked for news, or could not be; until then nobody knows who has not answered."""

    async def run(self) -> None:
        """Keep the account in step until cancelled; a send in flight is finished or left unconfirmed."""
        while True:
            await self._guarded(self._session)
            self.looked = True
            if self._signed_out.is_set():
                await self._resume.wait()
                self._signed_out.clear()
            await self._rest(self._resume)

    def wake(self, *, pull: bool) -> None:
        """The seller queued something, signed in, or (`pull`) asks for news now."""
        self.news.rest.hurry()
        self._resume.set()
        self._next_push = self._clock.monotonic()
        self._poke_push.set()
        if pull:
            self._next_conversations = self._next_orders = self._clock.monotonic()
        self._poke_pull.set()

    def look(self) -> None:
        """Some process wrote to the inbox: perhaps an item to send, perhaps a new sign-in."""
        self._next_push = self._clock.monotonic()
        self._poke_push.set()
        if self._signed_out.is_set() and not self._still_signed_out():
            self._resume.set()

    def _still_signed_out(self) -> bool:
        statuses = self._tools.store.accounts.statuses()
        return any(each.name == self.account.name and each.problem_kind == Failure.SIGN_IN_NEEDED for each in statuses)

    async def _session(self) -> None:
        """Both loops over one open marketplace, until the sign-in is over."""
        async with opened(self._source, self._clock) as marketplace:
            loops = [asyncio.ensure_future(each(marketplace)) for each in (self._pulls, self._pushes)]
            await first_of(self._signed_out.wait(), *loops)
            for loop in loops:
                if not loop.cancelled():
                    loop.result()

    async def _pulls(self, marketplace: Marketplace) -> None:
        while True:
            await self._turn(lambda: self._pull(marketplace), self._poke_pull)
            self.looked = True
            await wait_or_woken(self._clock, self._until_pull(), self._poke_pull)

    async def _pushes(self, marketplace: Marketplace) -> None:
        while True:
            await self._turn(lambda: self._push(marketplace), self._poke_push)
            await wait_or_woken(self._clock, self._next_push - self._clock.monotonic(), self._poke_push)

    async def _pull(self, marketplace: Marketplace) -> None:
        now, tools = self._clock.monotonic(), self._tools
        conversations, orders = self._next_conversations <= now, self._next_orders <= now
        if not (conversations or orders):
            return
        known = len(self.pulled.problems)
        await pull(marketplace, tools.store, tools.clock, tools.on_event, conversations=conversations, orders=orders, pulled=self.pulled)
        if conversations:
            self._next_conversations = now + self._about(self._lane.every(tools.pace.conversations_every))
        if orders:
            self._next_orders = now + self._about(tools.pace.orders_every)
        self.news.well(self.pulled.problems[known:], self._until_pull())

    def _until_pull(self) -> float:
        return max(0.0, min(self._next_conversations, self._next_orders) - self._clock.monotonic())

    def _about(self, seconds: float) -> float:
        return seconds * self._tools.chance.uniform(0.9, 1.1)

    async def _push(self, marketplace: Marketplace) -> None:
        """Look for unconfirmed replies when it is time, send what is due, find out when to come again."""
        tools = self._tools
        if self._next_look <= self._clock.monotonic():
            looked = await reconcile(marketplace, tools.store, tools.clock, tools.on_event)
            self.sent += looked.found
            self._next_look = self._clock.monotonic() + (NEXT_LOOK if looked.open else float("inf"))
        if self._unrecorded or self._is_due(self._next_due()):
            await self._send(marketplace)
        self._next_push = min(self._next_look, self._clock.monotonic() + self._until_due())

    async def _send(self, marketplace: Marketplace) -> None:
        tools, pushed = self._tools, Pushed()
        try:
            await push(marketplace, tools.store, tools.clock, tools.check, tools.on_event, chance=tools.chance, pushed=pushed)
            self._unrecorded = False
        except StoreError:
            self._unrecorded = True
            raise
        finally:
            self.sent += pushed.sent
            if pushed.unconfirmed:
                self._next_look = min(self._next_look, self._clock.monotonic() + FIRST_LOOK)
        if pushed.stopped is not None:
            raise pushed.stopped
        self.news.rest.well()

    def _next_due(self) -> datetime | None:
        return self._tools.store.outbox.next_due(self.account.name)

    def _is_due(self, due: datetime | None) -> bool:
        return due is not None and due <= self._clock.now()

    def _until_due(self) -> float:
        due = self._next_due()
        if due is None:
            return float("inf")
        return _BEHIND_ANOTHER if self._is_due(due) else min((due - self._clock.now()).total_seconds(), _LONGEST_WAIT)

    async def _turn(self, step: Callable[[], Awaitable[None]], woken: asyncio.Event) -> None:
        """Do a step once the account may; after trouble only one loop at a time finds out whether it is over."""
        await self._rest(woken)
        if not self.news.rest.failing:
            await self._guarded(step)
            return
        async with self._probe:
            await self._rest(woken)
            await self._guarded(step)

    async def _rest(self, woken: asyncio.Event) -> None:
        while self.news.rest.left:
            await wait_or_woken(self._clock, self.news.rest.left, woken)

    async def _guarded(self, step: Callable[[], Awaitable[None]]) -> None:
        """Whatever goes wrong with this account stays with this account."""
        try:
            await step()
        except SellerInboxError as error:
            failure = self.news.trouble(error)
            self._lane.shut(limited=failure is Failure.RATE_LIMITED)
            if failure is Failure.SIGN_IN_NEEDED:
                self._resume.clear()
                self._signed_out.set()
        except Exception:
            log.exception("the sync of account %s failed", self.account.name)
            self.news.bug()
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            # What went wrong on the way out took the place of the cancellation, which comes only once.
            raise asyncio.CancelledError
