"""Sayings that close a talk by saying nothing: "rules are the rules", "verkauft ist verkauft", "破了就破了"."""

from __future__ import annotations

from collections.abc import Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading

_RULE = "tone.no_empathy.tautology"
_IS = frozenset(("is", "are", "means", "ist", "sind", "heißt", "bleibt", "est", "sont", "c'", "s'", "es", "son", "esta"))
_ARTICLES = frozenset(("the", "a", "est", "du", "de", "le", "la", "les", "un", "une", "el", "los", "las"))
_THEN = frozenset("就是")
_LEAST = 3
"""Letters of a word that counts; shorter ones ("it is it") are grammar."""


def tautologies(reading: Reading) -> Iterator[tuple[int, Finding]]:
    """The number of each sentence with such a saying, and where it stands."""
    if not reading.has(_RULE):
        return
    text = reading.tokens
    for place in range(1, len(text.words) - 1):
        span = _latin(text.words, place) or _chinese(text.words, place)
        if span and text.sentence[span[0]] == text.sentence[span[1] - 1]:
            yield text.sentence[place], reading.finding(_RULE, *text.span(*span))


def _latin(words: tuple[str, ...], place: int) -> tuple[int, int] | None:
    before, end = words[place - 1], place + 1
    if words[place] not in _IS or len(before) < _LEAST or not before.isalpha():
        return None
    while end < len(words) and words[end] in _ARTICLES and end < place + 3:
        end += 1
    return (place - 1, end + 1) if end < len(words) and words[end] == before else None


def _chinese(words: tuple[str, ...], place: int) -> tuple[int, int] | None:
    """The same two signs before and behind 就, 是 or 就是."""
    if words[place] not in _THEN or words[place - 1] in _THEN:
        return None
    end = place + 2 if words[place + 1] in _THEN else place + 1
    left, right = words[max(0, place - 2) : place], words[end : end + 2]
    return (place - 2, end + 2) if len(left) == len(right) == 2 and left == right and "\u3400" <= left[0] <= "\u9fff" else None
