"""A promise for a day when nobody works is a promise broken: closed days, holidays and changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox.domain.calendar import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 12, 18, 8, 30, tzinfo=UTC)
CALENDAR = Calendar(BERLIN)
LONG_AGO, LATER = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2000, 2090))


def test_a_weekend_and_the_days_off_and_a_holiday_in_a_row_are_skipped() -> None:
    christmas = Calendar(
        BERLIN, is_holiday=lambda day: (day.month, day.day) in ((12, 25), (12, 26)), days_off=frozenset({date(2026, 12, 24)})
    )
    assert christmas.next_working_day(datetime(2026, 12, 23, 9, tzinfo=UTC)) == date(2026, 12, 28)


@pytest.mark.parametrize(("count", "day"), [(1, 21), (2, 22), (5, 25), (0, 18)])
def test_working_days_are_counted_from_the_day_after(count: int, day: int) -> None:
    assert CALENDAR.working_day_after(date(2026, 12, 18), count) == date(2026, 12, day)


def test_today_is_the_sellers_day_not_greenwichs() -> None:
    late = datetime(2026, 12, 20, 23, 30, tzinfo=UTC)  # Monday already in Berlin
    assert CALENDAR.today(late) == date(2026, 12, 21)
    assert CALENDAR.next_working_day(late) == date(2026, 12, 22)


@pytest.mark.parametrize(("day", "utc_hour"), [(date(2026, 12, 21), 16), (date(2026, 7, 1), 15)])
def test_the_promise_hour_is_local_in_summer_and_in_winter(day: date, utc_hour: int) -> None:
    assert CALENDAR.due_on(day) == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out_is_the_one_after_it() -> None:
    assert CALENDAR.due_on(date(2026, 3, 29), time(2, 30)).astimezone(BERLIN).time() == time(3, 30)


def test_closed_every_day_still_ends_and_is_never_too_late() -> None:
    assert Calendar(UTC, closed=frozenset(range(7))).next_working_day(FRIDAY) == date(2026, 12, 19)


@given(st.datetimes(LONG_AGO, LATER), st.integers(-12, 14), st.frozensets(st.integers(0, 6), max_size=6))
def test_the_next_working_day_is_after_today_open_and_none_is_left_out(moment: datetime, offset: int, closed: frozenset[int]) -> None:
    calendar = Calendar(timezone(timedelta(hours=offset)), closed)
    now = moment.replace(tzinfo=UTC)
    today, found = calendar.today(now), calendar.next_working_day(now)
    assert today < found
    assert calendar.working(found)
    assert not any(calendar.working(today + timedelta(days=ahead)) for ahead in range(1, (found - today).days))
