"""A thank-you may be set aside with one key, so a complaint must never look like one."""

from __future__ import annotations

import pytest
from hypothesis import given

from sellerinbox.domain.thanks import is_thanks
from tests.domain.pieces import HOSTILE, growth, labelled, slowest

FOUND_AT_LEAST = 0.9


@pytest.mark.parametrize("name", ["thanks", "thanks.heldout"])
def test_no_request_or_complaint_of_the_labelled_set_passes_for_thanks(name: str) -> None:
    assert [item["text"] for item in labelled(name) if not item["thanks"] and is_thanks(item["text"])] == []


@pytest.mark.parametrize("name", ["thanks", "thanks.heldout"])
def test_thanks_of_the_labelled_set_are_found(name: str) -> None:
    thanks = [item["text"] for item in labelled(name) if item["thanks"]]
    missed = [text for text in thanks if not is_thanks(text)]
    assert len(missed) <= (1 - FOUND_AT_LEAST) * len(thanks), missed


def test_the_labelled_sets_are_large_enough() -> None:
    assert len(labelled("thanks")) >= 160
    assert len(labelled("thanks.heldout")) >= 60


@pytest.mark.parametrize(
    "added",
    [
        "?",
        " but it broke",
        " when",
        " please",
        " not",
        " refund",
        " if it",
        " 🙄",
        " 2",
        " still",
        " aber",
        " mais",
        " pero",
        "但是",
        " http://x",
    ],
)
@pytest.mark.parametrize("thanks", ["Thank you", "Danke", "Merci", "Gracias", "谢谢"])
def test_one_word_more_and_the_seller_has_to_look(thanks: str, added: str) -> None:
    assert is_thanks(thanks)
    assert not is_thanks(thanks + added)


@pytest.mark.parametrize("text", ["Thanks Anna", "Hi Tom, thanks!", "Danke!\nLG Tina", "Thank you\nAnna Oak", "Hallo Frau Kurz, danke"])
def test_names_may_stand_where_names_stand(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize("text", ["Thanks Refund", "Thanks\nRechnung", "Thanks anna where", "Danke\nWann", "Thanks IDIOT", "Anna"])
def test_words_of_trade_are_no_names(text: str) -> None:
    assert not is_thanks(text)


@pytest.mark.parametrize("text", ["Yes, thank you", "Ja, danke", "Oui merci", "No thank you", "Sí, gracias"])
def test_an_offer_taken_or_refused_is_no_thank_you(text: str) -> None:
    assert not is_thanks(text)


@given(HOSTILE)
def test_no_text_breaks_it_and_a_question_never_passes(text: str) -> None:
    assert is_thanks(text) in (True, False)
    assert not is_thanks(f"{text}?")


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    is_thanks("thanks 谢谢")
    seconds, piece = slowest(is_thanks)
    assert seconds < 0.05, piece
    assert not is_thanks("thank you " * 1000)


def test_layout_of_the_longest_text_is_linear() -> None:
    assert growth(lambda text: [is_thanks(text[at : at + 390]) for at in range(0, len(text), 390)], "thanks for your ") < 8
