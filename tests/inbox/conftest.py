"""A seller's inbox over a real file: three buyers wait, a fourth has his answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.calendar import Calendar
from sellerinbox.inbox import Files, Inbox
from sellerinbox.store.database import Store
from tests.fakes import FakeClock
from tests.store.making import ACCOUNT, T0, ours, theirs, thread

PAGES = [
    thread(theirs("a1", -60, "Where is my parcel?"), remote_id="ann", buyer="ann", unread=1),
    thread(theirs("b1", -50, "Is it blue?"), remote_id="bob", buyer="bob", listing="220"),
    thread(theirs("c1", -40, "It is broken."), remote_id="cat", buyer="cat", listing="330"),
    thread(theirs("d1", -30), ours("d2", -20), remote_id="dan", buyer="dan", listing="440"),
]


@pytest.fixture
def home(tmp_path: Path, clock: FakeClock) -> Path:
    """A folder with an inbox that has been synced once."""
    with Store.open(tmp_path / "data" / "inbox.db", tmp_path / "state", clock) as store:
        store.accounts.ensure(Account(ACCOUNT, "ebay"))
        store.threads.save_page(ACCOUNT, PAGES, cursor=None, at=T0)
    return tmp_path


def open_inbox(home: Path, clock: FakeClock, **more: object) -> Inbox:
    """The program, started anew over what is there."""

    def none() -> None:
        raise AssertionError("no canned replies here")

    files = Files(home / "data" / "inbox.db", home / "state", clock, 5.0)
    accounts = {ACCOUNT: Account(ACCOUNT, "ebay")}
    return Inbox(files, none, clock, accounts, calendar=lambda: Calendar(UTC), **more)  # type: ignore[arg-type]


@pytest.fixture
def inbox(home: Path, clock: FakeClock) -> Iterator[Inbox]:
    opened = open_inbox(home, clock)
    yield opened
    opened.close()


@pytest.fixture
def store(inbox: Inbox) -> Store:
    """The same file as the sync process writes it."""
    return inbox.files.store
