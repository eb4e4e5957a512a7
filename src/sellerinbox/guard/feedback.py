"""Feedback that is bought, begged for, threatened for or written by the seller himself.

Whether a text does that is weighed (see `weighing`): a few sentences at a time, so that a friendly
page in front hides nothing, less what makes them honest (`rules/feedback_fair.toml`). What weighs more
than `enough` is stopped; what weighs more than `doubt` alone is only warned of. Which of the
kinds it is, the rules in `rules/feedback.toml` say; what none of them knows is told under `KIND`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sellerinbox.guard.catalogue import ANY, Catalogue
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.together import together
from sellerinbox.guard.weighing import context_of, weighed

NAMED = frozenset(("fb_review", "fb_good", "fb_bad"))
SPOKEN = "fb_spoken"
"""Words for feedback; and what may mean it at all, such as a page, a photo, a sentence written."""
FAIR = ("fair_refused", "fair_apart", "fair_free", "fair_told")
"""Classes of honest sentences."""
FREED = frozenset(FAIR) - {"fair_told"}
"""What takes a plain deal back when it stands beside it; an apology or a fact does not."""
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
"""Rules that, together with any other and with nothing honest beside them, were wrong on 4 of 4,292 honest texts."""
KIND = "feedback.removal_for_benefit.weighed"
"""The rule of what is weighed alone."""
_SHORT = 3
"""Sentences that are weighed together; a text of no more is one piece."""
PART = 1.5
"""How much clearer a part of a longer text must be than a whole short one."""
UNNAMED = 0.8
"""How much clearer a piece must be that no rule knows and that does not name feedback at all."""
RULES = 2
"""More rules that find something in the same piece say no more than this many."""
_MOST = 20
_COUNTED = ("fair_", "fb_")
"""Concepts that may count: what makes a sentence honest, what is talked of."""


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    known = list(told(reading))
    if not context_of(reading.catalogue):
        # Rules without weights (a catalogue of the seller's own files alone): every rule speaks for itself.
        yield from known
        return
    enough = context_of(reading.catalogue).get("enough", 0.0)
    found: dict[Finding, bool] = {}
    for first, last, weight in _wrong(reading, known):
        inside = [finding for finding in known if _within(reading, finding, first, last)]
        if not inside and not _named(reading, first, last):
            weight -= UNNAMED  # everyday words alone ("if nobody is in, write to me, then I …") must say more
        if not inside and reading.has(KIND):
            inside = [reading.finding(KIND, *reading.tokens.span(reading.tokens.first[first], reading.tokens.first[last]))]
        if weight <= context_of(reading.catalogue).get("doubt", enough):
            continue
        for finding in inside:
            found[finding] = found.get(finding, False) or weight > enough
    found.update(dict.fromkeys(_plain(reading, known), True))
    for finding, sure in found.items():
        yield finding if sure else replace(finding, severity="warn")


def _named(reading: Reading, first: int, last: int) -> bool:
    """Whether feedback is spoken of by any of its names in these sentences."""
    fair = _fair(reading)
    return not NAMED.isdisjoint(set().union(*(fair.get(number, set()) for number in range(first, last))))


def _plain(reading: Reading, known: Sequence[Finding]) -> Iterator[Finding]:
    """What is said so plainly that nothing need be weighed: two rules agree, one of them a plain one, and nothing there is honest.

    Weights are learned and may forget the commonest of all deals; these rules may not.
    """
    fair, text = _fair(reading), reading.tokens
    starts = [text.folded.origin(start) for start in text.starts]
    for finding in [finding for finding in known if finding.rule in PLAIN][:_MOST]:
        first, last = _sentences(reading, starts, finding)
        beside = {other.rule for other in known if other.severity == "block" and _within(reading, other, first, last)}
        honest = set().union(*(fair.get(number, set()) for number in range(first, last))).intersection(FREED)
        if len(beside) > 1 and not honest:
            yield finding


def _sentences(reading: Reading, starts: Sequence[int], finding: Finding) -> tuple[int, int]:
    """The sentences of a finding: the first, and the one behind the last; `starts` are the tokens' places in the text as given."""
    numbers = reading.tokens.sentence
    first = max(0, bisect_right(starts, finding.start) - 1)
    last = max(first, bisect_left(starts, finding.end) - 1)
    return numbers[first], numbers[last] + 1


