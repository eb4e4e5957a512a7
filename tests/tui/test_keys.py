"""Keys: every one works in every preset, maps are checked, and whatever the mouse can do a key can."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.app import App
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import sellerinbox.tui
from sellerinbox.tui import keymaps, keys
from sellerinbox.tui.keymaps import PRESETS, check_keymap, keymap, keys_of
from sellerinbox.tui.screens.dialogs import AskText, Choose, Confirm
from sellerinbox.tui.screens.inbox import InboxScreen
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.widgets.conversation_list import ConversationList
from sellerinbox.tui.widgets.pane import Pane
from tests.tui.conftest import Desk, screen_text, until

WIDE, SMALL = (120, 40), (80, 24)
LEAVING = {"q", "ctrl+q"}
"""Keys that end the program; `test_inbox` presses them."""


# -- maps ----------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_bindings_that_exist_and_gives_no_key_twice_in_a_place(preset: str) -> None:
    assert check_keymap(PRESETS[preset]) == []
    assert check_keymap({}, preset) == []


@pytest.mark.parametrize("place", keys.PLACES)
def test_our_own_keys_mean_one_thing_in_a_place(place: str) -> None:
    taken: dict[str, str] = {}
    for binding in keys.PLACES[place]:
        for key in binding.key.split(","):
            assert taken.setdefault(key, binding.id or "") == binding.id, key


def test_a_name_belongs_to_one_binding() -> None:
    for place in keys.PLACES.values():
        for binding in place:
            assert binding.id
            assert keys.BY_NAME[binding.id] == binding


def test_a_key_map_that_makes_no_sense_is_named() -> None:
    assert check_keymap({}) == []
    assert check_keymap({"reply.canned.1": "f2", "help": "?", "palette": "Ctrl+Y"}) == []
    [unknown] = check_keymap({"reply.canend.1": "f2"})
    assert "reply.canned.1" in unknown
    [no_key] = check_keymap({"undo": "u, banana"})
    assert "banana" in no_key
    [twice] = check_keymap({"reply.canned.1": "e"})
    assert "conversation.done" in twice
    assert "the list" in twice


def test_a_key_of_the_sellers_own_may_collide_with_one_of_the_preset() -> None:
    assert check_keymap({"conversation.tags": "b"}) == []
    [twice] = check_keymap({"reply.editor": "ctrl+s"}, "gmail")
    assert "reply.send" in twice
    [stolen] = check_keymap({"reply.palette": "b"}, "gmail")
    assert "conversation.snooze" in stolen


def test_the_sellers_own_keys_go_before_the_preset_and_may_be_typed_as_they_are_printed() -> None:
    mine = keymap("vim", {"undo": "z", "help": "?, f11", "conversation.done": "shift+d", "palette": "Ctrl+Y"})
    assert mine["undo"] == "z"
    assert mine["help"] == "question_mark,f11"
    assert mine["conversation.done"] == "D"
    assert mine["palette"] == "ctrl+y"
    assert mine["reply.canned.3"] == "f3"
    assert keys_of("reply.write", mine) == "i,r"
    assert keys_of("search", mine) == "slash"


def test_digits_are_free_for_counts_in_vim() -> None:
    taken = {key for name in keys.BY_NAME for key in keys_of(name, PRESETS["vim"]).split(",")}
    assert not taken & set("0123456789")


async def test_a_mistake_in_the_map_is_said_on_the_screen(filled: Desk) -> None:
    filled.config = replace(filled.config, keymap="mutt", keys={"reply.write": "d"})
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: any("conversation.done" in note.message for note in pilot.app._notifications), "the collision")


async def test_the_lines_at_the_bottom_name_the_presets_keys(filled: Desk) -> None:
    filled.config = replace(filled.config, keymap="mutt")
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "d done" in screen_text(pilot.app), "the keys of mutt")


async def test_hints_of_other_screens_follow_the_map(filled: Desk) -> None:
    filled.config = replace(filled.config, keys={"outbox.cancel": "f7", "page.back": "f8", "dialog.yes": "f9"})
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("g", "o")
        await until(pilot, lambda: "F7 calls back" in screen_text(pilot.app), "the outbox' keys")
        assert "F8 back" in screen_text(pilot.app)
        await pilot.press("f8")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
        pilot.app.push_screen(Confirm("Sure?"))
        await until(pilot, lambda: "F9 yes" in screen_text(pilot.app), "the question's keys")


# -- every key, pressed --------------------------------------------------------------------


async def back_to_the_list(pilot: Pilot[object], desk: Desk) -> None:
    """Close whatever a key has opened, however many questions it asks."""
    app = pilot.app
    for _round in range(40):
        await pilot.pause()
        if len(app.screen_stack) == 1 and not app.typeahead._flows:  # type: ignore[attr-defined]
            break
        if len(app.screen_stack) > 1:
            await pilot.press("escape")
    else:
        raise AssertionError(f"this can't be left:\n{screen_text(app)}")
    screen = app.screen
    assert isinstance(screen, InboxScreen)
    screen.open_view("inbox")
    await pilot.pause()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("place", ["conversations", "thread", "order"])
async def test_every_key_of_the_inbox_can_be_pressed(filled: Desk, preset: str, place: str) -> None:
    for number in range(5, 12):
        filled.buyer_writes(f"c{number}", "Hello?", buyer=f"buyer{number}", hours_ago=5)
    filled.config = replace(filled.config, keymap=preset, undo_seconds=3600)
    own = keys.LIST if place == "conversations" else keys.PANE
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: pilot.app.screen.current is not None)  # type: ignore[attr-defined]
        for binding in (*own, *keys.INBOX):
            if preset != "default" and place != "conversations" and binding.id not in PRESETS[preset]:
                continue  # the same key as in the default preset, pressed there
            for key in keys_of(binding.id or "", keymap(preset, {})).split(","):
                if key in LEAVING:
                    continue
                pilot.app.screen.to_pane(place)  # type: ignore[attr-defined]
                await pilot.press(key)
                await back_to_the_list(pilot, filled)
        assert pilot.app.is_running


@pytest.mark.parametrize("preset", PRESETS)
async def test_every_key_of_the_other_screens_can_be_pressed(filled: Desk, preset: str) -> None:
    filled.config = replace(filled.config, keymap=preset, undo_seconds=3600)
    filled.inbox.buyers.block("shop-uk", "buyer1", "other", "", filled.key("c1"))
    filled.inbox.replies.queue(filled.key("c2"), "It is on its way.", undo_seconds=3600)
    opened = [(("g", "o"), (*keys.PAGE, *keys.CHOICE, *keys.OUTBOX)), (("g", "b"), (*keys.PAGE, *keys.CHOICE, *keys.BLOCKED))]
    opened += [(("slash", "b"), (*keys.PAGE, *keys.QUERY, *keys.CHOICE)), (("r",), keys.REPLY), (("c",), keys.CANNED)]
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: pilot.app.screen.current is not None)  # type: ignore[attr-defined]
        for way, bindings in opened:
            for binding in bindings:
                for key in keys_of(binding.id or "", keymap(preset, {})).split(","):
                    if binding.id == "reply.editor" or (preset != "default" and binding.id not in PRESETS[preset]):
                        continue  # opens another program; the same key as in the default preset
                    await pilot.press(*way)
                    await pilot.pause()
                    await pilot.press(key)
                    await back_to_the_list(pilot, filled)
        assert pilot.app.is_running


def test_every_binding_of_every_screen_has_an_action_a_name_and_words() -> None:
    for owner in classes():
        for binding in owner.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding), owner
            assert binding.id in keys.BY_NAME, f"{owner.__name__}: {binding.key} has no name in keys.PLACES"
            assert binding.description
            target, _dot, name = binding.action.partition("(")[0].rpartition(".")
            actor = App if name == "command_palette" and target else sellerinbox.tui.app.SellerInboxApp if target else owner
            assert hasattr(actor, f"action_{name}") or binding.id in PENDING, f"{owner.__name__}: {binding.id} does nothing"


PENDING: frozenset[str] = frozenset()
"""Bindings whose action is being built."""


# -- the mouse -----------------------------------------------------------------------------


def classes() -> Iterator[type[Widget]]:
    """Every widget and screen of ours, the application too."""
    for module in pkgutil.walk_packages(sellerinbox.tui.__path__, "sellerinbox.tui."):
        for _name, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if found.__module__ == module.name and issubclass(found, Widget | App | Screen):
                yield found


BY_KEY = {
    ("Pane", "on_mouse_scroll_down"): "pane.down",
    ("Pane", "on_mouse_scroll_up"): "pane.up",
    ("ChoicePane", "on_click"): "choice.choose",
    ("ConversationList", "on_click"): "list.open",
}
"""What the mouse does → the name of the key that does it as well; each is tried out below."""
BY_KEYBOARD = {"Input", "TextArea", "Static", "Vertical", "Horizontal"}
"""Textual's own widgets that keys reach whole. A frame that scrolls has keys of its own (`dialog.page_down`)."""


