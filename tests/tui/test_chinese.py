"""The screen in simplified Chinese: everything is said in it, and two cells to a letter fit as well as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from textual.app import App

from sellerinbox.i18n import _
from sellerinbox.tui import keys
from sellerinbox.tui.screens.dialogs import AskText, AskValues, Choose, Confirm
from sellerinbox.tui.screens.help import HelpScreen
from tests.tui.conftest import Desk, screen_text, until

pytestmark = pytest.mark.usefixtures("chinese")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])
OURS = re.compile(
    r"\b(waiting|unread|Inbox|Messages|reply|canned|done|undo|block|search|quit|help|open|back|late|due|draft|status|placed|total|"
    r"tracking|synced|send|Nothing|goes|Enter chooses|Keys|Next|Page)\b"
)
"""English words of our own that would stand on these screens."""


def said(app: App[object], *theirs: str) -> str:
    """What stands on the screen apart from the buyers' and the marketplace's own words."""
    text = screen_text(app)
    for words in (*theirs, "where is parcel number", "Hello,", "please?"):
        text = text.replace(words, "")
    return text


def fits(app: App[object], width: int) -> None:
    """Every line is as wide as the screen: a letter too many would push the next pane away."""
    for line in screen_text(app).split("\n"):
        assert cell_len(line) == width, line


@SIZES
async def test_the_inbox_the_messages_and_the_order(filled: Desk, size: tuple[int, int]) -> None:
    async with filled.app().run_test(size=size) as pilot:
        await until(pilot, lambda: "待回复" in screen_text(pilot.app), "the top line")
        await until(pilot, lambda: "? 帮助" in screen_text(pilot.app), "the line of keys")
        await until(pilot, lambda: "超时" in screen_text(pilot.app), "the due column")
        fits(pilot.app, size[0])
        assert not OURS.search(said(pilot.app, "shipped", "paid"))
        for _pane in range(2):
            await pilot.press("tab")
            await pilot.pause(0.3)
            fits(pilot.app, size[0])
            assert not OURS.search(said(pilot.app, "shipped", "paid"))


@SIZES
@pytest.mark.parametrize("way", [("r",), ("c",), ("g",), ("slash", "p"), ("O", "1"), ("g", "o"), ("g", "b"), ("B",), ("question_mark",)])
async def test_every_other_screen(filled: Desk, size: tuple[int, int], way: Sequence[str]) -> None:
    filled.inbox.buyers.block("shop-uk", "buyer1", "other", "", filled.key("c1"))
    async with filled.app().run_test(size=size) as pilot:
        await until(pilot, lambda: pilot.app.screen.current is not None)  # type: ignore[attr-defined]
        await pilot.press(*way)
        await until(pilot, lambda: len(pilot.app.screen_stack) > 1)
        await pilot.pause(0.3)
        fits(pilot.app, size[0])
        assert re.search("[\u4e00-\u9fff]", screen_text(pilot.app))


@SIZES
async def test_questions_fit_with_their_keys(filled: Desk, size: tuple[int, int]) -> None:
    async with filled.app().run_test(size=size) as pilot:
        palette = pilot.app.palette  # type: ignore[attr-defined]
        details = _("He gets a badge here and a warning on his new orders. Orders that are open go on, and he may still write, so his messages still come in and still count.")  # fmt: skip  # noqa: E501
        dialogs = (
            Confirm(_("Unblock {buyer}?").format(buyer="joe"), details),
            AskText(_("A note for yourself?"), _("Only you see it. It may stay empty.")),
            AskValues("wismo", [("tracking", "?")]),
            Choose(_("Why block {buyer}?").format(buyer="joe"), [("fraud", _("fraud or attempted fraud"))], palette),
        )
        for dialog in dialogs:
            pilot.app.push_screen(dialog)
            await until(pilot, lambda dialog=dialog: pilot.app.screen is dialog and "╰" in screen_text(pilot.app), "the question")
            fits(pilot.app, size[0])
            assert not OURS.search(said(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: len(pilot.app.screen_stack) == 1)


async def test_the_help_is_whole_at_the_smallest_size_and_found_by_chinese_words(filled: Desk) -> None:
    async with filled.app().run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen.pane.lines, "the help")
        lines = ["".join(text for text, _role in line) for line in pilot.app.screen.pane.lines]  # type: ignore[attr-defined]
        assert not any("…" in line for line in lines)
        assert any("撤销" in line and "undo" in line for line in lines)
        await pilot.press("拉", "黑")
        await until(pilot, lambda: len(pilot.app.screen.pane.lines) < 8, "what was found")  # type: ignore[attr-defined]
        assert "buyer.block" in screen_text(pilot.app)


def test_every_key_says_what_it_does_in_chinese() -> None:
    for binding in keys.BY_NAME.values():
        assert re.search("[\u4e00-\u9fff]", keys.words(binding)), binding.id
