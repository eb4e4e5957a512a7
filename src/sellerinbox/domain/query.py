"""The language of the search line: words, "phrases", -negation and operators such as `from:bob is:unread before:7d`.

    query = parse('refund -dhl from:bob is:unread "not arrived"')

Any text is a query: what is no operator is words, and an operator that has no value yet asks
for nothing. The one mistake there is, a value that an operator does not know, is a `QueryError`
that names those it does. Days stay as typed; `times` makes moments of them when the question is asked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sellerinbox.domain.errors import QueryError
from sellerinbox.domain.times import is_begun, is_moment
from sellerinbox.i18n import _

LONGEST = 400
"""Characters of a query that are read: a whole message pasted by mistake is no query."""
MOST_TERMS = 30
IS = (
    *("unread", "open", "waiting", "closed", "due", "overdue", "snoozed", "acked"),
    *("blocked", "draft", "hot", "thanks", "queued", "unconfirmed"),
)
VALUES: dict[str, tuple[str, ...] | None] = {
    "from": None, "order": None, "track": None, "sku": None, "item": None, "account": None, "tag": None,
    "is": IS,
    "has": ("attachment", "order", "tracking", "note", "draft", "promise"),
    "promise": ("open", "due", "overdue", "kept"),
    "due": ("overdue", "today", "tomorrow"),
    "before": ("today", "yesterday"),
    "after": ("today", "yesterday"),
}  # fmt: skip
"""Operator → the words it knows; None: it takes any text."""
TIMED = {"before": "7d, mon or 2026-11-01", "after": "7d, mon or 2026-11-01", "due": "2h, fri or 2026-11-27"}
"""Operators that take a time as well, with examples."""
_QUOTES = '"“”„'
"""What opens and closes a phrase; a Chinese or German keyboard types the curved ones."""
_TERM = re.compile(
    rf"(?P<negated>-(?=[^\s\0]))?(?:(?P<operator>(?i:{'|'.join(VALUES)}))[:：])?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<close>[{_QUOTES}])?|(?P<bare>[^\s\0]*))"
)
_GAP = re.compile(r"[\s\0]*")
_SPACED = re.compile(r"[\s\0]")
_LIKE_OPERATOR = re.compile(r"([A-Za-z]+)[:：]")


class Word(NamedTuple):
    """A word or phrase that must occur, or must not."""

    start: int
    end: int
    """Its place in the query as typed, in characters."""
    negated: bool
    text: str
    phrase: bool = False
    finished: bool = False
    """A phrase with its second quotation mark: nothing more is to come."""

    def __str__(self) -> str:
        marks = ('"' * self.phrase, '"' * (self.phrase and self.finished))
        return f"{'-' * self.negated}{marks[0]}{self.text}{marks[1]}"


class Filter(NamedTuple):
    """An operator with its value."""

    start: int
    end: int
    negated: bool
    operator: str
    value: str
    """As typed; in small letters where the operator knows its values."""
    ready: bool = True
    """False while there is no value yet, or one half typed: it asks for nothing."""

    def __str__(self) -> str:
        mark = '"' if _SPACED.search(self.value) else ""
        return f"{'-' * self.negated}{self.operator}:{mark}{self.value}{mark}"


class Query(NamedTuple):
    """What is looked for; `str()` gives it back in its plainest form."""

    terms: tuple[Word | Filter, ...]

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return any(term.text if isinstance(term, Word) else term.ready for term in self.terms)

    @property
    def words(self) -> tuple[Word, ...]:
        """What must occur."""
        return tuple(term for term in self.terms if isinstance(term, Word) and not term.negated)

    @property
    def unwanted(self) -> tuple[Word, ...]:
        """What must not occur."""
        return tuple(term for term in self.terms if isinstance(term, Word) and term.negated)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The operators that ask for something."""
        return tuple(term for term in self.terms if isinstance(term, Filter) and term.ready)

    @property
    def rest(self) -> Query:
        """Everything but what must occur."""
        return Query(tuple(term for term in self.terms if isinstance(term, Filter) or term.negated))

    @property
    def plain(self) -> str:
        """The words as typed, for what is looked up whole: an order, tracking, listing or message id."""
        return " ".join(word.text for word in self.words)


def parse(text: str, *, typing: bool = False, strict: bool = False) -> Query:
    """Read a query.

    `typing`: the value at the end may be half typed, which is no mistake yet. `strict`, for
    what is kept: a word that looks like an operator we don't have is a mistake too.
    Raises `QueryError`, with the place of the mistake.
    """
    text = text[:LONGEST]
    terms: list[Word | Filter] = []
    place = _past_gap(text, 0)
    while place < len(text) and len(terms) < MOST_TERMS and (found := _TERM.match(text, place)):
        half_typed = typing and found.end() == len(text)
        terms.append(_filter(found, half_typed) if found["operator"] else _word(found, strict))
        place = _past_gap(text, found.end())
    return Query(tuple(terms))


def _past_gap(text: str, place: int) -> int:
    gap = _GAP.match(text, place)
    return gap.end() if gap else place


def _word(found: re.Match[str], strict: bool) -> Word:
    phrase = found["phrase"] is not None
    text = found["phrase"] if phrase else found["bare"]
    if strict and not phrase and (seen := _LIKE_OPERATOR.match(text)):
        raise QueryError(
            _("There is no operator “{seen}:”{nearest}.").format(seen=seen[1], nearest=_nearest(seen[1], tuple(VALUES))), *found.span()
        )
    return Word(*found.span(), found["negated"] is not None, text, phrase, found["close"] is not None)


def _filter(found: re.Match[str], half_typed: bool) -> Filter:
    operator = found["operator"].lower()
    value = found["bare"] if found["phrase"] is None else found["phrase"]
    known = VALUES[operator]
    if known is not None:
        value = value.lower().strip()
    ready = bool(value.strip())
    if ready and known is not None and not _is_known(operator, value):
        if not (half_typed and _is_half_typed(operator, value)):
            raise QueryError(_unknown(operator, value), *found.span())
        ready = False
    return Filter(*found.span(), found["negated"] is not None, operator, value, ready)


def _is_known(operator: str, value: str) -> bool:
    return value in (VALUES[operator] or ()) or (operator in TIMED and is_moment(value))


def _is_half_typed(operator: str, value: str) -> bool:
    return any(word.startswith(value) for word in VALUES[operator] or ()) or (operator in TIMED and is_begun(value))


def _unknown(operator: str, value: str) -> str:
    known = VALUES[operator] or ()
    times = f", or a time such as {TIMED[operator]}" if operator in TIMED else ""
    return _("“{operator}:{value}” is nothing to look for{nearest}; {operator}: knows {known}{times}.").format(
        operator=operator, value=value[:40], nearest=_nearest(value, known), known=", ".join(known), times=times
    )


def _nearest(wrong: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only for a mistake

    found = get_close_matches(wrong.lower(), known, n=1, cutoff=0.6)
    return f" (the nearest one is “{found[0]}”)" if found else ""
