"""For ever: every account in step, none in another's way, and no call more than needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import AuthenticationFailed, CredentialsError, RateLimited, SellerInboxError, StoreError, Unavailable
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.marketplaces.base import Marketplace
from sellerinbox.store.database import Store
from sellerinbox.store.locks import FileLock
from sellerinbox.sync.events import Done, Elsewhere, SignInNeeded, Synced, SyncEvent
from sellerinbox.sync.push import FAREWELL
from sellerinbox.sync.syncer import Syncer
from tests.fakes import FakeClock, FakeShop, Fault
from tests.sync.desk import Desk


@pytest.fixture
def two(store: Store, clock: FakeClock, market: FakeShop, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a second account beside the first."""
    other = FakeShop(Account("shop-de", "ebay"), clock)
    other.buyer_writes("c1", "Wo ist mein Paket?")
    made = Desk(store, clock, [market, other], tmp_path)
    yield made
    made.windows.close()


@asynccontextmanager
async def watching(desk: Desk, syncer: Syncer | None = None) -> AsyncIterator[Syncer]:
    syncer = syncer or desk.syncer()
    task = asyncio.ensure_future(syncer.watch())
    await desk.clock.advance(0)
    try:
        yield syncer
    finally:
        syncer.stop()
        await desk.clock.advance(FAREWELL)
        assert task.done()
        await task


async def test_new_messages_and_orders_are_asked_for_at_their_pace(desk: Desk) -> None:
    desk.clock.move(600)  # nobody wrote just now
    async with watching(desk):
        await desk.clock.advance(2 * 3600)
    # ebay.md 8.2: threads every 2 minutes are 720 calls a day, orders every 5 minutes 288.
    assert 56 <= desk.shop.called("threads") <= 64
    assert 22 <= desk.shop.called("orders") <= 27
    assert desk.shop.called("whoami") == 1
    assert desk.shop.opened == 0


async def test_a_queued_reply_goes_at_once_when_woken(desk: Desk) -> None:
    async with watching(desk) as syncer:
        await desk.clock.advance(30)
        item = desk.reply("It left today.")
        syncer.wake()
        await desk.clock.advance(0)
        assert desk.state(item) is OutboxState.SENT


async def test_a_reply_of_another_process_is_noticed_within_half_a_second(desk: Desk, tmp_path: Path) -> None:
    async with watching(desk):
        await desk.clock.advance(30)
        item = desk.reply("It left today.")
        await desk.clock.advance(0.5)
        assert desk.state(item) is OutboxState.SENT


async def test_a_reply_goes_when_its_undo_window_ends_and_not_before(desk: Desk) -> None:
    async with watching(desk) as syncer:
        item = desk.reply("It left today.", undo=10)
        syncer.wake()
        await desk.clock.advance(9.9)
        assert desk.state(item) is OutboxState.QUEUED
        await desk.clock.advance(0.1)
        assert desk.state(item) is OutboxState.SENT


async def test_a_reply_does_not_wait_for_a_long_reading(desk: Desk) -> None:
    await desk.sync()
    desk.shop.fail("threads", None)
    async with watching(desk) as syncer:
        item = desk.reply("It left today.")
        syncer.wake()
        await desk.clock.advance(0)
        assert desk.state(item) is OutboxState.SENT


async def test_no_answer_is_looked_for_after_five_seconds_and_settled(desk: Desk) -> None:
    async with watching(desk) as syncer:
        item = desk.reply("It left today.")
        desk.no_answer(taken=True)
        syncer.wake()
        await desk.clock.advance(4.9)
        assert desk.state(item) is OutboxState.UNCONFIRMED
        await desk.clock.advance(0.2)
        assert desk.state(item) is OutboxState.SENT
    assert len(desk.shop.ledger) == 1


async def test_not_there_is_said_after_a_minute_and_the_looks_end(desk: Desk) -> None:
    async with watching(desk) as syncer:
        item = desk.reply("It left today.")
        desk.no_answer(taken=False)
        syncer.wake()
        await desk.clock.advance(60)
        assert not desk.store.outbox.get(item.id).not_found
        await desk.clock.advance(10)
        assert desk.store.outbox.get(item.id).not_found
        looks = desk.shop.called("thread")
        await desk.clock.advance(3600)
        assert desk.shop.called("thread") == looks == 2
    assert len(desk.shop.attempts) == 1


