"""A conversation put aside must come back when the seller said, not a day later and not never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.snooze import PRESETS, Snooze, deadline, parse, words
from tests.domain.pieces import BERLIN, CALENDAR, HOSTILE, NOW, slowest


def said(typed: str, now: datetime = NOW, calendar: Calendar = CALENDAR) -> str:
    return words(parse(typed, now, calendar), now, calendar)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("mon 9", "Mon 23 Nov 09:00"),
        ("monday 9:30", "Mon 23 Nov 09:30"),
        ("MON, 9", "Mon 23 Nov 09:00"),
        ("next friday", "Fri 27 Nov 09:00"),
        ("fri", "Fri 27 Nov 09:00"),
        ("until monday 10", "Mon 23 Nov 10:00"),
        ("tomorrow", "Sat 21 Nov 09:00"),
        ("tomorrow at 10", "Sat 21 Nov 10:00"),
        ("tonight", "Fri 20 Nov 20:00"),
        ("today 14:00", "Fri 20 Nov 14:00"),
        ("9am", "Sat 21 Nov 09:00"),
        ("9pm", "Fri 20 Nov 21:00"),
        ("12am", "Sat 21 Nov 00:00"),
        ("12pm", "Fri 20 Nov 12:00"),
        ("17:30", "Fri 20 Nov 17:30"),
        ("+3h", "Fri 20 Nov 12:30"),
        ("+30m", "Fri 20 Nov 10:00"),
        ("+7d", "Fri 27 Nov 09:30"),
        ("2w", "Fri 4 Dec 09:30"),
        ("in 2 days", "Sun 22 Nov 09:30"),
        ("25 nov", "Wed 25 Nov 09:00"),
        ("nov 25 10:00", "Wed 25 Nov 10:00"),
        ("25.11. 14:00", "Wed 25 Nov 14:00"),
        ("25/12", "Fri 25 Dec 09:00"),
        ("5 jan", "Tue 5 Jan 2027 09:00"),
        ("2026-12-01 14:00", "Tue 1 Dec 14:00"),
        ("2026-12-01T14:00", "Tue 1 Dec 14:00"),
        ("next working day", "Mon 23 Nov 09:00"),
        ("next week", "Mon 23 Nov 09:00"),
        ("mo 9", "Mon 23 Nov 09:00"),
        ("morgen", "Sat 21 Nov 09:00"),
        ("morgen 14 Uhr", "Sat 21 Nov 14:00"),
        ("übermorgen 10", "Sun 22 Nov 10:00"),
        ("heute abend", "Fri 20 Nov 20:00"),
        ("3 Tage", "Mon 23 Nov 09:30"),
        ("明天", "Sat 21 Nov 09:00"),
        ("周一9点", "Mon 23 Nov 09:00"),
        ("週一下午3點半", "Mon 23 Nov 15:30"),
        ("下周一", "Mon 23 Nov 09:00"),
        ("2小时", "Fri 20 Nov 11:30"),
        ("11月25日 10点", "Wed 25 Nov 10:00"),
        ("when tracking moves", "when tracking moves"),
        ("物流更新", "when tracking moves"),
        ("if no answer in 2d", "if no answer by Sun 22 Nov 09:30"),
        ("keine antwort in 2 tagen", "if no answer by Sun 22 Nov 09:30"),
        ("2天内没回复", "if no answer by Sun 22 Nov 09:30"),
    ],
)
def test_what_sellers_type(typed: str, until: str) -> None:
    assert said(typed) == until


def test_the_kind_of_waiting_and_what_was_typed_are_kept() -> None:
    assert parse(" when tracking moves ", NOW, CALENDAR) == Snooze(None, "tracking", "when tracking moves")
    assert parse("if no answer in 1d", NOW, CALENDAR) == Snooze(NOW + timedelta(days=1), "no_answer", "if no answer in 1d")


@pytest.mark.parametrize("typed", ["today 8", "2026-11-01", "2026-11-20 09:30", "+0m"])
def test_a_time_that_is_over_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match=r"is over; nothing was put aside\. Type a later time"):
        parse(typed, NOW, CALENDAR)


@pytest.mark.parametrize(
    "typed", ["", "foo", "31 feb", "fri 25:00", "13pm", "9", "heute", "no answer in foo", "mon 9 mon 9", "25 nov 2026 99", "x" * 100_000]
)
def test_what_cannot_be_read_says_what_can(typed: str) -> None:
    with pytest.raises(UsageError, match="“mon 9”, “tomorrow”, “\\+3h”") as caught:
        parse(typed, NOW, CALENDAR)
    assert len(str(caught.value)) < 220


@pytest.mark.parametrize("typed", ["99999w", "9999-12-31", "2099-01-01"])
def test_a_slip_of_the_finger_does_not_lose_a_conversation_for_decades(typed: str) -> None:
    with pytest.raises(UsageError, match="ten years"):
        parse(typed, NOW, CALENDAR)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_can_be_read(preset: tuple[str, str]) -> None:
    assert said(preset[1])


def test_the_presets_know_the_closed_days() -> None:
    holiday = Calendar(BERLIN, is_holiday=lambda day: day.day == 23)
    assert said("next working day 9", NOW, holiday) == "Tue 24 Nov 09:00"


def test_days_keep_their_local_hour_across_a_change_of_the_clocks_and_hours_their_length() -> None:
    eve = datetime(2026, 3, 28, 9, 30, tzinfo=BERLIN).astimezone(UTC)
    assert said("+1d", eve) == "Sun 29 Mar 09:30"
    assert said("+24h", eve) == "Sun 29 Mar 10:30"
    assert said("tomorrow 9", eve) == "Sun 29 Mar 09:00"
    assert said("tomorrow 2:30", eve) == "Sun 29 Mar 03:30"  # left out that night


def test_the_sellers_zone_decides_which_day_tomorrow_is() -> None:
    auckland = Calendar(ZoneInfo("Pacific/Auckland"))
    assert said("tomorrow 9", datetime(2026, 11, 20, 20, tzinfo=UTC), auckland) == "Sun 22 Nov 09:00"


@given(HOSTILE)
def test_nothing_typed_breaks_it_and_what_is_read_lies_ahead(typed: str) -> None:
    try:
        snooze = parse(typed, NOW, CALENDAR)
    except UsageError:
        return
    assert snooze.until is None or snooze.until > NOW
    assert words(snooze, NOW, CALENDAR)


@given(st.integers(1, 500), st.sampled_from(["m", "h", "d", "w"]))
def test_spans_are_as_long_as_typed(count: int, unit: str) -> None:
    until = parse(f"+{count}{unit}", NOW, CALENDAR).until
    span = timedelta(**{{"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[unit]: count})
    assert until is not None
    assert abs(until - NOW - span) <= timedelta(hours=1 if unit in "dw" else 0)


def test_a_hostile_text_takes_no_time() -> None:
    def work(text: str) -> None:
        with pytest.raises(UsageError):
            parse(text, NOW, CALENDAR)

    seconds, piece = slowest(work)
    assert seconds < 0.05, piece
    seconds, piece = slowest(lambda text: work(text[:60]))
    assert seconds < 0.05, piece


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("mon", "Mon 23 Nov 17:00"),
        ("tomorrow", "Sat 21 Nov 17:00"),
        ("today", "Fri 20 Nov 17:00"),
        ("mon 9", "Mon 23 Nov 09:00"),
        ("25 nov", "Wed 25 Nov 17:00"),
        ("+2h", "Fri 20 Nov 11:30"),
        ("下周一", "Mon 23 Nov 17:00"),
    ],
)
def test_a_promised_day_is_due_at_the_promise_hour(typed: str, due: str) -> None:
    # Protection: a promise for Monday that is due at nine is broken before the seller has had his coffee.
    assert words(Snooze(deadline(typed, NOW, CALENDAR)), NOW, CALENDAR) == due


@pytest.mark.parametrize("typed", ["", "soon", "when tracking moves", "if no answer in 2d", "today 08:00", "2020-01-01"])
def test_what_is_no_day_for_a_promise(typed: str) -> None:
    with pytest.raises(UsageError, match="promise"):
        deadline(typed, NOW, CALENDAR)
