"""How people name days, in five languages: the tables behind `day_phrases`.

Everything is in small letters; `|` separates spellings. In the patterns of `RULES`, `{day}`, `{month}`, `{number}`,
`{unit}` and `{relative}` stand for the language's own words.
"""

from __future__ import annotations

from typing import NamedTuple


class DayWords(NamedTuple):
    """One language's words for days."""

    days: tuple[str, ...]
    """Monday first."""
    months: tuple[str, ...]
    """January first."""
    numbers: dict[str, int]
    """Numbers that are written as words."""
    units: dict[str, str]
    """Units of a span of time: `h` hours, `d` days, `wd` working days, `w` weeks."""
    relative: dict[str, str]
    """Days named from today: `+N` days, `eve` tonight, `week`, `nextweek`, `earlynext`, `weekend`, `month`, `past`."""
    parts: dict[str, int]
    """Parts of a day, said beside one: the hour by which they end."""
    rules: tuple[str, ...]
    """Patterns; the groups in them say what was found."""


ISO = r"(?P<year>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"

SLASH = r"(?<![\d./])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?![\d/%])"

DOTS = r"(?<![\d.,€$£])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?P<year>20\d\d|\d\d)?(?!\d)(?!\s?(?:€|eur|uhr))"
