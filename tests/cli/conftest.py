"""A seller at his shell: commands run in this process, against a real simulated marketplace."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sellerinbox.cli.main import main
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import SystemClock
from sellerinbox.simulator.demo import announcement, simulator
from sellerinbox.simulator.server import SimulatorServer

ACCOUNT = Account("shop-uk", "ebay")
CONVERSATIONS = 12


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
        """What was said on stderr, which must be exactly one plain line."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in lines[0]
        assert self.out == ""
        return lines[0]


Run = Callable[..., Result]


SPEED = 10.0


@pytest.fixture(autouse=True)
def _fast_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's clock runs ten times as fast, so that nobody sits through a retry's pauses."""
    real, start_now, start = SystemClock.monotonic, SystemClock().now(), SystemClock().monotonic()

    def monotonic(self: SystemClock) -> float:
        return start + (real(self) - start) * SPEED

    async def sleep(self: SystemClock, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds) / SPEED)

    monkeypatch.setattr(SystemClock, "monotonic", monotonic)
    monkeypatch.setattr(SystemClock, "now", lambda self: start_now + timedelta(seconds=monotonic(self) - start))
    monkeypatch.setattr(SystemClock, "sleep", sleep)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets the clock of the commands jump ahead by so many seconds."""

    def jump(seconds: float) -> None:
        before = SystemClock.now
        monkeypatch.setattr(SystemClock, "now", lambda self: before(self) + timedelta(seconds=seconds))

    return jump


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "home"
    monkeypatch.setenv("SELLERINBOX_HOME", str(place))
    return place


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str) -> Result:
        capsys.readouterr()
        code = main(words)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return command


@pytest.fixture
def market() -> Iterator[SimulatorServer]:
    """A shop with a dozen conversations at a marketplace on this machine."""
    with simulator(conversations=CONVERSATIONS) as server:
        yield server


@pytest.fixture
def secrets(market: SimulatorServer, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The account's secrets, in the environment."""
    told = announcement(market)["ebay"]
    values = {ACCOUNT.variable(name): told[name] for name in ("client_id", "client_secret", "refresh_token")}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


@pytest.fixture
def signed_in(run: Run, market: SimulatorServer, secrets: dict[str, str]) -> Run:
    """The account is there, nothing is synced yet."""
    added = run("account", "add", "shop-uk", "--marketplace", "ebay", "--base-url", market.base_url, "--from-env")
    assert added.code == 0, added.err
    return run


@pytest.fixture
def shop(signed_in: Run) -> Run:
    """The account is there and synced."""
    synced = signed_in("sync")
    assert synced.code == 0, synced.err
    return signed_in


@pytest.fixture
def key(shop: Run) -> str:
    """A conversation in which a buyer waits."""
    rows = shop("list", "--view", "due", "--json").json
    return next(str(row["key"]) for row in rows if row["kind"] == "buyer")


def sends(market: SimulatorServer) -> list[dict[str, Any]]:
    """Every send the marketplace received."""
    with market.world.lock:
        return [entry for entry in market.control.ledger() if entry["method"] == "POST" and entry["path"].endswith("/send_message")]


def arrived(market: SimulatorServer, text: str) -> int:
    """How often that text stands in the marketplace's own conversations."""
    with market.world.lock:
        return json.dumps(market.control.state(), ensure_ascii=False).count(json.dumps(text, ensure_ascii=False)[1:-1])


def fault(market: SimulatorServer, **wanted: Any) -> None:
    """Make something go wrong there."""
    with market.world.lock:
        market.control.fault(wanted)
