"""Killed and started again, the program still takes back what was done before: step by step, each step whole."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from typing import Any

from tests.e2e.hands import FREE, REVIEW, Hands
from tests.e2e.market import Market
from tests.e2e.seller import Seller

BUYER = "lamplighter_4417"
PROMISE = "send the new address label"


def marks(seller: Seller) -> dict[str, Any]:
    """What the seller made of the conversation: state, tags, snooze, promise."""
    (row,) = (row for row in seller.conversations() if row["buyer"] == BUYER)
    with closing(sqlite3.connect(seller.home / "data" / "inbox.db")) as inbox:
        asleep = inbox.execute("SELECT snoozed FROM conversation WHERE buyer = ?", (BUYER,)).fetchall()
        promised = inbox.execute(
            "SELECT p.text FROM promise p JOIN conversation c ON c.id = p.conversation_id WHERE c.buyer = ? AND p.state = 'open'", (BUYER,)
        ).fetchall()
    return {
        "closed": row["state"] == "closed",
        "snoozed": bool(asleep[0][0]),
        "tags": row["tags"],
        "promised": [text for (text,) in promised],
        "due": row["due_at"],
    }


def killed(hands: Hands) -> None:
    hands.terminal.kill(signal.SIGKILL)
    assert hands.terminal.ended() == -signal.SIGKILL


def test_undo_after_a_kill_takes_back_a_close_with_its_snooze_tag_and_promise(seller: Seller, market: Market) -> None:
    before = marks(seller)
    assert before["due"] is not None
    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").find(BUYER)
        hands.press("t").see("Tags").type("address").press("enter").see("Tagged:")
        tagged = marks(seller)
        hands.press("s").see("Put it aside until when?").type("+7d").see("→").press("enter").see("Put aside until")
        snoozed = marks(seller)
        hands.find(BUYER).press("p").see("What did you promise").type(PROMISE).press("enter").see("By when?").press("enter").see(
            "Promised until"
        )
        promised = marks(seller)
        # Closing over a promise is refused; dropped with a reason, it no longer stands in the way.
        hands.press("e").see("What you promised")
        hands.press("p").see("Open promise, due").press("j", "enter").see("Why need this promise").type("he cancelled").press("enter").see(
            "Dropped."
        )
        hands.press("e").see("Done:")
        closed = marks(seller)
        killed(hands)

    assert (tagged["tags"], tagged["snoozed"]) == (["address"], False)
    assert (snoozed["snoozed"], snoozed["promised"]) == (True, [])
    assert (promised["promised"], promised["closed"]) == ([PROMISE], False)
    assert (closed["closed"], closed["promised"]) == (True, [])

    with seller.open() as terminal:  # the first undo in a new process is the last action of the old one
        hands = Hands(terminal).see("waiting for an answer").see("c more")
        hands.press("u").see(f"{BUYER} is back in the list.")
        assert marks(seller) == {**promised, "promised": []}
        hands.press("u").see(f"The promise to {BUYER} is open again.")
        assert marks(seller) == promised
        killed(hands)

    with seller.open() as terminal:  # and once more
        hands = Hands(terminal).see("waiting for an answer").see("c more")
        hands.press("u").see(f"The promise to {BUYER} is off the list again.")
        assert marks(seller) == snoozed
        hands.press("z").see(f"{BUYER} is not put off any more.")
        assert marks(seller) == tagged
        hands.press("u").see(f"{BUYER} has the tags of before again.")
        assert marks(seller) == before
    assert market.sends() == []


def test_undo_after_a_kill_takes_back_a_reply_with_the_snooze_and_the_promise_it_made(seller: Seller, market: Market) -> None:
    text = "Hello, I will send you the corrected label tomorrow."
    seller.settings(undo_seconds=3600)
    before = marks(seller)
    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").find(BUYER)
        hands.write(text).see(FREE).see("Promises, kept in the ledger").press("s").see("Put it aside until when?").press("2")
        hands.see("calls it back")
        after = marks(seller)
        killed(hands)
    assert (after["snoozed"], len(after["promised"])) == (True, 1)
    assert seller.states() == ["queued"]

    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").see("c more")
        hands.press("u").see("was called back and did not go out")
        assert marks(seller) == before
        hands.find(BUYER).press("r").see("Ctrl+S send").see(text)  # nothing typed is lost: it is the draft again
        assert REVIEW not in terminal.text
    assert seller.states() == ["cancelled"]
    assert market.sends() == []
