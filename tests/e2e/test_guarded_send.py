"""What would cost the case or the account stays here, whatever is pressed; what only a warning is goes with a reason that is kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.e2e.hands import REVIEW, Hands
from tests.e2e.market import Market
from tests.e2e.seller import Seller

BUYER = "saltmarsh_attic"
STOPPED = "Stopped, and no reason lets it go"
CONTACT = "Hello Della, I am sorry about the shade. Please write to della.shade@lampworks.example or call +44 7700 900123."
DEAL = "Hello Della, I am sorry about the shade. I refund you 20 pounds if you change your negative feedback to positive."
NEVER = {"contact data": CONTACT, "a feedback deal": DEAL}
EVERY_KEY = ("y", "ctrl+s", "d", "s", "o", "p", "f", "enter", "tab", "j", "k", "y")
"""All that could send, and what might be pressed besides; `e`, `n` and Esc go back."""
WARNED = "Hello Peter, I am sorry about the shade, a new one is here for you."


@pytest.mark.parametrize("text", NEVER.values(), ids=NEVER)
def test_no_key_sends_what_is_never_let_through(seller: Seller, market: Market, text: str) -> None:
    seller.settings(undo_seconds=0)
    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").find(BUYER)
        hands.write(text).see(STOPPED)
        assert "y send" not in terminal.text
        for key in EVERY_KEY:
            hands.press(key)
        hands.press("n").terminal.gone(REVIEW)  # behind all of them, so all have been dealt with
        hands.press("r").see("Ctrl+S send").see("I am sorry about the shade")  # the text is kept, to be changed
    assert seller.replies() == []
    assert market.sends() == []


@pytest.mark.parametrize("text", NEVER.values(), ids=NEVER)
def test_no_option_of_the_command_sends_it_either(seller: Seller, market: Market, text: str) -> None:
    for more in ([], ["--accept-warnings"], ["--accept-warnings", "--reason", "she asked for it"]):
        refused = seller.run("reply", seller.key(BUYER), "--text", text, "--wait", *more)
        assert (refused.code, refused.out) == (5, ""), more
        assert refused.err.splitlines()[-1].startswith("sellerinbox: Nothing was sent"), refused.err
    assert seller.replies() == []
    assert market.sends() == []


@pytest.mark.parametrize("text", NEVER.values(), ids=NEVER)
@pytest.mark.parametrize("accepted", [None, "she asked for it"])
def test_put_past_the_review_into_the_outbox_it_is_stopped_at_the_wire(
    seller: Seller, market: Market, text: str, accepted: str | None
) -> None:
    """As a bug of ours, another program or an older version might."""
    seller.run("sync", "--json")  # what buyers wrote meanwhile is here before the reply, so only the guard can stop it
    reply = seller.run("reply", seller.key(BUYER), "--text", "Hello Della, thank you.", "--undo", "3600", "--json")
    assert reply.code == 0, reply.err
    with closing(sqlite3.connect(seller.home / "data" / "inbox.db")) as inbox:
        changed = inbox.execute("UPDATE outbox SET text = ?, accepted = ?, not_before = 0 WHERE kind = 'reply'", (text, accepted))
        assert changed.rowcount == 1
        inbox.commit()
    seller.run("sync", "--json")
    (item,) = seller.replies()
    assert item["state"] == "rejected"
    assert item["reason"].startswith("Nothing was sent")
    assert market.sends() == []
    again = seller.run("outbox", "retry", str(item["id"]))
    assert again.code == 5, again.out
    assert market.sends() == []


def test_a_warned_reply_goes_with_a_reason_that_is_kept(seller: Seller, market: Market) -> None:
    reason = "Peter is her husband, he wrote the message"
    seller.settings(undo_seconds=0)
    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").find(BUYER)
        hands.write(WARNED).see("send it all the same with a reason that is kept")
        hands.press("y", "d")
        assert market.sends() == []
        hands.press("o").see("Why does it go all the same?").press("enter").terminal.gone("Why does it go all the same?")
        hands.see(REVIEW)  # without a reason it stays
        assert market.sends() == []
        hands.press("o").see("Why does it go all the same?").type(reason).press("enter").terminal.gone(REVIEW)
        terminal.until(lambda: seller.states() == ["sent"])
    assert len(market.sends(WARNED)) == market.received(BUYER, WARNED) == 1
    with closing(sqlite3.connect(seller.home / "data" / "inbox.db")) as inbox:
        assert inbox.execute("SELECT accepted FROM outbox WHERE text = ?", (WARNED,)).fetchall() == [(reason,)]
