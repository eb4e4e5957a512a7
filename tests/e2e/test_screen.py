"""The whole job on the screen: open, read, answer with one key, call it back, block, quit, come back."""

from __future__ import annotations

import re

import pytest

from tests.e2e.market import Market
from tests.e2e.seller import Seller
from tests.e2e.terminal import Terminal

# English, one order, a parcel with a number: `1` has nothing to ask.
SIZES = [((120, 40), "brass_and_oak_71"), ((80, 24), "saltmarsh_attic")]
HIGHLIGHT = "▌"


def find(terminal: Terminal, buyer: str) -> None:
    """Search for a buyer and open the conversation."""
    terminal.press("/")
    terminal.until("Search")
    terminal.press(*buyer)
    terminal.until(lambda: re.search(r"Found \d", terminal.text) is not None)
    without_the_keys = terminal.colour("Found")
    terminal.press("enter")
    terminal.until(lambda: terminal.colour("Found") != without_the_keys)
    terminal.press("enter")
    terminal.until(f"{buyer} ·")


@pytest.mark.parametrize(("size", "buyer"), SIZES)
def test_a_seller_s_day(seller: Seller, market: Market, size: tuple[int, int], buyer: str) -> None:
    seller.settings(undo_seconds=2)
    with seller.open(size) as terminal:
        terminal.until("waiting for an answer")
        find(terminal, buyer)
        terminal.press("1")
        terminal.until("u calls it back")
        terminal.press("u")
        terminal.until("A draft is kept")
        assert market.sends() == []

        terminal.press("1")
        terminal.until("goes out in")
        terminal.until(lambda: len(market.sends()) > 0)
        terminal.gone("waiting to go")
        terminal.gone("A draft is kept")  # or the same words would be sent a second time
        text = market.sends()[0]["body"]["messageText"]
        assert text.startswith("Hello ")

        find(terminal, buyer)  # the highlight has gone on to the next who waits
        terminal.press("B")
        terminal.until(f"Why block {buyer}?")
        terminal.press("j", "enter")
        terminal.until("A note for yourself?")
        terminal.press(*"late at night", "enter")
        terminal.until(f"Block {buyer}")
        terminal.press("y")
        terminal.until("Done on eBay?")
        terminal.press("y")
        quit_(terminal, badge=buyer)

    with seller.open(size) as terminal:
        terminal.until("waiting for an answer")
        find(terminal, buyer)
        terminal.until("Best wishes")
        assert "→" not in terminal.text  # neither waiting nor unconfirmed: it stands there as a message
        quit_(terminal, badge=buyer)
    assert seller.states() == ["sent", "cancelled"]
    (block,) = seller.run("blocked", "--json").json
    assert (block["buyer"], block["note"], block["remote"]) == (buyer, "late at night", "done by seller")
    assert [entry["body"]["messageText"] for entry in market.sends()] == [text]
    assert market.received(buyer, text) == 1


def quit_(terminal: Terminal, badge: str | None = None) -> None:
    """Back to the list, where a blocked buyer has a badge, and out."""
    terminal.press("h")
    if badge is not None:
        terminal.until(f"⊘ {badge}")
    terminal.press("q")
    assert terminal.ended() == 0


@pytest.mark.parametrize("after", [0.02, 0.15])
def test_a_key_pressed_while_the_program_still_starts_is_not_lost(seller: Seller, after: float) -> None:
    second = seller.run("list", "--json", "--limit", "2").json[1]
    with seller.open() as terminal:
        terminal.read(after)
        terminal.press("j")
        terminal.until("waiting for an answer")
        terminal.until(lambda: any(line.startswith(HIGHLIGHT) and second["buyer"] in line for line in terminal.screen.display))
