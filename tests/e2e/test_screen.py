"""The whole job on the screen: open, read, answer with one key, call it back, block, quit, come back."""

from __future__ import annotations

import pytest

from tests.e2e.market import Market
from tests.e2e.seller import Seller
from tests.e2e.terminal import Terminal

# English, one order, a parcel with a number: `1` has nothing to ask.
SIZES = [((120, 40), "brass_and_oak_71"), ((80, 24), "saltmarsh_attic")]


def find(terminal: Terminal, buyer: str) -> None:
    """Search for a buyer and open the conversation."""
    terminal.press("/")
    terminal.until("Search")
    terminal.press(*buyer)
    terminal.until("Found")
    terminal.press("enter", "enter")
    terminal.until(f"{buyer} ·")


@pytest.mark.parametrize(("size", "buyer"), SIZES)
def test_a_seller_s_day(seller: Seller, market: Market, size: tuple[int, int], buyer: str) -> None:
    seller.settings(undo_seconds=2)
    with seller.open(size) as terminal:
        terminal.until("waiting for an answer")
        find(terminal, buyer)
        terminal.press("1")
        terminal.until("goes out in 2 s · u calls it back")
        terminal.press("u")
        terminal.until("A draft is kept")
        assert market.sends() == []

        terminal.press("1")
        terminal.until("goes out in")
        terminal.until(lambda: len(market.sends()) > 0)
        terminal.gone("waiting to go")
        sent = market.sends()
        assert len(sent) == 1
        text = sent[0]["body"]["messageText"]
        assert text.startswith("Hello ")

        terminal.press("B")
        terminal.until(f"Why block {buyer}?")
        terminal.press("j", "enter")
        terminal.until("A note for yourself?")
        terminal.press(*"late at night", "enter")
        terminal.until(f"Block {buyer}")
        terminal.press("y")
        terminal.until("Done on eBay?")
        terminal.press("y")
        terminal.until("You blocked this buyer")

        quit_(terminal, size)

    with seller.open(size) as terminal:
        terminal.until("waiting for an answer")
        find(terminal, buyer)
        terminal.until("You blocked this buyer")
        assert len(terminal.lines_with("asking Royal Mail where the parcel")) in (0, 1)
        terminal.until("Best wishes")
        quit_(terminal, size)
    (reply,) = seller.replies()
    assert (reply["state"], reply["text"]) == ("sent", text)
    assert len(market.sends()) == 1


def quit_(terminal: Terminal, size: tuple[int, int]) -> None:
    """`q`; where one pane takes the whole screen it goes back to the list first."""
    if size[0] < 100:
        terminal.press("q")
        terminal.until("Enter open")
    terminal.press("q")
    assert terminal.ended() == 0
