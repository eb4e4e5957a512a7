"""`promises`, `due`, and promises made in replies: none is lost sight of, and cron hears of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellerinbox.domain.clock import SystemClock
from sellerinbox.simulator.server import SimulatorServer
from tests.cli.conftest import Run, sends
from tests.cli.test_triage import Later, listed, row

SHAPE = {"id", "key", "account", "buyer", "subject", "text", "due_at", "overdue", "made_at", "made_by", "state", "closed_at", "reason"}
PROMISING = "I will refund you tomorrow."


@pytest.fixture
def promise(shop: Run, key: str) -> str:
    """The id of a promise in two days."""
    return str(shop("promises", "add", key, "--text", "Ask the carrier", "--by", "+2d", "--json").json["id"])


def test_a_promise_is_listed_with_everything_known(shop: Run, key: str, promise: str) -> None:
    (listed_one,) = shop("promises", "--json").json
    assert set(listed_one) == SHAPE
    assert (str(listed_one["id"]), listed_one["key"], listed_one["state"], listed_one["overdue"]) == (promise, key, "open", False)
    assert shop("show", key, "--json").json["promises"] == [listed_one]
    assert listed(shop, "promises") == [key]
    assert "Ask the carrier" in shop("promises").out
    assert "Ask the carrier" in shop("show", key).out


def test_cron_hears_nothing_until_it_is_due_and_8_when_it_is_over(shop: Run, promise: str, later: Later) -> None:
    quiet = shop("promises", "--due", "--json")
    assert (quiet.code, quiet.json) == (0, [])
    later(2 * 86_400)
    loud = shop("promises", "--due", "--json")
    assert (loud.code, [each["overdue"] for each in loud.json]) == (8, [True])
    assert "overdue" in shop("promises", "--due").out
    assert shop("promises").code == 0


def test_what_is_due_later_today_is_listed_and_not_overdue(shop: Run, key: str, home: Path) -> None:
    zone = "Etc/GMT+6" if SystemClock().now().hour >= 12 else "Etc/GMT-3"  # wherever the day has hours left
    with (home / "config" / "config.toml").open("a") as file:
        file.write(f'\n[calendar]\ntimezone = "{zone}"\n')
    shop("promises", "add", key, "--text", "Soon", "--by", "+1h")
    today = shop("promises", "--due", "--json")
    assert (today.code, [each["overdue"] for each in today.json]) == (0, [False])


def test_a_day_is_due_at_the_hour_and_in_the_zone_of_the_settings(shop: Run, key: str, home: Path) -> None:
    with (home / "config" / "config.toml").open("a") as file:
        file.write('\n[calendar]\ntimezone = "Asia/Shanghai"\npromise_hour = 16\n')
    made = shop("promises", "add", key, "--text", "Refund", "--by", "2030-11-25", "--json").json
    assert made["due_at"] == "2030-11-25T08:00:00.000Z"
    assert "2030-11-25 16:00" in shop("promises").out


@pytest.mark.parametrize("typed", ["", "soon", "when tracking moves", "if no answer in 2d", "2020-01-01"])
def test_a_day_that_is_none_promises_nothing(shop: Run, key: str, typed: str) -> None:
    refused = shop("promises", "add", key, "--text", "Refund", "--by", typed)
    assert (refused.code, "promise" in refused.sentence) == (2, True)
    assert shop("promises", "--json").json == []


def test_closing_over_a_promise_is_refused_with_its_id_until_it_is_dropped(shop: Run, key: str, promise: str) -> None:
    refused = shop("done", key)
    assert refused.code == 2
    assert f"promise {promise}" in refused.err
    assert refused.err.splitlines()[-1].startswith("sellerinbox: What you promised")
    assert key in listed(shop, "inbox")
    assert shop("promises", "drop", promise, "--reason", " ").code == 2
    dropped = shop("promises", "drop", promise, "--reason", "He found it himself", "--json").json
    assert (dropped["state"], dropped["reason"]) == ("dropped", "He found it himself")
    assert shop("done", key).code == 0


def test_a_new_date_stands_in_place_of_the_old(shop: Run, promise: str, later: Later) -> None:
    later(3 * 86_400)
    assert shop("promises", "--due").code == 8
    assert shop("promises", "renew", promise, "--by", "+3d").code == 0
    assert shop("promises", "--due").code == 0
    assert [each["text"] for each in shop("promises", "--json").json] == ["Ask the carrier"]
    assert shop("promises", "renew", promise, "--by", "+3d").code == 2
    assert shop("undo").code == 0
    assert shop("promises", "--due").code == 8


def test_json_before_or_behind_the_action(shop: Run, key: str, promise: str) -> None:
    assert shop("promises", "--json", "renew", promise, "--by", "+5d").json["key"] == key
    assert shop("promises", "drop", "999", "--reason", "x").code == 1


def test_a_reply_that_promises_writes_it_down_and_says_so(shop: Run, market: SimulatorServer, key: str) -> None:
    sent = shop("reply", key, "--text", PROMISING, "--promise", "--wait", "--accept-warnings", "--json")
    assert sent.code == 0, sent.err
    (made,) = sent.json["promises"]
    assert (made["made_by"], made["state"]) == (sent.json["id"], "open")
    assert [each["id"] for each in shop("promises", "--json").json] == [made["id"]]
    assert len(sends(market)) == 1


def test_without_being_asked_it_is_pointed_out_and_not_written_down(shop: Run, key: str) -> None:
    queued = shop("reply", key, "--text", PROMISING, "--accept-warnings")
    assert queued.code == 0, queued.err
    assert "--promise" in queued.err
    assert shop("promises", "--json").json == []
    none = shop("reply", key, "--text", "It left this morning, thank you for waiting.", "--promise", "--accept-warnings")
    assert "No promise was found" in none.err


def test_a_called_back_reply_promises_nothing(shop: Run, key: str) -> None:
    shop("reply", key, "--text", PROMISING, "--promise", "--accept-warnings", "--undo", "600")
    assert len(shop("promises", "--json").json) == 1
    assert shop("undo").code == 0
    assert shop("promises", "--json").json == []


def test_a_canned_promise_is_kept_without_asking(shop: Run, key: str, home: Path) -> None:
    own = home / "config" / "replies"
    own.mkdir(parents=True)
    (own / "own.toml").write_text(
        '[[reply]]\nname = "later"\ntitle.en = "Later"\ntext.en = "Hello, we look into it and write back."\n'
        'effects = { promise = { text = "Write back", when = "next_working_day" }, tag = ["held"], ack_only = true }\n'
    )
    queued = shop("reply", key, "--canned", "later", "--accept-warnings", "--json")
    assert queued.code == 0, queued.err
    assert [each["text"] for each in queued.json["promises"]] == ["Write back"]
    assert row(shop, key)["tags"] == ["held"]


def test_send_and_close_send_and_snooze_are_one_action(shop: Run, key: str) -> None:
    assert shop("reply", key, "--text", "It left this morning.", "--done", "--accept-warnings").code == 0
    assert key in listed(shop, "closed")
    shop("undo")
    assert key in listed(shop, "due")
    assert shop("reply", key, "--text", "It left this morning!", "--snooze", "+2d", "--accept-warnings").code == 0
    assert key in listed(shop, "snoozed")
    shop("undo")
    assert key in listed(shop, "due")
    assert shop("reply", key, "--text", "x", "--done", "--snooze", "+2d").code == 2


def test_send_and_close_with_a_promise_in_it_is_refused(shop: Run, market: SimulatorServer, key: str) -> None:
    refused = shop("reply", key, "--text", PROMISING, "--promise", "--done", "--accept-warnings")
    assert refused.code == 2
    shop("sync")
    assert sends(market) == []


def test_what_the_guard_found_is_told_whole_and_as_json(shop: Run, key: str) -> None:
    text = "Write to me at seller@example.com, the number is {tracking}."
    stopped = shop("reply", key, "--text", text)
    assert (stopped.code, stopped.out) == (5, "")
    assert "seller@example.com" in stopped.err
    told = shop("reply", key, "--text", text, "--json")
    assert told.code == 5
    assert told.json["verdict"] == "block"
    assert {"family", "kind", "severity", "start", "end", "text", "why"} <= set(told.json["findings"][0])


def test_a_reason_overrules_what_can_be_and_no_contact_data(shop: Run, market: SimulatorServer, key: str) -> None:
    placeholder = "The label says {name} on purpose, that is how it is printed."
    assert shop("reply", key, "--text", placeholder).code == 5
    assert shop("reply", key, "--text", placeholder, "--reason", "It is printed so").code == 0
    assert shop("reply", key, "--text", "Write to me at seller@example.com.", "--reason", "He asked").code == 5
    shop("sync")
    assert len(sends(market)) == 1


def test_due_has_every_clock_and_8_as_soon_as_one_is_over(shop: Run, key: str, promise: str, later: Later) -> None:
    items = shop("due", "--limit", "200", "--json").json
    assert {"kind", "key", "account", "buyer", "subject", "due_at", "overdue", "text"} == set(items[0])
    assert {"reply", "promise"} <= {item["kind"] for item in items}
    shop("snooze", key, "--until", "+1d")
    later(3 * 86_400)
    over = shop("due", "--limit", "200", "--json")
    assert over.code == 8
    assert over.json[0]["kind"] == "snooze"
    # Protection: what has woken stands on top; cut behind it, the list says nothing of what is overdue.
    cut = shop("due", "--limit", "1", "--json")
    assert (cut.code, [item["kind"] for item in cut.json]) == (8, ["snooze"])
    assert "overdue" in shop("due", "--limit", "200").out


def test_nothing_due_is_exit_0(run: Run) -> None:
    empty = run("due", "--json")
    assert (empty.code, empty.json) == (0, [])
    assert run("due").err == "Nothing is due.\n"
    assert run("promises", "--due").code == 0


def test_doctor_names_a_calendar_that_can_not_be_used(run: Run, home: Path) -> None:
    fine = run("doctor", "--json").json
    assert set(fine["calendar"]) == {"timezone", "holidays", "next_working_day", "promises_due_at_hour"}
    folder = home / "config"
    folder.mkdir(parents=True, mode=0o700)
    for setting, named in (('holidays = "DE-XX"', "calendar.holidays"), ('timezone = "Mars/Base"', "calendar.timezone")):
        (folder / "config.toml").write_text(f"[calendar]\n{setting}\n")
        warnings = run("doctor", "--json").json["warnings"]
        assert [warning for warning in warnings if named in warning and "config.toml" in warning], setting


def test_a_canned_reply_that_is_locked_here_is_not_sent(shop: Run, market: SimulatorServer, key: str, home: Path) -> None:
    # Protection: without the question it goes out where its own author said it must not.
    own = home / "config" / "replies"
    own.mkdir(parents=True)
    (own / "own.toml").write_text(
        '[[reply]]\nname = "elsewhere"\ntitle.en = "Elsewhere"\ntext.en = "Thank you, it left this morning."\nlocks = { off = ["ebay"] }\n'
    )
    locked = shop("reply", key, "--canned", "elsewhere", "--accept-warnings", "--wait")
    assert (locked.code, "elsewhere" in locked.sentence, sends(market)) == (2, True, [])
