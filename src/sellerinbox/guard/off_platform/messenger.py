"""Other places to talk: a messenger's name, nickname or description, used as a way to reach somebody.

The name alone is not enough: "the Telegram poster" is for sale. What counts is whether the sentence
uses it as a channel (on, via, add, my, same name) or as a word that says what goods look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.off_platform.scope import Scope
from sellerinbox.guard.reading import Reading

_HANDLE = re.compile(r"(?<![a-z0-9_@.])@\s?[a-z][a-z0-9_.]{2,30}(?![a-z0-9_@])|(?<![a-z0-9_#])[a-z0-9_]{2,32}#\d{4}(?![a-z0-9_])")
_ID = re.compile(
    r"[ :：'\"(]{0,4}(?:id|号|同号)?[ :：是'\"]{0,3}(?:@\w|[a-z]+[_.-]?\d|[a-z]+_[a-z]|\+?\d[\d -]{4,})"
    r"|[ ]?[:：][ ]?@?[a-z][\w.]{3,30}"
)
_JOINED = re.compile(r"-[a-z]|[\"'»”]?[- ]?(?:brand|style|themed)")
_BEFORE, _BEHIND, _FAR = 3, 2, 8


def check(reading: Reading, scope: Scope, touched: frozenset[int]) -> Iterator[Finding]:
    """Every messenger used as one, and every handle; `touched` are places that were disguised, which nobody does to goods."""
    for name, rule, is_channel in _SORTS:
        if reading.has(rule):
            for start, end in scope.of(name).items():
                hidden = not touched.isdisjoint(range(*scope.tokens.span(start, end)))
                if hidden or (
                    not _is_goods(reading, scope, start, end) and is_channel(reading, scope, start, end) and scope.meant(start, end)
                ):
                    yield reading.finding(rule, *scope.tokens.span(start, end))
    if reading.has("off_platform.messenger.handle"):
        for match in _HANDLE.finditer(reading.folded.text):
            yield reading.finding("off_platform.messenger.handle", *reading.folded.span(match.start(), match.end()))


def _sure(reading: Reading, scope: Scope, start: int, end: int) -> bool:
    """A name that means nothing else: a channel unless the sentence measures goods."""
    first, limit = scope.sentence(start)
    return not scope.within("off_measure", first, limit) or _near(scope, start, end) or _strong(reading, scope, start, end)


def _short(reading: Reading, scope: Scope, start: int, end: int) -> bool:
    """Two or three letters that may be anything; alone in a question they are one."""
    first, limit = scope.sentence(start)
    if limit - first <= _BEHIND and scope.tokens.asks[scope.tokens.sentence[start]]:
        return True
    return _strong(reading, scope, start, end) or (_near(scope, start, end) and _named(reading, scope, start, end))


def _word(reading: Reading, scope: Scope, start: int, end: int) -> bool:
    """A word of everyday: a name only where it is written like one, or right behind "on" and "via"."""
    if _directly(scope, "off_via", start):
        return True
    first = scope.sentence(start)[0]
    return start > first and _named(reading, scope, start, end) and _short(reading, scope, start, end)


_SORTS = (
    ("off_app", "off_platform.messenger.name", _sure),
    ("off_app_maybe", "off_platform.messenger.short", _short),
    ("off_app_word", "off_platform.messenger.word", _word),
)


def _near(scope: Scope, start: int, end: int) -> bool:
    """Words for reaching somebody in the same sentence."""
    first, limit = scope.sentence(start)
    return scope.within("off_reach", max(first, start - _FAR), min(limit, end + _FAR))


def _strong(reading: Reading, scope: Scope, start: int, end: int) -> bool:
    """Something right beside the name that only stands beside channels."""
    limit = scope.sentence(start)[1]
    if _ID.match(reading.folded.text, scope.tokens.ends[end - 1]):
        return True
    after = scope.within("off_app_noun", end, min(limit, end + _BEHIND)) or scope.within("off_me", end, min(limit, end + 1))
    return after or _directly(scope, "off_by", start)


def _directly(scope: Scope, name: str, start: int) -> bool:
    """A concept ends where the name begins, in the same sentence."""
    first, spans = scope.sentence(start)[0], scope.of(name)
    return any(spans.get(place) == start for place in range(max(first, start - _BEFORE), start))


def _is_goods(reading: Reading, scope: Scope, start: int, end: int) -> bool:
    """The name says what goods are called or look like."""
    first, limit = scope.sentence(start)
    if _ID.match(reading.folded.text, scope.tokens.ends[end - 1]):
        return False
    strong = _strong(reading, scope, start, end)
    if _JOINED.match(reading.folded.text, scope.tokens.ends[end - 1]) and not strong:
        return True
    if scope.within("off_goods", end, min(limit, end + _BEHIND)) and not scope.within("off_app_noun", end, min(limit, end + 1)):
        return True
    return not strong and scope.within("off_goods", max(first, start - _BEFORE), start)


def _named(reading: Reading, scope: Scope, start: int, end: int) -> bool:
    """Whether a word that means other things too is written like a name."""
    first, last = scope.tokens.span(start, end)
    given = reading.text[first:last]
    return not given.islower() or not given.isascii()
