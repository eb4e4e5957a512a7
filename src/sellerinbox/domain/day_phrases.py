"""Days and times named in a sentence, as moments: "by Friday", "binnen 2 Werktagen", "11月25日", "demain à 18h".

A bit is one named thing (a weekday, a date, an hour); bits that stand together make one phrase ("Monday 23 Nov at 10").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.day_meaning import EVENING, day_of, hour_of, moment, next_time, relative_of, span_end
from sellerinbox.domain.day_words import LANGUAGES, DayWords

_GLUE = re.compile(
    r"[\s,()（）]{0,3}(?:(?:at|on|by|before|the|of|um|bis|vor|gegen|am|den|der|dem|à|vers|avant|le|de|la|el|antes de|a las|的|"
    r"前|之前)\b)?[\s,()（）]{0,3}$"
)
_LONGEST_GLUE = 12


class Phrase(NamedTuple):
    """One naming of a moment."""

    start: int
    end: int
    """Places in the text (code points)."""
    due_at: datetime | None
    """Until when something promised "by then" is owed (aware, UTC); None for a moment that is over."""


class Bit(NamedTuple):
    """One named thing before it is put together with its neighbours."""

    start: int
    end: int
    kind: str
    """`date`, `weekday`, `relative`, `within` or `time`."""
    groups: dict[str, str]


class _Rules(NamedTuple):
    words: DayWords
    patterns: tuple[re.Pattern[str], ...]


def phrases(low: str, language: str, now: datetime, calendar: Calendar) -> tuple[Phrase, ...]:
    """Every moment named in a text in small letters (`sentences.lower`), in order.

    `language` is one of `day_words.LANGUAGES`. A weekday means the next such day, never today;
    a date without a year the nearest one.
    """
    rules = _rules(language)
    found = (_phrase(group, rules.words, now, calendar) for group in _together(low, _bits(low, rules)))
    return tuple(phrase for phrase in found if phrase is not None)


@lru_cache(maxsize=len(LANGUAGES))
def _rules(language: str) -> _Rules:
    words = LANGUAGES[language]
    number = rf"\d{{1,3}}|{'|'.join(sorted(words.numbers, key=len, reverse=True))}"
    blanks = {
        "{day}": "(?:" + "|".join(f"(?P<w{index}>{names})" for index, names in enumerate(words.days)) + ")",
        "{month}": "(?:" + "|".join(f"(?P<m{index}>{names})" for index, names in enumerate(words.months, 1)) + ")",
        "{number}": rf"(?P<n>{number})(?:\s?(?:-|–|to|or|bis|oder|à|ou|a|o|至|到|~)\s?(?P<n2>{number}))?",
        "{unit}": f"(?P<unit>{'|'.join(words.units)})",
        "{relative}": f"(?P<relative>{'|'.join(words.relative)})",
    }
    parts = rf"(?<!\w)(?P<part>{'|'.join(words.parts)})(?!\w)" if language != "zh" else f"(?P<part>{'|'.join(words.parts)})"
    return _Rules(words, tuple(re.compile(_filled(rule, blanks)) for rule in (*words.rules, parts)))


def _filled(rule: str, blanks: dict[str, str]) -> str:
    for blank, pattern in blanks.items():
        rule = rule.replace(blank, pattern)
    return rule


def _bits(low: str, rules: _Rules) -> list[Bit]:
    """What the rules find; where two overlap, the one that begins first, then the longer one."""
    every = [
        Bit(match.start(), match.end(), _kind(groups), groups)
        for pattern in rules.patterns
        for match in pattern.finditer(low)
        if _possible(groups := {name: value for name, value in match.groupdict().items() if value is not None})
    ]
    kept: list[Bit] = []
    for bit in sorted(every, key=lambda bit: (bit.start, -bit.end)):
        if not kept or bit.start >= kept[-1].end:
            kept.append(bit)
    return kept


def _kind(groups: dict[str, str]) -> str:
    for group, kind in (("d", "date"), ("unit", "within"), ("relative", "relative"), ("h", "time"), ("part", "time")):
        if group in groups:
            return kind
    return "weekday"


def _possible(groups: dict[str, str]) -> bool:
    """Whether the numbers can be a day and an hour at all: 24/7 is no date."""
    day, month, hour, minute = (int(groups.get(name, low)) if groups.get(name, "1").isdecimal() else 1 for name, low in _LEAST)
    if month > 12 >= day:
        day, month = month, day
    return 1 <= day <= 31 and 1 <= month <= 12 and hour <= 24 and minute <= 59 and (groups.get("d"), groups.get("m")) != ("24", "7")


_LEAST = (("d", "1"), ("m", "1"), ("h", "1"), ("min", "0"))


def _together(low: str, bits: Sequence[Bit]) -> Iterable[list[Bit]]:
    """Neighbours with nothing between them but a comma or a small word."""
    group: list[Bit] = list(bits[:1])
    for before, bit in pairwise(bits):
        between = low[before.end : bit.start]
        if len(between) <= _LONGEST_GLUE and _GLUE.match(between):
            group.append(bit)
        else:
            yield group
            group = [bit]
    if group:
        yield group


def _phrase(group: list[Bit], words: DayWords, now: datetime, calendar: Calendar) -> Phrase | None:
    """The moment a group names; None for a part of the day that stands alone ("good morning")."""
    start, end = group[0].start, group[-1].end
    # The first of a kind counts, but an hour in numbers more than "in the morning".
    by_kind = {bit.kind: bit.groups for bit in sorted(group, key=lambda bit: ("h" in bit.groups, -bit.start))}
    at = hour_of(by_kind["time"], words) if "time" in by_kind else None
    try:
        if "within" in by_kind and "date" not in by_kind:
            return Phrase(start, end, span_end(by_kind["within"], words, now, calendar))
        day = day_of(by_kind, words, now, calendar)
    except (ValueError, OverflowError):
        return None  # the 31st of February, the year 9999
    if day is not None:
        evening = EVENING if relative_of(by_kind, words) == "eve" else None
        return Phrase(start, end, moment(day, at or evening, now, calendar))
    if relative_of(by_kind, words) == "past":
        return Phrase(start, end, None)
    return Phrase(start, end, next_time(at, now, calendar)) if at is not None and "h" in by_kind["time"] else None
