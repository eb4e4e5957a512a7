"""What must never reach a buyer, and what must never be stopped."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox import guard
from sellerinbox.domain.profiles import PROFILES

EBAY = guard.of_profile(PROFILES["ebay"])

LEFTOVERS = [
    ("Your tracking number is {tracking}.", "{tracking}"),
    ("Hello {{ buyer }}, thank you.", "{{ buyer }}"),
    ("Dear {First Name}, thank you.", "{First Name}"),
    ("Hello ${name}, thank you.", "{name}"),
    ("Hello {% if buyer %} there", "{% if buyer %}"),
    ("Your number is {}.", "{}"),
    ("您好，{姓名}！", "{姓名}"),
    ("您好，｛订单号｝已发货", "｛订单号｝"),
    ("Hello [name], thank you.", "[name]"),
    ("Hello [ Buyer's Name ], thank you.", "[ Buyer's Name ]"),
    ("Shipped with [insert carrier here].", "[insert carrier here]"),
    ("Number [TRACKING_NUMBER] is yours.", "[TRACKING_NUMBER]"),
    ("Hallo [Vorname], danke.", "[Vorname]"),
    ("Bonjour [nom], merci.", "[nom]"),
    ("Hola [nombre del cliente], gracias.", "[nombre del cliente]"),
    ("【姓名】，您好", "【姓名】"),
    ("单号是［运单号］", "［运单号］"),
    ("您的订单【填写订单号】已寄出", "【填写订单号】"),
    ("Hello <NAME>, thank you.", "<NAME>"),
    ("Hello <your name>, thank you.", "<your name>"),
    ("Hello <order_id>, thank you.", "<order_id>"),
    ("Hello %name%, thank you.", "%name%"),
    ("Hello %(buyer)s, thank you.", "%(buyer)s"),
    ("Dear ____, thank you.", "____"),
    ("Your refund of ______ is on its way", "______"),
]

HONEST = [
    "The hole is [12 mm] wide.",
    "It is the [NEW] version, see the title.",
    "The lens [Nikon F mount] fits.",
    "Please see the photo [IMG_2034].",
    "Size [M] or [XL], your choice.",
    "I love it <3",
    "5 < 7 and 9 > 8, so it fits.",
    "-> the number is on the label <-",
    "【全新】这款是全新的",
    "《红楼梦》已寄出",
    "You wrote about [order 12-34567-89012] before.",
    "100% cotton, 20% off today, 50% wool.",
    "It is the [no name] version.",
    "Charge below 20% or above 80%",
    "Thanks :-{) from the barber shop",
    "Order 12-34567-89012 left today.",
    "Best wishes\n_____________\nThe lamp shop",
    "_____\nHello",
    "The seam (name of the maker inside) is fine.",
    "Range {12, 14, 16} mm all fit.",
    "👍",
    "?",
    "好的",
]


def found(text: str, context: guard.Context, **given: Any) -> tuple[guard.Finding, ...]:
    """What stops a text or wants its form mended; its tone is another matter."""
    return tuple(finding for finding in guard.check(text, context, **given) if finding.family != "tone")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(finding.family, finding.kind) for finding in found(text, EBAY)]


@pytest.mark.parametrize(("text", "place"), LEFTOVERS)
def test_a_placeholder_left_in_the_text_is_stopped_and_pointed_at(text: str, place: str) -> None:
    findings = found(text, EBAY)

    assert guard.verdict(findings) == "block"
    assert [finding.text for finding in findings] == [place]
    assert all(text[finding.start : finding.end] == finding.text for finding in findings)


@pytest.mark.parametrize("text", HONEST)
def test_honest_brackets_are_never_stopped(text: str) -> None:
    assert found(text, EBAY) == ()


@pytest.mark.parametrize("text", ["", " ", "\n\t \r\n", "\u200b\u2060", "\u3164", "\u2800\u2800", "\x1b[31m", "\u0301"])
def test_a_reply_with_nothing_to_see_is_stopped(text: str) -> None:
    assert kinds(text) == [("form", "empty")]


def test_a_text_at_the_limit_goes_and_one_more_does_not() -> None:
    limit = EBAY.limit or 0

    assert found("É" * limit, EBAY) == ()
    (finding,) = found("É" * (limit + 3), EBAY)
    assert (finding.kind, finding.severity, finding.start, finding.end) == ("length", "block", limit, limit + 3)
    assert "shorten it by 3" in finding.why


def test_line_ends_and_trailing_blanks_do_not_make_a_text_too_long() -> None:
    text = "A" * ((EBAY.limit or 0) - 10) + "\r\n" * 5 + "Abcde"

    assert found(text, EBAY) == ()
    assert found(text + " \n" * 50, EBAY) == ()
    assert [finding.kind for finding in found(text + "x", EBAY)] == ["length"]


def test_a_broken_rule_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(reading: guard.Reading) -> list[guard.Finding]:
        raise RuntimeError("a rule with a mistake")

    monkeypatch.setattr(guard, "FAMILIES", (broken, *guard.FAMILIES))

    with pytest.raises(RuntimeError):
        found("Hello", EBAY)


def test_the_verdict_is_the_worst_severity_and_advice_alone_allows() -> None:
    def finding(severity: guard.Severity) -> guard.Finding:
        return guard.Finding("form", "any", severity, 0, 1, "x", "why")

    assert guard.verdict([]) == "allow"
    assert guard.verdict([finding("advice")]) == "allow"
    assert guard.verdict([finding("advice"), finding("warn")]) == "warn"
    assert guard.verdict([finding("warn"), finding("block"), finding("advice")]) == "block"


@given(st.text(alphabet=st.sampled_from("{}[]<>%_【】 ｛｝\r\nabnameorder_号姓名\u200b"), max_size=200))
def test_spans_lie_in_the_text_and_a_trailing_blank_changes_nothing(text: str) -> None:
    findings = found(text, EBAY)

    assert all(0 <= finding.start <= finding.end <= len(text) for finding in findings)
    assert all(text[finding.start : finding.end].startswith(finding.text) for finding in findings)
    assert guard.verdict(found(text + " ", EBAY)) == guard.verdict(findings)
    assert guard.verdict(found(text.replace("\r\n", "\n"), EBAY)) == guard.verdict(findings)


def test_a_check_that_takes_too_long_stops_the_text() -> None:
    hours = iter(range(0, 1_000_000, 3_600))

    with pytest.raises(guard.TooSlow):
        found("Hello", EBAY, monotonic=lambda: float(next(hours)))
