"""Reading fields out of JSON that may be anything: a wrong type is named, never followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeGuard

from sellerinbox.domain.text import clean_line
from sellerinbox.marketplaces.ebay.dates import parse_date

Entry = Mapping[str, object]
EMPTY: Entry = {}
ID_LENGTH = 200


class Malformed(ValueError):
    """An entry can't be used; says why in a few words, without its content."""


def is_entry(value: object) -> TypeGuard[Entry]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def text(entry: Entry, key: str) -> str:
    """A text; a number in its place is taken, nothing at all is "". Raises `Malformed` for a list or an object."""
    value = entry.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Malformed(f"{key} is not a text")
    return str(value)


def line(entry: Entry, key: str, limit: int = 200) -> str | None:
    """A cleaned one-line text, None when there is none or it is unusable: for fields one can do without."""
    try:
        return clean_line(text(entry, key), limit) or None
    except Malformed:
        return None


def identity(entry: Entry, key: str) -> str:
    """An id, exactly as given. Raises `Malformed` when it is missing or no marketplace would give such a one."""
    value = text(entry, key)
    if not value:
        raise Malformed(f"{key} is missing")
    if value in (".", "..") or value != clean_line(value, ID_LENGTH):
        raise Malformed(f"{key} is not an id")
    return value


def section(entry: Entry, key: str) -> Entry:
    """An object inside; an empty one when there is none."""
    value = entry.get(key)
    return value if is_entry(value) else EMPTY


def entries(entry: Entry, key: str) -> list[Entry]:
    """The objects of a list inside; whatever else is in it is left out."""
    value = entry.get(key)
    return [item for item in value if is_entry(item)] if isinstance(value, list) else []


def number(entry: Entry, key: str) -> int | None:
    """A whole number from 0 on, also as text; None when there is none."""
    value = entry.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:15])
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15 else None


def date(entry: Entry, key: str) -> datetime | None:
    """A time, aware, UTC; None when there is none or it can't be read."""
    return parse_date(entry.get(key))
