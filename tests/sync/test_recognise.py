"""Which message in the thread counts as the reply that got no answer (S4): sure, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerinbox.domain.messages import Message
from sellerinbox.domain.models import Direction
from sellerinbox.sync.recognise import recognise
from tests.fakes import START

LONG = " ".join(f"word{number}" for number in range(400))


def messages(*texts: str) -> list[Message]:
    return [Message(f"m{at}", Direction.OUT, "shop", START + timedelta(seconds=at), text) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Thanks & bye", "Thanks &amp; bye"),
        ("  It left\r\ntoday. ", "It left today."),
        (LONG, LONG[:2000]),
        (LONG, LONG[:1990] + "…"),
        ("It is no damn problem, we send a new one.", "It is no **** problem, we send a new one."),
        ("See https://carrier.example/1Z999 for where it is now.", "See for where it is now."),
        ("See https://carrier.example/1Z999 for where it is now.", "See [link removed] for where it is now."),
        ("Une réponse à vous", "Une re\u0301ponse a\u0300 vous"),
    ],
)
def test_changed_on_the_way_and_still_ours(ours: str, theirs: str) -> None:
    assert recognise(ours, messages(theirs)) is not None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("We sent it on Monday.", "We sent it on Sunday."),
        ("Hello, your parcel left today.", "Hello"),
        ("Yes", "***"),
        ("Yes we do.", "No, *** *** ***."),
        ("It left today.", "It left today. Sorry for the wait!"),
        ("", "***"),
        ("Thanks!", ""),
        (LONG, LONG[:60]),
    ],
)
def test_another_text_is_never_taken_for_ours(ours: str, theirs: str) -> None:
    assert recognise(ours, messages(theirs)) is None


def test_a_changed_text_among_several_is_not_sure() -> None:
    masked = "It is no **** problem, we send a new one."
    assert recognise("It is no damn problem, we send a new one.", messages(masked, "Something else.")) is None


def test_of_equal_ones_the_oldest() -> None:
    found = recognise("Thanks!", messages("Thanks!", "Thanks!"))
    assert found is not None
    assert found.id == "m0"
