"""Feedback that is bought, begged for, threatened for or written by the seller himself.

Whether a text does that is weighed (see `weighing`): a few sentences at a time, so that a friendly
page in front hides nothing, less what makes them honest (`rules/feedback_fair.toml`). Which of the
kinds it is, the rules in `rules/feedback.toml` say; what none of them knows is told under `KIND`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sellerinbox.guard.catalogue import ANY
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.together import together
from sellerinbox.guard.weighing import context_of, weighed

NAMED = frozenset(("fb_review", "fb_good", "fb_bad"))
SPOKEN = "fb_spoken"
"""Words for feedback; and what may mean it at all, such as a page, a photo, a sentence written."""
FAIR = ("fair_refused", "fair_apart", "fair_free", "fair_told")
"""Classes of honest sentences."""
KIND = "feedback.removal_for_benefit.weighed"
"""The rule of what is weighed alone."""
_SHORT = 3
"""Sentences that are weighed together; a text of no more is one piece."""
_PART = 1.0
"""How much clearer a part of a longer text must be than a whole short one."""
_RULES = 2
"""More rules that find something in the same piece say no more than this many."""
_MOST = 20


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    known = list(_told(reading))
    if not context_of(reading.catalogue):
        # Rules without weights (a catalogue of the seller's own files alone): every rule speaks for itself.
        yield from known
        return
    pieces = list(_wrong(reading, known))
    told = [finding for finding in known if any(_within(reading, finding, *piece) for piece in pieces)]
    yield from told
    if not reading.has(KIND):
        return
    for first, last in pieces:
        if not any(_within(reading, finding, first, last) for finding in told):
            yield reading.finding(KIND, *reading.tokens.span(reading.tokens.first[first], reading.tokens.first[last]))


def _told(reading: Reading) -> Iterable[Finding]:
    yield from reading.rules("feedback")
    yield from together(reading, "feedback")


def _within(reading: Reading, finding: Finding, first: int, last: int) -> bool:
    start, end = reading.tokens.span(reading.tokens.first[first], reading.tokens.first[last])
    return finding.start < end and start < finding.end


def _wrong(reading: Reading, known: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """The pieces, as first sentence and the one behind, that weigh too much; the heaviest of those that overlap."""
    sentences = len(reading.tokens.first) - 1
    if sentences < 1:
        return
    limits = context_of(reading.catalogue)
    whole = sentences <= _SHORT
    pieces = [(0, sentences)] if whole else [(at, at + size) for size in range(1, _SHORT + 1) for at in range(sentences - size + 1)]
    enough = limits.get("enough", 0.0) + (0.0 if whole else _PART)
    fair = _fair(reading)
    heavy = sorted(((_weight(reading, first, last, fair, known), first, last) for first, last in pieces), reverse=True)
    taken: set[int] = set()
    for weight, first, last in heavy:
        if weight <= enough or len(taken) >= _MOST * _SHORT:
            return
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            yield first, last


def _fair(reading: Reading) -> dict[int, set[str]]:
    """Sentence → what makes it honest, and whether feedback may be meant in it."""
    found: dict[int, set[str]] = {}
    for language in (one for one in reading.languages if one != ANY):
        for place, there in reading.hits(language).items():
            if names := there.keys() & {*FAIR, *NAMED, SPOKEN}:
                found.setdefault(reading.tokens.sentence[place], set()).update(names)
    return found


def _weight(reading: Reading, first: int, last: int, fair: dict[int, set[str]], known: Sequence[Finding]) -> float:
    text, context, more = reading.tokens, reading.context, context_of(reading.catalogue)
    rules = {finding.rule for finding in known if finding.severity == "block" and _within(reading, finding, first, last)}
    weight = weighed(text.words[text.first[first] : text.first[last]], reading.catalogue)
    weight += more.get("rule", 0.0) * min(len(rules), _RULES)
    marks = {"start", f"case_{context.case}", "amazon" if context.marketplace == "amazon" else "elsewhere"}
    marks.update(*(fair.get(number, set()) for number in range(first, last)))
    marks.update(*(fair.get(number, set()).intersection(FAIR) for number in (first - 1, last)))
    if context.case == "resolved" and context.marketplace != "amazon" and "fair_free" in marks:
        marks.add("official_request")
    if not rules and NAMED.isdisjoint(marks):
        marks.add("hardly_said" if SPOKEN in marks else "nothing_said")
    if any(text.asks[first:last]):
        marks.add("asks")
    return weight + sum(more.get(mark, 0.0) for mark in marks)