def told(reading: Reading) -> Iterable[Finding]:
    """What the rules find, before it is weighed."""
    yield from reading.rules("feedback")
    yield from together(reading, "feedback")


def _within(reading: Reading, finding: Finding, first: int, last: int) -> bool:
    start, end = reading.tokens.span(reading.tokens.first[first], reading.tokens.first[last])
    return finding.start < end and start < finding.end


class Piece(NamedTuple):
    """A few sentences that are weighed together."""

    first: int
    last: int
    """The sentence behind."""
    words: Sequence[str]
    marks: frozenset[str]
    """What counts beside the words: the names in the weights' `context`."""
    rules: int
    """How many rules that stop find something here."""


def pieces(reading: Reading, known: Sequence[Finding]) -> list[Piece]:
    """All pieces of a text: the whole of a short one, each sentence with none, one or two behind it of a longer one."""
    sentences = len(reading.tokens.first) - 1
    if sentences < 1:
        return []
    fair = _fair(reading)
    if sentences <= _SHORT:
        return [_piece(reading, 0, sentences, fair, known)]
    parts = [(at, at + size) for size in range(1, _SHORT + 1) for at in range(sentences - size + 1)]
    return [_piece(reading, first, last, fair, known) for first, last in parts]


def whole(reading: Reading, known: Sequence[Finding]) -> Piece:
    """All of a text as one piece."""
    return _piece(reading, 0, len(reading.tokens.first) - 1, _fair(reading), known)


def _wrong(reading: Reading, known: Sequence[Finding]) -> Iterator[tuple[int, int, float]]:
    """The pieces that weigh too much, as first sentence, the one behind and how heavy; the heaviest of those that overlap."""
    limits = context_of(reading.catalogue)
    doubted = limits.get("doubt", limits.get("enough", 0.0))
    all_ = pieces(reading, known)
    part = PART if len(all_) > 1 else 0.0
    heavy = sorted(((_weight(piece, reading.catalogue) - part, piece.first, piece.last) for piece in all_), reverse=True)
    taken: set[int] = set()
    for weight, first, last in heavy:
        if weight <= doubted or len(taken) >= _MOST * _SHORT:
            return
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            yield first, last, weight


def _fair(reading: Reading) -> dict[int, set[str]]:
    """Sentence → what makes it honest, and whether feedback may be meant in it."""
    found: dict[int, set[str]] = {}
    for language in (one for one in reading.languages if one != ANY):
        for place, there in reading.hits(language).items():
            if names := {name for name in there if name.startswith(_COUNTED)}:
                found.setdefault(reading.tokens.sentence[place], set()).update(names)
    return found


def _piece(reading: Reading, first: int, last: int, fair: dict[int, set[str]], known: Sequence[Finding]) -> Piece:
    text, context = reading.tokens, reading.context
    rules = {finding.rule for finding in known if finding.severity == "block" and _within(reading, finding, first, last)}
    marks = {"start", f"case_{context.case}", "amazon" if context.marketplace == "amazon" else "elsewhere"}
    marks.update(*(fair.get(number, set()) for number in range(first, last)))
    marks.update(*(fair.get(number, set()).intersection(FAIR) for number in (first - 1, last)))
    if context.case == "resolved" and context.marketplace != "amazon" and "fair_free" in marks:
        marks.add("official_request")
    if not rules and NAMED.isdisjoint(marks):
        marks.add("hardly_said" if SPOKEN in marks else "nothing_said")
    if any(text.asks[first:last]):
        marks.add("asks")
    return Piece(first, last, text.words[text.first[first] : text.first[last]], frozenset(marks), len(rules))


def _weight(piece: Piece, catalogue: Catalogue) -> float:
    more = context_of(catalogue)
    weight = weighed(piece.words, catalogue) + more.get("rule", 0.0) * min(piece.rules, RULES)
    return weight + sum(more.get(mark, 0.0) for mark in piece.marks)
