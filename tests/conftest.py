"""Fixtures of all tests, and the walls around them: no network but loopback, no home but a new one."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sellerinbox import i18n
from sellerinbox.domain.accounts import Account
from tests.fakes import FakeClock, FakeShop

if TYPE_CHECKING:
    from sellerinbox.store.database import Store


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Halves of characters, which some tests are about, can't cross to another process as they are."""
    report = yield
    report.sections = [(name, _encodable(text)) for name, text in report.sections]
    if report.longrepr is not None and not isinstance(report.longrepr, tuple):
        text = str(report.longrepr)
        if text != _encodable(text):
            report.longrepr = _encodable(text)
    return report


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the developer's: no home, no settings, no secrets, no language, no proxy, no keyring."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("SELLERINBOX_", "XDG_", "LC_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Whatever language a test speaks, the next one starts in English."""
    yield
    i18n.use("en")


@pytest.fixture
def chinese() -> None:
    """The program speaks simplified Chinese."""
    i18n.use("zh_CN")


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection to anything but this machine fails, whatever library makes it."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _only_loopback(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _only_loopback(self, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if not _is_loopback(host):
            raise socket.gaierror(socket.EAI_NONAME, f"a test looked up {host!r}")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


def _only_loopback(connecting: socket.socket, address: Any) -> None:
    if connecting.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise ConnectionRefusedError(f"a test tried to connect to {address!r}")


def _is_loopback(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def account() -> Account:
    return Account("shop-uk", "ebay")


@pytest.fixture
def market(account: Account, clock: FakeClock) -> FakeShop:
    """The far side of the account, with one waiting buyer in conversation `c1`."""
    shop = FakeShop(account, clock)
    shop.buyer_writes("c1", "Where is my parcel?")
    return shop


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock, account: Account) -> Iterator[Store]:
    # Imported here: most tests need no database, and the ORM costs them more than they take.
    from sellerinbox.store.database import Store

    with Store.open(tmp_path / "data" / "inbox.db", tmp_path / "state", clock) as opened:
        opened.accounts.ensure(account)
        yield opened
