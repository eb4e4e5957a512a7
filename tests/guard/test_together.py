"""Rules whose concepts stand together, concepts made of concepts, and words that take a concept away."""

from __future__ import annotations

import pytest

from sellerinbox.domain.errors import ConfigError
from sellerinbox.guard import Context, Reading
from sellerinbox.guard.catalogue import read
from sellerinbox.guard.together import together

RULES = """
[concepts.mark]
en = ["stars|review"]
not.en = ["stars hotel", "review the order"]
[concepts.gone]
en = ["gone|removed"]
[concepts.freed]
en = ["<mark> ~ <gone>"]
[concepts.money]
en = ["refund|money"]
[concepts.free]
en = ["your choice"]
[[rule]]
id = "feedback.removal_for_benefit.test"
family = "feedback"
kind = "removal_for_benefit"
severity = "block"
why.en = "Not so."
doc = "A test."
together = ["freed money --free"]
sentences = 2
"""
CATALOGUE = read([("test.toml", RULES)])


def found(text: str) -> list[str]:
    reading = Reading(text, Context(language="en"), CATALOGUE)
    return [finding.text for finding in together(reading, "feedback")]


@pytest.mark.parametrize(
    "text",
    [
        "Once the stars are gone the refund is yours.",
        "The refund is yours. The stars must be gone.",
        "The stars must be gone. Then the money comes.",
    ],
)
def test_concepts_count_in_any_order_and_over_two_sentences(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The stars are here. The refund is yours.",
        "The stars are gone. Here is more. And still more. The refund is done.",
        "The stars hotel is gone and so is the money.",
        "Please review the order that is gone, or take a refund.",
        "It is your choice. The stars are gone and the refund is done.",
        "The stars are gone and the refund is done. It is your choice.",
    ],
)
def test_what_stands_apart_means_another_thing_or_leaves_the_choice_is_free(text: str) -> None:
    assert found(text) == []


def test_the_choice_in_one_deal_does_not_free_another() -> None:
    assert len(found("The stars are gone, your choice. One. Two. Three. The stars are gone and the money comes.")) == 1


def test_the_place_told_is_the_smallest_that_holds_the_case() -> None:
    assert found("Hello there. Are the stars gone? Then the money comes soon.") == ["stars gone? Then the money"]


def test_twenty_findings_of_a_rule_are_enough() -> None:
    assert len(found("The stars are gone and the money comes. " * 100)) == 20


@pytest.mark.parametrize("line", ['together = ["freed cash"]', 'together = "freed"', 'together = ["-free"]'])
def test_a_rule_that_cannot_be_meant_is_refused(line: str) -> None:
    with pytest.raises(ConfigError):
        read([("test.toml", RULES.replace('together = ["freed money --free"]', line))])


def test_a_term_that_names_no_concept_is_refused() -> None:
    with pytest.raises(ConfigError, match="no concept"):
        read([("test.toml", RULES.replace("<gone>", "<nowhere>"))])
