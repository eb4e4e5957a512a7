"""The program ended from outside: nothing typed is lost, nothing goes out twice, the terminal is given back."""

from __future__ import annotations

import signal

import pytest

from tests.e2e.market import SEND, Market
from tests.e2e.seller import Seller, wait_for_end
from tests.e2e.terminal import LEAVES_THE_SCREEN, SHOWS_THE_CURSOR, Terminal
from tests.e2e.test_screen import find, quit_

WIDE = (120, 40)
LIMIT = 2.0
"""Seconds to end in, with no request in flight (faults.md, K7)."""
FLIGHT_LIMIT = 5.0
"""The same with a reply on its way."""
TYPED = "Dear Tansy, I have asked Royal Mail"


def in_flight(seller: Seller, market: Market, terminal: Terminal, buyer: str) -> int:
    """Press `1` and wait until the marketplace has it and does not answer; the sync process."""
    find(terminal, buyer)
    terminal.press("1")
    terminal.until(lambda: len(market.sends()) == 1)
    child = seller.who_syncs()
    assert child is not None
    assert child != terminal.process.pid
    return child


@pytest.mark.parametrize(("buyer", "answer_after", "left"), [("rainsford_relics", 1, "sent"), ("gorse_hill_books", 30, "unconfirmed")])
def test_killed_while_a_reply_goes_out(seller: Seller, market: Market, buyer: str, answer_after: float, left: str) -> None:
    seller.settings(undo_seconds=0)
    market.fault(SEND, "latency", seconds=answer_after)
    with seller.open(WIDE) as terminal:
        child = in_flight(seller, market, terminal, buyer)
        terminal.kill(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
        wait_for_end(child, FLIGHT_LIMIT + 1)
    assert seller.states() == [left]

    with seller.open(WIDE) as terminal:  # the next start settles it, without the seller
        find(terminal, buyer)
        terminal.until("Best wishes")
        terminal.until(lambda: seller.states() == ["sent"])
        terminal.until(lambda: "→" not in terminal.text)
        quit_(terminal)
    (sent,) = market.sends()
    assert market.received(buyer, sent["body"]["messageText"]) == 1


def write(terminal: Terminal, buyer: str) -> None:
    find(terminal, buyer)
    terminal.press("r")
    terminal.until("Ctrl+S send")
    terminal.press(*TYPED)
    terminal.until(TYPED)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_while_typing_keeps_the_draft_and_gives_the_terminal_back(seller: Seller, market: Market, number: signal.Signals) -> None:
    with seller.open(WIDE) as terminal:
        write(terminal, "brass_and_oak_71")
        terminal.kill(number)
        assert terminal.ended(LIMIT) == 128 + number
        assert LEAVES_THE_SCREEN in terminal.seen
        assert SHOWS_THE_CURSOR in terminal.seen[terminal.seen.rindex(LEAVES_THE_SCREEN) - 200 :]
    assert seller.show(seller.key("brass_and_oak_71"))["draft"] == TYPED
    assert seller.replies() == market.sends() == []


def test_a_terminal_closed_under_the_program_keeps_the_draft(seller: Seller) -> None:
    with seller.open(WIDE) as terminal:
        write(terminal, "brass_and_oak_71")
        terminal.until(lambda: seller.who_syncs() is not None)
        child = seller.who_syncs() or 0
        terminal.hang_up()
        assert terminal.ended(LIMIT) != 0  # 120 is Python's, whose own farewell found no terminal
        wait_for_end(child, LIMIT)
    assert seller.show(seller.key("brass_and_oak_71"))["draft"] == TYPED


def test_killed_while_typing_loses_no_more_than_the_last_words(seller: Seller) -> None:
    key = seller.key("brass_and_oak_71")
    with seller.open(WIDE) as terminal:
        write(terminal, "brass_and_oak_71")
        terminal.until(lambda: seller.show(key)["draft"] == TYPED, 3)  # kept without a key for it
        terminal.kill(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    with seller.open(WIDE) as terminal:
        find(terminal, "brass_and_oak_71")
        terminal.press("r")
        terminal.until(TYPED)


def test_ended_with_a_reply_in_flight_it_waits_for_the_answer(seller: Seller, market: Market) -> None:
    seller.settings(undo_seconds=0)
    market.fault(SEND, "latency", seconds=1)
    with seller.open(WIDE) as terminal:
        child = in_flight(seller, market, terminal, "copperkettle_9")
        terminal.kill(signal.SIGTERM)
        assert terminal.ended(FLIGHT_LIMIT) == 128 + signal.SIGTERM
        wait_for_end(child, 1)
    assert seller.states() == ["sent"]
    assert len(market.sends()) == 1
