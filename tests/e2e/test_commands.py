"""The job from the shell, and what the marketplace received of it, whatever it answered."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.e2e.market import SEND, Market
from tests.e2e.seller import Result, Seller

TAKEN: dict[str, tuple[str, dict[str, int | bool]]] = {
    "brass_and_oak_71": ("drop_after_accept", {}),
    "saltmarsh_attic": ("html_200", {"taken": True}),
    "thimble_and_thread": ("truncate", {}),
    "lamplighter_4417": ("reset_after_bytes", {"bytes": 9}),
    "paperboat_ltd": ("status", {"status": 500, "taken": True}),
}
"""Buyer → what befalls the answer: the marketplace has the reply, and we are not told so."""


def reply(seller: Seller, buyer: str, text: str) -> Result:
    return seller.run("reply", seller.key(buyer), "--text", text, "--wait", "--json")


def test_a_reply_from_the_shell_arrives_once(seller: Seller, market: Market) -> None:
    sent = reply(seller, "gorse_hill_books", "The refund went out this morning, Nell.")
    assert (sent.code, sent.json["state"], sent.err) == (0, "sent", "")
    again = seller.run("sync", "--json")
    assert (again.code, again.events[-1]["unconfirmed"]) == (0, 0)
    assert [(item["state"], item["text"]) for item in seller.replies()] == [("sent", "The refund went out this morning, Nell.")]
    assert len(market.sends()) == market.received("gorse_hill_books", "The refund went out this morning, Nell.") == 1
    texts = [message["text"] for message in seller.show(seller.key("gorse_hill_books"))["messages"]]
    assert texts.count("The refund went out this morning, Nell.") == 1


def test_taken_without_a_clear_answer_is_unconfirmed_then_sent_and_went_once(seller: Seller, market: Market) -> None:
    for buyer, (kind, more) in TAKEN.items():
        market.fault(SEND, kind, **more)
        unclear = reply(seller, buyer, f"It was in the post on Monday ({kind}).")
        assert (unclear.code, unclear.json["state"]) == (6, "unconfirmed"), kind

    settled = seller.run("sync", "--json")
    assert settled.code == 0, settled.err
    assert settled.events[-1]["unconfirmed"] == 0
    assert seller.states() == ["sent"] * len(TAKEN)
    for buyer, (kind, _) in TAKEN.items():
        text = f"It was in the post on Monday ({kind})."
        assert len(market.sends(text)) == market.received(buyer, text) == 1, kind


def test_not_taken_is_never_repeated_by_itself(seller: Seller, market: Market) -> None:
    text = "The red one left here today."
    market.fault(SEND, "drop_before_accept")
    assert reply(seller, "copperkettle_9", text).code == 6
    (item,) = seller.replies()

    assert seller.run("sync").code == 6
    early = seller.run("outbox", "retry", str(item["id"]))
    assert (early.code, early.out) == (2, "")
    assert "may still have arrived" in early.sentence
    assert seller.states() == ["unconfirmed"]
    assert len(market.sends()) == 1

    a_minute_passes(seller)
    assert seller.run("sync").code == 6
    assert len(market.sends()) == 1
    (item,) = seller.replies()
    assert (item["state"], item["not_found"]) == ("unconfirmed", True)

    assert seller.run("outbox", "retry", str(item["id"])).code == 0
    assert seller.run("sync").code == 0
    assert seller.states() == ["sent"]
    assert market.received("copperkettle_9", text) == 1


def a_minute_passes(seller: Seller) -> None:
    """Since the first look for what is unconfirmed: nobody sits through the minute between two looks."""
    with closing(sqlite3.connect(seller.home / "data" / "inbox.db")) as inbox:
        assert inbox.execute("UPDATE outbox SET looked_at = looked_at - 61000 WHERE looked_at IS NOT NULL").rowcount == 1
        inbox.commit()
