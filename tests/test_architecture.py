"""What is imported when the program runs: the lint contracts see `import` lines, this sees what they cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sqlmodel", "sqlalchemy", "textual", "rich", "httpx", "keyring", "pydantic", "platformdirs", "tomlkit", "selectolax")
SOURCE = Path(__file__).parents[1] / "src"
_ASK = """
import json, sys
from sellerinbox.cli.main import main
code = main({words!r})
sys.stderr.write(json.dumps([code, sorted(sys.modules)]))
"""


def loaded_by(words: list[str], home: Path) -> set[str]:
    """The modules in memory after a command that went well."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK.format(words=words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, "SELLERINBOX_HOME": str(home)},
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose inbox file is there already."""
    from sellerinbox.domain.clock import SystemClock
    from sellerinbox.store.database import Store

    Store.open(tmp_path / "data" / "inbox.db", tmp_path / "state", SystemClock()).close()
    return tmp_path


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["list", "--help"], ["paths", "--json"]])
def test_version_and_help_load_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    assert not loaded_by(words, tmp_path).intersection({*HEAVY, "sqlite3", "asyncio"} if "paths" not in words else HEAVY)


def test_version_is_answered_before_anything_else_is_looked_at(tmp_path: Path) -> None:
    ours = {name for name in loaded_by(["--version"], tmp_path) if name.startswith("sellerinbox")}
    assert ours == {"sellerinbox", "sellerinbox.cli", "sellerinbox.cli.main", "sellerinbox.cli.output"}
    assert "argparse" not in loaded_by(["--version"], tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--json"],
        ["list", "--view", "all", "word"],
        ["search", "word"],
        ["order", "1"],
        ["outbox", "--json"],
        ["blocked"],
        ["buyer", "somebody"],
        ["account", "list"],
        ["replies"],
    ],
)
def test_reading_needs_no_orm_no_network_and_no_keyring(words: list[str], home: Path) -> None:
    assert not loaded_by(words, home).intersection(HEAVY)


def test_the_doctor_needs_neither_orm_nor_network(home: Path) -> None:
    assert not loaded_by(["doctor"], home).intersection({"sqlmodel", "sqlalchemy", "httpx", "textual"})


def test_only_output_writes_to_the_terminal() -> None:
    """`print` is banned by the linter; the streams themselves are not."""
    allowed = {SOURCE / "sellerinbox" / "cli" / "output.py"}
    writers = [
        file
        for file in (SOURCE / "sellerinbox").rglob("*.py")
        if "stdout.write" in (text := file.read_text("utf-8")) or "stderr.write" in text
    ]
    assert set(writers) - allowed == set()


def test_no_module_is_over_400_lines() -> None:
    long = {file.name: lines for file in SOURCE.rglob("*.py") if (lines := len(file.read_text("utf-8").splitlines())) > 400}
    assert long == {}
