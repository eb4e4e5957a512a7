"""Putting a conversation aside: until a time, until the parcel moves, or until an answer fails to come.

A time is read in the calendar's time zone and kept as an aware UTC moment; an hour that the change to summer time
leaves out is the one after it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sellerinbox.domain import snooze_words as said
from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.sentences import lower
from sellerinbox.i18n import _

MORNING = time(9)
EVENING = time(20)
_LONGEST = 60
_FARTHEST = timedelta(days=3660)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Snooze(NamedTuple):
    """When a conversation comes back."""

    until: datetime | None
    """Aware, UTC; None when only the parcel wakes it."""
    condition: str = "time"
    """`time`; `tracking`: when the parcel's tracking moves; `no_answer`: at `until`, or before when the buyer writes."""
    typed: str = ""
    """What the seller typed; kept for repeating it."""


class Preset(NamedTuple):
    """One snooze to choose from."""

    name: str
    typed: str
    """What `parse` reads."""


PRESETS = (
    Preset("Later today", "+3h"),
    Preset("Tomorrow", "tomorrow 9"),
    Preset("Next working day", "next working day 9"),
    Preset("Next week", "next week mon 9"),
    Preset("When tracking moves", "when tracking moves"),
    Preset("If no answer in 2 days", "if no answer in 2d"),
)

_SPAN = re.compile(
    r"(?:in\s+|\+\s*)?(\d{1,5})\s*("
    + "|".join(f"(?P<{unit}>{words})" for unit, words in said.UNITS.items())
    + r")(?:[后後内內]|之?[内內].*|没.*|沒.*|无.*|無.*|不.*)?"
)
_NO_ANSWER = re.compile("|".join(f"(?:{lead})" for lead in said.NO_ANSWER))
_TIME = re.compile(
    r"(?:^|[\s,]+)(?:um\s+|at\s+|@\s*|gegen\s+)?(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|\.(?P<dotted>\d{2}))?\s*(?P<half>am|pm|uhr|h)?$"
    r"|(?P<part>上午|早上|下午|晚上|中午)?(?P<zh>\d{1,2})(?:[点點时時](?:(?P<zhminute>\d{1,2})分?|(?P<zhhalf>半))?)$"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_TIME = re.compile(r"(?<=\d)t(?=\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*([^\W\d_]{3,9})\.?(?:\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_LEADS = re.compile(rf"^(?:{said.LEADS})+")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?")
_CHINESE_DATE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号號]?")


def parse(typed: str, now: datetime, calendar: Calendar, usual: time = MORNING) -> Snooze:
    """Read what a seller typed: "mon 9", "tomorrow", "+3h", "25 nov", "when tracking moves", "if no answer in 2d".

    A day without an hour means 9:00, or another `usual` time. Raises `UsageError` for what can't be read, is over, or lies
    more than ten years ahead.
    """
    text = _ISO_TIME.sub(" ", " ".join(lower(typed).split()))
    if not text or len(text) > _LONGEST:
        raise _unreadable(typed)
    if text in said.TRACKING:
        return Snooze(None, "tracking", typed.strip())
    lead = _NO_ANSWER.match(text)
    try:
        until = _span(text[lead.end() :], now, calendar) if lead else _span(text, now, calendar) or _moment(text, now, calendar, usual)
        if until is None:
            raise _unreadable(typed)
        return _checked(Snooze(until, "no_answer" if lead else "time", typed.strip()), now, calendar)
    except (ValueError, OverflowError) as error:
        raise _unreadable(typed) from error


def deadline(typed: str, now: datetime, calendar: Calendar) -> datetime:
    """By when a promise is owed, as typed: "mon", "25 nov", "tomorrow 12:00"; aware, UTC.

    A day without an hour is due at the calendar's promise hour. Raises `UsageError` for what is no time, or is over.
    """
    try:
        read = parse(typed, now, calendar, time(calendar.promise_hour))
    except UsageError as error:
        raise _no_deadline(typed) from error
    if read.until is None or read.condition != "time":
        raise _no_deadline(typed)
    return read.until


def words(snooze: Snooze, now: datetime, calendar: Calendar) -> str:
    """When it comes back, in the seller's time: "Mon 23 Nov 09:00", with the year when it is another one."""
    if snooze.until is None:
        return "when tracking moves"
    local = snooze.until.astimezone(calendar.timezone)
    year = f" {local.year}" if local.year != now.astimezone(calendar.timezone).year else ""
    when = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}{year} {local:%H:%M}"
    return f"if no answer by {when}" if snooze.condition == "no_answer" else when


def _checked(snooze: Snooze, now: datetime, calendar: Calendar) -> Snooze:
    until = snooze.until or now
    if until <= now:
        raise UsageError(
            _("{words} is over; nothing was put aside. Type a later time, for example “+3h” or “tomorrow 9”.").format(
                words=words(snooze, now, calendar)
            )
        )
    if until - now > _FARTHEST:
        raise UsageError(_("That is more than ten years ahead; nothing was put aside. Type a nearer time, for example “25 nov” or “2w”."))
    return snooze


