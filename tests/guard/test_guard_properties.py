"""What holds for every text, however hostile: places lie in it, blanks and line ends change nothing, time stays bounded."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sellerinbox import guard
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.guard.summary import form_of, tone_of

EBAY = guard.of_profile(PROFILES["ebay"])
CORPORA = Path(__file__).parent.parent / "corpora"
WORDS = [
    *("feedback", "refund", "change", "your", "number", "07700 900123", "call", "WhatsApp", "shop@mail.example", "bit.ly/x", "if"),
    *("评价", "退款", "微信", "加", "好评", "Bewertung", "Erstattung", "Sterne", "avis", "remboursement", "reseña", "①②③", "☎"),
    *("you", "should", "have", "read", "the", "listing", "{name}", "!!!", ". ", "\n", "sorry", "W h a t s", "zero seven", "零一三", "@"),
]
PIECES = st.lists(st.one_of(st.sampled_from(WORDS), st.text(alphabet=st.characters(codec="utf-8"), max_size=12)), max_size=30)
TEXTS = st.one_of(PIECES.map(" ".join), PIECES.map("".join))
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(TEXTS)
def test_every_place_lies_in_the_text_as_given(text: str) -> None:
    for finding in guard.check(text, EBAY):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end][:200]
        assert finding.why


@FEW
@given(TEXTS, st.sampled_from([" ", "\n", "  \n ", "\u3000"]))
@example("Call me: 07700 900123", " ")
def test_no_verdict_hangs_on_a_trailing_blank(text: str, blank: str) -> None:
    assert _told(text) == _told(text + blank)


@FEW
@given(TEXTS)
def test_no_verdict_hangs_on_the_kind_of_line_ends(text: str) -> None:
    text = text.replace("\r", "")
    assert _told(text) == _told(text.replace("\n", "\r\n")) == _told(text.replace("\n", "\r"))


def _told(text: str) -> tuple[object, ...]:
    findings = guard.check(text, EBAY)
    return guard.verdict(findings), tone_of(findings), form_of(findings)


HOSTILE = {
    "letters": "a",
    "digits": "1",
    "phone": "+44 7700 900123 ",
    "zero seven": "zero seven double ",
    "dots": "a.",
    "ats": "a@",
    "brackets": "[name",
    "braces": "{" * 3,
    "deal": "change your review and i refund if ",
    "blame": "you should have read it, ",
    "chinese deal": "好评退款加微信",
    "chinese digits": "一三二零",
    "spaced": "w h a t s a p p ",
    "zero width": "r\u200be\u200bv\u200bi\u200be\u200bw ",
    "marks": "e\u0301\u0301\u0301",
    "circled": "①②③④⑤",
    "exclamation": "!",
    "newlines": "\n",
    "urls": "http://a.b/c?d=e&",
    "quotes": '"',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_of_a_hostile_text_is_bounded(name: str) -> None:
    """Limits of the issue with room for a slow machine; the figures themselves are taken in `tests/bench`."""
    piece = HOSTILE[name]
    guard.check("Hello, 您好", EBAY)  # the rules are read
    for size, limit in ((10_000, 1.0), (1_000_000, 8.0)):
        text = (piece * (size // len(piece) + 1))[:size]
        begun = time.process_time()
        guard.check(text, EBAY, monotonic=lambda: 0.0)
        assert time.process_time() - begun < limit


def test_what_is_longer_than_anything_a_marketplace_takes_is_stopped_where_no_limit_is_known() -> None:
    findings = guard.check("A word. " * 20_000, guard.Context("etsy", "Etsy"))

    assert ("form", "length", "block") in {(f.family, f.kind, f.severity) for f in findings}


def test_what_is_too_crowded_to_be_read_through_is_stopped() -> None:
    text = "@ " * 4_990 + "WhatsApp me"

    assert ("form", "length", "block") in {(f.family, f.kind, f.severity) for f in guard.check(text, guard.Context("etsy", "Etsy"))}
    assert not any(f.kind == "length" for f in guard.check("好" * 3_999, guard.Context("etsy", "Etsy")))


def test_names_in_other_cases_and_scripts_never_break_a_check() -> None:
    attacks = [json.loads(line) for line in (CORPORA / "terminal_attacks.sample.jsonl").read_text(encoding="ascii").splitlines()]
    for attack in attacks:
        if "payload" in attack:
            guard.check(attack["payload"], EBAY._replace(names=(attack["payload"][:80],), known=(attack["payload"][:40],), public=True))
