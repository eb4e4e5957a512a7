"""Tone: what would pour oil on the fire is told, what calms is left alone, and every rule earns its place."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import sellerinbox
from sellerinbox import guard
from sellerinbox.guard import Context, Reading, tone
from sellerinbox.guard.catalogue import Catalogue, read, shipped_sources
from sellerinbox.guard.summary import INFLAMING, tone_of

HERE = Path(__file__).parent
CATALOGUE: Catalogue = read(source for source in shipped_sources() if source[0].startswith("tone"))
EXAMPLES: dict[str, dict[str, list[list[str]]]] = tomllib.loads((HERE / "examples" / "tone.toml").read_text(encoding="utf-8"))
HONEST = {
    "en": "Thank you for your message. The parcel was packed with care and left our shelf on the same day. ",
    "de": "Vielen Dank für Ihre Nachricht. Das Paket wurde sorgfältig gepackt und ging noch am selben Tag hinaus. ",
    "fr": "Merci pour votre message. Le colis a été emballé avec soin et il est parti le jour même de chez nous. ",
    "es": "Gracias por su mensaje. El paquete se preparó con cuidado y salió de nuestro almacén ese mismo día. ",
    "zh": "谢谢您的消息。包裹是仔细包好的，当天就从仓库发出了。",
}
EACH = {"tone.wide.jsonl": 3}
"""Of a big set, only every third text is read behind a paragraph and doubled (and plain, to compare): all would take half a minute."""
ADVISORY = {"refusal_bare", "vague_time", "empty_promise", "season", "explanation_first", "request_first", "no_apology"}


@dataclass
class Without(Reading):
    """A text read without one rule."""

    off: str = ""

    def has(self, rule_id: str) -> bool:
        return rule_id != self.off and super().has(rule_id)


def said(text: str, language: str, off: str = "") -> str:
    """The tone of a text, with or without one rule."""
    return tone_of(tone.check(Without(text, Context(language=language[:2]), CATALOGUE, off=off)))


def corpus(*names: str) -> list[dict[str, str]]:
    folder = HERE.parent / "corpora"
    return [json.loads(line) for name in names for line in (folder / name).read_text(encoding="utf-8").splitlines()]


@cache
def figures(name: str, way: str, each: int) -> tuple[float, float]:
    """Precision and recall of "inflaming" on one text in `each`: as it is (`plain`), doubled, or with an honest paragraph `before`."""
    hit = told = wrong = 0
    for item in corpus(name)[::each]:
        language = item["lang"][:2]
        before = HONEST[language] * 7 if way == "before" else ""
        text = before + (f"{item['text']}\n{item['text']}" if way == "doubled" else item["text"])
        inflaming = said(text, language) == "inflaming"
        told += inflaming
        wrong += item["tone"] == "inflaming"
        hit += inflaming and item["tone"] == "inflaming"
    return hit / told, hit / wrong


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("tone.dev.jsonl", 0.99, 0.99),
        ("tone.own.jsonl", 0.99, 0.99),
        ("tone.dev2.jsonl", 0.99, 0.99),
        ("tone.own2.jsonl", 0.99, 0.99),
        ("tone.wide.jsonl", 0.987, 0.99),
        ("tone.heldout.jsonl", 0.99, 0.99),
    ],
)
def test_inflaming_texts_are_told_from_calming_ones(name: str, precision: float, recall: float) -> None:
    """Floors, no evidence: `learn.py` learns the weights from all of these, from `tone.heldout` too."""
    reached = figures(name, "plain", 1)
    assert reached[0] >= precision
    assert reached[1] >= recall


@pytest.mark.parametrize(
    "file", sorted((Path(sellerinbox.__file__).parent / "replies" / "starter").glob("*.toml")), ids=lambda file: file.stem
)
def test_the_canned_replies_that_come_with_the_program_calm(file: Path) -> None:
    found = strings(tomllib.loads(file.read_text(encoding="utf-8")))
    replies = [re.sub(r"\{\{.*?\}\}", "3", text) for text in found if len(text) > 40]
    assert replies
    assert not [text for text in replies if tone_of(tone.check(Reading(text, Context(), CATALOGUE))) == "inflaming"]


def strings(found: object) -> list[str]:
    """All texts of a TOML document that buyers read."""
    if isinstance(found, str):
        return [found]
    parts = (
        [part for name, part in found.items() if name != "title"] if isinstance(found, dict) else found if isinstance(found, list) else ()
    )
    return [text for part in parts for text in strings(part)]


@pytest.mark.parametrize(
    ("way", "name", "precision"),
    [
        ("before", "tone.dev.jsonl", 0.976),
        ("before", "tone.own.jsonl", 0.982),
        ("before", "tone.dev2.jsonl", 0.965),
        ("before", "tone.own2.jsonl", 0.99),
        ("before", "tone.wide.jsonl", 0.854),
        ("before", "tone.heldout.jsonl", 0.921),
        ("doubled", "tone.dev.jsonl", 0.99),
        ("doubled", "tone.own.jsonl", 0.99),
        ("doubled", "tone.dev2.jsonl", 0.99),
        ("doubled", "tone.own2.jsonl", 0.99),
        ("doubled", "tone.wide.jsonl", 0.954),
        ("doubled", "tone.heldout.jsonl", 0.979),
    ],
)
def test_a_friendly_paragraph_or_a_repetition_seldom_makes_a_calming_text_inflaming(way: str, name: str, precision: float) -> None:
    assert figures(name, way, EACH.get(name, 1))[0] >= precision


@pytest.mark.parametrize("family", ["off_platform", "feedback"])
def test_plain_answers_are_seldom_called_inflaming(family: str) -> None:
    honest = [item for item in corpus(f"{family}.dev.jsonl") if item["label"] == "ok"]
    called = [item["text"] for item in honest if said(item["text"], item["lang"]) == "inflaming"]
    assert len(called) <= 0.1 * len(honest), called


def test_long_honest_letters_are_not_often_called_inflaming() -> None:
    """A ceiling of today's share, far from good; the weights are learned from these letters too."""
    letters = corpus("service.wide.jsonl")
    called = [item["id"] for item in letters if said(item["text"], item["lang"]) == "inflaming"]
    assert len(called) <= 0.137 * len(letters), called