def _unreadable(typed: str) -> UsageError:
    from sellerinbox.domain.text import clean_line  # only for a mistake

    return UsageError(
        _(
            "“{typed}” can't be read as a time; type for example “mon 9”, “tomorrow”, "
            "“+3h”, “25 nov 14:00”, “when tracking moves” or “if no answer in 2d”."
        ).format(typed=clean_line(typed, 40))
    )


def _no_deadline(typed: str) -> UsageError:
    from sellerinbox.domain.text import clean_line  # only for a mistake

    told = _(
        "“{typed}” is no time by which a promise could be kept, so nothing was written down; type a later one, for example "
        "“mon”, “tomorrow 12:00”, “25 nov” or “+2d”."
    )
    return UsageError(told.format(typed=clean_line(typed, 40)))


def _span(text: str, now: datetime, calendar: Calendar) -> datetime | None:
    """`+3h` from this minute; `+7d` and `2w` at the same local time of that day, also across a change of the clocks."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return now + timedelta(hours=3) if text in said.LATER_TODAY else None
    count = int(match[1])
    if match["minutes"] or match["hours"]:
        return now + (timedelta(minutes=count) if match["minutes"] else timedelta(hours=count))
    local = now.astimezone(calendar.timezone)
    return _at(local.date() + timedelta(days=count * (7 if match["weeks"] else 1)), local.time(), calendar)


def _moment(text: str, now: datetime, calendar: Calendar, morning: time) -> datetime | None:
    day_text, at = _without_time(_LEADS.sub("", text))
    today = calendar.today(now)
    if not day_text:
        due = _at(today, at or morning, calendar)
        return due if due > now else _at(today + timedelta(days=1), at or morning, calendar)
    day = _named_day(day_text, today, now, calendar)
    if day is None:
        return None
    usual = EVENING if day_text in said.EVENINGS else morning
    if day == today and at is None and usual is MORNING:
        raise ValueError("today without an hour")
    return _at(day, at or usual, calendar)


def _without_time(text: str) -> tuple[str, time | None]:
    """A text without the hour at its end, and the hour; "25 nov 2026" ends in no hour."""
    match = _TIME.search(text)
    if match is None:
        return text, None
    rest = text[: match.start()].strip(" ,")
    alone = match["hour"] is not None and not (match["minute"] or match["dotted"] or match["half"])
    if alone and (not rest or rest in _MONTH_NAMES or re.fullmatch(r"[\d.]+", rest)):
        return text, None  # "9" alone, "nov 25" and "25.11. 9" want to be clearer
    if match["dotted"] and (not rest or match["half"] is None) and int(match["dotted"]) <= 12 and not rest:
        return text, None  # "25.11" is a day
    return rest, _clock(match)


def _clock(match: re.Match[str]) -> time:
    hour = int(match["hour"] or match["zh"])
    minute = 30 if match["zhhalf"] else int(match["minute"] or match["dotted"] or match["zhminute"] or 0)
    if match["half"] in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise ValueError(f"{hour} {match['half']}")
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    elif match["part"] in ("下午", "晚上") and hour < 12:
        hour += 12
    return time(hour, minute)


def _at(day: date, at: time, calendar: Calendar) -> datetime:
    """A local time of a day; one that the clocks skip in spring becomes the same time after the jump."""
    return datetime.combine(day, at, calendar.timezone).astimezone(UTC)


def _named_day(text: str, today: date, now: datetime, calendar: Calendar) -> date | None:
    if text in said.NEXT_WORKING_DAY:
        return calendar.next_working_day(now)
    monday = today + timedelta(days=7 - today.weekday())
    if text in said.NEXT_WEEK:
        return monday
    for names, ahead in said.DAYS.items():
        if text in names.split("|"):
            return today + timedelta(days=ahead)
    of_next_week, weekday = _weekday(text)
    if weekday is not None:
        return monday + timedelta(days=weekday) if of_next_week else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return _dated(text, today)


def _weekday(text: str) -> tuple[bool, int | None]:
    """Whether a weekday is meant in the next week, and which."""
    for lead in (*said.NEXT_WEEK, "下"):
        if text.startswith(lead) and (index := _index(text[len(lead) :].strip(), said.WEEKDAYS)) is not None:
            return True, index
    return False, _index(text.rstrip("."), said.WEEKDAYS)


def _index(name: str, table: tuple[str, ...]) -> int | None:
    return next((index for index, names in enumerate(table) if name and name in names.split("|")), None)


_MONTH_NAMES = frozenset(name for names in said.MONTHS for name in names.split("|"))


def _dated(text: str, today: date) -> date | None:
    """A date; without a year the next such day. Raises `ValueError` for the 31st of February."""
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    year: str | None
    if match := _CHINESE_DATE.fullmatch(text):
        year, month, day = match[1], int(match[2]), int(match[3])
    elif match := _NUMBERS.fullmatch(text):
        year, month, day = match[3], int(match[2]), int(match[1])
    elif (match := _DAY_MONTH.fullmatch(text)) and (found := _index(match[2], said.MONTHS)) is not None:
        year, month, day = match[3], found + 1, int(match[1])
    elif (match := _MONTH_DAY.fullmatch(text)) and (found := _index(match[1], said.MONTHS)) is not None:
        year, month, day = match[3], found + 1, int(match[2])
    else:
        return None
    if year:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)
