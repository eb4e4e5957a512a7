"""Snoozes end on time while nobody looks, and nobody is said not to have answered before he was asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerinbox.domain.errors import StoreError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.sync.events import Synced
from tests.sync.desk import Desk
from tests.sync.test_watch import watching

KEY = Key("shop-uk", "c1")


async def sleeping(desk: Desk, seconds: float, condition: str = "time") -> None:
    """The conversation is known and put off for so long."""
    if not desk.windows.row(KEY):
        await desk.sync()
    put_off(desk, seconds, condition)


def put_off(desk: Desk, seconds: float, condition: str = "time") -> None:
    until = desk.clock.now() + timedelta(seconds=seconds)
    with desk.store.write() as session:
        desk.store.snoozes.set([desk.store.marks.number(KEY, session)], until, condition, "later", session)


def row(desk: Desk) -> ConversationRow:
    return desk.store.threads.row(KEY)


async def test_a_watch_wakes_it_within_a_second_and_tells(desk: Desk) -> None:
    await sleeping(desk, 300)
    async with watching(desk):
        await desk.clock.advance(299)
        assert row(desk).snoozed
        desk.events.clear()
        await desk.clock.advance(2)
        assert not row(desk).snoozed
        assert row(desk).woke
        assert Synced("shop-uk", 0, 0) in desk.events


async def test_a_snooze_set_while_it_watches_is_noticed(desk: Desk) -> None:
    # Protection: with the next time read only at the start, it wakes at the next start.
    async with watching(desk):
        await desk.clock.advance(30)
        put_off(desk, 45)
        await desk.clock.advance(44)
        assert row(desk).snoozed
        await desk.clock.advance(2)
        assert not row(desk).snoozed


async def test_a_wall_clock_set_forward_wakes_at_once(desk: Desk) -> None:
    await sleeping(desk, 3600)
    async with watching(desk):
        await desk.clock.advance(10)
        desk.clock.jump(timedelta(hours=1))
        await desk.clock.advance(1)
        assert not row(desk).snoozed


async def test_a_round_wakes_too_also_when_the_marketplace_is_not_reached(desk: Desk) -> None:
    await sleeping(desk, 300)
    desk.clock.move(301)
    desk.shop.fail("threads", StoreError("anything"))
    await desk.sync()
    assert not row(desk).snoozed


@pytest.mark.parametrize("watch", [False, True])
async def test_who_has_answered_is_not_said_to_be_silent(desk: Desk, watch: bool) -> None:
    # Protection: with the waking before the reading, it says that he has not answered.
    await sleeping(desk, 300, "no_answer")
    desk.clock.move(301)
    desk.shop.buyer_writes("c1", "It is broken, look.")
    if watch:
        async with watching(desk):
            await desk.clock.advance(2)
    else:
        await desk.sync()
    assert not row(desk).snoozed
    assert "wrote" in (row(desk).woke or "")


async def test_who_can_not_be_reached_does_not_hold_up_the_waking(desk: Desk) -> None:
    await sleeping(desk, 5)

    def broken() -> None:
        raise StoreError("no sign-in")

    async with watching(desk, desk.syncer(sources=[(desk.shop.account, broken)])):  # type: ignore[list-item]
        await desk.clock.advance(6)
        assert not row(desk).snoozed


async def test_a_busy_file_is_tried_again_not_stormed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await sleeping(desk, 20)
    tries: list[float] = []

    def busy(_: object) -> None:
        tries.append(desk.clock.monotonic())
        raise StoreError("The inbox is busy.")

    async with watching(desk):
        await desk.clock.advance(10)
        with monkeypatch.context() as patch:
            patch.setattr(desk.store.snoozes, "wake", busy)
            await desk.clock.advance(30)
        assert 3 <= len(tries) <= 5
        await desk.clock.advance(6)
        assert not row(desk).snoozed


async def test_nothing_due_costs_no_look_at_the_store(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.clock.move(600)
    await sleeping(desk, 36_000)
    async with watching(desk):
        await desk.clock.advance(10)
        monkeypatch.setattr(desk.store.snoozes, "wake", lambda _: pytest.fail("it was asked although nothing can have come"))
        await desk.clock.advance(60)
