"""Clearing: what a key does to one, to some, to all that a search finds; and one undo for all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input

from sellerinbox.config.settings import SavedView
from sellerinbox.domain.models import State
from sellerinbox.domain.promises import NewPromise
from sellerinbox.domain.snooze import Snooze
from sellerinbox.services import open_inbox
from sellerinbox.sync.events import Synced
from sellerinbox.tui.screens.dialogs import AskText, Choose, Confirm
from sellerinbox.tui.screens.inbox import CANNED
from sellerinbox.tui.status import canned_line
from tests.tui.conftest import Desk, inbox_of, names, ready, screen_text, until

WIDE, SMALL = (120, 40), (80, 24)


def closed(desk: Desk) -> set[str]:
    return {row.key.remote_id for row in desk.inbox.conversations.page("closed")}


def row(desk: Desk, remote_id: str):  # type: ignore[no-untyped-def]
    return desk.inbox.conversations.row(desk.key(remote_id))


def noticed(app: object, words: str) -> bool:
    return any(words in note.message for note in app._notifications)  # type: ignore[attr-defined]


# -- some at once --------------------------------------------------------------------------


async def test_what_is_selected_is_closed_and_nothing_else_and_one_undo_takes_it_back(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("x", "j", "x")
        await until(pilot, lambda: set(screen.list.selected) == {filled.key("c0"), filled.key("c2")})
        assert screen_text(pilot.app).count("✓") >= 2, "chosen ones are marked without colour"
        await pilot.press("e")
        await until(pilot, lambda: closed(filled) == {"c0", "c2"})
        assert not screen.list.selected, "the next action must not hit them again"
        await pilot.press("u")
        await until(pilot, lambda: closed(filled) == set())


async def test_a_range_reaches_from_the_last_chosen_one_to_here(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("x", "j", "j", "V")
        await until(pilot, lambda: len(screen.list.selected) == 4)
        await pilot.press("n")
        await until(pilot, lambda: [row(filled, f"c{n}").due_at is None for n in range(5)] == [True] * 4 + [False])
        await pilot.press("z")
        await until(pilot, lambda: all(row(filled, f"c{n}").due_at for n in range(5)), "one undo")


async def test_a_range_goes_on_where_it_has_scrolled_off_the_screen(desk: Desk) -> None:
    for number in range(60):
        desk.buyer_writes(f"c{number:02}", "Hello?", buyer=f"buyer{number:02}", hours_ago=100 - number)
    async with desk.app().run_test(size=SMALL) as pilot:
        screen = await ready(pilot)
        await pilot.press("x")
        await pilot.press(*"jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", "V")
        await until(pilot, lambda: len(screen.list.selected) == 41, "one range over three screens")
        await pilot.press("e")
        await until(pilot, lambda: len(desk.inbox.conversations.page("closed")) == 41)


async def test_escape_unselects_and_closes_nothing(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("x", "escape", "e")
        await until(pilot, lambda: closed(filled) == {"c1"}, "only the highlighted one")
        assert not screen.list.selected


async def test_one_promise_among_many_keeps_all_of_them_open_and_says_why(filled: Desk) -> None:
    filled.inbox.promises.add(filled.key("c1"), "refund", filled.clock.now() + timedelta(hours=3))
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        before = names(pilot.app)
        await pilot.press("x", "x", "x", "e")
        await until(pilot, lambda: noticed(pilot.app, "promise"), "the reason")
        assert closed(filled) == set()
        assert len(screen.list.selected) == 3, "they stay chosen, to take the one out"
        assert names(pilot.app) == before


# -- one by one ----------------------------------------------------------------------------


async def test_tags_notes_and_drafts_stand_in_the_row_at_both_widths(filled: Desk) -> None:
    filled.inbox.replies.save_draft(filled.key("c0"), "half")
    for size in (WIDE, SMALL):
        async with filled.app().run_test(size=size) as pilot:
            await ready(pilot)
            if size == WIDE:
                await pilot.press("t")
                await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
                await pilot.press(*"vip", "enter")
                await until(pilot, lambda: row(filled, "c0").tags == ("vip",))
                await pilot.press("N")
                await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
                await pilot.press(*"careful", "enter")
                await until(pilot, lambda: row(filled, "c0").notes == 1)
            await until(pilot, lambda: "[draft · 1 note · #vip]" in screen_text(pilot.app), "the marks")
    assert filled.outbox() == []


async def test_marks_stand_in_the_row_without_a_draft_too(filled: Desk) -> None:
    filled.inbox.conversations.tag(filled.key("c0"), add=("vip", *(f"long-tag-number-{n}" for n in range(9))))
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "[#long-tag-number-0" in screen_text(pilot.app), "the tags")
        assert "Hello" in screen_text(pilot.app).splitlines()[3], "many tags leave room for the words"


async def test_a_note_about_the_buyer_stands_beside_all_his_conversations(filled: Desk) -> None:
    filled.buyer_writes("c9", "And another thing", buyer="buyer0", hours_ago=3)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("N")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        await pilot.press(*"@rude", "enter")
        await until(pilot, lambda: row(filled, "c9").notes == 1)
    assert filled.outbox() == []


async def test_tags_come_off_again(filled: Desk) -> None:
    filled.inbox.conversations.tag(filled.key("c0"), add=("vip", "late"))
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "#late #vip" in screen_text(pilot.app), "what is on")
        await pilot.press("minus", *"vip", "space", *"new", "enter")
        await until(pilot, lambda: row(filled, "c0").tags == ("late", "new"))


async def test_the_full_stop_does_the_last_thing_to_the_next_one(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("full_stop")
        await until(pilot, lambda: "Nothing has been done yet" in screen_text(pilot.app))
        await pilot.press("s")
        await until(pilot, lambda: "Tomorrow" in screen_text(pilot.app))
        await pilot.press("2")
        await until(pilot, lambda: row(filled, "c0").snoozed)
        await until(pilot, lambda: screen.current is not None and screen.current.key.remote_id == "c1")
        await pilot.press("full_stop")
        await until(pilot, lambda: row(filled, "c1").snooze_when == row(filled, "c0").snooze_when)


async def test_the_full_stop_sends_the_same_reply_whatever_key_it_lies_on_there(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        key = next(key for key, one in filled.inbox.replies.nine(filled.key("c0")).items() if one.reply.name == "hold")
        await pilot.press(key)
        await until(pilot, lambda: len(filled.outbox()) == 1, "the first")
        await until(pilot, lambda: screen.current is not None and screen.current.key.remote_id == "c1", "the next buyer")
        await pilot.press("full_stop")
        await until(pilot, lambda: len(filled.outbox()) == 2, "the second")
    assert [item.canned for item in filled.inbox.replies.outbox() if item.kind == "reply"] == ["hold", "hold"]


async def test_undo_after_a_restart_takes_back_a_close_with_its_tag_and_a_snooze_with_its_promise(filled: Desk) -> None:
    when = filled.clock.now() + timedelta(days=1)
    replies = filled.inbox.replies
    replies.queue(filled.key("c0"), "All done, thank you.", undo_seconds=60, then="close", tags=("happy",))
    promised = (NewPromise("You hear from me", when),)
    replies.queue(
        filled.key("c1"), "More on Monday.", undo_seconds=60, then="snooze", snooze=Snooze(when), promises=promised, tags=("wait",)
    )
    filled.inbox.close()
    filled.inbox = open_inbox(filled.config, filled.clock)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert "c0" not in names(pilot.app)
        await pilot.press("u")
        await until(pilot, lambda: not row(filled, "c1").snoozed, "the snooze")
        assert (row(filled, "c1").tags, filled.inbox.promises.open()) == ((), ())
        assert filled.inbox.replies.draft(filled.key("c1")) == "More on Monday."
        await pilot.press("u")
        await until(pilot, lambda: row(filled, "c0").state is State.OPEN, "the close")
        assert row(filled, "c0").tags == ()
        await until(pilot, lambda: "c0" in names(pilot.app))
    assert {state for state, _ in filled.outbox()} == {"cancelled"}


async def test_undo_goes_back_to_the_conversation_it_was_about(filled: Desk) -> None:
    """Else the key that follows hits the buyer whom the highlight had gone on to."""
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("j", "e")
        await until(pilot, lambda: screen.current is not None and screen.current.key.remote_id == "c2")
        await pilot.press("u")
        await until(pilot, lambda: screen.current is not None and screen.current.key.remote_id == "c1")


async def test_what_is_said_is_not_overwritten_by_what_comes_behind_the_first_paint(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = inbox_of(pilot.app)
        await pilot.press("e")
        await until(pilot, lambda: "takes it back" in screen_text(pilot.app), "what was done")
        await until(pilot, lambda: screen.rows.settled and pilot.app._orm_ready)  # type: ignore[attr-defined]
        screen.show_canned()
        await pilot.pause()
        assert "takes it back" in screen_text(pilot.app)


# -- by a search ---------------------------------------------------------------------------


async def test_an_action_on_a_search_says_how_many_and_waits_for_a_yes(filled: Desk) -> None:
    filled.inbox.conversations.tag([filled.key("c1"), filled.key("c3")], add=("old",))
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        for yes in (False, True):
            await pilot.press("A")
            await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
            await pilot.press(*"tag:old".replace(":", " ").split()[0], "colon", *"old", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choose) and "2 conversations found" in screen_text(pilot.app))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm) and "close them: 2 conversations?" in screen_text(pilot.app))
            await pilot.press("y" if yes else "n")
            await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
            assert closed(filled) == ({"c1", "c3"} if yes else set())
        await pilot.press("u")
        await until(pilot, lambda: closed(filled) == set(), "one undo")


async def test_a_search_that_makes_no_sense_is_said_and_stays(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("A")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        await pilot.press(*"is", "colon", *"funny", "enter")
        await until(pilot, lambda: "funny" in screen_text(pilot.app) and len(pilot.app.screen_stack) == 2, "the question again")
        await until(pilot, lambda: pilot.app.screen.query(Input) and pilot.app.screen.query_one(Input).value == "is:funny")
        await pilot.press("escape")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert closed(filled) == set()


async def test_a_search_can_be_tagged_and_put_aside(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("A")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        await pilot.press(*"from", "colon", *"buyer2", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Later today" in screen_text(pilot.app))
        await pilot.press("2")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: row(filled, "c2").snoozed)
    assert not row(filled, "c1").snoozed


async def test_a_saved_view_shows_what_its_query_finds_and_can_be_cleared(filled: Desk) -> None:
    filled.inbox.conversations.tag([filled.key("c1"), filled.key("c3")], add=("old",))
    filled.config = replace(filled.config, views=(SavedView("oldies", "tag:old is:open", "f6"),))
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose) and "tag:old is:open" in screen_text(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: names(pilot.app) == ["c1", "c3"])
        assert "oldies" in screen_text(pilot.app)
        await pilot.press("e")
        await until(pilot, lambda: names(pilot.app) == ["c3"], "on to the next")
        assert screen.current is not None
        await pilot.press("g", "i", "f6")
        await until(pilot, lambda: names(pilot.app) == ["c3"], "the view by its own key")


# -- who is there, and who said thank you --------------------------------------------------


async def test_a_buyer_who_is_there_right_now_is_on_top_and_only_there(desk: Desk) -> None:
    for number in range(30):
        desk.buyer_writes(f"c{number:02}", "Hello?", buyer=f"buyer{number:02}", hours_ago=100 - number)
    desk.buyer_writes("hot", "Are you there?", buyer="hotbuyer", hours_ago=0.05)
    async with desk.app().run_test(size=SMALL) as pilot:
        screen = await ready(pilot)
        await until(pilot, lambda: names(pilot.app)[0] == "hot", "on top without a key")
        assert "1 live" in screen_text(pilot.app)
        assert "live 09:57" in screen_text(pilot.app)
        await pilot.press("home", "k", "k")
        assert names(pilot.app).count("hot") == 1
        seen = []
        for _ in range(30):
            await pilot.press("j")
            assert screen.current is not None
            seen.append(screen.current.key.remote_id)
        assert seen == [f"c{number:02}" for number in range(30)]
        desk.feed.say(Synced("shop-uk", 1, 0))
        await pilot.pause()
        screen.reload()
        assert screen.current is not None
        assert screen.current.key.remote_id == "c29", "a full page must not jump to the top for the one that is left out"
        for _ in range(30):
            await pilot.press("k")
        assert (screen.current.key.remote_id, names(pilot.app).count("hot")) == ("hot", 1)


async def test_a_thank_you_is_marked_and_one_key_settles_it(filled: Desk) -> None:
    filled.buyer_writes("t1", "Thank you so much, it arrived!", buyer="happy", hours_ago=40)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "♥ happy" in screen_text(pilot.app), "the mark")
        await pilot.press("home", "n")
        await until(pilot, lambda: row(filled, "t1").due_at is None and row(filled, "t1").state is State.WAITING)
    assert filled.outbox() == []


async def test_an_invitation_to_leave_the_marketplace_has_a_warning_above_it(filled: Desk) -> None:
    filled.buyer_writes("w1", "Please write to me on WhatsApp +44 7700 900123, it is cheaper there.", buyer="sly", hours_ago=60)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("home")
        await until(pilot, lambda: "WhatsApp" in screen_text(pilot.app), "the message")
        await until(pilot, lambda: "▎ ⚠" in screen_text(pilot.app), "the warning, without a key")
        stays = [one.reply.name for one in filled.inbox.replies.nine(filled.key("w1")).values()]
        assert any("stay" in name or "here" in name for name in stays), stays


# -- the lines below -----------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_replies_on_the_keys_are_those_of_the_highlighted_buyer(filled: Desk, size: tuple[int, int]) -> None:
    """A digit sends what lies there for him; a line about somebody else's would send the wrong words."""
    filled.buyer_writes("t1", "Thank you so much, it arrived!", buyer="happy", hours_ago=40)
    async with filled.app().run_test(size=size) as pilot:
        screen = await ready(pilot)
        lines = set()
        await pilot.press("home")
        for remote_id in ("t1", "c0", "c1"):
            await until(pilot, lambda remote_id=remote_id: screen.current is not None and screen.current.key.remote_id == remote_id)
            line = canned_line(filled.inbox.replies.nine(filled.key(remote_id)), pilot.app.key_of, size[0])  # type: ignore[attr-defined]
            lines.add(line)
            await until(pilot, lambda line=line: screen.bottom.lines[CANNED] == line, f"the replies for {remote_id}")
            await pilot.press("j")
    assert len(lines) > 1, "else this shows nothing"


