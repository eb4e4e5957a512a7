"""Rules whose concepts stand together in the same sentences, in whatever order.

Deals are made in any order ("the money is yours once the stars are back", "stars first, money
then"), so for them it counts what is talked of, not how the words follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sellerinbox.guard.catalogue import Rule, Together
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading

Marks = dict[str, tuple[int, int]]
"""Concept → first token and the token behind it, of its first place in a sentence."""
_MOST = 20
"""Findings of one rule: who reads twenty needs no more, and a hostile text would have thousands."""


def together(reading: Reading, family: str) -> Iterator[Finding]:
    """What the `together` rules of a family find, at most once a rule and sentence, and not without end."""
    rules = [rule for rule in reading.catalogue.rules.values() if rule.family == family and rule.together and _there(rule, reading)]
    if not rules:
        return
    for language in reading.languages:
        sentences = _marks(reading, language)
        for rule in rules:
            yield from islice(_places(rule, sentences, reading), _MOST)


def _places(rule: Rule, sentences: dict[int, Marks], reading: Reading) -> Iterator[Finding]:
    for number, marks in sentences.items():
        if any(not case.all[0].isdisjoint(marks) for case in rule.together):
            span = _found(rule, sentences, number, reading)
            if span is not None:
                yield reading.finding(rule.id, *reading.tokens.span(*span))


def _there(rule: Rule, reading: Reading) -> bool:
    context = reading.context
    return (
        (not rule.marketplaces or context.marketplace in rule.marketplaces)
        and context.marketplace not in rule.not_marketplaces
        and (not rule.cases or context.case in rule.cases)
    )


def _marks(reading: Reading, language: str) -> dict[int, Marks]:
    """Sentence → the concepts in it; a sentence without any is left out."""
    sentences: dict[int, Marks] = {}
    numbers = reading.tokens.sentence
    for place, there in sorted(reading.hits(language).items()):
        for name, ends in there.items():
            sentences.setdefault(numbers[place], {}).setdefault(name, (place, max(ends)))
    return sentences


def _found(rule: Rule, sentences: dict[int, Marks], number: int, reading: Reading) -> tuple[int, int] | None:
    """The tokens of a case that has its first concept in sentence `number`, in the smallest piece of text that holds it."""
    if rule.asks is not None and rule.asks != reading.tokens.asks[number]:
        return None
    for size in range(1, (rule.sentences or 3) + 1):
        for first in range(max(0, number - size + 1), number + 1):
            window = [sentences[at] for at in range(first, first + size) if at in sentences]
            beside = [sentences[at] for at in (first - 1, first + size) if at in sentences]
            for case in rule.together:
                if any(not case.near.isdisjoint(marks) for marks in (*window, *beside)):
                    continue
                span = _span(case, window, sentences[number])
                if span is not None:
                    return span
    return None


def _span(case: Together, window: Sequence[Marks], anchor: Marks) -> tuple[int, int] | None:
    if case.all[0].isdisjoint(anchor) or any(not case.none.isdisjoint(marks) for marks in window):
        return None
    places: list[tuple[int, int]] = []
    for wanted in case.all:
        place = min((marks[name] for marks in window for name in wanted if name in marks), default=None)
        if place is None:
            return None
        places.append(place)
    return min(start for start, _ in places), max(end for _, end in places)
