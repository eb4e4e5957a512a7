"""Tone: whether a buyer would be angrier after reading it. Advice only; nothing here stops a text.

Hardly any sentence insults by a single word, so the rules in `rules/tone_*.toml` are evidence
with a weight: some inflames, some calms (an apology, a remedy, thanks). Each sentence is summed
up with a share of its neighbours, never the whole text, so that a friendly paragraph in front
hides nothing and a long text is no worse than a short one.

A retort may hold no word that any rule knows ("A teapot isn't a football."). What stands last is
what the buyer keeps, so the last sentence is also weighed by its bearing (kind "lean").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sellerinbox.guard.advice import advice
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.summary import INFLAMING
from sellerinbox.guard.tautology import tautologies

CALM, LEAN = "calm", "lean"
"""Kinds of rules that only weigh and are never reported."""
ENOUGH = 1.0
"""What a sentence must weigh to be told of."""
_LAST_WORD = "tone.no_empathy.last_word"
_NEAR = 0.5
"""How much of the calm in the sentence before and the one after counts."""
_SHORT, _A_WORD, _A_SIGN = 0.85, 0.08, 0.05
"""What a last sentence weighs by itself, and what each of its words or Chinese signs takes off."""
_LONG = 24
_CALM_LAST = 1.4
"""Calm counts more against a mere bearing than against words."""

Sentences = Mapping[int, list[Finding]]


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    sentences = reading.by_sentence("tone")
    for number, finding in tautologies(reading):
        sentences.setdefault(number, []).append(finding)
    yield from advice(reading, sentences)
    sharp_of = {number: [finding for finding in found if finding.kind in INFLAMING] for number, found in sentences.items()}
    calm = {number: _weight(reading, found, CALM) for number, found in sentences.items()}
    # A sentence that is sharp by itself comforts nobody around it ("sorry, but you broke it").
    comforting = {number: weight for number, weight in calm.items() if _weight(reading, sharp_of[number]) - weight < ENOUGH}
    told = False
    for number, sharp in sharp_of.items():
        if sharp and _weight(reading, sharp) - calm[number] - _near(comforting, number) >= ENOUGH:
            told = True
            yield from sharp
    if not told and reading.has(_LAST_WORD):
        yield from _last_word(reading, sentences, calm)


def _last_word(reading: Reading, sentences: Sentences, calm: Mapping[int, float]) -> Iterator[Finding]:
    """The last sentence, where its bearing is that of a retort."""
    text = reading.tokens
    if not text.words:
        return
    last = text.sentence[-1]
    start, end = text.first[last], len(text.words)
    chinese = any("\u3400" <= word <= "\u9fff" for word in text.words[start:end])
    bearing = _SHORT - min(end - start, _LONG) * (_A_SIGN if chinese else _A_WORD)
    found = [finding for finding in sentences.get(last, ()) if finding.kind in INFLAMING or finding.kind == LEAN]
    if bearing + _weight(reading, found) - _CALM_LAST * (calm.get(last, 0.0) + _near(calm, last)) >= ENOUGH:
        yield reading.finding(_LAST_WORD, *text.span(start, end))


def _weight(reading: Reading, found: list[Finding], kind: str | None = None) -> float:
    return sum(reading.catalogue.rule(finding.rule).weight for finding in found if kind in (None, finding.kind))


def _near(calm: Mapping[int, float], number: int) -> float:
    """What the sentence before and the one after soothe."""
    return _NEAR * (calm.get(number - 1, 0.0) + calm.get(number + 1, 0.0))
