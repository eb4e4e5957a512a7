"""Feedback may be asked for honestly and never be bought, demanded, begged for, threatened for or written for the buyer."""

from __future__ import annotations

import re
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
SETS = [CORPORA / f"feedback.{name}.jsonl" for name in ("dev", "own", "dev2", "own2", "dev3", "own3")]
HINTED = {"feedback.own2.jsonl": 0.9, "feedback.own3.jsonl": 0.83}
"""Sets of faint hints, of which fewer are found."""
OTHERS = [CORPORA / name for name in ("off_platform.dev.jsonl", "off_platform.dev2.jsonl", "tone.dev.jsonl", "tone.dev2.jsonl")]


def findings(example: dict[str, str], catalogue: Catalogue | None = None) -> list[guard.Finding]:
    context = guard.Context(example["marketplace"], case=example["case"])  # type: ignore[arg-type]
    return list(feedback.check(Reading(example["text"], context, catalogue or shipped())))


def test_every_pattern_that_comes_along_can_be_read() -> None:
    assert read(shipped_sources()).rules.keys() == shipped().rules.keys()


def test_every_rule_has_texts_that_it_must_find() -> None:
    assert {id_ for id_, rule in shipped().rules.items() if rule.family == "feedback"} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_texts(rule: str) -> None:
    assert all(rule in {finding.rule for finding in findings(text)} for text in EXAMPLES[rule]["finds"])


def test_without_its_weights_a_hint_that_no_rule_knows_leaves() -> None:
    text = {"text": "Your twenty pounds and my spotless record could both be back by Friday.", "marketplace": "ebay", "case": "open"}
    without = read([source for source in shipped_sources() if source[0] != "feedback_weights.toml"])

    assert guard.verdict(findings(text)) == "block"
    assert guard.verdict(findings(text, without)) == "allow"


OBLIQUE = "Posting tomorrow, but I need to see your positive today."
"""A deal that no plain rule names: the weights decide."""


def test_what_is_not_sure_is_only_warned_of() -> None:
    text = {"text": OBLIQUE, "marketplace": "ebay", "case": "open"}
    files = {name: source for name, source in shipped_sources() if name.startswith("feedback")}
    files["feedback_weights.toml"] = re.sub(r'"enough = [-.\d]+"', '"enough = 50"', files["feedback_weights.toml"])

    assert guard.verdict(findings(text)) == "block"
    assert guard.verdict(findings(text, read(files.items()))) == "warn"


def test_a_plain_deal_need_not_weigh_much() -> None:
    text = {"text": "I will refund you if you remove the negative feedback.", "marketplace": "ebay", "case": "open"}
    files = {name: source for name, source in shipped_sources() if name.startswith("feedback")}
    light = {**files, "feedback_weights.toml": re.sub(r'"(enough|doubt) = [-.\d]+"', r'"\1 = 50"', files["feedback_weights.toml"])}
    none = {**light, "feedback_weights.toml": re.sub(r'"plain = [-.\d]+"', '"plain = 50"', light["feedback_weights.toml"])}

    assert guard.verdict(findings(text, read(light.items()))) == "block"
    assert guard.verdict(findings(text, read(none.items()))) == "allow"


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_honest_texts_about_other_things_leave(path: Path) -> None:
    items = [item for item in figures.load(path) if item.get("label", "ok") == "ok"]
    stopped = [item["id"] for item in items if findings({"marketplace": "ebay", "case": "none", **item})]

    assert len(stopped) <= len(items) // 100


@pytest.mark.parametrize("text", EXAMPLES["honest"]["never"], ids=lambda text: text["text"][:40])
def test_honest_words_about_feedback_leave(text: dict[str, str]) -> None:
    assert findings(text) == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.name)
@pytest.mark.parametrize("way", figures.WAYS)
def test_the_figures_hold_also_when_a_text_is_doubled_or_stands_behind_honest_words(path: Path, way: str) -> None:
    result = figures.measure(figures.load(path), "feedback", way)

    assert result.precision >= 0.93
    assert result.recall >= HINTED.get(path.name, 0.92)
    assert result.honest("block") <= 0.05
    assert result.honest("warn") <= 0.03


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


@pytest.mark.parametrize("case", ["none", "open", "resolved"])
@pytest.mark.parametrize(
    "text",
    [
        "I will refund you if you remove the negative feedback.",
        "I am sorry about the shade. I refund you 20 pounds if you change your negative feedback to positive.",
        "If you remove the negative feedback, I will refund you.",
        "Please remove the negative feedback and we will give you a full refund.",
        "Remove the negative or I will report you to eBay.",
        "Wenn Sie die negative Bewertung löschen, erstatte ich Ihnen das Geld.",
        "Si vous supprimez l'avis négatif, je vous rembourse.",
        "Si borra la reseña negativa, le devuelvo el dinero.",
        "您删除差评我就给您退款",
        "您刪除差評我就給您退款",
    ],
)
def test_the_plainest_deal_is_stopped_however_the_case_stands(text: str, case: guard.context.Case) -> None:
    findings = [finding for finding in guard.check(text, guard.Context(case=case)) if finding.family == "feedback"]
    assert guard.verdict(findings) == "block"
