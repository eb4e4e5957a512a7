"""Times as a seller types them in a search: `2026-11-01`, `7d`, `mon`, `yesterday`.

Backwards (`since`) a weekday is the last such day, forwards (`by`) the next one; today counts in
both. A day begins and ends at midnight in the seller's time zone.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_SPAN = re.compile(r"[+-]?([0-9]{1,4})([hdw])")
_DATE = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?")
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BEGUN = re.compile(r"[+-]?[0-9]{1,4}|[0-9]{4}[-/.][0-9/.-]{0,5}")
_EARLIEST, _LATEST = 1970, 2248
"""Years that the inbox can hold."""


def is_moment(typed: str) -> bool:
    """Whether it names a time: a span (`2h`, `7d`, `3w`), a day, a month, a year, a weekday, yesterday, today, tomorrow."""
    return bool(_SPAN.fullmatch(typed)) or typed in _DAYS or _weekday(typed) is not None or _date(typed) is not None


def is_begun(typed: str) -> bool:
    """Whether more letters could make a time of it."""
    return bool(_BEGUN.fullmatch(typed)) or any(word.startswith(typed) for word in (*_WEEKDAYS, *_DAYS))


def since(typed: str, now: datetime, zone: tzinfo) -> datetime:
    """The beginning of what was typed, counted backwards: `7d` is a week ago. `typed` must be a moment."""
    if span := _span(typed):
        return now - span
    today = now.astimezone(zone).date()
    weekday = _weekday(typed)
    day = _days(typed, today)[0] if weekday is None else today - timedelta(days=(today.weekday() - weekday) % 7)
    return datetime.combine(day, time(), zone)


def by(typed: str, now: datetime, zone: tzinfo) -> datetime:
    """The end of what was typed, counted forwards: `2h` is two hours from now, `fri` the end of Friday. `typed` must be a moment."""
    if span := _span(typed):
        return now + span
    today = now.astimezone(zone).date()
    weekday = _weekday(typed)
    day = _days(typed, today)[1] if weekday is None else today + timedelta(days=(weekday - today.weekday()) % 7 + 1)
    return datetime.combine(day, time(), zone)


def _span(typed: str) -> timedelta | None:
    found = _SPAN.fullmatch(typed)
    return None if found is None else int(found[1]) * _UNITS[found[2]]


def _weekday(typed: str) -> int | None:
    if len(typed) < 3:
        return None
    return next((number for number, name in enumerate(_WEEKDAYS) if name.startswith(typed)), None)


def _days(typed: str, today: date) -> tuple[date, date]:
    """The first day of it, and the first one after it."""
    if typed in _DAYS:
        first = today + timedelta(days=_DAYS[typed])
        return first, first + timedelta(days=1)
    return _date(typed) or (today, today)


def _date(typed: str) -> tuple[date, date] | None:
    """A day, a month or a year: its first day, and the first one after it."""
    found = _DATE.fullmatch(typed)
    if found is None or not _EARLIEST < int(found[1]) < _LATEST:
        return None
    year, month = int(found[1]), int(found[2] or 1)
    try:
        first = date(year, month, int(found[3] or 1))
    except ValueError:
        return None
    if found[3]:
        return first, first + timedelta(days=1)
    return first, date(year + month // 12, month % 12 + 1, 1) if found[2] else date(year + 1, 1, 1)
