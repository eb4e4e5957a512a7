"""Advice on the order and substance of a reply: what is missing, vague or in the wrong place.

None of it makes a text inflaming. What belongs only in the answer to a complaint (an apology
first, no season's greeting) waits for `Context.complaint`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading

APOLOGY = frozenset(("regret", "own_fault"))
"""Marks of an apology."""
HELP = frozenset(("money_back", "new_one", "for_you", "choice"))
"""Marks of something the seller does or offers."""
_NO_APOLOGY = "tone.no_apology.missing"
_FIRST = 2
"""An apology belongs in this many first sentences."""
_REACH = 2
"""Sentences before and after a refusal in which an alternative may stand."""


def advice(reading: Reading, marks: Sequence[AbstractSet[str]]) -> Iterator[Finding]:
    """What could be said better, from the marks of each sentence (see `bearing`) and the rules of advice."""
    helping = [number for number, there in enumerate(marks) if not HELP.isdisjoint(there)]
    apology = next((number for number, there in enumerate(marks) if not APOLOGY.isdisjoint(there)), None)
    for number, found in reading.by_sentence("tone").items():
        for finding in found:
            if _holds(finding.kind, number, helping, apology, complaint=reading.context.complaint):
                yield finding
    if reading.context.complaint and (apology is None or apology >= _FIRST):
        yield from _no_apology(reading)


def _holds(kind: str, number: int, helping: list[int], apology: int | None, *, complaint: bool) -> bool:
    if kind == "vague_time":
        return True
    if kind in ("refusal_bare", "empty_promise"):
        return not any(abs(number - other) <= _REACH for other in helping)
    if not complaint:
        return False
    if kind == "explanation_first":
        return apology is not None and number < apology
    if kind == "request_first":
        return not any(other <= number for other in helping)
    return kind == "season"


def _no_apology(reading: Reading) -> Iterator[Finding]:
    text = reading.tokens
    if text.words and reading.has(_NO_APOLOGY):
        yield reading.finding(_NO_APOLOGY, *text.span(0, text.first[1]))