@pytest.mark.parametrize("call", ["open", "threads", "orders", "send_reply", "thread"])
async def test_n2_an_account_that_hangs_never_holds_up_another(two: Desk, call: str) -> None:
    uk, de = two.shops
    await two.sync()
    uk.always[call] = Fault(None)
    two.reply("Stuck.", shop=uk)
    if call == "thread":
        two.no_answer(taken=False)
    de.buyer_writes("c1", "Hallo?")
    async with watching(two) as syncer:
        item = two.reply("Heute.", shop=de)
        syncer.wake()
        await two.clock.advance(1)
        assert two.state(item) is OutboxState.SENT
        await two.clock.advance(600)
        de.buyer_writes("c1", "Danke!")
        await two.clock.advance(140)
    assert two.store.threads.row(Key(item.account, item.remote_id)).snippet == "Danke!"


@pytest.mark.parametrize("error", [Unavailable("shop-uk", "x"), AuthenticationFailed("shop-uk", "x"), KeyError("x")])
async def test_a_round_of_an_account_that_fails_leaves_the_other_alone(two: Desk, error: Exception) -> None:
    two.shops[0].fail("threads", error)
    done = await two.sync()
    assert list(done.failed) == ["shop-uk"]
    assert done.new_messages == 1


async def test_a_hanging_account_does_not_delay_the_others_round(two: Desk) -> None:
    two.shops[0].fail("threads", None)
    task = asyncio.ensure_future(two.syncer().once())
    await two.clock.advance(0)
    assert [event.account for event in two.events if isinstance(event, Synced)] == ["shop-de"]
    await two.clock.advance(400)
    assert task.done()


async def test_n7_at_most_six_tries_a_minute_and_quick_to_recover(desk: Desk) -> None:
    # Protection: with a pause of a second flat there are sixty tries.
    desk.shop.fail("threads", Unavailable("shop-uk", "Not reached."), times=5)
    async with watching(desk):
        await desk.clock.advance(59)
        assert desk.shop.called("threads") <= 6
        await desk.clock.advance(60)
        assert desk.kinds(Synced)


async def test_n7_an_impatient_seller_makes_no_storm(desk: Desk) -> None:
    async with watching(desk) as syncer:
        desk.shop.always["threads"] = desk.shop.always["send_reply"] = Fault(Unavailable("shop-uk", "Not reached."))
        desk.shop.calls.clear()
        for number in range(120):
            desk.reply(f"Reply {number}")
            syncer.wake(pull=True)
            await desk.clock.advance(1)
    tries = [at for at, call in desk.shop.calls if call in ("threads", "send_reply")]
    assert max(sum(1 for at in tries if start <= at < start + 60) for start in tries) <= 6


async def test_n9_signed_out_is_told_once_and_tried_no_more_until_the_seller_acts(desk: Desk) -> None:
    # Protection: with the account going on after a rest instead, there are hundreds of tries.
    desk.shop.always["threads"] = desk.shop.always["send_reply"] = Fault(AuthenticationFailed("shop-uk", "Sign in to eBay again."))
    async with watching(desk) as syncer:
        await desk.clock.advance(2 * 3600)
        assert desk.shop.called("threads") == 1
        assert desk.kinds(SignInNeeded) == [SignInNeeded("shop-uk", "Sign in to eBay again.")]
        desk.shop.always.clear()
        syncer.wake()
        await desk.clock.advance(1)
        assert desk.shop.called("threads") == 2
        assert desk.kinds(Synced)


async def test_n9_a_new_sign_in_by_another_process_is_noticed(desk: Desk) -> None:
    desk.shop.fail("threads", AuthenticationFailed("shop-uk", "Sign in to eBay again."))
    async with watching(desk):
        await desk.clock.advance(600)
        desk.store.accounts.ensure(Account("another", "ebay"))
        await desk.clock.advance(600)
        assert desk.shop.called("threads") == 1
        desk.store.accounts.record_ok("shop-uk", desk.clock.now(), None)
        await desk.clock.advance(1)
        assert desk.shop.called("threads") == 2


async def test_a_secret_that_cannot_be_read_waits_for_the_seller(desk: Desk) -> None:
    locked = [True]

    def open_market() -> Marketplace:
        if locked[0]:
            raise CredentialsError("The keyring is locked; unlock it and press R.")
        return desk.shop.open()

    async with watching(desk, desk.syncer(sources=[(desk.shop.account, open_market)])) as syncer:
        await desk.clock.advance(3600)
        assert desk.kinds(SignInNeeded) == [SignInNeeded("shop-uk", "The keyring is locked; unlock it and press R.")]
        locked[0] = False
        syncer.wake()
        await desk.clock.advance(1)
        assert desk.kinds(Synced)


