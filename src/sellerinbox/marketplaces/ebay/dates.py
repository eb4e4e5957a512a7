"""Times as marketplaces write them, and as eBay wants them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = range(1970, 2200)
"""Outside them a time is an error of somebody's, and milliseconds would outgrow the store's key."""
_MILLISECONDS_FROM = 10**11
"""A count from here on is in milliseconds: as seconds it would be the year 5138."""
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?", re.IGNORECASE | re.ASCII
)


def parse_date(value: object) -> datetime | None:
    """Aware UTC of an ISO 8601 text or a count of seconds or milliseconds; None when it can't be read.

    Taken: no zone (read as UTC), any offset, 0 to 9 decimals, a leap second (read as the second before).
    """
    if isinstance(value, bool):
        return None
    try:
        if isinstance(value, int | float):
            found = _from_count(value)
        elif isinstance(value, str) and len(value) <= 64:
            found = _from_text(value.strip())
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return found if found.year in _YEARS else None


def iso(moment: datetime) -> str:
    """As eBay wants it: `2024-11-06T10:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _from_count(count: float) -> datetime:
    return _EPOCH + timedelta(seconds=count / 1000 if abs(count) >= _MILLISECONDS_FROM else count)


def _from_text(text: str) -> datetime:
    if text.isascii() and text.isdigit():
        return _from_count(int(text))
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError("not a time")
    day, clock, decimals, zone = match.groups()
    clock = (clock or "00:00").replace(":60", ":59") if (clock or "").count(":") == 2 else clock or "00:00"
    offset = "+00:00" if zone is None or zone.isalpha() else zone
    moment = datetime.fromisoformat(f"{day}T{clock}{offset}")
    return (moment + timedelta(microseconds=int((decimals or "0").ljust(6, "0")[:6]))).astimezone(UTC)
