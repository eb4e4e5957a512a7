"""A seller at his shell: every command, and the screen, is the real program in a process of its own."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import DEMO_CLOCK
from tests.e2e.market import Market
from tests.e2e.terminal import PATIENCE, Terminal

PROGRAM = [sys.executable, "-m", "sellerinbox"]
ACCOUNT = Account("shop-uk", "ebay")


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentence(self) -> str:
        """What was said on stderr: one plain sentence and nothing else."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].endswith("."), lines[0]
        assert "Traceback" not in self.err
        return lines[0]


@dataclass
class Seller:
    """One home, and the commands given in it."""

    home: Path
    secrets: Mapping[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Buyer → conversation, asked for once; the same in every copy of a home."""
    clock: Path | None = None
    """The file of the demo's clock, by which all his processes live; None for the machine's own."""

    @property
    def environ(self) -> dict[str, str]:
        """Built from nothing, but for where Python and the program are found."""
        found = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return {
            **found,
            "HOME": str(self.home / "nobody"),
            "SELLERINBOX_HOME": str(self.home),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            **({} if self.clock is None else {DEMO_CLOCK: str(self.clock)}),
            **self.secrets,
        }

    def run(self, *words: str, **environ: str) -> Result:
        """Give a command and wait for its end."""
        done = subprocess.run(
            [*PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, env={**self.environ, **environ}
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    def open(self, size: tuple[int, int] = (120, 40)) -> Terminal:
        """Open the screen."""
        return Terminal(PROGRAM, self.environ, size)

    def settings(self, **values: int) -> None:
        """Settings in front of the accounts in the file."""
        file = self.home / "config" / "config.toml"
        file.write_text("".join(f"{name} = {value}\n" for name, value in values.items()) + file.read_text())

    def append(self, tables: str) -> None:
        """Tables behind what stands in the settings."""
        file = self.home / "config" / "config.toml"
        file.write_text(file.read_text() + tables)

    def sync(self) -> Result:
        """One round, which must end well."""
        done = self.run("sync", "--json")
        assert done.code == 0, done.err
        return done

    # -- what the commands tell ------------------------------------------------------------

    def conversations(self) -> list[dict[str, Any]]:
        """All of them."""
        rows: list[dict[str, Any]] = self.run("list", "--view", "all", "--limit", "500", "--json").json
        return rows

    def key(self, buyer: str) -> str:
        """The conversation with a buyer."""
        if not self.keys:
            self.keys.update({row["buyer"]: str(row["key"]) for row in self.conversations()})
        return self.keys[buyer]

    def show(self, key: str) -> dict[str, Any]:
        """A conversation whole."""
        whole: dict[str, Any] = self.run("show", key, "--json").json
        return whole

    def replies(self) -> list[dict[str, Any]]:
        """The outbox without the marks, newest first."""
        return [item for item in self.run("outbox", "--json").json if item["kind"] == "reply"]

    def states(self) -> list[str]:
        """Where the replies stand, newest first."""
        return [item["state"] for item in self.replies()]

    def who_syncs(self) -> int | None:
        """The process that holds the sync lock."""
        from sellerinbox.store.locks import FileLock

        return FileLock(self.home / "state" / "sync.lock").holder_pid()


def sign_in(seller: Seller, market: Market) -> Result:
    """`account add` with secrets from the environment."""
    seller.secrets = {ACCOUNT.variable(name): str(market.told["ebay"][name]) for name in ("client_id", "client_secret", "refresh_token")}
    return seller.run("account", "add", ACCOUNT.name, "--marketplace", "ebay", "--from-env", "--base-url", market.base_url)


def wait_for_end(process: int, seconds: float = PATIENCE) -> None:
    """Wait until a process that is not our child has ended."""
    if not hasattr(os, "pidfd_open"):
        pytest.skip("only Linux tells the end of somebody else's child")
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        assert select.select([handle], [], [], seconds)[0], f"process {process} is still there after {seconds} s"
    finally:
        os.close(handle)
