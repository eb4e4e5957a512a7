"""All accounts in step with their marketplaces: one round, for ever, or one reply.

Only the process that holds `sync.lock` pulls and sends. Accounts are independent: what hangs
or fails in one never holds up another.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, SellerInboxError, StoreError
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.i18n import _
from sellerinbox.store.database import Store
from sellerinbox.store.locks import FileLock
from sellerinbox.sync.alarm import Alarm
from sellerinbox.sync.events import Done, Elsewhere, OnEvent, OutboxChanged, SyncEvent
from sellerinbox.sync.news import Pace, Source, Tools
from sellerinbox.sync.once import Round, outgoing_round, whole_round
from sellerinbox.sync.push import Check
from sellerinbox.sync.shop import Shop
from sellerinbox.sync.troubles import Failure
from sellerinbox.sync.waiting import wait_or_woken

LOCK_PATIENCE = 3.0
"""Seconds that a single round waits for another process to finish."""
TAKE_OVER_EVERY = 2.0
"""Seconds between two tries of a watch to take over from another process."""
VERSION_EVERY = 0.5
"""Seconds between two looks whether another process wrote to the inbox."""
_UNDER_WAY = (OutboxState.QUEUED, OutboxState.SENDING)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one item that was waited for."""

    item: OutboxItem
    failed: Failure | None = None
    """Why it is still waiting, when the account is in trouble."""
    message: str | None = None


