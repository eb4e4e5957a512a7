"""Keys typed faster than screens open reach the screen they were meant for, never the next buyer."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import TextArea

from sellerinbox.tui.screens.reply import ReplyScreen
from tests.tui.conftest import Desk, until
from tests.tui.test_inbox import inbox_of

WIDE, SMALL = (120, 40), (80, 24)


def burst(app: object, *keys: str) -> None:
    """Keys all at once, as a slow line or a paste delivers them."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))  # type: ignore[attr-defined]


async def test_a_word_typed_right_behind_r_is_written_and_not_obeyed(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: inbox_of(pilot.app).current)
        burst(pilot.app, "r", *"Hee1u")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        await until(pilot, lambda: pilot.app.screen.query_one(TextArea).text == "Hee1u", "the word")
    assert filled.outbox() == []
    assert len(filled.inbox.conversations.page("closed")) == 0


async def test_what_is_sent_is_all_that_was_typed(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        burst(pilot.app, *"The quick brown fox", "ctrl+s", "y")
        await until(pilot, filled.outbox)
    assert [text for _, text in filled.outbox()] == ["The quick brown fox"]


BURSTS = [("B", "enter", "enter", "enter", "e", "e"), ("c", "enter", "enter", "enter"), ("g", "u", "e"), ("slash", "e", "1")]


@pytest.mark.parametrize("keys", BURSTS)
async def test_a_burst_over_several_questions_neither_ends_the_program_nor_closes_anything(filled: Desk, keys: tuple[str, ...]) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: inbox_of(pilot.app).current)
        burst(pilot.app, *keys)
        for _ in range(30):
            await pilot.pause()
        assert pilot.app.is_running
        closed = [row.key for row in filled.inbox.conversations.page("closed")]
        # "g u" opens the unread, and the "e" behind it is meant for that list.
        assert len(closed) <= (1 if keys[0] == "g" else 0)


async def test_a_draft_survives_a_one_key_reply(filled: Desk) -> None:
    filled.inbox.replies.save_draft(filled.key("c0"), "My long careful draft")
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("1")
        await until(pilot, filled.outbox)
        await pilot.press("u")
        await until(pilot, lambda: filled.outbox()[0][0] == "cancelled")
    assert filled.inbox.replies.draft(filled.key("c0")) == "My long careful draft"


async def test_a_draft_that_cannot_be_saved_keeps_the_box_open(filled: Desk) -> None:
    from sellerinbox.domain.errors import StoreError

    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplyScreen))
        drafts = filled.inbox.files.store.drafts
        save = drafts.save

        def full(*_: object, **__: object) -> None:
            raise StoreError("The disk is full: nothing was lost.")

        drafts.save = full  # type: ignore[method-assign]
        await pilot.press(*"kept", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReplyScreen)
        assert pilot.app.screen.query_one(TextArea).text == "kept"
        drafts.save = save  # type: ignore[method-assign]
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ReplyScreen))
    assert filled.inbox.replies.draft(filled.key("c0")) == "kept"


async def test_done_in_the_thread_of_a_small_screen_goes_on_to_the_next(filled: Desk) -> None:
    async with filled.app().run_test(size=SMALL) as pilot:
        await pilot.press("j", "j", "enter")
        screen = inbox_of(pilot.app)
        await until(pilot, lambda: screen.thread.view is not None and screen.thread.view.row.key == filled.key("c2"))
        await pilot.press("e")
        await until(pilot, lambda: screen.thread.view is not None and screen.thread.view.row.key == filled.key("c3"), "the next")
        assert screen.current is not None
        assert screen.current.key == filled.key("c3")


async def test_an_unreadable_moment_is_a_sentence_not_an_end(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sellerinbox.domain.errors import StoreError

    async with filled.app().run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: inbox_of(pilot.app).current)

        def broken(*_: object, **__: object) -> None:
            raise StoreError("The inbox is busy.")

        for name in ("page", "thread", "counts"):
            monkeypatch.setattr(filled.inbox.conversations, name, broken)
        await pilot.press("j", "G", "O", "escape", "r")
        for _ in range(20):
            await pilot.pause()
        assert pilot.app.is_running
