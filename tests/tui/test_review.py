"""Nothing leaves that would cost the seller the case, and nothing that he has written is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import Input, TextArea

from sellerinbox import guard
from sellerinbox.domain.models import State
from sellerinbox.tui.flows.letting_go import overtaken
from sellerinbox.tui.screens.dialogs import AskText, Confirm
from sellerinbox.tui.screens.reply import ReplyScreen
from sellerinbox.tui.screens.review import ReviewScreen
from sellerinbox.tui.screens.snooze import SnoozeScreen
from sellerinbox.tui.widgets.composer import Composer
from tests.tui.conftest import Desk, ready, review, screen_text, until, write

WIDE, SMALL = (120, 40), (80, 24)
CONTACT = "I am sorry about that. Please write to me at joe.seller@gmail.com and I will help."
DEAL = "I am sorry. I will refund you if you remove the negative feedback."
WRONG_NAME = "Hello {buyer_first}, I am sorry. It left on Friday."
CLEAN = "I am sorry for the wait. It left here on Friday with Royal Mail."


def row(desk: Desk, remote_id: str):  # type: ignore[no-untyped-def]
    return desk.inbox.conversations.row(desk.key(remote_id))


async def back(pilot) -> None:  # type: ignore[no-untyped-def]
    await until(pilot, lambda: len(pilot.app.screen_stack) == 1 and not pilot.app.typeahead._flows, "the list")


async def test_y_sends_what_stands_there_and_goes_on_to_the_next(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await write(pilot, CLEAN)
        text = screen_text(pilot.app)
        assert "where is parcel number 0" in text, "under the buyer's own words"
        assert "It left here on Friday" in text
        assert "1 asked" in text
        assert filled.outbox() == []
        await pilot.press("y")
        await until(pilot, filled.outbox)
        await back(pilot)
        await until(pilot, lambda: screen.current is not None and screen.current.key.remote_id == "c1", "the next")
    assert filled.outbox() == [("queued", CLEAN)]
    assert filled.inbox.replies.draft(filled.key("c0")) == ""


@pytest.mark.parametrize("text", [CONTACT, DEAL])
async def test_what_would_cost_the_account_is_stopped_whatever_is_pressed(filled: Desk, text: str) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await write(pilot, text)
        await until(pilot, lambda: "✗" in screen_text(pilot.app), "what stops it")
        for key in ("y", "d", "s", "ctrl+s", "o"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, ReviewScreen), key
        assert "no reason lets it go" in screen_text(pilot.app)
        await pilot.press("n")
        await back(pilot)
    assert filled.outbox() == []
    assert filled.inbox.replies.draft(filled.key("c0")) == text


async def test_a_stop_that_may_be_overruled_wants_a_reason_and_keeps_it(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await write(pilot, WRONG_NAME)
        assert filled.inbox.replies.review(filled.key("c0"), WRONG_NAME).verdict != "allow"
        await pilot.press("y")
        await pilot.pause()
        assert filled.outbox() == []
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until(pilot, lambda: "without a reason it stays stopped" in screen_text(pilot.app))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        await pilot.press(*"he asked for it", "enter")
        await until(pilot, filled.outbox)
    [item] = [each for each in filled.inbox.replies.outbox() if each.kind == "reply"]
    assert (item.text, item.accepted) == (WRONG_NAME, "he asked for it")


async def test_f_mends_the_form_and_b_takes_the_better_words(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        screen = await write(pilot, "i am sorry  ,it left on friday !!")
        findings = len(screen.review.findings)
        await pilot.press("f")
        await until(pilot, lambda: len(screen.review.findings) < findings, "fewer findings")
        assert screen.review.text.startswith("I am sorry, it left")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        assert pilot.app.screen.query_one(TextArea).text == screen.review.text, "what was mended is what one goes on with"
        pilot.app.screen.query_one(TextArea).load_text("it left on Friday. i am sorry for the wait.")
        await pilot.press("ctrl+s")
        screen = await review(pilot)
        while (better := screen._marked_better()) is None or screen.review.findings[screen.marked].family != "form":
            await pilot.press("down")
        wrong = screen.review.findings[screen.marked].text
        await pilot.press("b")
        await until(pilot, lambda: screen.review.text != "it left on Friday. i am sorry for the wait.")
        assert better != wrong
        assert better in screen.review.text


async def test_p_leaves_its_promises_out_and_t_gives_them_another_day(filled: Desk) -> None:
    promising = "I am sorry. I will send you the invoice tomorrow."
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await write(pilot, promising)
        await until(pilot, lambda: "☑" in screen_text(pilot.app))
        await pilot.press("p")
        await until(pilot, lambda: "☐" in screen_text(pilot.app) and "not kept in the ledger" in screen_text(pilot.app))
        await pilot.press("y")
        await until(pilot, filled.outbox)
        assert filled.inbox.promises.open() == ()
        await back(pilot)
        await write(pilot, promising)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        await pilot.press(*"someday", "enter")
        await until(pilot, lambda: "someday" in screen_text(pilot.app) and isinstance(pilot.app.screen, AskText))
        pilot.app.screen.query_one(Input).value = "thu 11"
        await pilot.press("enter")
        await review(pilot)
        await until(pilot, lambda: "Thu 26 Nov 11:00" in screen_text(pilot.app), "the other day")
        await pilot.press("y")
        await until(pilot, filled.inbox.promises.open)
    [promise] = filled.inbox.promises.open()
    assert promise.due_at.strftime("%d %H:%M") == "26 11:00"


async def test_d_sends_and_closes_as_one_action(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await write(pilot, CLEAN)
        await pilot.press("d")
        await until(pilot, lambda: row(filled, "c0").state is State.CLOSED)
        await back(pilot)
        await pilot.press("u")
        await until(pilot, lambda: row(filled, "c0").state is State.OPEN, "one undo")
    assert [state for state, _ in filled.outbox()] == ["cancelled"]
    assert filled.inbox.replies.draft(filled.key("c0")) == CLEAN


async def test_d_over_a_promise_says_why_not_and_stays(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await write(pilot, "I am sorry. I will send you the invoice tomorrow.")
        await pilot.press("d")
        await until(pilot, lambda: "can't be closed" in screen_text(pilot.app), "the reason")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert filled.outbox() == []
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SnoozeScreen))
        await pilot.press("escape")
        await review(pilot)
        assert filled.outbox() == [], "going back from the question is going back to the review"
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SnoozeScreen))
        await pilot.press("2")
        await until(pilot, lambda: row(filled, "c0").snoozed)
        await back(pilot)
        await pilot.press("u")
        await until(pilot, lambda: not row(filled, "c0").snoozed, "one undo")
        assert filled.inbox.promises.open() == ()
    assert [state for state, _ in filled.outbox()] == ["cancelled"]


# -- the buyer writes meanwhile ------------------------------------------------------------


async def test_a_message_that_comes_while_one_writes_stops_the_send_and_is_shown(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        pilot.app.screen.query_one(TextArea).load_text(CLEAN)
        filled.buyer_writes("c0", "Forget it, it has just arrived!", buyer="buyer0", hours_ago=0, listing="110")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Forget it, it has just arrived!" in screen_text(pilot.app), "his message")
        assert isinstance(pilot.app.screen, ReplyScreen), "not the review: the text may have to change"
        assert "wrote again" in screen_text(pilot.app)
        assert pilot.app.screen.query_one(TextArea).text == CLEAN
        assert filled.outbox() == []
        await pilot.press("ctrl+s")
        await review(pilot)
        await pilot.press("y")
        await until(pilot, filled.outbox, "the seller has seen it now")


async def test_a_message_that_comes_during_the_review_stops_it_too(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await write(pilot, CLEAN)
        filled.buyer_writes("c0", "Forget it, it has just arrived!", buyer="buyer0", hours_ago=0, listing="110")
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen), "back in the box")
        await until(pilot, lambda: "Forget it, it has just arrived!" in screen_text(pilot.app))
        assert pilot.app.screen.query_one(TextArea).text == CLEAN
        assert filled.outbox() == []


async def test_a_canned_reply_is_not_sent_over_words_that_have_not_been_on_the_screen(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        filled.buyer_writes("c0", "Forget it, it has just arrived!", buyer="buyer0", hours_ago=0, listing="110")
        await pilot.press("1")
        await review(pilot)
        await until(pilot, lambda: "wrote again just now" in screen_text(pilot.app))
        assert "Forget it, it has just arrived!" in screen_text(pilot.app)
        assert filled.outbox() == []


async def test_one_stays_with_a_buyer_who_is_there_right_now(filled: Desk) -> None:
    filled.buyer_writes("hot", "Is it blue?", buyer="hotbuyer", hours_ago=0.05)
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = await ready(pilot)
        await until(pilot, lambda: screen.list.rows[0].key.remote_id == "hot")
        await pilot.press("home")
        await write(pilot, "Yes, it is blue.")
        await pilot.press("y")
        await until(pilot, filled.outbox)
        await back(pilot)
        assert screen.current is not None
        assert screen.current.key.remote_id == "hot"


# -- nothing is lost -----------------------------------------------------------------------


async def test_going_back_keeps_the_text_as_the_draft(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await write(pilot, CLEAN)
        await pilot.press("escape")
        await back(pilot)
    assert filled.inbox.replies.draft(filled.key("c0")) == CLEAN


async def test_changing_a_canned_reply_does_not_write_over_a_draft_unasked(filled: Desk) -> None:
    filled.inbox.replies.save_draft(filled.key("c0"), "My long careful draft")
    filled.config = replace(filled.config, review="always")
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("1")
        await review(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("n")
        await back(pilot)
    assert filled.inbox.replies.draft(filled.key("c0")) == "My long careful draft"


async def test_a_check_that_fails_stops_the_reply_and_never_the_program(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)

        def broken(*_args: object, **_more: object) -> None:
            raise guard.TooSlow

        monkeypatch.setattr(guard, "check", broken)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        pilot.app.screen.query_one(TextArea).load_text(CLEAN)
        await until(pilot, lambda: "The check of the text itself failed" in screen_text(pilot.app), "said while writing")
        await pilot.press("ctrl+s")
        await back(pilot)
        assert any("check of the text itself failed" in note.message for note in pilot.app._notifications)
    assert filled.outbox() == []
    assert filled.inbox.replies.draft(filled.key("c0")) == CLEAN


async def test_the_setting_always_shows_canned_replies_as_well(filled: Desk) -> None:
    filled.config = replace(filled.config, review="always")
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("1")
        screen = await review(pilot)
        own = filled.inbox.replies.prepare(filled.key("c0"), "1").promise
        assert own is not None
        assert screen.review.promises == (own,), "the promise that goes into the ledger is the one that is shown"
        await pilot.press("y")
        await until(pilot, filled.outbox)
    assert [each.text for each in filled.inbox.promises.open()] == [own.text]


@pytest.mark.parametrize(
    "text", [CLEAN, CONTACT, f"i am sorry  ,i send it tomorrow !! {CONTACT}", "i am sorry  ,it left on friday !! " * 20]
)
async def test_on_a_small_screen_the_findings_and_all_keys_are_there(filled: Desk, text: str) -> None:
    filled.buyer_writes("c0", "Where is it? " * 120, buyer="buyer0", hours_ago=29.5, listing="110")
    async with filled.app().run_test(size=SMALL) as pilot:
        await ready(pilot)
        screen = await write(pilot, text)
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "Esc" in shown or "n back" in shown
        assert "save as canned" in shown
        assert "…│" not in shown.splitlines()[-3]
        if screen.review.findings:
            assert "▸" in shown, "the marked finding is in sight"
            worst = min(("block", "warn", "advice").index(each.severity) for each in screen.review.findings)
            assert "▸" + "✗⚠·"[worst] in shown, "and it is the worst"


# -- while one writes ----------------------------------------------------------------------


def underlined(composer: Composer, line: int) -> list[str]:
    text = composer.get_line(line)
    return [text.plain[span.start : span.end] for span in text.spans if getattr(span.style, "underline", False)]


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        (CONTACT, 0, "joe.seller@gmail.com"),
        ("你好，\n很抱歉。请加我的邮箱 joe.seller@gmail.com 联系。", 1, "joe.seller@gmail.com"),
        ("😀 Grüße\n\n" + "Ein langes Wort nach dem andern, " * 8 + "joe.seller@gmail.com", 2, "joe.seller@gmail.com"),
    ],
)
async def test_what_is_found_is_underlined_where_it_stands(filled: Desk, text: str, where: int, found: str) -> None:
    async with filled.app().run_test(size=SMALL) as pilot:
        await ready(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        composer = pilot.app.screen.query_one(Composer)
        composer.load_text(text)
        await until(pilot, lambda: any(found in words for words in underlined(composer, where)), "the underline")
        strips = pilot.app.screen._compositor.render_strips()
        drawn = "".join(s.text for strip in strips for s in strip if s.style and s.style.underline)
        assert "joe.seller@gmail.com" in drawn.replace(" ", ""), "on the screen too, wrapped or not"
        assert "✗" in screen_text(pilot.app), "and in words below"
        composer.load_text("Nothing")
        await until(pilot, lambda: not underlined(composer, 0), "gone with the words")


async def test_ctrl_g_mends_what_was_found(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        composer = pilot.app.screen.query_one(Composer)
        composer.load_text("I am sorry  ,it left on Friday.")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: composer.text == "I am sorry, it left on Friday.", "mended")


# -- canned --------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["box", "review"])
async def test_a_reply_is_saved_as_canned_with_its_facts_as_variables(filled: Desk, place: str) -> None:
    text = "I am sorry for the wait. Your parcel RR630930672GB left on Friday."
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        if place == "review":
            await write(pilot, text)
        else:
            await pilot.press("r")
            await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
            pilot.app.screen.query_one(TextArea).load_text(text)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskText))
        await pilot.press(*"7", "enter")
        await until(pilot, lambda: "can't be the name" in screen_text(pilot.app), "what is wrong with the name")
        pilot.app.screen.query_one(Input).value = "on friday"
        await pilot.press("enter")
        await until(pilot, lambda: any("on-friday.toml" in note.message for note in pilot.app._notifications), "where it is")
        assert isinstance(pilot.app.screen, ReviewScreen if place == "review" else ReplyScreen), "and one goes on"
    [file] = filled.config.paths.replies.glob("*.toml")
    assert "{{ tracking }}" in file.read_text()
    assert "RR630930672GB" not in file.read_text()
    assert filled.inbox.replies.canned.by_name("on-friday") is not None
    assert filled.outbox() == []


async def test_the_palette_shows_the_best_first_with_reasons_and_finds_with_a_slip(filled: Desk) -> None:
    best = [one.reply.name for one in filled.inbox.replies.ranked(filled.key("c0"))][:3]
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "As the buyer will read it" in screen_text(pilot.app))
        await until(pilot, lambda: "fits:" in screen_text(pilot.app))
        lines = screen_text(pilot.app)
        assert [lines.index(name) for name in best] == sorted(lines.index(name) for name in best)
        assert "locked, " in "".join(text for line in pilot.app.screen.query_one("#found").lines for text, _ in line)  # type: ignore[attr-defined]
        await pilot.press(*"redelivr")
        await until(pilot, lambda: [reply.name for reply in pilot.app.screen.found][:1] == ["redeliver"])  # type: ignore[attr-defined]
    assert filled.outbox() == []


async def test_space_puts_two_together_and_another_block_can_be_taken(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "As the buyer will read it" in screen_text(pilot.app))
        await pilot.press(*"sorry-rem")
        await until(pilot, lambda: [reply.name for reply in pilot.app.screen.found] == ["sorry-remedy"])  # type: ignore[attr-defined]
        await pilot.press("down")
        await until(pilot, lambda: "I am sorry" in screen_text(pilot.app), "the preview")
        before = screen_text(pilot.app)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "another block: refund" in screen_text(pilot.app), "the other block")
        assert before != screen_text(pilot.app)
        await pilot.press("space", "ctrl+u", *"hold")
        await until(pilot, lambda: "sorry-remedy + …" in screen_text(pilot.app), "what is put together")
        await until(pilot, lambda: "Monday 23 Nov" in screen_text(pilot.app) and "I am sorry" in screen_text(pilot.app), "both texts")
        await pilot.press("tab")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen), "to be changed")
        text = pilot.app.screen.query_one(TextArea).text
        assert text.count("Best wishes") == 1
        assert "Monday 23 Nov" in text


async def test_a_locked_reply_says_why_and_does_not_go(filled: Desk) -> None:
    locked = next(one for one in filled.inbox.replies.ranked(filled.key("c0")) if one.locked)
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("c")
        await until(pilot, lambda: "As the buyer will read it" in screen_text(pilot.app))
        await pilot.press(*locked.reply.name, "enter")
        await until(pilot, lambda: any("can't be sent here" in note.message for note in pilot.app._notifications))
    assert filled.outbox() == []


def test_what_is_said_when_the_buyer_was_faster_names_him(filled: Desk) -> None:
    assert "buyer0" in overtaken(filled.inbox.conversations.row(filled.key("c0")))
