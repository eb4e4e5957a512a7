"""The bearing of each sentence: what it talks of, and how much that speaks for or against its writer.

A retort seldom has a word of its own, so everything counts that is there or missing: what calms
(concepts `b_*` of the rules `tone.calm.*`), what inflames, whom it speaks of, how short it is,
which of these stand together (`lists.tone_together`), and single words that lean to one side
(`lists.tone_words`, by weight). The weights were fitted on labelled texts and stand in
`rules/tone_bearing.toml` and `rules/tone_words.toml`; one that is switched off weighs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sellerinbox.guard.catalogue import ANY, Catalogue
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.summary import INFLAMING
from sellerinbox.guard.tautology import tautologies

CALM = "calm"
"""Kind of the rules that only calm; they are never reported."""
PREFIX = "b_"
"""What the names of the concepts begin with; the rule is called by the rest."""
_BRIEF, _CURT = 8, 6
_SIGN = 0.6
"""How many words a Chinese sign counts for."""
_LONG, _MOST = 15, 4
_WORD = "tone.lean.words"


class Sentence(NamedTuple):
    """What is known of one sentence."""

    marks: frozenset[str]
    """Names of concepts and of traits (asks, brief, digits…)."""
    amounts: Mapping[str, float]
    """Traits that can be more or less."""
    words: frozenset[str]
    """Its words, and its pairs of Chinese signs."""
    opens: bool
    """Begins a paragraph, so that the sentence before is no neighbour."""


class Weights(NamedTuple):
    """What everything weighs."""

    rules: Mapping[str, float]
    """Mark or amount → weight."""
    words: Mapping[str, float]
    ids: Mapping[str, str]
    """Mark → the rule it belongs to."""


def weights_of(reading: Reading) -> Weights:
    """The weights of the catalogue, without the rules that are switched off."""
    ids = {id_.rpartition(".")[2]: id_ for id_, rule in reading.catalogue.rules.items() if rule.family == "tone" and reading.has(id_)}
    rules = {name: reading.catalogue.rules[id_].weight for name, id_ in ids.items()}
    return Weights(rules, _words(reading.catalogue) if reading.has(_WORD) else {}, ids)


@lru_cache(maxsize=8)
def _words(catalogue: Catalogue) -> dict[str, float]:
    return {word: float(weight) for weight, words in catalogue.lists.get("tone_words", {}).items() for word in words}


def weigh(sentence: Sentence, weights: Weights) -> dict[str, float]:
    """Mark → what it adds to the sentence; "words" for all its single words."""
    told = {mark: weights.rules[mark] for mark in sentence.marks if mark in weights.rules}
    told |= {name: amount * weights.rules[name] for name, amount in sentence.amounts.items() if name in weights.rules}
    if weights.words:
        told["words"] = sum(weights.words.get(word, 0.0) for word in sentence.words)
    return told


def sentences(reading: Reading) -> list[Sentence]:
    """What is known of each sentence, in order."""
    text = reading.tokens
    concepts = _concepts(reading)
    for number, _ in tautologies(reading):
        concepts[number].add("tautology")
    calm, sharp = _sides(reading)
    together = {name: _conditions(words) for name, words in reading.catalogue.lists.get("tone_together", {}).items()}
    found: list[Sentence] = []
    for number, (first, end) in enumerate(pairwise(text.first)):
        words = text.words[first:end]
        marks = concepts[number] | _traits(words, asks=text.asks[number])
        calming, sharpening = len(marks & calm), len(marks & sharp)
        marks |= ({"calm"} if calming else set()) | ({"sharp"} if sharpening else set())
        marks |= {name for name, (needs, bars) in together.items() if needs <= marks and bars.isdisjoint(marks)}
        amounts = _lengths(words) | {"much_calm": min(calming, _MOST) / 2, "much_sharp": min(sharpening, _MOST) / 2}
        opens = first == 0 or "\n" in text.folded.text[text.ends[first - 1] : text.starts[first]]
        found.append(Sentence(frozenset(marks), amounts, frozenset(words).union(_pairs(words)), opens))
    return found


def _sides(reading: Reading) -> tuple[frozenset[str], frozenset[str]]:
    """Names of what calms and of what inflames."""
    tone = [rule for rule in reading.catalogue.rules.values() if rule.family == "tone" and reading.has(rule.id)]
    calm = frozenset(rule.id.rpartition(".")[2] for rule in tone if rule.kind == CALM)
    return calm, frozenset(rule.id.rpartition(".")[2] for rule in tone if rule.kind in INFLAMING)


def _conditions(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    needs = frozenset(word for word in words if word[0] != "-")
    return needs, frozenset(word[1:] for word in words if word[0] == "-")


def _concepts(reading: Reading) -> list[set[str]]:
    """The concepts of each sentence, in the language most of its words are known in."""
    marked = [_marked(reading, language) for language in reading.languages if language != ANY]
    totals = [sum(len(known) for _, known in sentences) for sentences in marked]
    count = len(reading.tokens.first) - 1
    best = [max(range(len(marked)), key=lambda which: (len(marked[which][number][1]), totals[which])) for number in range(count)]
    return [marked[which][number][0] for number, which in enumerate(best)]


def _marked(reading: Reading, language: str) -> list[tuple[set[str], set[int]]]:
    text = reading.tokens
    marked: list[tuple[set[str], set[int]]] = [(set(), set()) for _ in text.first[1:]]
    for place, there in reading.hits(language).items():
        for name, ends in there.items():
            if name.startswith(PREFIX):
                names, known = marked[text.sentence[place]]
                names.add(name.removeprefix(PREFIX))
                known.update(range(place, max(ends)))
    return marked


def _traits(words: tuple[str, ...], *, asks: bool) -> set[str]:
    length = _length(words)
    traits = {
        "asks": asks,
        "digits": any(word[0].isdigit() for word in words),
        "brief": length <= _BRIEF,
        "curt": length <= _CURT,
    }
    return {name for name, holds in traits.items() if holds}


def _lengths(words: tuple[str, ...]) -> dict[str, float]:
    length = _length(words)
    return {"long": min(length, 2 * _LONG) / _LONG}


def _length(words: tuple[str, ...]) -> float:
    return sum(_SIGN if _han(word) else 1 for word in words)


def _pairs(words: tuple[str, ...]) -> list[str]:
    return [one + two for one, two in pairwise(words) if _han(one) and _han(two)]


def _han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"
