"""From Saturday to Monday: held over the weekend, thanked for it on Sunday, and not forgotten on Monday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from tests.e2e.demo_days import HOUR, shop_on
from tests.e2e.hands import FREE, Hands
from tests.e2e.market import Market
from tests.e2e.seller import Seller

SATURDAY = "2026-11-21T11:00"
ENGLISH, GERMAN, CHINESE = "tessa_tidewater", "holger_haken", "lili_wenhua"
ASKED = {
    ENGLISH: "Hello, my parcel should have been here on Wednesday. Where is it? The tracking does not move.",
    GERMAN: "Guten Tag, mein Paket ist seit Mittwoch überfällig. Wo bleibt es? Die Sendungsverfolgung steht still.",
    CHINESE: "您好，我的包裹应该星期三就到了，现在在哪里？物流一直没有更新。",
}
MONDAY = {ENGLISH: r"Monday,? 23 Nov", GERMAN: r"Montag, 23\. Nov", CHINESE: r"11月23日星期一"}
"""The day that the holding reply names: the first that is no weekend."""
THANKED = {ENGLISH: "Thank you very much!", GERMAN: "Vielen Dank!", CHINESE: "好的，谢谢！"}
ANSWERS = {
    ENGLISH: "Hello, the carrier has found your parcel and it reaches you this week.",
    GERMAN: "Guten Tag, der Paketdienst hat Ihr Paket gefunden.",
    CHINESE: "您好，快递公司已经找到您的包裹了。",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Market, Seller]]:
    """A shop with nobody else in it who waits."""
    with shop_on(SATURDAY, tmp_path_factory.mktemp("weekend"), "--conversations", "1") as (market, seller):
        for buyer, words in ASKED.items():
            market.control("message", buyer=buyer, text=words)
        seller.settings(undo_seconds=0)
        seller.sync()
        for row in seller.conversations():
            if row["buyer"] not in ASKED:
                assert seller.run("done", row["key"]).code == 0
        yield market, seller


def test_from_saturday_to_monday(shop: tuple[Market, Seller]) -> None:
    market, seller = shop
    on_saturday(market, seller)
    market.control("advance", seconds=24 * HOUR)
    on_sunday(market, seller)
    market.control("advance", seconds=30.5 * HOUR)
    on_monday_evening(market, seller)


def on_saturday(market: Market, seller: Seller) -> None:
    """One key each; one of them is put aside until Monday besides."""
    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").see("c more")
        for buyer in ASKED:
            hands.find(buyer)
            hands.press(hands.key_of("hold")).see(f"To {buyer}: on its way.")
        hands.find(ENGLISH).press("s").see("Put it aside until when?").type("mon 9").see("→ Mon 23 Nov 09:00").press("enter")
        hands.see("Put aside until")
        terminal.until(lambda: seller.states() == ["sent"] * 3)
    for buyer, day in MONDAY.items():
        (reply,) = (item["text"] for item in seller.replies() if item["key"] == seller.key(buyer))
        assert re.search(day, reply), reply
        assert market.received(buyer, reply) == 1
    promises = seller.run("promises", "--json").json
    assert {each["buyer"]: each["due_at"][:16] for each in promises} == dict.fromkeys(ASKED, "2026-11-23T17:00")
    assert told(seller) == (0, 0)  # nothing is owed before Monday evening


def on_sunday(market: Market, seller: Seller) -> None:
    """They say thank you: that wakes nobody, keeps no promise, and takes one key."""
    for buyer, words in THANKED.items():
        market.control("message", buyer=buyer, text=words)
    seller.sync()
    assert {row["buyer"] for row in listed(seller, "promises")} == set(ASKED)
    assert [row["buyer"] for row in listed(seller, "snoozed")] == [ENGLISH]

    with seller.open() as terminal:
        hands = Hands(terminal).see("sellerinbox").see("c more")
        hands.find(GERMAN)
        terminal.until(lambda: hands.highlighted().startswith(f"♥ {GERMAN}"))
        hands.press("n").see("No reply needed")
        hands.find(CHINESE)
        terminal.until(lambda: hands.highlighted().startswith(f"♥ {CHINESE}"))
        hands.press(hands.key_of("until-then")).see(f"To {CHINESE}: on its way.")
        terminal.until(lambda: seller.states() == ["sent"] * 4)
        hands.press("g").see("Go to").press("s").see(" Snoozed ·").at(ENGLISH)
    assert "不客气" in seller.replies()[0]["text"]
    assert {row["buyer"] for row in listed(seller, "promises")} == set(ASKED)  # “until then” is not the answer either
    assert [row["buyer"] for row in listed(seller, "snoozed")] == [ENGLISH]
    assert len(market.sends()) == 4
    assert told(seller) == (0, 0)


def on_monday_evening(market: Market, seller: Seller) -> None:
    """The start opens at what was promised; none of it can be closed before it is answered."""
    assert told(seller) == (8, 8)
    with seller.open() as terminal:
        hands = Hands(terminal).see("3 promises, 3 overdue")
        for buyer in ASKED:
            hands.see(buyer)
        hands.press("escape").see("3 promises overdue")
        for number, (buyer, answer) in enumerate(ANSWERS.items(), 1):
            hands.find(buyer).press("e").see("What you promised")
            assert status(market, buyer) == "ACTIVE"
            hands.write(answer).see(FREE).press("y")
            terminal.until(partial(has_sent, seller, 4 + number))
            hands.find(buyer).press("e").see(f"Done: {buyer}")
        terminal.until(lambda: all(status(market, buyer) == "ARCHIVED" for buyer in ASKED))
    for buyer, answer in ANSWERS.items():
        assert market.received(buyer, answer) == 1
    assert len(market.sends()) == 7
    assert told(seller) == (0, 0)
    with seller.open() as terminal:  # once: the next start opens at the list again
        Hands(terminal).see("sellerinbox").see(" Inbox ·")
        assert "drops it with a reason" not in terminal.text


def has_sent(seller: Seller, count: int) -> bool:
    return seller.states() == ["sent"] * count


def told(seller: Seller) -> tuple[int, int]:
    """The exit codes that cron sees: of the promises, and of all clocks."""
    promises, due = seller.run("promises", "--due", "--json"), seller.run("due", "--json")
    assert (promises.err, due.err) == ("", "")
    assert bool(promises.json) is (promises.code == 8)
    return promises.code, due.code


def listed(seller: Seller, view: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = seller.run("list", "--view", view, "--json").json
    return rows


def status(market: Market, buyer: str) -> str:
    (talk,) = market.control(f"state?buyer={buyer}")["conversations"]
    return str(talk["status"])
