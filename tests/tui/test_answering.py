"""A reply goes out once, can be called back, and is never the wrong one."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from sellerinbox.tui.screens.dialogs import AskValues, Confirm
from sellerinbox.tui.screens.reply import ReplyScreen
from tests.tui.conftest import Desk, screen_text, until

WIDE = (120, 40)


async def test_one_key_queues_the_canned_reply_with_the_buyers_own_order_in_it(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: pilot.app.feed, "the sync process")  # type: ignore[attr-defined]
        await pilot.press("1")
        await until(pilot, filled.outbox)
    [(state, text)] = filled.outbox()
    assert state == "queued"
    assert "12-34567-89012" in text
    assert "RR630930672GB" in text
    assert "{" not in text
    assert filled.feed.woken


async def test_the_undo_window_is_on_the_screen_and_u_keeps_the_text_as_draft(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: "u calls it back" in screen_text(pilot.app), "the countdown")
        [(_, text)] = filled.outbox()
        await pilot.press("u")
        await until(pilot, lambda: filled.outbox()[0][0] == "cancelled")
    assert filled.inbox.replies.draft(filled.key("c0")) == text


async def test_a_key_that_repeats_is_one_reply(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        for _ in range(20):
            await pilot.press("1")
        await until(pilot, filled.outbox)
        await pilot.pause()
    assert len(filled.outbox()) == 1


async def test_after_calling_back_the_same_key_sends_again_once(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("1")
        await until(pilot, filled.outbox)
        await pilot.press("u")
        await until(pilot, lambda: filled.outbox()[0][0] == "cancelled")
        await pilot.press("1")
        await until(pilot, lambda: len(filled.outbox()) == 2)
    assert [state for state, _ in filled.outbox()] == ["cancelled", "queued"]


async def test_a_missing_value_is_asked_for_and_nothing_goes_out_without_it(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("down", "1")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskValues))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AskValues), "an empty field must not be taken"
        fields = list(pilot.app.screen.query(Input))
        for field in fields:
            field.value = "VALUE-7"
        await pilot.press("enter")
        await until(pilot, filled.outbox)
    [(_, text)] = filled.outbox()
    assert "VALUE-7" in text
    assert "{" not in text


async def test_going_back_from_the_question_sends_nothing(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("down", "1")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskValues))
        await pilot.press("escape")
        await pilot.pause()
    assert filled.outbox() == []


async def test_a_reply_not_in_the_buyers_language_is_shown_before_it_is_sent(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "down", "2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        assert "language" in screen_text(pilot.app)
        assert filled.outbox() == []


async def test_what_is_typed_is_kept_without_sending(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        await pilot.press(*"soon", "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ReplyScreen))
    assert filled.inbox.replies.draft(filled.key("c0")) == "soon"
    assert filled.outbox() == []


async def test_what_is_typed_is_kept_when_the_program_is_ended_under_it(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        await pilot.press(*"half a sen")
        pilot.app.exit()
    assert filled.inbox.replies.draft(filled.key("c0")) == "half a sen"


async def test_a_reply_over_the_limit_is_stopped_and_kept(filled: Desk) -> None:
    text = "A sentence of a reply. " * 100
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        pilot.app.screen.query_one(TextArea).load_text(text)
        await pilot.pause()
        assert "too many" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ReplyScreen))
        await until(pilot, lambda: filled.inbox.replies.draft(filled.key("c0")))
    assert filled.outbox() == []
    assert filled.inbox.replies.draft(filled.key("c0")).strip() == text.strip()


async def test_an_empty_reply_is_not_sent(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ReplyScreen))
    assert filled.outbox() == []


async def test_a_canned_reply_to_a_blocked_buyer_asks_first(filled: Desk) -> None:
    filled.inbox.buyers.block("shop-uk", "buyer0", "abuse")
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("n")
        await pilot.pause()
        assert filled.outbox() == []
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, filled.outbox)


@pytest.mark.parametrize("key", ["1", "r", "c", "B"])
async def test_the_marketplaces_own_notices_are_not_answered(desk: Desk, key: str) -> None:
    from sellerinbox.domain.models import Kind

    desk.buyer_writes("n1", "Your listing was renewed.", buyer="eBay", kind=Kind.MARKETPLACE)
    async with desk.app().run_test(size=WIDE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 1
    assert desk.outbox() == []
    assert desk.inbox.buyers.blocked() == ()


async def test_the_palette_shows_the_reply_filled_in_and_sends_the_chosen_one(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "As the buyer will read it" in screen_text(pilot.app))
        await pilot.press(*"hold", "enter")
        await until(pilot, filled.outbox, "the reply, which needs no review")
    [(_, text)] = filled.outbox()
    assert "Monday 23 Nov" in text
