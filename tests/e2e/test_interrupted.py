"""The buyer writes while he is being answered: nothing goes out over his words before they were on the screen."""

from __future__ import annotations

import pytest

from tests.e2e.hands import FREE, REVIEW, Hands
from tests.e2e.market import Market
from tests.e2e.seller import Seller

TEXT = "Good morning, yes, it strikes on the hour, and a lever turns the strike off."
NEWS = "One more thing: could you hold it for me until Friday?"
WROTE_AGAIN = "wrote again while you were writing. Read it above, then send."


def he_writes(market: Market, seller: Seller, hands: Hands, buyer: str, words: str) -> None:
    """A message, fetched by the sync behind the open screen, which has it in the file now."""
    heard = len(seller.show(seller.key(buyer))["messages"])
    market.control("message", buyer=buyer, text=words)
    hands.terminal.until(lambda: seller.who_syncs() is not None)
    # The screen has the keys of the reply box, so the round that R would ask for is asked for by its own clock.
    hands.terminal.until(lambda: len(seller.show(seller.key(buyer))["messages"]) > heard)


@pytest.mark.parametrize(
    ("buyer", "in_the_review"), [("old_mill_lane", False), ("hedgerow_55", True)], ids=["in the reply box", "in the review"]
)
def test_what_the_buyer_wrote_meanwhile_is_read_before_the_reply_goes(
    seller: Seller, market: Market, buyer: str, in_the_review: bool
) -> None:
    seller.settings(undo_seconds=0)
    seller.append("\n[sync]\nconversations_every = 1\n")
    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").find(buyer)
        hands.press("r").see("Ctrl+S send").type(TEXT)
        if in_the_review:
            hands.press("ctrl+s").see(REVIEW).see(FREE)
            assert NEWS not in terminal.text
        he_writes(market, seller, hands, buyer, NEWS)
        hands.press("y" if in_the_review else "ctrl+s").see(WROTE_AGAIN).see(NEWS).see(TEXT)
        assert market.sends() == []
        assert seller.replies() == []

        hands.press("ctrl+s").see(REVIEW).see(FREE).press("y")
        terminal.until(lambda: seller.states() == ["sent"])
    assert len(market.sends()) == len(market.sends(TEXT)) == 1
    assert market.received(buyer, TEXT) == 1
    (talk,) = market.control(f"state?buyer={buyer}")["conversations"]
    assert [message["text"] for message in talk["messages"]][-2:] == [NEWS, TEXT]
