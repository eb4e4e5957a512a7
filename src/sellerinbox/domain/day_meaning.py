"""Which moment a named day or hour is, seen from now in the seller's time zone.

`groups` are the named groups of a rule of `day_words`; `by_kind` holds those of all bits that make one phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.day_words import DayWords

EVENING = time(21)
"""When "tonight" is over for a buyer who waits."""
_SUNDAY = 6
_Value = TypeVar("_Value", str, int)
_ZH_HOURS = {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "十一": 11, "十二": 12}

Groups = Mapping[str, str]


def moment(day: date, at: time | None, now: datetime, calendar: Calendar) -> datetime | None:
    """The moment for a day and, where one was said, its hour (aware, UTC); None when it is over."""
    due = calendar.due_on(day, at)
    if due > now:
        return due
    # "Today" said after the hour at which promises are due still means today.
    return calendar.due_on(day, time(23, 59)) if day == calendar.today(now) else None


def next_time(at: time, now: datetime, calendar: Calendar) -> datetime:
    """When a time of the day comes next."""
    due = calendar.due_on(calendar.today(now), at)
    return due if due > now else calendar.due_on(calendar.today(now) + timedelta(days=1), at)


def hour_of(groups: Groups, words: DayWords) -> time | None:
    """The hour that was said. Raises `ValueError` for one that no clock shows."""
    if "part" in groups:
        return time(_named(words.parts, groups["part"]))
    said = groups["h"]
    hour = int(said) if said.isdecimal() else _ZH_HOURS.get(said, 0)
    afternoon = groups.get("half", "").startswith("p") or groups.get("zhpart") in ("下午", "晚上")
    if afternoon and hour < 12:
        hour += 12
    elif groups.get("half", "").startswith("a") and hour == 12:
        hour = 0
    minute = 30 if "zhhalf" in groups else int(groups.get("min", 0))
    return time(hour, minute) if hour < 24 else time(23, 59)


def span_end(groups: Groups, words: DayWords, now: datetime, calendar: Calendar) -> datetime:
    """The end of a span of time ("within 2-3 working days": the third one)."""
    said = groups.get("n2") or groups["n"]
    count = int(said) if said.isdecimal() else words.numbers[said]
    unit = _named(words.units, groups["unit"])
    if unit == "h":
        return now + timedelta(hours=count)
    if unit == "wd":
        return calendar.due_on(calendar.working_day_after(calendar.today(now), count))
    return calendar.due_on(calendar.today(now) + timedelta(days=count * (7 if unit == "w" else 1)))


def day_of(by_kind: Mapping[str, Groups], words: DayWords, now: datetime, calendar: Calendar) -> date | None:
    """The day that was named; None when none was, or one that is over. Raises `ValueError` for the 31st of February."""
    today = calendar.today(now)
    if "date" in by_kind:
        return _dated(by_kind["date"], today)
    relative = relative_of(by_kind, words)
    if "weekday" in by_kind:
        return _weekday(by_kind["weekday"], relative, today)
    return _from_today(relative, today, calendar) if relative is not None else None


def relative_of(by_kind: Mapping[str, Groups], words: DayWords) -> str | None:
    """What a word like "tomorrow" stands for in the language's table."""
    return _named(words.relative, by_kind["relative"]["relative"]) if "relative" in by_kind else None


def _dated(groups: Groups, today: date) -> date:
    """A day of the month; what is not said is filled so that the day lies nearest (month: ahead)."""
    day = int(groups["d"])
    month = next((int(name[1:]) for name in groups if name[0] == "m" and name[1:].isdecimal()), int(groups.get("m", 0)))
    if month > 12:
        day, month = month, day
    if "year" in groups:
        year = int(groups["year"])
        return date(year + 2000 if year < 100 else year, month, day)
    if month:
        near = [date(year, month, day) for year in (today.year - 1, today.year, today.year + 1) if month != 2 or day < 29 or year % 4 == 0]
        return min(near, key=lambda near_day: abs(near_day - today))
    later = today.replace(day=1) + timedelta(days=32)
    return today.replace(day=day) if day >= today.day else later.replace(day=day)


_PAST = ("last", "this past", "letzten", "letzter", "vergangenen", "vom", "pasado", "dernier", "passé", "上")
_THIS = ("this", "diesen", "ce", "este", "本", "这", "这个", "這", "這個")
_OF_NEXT_WEEK = ("下", "下个", "下個")


def _weekday(groups: Groups, relative: str | None, today: date) -> date | None:
    wanted = next(int(name[1:]) for name in groups if name[0] == "w")
    how = groups.get("how", "") or groups.get("after", "")
    monday = today - timedelta(days=today.weekday())
    if how in _PAST or groups.get("after") in ("last week", *_PAST):
        return today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    if how in _OF_NEXT_WEEK or relative in ("nextweek", "earlynext"):
        return monday + timedelta(days=7 + wanted)
    if how in _THIS and monday + timedelta(days=wanted) >= today:
        return monday + timedelta(days=wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _from_today(relative: str, today: date, calendar: Calendar) -> date | None:
    sunday = today + timedelta(days=_SUNDAY - today.weekday())
    match relative:
        case "past":
            return None
        case "eve":
            return today
        case "weekend":
            return sunday
        case "week":
            return _last_working(today, sunday, calendar)
        case "nextweek":
            return _last_working(sunday + timedelta(days=1), sunday + timedelta(days=7), calendar)
        case "earlynext":
            return calendar.working_day_after(sunday)
        case "month":
            return (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return today + timedelta(days=int(relative))


def _last_working(first: date, last: date, calendar: Calendar) -> date:
    """The last working day of a span; its last day when there is none."""
    span = [last - timedelta(days=back) for back in range((last - first).days + 1)]
    return next((day for day in span if calendar.working(day)), last)


def _named(table: dict[str, _Value], said: str) -> _Value:
    """The entry whose pattern fits what was said."""
    return next(value for pattern, value in table.items() if re.fullmatch(pattern, said))
