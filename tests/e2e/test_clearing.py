"""Twenty waiting buyers, five languages, nothing but the keyboard: cleared, and every effect looked up at the marketplace."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from tests.e2e.demo_days import shop_on
from tests.e2e.hands import FREE, Hands
from tests.e2e.market import Market
from tests.e2e.seller import Seller

TUESDAY = "2026-11-24T10:00"
THANKFUL = {"heimwerk_jutta": "Vielen Dank, die richtige ist heute angekommen!", "yinxing_66": "收到了，谢谢！"}
MOST_COMMANDS = 60
"""Keys besides the letters of what was written, for twenty conversations."""
Act = Callable[[Hands], object]


class Cleared(NamedTuple):
    """What is done about a conversation, and what must have become of it."""

    act: Act
    arrives: str | None = None
    """The reply, as a regular expression for all of it; None: nobody writes to him."""
    becomes: str = "waiting"
    """`waiting` for the buyer, `closed`, `snoozed`, `promised`."""
    tags: frozenset[str] = frozenset()
    """Those the seller put on; a canned reply may bring its own."""


def canned(name: str) -> Act:
    """Send what lies on a key at once."""
    return lambda hands: hands.press(hands.key_of(name))


def canned_and_seen(name: str) -> Act:
    """One that promises something in its words: the review asks first."""
    return lambda hands: hands.press(hands.key_of(name)).see(FREE).see("Promises, kept in the ledger").press("y")


def typed(text: str, key: str = "y") -> Act:
    """Write it, look at the review, let it go."""
    return lambda hands: hands.write(text).see(FREE).press(key)


def from_the_palette(search: str) -> Act:
    """Find a canned reply by its words."""
    return lambda hands: hands.press("c").see("As the buyer will read it").type(search).see("Sie entscheiden, wie:").press("enter")


def then_put_off(text: str, preset: str) -> Act:
    """Send it, and put the conversation aside."""
    return lambda hands: hands.write(text).see(FREE).press("s").see("Put it aside until when?").press(preset)


def put_off(until: str) -> Act:
    return lambda hands: hands.press("s").see("Put it aside until when?").type(until).see("→ Thu 26 Nov 09:00").press("enter")


def tagged(tag: str, act: Act) -> Act:
    """Tag it first."""

    def acts(hands: Hands) -> object:
        hands.press("t").see("Tags").type(tag).press("enter").see("Tagged:")
        return act(hands)

    return acts


FRENCH_SORRY = "Bonjour, je suis vraiment désolé pour ce silence. Je vous enverrai ici une solution demain."
FRENCH_WHERE = "Bonjour, je suis désolé du retard. J'ai ouvert une recherche auprès du transporteur ce matin."
FRENCH_CABLE = "Bonjour, oui, 60 W conviennent. Le câble existe seulement en 3 mètres."
SPANISH_WHERE = "Buenos días, siento el retraso. El paquete sigue en tránsito y he abierto una consulta."
SPANISH_CLOCK = "Buenos días, sí, incluye la llave. Pesa 2,4 kg."
GERMAN_RADIO = "Moin, ja, es hat einen Anschluss für den Plattenspieler und spielt Mittelwelle."
CHINESE_LAMP = "您好，国内220伏可以直接用，换国标插头就行。到浙江大约十天。"
DAY = {"en": "Wednesday 25 Nov", "de": "Mittwoch, 25. Nov", "zh": "11月25日"}

CLEARING: dict[str, Cleared] = {
    "heimwerk_jutta": Cleared(lambda hands: hands.press("n")),
    "yinxing_66": Cleared(canned("kind-close"), ".*您好！.*谢谢您的来信.*", "closed"),
    "nanguo_haoran": Cleared(canned("hold"), f".*很抱歉给您添了麻烦.*{DAY['zh']}.*", "promised"),
    "rainsford_relics": Cleared(
        tagged("case-risk", canned("hold")), f"Hello .*I am sorry.*{DAY['en']}.*", "promised", frozenset({"case-risk"})
    ),
    "hautecloche_h": Cleared(typed(FRENCH_SORRY), re.escape(FRENCH_SORRY), "promised"),
    "dachboden_schatz": Cleared(from_the_palette("sorry-remedy"), ".*Sie entscheiden, wie:.*"),
    "zhongbiao_wen": Cleared(canned_and_seen("sorry-remedy"), ".*非常抱歉.*请您选择一种方式.*", "promised"),
    "saltmarsh_attic": Cleared(canned_and_seen("sorry-remedy"), "Hello .*I am sorry.*You decide how.*", "promised"),
    "uhrenfreund_hessen": Cleared(canned("wismo"), ".*Bestellung.*", "promised"),
    "brocante_du_quai": Cleared(typed(FRENCH_WHERE), re.escape(FRENCH_WHERE)),
    "desvan_de_amparo": Cleared(typed(SPANISH_WHERE), re.escape(SPANISH_WHERE)),
    "qingfeng_8802": Cleared(canned("wismo"), ".*包裹.*", "promised"),
    "altholz_rebell": Cleared(canned("hold"), f".*es tut mir leid.*{DAY['de']}.*", "promised"),
    "quickdeal_hub22": Cleared(lambda hands: hands.press("e"), None, "closed"),
    "brass_and_oak_71": Cleared(canned("wismo"), "Hello .*RR050325821GB.*", "promised"),
    "relojero_burgos": Cleared(typed(SPANISH_CLOCK), re.escape(SPANISH_CLOCK)),
    "lampiste_63": Cleared(typed(FRENCH_CABLE, "d"), re.escape(FRENCH_CABLE), "closed"),
    "laodeng_shoucang": Cleared(then_put_off(CHINESE_LAMP, "6"), re.escape(CHINESE_LAMP), "snoozed"),
    "nordlicht_2208": Cleared(typed(GERMAN_RADIO), re.escape(GERMAN_RADIO)),
    "old_mill_lane": Cleared(put_off("thu 9"), None, "snoozed"),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Market, Seller]]:
    with shop_on(TUESDAY, tmp_path_factory.mktemp("clearing"), "--conversations", "27") as (market, seller):
        for buyer, words in THANKFUL.items():
            market.control("message", buyer=buyer, text=words)
        seller.settings(undo_seconds=300)  # nothing goes out before all of it is done, so no buyer answers in between
        seller.sync()
        yield market, seller


def test_twenty_buyers_are_cleared_with_the_keyboard(shop: tuple[Market, Seller], capsys: pytest.CaptureFixture[str]) -> None:
    market, seller = shop
    due = [row["buyer"] for row in seller.run("list", "--view", "due", "--json").json]
    assert sorted(due) == sorted(CLEARING)
    assert len(due) == 20
    with seller.open() as terminal:
        hands = Hands(terminal).see("waiting for an answer").see("c more")
        clear(hands.press("g").see("Go to").press("d").see(" Due ·"))
        assert market.sends() == []
        hands.press("q").see("still waiting to go").press("j", "enter")
        assert terminal.ended() == 0

    arrived(market, seller)
    as_it_stands(market, seller)
    assert hands.commands <= MOST_COMMANDS
    with capsys.disabled():
        written = sum(map(is_typed, CLEARING.values()))
        sys.stdout.write(
            f"\n20 conversations: {hands.commands} keys, and {hands.letters} letters ({written} typed replies, a tag, a time)\n"
        )


def clear(hands: Hands) -> None:
    """One after the other, as the list has them; those with a promise stay in it, further down."""
    left = dict(CLEARING)
    while left:
        buyer = hands.on(CLEARING)
        if buyer in left:
            hands.see(f"{buyer} ·")  # read it first
            left.pop(buyer).act(hands)
        else:
            hands.press("j")
        hands.leaves(buyer)


def is_typed(cleared: Cleared) -> bool:
    return cleared.arrives is not None and "*" not in cleared.arrives


def arrived(market: Market, seller: Seller) -> None:
    """Each reply once, at the right buyer, with the words of the outbox; and nothing else at all."""
    keys = {row["key"]: row["buyer"] for row in seller.conversations()}
    outbox = {keys[item["key"]]: item for item in seller.replies()}
    expected = {buyer: cleared.arrives for buyer, cleared in CLEARING.items() if cleared.arrives is not None}
    assert len(market.sends()) == len(outbox) == len(expected)
    assert set(outbox) == set(expected)
    for buyer, pattern in expected.items():
        item = outbox[buyer]
        assert item["state"] == "sent", item
        assert re.fullmatch(pattern, item["text"], re.DOTALL), item["text"]
        assert "{" not in item["text"]
        assert len(market.sends(item["text"])) == market.received(buyer, item["text"]) == 1
        texts = [message["text"] for message in seller.show(item["key"])["messages"] if message["direction"] == "out"]
        assert texts.count(item["text"]) == 1


def as_it_stands(market: Market, seller: Seller) -> None:
    """Closed ones are archived there, the others are not; snoozes, tags and promises are kept here."""
    rows = {row["buyer"]: row for row in seller.conversations()}
    snoozed = {row["buyer"] for row in seller.run("list", "--view", "snoozed", "--json").json}
    promised = {row["buyer"] for row in seller.run("list", "--view", "promises", "--json").json}
    for buyer, cleared in CLEARING.items():
        row: dict[str, Any] = rows[buyer]
        assert (row["state"] == "closed") is (cleared.becomes == "closed"), row
        assert (buyer in snoozed) is (cleared.becomes == "snoozed"), row
        assert (buyer in promised) is (cleared.becomes == "promised"), row
        assert cleared.tags <= set(row["tags"])
        if cleared.becomes in ("waiting", "closed"):
            assert row["due_at"] is None, row
        assert (archived(market, buyer) == "ARCHIVED") is (cleared.becomes == "closed"), buyer


def archived(market: Market, buyer: str) -> str:
    (talk,) = market.control(f"state?buyer={buyer}")["conversations"]
    return str(talk["status"])
