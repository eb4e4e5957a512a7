"""No text leaves that the guard has not passed in exactly that form (faults.md, I6 and P1): by whatever way it goes."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

import sellerinbox
from sellerinbox import guard, services
from sellerinbox.cli.main import main
from sellerinbox.config import Config, load, paths
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.errors import GuardBlocked
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.guard import Finding, Reading
from sellerinbox.inbox import Inbox
from sellerinbox.sync.events import OutboxChanged, SyncEvent
from sellerinbox.sync.syncer import Syncer
from tests.e2e.market import Market
from tests.e2e.seller import Seller

SOURCE = Path(sellerinbox.__file__).parent
TEXT = "Grüße aus dem Laden: your lamp is ready."
LIMIT = 20.0
"""Seconds for one way to the marketplace."""


@pytest.fixture
def config(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The seller's home, opened in this process, where a rule can be planted."""
    for name, value in seller.environ.items():
        monkeypatch.setenv(name, value)
    return load(paths(seller.home, seller.environ), seller.environ)


@pytest.fixture
def inbox(config: Config) -> Iterator[Inbox]:
    with closing(services.open_inbox(config, SystemClock())) as opened:
        yield opened


@pytest.fixture
def key(seller: Seller) -> Key:
    return Key.parse(seller.key("hedgerow_55"))


def plant(monkeypatch: pytest.MonkeyPatch, rule: Callable[[Reading], Sequence[Finding]]) -> None:
    """From now on the guard has a rule more."""
    monkeypatch.setattr(guard, "FAMILIES", (*guard.FAMILIES, rule))


def stop(reading: Reading) -> Sequence[Finding]:
    return [Finding("safety", "planted", "block", 0, len(reading.text), reading.text, "A rule that came later stops this text.")]


def break_down(_: Reading) -> Sequence[Finding]:
    raise RuntimeError("a rule with a mistake in it")


# -- the ways to the marketplace ---------------------------------------------------------------


async def by_a_round(syncer: Syncer, _: OutboxItem, _heard: asyncio.Event) -> None:
    await syncer.once()


async def by_watching(syncer: Syncer, _: OutboxItem, heard: asyncio.Event) -> None:
    watching = asyncio.ensure_future(syncer.watch())
    await heard.wait()
    syncer.stop()
    await watching


async def by_waiting_for_it(syncer: Syncer, item: OutboxItem, _heard: asyncio.Event) -> None:
    await syncer.push_one(item.id)


WAYS = [by_a_round, by_watching, by_waiting_for_it]
Way = Callable[[Syncer, OutboxItem, asyncio.Event], "asyncio.Future[None]"]


async def go(config: Config, seller: Seller, item: OutboxItem, way: Way) -> None:
    """Let the sync process's own parts take an item to the marketplace."""
    heard = asyncio.Event()

    def listen(event: SyncEvent) -> None:
        if isinstance(event, OutboxChanged) and event.outbox_id == item.id and event.state is not OutboxState.SENDING:
            heard.set()

    async with asyncio.timeout(LIMIT), services.open_services(config, SystemClock(), listen, seller.environ) as opened:
        await way(opened.syncer, item, heard)


@pytest.mark.parametrize("rule", [stop, break_down])
def test_a_text_the_guard_stops_never_gets_into_the_outbox(
    seller: Seller, inbox: Inbox, key: Key, monkeypatch: pytest.MonkeyPatch, rule: Callable[[Reading], Sequence[Finding]]
) -> None:
    plant(monkeypatch, rule)
    with pytest.raises(GuardBlocked):
        inbox.replies.queue(key, TEXT)
    with pytest.raises(GuardBlocked):
        inbox.replies.queue(key, TEXT, accept_warnings=True)
    for words in (["--text", TEXT], ["--canned", "hold"], ["--text", TEXT, "--accept-warnings", "--wait"]):
        assert main(["--home", str(seller.home), "reply", str(key), *words]) == 5
    assert inbox.replies.outbox() == ()


@pytest.mark.parametrize("rule", [stop, break_down])
@pytest.mark.parametrize("way", WAYS)
async def test_a_rule_that_comes_after_queueing_stops_the_text_before_the_wire(
    config: Config,
    inbox: Inbox,
    key: Key,
    seller: Seller,
    market: Market,
    monkeypatch: pytest.MonkeyPatch,
    way: Way,
    rule: Callable[[Reading], Sequence[Finding]],
) -> None:
    item = inbox.replies.queue(key, TEXT)
    with monkeypatch.context() as later:
        plant(later, rule)
        await go(config, seller, item, way)
        assert inbox.replies.get(item.id).state is OutboxState.REJECTED
        with pytest.raises(GuardBlocked):
            inbox.replies.retry(item.id)
    inbox.replies.retry(item.id)
    plant(monkeypatch, rule)
    await go(config, seller, item, by_a_round)
    assert inbox.replies.get(item.id).state is OutboxState.REJECTED
    assert market.sends() == []


@pytest.mark.parametrize("way", WAYS)
async def test_what_goes_over_the_wire_is_what_the_guard_last_saw(
    config: Config, inbox: Inbox, key: Key, seller: Seller, market: Market, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    seen: list[str] = []

    def look(reading: Reading) -> Sequence[Finding]:
        seen.append(reading.text)
        return ()

    item = inbox.replies.queue(key, f"  {TEXT}\r\n\x1b[31mred\x9b0m \u202e\u0000 &amp; é e\u0301 {way.__name__} \n ")
    plant(monkeypatch, look)
    await go(config, seller, item, way)
    assert [entry["body"]["messageText"] for entry in market.sends()] == seen[-1:]
    assert len(seen) == 1
    assert inbox.replies.get(item.id).state is OutboxState.SENT


# -- the source: there is no other way ------------------------------------------------------------


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a method of that name: (file in the package, call)."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield file.relative_to(SOURCE).as_posix(), node


def callers(name: str) -> set[str]:
    return {file for file, _ in calls(name)}


def test_only_the_push_sends_a_reply() -> None:
    assert callers("send_reply") == {"sync/push.py"}
    (file,) = (source for source in SOURCE.rglob("*.py") if source.relative_to(SOURCE).as_posix() == "sync/push.py")
    assert file.read_text(encoding="utf-8").count("send_reply") == 1  # not handed on under another name either


def test_only_marketplaces_reach_the_network() -> None:
    assert {file.partition("/")[0] for file in callers("send")} == {"marketplaces", "simulator"}
    network = {"httpx", "httpcore", "requests", "aiohttp", "urllib3", "urllib.request", "http.client", "socket", "ssl", "smtplib"}
    reaching = {file for file, module in imported() if module in network}
    assert {file.partition("/")[0] for file in reaching} == {"marketplaces", "simulator"}
    assert {file.partition("/")[0] for file in callers("open_connection") | callers("create_connection")} <= {"simulator"}


def imported() -> Iterator[tuple[str, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            yield from ((file.relative_to(SOURCE).as_posix(), name) for name in names)


def test_only_queue_puts_words_into_the_outbox() -> None:
    for file, call in calls("enqueue"):
        if file != "inbox/sending.py":
            text = call.args[2]
            assert isinstance(text, ast.Constant), f"{file}:{call.lineno}"
            assert text.value == "", f"{file}:{call.lineno}"
    assert {file for file, call in calls("submit") if ast.unparse(call.func.value) == "sending"} == {"inbox/replies.py"}  # type: ignore[attr-defined]
    assert callers("resend") == {"inbox/replies.py"}
