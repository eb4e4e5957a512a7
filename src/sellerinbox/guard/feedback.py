"""Feedback that is bought, begged for, threatened for or written by the seller himself.

Whether a text does that is weighed (see `weighing`), a few sentences at a time. What weighs more than
`enough` is stopped; what weighs more than `doubt` alone is only warned of. Which of the kinds it is, the
rules in `rules/feedback.toml` say; what none of them knows is told under `KIND`. The plainest deals are
stopped also when they weigh little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.together import together
from sellerinbox.guard.weighing import Piece, Scale, Window, concepts, heavy, piece, scale_of

PLAIN = frozenset(
    (
        "feedback.beg.plead",
        "feedback.gating.unhappy_elsewhere",
        "feedback.removal_for_benefit.changed",
        "feedback.removal_for_benefit.changed_next",
        "feedback.removal_for_benefit.deal",
        "feedback.removal_for_benefit.take_it_down",
        "feedback.threat.consequence",
    )
)
"""Rules that, together with any other, are seldom wrong where what stands around does not speak of something else."""
KIND = "feedback.removal_for_benefit.weighed"
"""The rule of what is weighed alone."""
_MOST = 20


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    known = list(told(reading))
    scale = scale_of(reading.catalogue, "feedback")
    if scale is None:
        # A catalogue of the seller's own files alone: every rule speaks for itself.
        yield from known
        return
    found: dict[Finding, bool] = {}
    made = weighed(reading)
    for each, weight in heavy(scale, reading.windows, made):
        first, last = each.window.first, each.window.last
        inside = [finding for finding in known if reading.lies(finding, first, last)]
        if not inside and reading.has(KIND):
            inside = [reading.finding(KIND, *reading.tokens.span(reading.tokens.first[first], reading.tokens.first[last]))]
        for finding in inside:
            found[finding] = found.get(finding, False) or weight > scale.limit("enough")
    found.update({finding: True for finding in plain(reading, known) if _likely(reading, finding, scale, made)})
    for finding, sure in found.items():
        yield finding if sure else replace(finding, severity="warn")


def _likely(reading: Reading, finding: Finding, scale: Scale, made: Callable[[Window], Piece]) -> bool:
    """Whether what stands around a plain deal does not speak of something else altogether."""
    first, last = reading.sentences(finding)
    around = [scale.of(made(some)) for some in reading.windows if some.first < last and first < some.last]
    return max(around, default=0.0) > scale.limit("plain")


def told(reading: Reading) -> Iterable[Finding]:
    """What the rules find, before it is weighed."""
    yield from reading.rules("feedback")
    yield from together(reading, "feedback")


def weighed(reading: Reading) -> Callable[[Window], Piece]:
    """What makes a piece of a few sentences: their words, what they speak of, the marketplace, how the case stands."""
    context, marks = reading.context, concepts(reading, "fb_", "fair_")
    place = "amazon" if context.marketplace == "amazon" else "elsewhere"
    # Whether a case is open says nothing of the words; that it is settled allows a free request on most marketplaces.
    settled = (f"settled {place}",) if context.case == "resolved" else ()
    return lambda some: piece(reading, some, marks, place, *settled)


def plain(reading: Reading, known: Sequence[Finding]) -> Iterator[Finding]:
    """What is said so plainly that it need not weigh much: two rules agree, and one of them is a plain one.

    Weights are learned and may forget the commonest of all deals; these rules must not.
    """
    for finding in [finding for finding in known if finding.rule in PLAIN][:_MOST]:
        first, last = reading.sentences(finding)
        beside = {other.rule for other in known if other.severity == "block" and reading.lies(other, first, last)}
        if len(beside) > 1:
            yield finding
