"""What words alone may mean: "call", "LINE", "cash", "scan the code" are weighed by the sentences around them.

What is given in figures, addresses and links stands as it is found. A rule of words that has another sense as well is
taken back where everything around it speaks of something else, and only warned of where that is not sure; and where no rule
knows a hint, its words may weigh enough by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.weighing import Piece, Scale, Window, concepts, heavy, piece, scale_of

TWO_SENSES = frozenset(
    (
        "off_platform.address.ask",
        "off_platform.address.hint",
        "off_platform.email.ask",
        "off_platform.messenger.described",
        "off_platform.messenger.name",
        "off_platform.messenger.short",
        "off_platform.messenger.word",
        "off_platform.payment.deal",
        "off_platform.payment.means",
        "off_platform.phone.ask",
        "off_platform.phone.ask_short",
        "off_platform.phone.call",
        "off_platform.phone.in_pieces",
        "off_platform.url.code",
        "off_platform.url.hint",
        "off_platform.url.other_market",
        "off_platform.url.own_site",
    )
)
"""Rules whose words also stand in honest texts (measured on tests/corpora/off_platform.wide.jsonl)."""
HINT = "off_platform.{}.weighed"
"""The rules of what is weighed alone, by kind."""
_OTHERWISE = "messenger"


def weighed(reading: Reading, found: Sequence[Finding]) -> Iterator[Finding]:
    """What is found, less what means something else, and what is hinted at besides."""
    scale = scale_of(reading.catalogue, "off_platform")
    if scale is None:
        yield from found
        return
    made = known(reading, found)
    yield from (judged for finding in found if (judged := _judged(reading, finding, made, scale)))
    for each, weight in heavy(scale, reading.windows, made):
        first, last = each.window.first, each.window.last
        rule = HINT.format(_kind(reading, each))
        if reading.has(rule) and not any(reading.lies(finding, first, last) for finding in found):
            hint = reading.finding(rule, *reading.tokens.span(reading.tokens.first[first], reading.tokens.first[last]))
            yield hint if weight > scale.limit("enough") else replace(hint, severity="warn")


def known(reading: Reading, found: Sequence[Finding]) -> Callable[[Window], Piece]:
    """What makes a piece of a few sentences: their words, what they speak of, the rules that find something in them."""
    marks = concepts(reading, "off_")
    for finding in found:
        for number in range(*reading.sentences(finding)):
            marks[number] |= {f"by {finding.rule.partition('.')[2]}", "ruled"}
    return lambda some: piece(reading, some, marks)


def _judged(reading: Reading, finding: Finding, made: Callable[[Window], Piece], scale: Scale) -> Finding | None:
    """A finding as it stands once the sentences around it are weighed; None when they speak of something else."""
    if finding.rule not in TWO_SENSES:
        return finding
    first, last = reading.sentences(finding)
    around = [some for some in reading.windows if some.first <= first and last <= some.last]
    part = scale.limit("part") if len(reading.windows) > 1 else 0.0
    weight = max((scale.of(made(some)) - part for some in around), default=scale.limit("enough"))
    if weight < scale.limit("other sense"):
        return None
    return finding if weight > scale.limit("unsure") else replace(finding, severity="warn")


def _kind(reading: Reading, each: Piece) -> str:
    """What is hinted at: the kind most of whose concepts stand there."""
    kinds = {kind: frozenset(" ".join(names).split()) for kind, names in reading.catalogue.lists.get("off_kinds", {}).items()}
    found = {kind: len(names & each.marks) for kind, names in kinds.items()}
    most = max(found, key=lambda kind: found[kind], default=_OTHERWISE)
    return most if found.get(most) else _OTHERWISE