@pytest.mark.parametrize("rule", sorted(EXAMPLES))
def test_a_text_turns_when_its_rule_is_taken_out(rule: str) -> None:
    for was, turned in (("inflaming", "calming"), ("calming", "inflaming")):
        for language, text in EXAMPLES[rule].get(was, ()):
            assert said(text, language) == was
            assert said(text, language, off=rule) == turned


def test_every_rule_that_weighs_has_an_example() -> None:
    weighing = {rule.id for rule in CATALOGUE.rules.values() if rule.kind not in ADVISORY}
    assert weighing == set(EXAMPLES)


def test_what_only_weighs_is_never_told() -> None:
    texts = [(item["text"], item["lang"][:2]) for item in corpus("tone.dev.jsonl")]
    kinds = {found.kind for text, lang in texts for found in tone.check(Reading(text, Context(language=lang), CATALOGUE))}
    assert kinds <= INFLAMING | ADVISORY


@pytest.mark.parametrize(
    ("text", "kind", "complaint"),
    [
        ("I can't refund opened packs.", "refusal_bare", False),
        ("Eine Rücknahme ist leider nicht möglich.", "refusal_bare", False),
        ("We will answer you soon.", "vague_time", False),
        ("我们会尽快处理。", "vague_time", False),
        ("Rest assured, your satisfaction is our top priority.", "empty_promise", False),
        ("Soyez rassuré, nous faisons de notre mieux.", "empty_promise", False),
        ("I'm sorry about the vase, a new one leaves today. Merry Christmas!", "season", True),
        ("The box was late because of the snow. I'm sorry.", "explanation_first", True),
        ("I'm sorry. Please send a photo of the crack.", "request_first", True),
        ("The parcel left on Monday. It is in Leeds.", "no_apology", True),
    ],
)
def test_what_is_missing_vague_or_in_the_wrong_place_is_told(text: str, kind: str, complaint: bool) -> None:
    assert kind in advised(text, complaint)


@pytest.mark.parametrize(
    ("text", "kind", "complaint"),
    [
        ("I can't refund opened packs, but I can offer you a new one at half price.", "refusal_bare", False),
        ("We will answer you soon, by Friday at noon.", "vague_time", False),
        ("Rest assured, I've refunded you today.", "empty_promise", False),
        ("Your order left today. Merry Christmas!", "season", False),
        ("I'm sorry. The box was late because of the snow.", "explanation_first", True),
        ("I'm sorry, a new vase leaves today. Please send a photo of the crack.", "request_first", True),
        ("I'm sorry it is late. It is in Leeds.", "no_apology", True),
        ("The parcel left on Monday. It is in Leeds.", "no_apology", False),
    ],
)
def test_what_is_whole_and_in_its_place_is_left_alone(text: str, kind: str, complaint: bool) -> None:
    assert kind not in advised(text, complaint)


def advised(text: str, complaint: bool) -> set[str]:
    """The kinds of advice on a text."""
    return {found.kind for found in tone.check(Reading(text, Context(complaint=complaint), CATALOGUE))}


@pytest.mark.parametrize(
    "text", ["Rules are the rules.", "Verkauft ist verkauft.", "Vendu, c'est vendu.", "Lo vendido es vendido.", "破了就破了。"]
)
def test_a_saying_that_closes_the_talk_is_told_with_its_place(text: str) -> None:
    found = [one for one in tone.check(Reading(text, Context(), CATALOGUE)) if one.kind in INFLAMING]
    assert len(found) == 1
    assert all(text[one.start : one.end] == one.text for one in found)


def test_tone_never_stops_a_text() -> None:
    assert {rule.severity for rule in CATALOGUE.rules.values()} == {"advice"}
    assert guard.verdict(tone.check(Reading("NO REFUND!!! You broke it yourself.", Context(), CATALOGUE))) == "allow"
