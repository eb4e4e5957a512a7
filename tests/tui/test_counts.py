"""A digit before a movement is a count, a digit alone a reply; never the one for the other."""

from __future__ import annotations

import pytest

from tests.tui.conftest import Desk, names, ready, screen_text, until
from tests.tui.test_typeahead import burst

WIDE = (120, 40)


@pytest.fixture
def long(desk: Desk) -> Desk:
    """Thirty buyers who wait."""
    for number in range(30):
        desk.buyer_writes(f"c{number:02}", "Hello?", buyer=f"buyer{number:02}", hours_ago=100 - number)
    return desk


async def test_a_count_moves_that_far_and_sends_nothing(long: Desk) -> None:
    async with long.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        for keys, at in (("3j", "c03"), ("2k", "c01"), ("12G", "c11"), ("1G", "c00"), ("2]", "c02"), ("20j", "c22"), ("G", "c29")):
            burst(pilot.app, *("right_square_bracket" if key == "]" else key for key in keys))
            await until(pilot, lambda at=at: screen.current is not None and screen.current.key.remote_id == at, f"{keys} at {at}")
    assert long.outbox() == []


async def test_a_digit_waits_for_what_follows_and_says_so(long: Desk) -> None:
    async with long.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        burst(pilot.app, "3")
        await until(pilot, lambda: "3 …" in screen.bottom.lines[1][0][0], "the waiting digit")
        burst(pilot.app, "j")
        await until(pilot, lambda: screen.current is not None and screen.current.key.remote_id == "c03")
        await until(pilot, lambda: "3 …" not in screen_text(pilot.app), "the end of it")
    assert long.outbox() == []


async def test_a_digit_alone_is_its_reply_after_a_pause(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        burst(pilot.app, "1")
        await pilot.pause()
        assert filled.outbox() == []
        await until(pilot, filled.outbox, "the reply")


async def test_two_digits_and_no_movement_are_nothing(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        burst(pilot.app, "1", "2", "n")
        await until(pilot, lambda: filled.inbox.history.last() and screen.current and screen.current.key.remote_id == "c1", "the n behind")
    assert filled.outbox() == []


async def test_e_with_a_count_closes_so_many_in_one_step(long: Desk) -> None:
    async with long.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        burst(pilot.app, "3", "e")
        await until(pilot, lambda: len(long.inbox.conversations.page("closed")) == 3, "three closed")
        assert names(pilot.app)[0] == "c03"
        await pilot.press("u")
        await until(pilot, lambda: not long.inbox.conversations.page("closed"), "one undo for all of them")


async def test_a_count_that_a_key_does_not_take_is_not_left_for_the_next(long: Desk) -> None:
    """Else `3u` and then `e` closes two conversations that nobody meant."""
    async with long.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("n")
        await until(pilot, lambda: screen.current is not None and screen.current.key.remote_id == "c01")
        screen.app.typeahead.counts._count = 3
        burst(pilot.app, "e")
        await until(pilot, lambda: long.inbox.conversations.page("closed"))
        await pilot.pause()
    assert len(long.inbox.conversations.page("closed")) == 1


async def test_undo_with_a_count_takes_back_so_many_steps(long: Desk) -> None:
    async with long.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("e", "e", "e")
        await until(pilot, lambda: len(long.inbox.conversations.page("closed")) == 3)
        burst(pilot.app, "2", "u")
        await until(pilot, lambda: len(long.inbox.conversations.page("closed")) == 1, "two steps taken back")
        burst(pilot.app, "9", "u")
        await until(pilot, lambda: not long.inbox.conversations.page("closed"), "the rest, and no complaint")


async def test_a_reply_and_a_yes_typed_at_once_arrive_in_this_order(filled: Desk) -> None:
    """`1y`: the y is the review's, which opens only after the first reply has been put together."""
    from dataclasses import replace

    filled.config = replace(filled.config, review="always")
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        burst(pilot.app, "1", "y")
        await until(pilot, filled.outbox, "the reply")
        assert pilot.app.clipboard == "", "y alone copies the tracking number"


async def test_keys_behind_a_reply_wait_however_long_it_takes_to_look_at_it(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine the y of `1y` must not go to the list meanwhile."""
    import asyncio
    from dataclasses import replace

    from sellerinbox.tui import typeahead
    from sellerinbox.tui.flows import answer

    filled.config = replace(filled.config, review="always")
    monkeypatch.setattr(typeahead, "PATIENCE", 0.01)
    prepare, waited = answer._prepare, asyncio.Event()

    async def slow(*args: object) -> object:
        await waited.wait()
        return await prepare(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(answer, "_prepare", slow)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        burst(pilot.app, "1", "y")
        await until(pilot, lambda: pilot.app.typeahead._flows, "the flow")  # type: ignore[attr-defined]
        for _ in range(20):
            await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0.005))})
            await pilot.pause()
        assert pilot.app.typeahead._held, "the y must still wait"  # type: ignore[attr-defined]
        waited.set()
        await until(pilot, filled.outbox, "the reply")
        assert pilot.app.clipboard == ""