def test_whatever_the_mouse_can_do_has_a_key() -> None:
    """A new handler of clicks or of the wheel needs a line above, and that line a test below."""
    handled = set()
    for owner in classes():
        for name, value in vars(owner).items():
            events = [event.__name__ for event, _selectors in getattr(value, "_textual_on", [])]
            if name.lstrip("_").startswith(("on_click", "on_mouse")) or any("Click" in e or "Mouse" in e for e in events):
                handled.add((owner.__name__, name))
    assert handled == set(BY_KEY)
    for (owner_name, _handler), name in BY_KEY.items():
        owner = next(each for each in classes() if each.__name__ == owner_name)
        assert name in {binding.id for binding in owner.BINDINGS if isinstance(binding, Binding)}


def test_no_text_on_the_screen_is_a_link_and_no_foreign_widget_takes_clicks() -> None:
    for module in pkgutil.walk_packages(sellerinbox.tui.__path__, "sellerinbox.tui."):
        loaded = importlib.import_module(module.name)
        assert "@click" not in inspect.getsource(loaded), module.name
        foreign = {
            name
            for name, found in inspect.getmembers(loaded, inspect.isclass)
            if issubclass(found, Widget)
            and found.__module__.startswith("textual.")
            and found.__name__ not in ("Widget", "Screen", "ModalScreen")
        }
        assert foreign <= BY_KEYBOARD, module.name


