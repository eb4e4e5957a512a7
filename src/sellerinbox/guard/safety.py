"""Safety: what the order contradicts, what strangers must not read, harm answered with a ready-made text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sellerinbox.guard.context import Context
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading

FOR_HARM = ("stop-using",)
"""Canned replies that may answer harm."""


def _unlike(what: str) -> Callable[[Context], bool]:
    return lambda context: context.facts is not None and getattr(context.facts, what) is False


_CONDITIONS: Mapping[str, Callable[[Context], bool]] = {
    "safety.contradiction.shipped": _unlike("shipped"),
    "safety.contradiction.delivered": _unlike("delivered"),
    "safety.contradiction.refunded": _unlike("refunded"),
}
"""Rule → when it holds; what is not known contradicts nothing."""


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    context = reading.context
    yield from (f for f in reading.rules("safety") if f.rule not in _CONDITIONS or _CONDITIONS[f.rule](context))
    if context.public:
        yield from _private(reading, "safety.public.number", context.known)
        yield from _private(reading, "safety.public.name", context.names)
    if context.safety and context.canned is not None and context.canned not in FOR_HARM and reading.has("safety.harm.canned"):
        yield reading.finding("safety.harm.canned", 0, len(reading.text))


def _private(reading: Reading, rule: str, words: tuple[str, ...]) -> Iterator[Finding]:
    lower = reading.text.lower()
    for word in words:
        at = lower.find(word.lower()) if len(word) > 2 and reading.has(rule) else -1
        if at >= 0 and at + len(word) <= len(reading.text):
            yield reading.finding(rule, at, at + len(word))
