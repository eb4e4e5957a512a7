"""Days as a buyer reads them, in his language.

Small tables for the languages we ship replies in; in any other a date is written 2026-11-25,
which is never mistaken for another day.
"""

from __future__ import annotations

from datetime import date, timedelta

_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DE_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_DE_MONTHS = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez.")
_ZH_DAYS = "一二三四五六日"
_FRIDAY = 4


def day(when: date, language: str) -> str:
    """A day with its weekday: "Monday 25 Nov", "Montag, 25. Nov.", "11月25日星期一"."""
    match language.partition("-")[0]:
        case "en":
            return f"{_EN_DAYS[when.weekday()]} {when.day} {_EN_MONTHS[when.month - 1]}"
        case "de":
            return f"{_DE_DAYS[when.weekday()]}, {when.day}. {_DE_MONTHS[when.month - 1]}"
        case "zh":
            return f"{when.month}月{when.day}日星期{_ZH_DAYS[when.weekday()]}"
    return when.isoformat()


def next_working_day(today: date) -> date:
    """The first Monday to Friday after a day; holidays are not known here."""
    following = today + timedelta(days=1)
    while following.weekday() > _FRIDAY:
        following += timedelta(days=1)
    return following
