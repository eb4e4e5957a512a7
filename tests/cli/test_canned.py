"""`replies check`: what is wrong in the seller's own files, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellerinbox import guard
from tests.cli.conftest import Run

REPLY = '[[reply]]\nname = "mine"\ntitle.en = "Mine"\n'


@pytest.fixture
def folder(home: Path) -> Path:
    made = home / "config" / "replies"
    made.mkdir(parents=True, exist_ok=True)
    return made


def test_a_mistake_ends_with_its_file_and_line_and_a_code_for_scripts(run: Run, folder: Path) -> None:
    (folder / "own.toml").write_text(REPLY + 'text.en = """\nHello {{ buyer }},\n{% if buyer %}"""\n')

    told = run("replies", "check")

    assert told.code == 2
    assert f"{folder / 'own.toml'}:6" in told.err
    assert "mine" in told.err
    assert "Traceback" not in told.err


def test_what_the_guard_would_stop_is_said_before_a_buyer_waits(run: Run, folder: Path) -> None:
    (folder / "own.toml").write_text(REPLY + f'text.en = "Hello {{{{ buyer }}}}, {"your lamp is packed. " * 100}"\n')

    told = run("replies", "check", "--json")

    assert told.code == 0
    assert any(mistake["entry"] == "mine" and "2000" in mistake["what"] for mistake in told.json)


def test_good_files_are_said_to_be_good(run: Run, folder: Path) -> None:
    (folder / "own.toml").write_text(REPLY + 'text.en = "Hello {buyer}, thank you."\n')

    told = run("replies", "check")

    assert told.code == 0
    assert "no mistakes" in told.err


def test_show_tells_when_a_reply_fits_and_what_it_does_besides(run: Run) -> None:
    told = run("replies", "show", "photo-check")

    assert "fits: class complaint" in told.out
    assert "locks: once yes; unless evidence" in told.out
    assert "remedy: choice or refund or replacement" in run("replies", "show", "sorry-remedy").out
    assert "promise “Ask the carrier where the parcel is” (next_working_day)" in run("replies", "show", "wismo").out
    assert run("replies", "show", "wismo", "--json").json["effects"]["promise"]["when"] == "next_working_day"


def test_a_text_whose_check_takes_too_long_is_named_and_the_others_are_checked(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(text: str, context: guard.Context) -> tuple[guard.Finding, ...]:
        raise guard.TooSlow

    monkeypatch.setattr(guard, "check", slow)
    (folder / "own.toml").write_text(REPLY + 'text.en = "Hello {buyer}."\n')

    told = run("replies", "check")

    assert told.code == 0
    assert "takes too long" in told.err
