"""The program as a whole: starts light, never hangs without a terminal, never shows a traceback or a secret."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sellerinbox.cli import main as entry
from sellerinbox.cli import output
from sellerinbox.cli.exits import ExitCode, code_for
from sellerinbox.cli.main import main
from sellerinbox.domain import errors
from sellerinbox.services.report import describe
from tests.cli.conftest import Run

ALL_ERRORS = [
    (errors.UsageError("x"), 2),
    (errors.ConfigError("x"), 2),
    (errors.CredentialsError("x"), 2),
    (errors.SecretMissing("x"), 3),
    (errors.AuthenticationFailed("a", "x"), 3),
    (errors.Unavailable("a", "x"), 4),
    (errors.NotTheMarketplace("a", "x"), 4),
    (errors.GuardBlocked("x"), 5),
    (errors.OutcomeUnknown("a", "x"), 6),
    (errors.StoreError("x"), 7),
    (errors.NotFound("x"), 1),
    (errors.UnexpectedResponse("a", "x"), 1),
    (errors.Rejected("a", "x"), 1),
]


def start(*words: str, home: Path | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, **more.pop("environ", {})}
    if home is not None:
        environ["SELLERINBOX_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-m", "sellerinbox", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        env=environ,
        **more,
    )


@pytest.mark.parametrize(("error", "code"), ALL_ERRORS)
def test_every_error_has_the_exit_code_of_the_contract(error: errors.SellerInboxError, code: int) -> None:
    assert code_for(error) == code


@pytest.mark.parametrize("words", [(), ("demo",)])
@pytest.mark.parametrize("term", ["xterm-256color", "dumb", ""])
def test_without_a_terminal_no_screen_opens(tmp_path: Path, words: tuple[str, ...], term: str) -> None:
    refused = start(*words, home=tmp_path, environ={"TERM": term})
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "sync, list, show, reply" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_can_show_nothing_gets_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys, "stdin", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})())
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert (run().code, "use the commands" in run().err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["lst"],
        ["list", "--limit", "0"],
        ["list", "--view", "mine"],
        ["list", "--jso"],
        ["show"],
        ["outbox", "cancel"],
        ["account"],
    ],
)
def test_wrong_arguments_are_one_sentence_and_exit_2(run: Run, words: list[str]) -> None:
    wrong = run(*words)
    assert (wrong.code, bool(wrong.sentence)) == (2, True)


def test_help_is_there_for_every_command(run: Run) -> None:
    commands = [line.split()[0] for line in run("--help").out.split("commands:")[1].splitlines() if line.startswith("    ")]
    assert len(commands) > 18
    for command in commands:
        told = run(command, "--help")
        assert (told.code, told.err) == (0, "")
        assert told.out.startswith(f"usage: sellerinbox {command}")


def test_home_may_stand_before_or_behind_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--home", str(tmp_path), "paths", "--json"], ["paths", "--json", f"--home={tmp_path}"]):
        assert main(words) == 0
        assert json.loads(capsys.readouterr().out)["database"] == str(tmp_path / "data" / "inbox.db")


def test_a_damaged_inbox_is_exit_7_and_stays_as_it_is(run: Run, home: Path) -> None:
    file = home / "data" / "inbox.db"
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_bytes(b"this is no database, but somebody's notes" * 100)
    before = file.read_bytes()
    for words in (["list"], ["undo"], ["outbox", "--json"]):
        damaged = run(*words)
        assert (damaged.code, bool(damaged.sentence)) == (7, True)
    assert file.read_bytes() == before
    assert run("doctor").code == 0


def test_broken_settings_are_exit_2_with_file_and_key(run: Run, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text('thme = "x"')
    broken = run("list")
    assert broken.code == 2
    assert "config.toml" in broken.err
    assert "theme" in broken.err


def test_what_others_could_read_is_closed_and_named(run: Run, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("")
    (home / "config" / "config.toml").chmod(0o644)
    assert "config.toml" in run("list", "--json").err
    assert run("list", "--json").err == ""


def test_an_unforeseen_fault_is_one_sentence_and_a_report_without_secrets(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELLERINBOX_SECRET_SHOP_UK_CLIENT_SECRET", "SECRET-a")
    long_one = "v^1.1#i^1#" + "planted" * 20

    def broken(*_: object) -> None:
        token = f"{long_one} local"
        try:
            raise KeyError(token)
        except KeyError:
            raise RuntimeError(f"no good: SECRET-a {long_one} for {token}")  # noqa: B904

    monkeypatch.setattr("sellerinbox.cli.doctor.doctor", broken)
    fault = run("doctor")
    assert fault.code == 1
    report = next((home / "state" / "reports").iterdir())
    assert str(report) in fault.sentence
    assert report.stat().st_mode & 0o077 == 0
    told = report.read_text("utf-8")
    assert "RuntimeError" in told
    assert "KeyError" in told
    assert "in broken" in told
    assert "planted" not in told + fault.err
    assert "SECRET-a" not in told + fault.err


def test_a_report_hides_what_groups_of_errors_say() -> None:
    told = describe(ExceptionGroup("group", [ValueError("planted" * 5)]), {})
    assert "ValueError" in told
    assert "planted" not in told


def test_a_fault_where_nothing_can_be_written_is_still_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sellerinbox.cli.doctor.doctor", lambda *_: 1 / 0)
    assert main(["doctor", "--home", "/proc/nowhere"]) == ExitCode.FAILED
    assert "no report could be written" in capsys.readouterr().err


def test_interrupted_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sellerinbox.cli.doctor.doctor", interrupted)
    assert run("doctor").code == 130


def test_a_reader_that_goes_away_is_no_drama(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        left = subprocess.run([sys.executable, "-m", "sellerinbox", "replies"], stdout=gone, stderr=subprocess.PIPE, timeout=20)
    assert (left.returncode, left.stderr) == (1, b"")


@pytest.mark.parametrize(
    "environ",
    [{"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "de_DE.ISO-8859-1"}],
)
def test_a_terminal_without_chinese_gets_replacements(tmp_path: Path, environ: dict[str, str]) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "sellerinbox", "replies", "show", "wismo"], capture_output=True, timeout=20, env={**os.environ, **environ}
    )
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"wismo (zh)" in told.stdout
    assert b"\\u" not in told.stdout


def test_json_stays_whole_where_the_terminal_has_no_chinese(tmp_path: Path) -> None:
    told = start("replies", "show", "wismo", "--json", environ={"PYTHONIOENCODING": "latin-1"})
    whole = start("replies", "show", "wismo", "--json", environ={"PYTHONIOENCODING": "utf-8"}, encoding="utf-8")
    assert json.loads(told.stdout) == json.loads(whole.stdout)
    assert any("\u4e00" <= char <= "\u9fff" for char in json.loads(told.stdout)["texts"]["zh"])


def test_a_table_is_aligned_with_chinese_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("A", "B"), [("你好", "x"), ("hello", "y"), ("e\u0301", "z")], empty="")
    lines = capsys.readouterr().out.splitlines()
    assert [output.width(line[: line.index(mark)]) for line, mark in zip(lines, "Bxyz", strict=True)] == [7, 7, 7, 7]


def test_demo_serve_announces_itself_and_ends_when_its_parent_does() -> None:
    words = [sys.executable, "-m", "sellerinbox", "demo", "--serve", "--conversations", "3", "--follow-stdin"]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    told, _ = child.communicate(timeout=20)
    first = json.loads(told.splitlines()[0])
    assert set(first["ebay"]) == {"base_url", "client_id", "client_secret", "refresh_token", "access_token"}
    assert first["control"].startswith("http://127.0.0.1:")
    assert child.returncode == 0


def test_demo_serve_goes_on_without_a_parent_until_interrupted() -> None:
    words = [sys.executable, "-m", "sellerinbox", "demo", "--serve", "--conversations", "3", "--seed", "5"]
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())
    assert child.poll() is None
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=20)
    assert (child.returncode, told) == (130, b"")


def test_demo_serve_on_a_port_that_is_taken(run: Run) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = run("demo", "--serve", "--port", str(taken.getsockname()[1]))
    assert (refused.code, "--port" in refused.sentence) == (2, True)


def test_doctor_names_the_defect_the_keyring_and_the_locks(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    sick = run("doctor", "--json").json
    assert sick["sqlite"]["wal_reset_defect"] is True
    assert any("write.lock" in warning for warning in sick["warnings"])
    assert sick["keyring"]["accepted"] is False
    assert sick["locks"] == {"sync.lock": None, "write.lock": None}
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    assert run("doctor", "--json").json["sqlite"]["wal_reset_defect"] is False
    assert list(home.parent.glob("home/**/*")) == []


def test_the_entry_point_takes_the_shell_s_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(entry.sys, "argv", ["sellerinbox", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("sellerinbox ")


ATTACK = "a\x1b]0;owned\x07b\x9b31mc\u202ed\x7f\x08e\rf"


def test_whatever_door_a_text_came_in_by_it_is_harmless_on_its_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    output.line(ATTACK)
    output.lines(ATTACK + "\n" + ATTACK, "| ")
    output.note(ATTACK)
    output.prompt(ATTACK)
    output.problem(ATTACK)
    output.table((ATTACK, "B"), [(ATTACK, ATTACK)], empty=ATTACK)
    output.table(("A", "B"), [], empty=ATTACK)
    output.as_json({"text": ATTACK, "more": [ATTACK, (ATTACK,)]})
    output.as_json({"text": ATTACK}, raw=True)
    printed = capsys.readouterr()
    assert not [char for char in printed.out + printed.err if (char < " " and char != "\n") or "\x7f" <= char <= "\x9f" or char == "\u202e"]


def test_a_text_can_not_pass_for_a_line_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    output.line("one\ntwo")
    output.note("one\ntwo")
    output.table(("A",), [("one\ntwo",)], empty="")
    output.lines("one\n\ntwo", "  │ ")
    printed = capsys.readouterr()
    assert (printed.out.splitlines(), printed.err) == (["one two", "A", "one two", "  │ one", "  │ ", "  │ two"], "one two\n")
