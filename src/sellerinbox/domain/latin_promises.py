"""Promises in English, German, French and Spanish: one sentence at a time, by the tables in `promise_words`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.day_phrases import Phrase, phrases
from sellerinbox.domain.found_promises import Found
from sellerinbox.domain.promise_words import LANGUAGES, PromiseWords

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLAUSE_EDGE = re.compile(r"[,;:–—]\s|\b(?:and|but|so|und|aber|et|mais|y|pero|that|dass|que)\b")
_CONTRAST = re.compile(r"[;.:]|\b(?:and|but|so|und|aber|et|mais|y|pero)\b")
_FUTURE_IS_PLAIN = ("en",)
"""Elsewhere the words of a promise may also tell what was done: "lo enviamos el viernes pasado"."""
_LEADING_WORDS = 2
"""A day before the promise is the promise's own when no more words than these stand around it: "By Monday at the latest, I will"."""
_AROUND_A_DAY = """
    at the latest by on no later than before until then spätestens am bis zum vor ab den dem noch schon gleich dann
    au plus tard dès le la d'ici d ici avant pour l même a más tardar el antes de del para mismo
"""


_TAIL = re.compile(r"[\s,;.!:]*(?:\s(?:and|but|und|aber|et|mais|y|pero))?[\s,;.!:]*$")


class _Patterns(NamedTuple):
    language: str
    words: PromiseWords
    firm: re.Pattern[str]
    dated: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    denied: re.Pattern[str]
    never: re.Pattern[str]
    usual: re.Pattern[str]
    condition: re.Pattern[str]
    own_condition: re.Pattern[str]
    not_arrived: re.Pattern[str]
    others: re.Pattern[str]
    asks: re.Pattern[str]


class _Cue(NamedTuple):
    """The words by which the seller promises, and the piece of the sentence up to the next such words."""

    start: int
    end: int
    until: int
    firm: bool


def promises(low: str, now: datetime, calendar: Calendar) -> tuple[Found, ...]:
    """The promises in one sentence in small letters; the language is the one that finds some, most of its words first."""
    words = frozenset(_WORD.findall(low.replace("’", "'")))
    ranked = sorted(LANGUAGES, key=lambda language: -len(words & LANGUAGES[language].hints))
    for language in ranked:
        if found := tuple(_found(low.replace("’", "'"), _patterns(language), now, calendar)):
            return found
    return ()


@lru_cache(maxsize=len(LANGUAGES))
def _patterns(language: str) -> _Patterns:
    words = LANGUAGES[language]
    kinds = tuple((kind, re.compile(pattern)) for kind, pattern in words.kinds.items())
    rest = (words.denied, words.never, words.usual, words.condition, words.own_condition, words.not_arrived, words.others, words.asks)
    return _Patterns(language, words, _any(words.promises), _any(words.dated), kinds, *(re.compile(pattern) for pattern in rest))


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _found(low: str, patterns: _Patterns, now: datetime, calendar: Calendar) -> Iterator[Found]:
    if low.rstrip(' \n"”»)').endswith("?") or patterns.asks.match(low):
        return
    cues = _cues(low, patterns)
    if not cues:
        return
    days = phrases(low, patterns.language, now, calendar)
    conditional = False
    behind = 0
    for cue in cues:
        before = low[behind : cue.start]
        behind = cue.end
        conditional = conditional or _depends(before, patterns)
        found = _judged(low, cue, before, conditional, days, patterns)
        if found is not None:
            yield found


def _cues(low: str, patterns: _Patterns) -> list[_Cue]:
    """Where promising words stand; of two that overlap, the first."""
    hits = [(match, True) for match in patterns.firm.finditer(low)] + [(match, False) for match in patterns.dated.finditer(low)]
    hits.sort(key=lambda hit: (hit[0].start(), not hit[1]))
    kept: list[tuple[re.Match[str], bool]] = []
    for match, firm in hits:
        if not kept or match.start() >= kept[-1][0].end():
            kept.append((match, firm))
    ends = [*(match.start() for match, _ in kept[1:]), len(low)][: len(kept)]
    return [_Cue(match.start(), match.end(), end, firm) for (match, firm), end in zip(kept, ends, strict=True)]


def _judged(low: str, cue: _Cue, before: str, conditional: bool, days: tuple[Phrase, ...], patterns: _Patterns) -> Found | None:
    after = low[cue.end : cue.until]
    if patterns.never.search(after) or patterns.denied.search(before):
        return None
    others = patterns.others.search(after)
    until = cue.end + others.start() if others else cue.until
    own = low[cue.start : until]
    if patterns.usual.search(own) or patterns.usual.search(before):
        return None
    leading, lead = _day_before(low, cue.start - len(before), cue.start, days)
    inside = _day_inside(days, cue.start, until)
    day = leading if leading is not None and (inside is None or not low[leading.end : cue.start].strip()) else inside
    late = patterns.not_arrived.search(before) or patterns.not_arrived.search(own)
    if late and day is None:
        day = _day_inside(days, cue.start - len(before), cue.start)
    if (conditional or _depends(own, patterns)) and not (late and day is not None and day.due_at is not None):
        return None
    if day is not None and day.due_at is None and not (cue.firm and patterns.language in _FUTURE_IS_PLAIN):
        return None
    due = day.due_at if day is not None else None
    kind = _kind(own, patterns)
    if due is None and not (cue.firm and kind):
        return None
    start = lead if due is not None and day is leading else cue.start
    return Found(start, start + len(_TAIL.sub("", low[start:until])), kind or "do", due)


def _depends(piece: str, patterns: _Patterns) -> bool:
    """Whether a piece makes the promise hang on the buyer."""
    return bool(patterns.condition.search(patterns.own_condition.sub(" ", piece)))


def _kind(own: str, patterns: _Patterns) -> str | None:
    hits = [(match.start(), kind) for kind, pattern in patterns.kinds if (match := pattern.search(own))]
    return min(hits)[1] if hits else None


def _day_inside(days: tuple[Phrase, ...], start: int, end: int) -> Phrase | None:
    """The first moment to come that is named in a piece; one that is over when there is no other."""
    first = bisect_left(days, start, key=lambda day: day.start)
    inside = [day for day in days[first : bisect_left(days, end, key=lambda day: day.start)] if day.end <= end]
    return next((day for day in inside if day.due_at is not None), inside[0] if inside else None)


def _day_before(low: str, start: int, cue: int, days: tuple[Phrase, ...]) -> tuple[Phrase | None, int]:
    """The day a promise begins with ("On Monday we will…"), and where that begins: hardly a word may stand around it."""
    index = bisect_left(days, cue, key=lambda day: day.start) - 1
    if index < 0 or days[index].start < start:
        return None, cue
    day = days[index]
    gap = low[day.end : cue]
    edges = list(_CLAUSE_EDGE.finditer(low, start, day.start))
    begin = edges[-1].end() if edges else start
    lead = low[begin : day.start]
    if _CONTRAST.search(gap) or _words(lead) > _LEADING_WORDS or _words(gap) > _LEADING_WORDS:
        return None, cue
    return day, begin + len(lead) - len(lead.lstrip(" \n,;"))


def _words(piece: str) -> int:
    return sum(word not in _around_a_day() for word in _WORD.findall(piece))


@lru_cache(maxsize=1)
def _around_a_day() -> frozenset[str]:
    return frozenset(_AROUND_A_DAY.split())
