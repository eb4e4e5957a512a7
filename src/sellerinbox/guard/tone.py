"""Tone: whether a buyer would be angrier after reading it. Advice only; nothing here stops a text.

Hardly any sentence insults by a single word, and the sharpest retorts hold no word that any rule
knows. So a short text is weighed as a whole, by all its words (see `weighing`). In a longer one
two or three sentences are weighed together, and each sentence also by its bearing (see `bearing`): what
it talks of, what in it calms, whom it speaks of, how short it is, with half of the one before and the one
after in its paragraph; never the whole text, so that a friendly page in front hides nothing and a long
text is no worse than a short one. The sharpest sentence, by its bearing, gives the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sellerinbox.guard.advice import advice
from sellerinbox.guard.bearing import Sentence, Weights, sentences, weigh, weights_of
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.summary import INFLAMING
from sellerinbox.guard.weighing import Piece, Window, heavy, piece, scale_of

ENOUGH = -2.92
"""What a sentence of a longer text must weigh to be told of; fitted together with the weights, most of which are negative."""
_NEAR = 0.5
"""How much of the sentence before and of the one after counts."""
_COLD = "tone.no_empathy.cold"


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    found = sentences(reading)
    yield from advice(reading, [sentence.marks for sentence in found])
    weights = weights_of(reading)
    told = [weigh(sentence, weights) for sentence in found]
    own = [sum(parts.values()) for parts in told]
    text = reading.tokens
    for number in sorted({*_heavy(reading, found, own, weights), *sharp(reading, found, own)}):
        rule = _most(reading, told[number], weights)
        if rule and _speaks(text.words[text.first[number] : text.first[number + 1]]):
            yield reading.finding(rule, *text.span(text.first[number], text.first[number + 1]))


def together(reading: Reading) -> tuple[Window, ...]:
    """The sentences that are weighed together: of a longer text never one alone, which may be harsh only without its neighbours."""
    return tuple(some for some in reading.windows if some.last - some.first > 1 or len(reading.windows) == 1)


def weighed(reading: Reading, found: Sequence[Sentence], weights: Weights) -> Callable[[Window], Piece]:
    """What makes a piece of a few sentences: their words, and their bearing as far as its rules are switched on."""
    marks = [sentence.marks & weights.ids.keys() for sentence in found]
    return lambda some: piece(reading, some, marks)


def _heavy(reading: Reading, found: Sequence[Sentence], own: Sequence[float], weights: Weights) -> Iterator[int]:
    """The sharpest sentence of each few that weigh too much together."""
    scale = scale_of(reading.catalogue, "tone")
    if scale is not None:
        for each, _ in heavy(scale, together(reading), weighed(reading, found, weights)):
            yield max(range(each.window.first, each.window.last), key=lambda number: own[number])


def sharp(reading: Reading, found: Sequence[Sentence], own: Sequence[float]) -> Iterator[int]:
    """The sentences of a longer text that weigh too much with their neighbours; of any text where nothing was learned."""
    if len(reading.windows) > 1 or scale_of(reading.catalogue, "tone") is None:
        yield from (number for number in range(len(found)) if own[number] + _NEAR * _near(found, own, number) >= ENOUGH)


def _speaks(words: Sequence[str]) -> bool:
    """Whether there is a word at all: a thumb, a number or a row of one letter has no tone."""
    return any(len(set(word)) > 1 or "\u3400" <= word <= "\u9fff" for word in words if word[0].isalpha())


def _near(found: Sequence[Sentence], own: Sequence[float], number: int) -> float:
    """What the sentence before and the one after in the same paragraph weigh."""
    before = 0.0 if found[number].opens else own[number - 1]
    last = number + 1 == len(found) or found[number + 1].opens
    return before + (0.0 if last else own[number + 1])


def _most(reading: Reading, told: Mapping[str, float], weights: Weights) -> str | None:
    """The rule of the sharpest thing in a sentence; where nothing is sharp by itself, that it is cold."""
    sharp = [(weight, mark) for mark, weight in told.items() if mark in weights.ids and _is_sharp(reading, weights.ids[mark])]
    if sharp:
        return weights.ids[max(sharp)[1]]
    return _COLD if reading.has(_COLD) else None


def _is_sharp(reading: Reading, rule: str) -> bool:
    return reading.catalogue.rule(rule).kind in INFLAMING
