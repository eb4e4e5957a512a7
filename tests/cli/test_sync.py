"""`sync`: its events are a contract, its exit code tells a script what to do, and trouble is one sentence."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sellerinbox.simulator.server import SimulatorServer
from tests.cli.conftest import ACCOUNT, CONVERSATIONS, Run, fault


def test_a_first_sync_tells_every_step_and_ends_with_done(signed_in: Run) -> None:
    synced = signed_in("sync", "--json")
    assert (synced.code, synced.err) == (0, "")
    last = synced.events[-1]
    assert last["event"] == "done"
    assert set(last) >= {"new_messages", "new_orders", "sent", "unconfirmed", "problems"}
    assert last["new_messages"] >= CONVERSATIONS
    assert {"event": "synced", "account": "shop-uk"}.items() <= synced.events[-2].items() or any(
        e["event"] == "synced" for e in synced.events
    )
    assert signed_in("sync", "--json").events[-1]["new_messages"] == 0


def test_a_new_message_comes_in_once(shop: Run, market: SimulatorServer) -> None:
    with market.world.lock:
        market.control.message({"buyer": "newcomer", "text": "Is it still available?"})
    assert shop("sync", "--json").events[-1]["new_messages"] == 1
    assert shop("sync", "--json").events[-1]["new_messages"] == 0


def test_a_sign_in_that_is_over_is_exit_3_and_what_is_stored_stays(shop: Run, market: SimulatorServer) -> None:
    before = shop("list", "--view", "all", "--json").json
    fault(market, kind="revoke")
    over = shop("sync")
    assert (over.code, len([line for line in over.err.splitlines() if line])) == (3, 1)
    assert "sign in" in over.err.lower()
    assert shop("list", "--view", "all", "--json").json == before
    assert "sign_in_needed" in [event["event"] for event in shop("sync", "--json").events]


def test_a_wrong_token_in_the_environment_is_exit_3_and_not_repeated(shop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ACCOUNT.variable("refresh_token"), "SECRET-planted")
    wrong = shop("sync")
    assert wrong.code == 3
    assert "planted" not in wrong.out + wrong.err


def test_a_server_that_is_gone_is_exit_4(shop: Run, market: SimulatorServer) -> None:
    before = shop("list", "--view", "all", "--json").json
    market.stop()
    gone = shop("sync")
    assert (gone.code, len(gone.err.splitlines())) == (4, 1)
    assert shop("list", "--view", "all", "--json").json == before


def test_half_a_page_is_exit_1_and_the_next_sync_brings_the_rest(signed_in: Run, market: SimulatorServer) -> None:
    fault(market, match="/commerce/message/v1/conversation", kind="truncate", count=10)
    half = signed_in("sync")
    assert (half.code, "Traceback" in half.err, bool(half.err)) == (1, False, True)
    with market.world.lock:
        market.control.reset_faults({})
    assert signed_in("sync").code == 0
    assert len(signed_in("list", "--view", "all", "--json").json) == CONVERSATIONS


def test_an_order_to_wait_is_exit_4_with_a_real_time(shop: Run, market: SimulatorServer) -> None:
    fault(market, match="/commerce/", kind="status", status=429, retry_after="120", count=50)
    limited = shop("sync", "--json")
    assert limited.code == 4
    assert any(event["event"] == "rate_limited" and event["until"].endswith("Z") for event in limited.events)


def test_no_account_and_an_unknown_one_are_usage(run: Run) -> None:
    assert "account add" in run("sync").sentence
    assert run("sync", "--account", "nobody").code == 2


def test_a_second_sync_says_who_syncs_and_changes_nothing(shop: Run, home: Path) -> None:
    from sellerinbox.store.locks import FileLock

    with FileLock(home / "state" / "sync.lock"):
        second = shop("sync")
    assert second.code == 1
    assert "syncing" in second.err


@pytest.mark.parametrize("ending", ["stdin", "SIGTERM", "SIGINT"])
def test_a_watch_ends_with_its_parent_or_a_signal(signed_in: Run, ending: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "sellerinbox", "sync", "--watch", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    with child.stdin, child.stdout, child.stderr:
        for line in child.stdout:
            if json.loads(line)["event"] == "synced":
                break
        if ending == "stdin":
            child.stdin.close()
        else:
            child.send_signal(getattr(signal, ending))
        rest = child.stdout.read()
        assert child.wait(10) == (0 if ending == "stdin" else 130)
        assert json.loads(rest.splitlines()[-1])["event"] == "done"
        assert child.stderr.read() == b""


def test_nothing_secret_is_in_any_file(shop: Run, market: SimulatorServer, key: str, home: Path, secrets: dict[str, str]) -> None:
    fault(market, match="send_message", kind="drop_after_accept", count=1)
    shop("reply", key, "--text", "Thank you, I will look into it today.", "--wait")
    fault(market, match="/commerce/", kind="status", status=500, count=3)
    shop("sync")
    written = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    for name, value in secrets.items():
        if not name.endswith("CLIENT_ID"):
            assert value.encode() not in written
    assert b"refresh_token=" not in written
    assert b"Bearer " not in written


def test_every_file_is_private(shop: Run, home: Path) -> None:
    for place in home.rglob("*"):
        assert place.stat().st_mode & 0o077 == 0, place
