"""The wiring: what the sync asks before a reply leaves, what the log keeps, how children are started."""

from __future__ import annotations

import logging
import os
import socket
import sys
from datetime import date
from pathlib import Path

import pytest

from sellerinbox.config import Config, Paths, paths
from sellerinbox.config.settings import CalendarSettings
from sellerinbox.credentials import secrets_for
from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.errors import ConfigError, SellerInboxError
from sellerinbox.services import open_inbox, sync_argv, wiring
from sellerinbox.services.demo import demo
from sellerinbox.services.log import log_to
from tests.fakes import FakeClock


def test_the_child_works_over_the_same_home(tmp_path: Path) -> None:
    assert sync_argv(Config(paths(tmp_path / "shop two", {})))[-5:] == ("--home", str(tmp_path / "shop two"), "sync", "--watch", "--json")


def test_the_system_s_own_folders_are_not_named_as_a_home() -> None:
    spread = Paths(Path("/a/config"), Path("/b/data"), Path("/c/state"))
    assert "--home" not in sync_argv(Config(spread))


def test_the_demo_is_a_home_of_its_own_that_leaves_nothing_behind() -> None:
    before = dict(os.environ)
    with demo() as config:
        (account,) = config.accounts
        home = config.paths.config.parent
        assert os.environ["SELLERINBOX_HOME"] == str(home)
        assert account.base_url is not None
        assert account.base_url.startswith("http://127.0.0.1:")
        assert secrets_for(account, os.environ)("refresh_token")
        address = ("127.0.0.1", int(account.base_url.rpartition(":")[2]))
        socket.create_connection(address, 5).close()
    assert not home.exists()
    assert dict(os.environ) == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, 5)


def test_a_demo_that_does_not_start_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(SellerInboxError, match="did not start"), demo():
        pass


def test_the_log_has_a_line_an_event_and_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "state" / "sellerinbox.log"
    environ = {"SELLERINBOX_SECRET_SHOP_UK_REFRESH_TOKEN": "SECRET-planted"}
    with log_to(file, environ):
        try:
            raise KeyError("SECRET-planted is the key")
        except KeyError:
            logging.getLogger("sellerinbox.sync").exception("failed with SECRET-planted and \x1b]0;owned\x07\nsecond line")
    told = file.read_text("utf-8")
    assert told.count("\n") == 1
    assert "planted" not in told
    assert "\x1b" not in told
    assert "KeyError" in told
    assert file.stat().st_mode & 0o077 == 0


def test_the_log_follows_no_link(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("mine")
    (tmp_path / "sellerinbox.log").symlink_to(target)
    with log_to(tmp_path / "sellerinbox.log", {}):
        logging.getLogger("sellerinbox").warning("hello")
    assert target.read_text() == "mine"


def test_a_log_that_grew_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellerinbox.services.log._BIGGEST", 10)
    for _ in range(3):
        with log_to(tmp_path / "a.log", {}):
            logging.getLogger("sellerinbox").warning("a line that is longer than that")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.log", "a.log.1"]


def test_the_calendar_of_the_settings_is_the_one_promises_go_by(tmp_path: Path) -> None:
    wanted = CalendarSettings("Asia/Shanghai", ("fri",), None, ("2026-11-24",), 9)
    made = wiring.calendar(Config(paths(tmp_path, {}), calendar=wanted))
    assert (str(made.timezone), made.closed, made.promise_hour) == ("Asia/Shanghai", frozenset({4}), 9)
    assert not made.working(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (CalendarSettings(timezone="Mars/Base"), "calendar.timezone"),
        (CalendarSettings(days_off=("tomorrow",)), "calendar.days_off"),
        (CalendarSettings(holidays="nowhere"), "calendar.holidays"),
    ],
)
def test_a_calendar_that_can_not_be_used_names_file_and_key(tmp_path: Path, wrong: CalendarSettings, named: str) -> None:
    with pytest.raises(ConfigError, match=named) as refused:
        wiring.calendar(Config(paths(tmp_path, {}), calendar=wrong))
    assert "config.toml" in str(refused.value)


def test_searches_know_the_seller_s_days_and_the_first_screen_does_not_wait_for_them(tmp_path: Path, clock: FakeClock) -> None:
    config = Config(paths(tmp_path, {}), calendar=CalendarSettings("Asia/Shanghai"))
    inbox = open_inbox(config, clock)
    asked: list[str] = []

    def calendar() -> Calendar:
        asked.append("calendar")
        return wiring.calendar(config)

    inbox._make_calendar = calendar
    inbox.conversations.page()
    # Protection: with the zone made at the start, the first screen waits for the calendar.
    assert asked == []
    inbox.conversations.search("before:today")
    assert asked == ["calendar"]
    assert inbox.files.zone is not None
    assert str(inbox.files.zone()) == "Asia/Shanghai"
    inbox.close()
