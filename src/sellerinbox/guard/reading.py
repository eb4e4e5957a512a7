"""A text being checked: folded, cut into tokens, its languages, and the concepts found in it. Worked out once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from sellerinbox.guard.catalogue import ANY, LANGUAGES, MASK, Catalogue, Rule
from sellerinbox.guard.context import Context
from sellerinbox.guard.findings import Finding, at
from sellerinbox.guard.fold import Folded, folded
from sellerinbox.guard.languages import languages_in
from sellerinbox.guard.phrases import Hits, Index, Phrase, match_at
from sellerinbox.guard.tokens import Tokens, tokens
from sellerinbox.guard.weighing import Window, windows

T = TypeVar("T")
Found = dict[int, dict[str, list[int]]]
"""Token → concept → tokens behind the places where it ends."""
READ = 10_000
"""Characters the rules of words look at. No marketplace takes as many; what is longer is stopped for its length."""
_BEFORE = 4


@dataclass
class Reading:
    """One text in one context, with everything rules share."""

    text: str
    context: Context
    catalogue: Catalogue
    _hits: dict[str, Found] = field(default_factory=dict)
    _anywhere: Found | None = None

    @cached_property
    def folded(self) -> Folded:
        """The text without disguises of single characters."""
        return folded(self.text[:READ])

    @cached_property
    def tokens(self) -> Tokens:
        """The folded text's tokens."""
        return tokens(self.folded)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The sentences that are weighed together (see `weighing`)."""
        return windows(self.tokens)

    @cached_property
    def named(self) -> tuple[frozenset[str], ...]:
        """Sentence → the concepts in it, in whatever language."""
        found: list[set[str]] = [set() for _ in self.tokens.first[1:]]
        for language in self.languages:
            for place, there in self.hits(language).items():
                found[self.tokens.sentence[place]].update(there)
        return tuple(map(frozenset, found))

    def sentences(self, finding: Finding) -> tuple[int, int]:
        """The sentences in which a finding lies: the first, and the one behind the last."""
        text = self.tokens
        first = max(0, bisect_right(self._starts, finding.start) - 1)
        last = max(first, bisect_left(self._starts, finding.end) - 1)
        return text.sentence[first], text.sentence[last] + 1

    def lies(self, finding: Finding, first: int, last: int) -> bool:
        """Whether a finding touches the sentences from `first` up to `last`."""
        start, end = self.tokens.span(self.tokens.first[first], self.tokens.first[last])
        return finding.start < end and start < finding.end

    @cached_property
    def _starts(self) -> list[int]:
        """Where each token begins in the text as given."""
        return [self.folded.origin(start) for start in self.tokens.starts]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages whose rules apply, `any` last."""
        known = {self.context.language} if self.context.language in LANGUAGES else set()
        found = known | languages_in(self.text[:READ], self.folded)
        return (*(language for language in LANGUAGES if language in found or not found), ANY)

    def finding(self, rule_id: str, start: int, end: int, *, better: str | None = None) -> Finding:
        """A finding of a code rule at a place of the text as given, in the rule's own words."""
        return self._finding(self.catalogue.rule(rule_id), start, end, better)

    def has(self, rule_id: str) -> bool:
        """Whether a rule is switched on."""
        return rule_id in self.catalogue.rules

    def rules(self, family: str) -> tuple[Finding, ...]:
        """Everything the rules of words of one family find."""
        return tuple(finding for finding in self._found.values() if finding.family == family)

    def by_sentence(self, family: str) -> dict[int, list[Finding]]:
        """What the rules of words of one family find, by the number of the sentence in which it begins."""
        sentences: dict[int, list[Finding]] = {}
        for (_, sentence), finding in self._found.items():
            if finding.family == family:
                sentences.setdefault(sentence, []).append(finding)
        return sentences

    def concepts(self, *names: str) -> Iterator[tuple[int, int, str]]:
        """Where concepts stand: first token, the token behind, name; in reading order within each language."""
        for language in self.languages:
            for place, found in self.hits(language).items():
                for name in names:
                    for end in found.get(name, ()):
                        yield place, end, name

    def hits(self, language: str) -> Found:
        """Token → concept → tokens behind it, for the terms of one language and of `any`."""
        if language not in self._hits:
            hits: Found = {}
            _merge(hits, _unmasked(self._plain_concepts(language)))
            _merge(hits, _unmasked(self._concepts_of(self.catalogue.built, language, hits)))
            self._hits[language] = hits
        return self._hits[language]

    def _plain_concepts(self, language: str) -> Found:
        """Concepts made of words alone; those of `any` language are the same for all and looked for once."""
        if self._anywhere is None:
            self._anywhere = self._note_concepts(self.catalogue.concepts[ANY], {}, {})
        found: Found = {}
        _merge(found, self._anywhere)
        return found if language == ANY else self._note_concepts(self.catalogue.concepts[language], {}, found)

    def _concepts_of(self, level: Mapping[str, Index[str]], language: str, known: Hits) -> Found:
        found: Found = {}
        for index in {id(i): i for i in (level[language], level[ANY])}.values():
            self._note_concepts(index, known, found)
        return found

    def _note_concepts(self, index: Index[str], known: Hits, found: Found) -> Found:
        text = self.tokens
        starting = self._starting(index)
        for place, word in enumerate(text.words):
            candidates = starting[word]
            if place in known:
                candidates = [*candidates, *(entry for concept in known[place] for entry in index.with_concept(concept))]
            if not candidates:
                continue
            limit, there = self._limit(place, 1), found.get(place, {})
            for name, phrase in candidates:
                end = match_at(phrase, place, text, known, limit)
                if end is not None:
                    there.setdefault(name, []).append(end)
            if there:
                found[place] = there
        return found

    def _starting(self, index: Index[T]) -> dict[str, list[tuple[T, Phrase]]]:
        """Word of the text → the phrases that may begin with it and all of whose words occur in the text at all."""
        known = self.tokens.known
        return {word: [entry for entry in index.starting(word) if entry[1].may_fit(known)] for word in known}

    @cached_property
    def _found(self) -> dict[tuple[str, int], Finding]:
        found: dict[tuple[str, int], Finding] = {}
        for language in self.languages:
            self._find(language, found)
        return found

    def _find(self, language: str, found: dict[tuple[str, int], Finding]) -> None:
        """One finding a rule and sentence is enough: more would only say the same again."""
        text, hits, index = self.tokens, self.hits(language), self.catalogue.starts[language]
        concepts = frozenset(concept for there in hits.values() for concept in there)
        known = text.known
        starting = {word: [entry for entry in index.starting(word) if entry[1].may_fit(known, concepts)] for word in known}
        standing = {name: [entry for entry in index.with_concept(name) if entry[1].may_fit(known, concepts)] for name in concepts}
        for place, word in enumerate(text.words):
            candidates = starting[word]
            if place in hits:
                candidates = [*candidates, *(entry for concept in hits[place] for entry in standing[concept])]
            for rule, phrase in candidates:
                mark = (rule.id, text.sentence[place])
                if mark in found or not self._applies(rule, text.sentence[place]):
                    continue
                end = match_at(phrase, place, text, hits, self._limit(place, rule.sentences))
                if end is not None and self._stands(rule, language, place, end):
                    found[mark] = self._finding(rule, *text.span(place, end), None)

    def _applies(self, rule: Rule, sentence: int) -> bool:
        context = self.context
        return (
            (not rule.marketplaces or context.marketplace in rule.marketplaces)
            and context.marketplace not in rule.not_marketplaces
            and (not rule.cases or context.case in rule.cases)
            and (rule.asks is None or rule.asks == self.tokens.asks[sentence])
        )

    def _stands(self, rule: Rule, language: str, start: int, end: int) -> bool:
        text = self.tokens
        first = text.first[text.sentence[start]]
        limit = self._limit(start, rule.sentences)
        if rule.sentences != 1:
            first = self._back(start, rule.sentences)
        needs, unless = _phrases(rule.needs, language), _phrases(rule.unless, language)
        if needs and not self._occurs(needs, language, first, limit):
            return False
        if unless and self._occurs(unless, language, first, limit):
            return False
        before = _phrases(rule.unless_before, language)
        return not (before and self._occurs(before, language, max(text.first[text.sentence[start]], start - _BEFORE), end))

    def _occurs(self, phrases: tuple[Phrase, ...], language: str, first: int, limit: int) -> bool:
        hits, text = self.hits(language), self.tokens
        for place in range(first, limit):
            there = hits.get(place, {})
            for phrase in phrases:
                slot = phrase.slots[0]
                if (slot.begins(text.words[place]) or any(c in there for c in slot.concepts)) and match_at(
                    phrase, place, text, hits, limit
                ) is not None:
                    return True
        return False

    def _limit(self, place: int, sentences: int) -> int:
        text = self.tokens
        if sentences == 0:
            return len(text.words)
        return text.first[min(text.sentence[place] + sentences, len(text.first) - 1)]

    def _back(self, place: int, sentences: int) -> int:
        text = self.tokens
        return 0 if sentences == 0 else text.first[max(0, text.sentence[place] - sentences + 1)]

    def _finding(self, rule: Rule, start: int, end: int, better: str | None) -> Finding:
        why = rule.said(self.context.tells)
        better = better if better is not None else rule.better_words(self.context.language or self.languages[0])
        return at(self.text, start, end, family=rule.family, kind=rule.kind, severity=rule.severity, why=why, rule=rule.id, better=better)


def _phrases(lists: Mapping[str, tuple[Phrase, ...]], language: str) -> tuple[Phrase, ...]:
    return lists.get(language, ()) + (lists.get(ANY, ()) if language != ANY else ())


def _merge(into: Found, new: Mapping[int, Mapping[str, list[int]]]) -> None:
    for place, there in new.items():
        for name, ends in there.items():
            into.setdefault(place, {}).setdefault(name, []).extend(ends)


def _unmasked(found: Found) -> Found:
    """Concepts without the places where their own `not` words stand."""
    masks: dict[str, set[int]] = {}
    for place, there in found.items():
        for name in [name for name in there if name.endswith(MASK)]:
            masks.setdefault(name[: -len(MASK)], set()).update(range(place, max(there.pop(name))))
    if masks:
        for place, there in found.items():
            for name in masks.keys() & there.keys():
                there[name] = [end for end in there[name] if masks[name].isdisjoint(range(place, end))]
    return {place: {name: ends for name, ends in there.items() if ends} for place, there in found.items()}
