"""Form: what is carelessly typed is found and put right; what only looks so is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox import guard
from sellerinbox.guard import form
from sellerinbox.guard.summary import form_of

CORPUS = Path(__file__).parent.parent / "corpora" / "tone.dev.jsonl"
ITEMS = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def found(text: str) -> list[guard.Finding]:
    return [finding for finding in guard.check(text, guard.Context()) if finding.family == "form"]


def test_sloppy_texts_are_found_and_clean_ones_left_alone() -> None:
    told = [(form_of(found(item["text"])), item["form"]) for item in ITEMS]
    right = sum(said == meant == "sloppy" for said, meant in told)
    assert right / sum(said == "sloppy" for said, _ in told) >= 0.98
    assert right / sum(meant == "sloppy" for _, meant in told) >= 0.98


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Sorry,my mistake !New spring goes today", "Sorry, my mistake! New spring goes today"),
        ("thank you.i send it", "Thank you. I send it"),
        ("Really??!! Yes...", "Really?! Yes..."),
        ("今天派送,运费退给您了!!", "今天派送，运费退给您了！"),
        ("Two  words ,one stop .", "Two words, one stop."),
        ("You see，it fits", "You see, it fits"),
    ],
)
def test_mechanical_mistakes_are_put_right_at_once(text: str, better: str) -> None:
    assert form.mended(text, found) == better


@pytest.mark.parametrize(
    "text",
    [
        "The cable is 1.5 m, 12 V, USB-C; it costs £3.50.",
        "Sent on 02.06.2025 at 09:15, due by the 5th.",
        "eBay sent it. iPhone 12 and up.",
        "Merci ! À bientôt ; c'est noté : 3 € ?",
        "Siehe z. B. Seite 3, ca. 5 Stück, inkl. Versand.",
        "It comes in two sizes... the small one holds 0.5 l.",
        "Follow it on https://www.royalmail.com/track?id=a,b.c!d",
        "Manual: lamp.pdf, page 3 (see i.e. table 2).",
        'A 5" hook, and a 7" one.',
        "IKEA, LED and USB. DHL has it.",
        "Open 9 a.m. to 5 p.m. on weekdays.",
        "¿Le mando otro? ¡Gracias!",
        "您好，价格是12.50元，USB-C接口。",
        "1) Open it 2) press (hard) :) done",
    ],
)
def test_what_only_looks_careless_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from('aB é,.!?~ \n好，。！()"i1'), max_size=80))
def test_putting_right_ends_and_loses_no_word(text: str) -> None:
    once = form.mended(text, found)
    letters = [char.casefold() for char in text if char.isalnum()]
    assert [char.casefold() for char in once if char.isalnum()] == letters
    assert not [finding for finding in found(once) if finding.better is not None]


@pytest.mark.parametrize("rule", ["form.spacing.after_mark", "form.punctuation.row", "form.capitals.loud"])
def test_a_rule_that_is_off_says_nothing(rule: str) -> None:
    from sellerinbox.guard.catalogue import read, shipped_sources

    text = "NO REFUND FOR YOU!!!Really"
    rules = read(shipped_sources(), [rule])
    assert rule in {finding.rule for finding in found(text)}
    assert rule not in {finding.rule for finding in guard.check(text, guard.Context(), rules)}
