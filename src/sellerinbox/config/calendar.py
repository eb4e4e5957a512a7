"""The seller's working days from the settings' `[calendar]`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sellerinbox.config.holidays import holidays_in
from sellerinbox.domain.calendar import Calendar, no_holidays
from sellerinbox.domain.errors import ConfigError
from sellerinbox.i18n import _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOCALTIME = Path("/etc/localtime")


def build_calendar(
    timezone: str | None = None,
    closed: Sequence[str] = ("sat", "sun"),
    holidays: str | None = None,
    days_off: Sequence[str] = (),
    promise_hour: int = 17,
) -> Calendar:
    """The calendar from the values of the settings; `timezone` None is the machine's own.

    Raises `ConfigError` naming the key. The holidays' place is only looked at, see `holidays_in`.
    """
    if not 0 <= promise_hour <= 23:
        raise ConfigError(_("“calendar.promise_hour” must be a whole number from 0 to 23."))
    return Calendar(
        _zone(timezone) if timezone else local_zone(),
        _closed(closed),
        holidays_in(holidays) if holidays else no_holidays,
        frozenset(map(_day, days_off)),
        promise_hour,
    )


def local_zone(environ: Mapping[str, str] = os.environ, localtime: Path = _LOCALTIME) -> tzinfo:
    """The machine's time zone with its changes of the clocks: from `TZ`, then from the system; UTC when neither tells."""
    name = environ.get("TZ", "").removeprefix(":") or str(localtime.resolve()).rpartition("zoneinfo/")[2]
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass  # a copied file instead of a link, or a TZ that is no name
    try:
        with localtime.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return UTC


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(_("“calendar.timezone” can't be “{name}”; it looks like Europe/Berlin.").format(name=name)) from error


def _closed(names: Sequence[str]) -> frozenset[int]:
    unknown = [name for name in names if name not in WEEKDAYS]
    if unknown:
        raise ConfigError(
            _("“calendar.closed” can't hold “{unknown}”; its days are {known}.").format(unknown=unknown[0], known=", ".join(WEEKDAYS))
        )
    days = frozenset(map(WEEKDAYS.index, names))
    if len(days) == len(WEEKDAYS):
        raise ConfigError(_("“calendar.closed” names all seven days; leave at least one on which promises can be kept."))
    return days


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(_("“calendar.days_off” can't hold “{text}”; a day looks like 2026-12-24.").format(text=text)) from error
