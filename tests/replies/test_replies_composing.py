"""One message out of several replies: one greeting, one closing, one language, the apology first."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellerinbox import replies
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.replies.checking import SAMPLES

STARTER = replies.load(None)


def compose(*names: str, language: str | None = "en", catalogue: replies.Replies = STARTER, **swaps: str) -> replies.Composed:
    return replies.compose(catalogue, names, language, SAMPLES, swaps)


@pytest.mark.parametrize(
    ("language", "hello", "bye"), [("en", "Hello Anna,", "Best wishes"), ("de", "Hallo Anna,", "Viele Grüße"), ("zh", "Anna，您好！", None)]
)
def test_two_replies_become_one_message(language: str, hello: str, bye: str | None) -> None:
    composed = compose("guide", "sorry-remedy", "easy-return", language=language)

    paragraphs = composed.text.split("\n\n")
    assert paragraphs[0] == hello
    assert composed.text.count(hello) == 1
    if bye:
        assert paragraphs[-1] == bye
        assert composed.text.count(bye) == 1
    assert composed.names == ("guide", "sorry-remedy", "easy-return")
    assert "\n\n\n" not in composed.text


def test_the_skeleton_is_kept_and_only_one_apology_is_made() -> None:
    text = compose("easy-return", "sorry-remedy", "guide").text

    assert text.count("sorry") == 1
    order = [
        text.index(words)
        for words in ("I am sorry", "You can decide" if "You can decide" in text else "You decide", "Please try this", "Tell me here how")
    ]
    assert order == sorted(order)


def test_a_sentence_in_the_middle_begins_with_a_capital() -> None:
    assert "\n\nKein Problem, Sie können" in compose("sorry-remedy", "easy-return", language="de").text


def test_the_same_paragraph_is_not_said_twice() -> None:
    text = compose("wismo", "redeliver", "carrier-sorry").text

    assert text.count("You will hear from me here on") <= 2
    assert text.count("You will hear from me here on Monday 25 Nov.\n\n") <= 1


def test_one_reply_alone_is_what_its_text_says() -> None:
    for reply in STARTER.all():
        for language in reply.texts:
            assert compose(reply.name, language=language).text == replies.fill(reply.texts[language], SAMPLES).text


def test_a_block_is_swapped_and_its_companion_goes_with_it() -> None:
    refund = compose("sorry-remedy", remedy="refund").text

    assert "You get a full refund, and you may keep the item." in refund
    assert "answer with 1 or 2" not in refund
    assert "I will confirm the refund to you here on Monday 25 Nov." in refund
    assert replies.alternatives(STARTER.by_name("sorry-remedy") or STARTER.all()[0])["remedy"] == ("choice", "refund", "replacement")


def test_a_day_that_comes_in_with_a_swap_is_a_promise() -> None:
    assert compose("sorry-remedy").effects.promise is None
    promise = compose("sorry-remedy", remedy="refund").effects.promise
    assert promise is not None
    assert promise.when == "next_working_day"


def test_single_blocks_can_be_stacked() -> None:
    text = compose("sorry-remedy.apology", "easy-return.guidance").text

    assert text.startswith("Hello Anna,\n\nI am sorry that your order")
    assert "This is how:" in text
    assert "1 or 2" not in text


@pytest.mark.parametrize("names", [("nonsense",), ("wismo.nonsense",), ("wismo", "nonsense.apology")])
def test_a_name_that_is_not_there_is_said(names: tuple[str, ...]) -> None:
    with pytest.raises(NotFound):
        compose(*names)


def test_a_swap_that_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match="choice, refund, replacement"):
        compose("sorry-remedy", remedy="nothing")
    with pytest.raises(UsageError):
        compose()


OLD = """
[[reply]]
name = "mine"
title.en = "x"
text.en = '''
Dear {buyer},

We have your order {order}.

What colour?

Kind regards
Anna'''
[[reply]]
name = "french"
title.en = "x"
text.fr = "Bonjour {buyer},"
"""


@pytest.fixture
def mixed(tmp_path: Path) -> replies.Replies:
    (tmp_path / "own.toml").write_text(OLD)
    return replies.load(tmp_path, strict=True)


def test_a_text_in_one_piece_joins_without_its_greeting_and_closing(mixed: replies.Replies) -> None:
    text = compose("mine", "sorry-remedy", catalogue=mixed).text

    assert text.startswith("Dear Anna,\n\nI am sorry")
    assert "We have your order 12-34567-89012.\n\nWhat colour?" in text
    assert "Kind regards" not in text
    assert text.endswith("Best wishes")


def test_never_a_message_in_two_languages(mixed: replies.Replies) -> None:
    with pytest.raises(UsageError, match="no language in common"):
        compose("french", "wismo", language="fr", catalogue=mixed)
    composed = compose("mine", "wismo", language="de", catalogue=mixed)
    assert composed.language == "en"
    assert composed.language_missing


@pytest.mark.parametrize(
    ("wanted", "used", "missing"),
    [("de", "de", False), ("de-AT", "de", False), ("zh-TW", "zh", False), ("fr", "en", True), (None, "en", True)],
)
def test_a_missing_language_is_said(wanted: str | None, used: str, missing: bool) -> None:
    composed = compose("wismo", language=wanted)

    assert (composed.language, composed.language_missing) == (used, missing)


def test_the_fields_to_ask_for_are_named_in_reading_order() -> None:
    reply = STARTER.by_name("policy")
    assert reply is not None

    fields = replies.missing(reply, {"buyer": "Anna", "marketplace": "eBay"}, "de")

    assert [field.name for field in fields] == ["policy", "alternative"]
    assert fields[0].question == replies.VARIABLES["policy"]


def test_closing_needs_all_of_them_and_a_promise_is_kept() -> None:
    assert compose("kind-close").effects.close
    both = compose("kind-close", "hold").effects
    assert not both.close
    assert not both.ack_only
    assert both.promise is not None
    assert compose("hold").effects.ack_only
