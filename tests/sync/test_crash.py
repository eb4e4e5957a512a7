"""Killed with SIGKILL at marked points of a send (K2, K3): a real process, a real file, the ledger on disk."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.messages import Message
from sellerinbox.domain.models import Direction
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.store.database import Store
from tests.fakes import FakeClock, FakeShop
from tests.sync.desk import Desk

# Sends three replies; dies at the point named, in the middle of the second one.
CHILD = """
import asyncio, json, os, signal, sys
from pathlib import Path
from sellerinbox.domain.accounts import Account
from sellerinbox.store.database import Store
from tests.fakes import FakeClock, FakeShop
from tests.sync.desk import Desk

folder, point = Path(sys.argv[1]), sys.argv[2]
clock = FakeClock()
shop = FakeShop(Account("shop-uk", "ebay"), clock)
shop.buyer_writes("c1", "Hello?")
store = Store.open(folder / "data" / "inbox.db", folder / "state", clock)
desk = Desk(store, clock, [shop], folder)
sends = 0

def die(at):
    if at == point and sends == 2:
        os.kill(os.getpid(), signal.SIGKILL)

def record():
    with open(folder / "ledger.json", "w") as file:
        json.dump([[message.id, message.text] for message in shop.talks["c1"].messages[1:]], file)
        file.flush(); os.fsync(file.fileno())
    die("taken")

def around(owner, name, before, after):
    original = getattr(owner, name)
    def wrapped(*args, **options):
        global sends
        sends += name == "claim_next"
        die(before)
        result = original(*args, **options)
        die(after)
        return result
    setattr(owner, name, wrapped)

shop.after_taking = record
around(store.outbox, "claim_next", "before claim", "claimed")
around(store.outbox, "mark_sent", "before record", "recorded")
async def main():
    await desk.sync()
    global sends
    sends = 0
    for number in range(3):
        desk.reply(f"Reply {number}")
        await clock.advance(5)
    await desk.sync()
asyncio.run(main())
"""


async def two_rounds(desk: Desk) -> None:
    await desk.sync()
    desk.clock.move(61)
    await desk.sync()


@pytest.mark.parametrize("point", ["before claim", "claimed", "taken", "before record", "recorded"])
def test_killed_at_a_point_each_reply_arrives_once_without_the_seller(tmp_path: Path, clock: FakeClock, point: str) -> None:
    # Protection: with `recover` putting a dead attempt back into the queue, the buyer gets it twice.
    child = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), point], capture_output=True, text=True, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr
    clock.move(60)
    shop = FakeShop(Account("shop-uk", "ebay"), clock)
    shop.buyer_writes("c1", "Hello?")
    for message_id, text in json.loads((tmp_path / "ledger.json").read_text()):
        shop.ledger.append(("c1", text))
        shop.talks["c1"].messages.append(Message(message_id, Direction.OUT, "the-shop", clock.now(), text))
        next(shop._ids)
    with Store.open(tmp_path / "data" / "inbox.db", tmp_path / "state", clock) as store:
        desk = Desk(store, clock, [shop], tmp_path)
        asyncio.run(two_rounds(desk))
        items = store.outbox.list(10)
        desk.windows.close()
    if point == "claimed":  # nothing had left: only the seller may risk a second send
        assert [item.state for item in items] == [OutboxState.QUEUED, OutboxState.UNCONFIRMED, OutboxState.SENT]
        assert items[1].not_found
        assert shop.ledger == [("c1", "Reply 0")]
    else:
        assert {item.state for item in items} == {OutboxState.SENT}
        assert shop.ledger == [("c1", f"Reply {number}") for number in range(3)]
