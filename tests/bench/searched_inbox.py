"""An inbox to search in: ten messages a conversation, words as frequent as in a language, some orders."""

from __future__ import annotations

import itertools
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sellerinbox.config import add_account, paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.messages import Attachment, Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.domain.orders import Order, OrderLine, Shipment
from sellerinbox.store.database import Store

START = datetime(2026, 11, 20, tzinfo=UTC)
EACH = 10
"""Messages in a conversation."""
COMMON = "parcel"
"""In two messages of three."""
OFTEN = "refund"
"""In one message of two hundred."""
RARE = "zyzzyva"
"""In one message of ten thousand."""
CHINESE = "发货"
"""In one message of fifty."""
_SYLLABLES = ["".join(pair) for pair in itertools.product("bdfgklmnprstv", "aeiou")]
WORDS = ["".join(parts) for parts in itertools.islice(itertools.product(_SYLLABLES, repeat=3), 0, None, 13)]
_WEIGHTS = list(itertools.accumulate(1 / (place + 5) for place in range(len(WORDS))))
_PAGE = 250


def make(home: Path, conversations: int) -> Path:
    """A home whose inbox holds that many conversations and ten times as many messages, an order for every other one."""
    place = paths(home, {})
    account = Account("shop-uk", "ebay", base_url="http://127.0.0.1:9")
    add_account(place, account)
    dice = random.Random(7)
    with Store.open(place.database, place.state, SystemClock()) as store:
        store.accounts.ensure(account)
        for first in range(0, conversations, _PAGE):
            numbers = range(first, min(first + _PAGE, conversations))
            store.threads.save_page(account.name, [_thread(number, conversations, dice) for number in numbers], cursor=None, at=START)
            store.orders.save_page(account.name, [_order(number, conversations) for number in numbers if number % 2], cursor=None, at=START)
    return place.database


def _begin(number: int, conversations: int) -> datetime:
    """Conversations are spread over two years, the last one beginning now."""
    return START - timedelta(days=730) * ((conversations - number) / conversations)


def _thread(number: int, conversations: int, dice: random.Random) -> Thread:
    buyer = f"{WORDS[number % 1500]}_{number:06}"
    begin = _begin(number, conversations)
    waits = number % 50 == 0
    messages = [_message(number, step, buyer, begin, dice) for step in range(EACH - waits)]
    head = RemoteConversation(
        Key("shop-uk", f"c{number}"),
        Kind.BUYER,
        buyer,
        f"Brass lamp {number % 97}",
        str(110_000 + number % 997),
        number % 3 == 1,
        int(waits),
    )
    return Thread(head, tuple(messages))


def _message(number: int, step: int, buyer: str, begin: datetime, dice: random.Random) -> Message:
    serial = number * EACH + step
    words = dice.choices(WORDS, cum_weights=_WEIGHTS, k=42)
    for word, every in ((OFTEN, 200), (RARE, 10_000), (CHINESE, 50)):
        words += [word] if serial % every == 7 else []
    words += [COMMON] if serial % 3 else []
    inbound = step % 2 == 0
    files = (Attachment("photo.jpg", "IMAGE", "http://127.0.0.1:9/photo.jpg"),) if serial % 40 == 0 else ()
    name, author = f"m{serial}", buyer if inbound else "seller"
    at = begin + timedelta(hours=step)
    return Message(name, Direction.IN if inbound else Direction.OUT, author, at, " ".join(words) + ".", attachments=files)


def _order(number: int, conversations: int) -> Order:
    begin = _begin(number, conversations) - timedelta(days=3)
    return Order(
        "shop-uk",
        f"{number % 90 + 10}-{number:05}-{number * 7 % 100_000:05}",
        f"{WORDS[number % 1500]}_{number:06}",
        begin,
        begin,
        "FULFILLED",
        "PAID",
        None,
        "12.50",
        "GBP",
        lines=(OrderLine(f"l{number}", str(110_000 + number % 997), f"LAMP-{number % 211}", f"Brass lamp {number % 97}", 1, "12.50"),),
        shipments=(Shipment("s1", "Royal Mail", f"AB{number:09}GB", None),),
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
