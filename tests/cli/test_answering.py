"""`reply` and `outbox`: the buyer gets each answer once, or the seller is told why not."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from sellerinbox.simulator.server import SimulatorServer
from tests.cli.conftest import Run, arrived, fault, sends

TEXT = "Your parcel is on its way, I am sure it arrives this week."


def test_a_reply_seen_through_arrives_once(shop: Run, market: SimulatorServer, key: str) -> None:
    sent = shop("reply", key, "--text", TEXT, "--wait", "--json")
    assert (sent.code, sent.json["state"], sent.json["key"]) == (0, "sent", key)
    assert sent.json["remote_id"]
    shop("sync")
    assert (len(sends(market)), arrived(market, TEXT)) == (1, 1)
    texts = [message["text"] for message in shop("show", key, "--json").json["messages"]]
    assert texts.count(TEXT) == 1


def test_a_reply_without_waiting_goes_with_the_next_sync(shop: Run, market: SimulatorServer, key: str) -> None:
    queued = shop("reply", key, "--text", TEXT, "--json")
    assert (queued.code, queued.json["state"], sends(market)) == (0, "queued", [])
    assert shop("sync").code == 0
    assert len(sends(market)) == 1
    assert [item["state"] for item in shop("outbox", "--json").json if item["kind"] == "reply"] == ["sent"]


def test_a_reply_with_an_undo_window_can_be_called_back(shop: Run, market: SimulatorServer, key: str) -> None:
    shop("reply", key, "--text", TEXT, "--undo", "600")
    assert "did not go out" in shop("undo").err
    shop("sync")
    assert sends(market) == []
    assert [item["state"] for item in shop("outbox", "--json").json if item["kind"] == "reply"] == ["cancelled"]
    assert shop("show", key, "--json").json["draft"] == TEXT


def test_outbox_cancel_calls_back_and_says_when_it_is_too_late(shop: Run, market: SimulatorServer, key: str) -> None:
    number = str(shop("reply", key, "--text", TEXT, "--undo", "600", "--json").json["id"])
    assert shop("outbox", "cancel", number, "--json").json["state"] == "cancelled"
    again = shop("outbox", "cancel", number)
    assert (again.code, "Too late" in again.sentence) == (2, True)
    shop("sync")
    assert sends(market) == []


def test_an_answer_lost_on_the_way_is_unconfirmed_then_found_and_never_sent_twice(shop: Run, market: SimulatorServer, key: str) -> None:
    fault(market, match="send_message", kind="drop_after_accept", count=1)
    unclear = shop("reply", key, "--text", TEXT, "--wait", "--json")
    assert (unclear.code, unclear.json["state"]) == (6, "unconfirmed")
    assert shop("outbox", "retry", str(unclear.json["id"])).code == 2
    settled = shop("sync", "--json")
    assert (settled.code, settled.events[-1]["sent"], settled.events[-1]["unconfirmed"]) == (0, 1, 0)
    assert [item["state"] for item in shop("outbox", "--json").json if item["kind"] == "reply"] == ["sent"]
    assert (len(sends(market)), arrived(market, TEXT)) == (1, 1)


def test_a_refusal_is_told_with_its_reason_and_the_text_kept(shop: Run, market: SimulatorServer, key: str) -> None:
    fault(market, match="send_message", kind="status", status=400, count=1)
    refused = shop("reply", key, "--text", TEXT, "--wait", "--json")
    assert (refused.code, refused.json["state"], refused.json["text"]) == (1, "rejected", TEXT)
    assert refused.json["reason"]
    assert shop("outbox", "retry", str(refused.json["id"])).code == 0
    shop("sync")
    assert arrived(market, TEXT) == 1


def test_a_marketplace_that_is_gone_leaves_the_reply_waiting(shop: Run, market: SimulatorServer, key: str) -> None:
    market.stop()
    waiting = shop("reply", key, "--text", TEXT, "--wait", "--json")
    assert (waiting.code, waiting.json["state"]) == (4, "queued")
    assert "Traceback" not in waiting.err


@pytest.mark.parametrize(
    ("text", "code"),
    [("", 2), (" \n\t ", 2), ("\u200b", 2), ("x" * 2001, 5), ("It went out today, the number is {tracking}.", 5)],
    ids=["empty", "blank", "invisible", "too long", "a placeholder left"],
)
def test_a_text_that_must_not_go_out_stays_here(shop: Run, market: SimulatorServer, key: str, text: str, code: int) -> None:
    stopped = shop("reply", key, "--text", text, "--wait")
    assert (stopped.code, stopped.out) == (code, "")
    assert stopped.err.splitlines()[-1].startswith("sellerinbox: ")
    assert "Traceback" not in stopped.err
    assert shop("outbox", "--json").json == []
    shop("sync")
    assert sends(market) == []


def test_a_text_from_standard_input_and_from_a_file(
    shop: Run, market: SimulatorServer, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "answer.txt"
    file.write_bytes("\ufeffGrüße, 你好 aus der Datei.\n".encode())
    assert shop("reply", key, "--file", str(file), "--json").json["text"] == "Grüße, 你好 aus der Datei."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"From a pipe.\n"), "utf-8"))
    assert shop("reply", key, "--file", "-", "--json").json["text"] == "From a pipe."


@pytest.mark.parametrize("content", [b"\xff\xfe\x00broken", b"x" * 1_000_001, None])
def test_a_file_that_can_not_be_a_reply(shop: Run, key: str, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "answer.txt"
    if content is not None:
        file.write_bytes(content)
    assert shop("reply", key, "--file", str(file)).code == 2
    assert shop("outbox", "--json").json == []


def test_a_canned_reply_with_something_missing_is_asked_for_not_sent(shop: Run, market: SimulatorServer, home: Path) -> None:
    own = home / "config" / "replies"
    own.mkdir(parents=True)
    (own / "own.toml").write_text(
        '[[reply]]\nname = "where"\ntitle.en = "Where"\ntext.en = "Hello {buyer}, the number is {tracking}."\n', "utf-8"
    )
    with market.world.lock:
        market.control.message({"buyer": "nobody_ordered", "text": "Hello, a question before buying: how tall is it?"})
    shop("sync")
    key = next(row["key"] for row in shop("list", "--json").json if row["buyer"] == "nobody_ordered")
    missing = shop("reply", key, "--canned", "where")
    assert (missing.code, "--set tracking=" in missing.sentence) == (2, True)
    given = shop("reply", key, "--canned", "where", "--set", "tracking=LX123456789DE", "--json").json
    assert "LX123456789DE" in given["text"]
    assert "{" not in given["text"]


@pytest.mark.parametrize(
    "words",
    [
        ["--text", "a", "--canned", "1"],
        [],
        ["--text", "a", "--set", "x=y"],
        ["--canned", "1", "--set", "x"],
        ["--text", "a", "--undo", "-1"],
    ],
)
def test_arguments_that_contradict_each_other(run: Run, words: list[str]) -> None:
    wrong = run("reply", "shop-uk:1", *words)
    assert (wrong.code, bool(wrong.sentence)) == (2, True)


def test_a_canned_reply_that_is_not_there(shop: Run, key: str) -> None:
    assert shop("reply", key, "--canned", "nonsense").code == 1


def test_done_reopen_read_and_undo_reach_the_marketplace(shop: Run, market: SimulatorServer, key: str) -> None:
    remote = key.partition(":")[2]

    def there() -> dict[str, object]:
        with market.world.lock:
            return dict(market.control.state(conversation=remote)["conversations"][0])

    before = there()
    shop("done", key)
    shop("sync")
    assert there() != before
    assert key in [row["key"] for row in shop("list", "--view", "closed", "--json").json]
    assert shop("undo").code == 0
    assert key in [row["key"] for row in shop("list", "--json").json]
    assert shop("read", key, "--unread").code == 0
    assert key in [row["key"] for row in shop("list", "--view", "unread", "--json").json]


def test_several_keys_are_read_before_the_first_is_touched(shop: Run, key: str) -> None:
    assert shop("done", key, "not-a-key").code == 2
    assert key in [row["key"] for row in shop("list", "--json").json]
