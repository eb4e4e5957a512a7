"""A question left out brings the buyer back angrier; a tick where nothing was answered is worse than none."""

from __future__ import annotations

import pytest
from hypothesis import given

from sellerinbox.domain.questions import answered, questions
from tests.domain.pieces import HOSTILE, growth, slowest


@pytest.mark.parametrize(
    "asks",
    [
        "Where is my parcel?",
        "can you tell me when it ships",
        "Please let me know whether you have it in blue",
        "I would like to know the size",
        "any news on my order",
        "Hi, when will it arrive",
        "Is it waterproof",
        "Could you send me an invoice, thanks.",
        "Wann kommt mein Paket",
        "Können Sie mir die Rechnung schicken",
        "Ich möchte gerne wissen ob es versichert ist",
        "Hallo, wo bleibt meine Bestellung",
        "请问什么时候发货",
        "能不能退款",
        "有沒有藍色的",
        "包裹到哪里了",
        "Quand arrive mon colis",
        "Pouvez-vous m'envoyer la facture",
        "J'aimerais savoir si c'est imperméable",
        "¿Cuándo llega?",
        "me puede decir cuándo llega",
        "Quisiera saber el precio",
    ],
)
def test_questions_with_and_without_their_mark(asks: str) -> None:
    assert questions(f"Hello there.\n{asks}") == (asks,)


@pytest.mark.parametrize(
    "tells",
    [
        "When it arrived it was broken.",
        "What I got is wrong.",
        "How disappointing.",
        "Have a nice day",
        "Als es kam, war es kaputt.",
        "Das ist schade.",
        "收到了，谢谢",
        "Quand je l'ai ouvert il était cassé.",
        "Cuando lo abrí estaba roto.",
        "See https://shop.example/item?id=1",
        "???",
        "",
    ],
)
def test_what_only_tells_is_no_question(tells: str) -> None:
    assert questions(tells) == ()


def test_each_question_is_listed_once_in_order_on_one_line() -> None:
    text = "Where is  it??\nIs it insured? It was dear.\nwhere is it\nWhere is  it??"
    assert questions(text) == ("Where is it??", "Is it insured?", "where is it")


@pytest.mark.parametrize(
    ("asked", "reply", "ticked"),
    [
        ("When will it ship?", "It goes out tomorrow.", True),
        ("When will it ship?", "It takes 3-5 working days.", True),
        ("When will it ship?", "We are sorry, it will ship soon.", False),
        ("Wann kommt das Paket?", "Es kommt am Montag.", True),
        ("什么时候发货？", "明天给您发货。", True),
        ("Quand arrive-t-il ?", "Il arrive vendredi.", True),
        ("¿Cuándo llega?", "Llega el viernes.", True),
        ("How much is shipping?", "Shipping is 4.90 €.", True),
        ("How much is shipping?", "Shipping is free.", True),
        ("How much is shipping?", "Shipping is quick.", False),
        ("Was kostet der Versand?", "Versand kostet 5 Euro.", True),
        ("多少钱？", "运费10元", True),
        ("Do you have the lamp in blue?", "Yes, the lamp comes in blue.", True),
        ("Do you have the lamp in blue?", "Thank you for your message.", False),
        ("Is the lamp waterproof?", "The lamp is on its way.", False),
        ("Can it be washed?", "It was washed.", True),
        ("When does it ship?", "When would you like it? Tomorrow?", False),
        ("Can you help?", "Yes.", False),
    ],
)
def test_ticks_are_cautious(asked: str, reply: str, ticked: bool) -> None:
    assert answered([asked], reply) == (ticked,)


def test_every_question_gets_its_own_tick() -> None:
    asked = questions("When will it ship? How much is shipping? Is the lamp waterproof?")
    assert answered(asked, "It ships tomorrow for 4.90 €.") == (True, True, False)


@given(HOSTILE, HOSTILE)
def test_no_text_breaks_it(text: str, reply: str) -> None:
    asked = questions(text)
    flat = " ".join(text.split())
    assert all(question and question in flat for question in asked)
    assert len(answered(asked, reply)) == len(asked)


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    def work(text: str) -> object:
        return answered([*questions(text)[:3], "When?"], text)

    work("When is it? 什么时候 am Montag")
    seconds, piece = slowest(work)
    assert seconds < 0.1, piece
    assert growth(work, piece) < 8
