"""The seller's working days: for promises only, never for the reply clock, which runs all the time (practices 3 and 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

_DAY = timedelta(days=1)
_LOOK_AHEAD = 400
"""Days looked at before giving up: nobody is closed for longer, and a wrong setting must not hang."""


def no_holidays(_: date) -> bool:
    """For a seller who has named no country: no day is a holiday."""
    return False


class Calendar(NamedTuple):
    """When the seller works, in his own time zone."""

    timezone: tzinfo
    closed: frozenset[int] = frozenset({5, 6})
    """Weekdays without work, Monday = 0."""
    is_holiday: Callable[[date], bool] = no_holidays
    days_off: frozenset[date] = frozenset()
    promise_hour: int = 17
    """The local hour at which a promise for a day is due."""

    def today(self, now: datetime) -> date:
        """The seller's date at a moment."""
        return now.astimezone(self.timezone).date()

    def working(self, day: date) -> bool:
        """Whether the seller works on a day."""
        return day.weekday() not in self.closed and day not in self.days_off and not self.is_holiday(day)

    def next_working_day(self, now: datetime) -> date:
        """The first working day after the seller's today."""
        return self.working_day_after(self.today(now))

    def working_day_after(self, day: date, count: int = 1) -> date:
        """The working day that is `count` working days after a day; the day itself never counts.

        A calendar without any working day gives the plain following day, which is never too late.
        """
        for _ in range(count):
            day = self._following(day)
        return day

    def due_on(self, day: date, at: time | None = None) -> datetime:
        """When a promise for a day is due (aware, UTC): at `promise_hour`, or at a time that was said."""
        return datetime.combine(day, at or time(self.promise_hour), self.timezone).astimezone(UTC)

    def _following(self, day: date) -> date:
        for ahead in range(1, _LOOK_AHEAD):
            if self.working(found := day + ahead * _DAY):
                return found
        return day + _DAY
