"""The form of a text: nothing in it, too long, or carelessly typed.

Careless typing is advice only. What can be put right without understanding the words carries the
right characters in `Finding.better`; `mended` puts them all in at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.form import capitals, extent, punctuation, spacing
from sellerinbox.guard.form.typed import Typed
from sellerinbox.guard.reading import Reading

_PARTS = (spacing.check, punctuation.check, capitals.check)


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    yield from extent.empty(reading.text)
    yield from extent.length(reading.text, reading.context.limit, reading.context.label)
    yield from extent.crowded(reading)
    typed = Typed(reading)
    for part in _PARTS:
        for rule, start, end, better in part(typed):
            if reading.has(rule):
                yield reading.finding(rule, start, end, better=better)


def mended(text: str, look: Callable[[str], Iterable[Finding]]) -> str:
    """The text with every mechanical mistake put right; `look` says what is wrong with a text.

    Mistakes lie in each other ("mistake !new"), so it is looked at again until nothing is left.
    """
    for _ in range(_ROUNDS):
        better = _put_right(text, look(text))
        if better == text:
            break
        text = better
    return text


_ROUNDS = 8


def _put_right(text: str, findings: Iterable[Finding]) -> str:
    end_of_last = len(text)
    for finding in sorted(findings, key=lambda finding: -finding.start):
        if finding.family == "form" and finding.better is not None and finding.end <= end_of_last:
            text = text[: finding.start] + finding.better + text[finding.end :]
            end_of_last = finding.start
    return text
