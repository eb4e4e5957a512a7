"""Contact and deals past the marketplace: what is caught, what is left alone, and that every rule is needed."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from tests.guard import figures

from sellerinbox import guard
from sellerinbox.domain.errors import ConfigError
from sellerinbox.guard import catalogue, off_platform
from sellerinbox.guard.disguise import undone
from sellerinbox.guard.fold import folded
from sellerinbox.guard.off_platform.hosts import host_of
from sellerinbox.guard.off_platform.payment import is_iban

HERE = Path(__file__).parent
CORPORA = HERE.parent / "corpora"
EXAMPLES = tomllib.loads((HERE / "examples" / "off_platform.toml").read_text(encoding="utf-8"))
SOURCES = [(name, text) for name, text in catalogue.shipped_sources() if name.startswith("off_platform")]
WEIGHTS = "off_platform_weights.toml"
RULES = catalogue.read(SOURCES)


def found(text: str, *, marketplace: str = "ebay", rules: catalogue.Catalogue = RULES, known: tuple[str, ...] = ()) -> list[guard.Finding]:
    context = guard.Context(marketplace, marketplace, known=known)
    return list(off_platform.check(guard.Reading(text, context, rules)))


def ids(text: str, rules: catalogue.Catalogue = RULES) -> set[str]:
    marketplace, _, rest = text.partition("|")
    if rest and marketplace in figures.WAYS | dict.fromkeys(("ebay", "etsy", "amazon", "aliexpress", "kleinanzeigen")):
        return {finding.rule for finding in found(rest, marketplace=marketplace, rules=rules)}
    return {finding.rule for finding in found(text, rules=rules)}


def test_every_rule_has_examples() -> None:
    assert set(EXAMPLES) == set(RULES.rules)
    assert all(example["find"] and example["leave"] for example in EXAMPLES.values())


@pytest.mark.parametrize("rule", sorted(EXAMPLES))
def test_a_rule_finds_its_examples_and_leaves_honest_words_alone(rule: str) -> None:
    assert [text for text in EXAMPLES[rule]["find"] if rule not in ids(text)] == []
    assert [text for text in EXAMPLES[rule]["leave"] if ids(text)] == []


@pytest.mark.parametrize("rule", sorted(EXAMPLES))
def test_without_a_rule_something_gets_through(rule: str) -> None:
    # What is learned may stop the text as well: a rule of words is needed where nothing has been.
    sources = [source for source in SOURCES if source[0] != WEIGHTS] if not rule.endswith(".weighed") else SOURCES
    without = catalogue.read(sources, off=[rule])

    assert any(not ids(text, without) for text in EXAMPLES[rule]["find"])


CORPORA_AND_FLOORS = [
    ("off_platform.dev", 0.99, 0.98),
    ("off_platform.dev2", 0.99, 0.98),
    ("off_platform.dev3", 0.98, 0.97),
    ("off_platform.own", 0.99, 0.98),
    ("off_platform.own2", 0.985, 0.975),
]


@pytest.mark.parametrize("way", sorted(figures.WAYS))
@pytest.mark.parametrize(("corpus", "precision", "recall"), CORPORA_AND_FLOORS)
def test_the_figures_hold(corpus: str, precision: float, recall: float, way: str) -> None:
    measured = figures.measure(figures.load(CORPORA / f"{corpus}.jsonl"), "off_platform", way)

    assert measured.precision >= precision
    assert measured.recall >= recall
    assert measured.honest("block") <= 0.01


HONEST_TEXTS = [name for name in ("tone.dev", "tone.dev2", "thanks", "commitments") if (CORPORA / f"{name}.jsonl").exists()]


@pytest.mark.parametrize("corpus", HONEST_TEXTS)
def test_texts_about_something_else_are_left_alone(corpus: str) -> None:
    texts = [item["text"] for item in figures.load(CORPORA / f"{corpus}.jsonl") if "text" in item]
    stopped = [text for text in texts if found(text)]

    assert len(stopped) <= 0.016 * len(texts), stopped  # a promise to transfer money, a question for the address


@pytest.mark.parametrize(
    ("text", "marketplace", "fine"),
    [
        ("https://www.ebay.co.uk/itm/265001234567", "ebay", True),
        ("https://www.ebay.co.uk/itm/265001234567", "etsy", False),
        ("https://ebay.com.login.example/x", "ebay", False),
        ("https://ebay.com@evil.example/x", "ebay", False),
        ("https://myebay.com/x", "ebay", False),
        ("https://dhl.parcel-check.example/x", "ebay", False),
        ("https://www.dhl.de/verfolgen?id=1", "ebay", True),
        ("evri.com/track", "amazon", True),
        ("https://tools.usps.com/go/TrackConfirmAction", "etsy", True),
    ],
)
def test_only_the_own_marketplace_and_the_carriers_themselves_may_be_linked(text: str, marketplace: str, *, fine: bool) -> None:
    assert (found(f"See {text} please", marketplace=marketplace) == []) is fine


def test_the_host_is_what_a_browser_opens() -> None:
    assert host_of("https://ebay.com@evil.example:443/a@b") == "evil.example"
    assert host_of("www . shop.example") == "www.shop.example"


@pytest.mark.parametrize(
    "text",
    [
        "您给service@lanqiao-tools.example写一封信",
        "更多请看www.hongdeng.example查",
        "上lanqiao.com看",
        "看bit.ly/abc哦",
        "加@lee_shop吧",
        "Please text a picture of the serial plate to +1 (312) 555-0186.",
    ],
)
def test_addresses_are_found_right_beside_chinese_words_and_numbers_behind_a_plus(text: str) -> None:
    assert any(not finding.rule.endswith(".weighed") for finding in found(text))


def test_a_link_ends_where_chinese_words_begin() -> None:
    assert found("请在www.ebay.com查看您的订单") == []
    assert "www.hongdeng.example" in {finding.text for finding in found("更多请看www.hongdeng.example查")}


def test_a_point_of_collection_is_no_address() -> None:
    assert found("Métalas en la bolsa en que llegaron. En el punto de recogida le imprimen la etiqueta.") == []


def test_ids_of_the_conversation_are_no_telephone_numbers() -> None:
    text = "The van brings 07700 900461 along."

    assert {finding.kind for finding in found(text)} == {"phone"}
    assert found(text, known=("07700900461",)) == []


def test_findings_lie_where_the_words_stand_in_the_text_as_given() -> None:
    for text, place in [
        ("my W h a t s A p p is on", "W h a t s A p p"),
        ("you find me at Wh\u200bats\u200bApp", "Wh\u200bats\u200bApp"),
        ("ring ０７７００ ９００５１７ now", "０７７００ ９００５１７"),
    ]:
        assert place in {finding.text for finding in found(text)}
        assert all(text[finding.start : finding.end] == finding.text for finding in found(text))


def test_letters_pulled_apart_are_put_together_and_keep_their_places() -> None:
    text = "ask at l e d e r @ h o f . d e or t3l3gr4m"
    plain = undone(text, folded(text), frozenset({"telegram"}))

    assert plain.text == "ask at leder@hof.de or telegram"
    assert text[slice(*plain.span(7, 19))] == "l e d e r @ h o f . d e"


def test_account_numbers_are_checked() -> None:
    assert is_iban("DE89 3704 0044 0532 0130 00")
    assert not is_iban("DE88 3704 0044 0532 0130 00")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "a.",
        "1",
        "1 ",
        "one ",
        "a@",
        "a-",
        "please do not call me on whatsapp ",
        "加我微信",
        "www.",
        "http://",
        "x punkt ",
        "[dot] ",
        "oO0 ",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    begun = time.process_time()
    found(text)

    assert time.process_time() - begun < 2


def test_lists_grow_from_file_to_file_and_say_what_is_wrong_with_them() -> None:
    grown = catalogue.read([("a.toml", '[lists]\nsites.own = ["a.example"]'), ("b.toml", '[lists]\nsites.own = ["b.example"]')])

    assert grown.lists["sites"]["own"] == ("a.example", "b.example")
    with pytest.raises(ConfigError, match=r"c\.toml.*sites"):
        catalogue.read([("c.toml", "[lists]\nsites.own = [1]")])


def test_digits_in_black_circles_are_digits() -> None:
    assert folded("❼⓿➋").text == "702"


@pytest.mark.parametrize(
    "text",
    [
        "Your parcel RR630930672GB left Heathrow, please wait for the post office to call.",
        "Skype for the kids? No, the toy tablet has no network at all.",
        "La Poste vous prévient par SMS.",
        "Line 3 of the engraving reads 'call me Ishmael', 22 letters.",
        "I don't do deals outside eBay, it's not worth either of our accounts.",
        "Ich schicke kein Geld an Konten außerhalb von eBay.",
    ],
)
def test_words_for_contact_that_mean_none_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["ppAstahW me", "te espero en margatsni", "teIegram is easier", "paperlark\u2060.me has the sheets", "S1gn4l geht"]
)
def test_words_written_backwards_or_with_other_letters_are_read(text: str) -> None:
    assert found(text) != []


def test_a_transfer_to_the_buyer_is_only_warned_of() -> None:
    assert {finding.severity for finding in found("Bis Ende der Woche überweise ich das Geld.")} == {"warn"}


def test_letters_at_the_ends_of_a_code_make_no_telephone_number() -> None:
    assert found("LB123456789SG is here, call it a day") == []
    assert found("call me O77OO9OO461") != []


def test_a_disguised_text_is_read_with_this_family_alone_and_finds_the_same() -> None:
    text = "my W h a t s A p p is on, or pay by b a n k transfer"

    assert {one.rule for one in found(text, rules=catalogue.shipped())} == {one.rule for one in found(text)}
