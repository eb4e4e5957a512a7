"""Putting aside: the time is the one that was meant, and what can't be read is said and stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input

from sellerinbox.config import load, paths
from sellerinbox.tui.screens.snooze import SnoozeScreen
from tests.tui.conftest import Desk, names, ready, screen_text, until
from tests.tui.test_typeahead import burst

WIDE, SMALL = (120, 40), (80, 24)


@pytest.mark.parametrize(
    ("keys", "when"),
    [
        ("1", "Sun 22 Nov 13:00"),
        ("2", "Mon 23 Nov 09:00"),
        ("5", "when tracking moves"),
        ("6", "if no answer by Tue 24 Nov 10:00"),
        ("mon 10\r", "Mon 23 Nov 10:00"),
        ("+7d\r", "Sun 29 Nov 10:00"),
        ("when tracking moves\r", "when tracking moves"),
        ("\t16:30\r", "Sun 22 Nov 16:30"),
    ],
)
async def test_a_preset_or_a_typed_time_puts_it_aside(filled: Desk, keys: str, when: str) -> None:
    """Typed all at once: the figures of a time are not the presets' keys."""
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SnoozeScreen))
        names_of = {"\r": "enter", "\t": "tab", " ": "space", "+": "plus", ":": "colon"}
        await pilot.press(*(names_of.get(key, key) for key in keys))
        await until(pilot, lambda: filled.inbox.conversations.row(filled.key("c0")).snoozed, "the snooze")
        await until(pilot, lambda: names(pilot.app)[0] == "c1", "the next one")
    assert filled.inbox.conversations.row(filled.key("c0")).snooze_when == when


async def test_a_time_typed_in_a_burst_does_not_wait_at_every_letter(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SnoozeScreen))
        await pilot.press("w")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).value == "w")
        burst(pilot.app, *"ed 12")
        await pilot.pause()
        assert not pilot.app.typeahead._held, "a letter closes nothing, so none behind it has to wait"  # type: ignore[attr-defined]
        await until(pilot, lambda: pilot.app.screen.query_one(Input).value == "wed 12")
        assert "Wed 25 Nov 12:00" in screen_text(pilot.app)
        await pilot.press("escape")
    assert not filled.inbox.conversations.row(filled.key("c0")).snoozed


async def test_what_can_not_be_read_is_said_and_stays_to_be_put_right(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SnoozeScreen))
        await pilot.press(*"moo", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SnoozeScreen)
        assert "moo" in screen_text(pilot.app)
        assert "for example" in screen_text(pilot.app)
        assert pilot.app.screen.query_one(Input).value == "moo"
        await pilot.press("backspace")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).value == "mo")
        await pilot.press("n", "enter")
        await until(pilot, lambda: filled.inbox.conversations.row(filled.key("c0")).snoozed)


async def test_the_sellers_own_snoozes_come_first_with_their_keys(filled: Desk) -> None:
    folder = filled.config.paths.config
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text('[[snooze]]\nkey = "p"\nname = "After the post office"\nwhen = "mon 15"\n')
    own = load(paths(filled.config.paths.config.parent, {}), {})
    filled.config = replace(filled.config, snoozes=own.snoozes)
    assert filled.config.snoozes
    async with filled.app().run_test(size=SMALL) as pilot:
        await ready(pilot)
        await pilot.press("s")
        await until(pilot, lambda: "After the post office" in screen_text(pilot.app))
        await pilot.press("p")
        await until(pilot, lambda: filled.inbox.conversations.row(filled.key("c0")).snooze_when == "Mon 23 Nov 15:00")


async def test_the_whole_question_can_be_read_on_a_small_screen(filled: Desk) -> None:
    async with filled.app().run_test(size=SMALL) as pilot:
        await ready(pilot)
        await pilot.press("s")
        await until(pilot, lambda: "If no answer in 2 days" in screen_text(pilot.app))
        assert "Esc back" in screen_text(pilot.app)


async def test_it_comes_back_on_top_with_the_reason_when_its_time_has_come(filled: Desk) -> None:
    from sellerinbox.domain.snooze import Snooze

    filled.inbox.conversations.snooze(filled.key("c4"), Snooze(filled.clock.now() + timedelta(hours=2)))
    filled.clock.move(3 * 3600)
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: names(pilot.app) and names(pilot.app)[0] == "c4", "the woken one on top")
        assert "The time you set has come" in screen_text(pilot.app) or "back" in screen_text(pilot.app)


async def test_a_sleeping_one_is_found_and_woken(filled: Desk) -> None:
    from sellerinbox.domain.snooze import Snooze

    filled.inbox.conversations.snooze(filled.key("c1"), Snooze(None, "tracking"))
    async with filled.app().run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("g", "s")
        await until(pilot, lambda: names(pilot.app) == ["c1"], "the sleeping")
        assert "till tracking moves" in screen_text(pilot.app)
        await pilot.press("S")
        await until(pilot, lambda: not filled.inbox.conversations.row(filled.key("c1")).snoozed, "awake")
