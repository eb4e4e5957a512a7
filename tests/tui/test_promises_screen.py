"""What was promised is in front of the seller before the buyer has to remind him, and is never forgotten by closing."""

from __future__ import annotations

from datetime import timedelta

from textual.widgets import Input

from sellerinbox.domain.promises import PromiseState
from sellerinbox.tui.screens.promises import PromisesScreen
from tests.tui.conftest import Desk, ready, screen_text, until

WIDE = (120, 40)


def promise(desk: Desk, remote_id: str, text: str, hours: float) -> int:
    return desk.inbox.promises.add(desk.key(remote_id), text, desk.clock.now() + timedelta(hours=hours)).id


async def test_the_first_start_after_a_promised_time_begins_with_the_promises_and_only_that_one(filled: Desk) -> None:
    promise(filled, "c2", "refund him", 2)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert not isinstance(pilot.app.screen, PromisesScreen)
    filled.clock.move(3 * 3600)
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, PromisesScreen), "the promises")
        await until(pilot, lambda: "refund him" in screen_text(pilot.app) and "overdue" in screen_text(pilot.app), "what is overdue")
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.pause()
        assert not isinstance(pilot.app.screen, PromisesScreen)


async def test_enter_opens_the_conversation_where_an_answer_keeps_it(filled: Desk) -> None:
    promise(filled, "c2", "refund him", 2)
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("g", "p")
        await until(pilot, lambda: isinstance(pilot.app.screen, PromisesScreen) and "refund him" in screen_text(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: screen.current is not None and screen.current.key == filled.key("c2") and screen.has_class("at-thread"))


async def test_a_new_date_renews_and_what_is_no_date_is_asked_again(filled: Desk) -> None:
    promise(filled, "c2", "refund him", 2)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("g", "p")
        await until(pilot, lambda: "refund him" in screen_text(pilot.app))
        await pilot.press("n")
        await until(pilot, lambda: "By when?" in screen_text(pilot.app))
        await pilot.press(*"soonish", "enter")
        await until(pilot, lambda: "By when?" in screen_text(pilot.app) and "soonish" in screen_text(pilot.app), "the question again")
        await pilot.press("ctrl+u", *"25", "space", *"nov", "enter")
        await until(pilot, lambda: "Wed 17:00" in screen_text(pilot.app), "the new date")
    [promised] = filled.inbox.promises.open()
    assert promised.due_at.strftime("%d %H:%M") == "25 17:00"


async def test_dropping_needs_a_reason(filled: Desk) -> None:
    promise(filled, "c2", "refund him", 2)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("g", "p")
        await until(pilot, lambda: "refund him" in screen_text(pilot.app))
        await pilot.press("d")
        await until(pilot, lambda: pilot.app.screen.query(Input))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PromisesScreen))
        assert len(filled.inbox.promises.open()) == 1
        await pilot.press("d")
        await until(pilot, lambda: pilot.app.screen.query(Input))
        await pilot.press(*"paid", "enter")
        await until(pilot, lambda: not filled.inbox.promises.open(), "dropped")
        await until(pilot, lambda: "none is open" in screen_text(pilot.app), "the empty list")
    [dropped] = filled.inbox.promises.of(filled.key("c2"))
    assert (dropped.state, dropped.reason) == (PromiseState.DROPPED, "paid")


async def test_closing_over_an_open_promise_is_refused_with_the_reason(filled: Desk) -> None:
    promise(filled, "c0", "refund him", 2)
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("e")
        await until(pilot, lambda: any("promised buyer0" in note.message for note in pilot.app._notifications), "the reason")
        assert screen.current is not None
        assert screen.current.key.remote_id == "c0", "it is still the one in hand"
    assert not filled.inbox.conversations.page("closed")


async def test_p_writes_a_promise_down_and_then_renews_it(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("p")
        await until(pilot, lambda: "What did you promise buyer0?" in screen_text(pilot.app))
        await pilot.press(*"invoice", "enter")
        await until(pilot, lambda: "By when?" in screen_text(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: filled.inbox.promises.open(), "the promise")
        await until(pilot, lambda: "1 promise" in screen_text(pilot.app), "the count")
        [made] = filled.inbox.promises.open()
        assert made.due_at.strftime("%a %H:%M") == "Mon 17:00"
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
        await pilot.press("p")
        await until(pilot, lambda: "invoice" in screen_text(pilot.app) and "give it a new date" in screen_text(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: "By when?" in screen_text(pilot.app))
        await pilot.press(*"wed", "enter")
        await until(pilot, lambda: filled.inbox.promises.open()[0].due_at.strftime("%a") == "Wed", "the new date")