async def test_a_click_and_the_wheel_in_the_list_do_what_keys_do(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        conversations = pilot.app.screen.query_one(ConversationList)
        await until(pilot, lambda: conversations.rows)
        await pilot.click(ConversationList, offset=(5, 1 + 2 * conversations.row_height))
        by_click = conversations.cursor
        await pilot.press("home", "j", "j")
        assert conversations.cursor == by_click == 2
        conversations.action_scroll_lines(3)  # what the wheel does
        by_wheel = conversations.cursor
        await pilot.press("k", "j")
        assert conversations.cursor == by_wheel == 3
        await pilot.click(ConversationList, offset=(5, 1 + 3 * conversations.row_height))
        await until(pilot, lambda: pilot.app.screen.has_class("at-thread"), "the thread after a click on the highlighted row")
        await pilot.press("escape", "enter")
        await until(pilot, lambda: pilot.app.screen.has_class("at-thread"), "the thread after Enter")


async def test_a_click_in_a_choice_does_what_a_key_does(filled: Desk) -> None:
    chosen: list[str | None] = []
    choices = [("one", "first"), ("two", "second")]
    async with filled.app().run_test(size=WIDE) as pilot:
        for way in ("mouse", "keys"):
            pilot.app.push_screen(Choose("Which?", choices, pilot.app.palette), chosen.append)  # type: ignore[attr-defined]
            await until(pilot, lambda: isinstance(pilot.app.screen, Choose) and pilot.app.screen.query_one(ChoicePane).lines)
            if way == "mouse":
                await pilot.click(ChoicePane, offset=(3, 2))
            else:
                await pilot.press("j", "enter")
            await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
    assert chosen == ["two", "two"]


async def test_the_wheel_in_a_pane_does_what_a_key_does(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        pane = pilot.app.screen.query_one("#order", Pane)
        await until(pilot, lambda: "12-34567-89012" in screen_text(pilot.app), "the order")
        await until(pilot, lambda: pilot.app.screen.rows.settled, "the end of the start")  # type: ignore[attr-defined]
        pane.show_lines([((f"line {n}", "text"),) for n in range(200)])
        pane.on_mouse_scroll_down(None)  # type: ignore[arg-type]
        by_wheel = pane.top
        pane.on_mouse_scroll_up(None)  # type: ignore[arg-type]
        assert pane.top == 0
        pane.focus()
        await pilot.press("j", "j", "j")
        assert pane.top == by_wheel == 3


async def test_a_question_that_does_not_fit_can_be_read_with_keys(filled: Desk) -> None:
    """The wheel would scroll its frame."""
    long = "\n".join(f"line {n}" for n in range(60))
    async with filled.app().run_test(size=SMALL) as pilot:
        for dialog, far, way in ((Confirm("Sure?", long), "line 59", "pagedown"), (AskText("Why?", long), "line 3 ", "pageup")):
            pilot.app.push_screen(dialog)
            await until(pilot, lambda: pilot.app.screen.query(".dialog") and "line" in screen_text(pilot.app), "the question")
            assert far not in screen_text(pilot.app)
            await pilot.press(way, way, way, way)
            await until(pilot, lambda far=far: far in screen_text(pilot.app), "the rest of it")
            await pilot.press("escape")
            await until(pilot, lambda: len(pilot.app.screen_stack) == 1)


# -- by name -------------------------------------------------------------------------------


async def test_the_palette_runs_what_a_key_would_on_whatever_screen_is_in_front(filled: Desk) -> None:
    filled.inbox.replies.queue(filled.key("c2"), "It is on its way.", undo_seconds=3600)
    async with filled.app().run_test(size=WIDE) as pilot:
        app = pilot.app
        names = {command.help for command in app.get_system_commands(app.screen)}
        assert any(name.endswith("conversation.done") for name in names)
        assert any(name.endswith("list.last") for name in names)
        await pilot.press("g", "o")
        await until(pilot, lambda: "on its way" in screen_text(app), "the outbox")
        await pilot.press("ctrl+k")
        await until(pilot, lambda: len(app.screen_stack) == 3, "the palette")
        await pilot.press(*"Call back")
        await until(pilot, lambda: "outbox.cancel" in screen_text(app), "the command")
        await pilot.press("enter")
        await until(pilot, lambda: filled.outbox()[0][0] == "cancelled", "the reply called back")


def test_the_preset_of_the_settings_is_one_that_exists() -> None:
    assert list(keymaps.PRESETS) == ["default", "vim", "gmail", "mutt"]