async def test_w_says_why_these_and_enter_takes_one(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("W")
        await until(pilot, lambda: "fits: the reason" in screen_text(pilot.app), "a reason")
        await pilot.press("enter")
        await until(pilot, filled.outbox)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_end_of_the_queue_says_what_was_done_and_what_is_next(filled: Desk, size: tuple[int, int]) -> None:
    filled.inbox.conversations.snooze(filled.key("c1"), Snooze(filled.clock.now() + timedelta(hours=30)))
    async with filled.app().run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("g", "d")
        await until(pilot, lambda: len(names(pilot.app)) == 4)
        for left in range(3, -1, -1):
            await pilot.press("n")
            await until(pilot, lambda left=left: len(names(pilot.app)) == left)
        await until(pilot, lambda: "Nothing left." in screen_text(pilot.app), "the end")
        text = screen_text(pilot.app)
        assert "4 needed no" in text
        assert "1 put aside" in text
        assert "Next: what was put" in text
        assert "comes back, Mon 16:00" in inbox_of(pilot.app).list.empty_lines[-1]
        await pilot.press("e", "j", "n", "x", "r", "s", "full_stop")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1 and pilot.app.is_running, "keys over nothing do nothing")
    assert closed(filled) == set()


async def test_every_line_of_the_go_menu_fits_a_small_screen(filled: Desk) -> None:
    async with filled.app().run_test(size=SMALL) as pilot:
        await ready(pilot)
        await pilot.press("g")
        await until(pilot, lambda: "Go to" in screen_text(pilot.app))
        assert "orders and parcels" in screen_text(pilot.app)
        assert "the top of this pane" in screen_text(pilot.app)
        await pilot.press("g")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
