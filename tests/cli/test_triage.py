"""`done`, `snooze`, `wake`, `no-reply`, `note`, `tag`, `undo`: what is put away comes back, and stays here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sellerinbox.cli import parser
from sellerinbox.inbox.conversations import VIEWS
from sellerinbox.simulator.server import SimulatorServer
from tests.cli.conftest import Run, sends

Later = Callable[[float], None]


def listed(shop: Run, view: str) -> list[str]:
    return [row["key"] for row in shop("list", "--view", view, "--json").json]


def row(shop: Run, key: str) -> dict[str, Any]:
    found: dict[str, Any] = shop("show", key, "--json").json["conversation"]
    return found


@pytest.fixture
def keys(shop: Run) -> list[str]:
    """Conversations in which buyers wait."""
    return [str(each["key"]) for each in shop("list", "--json").json if each["kind"] == "buyer" and each["state"] == "open"][:3]


def test_the_parser_names_every_view_there_is() -> None:
    assert parser.VIEWS == VIEWS


def test_a_snooze_leaves_the_list_and_comes_back_by_itself(shop: Run, key: str, later: Later) -> None:
    assert shop("snooze", key, "--until", "+2d").code == 0
    assert key not in listed(shop, "inbox")
    assert key in listed(shop, "snoozed")
    asleep = row(shop, key)
    assert asleep["snoozed"] is True
    assert asleep["snoozed_until"].endswith("Z")
    assert asleep["snooze_when"]
    later(2 * 86_400)
    # Protection: without the waking it is in no list before the next sync.
    assert listed(shop, "inbox")[0] == key
    assert (row(shop, key)["due_kind"], bool(row(shop, key)["woke"])) == ("snooze", True)


@pytest.mark.parametrize("typed", ["when tracking moves", "if no answer in 2d", "Next working day", "tomorrow 9"])
def test_typed_forms_and_presets_by_name(shop: Run, key: str, typed: str) -> None:
    assert shop("snooze", key, "--until", typed).code == 0
    assert listed(shop, "snoozed") == [key]


def test_a_snooze_of_the_settings_by_its_name(shop: Run, key: str, home: Path) -> None:
    with (home / "config" / "config.toml").open("a") as file:
        file.write('\n[[snooze]]\nkey = "x"\nname = "After lunch"\nwhen = "+4h"\n')
    assert shop("snooze", key, "--until", "after lunch").code == 0
    assert listed(shop, "snoozed") == [key]


@pytest.mark.parametrize("typed", ["", "sometime", "yesterday", "2020-01-01"])
def test_what_is_no_time_puts_nothing_off(shop: Run, key: str, typed: str) -> None:
    refused = shop("snooze", key, "--until", typed)
    assert (refused.code, bool(refused.sentence)) == (2, True)
    assert listed(shop, "snoozed") == []


def test_waking_takes_it_back(shop: Run, key: str) -> None:
    shop("snooze", key, "--until", "+2d")
    assert shop("wake", key).code == 0
    assert key in listed(shop, "inbox")


def test_many_at_once_are_one_action(shop: Run, keys: list[str]) -> None:
    # Protection: with an action for each key, undo brings only the last one back.
    for words in (["done"], ["snooze", "--until", "+2d"], ["no-reply"]):
        assert shop(words[0], *keys, *words[1:]).code == 0
        assert "3 conversations" in shop("undo").err
        assert set(keys) <= set(listed(shop, "due"))


def test_one_that_is_not_there_leaves_the_others_alone(shop: Run, keys: list[str]) -> None:
    assert shop("done", *keys, "shop-uk:nowhere").code == 1
    assert set(keys) <= set(listed(shop, "inbox"))


def test_no_reply_needed_stops_the_clock(shop: Run, key: str) -> None:
    assert shop("no-reply", key).code == 0
    assert key not in listed(shop, "due")
    assert row(shop, key)["oldest_unanswered_at"] is None


def test_tags_by_signs_and_by_name(shop: Run, keys: list[str]) -> None:
    first, second, _third = keys
    put = shop("tag", first, second, "+vip", "+Urgent Case", "--json").json
    assert [(each["key"], set(each["tags"])) for each in put] == [(key, {"vip", "urgent-case"}) for key in (first, second)]
    assert shop("tag", first, "-vip", "--add", "late", "--json").json[0]["tags"] == ["late", "urgent-case"]
    assert shop("tag", first, "--remove", "late", "--json").json[0]["tags"] == ["urgent-case"]
    assert "urgent-case" in shop("tag", first).out
    assert row(shop, second)["tags"] == ["urgent-case", "vip"]
    assert first in [each["key"] for each in shop("list", "tag:urgent-case", "--json").json]
    assert shop("tag", "-h").code == 0


def test_a_tag_that_can_be_none(shop: Run, key: str) -> None:
    assert shop("tag", key, "+a:b").code == 2
    assert row(shop, key)["tags"] == []


def test_a_note_is_kept_listed_and_taken_away(shop: Run, key: str) -> None:
    assert shop("note", key, "His", "dog", "ate it.").code == 0
    shop("note", key, "Pays late.", "--buyer")
    notes = shop("note", key, "--json").json
    assert [(each["text"], each["about"]) for each in notes] == [("His dog ate it.", "conversation"), ("Pays late.", "buyer")]
    assert shop("show", key, "--json").json["notes"] == notes
    assert "His dog ate it." in shop("show", key).out
    assert [each["text"] for each in shop("note", key, "--remove", str(notes[0]["id"]), "--json").json] == ["Pays late."]
    assert shop("undo").code == 0
    assert len(shop("note", key, "--json").json) == 2


def test_a_note_never_leaves(shop: Run, market: SimulatorServer, key: str) -> None:
    shop("note", key, "SECRET-note about him")
    shop("reply", key, "--text", "It left this morning.", "--wait")
    assert len(sends(market)) == 1
    with market.world.lock:
        assert "SECRET-note" not in repr(market.control.ledger()) + repr(market.control.state())


@pytest.mark.parametrize("words", [["", " "], ["text", "--remove", "1"], ["--remove", "7"]])
def test_a_note_that_is_none(shop: Run, key: str, words: list[str]) -> None:
    assert shop("note", key, *words).code == 2
    assert shop("note", key, "--json").json == []


def test_a_note_of_another_conversation_is_not_taken_away(shop: Run, keys: list[str]) -> None:
    number = str(shop("note", keys[0], "Mine.", "--json").json[0]["id"])
    assert shop("note", keys[1], "--remove", number).code == 2
    assert len(shop("note", keys[0], "--json").json) == 1


def test_undo_says_what_it_took_back_and_when_there_is_nothing(shop: Run, key: str) -> None:
    shop("tag", key, "+vip")
    assert "tags" in shop("undo").err
    assert shop("undo").code == 1


def test_the_nine_with_their_reasons(shop: Run, key: str) -> None:
    nine = shop("replies", "--for", key, "--json").json
    assert [one["key"] for one in nine] == [str(number) for number in range(1, 10)]
    assert all(set(one) == {"key", "name", "title", "score", "reasons", "locked"} for one in nine)
    assert any(one["reasons"] for one in nine)
    assert nine[0]["name"] in shop("replies", "--for", key).out
    assert shop("replies", "check", "--for", key).code == 2
