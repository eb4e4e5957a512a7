"""Inboxes of a given size to measure on, made through the store's own door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sellerinbox.config import add_account, paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.messages import Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.store.database import Store

FIRST = "firstbuyer"
"""The buyer in the first row: what the clock waits for."""
_WORDS = """hello where is my parcel it has been a week and the tracking page says nothing new
please tell me what happened to it""".split()  # noqa: SIM905


def make(home: Path, conversations: int) -> Path:
    """A home whose inbox holds that many conversations, two messages each; a tenth of the buyers wait."""
    place = paths(home, {})
    account = Account("shop-uk", "ebay", base_url="http://127.0.0.1:9")
    add_account(place, account)
    start = datetime(2026, 11, 20, tzinfo=UTC)
    with Store.open(place.database, place.state, SystemClock()) as store:
        store.accounts.ensure(account)
        for first in range(0, conversations, 500):
            page = [_thread(number, start) for number in range(first, min(first + 500, conversations))]
            store.threads.save_page(account.name, page, cursor=None, at=start)
        store.accounts.record_ok(account.name, start, None)
    return place.database


def _thread(number: int, start: datetime) -> Thread:
    buyer = FIRST if number == 0 else f"buyer_{number:06}"
    key = Key("shop-uk", f"c{number}")
    at = start - timedelta(minutes=300_000 - number)
    text = " ".join(_WORDS[(number * 7 + place) % len(_WORDS)] for place in range(40))
    theirs = Message(f"t{number}", Direction.IN, buyer, at, text.capitalize() + ".")
    ours = Message(f"o{number}", Direction.OUT, "seller", at + timedelta(minutes=1), "It is on its way, thank you for asking.")
    waits = number % 10 == 0
    head = RemoteConversation(
        key, Kind.BUYER, buyer, f"Brass lamp {number % 97}", str(110_000 + number % 997), archived=False, unread=int(waits)
    )
    return Thread(head, (theirs,) if waits else (theirs, ours))
