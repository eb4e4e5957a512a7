"""`?`: the keys of the place the seller is in, as they are bound now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sellerinbox.tui.screens.help import HelpScreen
from tests.tui.conftest import Desk, screen_text, until

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


def lines_of(app: object) -> str:
    """All lines of the help, those that do not fit too."""
    screen = app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, HelpScreen)
    return "\n".join("".join(text for text, _role in line) for line in screen.pane.lines)


@SIZES
async def test_the_help_of_the_list_shows_keys_words_and_names_uncut(filled: Desk, size: tuple[int, int]) -> None:
    async with filled.app().run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "In the list" in screen_text(pilot.app), "the help")
        text = lines_of(pilot.app)
        assert "Enter o → l" in text
        assert "conversation.done" in text
        assert "g o" in text  # where `g` leads
        assert "…" not in text
        assert "While you write" not in text
        assert "In the messages and the order" not in text
        await pilot.press("escape")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)


@SIZES
@pytest.mark.parametrize(
    ("way", "key", "there", "not_there"),
    [
        (("enter",), "question_mark", "pane.page_down", "list.open"),
        (("tab", "tab"), "question_mark", "pane.bottom", "list.open"),
        (("r",), "f1", "reply.send", "conversation.done"),
        (("c",), "f1", "canned.edit", "conversation.done"),
        (("slash",), "f1", "page.into_list", "conversation.done"),
        (("g", "o"), "question_mark", "outbox.cancel", "blocked.unblock"),
        (("g", "b"), "question_mark", "blocked.unblock", "outbox.cancel"),
        (("B",), "question_mark", "choice.choose", "conversation.done"),
    ],
)
async def test_every_place_has_its_own_help(
    filled: Desk, size: tuple[int, int], way: tuple[str, ...], key: str, there: str, not_there: str
) -> None:
    async with filled.app().run_test(size=size) as pilot:
        await until(pilot, lambda: pilot.app.screen.current is not None)  # type: ignore[attr-defined]
        await pilot.press(*way)
        await pilot.pause()
        before = len(pilot.app.screen_stack)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.pane.lines, "the help")
        text = lines_of(pilot.app)
        assert there in text
        assert not_there not in text
        assert "…" not in text
        await pilot.press("escape")
        await until(pilot, lambda: len(pilot.app.screen_stack) == before, "the place it was asked from")


async def test_the_help_is_searched_as_typed_by_key_word_or_name(filled: Desk) -> None:
    async with filled.app().run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.pane.lines, "the help")
        for typed, found in (("tracking", "Copy tracking"), ("buyer.bl", "Block buyer")):
            await pilot.press(*("full_stop" if letter == "." else letter for letter in typed))
            await until(pilot, lambda: "Undo" not in lines_of(pilot.app), typed)
            assert found in lines_of(pilot.app)
            await pilot.press("ctrl+u")
        await pilot.press("z")
        await until(pilot, lambda: "Reply" not in lines_of(pilot.app), "one key")
        assert "Undo" in lines_of(pilot.app)


async def test_the_help_shows_the_sellers_own_keys(filled: Desk) -> None:
    filled.config = replace(filled.config, keymap="gmail", keys={"reply.write": "f6"})
    async with filled.app().run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.pane.lines, "the help")
        rows = lines_of(pilot.app).splitlines()
        assert any("F6" in row and "reply.write" in row for row in rows)
        assert any(row.split()[0] == "z" and "undo" in row for row in rows if row.strip())
        assert any("u" in row.split() and "pane.back" in row for row in rows)


async def test_a_question_mark_in_a_text_is_written(filled: Desk) -> None:
    async with filled.app().run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.screen.current is not None)  # type: ignore[attr-defined]
        await pilot.press("r")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 2)
        await pilot.press("H", "i", "question_mark")
        await until(pilot, lambda: "Hi?" in screen_text(pilot.app), "the text")