class Syncer:
    """Moves messages, orders and replies between the store and the marketplaces."""

    def __init__(
        self,
        sources: Sequence[Source],
        store: Store,
        clock: Clock,
        check: Check,
        on_event: OnEvent,
        *,
        lock: FileLock,
        data_version: Callable[[], int],
        pace: Pace | None = None,
        chance: random.Random | None = None,
    ) -> None:
        """`data_version` changes whenever another connection wrote to the inbox (`Windows.version`)."""
        self._sources = tuple(sources)
        self._lock = lock
        self._data_version = data_version
        self._on_event = on_event
        # Chance only spreads the calls of many sellers over time; nothing secret depends on it.
        chance = chance or random.Random()  # noqa: S311
        self._tools = Tools(store, clock, check, self._tell, pace or Pace(), chance)
        self._alarm = Alarm(store, clock, self._tell)
        self._stopping = asyncio.Event()
        self._shops: tuple[Shop, ...] = ()

    async def once(self) -> Done:
        """One round of every account.

        Raises `SellerInboxError` when another process syncs, `StoreError` when the inbox can't be used.
        """
        async with self._alone():
            self._begin()
            rounds = await asyncio.gather(*(whole_round(source, self._tools) for source in self._sources))
            # Only now is it known who has not answered.
            self._alarm.set()
            self._alarm.ring()
        done = self._sum(rounds)
        self._tell(done)
        return done

    async def watch(self) -> Done:
        """Keep every account in step until `stop` is called or the task is cancelled.

        While another process syncs it waits and takes over as soon as that one is gone.
        """
        if not await self._take_over():
            return Done()
        try:
            self._begin()
            self._shops = tuple(Shop(source, self._tools) for source in self._sources)
            await self._run_shops()
        finally:
            self._lock.release()
        done = self._sum([_round_of(shop) for shop in self._shops])
        self._tell(done)
        return done

    def wake(self, *, pull: bool = False) -> None:
        """Something was queued or the seller signed in: send now; `pull`: and ask for news now."""
        for shop in self._shops:
            shop.wake(pull=pull)

    def stop(self) -> None:
        """End the watch: a send in flight is finished, at most `push.FAREWELL` seconds, everything else dropped."""
        self._stopping.set()

    async def push_one(self, item_id: int, *, limit: float = 60.0) -> Delivery:
        """Send what is due for the item's account and return once it has left *queued* and *sending*.

        When another process syncs, that one sends; this one waits. After `limit` seconds, or when
        the account is in trouble, the item is returned as it stands. Raises `NotFound`.
        """
        end = self._tools.clock.monotonic() + limit
        source = self._source_of(self._item(item_id))
        while (left := end - self._tools.clock.monotonic()) > 0 and self._item(item_id).state in _UNDER_WAY:
            if not self._lock.acquire(0):
                await self._until_written(min(left, TAKE_OVER_EVERY))
                continue
            round_ = await self._push_alone(source)
            item = self._item(item_id)
            wait = (item.not_before - self._tools.clock.now()).total_seconds()
            if item.state is not OutboxState.QUEUED or round_.failed or not 0 < wait <= left:
                return Delivery(item, round_.failed, round_.message)
            await self._tools.clock.sleep(wait)
        return Delivery(self._item(item_id))

    async def _push_alone(self, source: Source) -> Round:
        """One outgoing round; the lock is held already and given back."""
        try:
            self._begin()
            return await outgoing_round(source, self._tools)
        finally:
            self._lock.release()

    def _item(self, item_id: int) -> OutboxItem:
        return self._tools.store.outbox.get(item_id)

    def _source_of(self, item: OutboxItem) -> Source:
        for source in self._sources:
            if source[0].name == item.account:
                return source
        raise NotFound(
            _("The account “{account}” is not in the settings; its replies wait until it is added again.").format(account=item.account)
        )

    def _begin(self) -> None:
        """What the new holder of the lock does first: attempts of the dead become unconfirmed."""
        store = self._tools.store
        for account, _open in self._sources:
            store.accounts.ensure(account)
        for item in store.outbox.recover(self._tools.clock.now()):
            self._tell(OutboxChanged(item.account, item.id, Key(item.account, item.remote_id), item.state, item.reason))

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        end = self._tools.clock.monotonic() + LOCK_PATIENCE
        while not self._lock.acquire(0):
            if self._tools.clock.monotonic() >= end:
                sentence = self._elsewhere()
                self._tell(Elsewhere(sentence))
                raise SellerInboxError(sentence)
            await self._tools.clock.sleep(VERSION_EVERY)
        try:
            yield
        finally:
            self._lock.release()

    async def _take_over(self) -> bool:
        """Wait for the lock as long as it takes; False when stopped before."""
        told = False
        while not self._stopping.is_set():
            if self._lock.acquire(0):
                return True
            if not told:
                self._tell(Elsewhere(self._elsewhere()))
                told = True
            if await wait_or_woken(self._tools.clock, TAKE_OVER_EVERY, self._stopping):
                self._stopping.set()
        return False

    def _elsewhere(self) -> str:
        pid = self._lock.holder_pid()
        if not pid:
            return _("Another sellerinbox is syncing; it also sends what is queued here.")
        return _("Another sellerinbox (process {pid}) is syncing; it also sends what is queued here.").format(pid=pid)

    async def _run_shops(self) -> None:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(shop.run()) for shop in self._shops]
            tasks.append(group.create_task(self._notice_others()))
            await self._stopping.wait()
            for task in tasks:
                task.cancel()

    async def _notice_others(self) -> None:
        """Let the accounts look at their outbox whenever the inbox was written to, and wake what slept until now."""
        version: int | None = None
        while True:
            before, version = version, self._version()
            if version != before:
                self._alarm.set()
                for shop in self._shops:
                    with suppress(StoreError):
                        shop.look()
            if all(shop.looked for shop in self._shops):
                self._alarm.ring()
            await self._tools.clock.sleep(VERSION_EVERY)

    async def _until_written(self, seconds: float) -> None:
        """Wait until somebody writes to the inbox, at most so long."""
        before, end = self._version(), self._tools.clock.monotonic() + seconds
        while (left := end - self._tools.clock.monotonic()) > 0 and self._version() == before:
            await self._tools.clock.sleep(min(left, VERSION_EVERY))

    def _version(self) -> int | None:
        try:
            return self._data_version()
        except StoreError:
            return None

    def _tell(self, event: SyncEvent) -> None:
        """Hand an event on; a listener that is gone (a closed pipe, a dead terminal) ends the watch."""
        try:
            self._on_event(event)
        except OSError:
            self.stop()

    def _sum(self, rounds: Sequence[Round]) -> Done:
        outbox = self._tools.store.outbox
        return Done(
            new_messages=sum(each.pulled.new_messages for each in rounds),
            new_orders=sum(each.pulled.new_orders for each in rounds),
            sent=sum(each.pushed.sent + each.found for each in rounds),
            unconfirmed=sum(len(outbox.unconfirmed(each.account)) for each in rounds),
            problems=sum(each.problems for each in rounds),
            failed={each.account: each.failed.value for each in rounds if each.failed},
        )


def _round_of(shop: Shop) -> Round:
    """A watch summed up as if it had been one round."""
    round_ = Round(shop.account.name, pulled=shop.pulled, failed=shop.news.failed, message=shop.news.message)
    round_.pushed.sent = shop.sent
    return round_