async def test_n6_no_request_before_the_time_named_however_the_seller_presses(desk: Desk) -> None:
    # Protection: with `hurry` cutting every rest, there are requests inside the limit.
    until = desk.clock.now() + timedelta(minutes=20)
    desk.shop.fail("threads", RateLimited("shop-uk", "eBay asks us to wait.", until))
    async with watching(desk) as syncer:
        for _ in range(1190):
            syncer.wake(pull=True)
            await desk.clock.advance(1)
        assert [call for at, call in desk.shop.calls if at > 0] == []
        await desk.clock.advance(60)
        assert desk.kinds(Synced)


@pytest.mark.parametrize("by", [timedelta(days=1), timedelta(days=-1)])
async def test_z3_a_wall_clock_that_jumps_makes_neither_storm_nor_standstill(desk: Desk, by: timedelta) -> None:
    desk.shop.fail("threads", RateLimited("shop-uk", "Wait.", desk.clock.now() + timedelta(minutes=5)))
    async with watching(desk):
        await desk.clock.advance(1)
        desk.clock.jump(by)
        await desk.clock.advance(290)
        assert desk.shop.called("threads") == 1
        await desk.clock.advance(60)
        assert desk.shop.called("threads") == 2


async def test_d3_only_one_syncs_the_other_says_so_and_takes_over(desk: Desk) -> None:
    holder = FileLock(desk.lock_path)
    assert holder.acquire()
    syncer = desk.syncer()
    task = asyncio.ensure_future(syncer.watch())
    await desk.clock.advance(600)
    assert desk.shop.calls == []
    assert len(desk.kinds(Elsewhere)) == 1
    holder.release()
    await desk.clock.advance(5)
    assert desk.kinds(Synced)
    syncer.stop()
    await task


async def test_d3_a_single_round_says_who_syncs_and_sends_nothing(desk: Desk) -> None:
    # Protection: without the lock both send, and the buyer may get it twice.
    holder = FileLock(desk.lock_path)
    assert holder.acquire()
    with pytest.raises(SellerInboxError, match=r"Another sellerinbox \(process \d+\) is syncing"):
        await desk.sync()
    assert len(desk.kinds(Elsewhere)) == 1
    assert desk.shop.calls == []
    holder.release()
    await desk.sync()


async def test_an_attempt_of_a_dead_process_becomes_unconfirmed_and_is_settled(desk: Desk) -> None:
    await desk.sync()
    item = desk.reply("It left today.")
    desk.store.outbox.claim_next("shop-uk", desk.clock.now())
    desk.shop.take("c1", "It left today.")
    async with watching(desk):
        await desk.clock.advance(1)
        assert desk.state(item) is OutboxState.SENT
    assert desk.shop.ledger == [("c1", "It left today.")]


async def test_k9_stopping_drops_a_reading_that_hangs_at_once(desk: Desk) -> None:
    desk.shop.fail("threads", None)
    syncer = desk.syncer()
    task = asyncio.ensure_future(syncer.watch())
    await desk.clock.advance(1)
    syncer.stop()
    await desk.clock.advance(0)
    assert task.done()
    assert isinstance(desk.events[-1], Done)
    assert desk.shop.opened == 0
    lock = FileLock(desk.lock_path)
    assert lock.acquire()
    lock.release()


async def test_a_listener_that_is_gone_ends_the_watch(desk: Desk) -> None:
    def gone(_: SyncEvent) -> None:
        raise BrokenPipeError

    syncer = Syncer(
        [(desk.shop.account, desk.shop.open)],
        desk.store,
        desk.clock,
        desk.check,
        gone,
        lock=FileLock(desk.lock_path),
        data_version=desk.windows.version,
    )
    task = asyncio.ensure_future(syncer.watch())
    await desk.clock.advance(1)
    assert task.done()


async def test_d1_an_outcome_that_could_not_be_recorded_is_looked_for_in_the_same_watch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Protection: without `bury_the_dead` the reply stays *sending* until the program is started again.
    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    async with watching(desk) as syncer:
        item = desk.reply("It left today.")
        monkeypatch.setattr(desk.store.outbox, "mark_sent", full)
        syncer.wake()
        await desk.clock.advance(120)
        assert desk.state(item) is OutboxState.SENT
    assert len(desk.shop.ledger) == 1


@pytest.mark.parametrize("error", [StoreError("The disk is full."), RuntimeError("a mistake of ours")])
async def test_d1_the_end_comes_although_a_send_in_flight_could_not_be_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    # Protection: the error must not swallow the stop, or a process nobody knows of holds the lock for ever.
    def fails(*_: object, **__: object) -> None:
        raise error

    async with watching(desk) as syncer:
        item = desk.reply("It left today.")
        desk.shop.fail("send_reply", None, taken=True)
        syncer.wake()
        await desk.clock.advance(1)
        monkeypatch.setattr(desk.store.outbox, "mark_unconfirmed", fails)
    lock = FileLock(desk.lock_path)
    assert lock.acquire()
    lock.release()
    monkeypatch.undo()
    await desk.sync()
    assert desk.state(item) is OutboxState.SENT
    assert len(desk.shop.ledger) == 1


