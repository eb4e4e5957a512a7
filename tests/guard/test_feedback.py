"""Feedback may be asked for honestly and never be bought, demanded, begged for, threatened for or written for the buyer."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from tests.guard import figures

from sellerinbox import guard
from sellerinbox.guard import feedback
from sellerinbox.guard.catalogue import Catalogue, read, shipped, shipped_sources
from sellerinbox.guard.reading import Reading

HERE = Path(__file__).parent
CORPORA = HERE.parent / "corpora"
EXAMPLES = tomllib.loads((HERE / "examples" / "feedback.toml").read_text(encoding="utf-8"))
RULES = sorted(id_ for id_ in EXAMPLES if id_ != "honest")
SETS = [CORPORA / "feedback.dev.jsonl", CORPORA / "feedback.own.jsonl"]


def findings(example: dict[str, str], catalogue: Catalogue | None = None) -> list[guard.Finding]:
    context = guard.Context(example["marketplace"], case=example["case"])  # type: ignore[arg-type]
    return list(feedback.check(Reading(example["text"], context, catalogue or shipped())))


def test_every_rule_has_texts_that_it_must_find() -> None:
    assert {id_ for id_, rule in shipped().rules.items() if rule.family == "feedback"} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_texts_and_without_it_one_of_them_leaves(rule: str) -> None:
    texts = EXAMPLES[rule]["finds"]
    without = read([source for source in shipped_sources() if source[0].startswith("feedback")], off=[rule])

    assert all(rule in {finding.rule for finding in findings(text)} for text in texts)
    assert any(guard.verdict(findings(text, without)) == "allow" for text in texts)


@pytest.mark.parametrize("text", EXAMPLES["honest"]["never"], ids=lambda text: text["text"][:40])
def test_honest_words_about_feedback_leave(text: dict[str, str]) -> None:
    assert findings(text) == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
@pytest.mark.parametrize("way", figures.WAYS)
def test_the_figures_hold_also_when_a_text_is_doubled_or_stands_behind_honest_words(path: Path, way: str) -> None:
    result = figures.measure(figures.load(path), "feedback", way)

    assert result.precision >= 0.98
    assert result.recall >= 0.94
    assert result.honest("block") <= 0.01
    assert result.honest("warn") <= 0.01


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "zh-Hans", "zh-Hant"])
def test_no_language_falls_behind(language: str) -> None:
    items = [item for path in SETS for item in figures.load(path) if item["lang"] == language]
    result = figures.measure(items, "feedback")

    assert result.precision >= 0.97
    assert result.recall >= 0.92


def test_amazon_forbids_what_ebay_allows_once_the_case_is_settled() -> None:
    text = {"text": "You may revise your review if you like, it's your choice.", "case": "resolved"}

    assert findings({**text, "marketplace": "ebay"}) == []
    assert "feedback.ask_change_review.plain" in {finding.rule for finding in findings({**text, "marketplace": "amazon"})}


def test_a_deal_cannot_hide_behind_a_kind_sentence() -> None:
    text = "No pressure at all, and thank you for your patience. Change the review to five stars and I'll refund you 10 euros."

    assert guard.verdict(findings({"text": text, "marketplace": "ebay", "case": "open"})) == "block"


def test_a_hostile_text_has_no_endless_findings() -> None:
    text = {"text": "Change the review and I refund you. " * 500, "marketplace": "amazon", "case": "open"}

    assert 1 <= len(findings(text)) <= 20 * len(RULES)
