"""A promise that is not noticed is a promise that is forgotten; one that is not there is a nuisance before every send."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.commitments import Commitment, commitments
from tests.domain.pieces import BERLIN, CALENDAR, HOSTILE, NOW, growth, labelled, slowest

LANGUAGES = ("en", "de", "zh", "fr", "es")
ENOUGH = 0.95


def found(text: str, now: datetime = NOW, calendar: Calendar = CALENDAR) -> list[str]:
    return [f"{one.due_at.astimezone(calendar.timezone):%Y-%m-%dT%H:%M}" for one in commitments(text, now, calendar)]


def only(text: str) -> Commitment:
    (one,) = commitments(text, NOW, CALENDAR)
    return one


@pytest.mark.parametrize("name", ["commitments", "commitments.heldout"])
def test_promises_of_the_labelled_set_are_found_with_their_days(name: str) -> None:
    """An item counts as right only with all its promises, their exact local times, and "assumed" told apart."""
    right: defaultdict[str, int] = defaultdict(int)
    said, there = right.copy(), right.copy()
    wrong = []
    for item in labelled(name):
        language, due = item["lang"], found(item["text"])
        assumed = any(one.assumed for one in commitments(item["text"], NOW, CALENDAR))
        fits = due == item["due"] and assumed == item.get("assumed", False)
        there[language] += bool(item["due"])
        said[language] += bool(due)
        right[language] += bool(due) and fits
        wrong += [] if fits else [(item["text"], due)]
    for language in LANGUAGES:
        assert right[language] / said[language] >= ENOUGH, (language, wrong)
        assert right[language] / there[language] >= ENOUGH, (language, wrong)


def test_the_labelled_set_is_large_enough_to_mean_something() -> None:
    for language in LANGUAGES:
        items = [item for item in labelled("commitments") if item["lang"] == language]
        assert sum(bool(item["due"]) for item in items) >= 25
        assert sum(not item["due"] for item in items) >= 20


@pytest.mark.parametrize(
    "innocent",
    [
        "I refunded you yesterday.",
        "You will receive it on Friday.",
        "Please return it by Friday.",
        "If you like I can refund you tomorrow.",
        "Shall I refund you tomorrow?",
        "shall i refund you tomorrow",
        "I won't refund you tomorrow.",
        "> I will refund you tomorrow.",
        "The carrier will deliver it by Monday.",
        "Aucun remboursement ne sera fait.",
        "No le enviaremos nada mañana.",
        "Ich werde morgen nicht versenden.",
        "快递员明天会联系您。",
        "Voulez-vous que je vous rembourse demain",
        "Ich verschicke immer am Montag.",
        "Solo enviamos los lunes.",
        "",
    ],
)
def test_what_is_done_asked_denied_or_somebody_elses_is_no_promise(innocent: str) -> None:
    assert commitments(innocent, NOW, CALENDAR) == ()


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("I will refund you tomorrow.", "2026-11-21T17:00"),
        ("I will refund you on Friday.", "2026-11-27T17:00"),
        ("I will refund you within 2 working days.", "2026-11-24T17:00"),
        ("I will refund you within two days.", "2026-11-22T17:00"),
        ("I will refund you within 2-3 days.", "2026-11-23T17:00"),
        ("I will refund you within 24 hours.", "2026-11-21T09:30"),
        ("I will refund you in a week.", "2026-11-27T17:00"),
        ("I will refund you next week.", "2026-11-27T17:00"),
        ("I will refund you early next week.", "2026-11-23T17:00"),
        ("I will refund you by the end of the week.", "2026-11-20T17:00"),
        ("I will refund you on Monday, 23 November.", "2026-11-23T17:00"),
        ("I will refund you on 5 Jan.", "2027-01-05T17:00"),
        ("I will refund you on November 25th, 2027.", "2027-11-25T17:00"),
        ("I will refund you on 11/25.", "2026-11-25T17:00"),
        ("I will refund you on Tuesday at 10:30.", "2026-11-24T10:30"),
        ("I will refund you Tuesday next week.", "2026-11-24T17:00"),
        ("Ich erstatte bis 25.11.2026.", "2026-11-25T17:00"),
        ("Ich erstatte am 3. Dezember.", "2026-12-03T17:00"),
        ("Ich erstatte bis zum 25. den Betrag.", "2026-11-25T17:00"),
        ("Je vous rembourse le 1er décembre.", "2026-12-01T17:00"),
        ("我们会在11月25日（周三）前给您退款。", "2026-11-25T17:00"),
        ("我们会在3个工作日内给您退款。", "2026-11-25T17:00"),
        ("我們會在三天內給您退款。", "2026-11-23T17:00"),
    ],
)
def test_days_in_all_their_usual_forms(said: str, due: str) -> None:
    assert found(said) == [due]
    assert not only(said).assumed


def test_a_day_that_does_not_exist_is_not_made_up() -> None:
    assert only("I will refund you on 31 February.").assumed
    assert only("I will refund you for the 24/7 problem and the 12.50 € postage.").assumed


def test_a_promise_without_a_day_is_due_on_the_next_working_day_and_says_so() -> None:
    holiday = Calendar(BERLIN, is_holiday=lambda day: (day.month, day.day) == (11, 23))
    (one,) = commitments("We'll check with the carrier.", NOW, holiday)
    assert one.assumed
    assert one.due_at.astimezone(BERLIN).strftime("%a %d %H:%M") == "Tue 24 17:00"


def test_today_said_after_the_promise_hour_still_means_today() -> None:
    evening = datetime(2026, 11, 20, 19, 0, tzinfo=BERLIN)
    assert found("I will refund you today.", evening) == ["2026-11-20T23:59"]


def test_days_are_those_of_the_sellers_zone() -> None:
    auckland = Calendar(ZoneInfo("Pacific/Auckland"))
    assert found("I will refund you tomorrow.", datetime(2026, 11, 20, 20, tzinfo=BERLIN), auckland) == ["2026-11-22T17:00"]


def test_the_day_of_the_seller_not_the_carriers_day_counts() -> None:
    assert found("I'll ask the courier on Monday, it should arrive by Wednesday.") == ["2026-11-23T17:00"]
    assert only("I'll check with the courier and you should have it by Friday.").assumed
    assert found("It should arrive on Wednesday, but I'll ask the courier on Monday.") == ["2026-11-23T17:00"]


def test_what_the_named_answer_covers_is_not_offered_twice() -> None:
    one = only("We'll check with the carrier. You'll hear from me on Monday 23 Nov.")
    assert (one.what, one.assumed) == ("answer", False)


def test_two_promises_in_one_sentence_are_two() -> None:
    first, second = commitments("I'll call the courier today and I will refund you by Friday.", NOW, CALENDAR)
    assert (first.what, second.what) == ("check", "refund")
    assert (first.text, second.text) == ("I'll call the courier today", "I will refund you by Friday")


def test_the_place_is_told_in_code_points_also_behind_emoji_and_letters_that_grow() -> None:
    text = "İİ 👍🏽 sorry!\nOn Monday we'll  refund you. Bye"
    one = only(text)
    assert text[one.start : one.end] == "On Monday we'll  refund you"
    assert one.text == "On Monday we'll refund you"


@given(HOSTILE)
def test_no_text_breaks_it_and_places_lie_in_the_text(text: str) -> None:
    behind = 0
    for one in commitments(text, NOW, CALENDAR):
        assert behind <= one.start < one.end <= len(text)
        assert one.text == " ".join(text[one.start : one.end].split())
        assert one.due_at > NOW
        assert one.due_at.utcoffset() == timedelta()
        behind = one.start


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    def work(text: str) -> object:
        return commitments(text, NOW, CALENDAR)

    work("I will refund 我们 tomorrow")  # the tables are made on first use
    seconds, piece = slowest(work)
    assert seconds < 0.1, piece  # 35 ms where it was written; the growth below is what would hurt
    assert growth(work, piece) < 8