async def test_n2_opening_that_hangs_is_given_up(desk: Desk) -> None:
    desk.shop.fail("open", None)
    done = await desk.sync()
    assert done.failed == {"shop-uk": "offline"}


async def test_idle_costs_two_looks_a_second_and_no_write(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.clock.move(600)  # nobody wrote just now
    async with watching(desk):
        await desk.clock.advance(10)
        writes: list[str] = []
        begin = desk.store._sessions.write

        def counted() -> AbstractContextManager[Session]:
            writes.append("write")
            return begin()

        monkeypatch.setattr(desk.store._sessions, "write", counted)
        before = desk.windows.version()
        await desk.clock.advance(60)
        assert writes == []
        assert desk.windows.version() == before


class TestOneReply:
    """`reply --wait`."""

    async def test_it_is_sent_without_a_reading_before(self, desk: Desk) -> None:
        await desk.sync()
        desk.shop.calls.clear()
        item = desk.reply("It left today.")
        delivery = await desk.clock.run(desk.syncer().push_one(item.id))
        assert delivery.item.state is OutboxState.SENT
        assert [call for _, call in desk.shop.calls] == ["open", "send_reply"]

    async def test_no_answer_is_unconfirmed_and_not_looked_for_yet(self, desk: Desk) -> None:
        await desk.sync()
        item = desk.reply("It left today.")
        desk.no_answer(taken=True)
        delivery = await desk.clock.run(desk.syncer().push_one(item.id))
        assert delivery.item.state is OutboxState.UNCONFIRMED
        await desk.sync()
        assert desk.state(item) is OutboxState.SENT
        assert len(desk.shop.ledger) == 1

    async def test_an_undo_window_is_waited_out(self, desk: Desk) -> None:
        await desk.sync()
        item = desk.reply("It left today.", undo=10)
        delivery = await desk.clock.run(desk.syncer().push_one(item.id))
        assert delivery.item.state is OutboxState.SENT
        assert desk.clock.monotonic() == 10

    @pytest.mark.parametrize(
        ("error", "failed"),
        [(Unavailable("shop-uk", "Not reached."), "offline"), (AuthenticationFailed("shop-uk", "Sign in."), "sign_in_needed")],
    )
    async def test_trouble_leaves_it_waiting_and_is_named(self, desk: Desk, error: Exception, failed: str) -> None:
        await desk.sync()
        item = desk.reply("It left today.")
        desk.shop.fail("send_reply", error)
        delivery = await desk.clock.run(desk.syncer().push_one(item.id))
        assert (delivery.item.state, delivery.failed, delivery.message) == (OutboxState.QUEUED, failed, str(error))

    async def test_the_process_that_syncs_sends_it(self, desk: Desk) -> None:
        async with watching(desk):
            await desk.clock.advance(5)
            item = desk.reply("It left today.")
            waiting = asyncio.ensure_future(desk.syncer().push_one(item.id))
            await desk.clock.advance(2)
            assert waiting.done()
            assert waiting.result().item.state is OutboxState.SENT
        assert len(desk.shop.ledger) == 1

    async def test_a_process_that_holds_the_sync_and_does_nothing_is_not_waited_for_for_ever(self, desk: Desk) -> None:
        await desk.sync()
        holder = FileLock(desk.lock_path)
        assert holder.acquire()
        item = desk.reply("It left today.")
        delivery = await desk.clock.run(desk.syncer().push_one(item.id, limit=30))
        assert delivery.item.state is OutboxState.QUEUED
        assert desk.clock.monotonic() == 30
        holder.release()

    async def test_behind_an_unconfirmed_one_that_one_is_settled_first(self, desk: Desk) -> None:
        await desk.sync()
        desk.reply("One.")
        desk.no_answer(taken=True)
        await desk.sync()
        item = desk.reply("Two.")
        await desk.clock.run(desk.syncer().push_one(item.id))
        assert desk.shop.ledger == [("c1", "One."), ("c1", "Two.")]

    async def test_behind_one_whose_fate_is_open_it_waits(self, desk: Desk) -> None:
        await desk.sync()
        desk.reply("One.")
        desk.no_answer(taken=False)
        await desk.sync()
        item = desk.reply("Two.")
        delivery = await desk.clock.run(desk.syncer().push_one(item.id))
        assert delivery.item.state is OutboxState.QUEUED
        assert len(desk.shop.attempts) == 1
