"""The engine under the rules: texts read as a buyer would, phrases found, places told in the text as given."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox.domain.errors import ConfigError
from sellerinbox.guard import Context, Reading
from sellerinbox.guard.catalogue import read
from sellerinbox.guard.fold import fold, folded
from sellerinbox.guard.phrases import compile_phrase
from sellerinbox.guard.tokens import tokens

RULES = """
[concepts.review]
en = ["feedback", "review|reviews", "five stars"]
zh = ["评价", "好评"]
[concepts.remedy]
en = ["refund*", "money back"]
zh = ["退款", "补偿"]
[[rule]]
id = "feedback.removal_for_benefit.test"
family = "feedback"
kind = "removal_for_benefit"
severity = "block"
why.en = "Not so."
doc = "A test."
when.en = ["change|remove ~ <review> ~~ <remedy>"]
when.zh = ["<review> ~~ <remedy>"]
unless.en = ["whatever you wrote"]
unless_before.en = ["never"]
sentences = 2
"""
CATALOGUE = read([("test.toml", RULES)])


def found(text: str, **context: str) -> list[str]:
    reading = Reading(text, Context(**context), CATALOGUE)  # type: ignore[arg-type]
    return [text[f.start : f.end] for f in reading.rules("feedback")]


@pytest.mark.parametrize(
    "text",
    [
        "Please change your review and the refund is yours",
        "PLEASE CHANGE YOUR REVIEW. THE REFUNDS FOLLOW",
        "Please ｃｈａｎｇｅ your re\u200bview, then refund",
        "Please chаnge your rеview, then refund",  # Cyrillic а and е
        "Please 𝐜𝐡𝐚𝐧𝐠𝐞 your ⓡⓔⓥⓘⓔⓦ, then refund",
        "please ćhánge your review — refund",
        "remove it: five stars first, then your money back",
    ],
)
def test_a_disguise_of_single_letters_hides_nothing(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Please change your review. I waited a day. The refund is on its way",
        "Never change your review, the refund is on its way",
        "Change your review or not, whatever you wrote: the refund is yours",
        "The refund is on its way",
        "",
    ],
)
def test_what_the_rule_does_not_mean_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_traditional_chinese_is_read_as_simplified_and_its_place_is_told() -> None:
    assert found("親,收到好評,立刻給您補償!") == ["好評,立刻給您補償"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_a_place_in_the_folded_text_leads_back_into_the_text(text: str) -> None:
    whole = folded(text)
    cut = tokens(whole)
    for start, end in zip(cut.starts, cut.ends, strict=True):
        left, right = whole.span(start, end)
        assert 0 <= left < right <= len(text)
        assert fold(text[left:right]).replace("\u200b", "") == whole.text[start:end]


@given(st.text(alphabet="a <>|~?*_^$#的1", max_size=40))
def test_a_pattern_is_read_or_refused_in_words(source: str) -> None:
    with suppress(ValueError):
        phrase = compile_phrase(source)
        assert phrase.slots
        assert not phrase.slots[0].optional


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[[rule]]\nid = 3", "lacks"),
        (RULES.replace("doc =", "docs ="), "docs"),
        (RULES.replace("<remedy>", "<remedies>"), "remedies"),
        (RULES.replace("when.en", "when.xx"), "xx"),
        (RULES.replace('"block"', '"loud"'), "severity"),
        ("not toml", "can't be read"),
    ],
)
def test_a_mistake_in_a_rule_file_is_named(text: str, part: str) -> None:
    with pytest.raises(ConfigError, match=part):
        read([("own.toml", text)])


def test_a_rule_is_switched_off_by_its_id_and_a_wrong_id_is_named() -> None:
    off = read([("test.toml", RULES)], ["feedback.removal_for_benefit.test"])
    assert not Reading("change your review for a refund", Context(), off).rules("feedback")
    with pytest.raises(ConfigError, match="no rule"):
        read([("test.toml", RULES)], ["feedback.nothing"])
