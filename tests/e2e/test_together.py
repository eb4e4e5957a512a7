"""Two of us over one home: one syncs, the other says so, and the buyer gets one reply."""

from __future__ import annotations

from tests.e2e.market import Market
from tests.e2e.seller import Seller
from tests.e2e.terminal import Terminal
from tests.e2e.test_screen import find, quit_

WIDE = (120, 40)


def test_two_interfaces_and_one_reply(seller: Seller, market: Market) -> None:
    seller.settings(undo_seconds=1)
    with seller.open(WIDE) as first, seller.open(WIDE) as second:
        both_until(first, second, "is syncing")
        assert f"Another sellerinbox (process {seller.who_syncs()}) is syncing" in first.text + second.text
        for terminal in (first, second):
            find(terminal, "saltmarsh_attic")
        first.press("2")
        second.press("2")
        for terminal in (first, second):  # the queue goes on to the next in both
            terminal.until(lambda: "saltmarsh_attic" not in terminal.text)  # noqa: B023
        first.until(lambda: seller.states() == ["sent"])
    assert seller.states() == ["sent"]
    assert len(market.sends()) == 1


def test_beside_an_open_interface_a_sync_says_who_syncs_and_a_reply_is_sent_by_it(seller: Seller, market: Market) -> None:
    with seller.open(WIDE) as terminal:
        terminal.until(lambda: seller.who_syncs() is not None)
        refused = seller.run("sync")
        assert (refused.code, refused.out) == (1, "")
        assert f"process {seller.who_syncs()}" in refused.err
        text = "Hello Petra, the key is back in stock."
        sent = seller.run("reply", seller.key("hedgerow_55"), "--text", text, "--wait", "--json")
        assert sent.code == 0, sent
        assert sent.json["state"] == "sent"
        quit_(terminal)
    assert len(market.sends(text)) == 1


def both_until(first: Terminal, second: Terminal, words: str) -> None:
    """Read from both until one of them shows the words."""

    def there() -> bool:
        first.read(0)
        return words in first.text + second.text

    second.until(there)
