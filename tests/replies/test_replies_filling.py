"""Filling: nothing empty, nothing wrong, nothing a stranger planted reaches a buyer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox import guard, replies
from sellerinbox.domain.models import ConversationRow, Key, Kind, State
from sellerinbox.domain.orders import Address, Order, OrderLine, OrderMatch, Shipment, TrackingEvent
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.replies import CannedReply
from sellerinbox.replies.dates import day, next_working_day

NOW = datetime(2024, 11, 22, 15, 0, tzinfo=UTC)  # a Friday
ROW = ConversationRow(
    Key("shop", "1"),
    "ebay",
    Kind.BUYER,
    "lamp_lover*77",
    "Lamp",
    "",
    State.OPEN,
    1,
    NOW,
    NOW,
    None,
    None,
    "12-34567-89012",
    listing_id="110",
)
LAMP = OrderLine("1", "110", None, "Brass lamp [NEW]", 1, "20.00")
SCANS = (
    TrackingEvent(NOW - timedelta(days=1), "Leeds", "Arrived at the depot"),
    TrackingEvent(NOW - timedelta(days=2), "London", "Handed over"),
)
PARCEL = Shipment("RM1", "ROYAL_MAIL", "AB123456789GB", NOW - timedelta(days=3), events=SCANS)
HOME = Address("Anna Schmidt", ("1 Kirkgate",), "Leeds", None, "LS1 1AA", "GB")
ORDER = Order(
    "shop", "12-34567-89012", "lamp_lover*77", NOW, NOW, "FULFILLED", "PAID", None, "20.00", "GBP",
    ship_by=NOW + timedelta(days=4), buyer_name="ANNA SCHMIDT", address=HOME, service="Tracked 48", lines=(LAMP,), shipments=(PARCEL,),
)  # fmt: skip


def values(order: Order | None = ORDER, row: ConversationRow = ROW, language: str = "en", now: datetime = NOW) -> dict[str, str | None]:
    match = OrderMatch(order, True, 1) if order else None
    return replies.values_for(row, match, "eBay", now, language)


def test_everything_known_is_filled_in() -> None:
    assert values() == {
        "buyer": "Anna",
        "order": "12-34567-89012",
        "item": "Brass lamp [NEW]",
        "carrier": "Royal Mail",
        "tracking": "AB123456789GB",
        "shipped_on": "Tuesday 19 Nov",
        "ship_by": "Tuesday 26 Nov",
        "deliver_by": None,
        "marketplace": "eBay",
        "next_working_day": "Monday 25 Nov",
        "last_scan": "Arrived at the depot, Leeds",
        "last_scan_on": "Thursday 21 Nov",
        "delivered_on": None,
        "service": "Tracked 48",
        "address": "Leeds (LS…), GB",
        "total": "20.00 GBP",
        "paid": "yes",
        "shipped": "yes",
        "delivered": None,
        "complaint": None,
    }
    known = list(replies.VARIABLES)
    asked_for = known[known.index("amount") :]
    assert values().keys() == (replies.VARIABLES.keys() | replies.FLAGS.keys()) - set(asked_for)


def test_a_parcel_that_arrived_is_said_to_have_arrived() -> None:
    there = replace(PARCEL, status="DELIVERED", last_event_at=NOW - timedelta(days=1))

    assert values(replace(ORDER, shipments=(there,)))["delivered_on"] == "Thursday 21 Nov"
    assert values(replace(ORDER, shipments=(there,)))["delivered"] == "yes"


@pytest.mark.parametrize("payment", ["PENDING", "FAILED"])
def test_an_unpaid_order_is_not_called_paid(payment: str) -> None:
    assert values(replace(ORDER, payment=payment))["paid"] is None


@pytest.mark.parametrize("address", [None, Address(), Address(city="Leeds"), Address(postcode="LS1 1AA")])
def test_half_an_address_is_asked_for(address: Address | None) -> None:
    assert values(replace(ORDER, address=address))["address"] is None


def test_an_address_is_never_written_out() -> None:
    masked = values()["address"] or ""

    assert not any(part in masked for part in ("Kirk", "1AA", "Anna", "SCHMIDT"))


def test_the_next_working_day_is_the_sellers_when_he_has_a_calendar() -> None:
    assert replies.values_for(ROW, None, "eBay", NOW, "en", date(2024, 11, 27))["next_working_day"] == "Wednesday 27 Nov"


@pytest.mark.parametrize("value", [None, "", "   ", "\u200b", "\n"])
def test_a_missing_value_is_reported_and_stays_visible(value: str | None) -> None:
    filled = replies.fill("Number {tracking}, again {tracking}, {carrier}.", {"tracking": value})

    assert filled.missing == ("tracking", "carrier")
    assert filled.text == "Number {tracking}, again {tracking}, {carrier}."
    assert guard.verdict(guard.check(filled.text, guard.of_profile(PROFILES["ebay"]))) == "block"


def test_where_is_it_for_an_unshipped_order_is_never_complete() -> None:
    wismo = replies.load(None).by_name("wismo")
    assert wismo is not None

    filled = replies.fill(wismo.texts["en"], values(replace(ORDER, shipments=())))

    assert set(filled.missing) == {"shipped_on", "carrier", "tracking"}


def test_a_value_is_never_filled_again() -> None:
    filled = replies.fill("{buyer} {tracking}", {"buyer": "{tracking}", "tracking": "{{x}} {buyer}"})

    assert filled.text == "{tracking} {{x}} {buyer}"
    assert filled.missing == ()


@given(st.dictionaries(st.sampled_from(list(replies.VARIABLES)), st.text(max_size=30)))
def test_whatever_the_values_are_only_the_templates_own_holes_are_filled(given_values: dict[str, str]) -> None:
    filled = replies.fill("A {buyer} B {order} C", given_values)

    assert filled.text.startswith("A ")
    assert filled.text.endswith(" C")
    assert "\n" not in filled.text
    assert set(filled.missing) <= {"buyer", "order"}


def test_the_old_and_the_new_way_to_write_a_variable_mean_the_same() -> None:
    filled = replies.fill("{buyer} {{ buyer }} {{buyer}} { buyer } {{ '{' }}buyer}", {"buyer": "Anna"})

    assert filled.text == "Anna Anna Anna Anna {buyer}"


def test_a_text_of_before_says_what_it_said_before() -> None:
    old = "Hello {buyer},\n\nyour order {order} left on {shipped_on}; 50 % off, #1, 3 > 2 & more.\n\nBest"

    filled = replies.fill(old, values())

    assert filled.text == "Hello Anna,\n\nyour order 12-34567-89012 left on Tuesday 19 Nov; 50 % off, #1, 3 > 2 & more.\n\nBest"


def test_a_date_that_ends_in_a_full_stop_does_not_bring_a_second_one() -> None:
    assert replies.fill("am {day}.", {"day": "Montag, 25. Nov."}).text == "am Montag, 25. Nov."
    assert replies.fill("am {day} hier", {"day": "25. Nov."}).text == "am 25. Nov. hier"
    assert replies.fill("bis {day}...", {"day": "25. Nov."}).text == "bis 25. Nov...."
    assert replies.fill("{{ policy }}. 是{{ answer }}。", {"policy": "No.", "answer": "不行。"}).text == "No. 是不行。"


@pytest.mark.parametrize(
    ("full_name", "called"),
    [
        ("Anna Schmidt", "Anna"),
        ("anna schmidt", "Anna"),
        ("JEAN-LUC MARTIN", "Jean-Luc"),
        ("Conor McDonald", "Conor"),
        ("Schmidt, Anna", "Anna"),
        ("Mr John Smith", "John"),
        ("Dr. Müller", "Dr. Müller"),
        ("J. Smith", "J. Smith"),
        ("Lampen Huber GmbH", "Lampen Huber GmbH"),
        ("王小明", "王小明"),
        ("Siân O’Neil", "Siân"),
        (None, "lamp_lover*77"),
        ("", "lamp_lover*77"),
        ("{tracking}", "lamp_lover*77"),
        ("[/b] Anna", "lamp_lover*77"),
        ("https://lamps.example", "lamp_lover*77"),
        ("anna@lamps.example", "lamp_lover*77"),
        ("Call 07700900123 now", "lamp_lover*77"),
        ("Anna " + "a" * 200, "lamp_lover*77"),
    ],
)
def test_how_the_buyer_is_addressed(full_name: str | None, called: str) -> None:
    assert values(replace(ORDER, buyer_name=full_name))["buyer"] == called


@pytest.mark.parametrize("user_name", ["{tracking}", "(no name)", "visit lamps.example/now", "a\u202eb", ""])
def test_a_buyer_without_a_writable_name_is_asked_for(user_name: str) -> None:
    assert values(None, replace(ROW, buyer=user_name))["buyer"] is None


def test_a_hostile_item_title_stays_what_it_is() -> None:
    order = replace(ORDER, lines=(replace(LAMP, title="{order} lamp"),))

    assert replies.fill("{item}", values(order)).text == "{order} lamp"


def test_without_an_order_nothing_is_made_up() -> None:
    known = {name for name, value in values(None).items() if value is not None}  # neither paid nor shipped

    assert known == {"buyer", "marketplace", "next_working_day"}


def test_the_item_is_only_named_when_it_is_clear_which() -> None:
    other = replace(LAMP, id="2", listing_id="999", title="Shade")

    assert values(replace(ORDER, lines=(LAMP, other)))["item"] == "Brass lamp [NEW]"
    assert values(replace(ORDER, lines=(LAMP, other)), replace(ROW, listing_id=None))["item"] is None


def test_the_last_parcel_counts_and_a_dummy_id_is_no_tracking_number() -> None:
    first = replace(PARCEL, tracking_number="OLD", shipped_at=NOW - timedelta(days=9))
    dummy = Shipment("999", "FedEx", None, NOW - timedelta(days=1))

    assert values(replace(ORDER, shipments=(PARCEL, first)))["tracking"] == "AB123456789GB"
    assert values(replace(ORDER, shipments=(dummy,)))["tracking"] is None
    assert values(replace(ORDER, shipments=(dummy,)))["carrier"] == "FedEx"


def test_a_day_that_has_passed_is_not_promised() -> None:
    late = replace(ORDER, ship_by=NOW - timedelta(days=1), deliver_to=NOW - timedelta(days=2))

    assert values(late)["ship_by"] is None
    assert values(late)["deliver_by"] is None
    assert values(replace(ORDER, ship_by=NOW))["ship_by"] == "Friday 22 Nov"


def test_days_are_those_of_the_sellers_time_zone() -> None:
    sunday_in_london = datetime(2024, 11, 24, 20, 0, tzinfo=UTC)
    monday_in_shanghai = sunday_in_london.astimezone(timezone(timedelta(hours=8)))

    assert values(now=sunday_in_london)["next_working_day"] == "Monday 25 Nov"
    assert values(now=monday_in_shanghai)["next_working_day"] == "Tuesday 26 Nov"

    late_evening = replace(ORDER, shipments=(replace(PARCEL, shipped_at=datetime(2024, 11, 19, 20, 0, tzinfo=UTC)),))
    assert values(late_evening, now=sunday_in_london)["shipped_on"] == "Tuesday 19 Nov"
    assert values(late_evening, now=monday_in_shanghai)["shipped_on"] == "Wednesday 20 Nov"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Monday 25 Nov"), ("de", "Montag, 25. Nov."), ("zh", "11月25日星期一"), ("zh-TW", "11月25日星期一"), ("fr", "2024-11-25")],
)
def test_a_date_is_written_in_the_language_of_the_text(language: str, words: str) -> None:
    assert day(date(2024, 11, 25), language) == words


def test_the_next_working_day_is_never_a_weekend_and_never_today() -> None:
    for offset in range(14):
        today = date(2024, 11, 18) + timedelta(days=offset)
        following = next_working_day(today)
        assert following > today
        assert following.weekday() < 5
        assert (following - today).days <= 3


def reply(**texts: str) -> CannedReply:
    return CannedReply("mine", None, dict.fromkeys(texts, "Mine"), texts)


def test_a_missing_language_falls_back_and_says_so() -> None:
    canned = reply(de="Hallo", en="Hello")

    assert replies.variant(canned, "de") == ("Hallo", "de", True)
    assert replies.variant(canned, "fr") == ("Hello", "en", False)
    assert replies.variant(canned, None) == ("Hello", "en", False)
    assert replies.variant(reply(de="Hallo"), "fr") == ("Hallo", "de", False)
    assert replies.variant(canned, "de-AT") == ("Hallo", "de", True)
    assert canned.title("fr") == "Mine"
