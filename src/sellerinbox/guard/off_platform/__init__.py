"""Contact and deals past the marketplace: e-mail, telephone, messengers, sites, money, addresses. One file a kind.

The rules read the text without its disguises; what they find is told at its place in the text as
given. Rules of words stand in `rules/off_platform*.toml`; a sentence that refuses such contact,
warns of it or is about goods with such names takes them back, wherever the words come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from sellerinbox.guard.catalogue import Catalogue, shipped
from sellerinbox.guard.disguise import Undone, undone
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.fold import fold
from sellerinbox.guard.off_platform import address, email, messenger, payment, phone, url
from sellerinbox.guard.off_platform.scope import Scope
from sellerinbox.guard.off_platform.senses import weighed
from sellerinbox.guard.phrases import Index, Phrase
from sellerinbox.guard.reading import READ, Reading
from sellerinbox.guard.together import together

_QUOTED = 200
_WORDS = 20_000
"""Words remembered between texts."""
T = TypeVar("T")


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    plain, inner = without_disguise(reading)
    if not inner.tokens.words:
        return
    for finding in weighed(inner, list(found(inner, plain.touched))):
        start, end = plain.span(finding.start, finding.end)
        yield replace(finding, start=start, end=end, text=reading.text[start : min(end, start + _QUOTED)])


def without_disguise(reading: Reading) -> tuple[Undone, Reading]:
    """The text without the disguises of words and digits, and its reading."""
    plain = undone(reading.text[:READ], reading.folded, _hidden(reading.catalogue))
    return plain, reading if plain.places is None else Reading(plain.text, reading.context, _part(reading.catalogue))


def found(reading: Reading, touched: frozenset[int]) -> Iterator[Finding]:
    """What figures, links and rules say, before it is weighed."""
    scope = Scope(reading)
    mails = email.places(reading)
    yield from email.check(reading, mails)
    yield from url.check(reading, [(start, end) for start, end, _ in mails])
    yield from phone.check(reading, scope)
    yield from messenger.check(reading, scope, touched)
    yield from payment.check(reading)
    yield from address.check(reading, scope)
    for finding in reading.rules("off_platform"):
        place = scope.at(finding.start, finding.end)
        if scope.meant(*place) and not (finding.rule == "off_platform.phone.call" and scope.carried(*place)):
            yield finding
    for finding in together(reading, "off_platform"):
        if scope.hinted(*scope.at(finding.start, finding.end)):
            yield finding


class _Part(Index[T]):
    """Those phrases of an index that belong to this family."""

    def __init__(self, whole: Index[T], ours: Callable[[T], bool]) -> None:
        super().__init__()
        self._whole, self._ours = whole, ours
        self._kept: dict[str, list[tuple[T, Phrase]]] = {}

    def starting(self, word: str) -> list[tuple[T, Phrase]]:
        """Phrases that may begin with this word."""
        found = self._kept.get(word)
        if found is None:
            found = [entry for entry in self._whole.starting(word) if self._ours(entry[0])]
            if len(self._kept) < _WORDS:
                self._kept[word] = found
        return found

    def with_concept(self, concept: str) -> Sequence[tuple[T, Phrase]]:
        """Phrases that may begin with this concept."""
        return [entry for entry in self._whole.with_concept(concept) if self._ours(entry[0])]


@lru_cache(maxsize=2)
def _part(catalogue: Catalogue) -> Catalogue:
    """What this family needs of the shipped rules, as a disguised text is read twice; a seller's own may need all."""
    if catalogue is not shipped():
        return catalogue
    return Catalogue(
        {id_: rule for id_, rule in catalogue.rules.items() if rule.family == "off_platform"},
        {language: _Part(index, _is_ours) for language, index in catalogue.concepts.items()},
        {language: _Part(index, lambda rule: rule.family == "off_platform") for language, index in catalogue.starts.items()},
        {language: _Part(index, _is_ours) for language, index in catalogue.built.items()},
        catalogue.lists,
    )


def _is_ours(concept: str) -> bool:
    return concept.startswith("off_")


def _hidden(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(fold(word) for word in catalogue.lists.get("off_hidden", {}).get("words", ()))
