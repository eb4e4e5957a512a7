"""Rules from TOML: what they look for, what they say, what they are called.

    [concepts.review]            words that mean the same, by language
    en = ["feedback", "review|reviews", "star rating"]
    not.en = ["review* the order"]   where these words stand it is not meant
    de = ["gut* <mark>"]             other concepts may be named, if those are made of words alone

    [lists]                      plain words for code: names of sites, of digits
    sites.carriers = ["dhl.de"]

    [[rule]]
    id = "feedback.removal_for_benefit.if_changed"
    family = "feedback"
    kind = "removal_for_benefit"
    severity = "block"
    why.en = "…"                 one sentence: what is wrong and what to do
    why.zh = "…"
    doc = "…"                    what `sellerinbox guard --explain` prints
    better.en = "…"              a better wording, where one can be given
    when.en = ["<change> ~ <review> ~~ <remedy>"]      any of them (see `phrases`)
    together = ["review change|gone money -free"]   instead of `when`: concepts that stand in the same sentences in any order,
                                 in one language; by `|` one of them, after `-` none of them, after `--` none of
                                 them in the sentences beside either (see `together`)
    needs.en = ["<if>"]          one of these as well, in the same sentences
    unless.en = ["<honest>"]     none of these in the same sentences
    unless_before.en = ["<not>"] none of these ends within four words before it, or inside
    sentences = 2                how far `when` and the others may reach: 1 (the default), 2, 3 or 0 for the whole text
    marketplaces = ["amazon"]    only there; `not_marketplaces` the other way round
    cases = ["open"]             only while the case stands so
    asks = true                  only in a question (false: never in one)
    weight = 1.5                 how much it says where a family adds up what speaks for and against (tone)

A rule without `when` belongs to code, which looks it up for its words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from sellerinbox.domain.errors import ConfigError
from sellerinbox.guard.findings import Severity
from sellerinbox.guard.phrases import Index, Phrase

LANGUAGES = ("en", "de", "fr", "es", "zh")
ANY = "any"
"""The language of words that stand in every language."""
_LISTS = ("when", "needs", "unless", "unless_before")
_KEYS = frozenset(
    (
        "id",
        "family",
        "kind",
        "severity",
        "why",
        "doc",
        "better",
        "sentences",
        "marketplaces",
        "not_marketplaces",
        "cases",
        "asks",
        "together",
        "weight",
        *_LISTS,
    )
)
_FAMILIES = ("off_platform", "feedback", "tone", "form", "template", "safety", "inbound")


class Together(NamedTuple):
    """Concepts that make a case by standing in the same sentences."""

    all: tuple[frozenset[str], ...]
    """One of each of these."""
    none: frozenset[str]
    """None of these in the same sentences."""
    near: frozenset[str]
    """Nor any of these there or in the sentence before or behind."""

    @classmethod
    def read(cls, source: str) -> Together:
        """Read "review change|gone -free --choice". Raises `ValueError` when nothing is looked for."""
        words = source.split()
        wanted = tuple(frozenset(word.split("|")) for word in words if not word.startswith("-"))
        if not wanted:
            raise ValueError(f"“{source}” looks for nothing")
        near = frozenset(name for word in words if word.startswith("--") for name in word[2:].split("|"))
        none = (name for word in words if word[0] == "-" and word[1:2] != "-" for name in word[1:].split("|"))
        return cls(wanted, frozenset(none), near)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as its file has it."""

    id: str
    family: str
    kind: str
    severity: Severity
    why: Mapping[str, str]
    doc: str
    better: Mapping[str, str]
    sentences: int = 1
    marketplaces: frozenset[str] = frozenset()
    not_marketplaces: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    asks: bool | None = None
    weight: float = 1.0
    together: tuple[Together, ...] = ()
    when: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    needs: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    unless_before: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    tried: bool = False
    """It comes with sellerinbox, so that its patterns need no check at every start."""

    def said(self, language: str) -> str:
        """Why, in the seller's language or English."""
        return self.why.get(language) or self.why["en"]

    def better_words(self, language: str | None) -> str | None:
        """The better wording in the text's language or English; None when there is none."""
        return self.better.get(language or "en") or self.better.get("en")


@dataclass(slots=True, eq=False)
class Catalogue:
    """All rules and concepts, by language ready to be looked for."""

    rules: dict[str, Rule]
    concepts: Mapping[str, Index[str]]
    """Language → the concepts' terms; owners are concept names."""
    starts: Mapping[str, Index[Rule]]
    """Language → the rules' phrases; owners are rules."""
    built: Mapping[str, Index[str]]
    """Language → those terms that name other concepts; owners are concept names."""
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """List → part → its words, as the files have them."""

    def rule(self, id_: str) -> Rule:
        """One rule by its id. Raises `KeyError`."""
        return self.rules[id_]


class _File(NamedTuple):
    """Where rules stand."""

    name: str
    tried: bool
    """It comes with sellerinbox, whose tests read every pattern: they need not be read again at every start."""


def read(sources: Iterable[tuple[str, str]], off: Iterable[str] = (), *, tried: Iterable[tuple[str, str]] = ()) -> Catalogue:
    """Build a catalogue from (file name, TOML text) pairs; a later rule of the same id replaces an earlier one, concepts grow.

    Files in `tried` come first and are known to hold no mistakes: their patterns are read when a text needs them.
    Raises `ConfigError` that names the file and what is wrong in it.
    """
    catalogue = Catalogue({}, _by_language(), _by_language(), _by_language())
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    names: set[str] = set()
    fresh: list[Phrase] = []
    files = [(_File(name, True), text) for name, text in tried] + [(_File(name, False), text) for name, text in sources]
    for file, text in files:
        parsed = _parsed(file.name, text)
        fresh += _read_concepts(file, _table(file.name, parsed, "concepts"), catalogue, names)
        for owner, parts in _table(file.name, parsed, "lists").items():
            for part, words in _words(file.name, owner, parts):
                lists.setdefault(owner, {})[part] = lists.get(owner, {}).get(part, ()) + words
        for entry in parsed.get("rule", ()):
            rule = _rule(file, entry)
            catalogue.rules[rule.id] = rule
    catalogue.lists = lists
    _switch_off(catalogue.rules, off)
    _check_terms(fresh, names)
    _check_concepts(catalogue.rules.values(), names)
    _add_starts(catalogue)
    return catalogue


def _by_language() -> dict[str, Index[Any]]:
    return {language: Index() for language in (*LANGUAGES, ANY)}


def _read_concepts(file: _File, table: Mapping[str, object], catalogue: Catalogue, names: set[str]) -> list[Phrase]:
    """Put the terms of a file where they belong; those that name other concepts and may hold a mistake are returned."""
    fresh: list[Phrase] = []
    for owner, words in table.items():
        for concept, language, term in _terms(file, owner, words):
            names.add(concept)
            deep = "<" in term.source
            (catalogue.built if deep else catalogue.concepts)[language].add(concept, term)
            if deep and not file.tried:
                fresh.append(term)
    return fresh


def _switch_off(rules: dict[str, Rule], off: Iterable[str]) -> None:
    for id_ in off:
        if id_ not in rules:
            raise ConfigError(f"[guard] off: there is no rule “{id_}”; `sellerinbox guard --explain` lists them.")
        del rules[id_]


@lru_cache(maxsize=4)
def shipped() -> Catalogue:
    """The rules that come with sellerinbox."""
    return read((), tried=shipped_sources())


def load(folder: Path, off: Sequence[str] = ()) -> Catalogue:
    """The rules that come with sellerinbox and the seller's own in `folder/*.toml`, without those switched off.

    Raises `ConfigError` that names the file.
    """
    own = [(str(file), _text(file)) for file in sorted(folder.glob("*.toml"))]
    return read(own, off, tried=shipped_sources()) if own or off else shipped()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{file}: this file of guard rules can't be read ({type(error).__name__}); nothing is sent until it can."
        ) from error


def shipped_sources() -> list[tuple[str, str]]:
    """The TOML files that come with sellerinbox, in order of their names."""
    folder = resources.files("sellerinbox.guard.rules")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return [(file.name, file.read_text(encoding="utf-8")) for file in files]


def _add_starts(catalogue: Catalogue) -> None:
    for rule in catalogue.rules.values():
        for language, phrases in rule.when.items():
            for phrase in phrases:
                catalogue.starts[language].add(rule, phrase)


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: this file of guard rules can't be read ({error}).") from error


def _table(name: str, parsed: Mapping[str, Any], part: str) -> dict[str, Any]:
    table = parsed.get(part, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{name}: [{part}] must be a table.")
    return table


def _words(name: str, owner: str, parts: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not isinstance(parts, dict):
        raise ConfigError(f'{name}: the list “{owner}” needs its words under names, such as {owner}.some = ["…"].')
    for part, words in parts.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ConfigError(f"{name}: lists.{owner}.{part} must be a list of words in quotes.")
        yield part, tuple(words)


MASK = "!"
"""Behind the name of a concept: the places where it is not meant."""


def _terms(file: _File, concept: str, words: object) -> Iterator[tuple[str, str, Phrase]]:
    if not isinstance(words, dict):
        raise ConfigError(f'{file.name}: the concept “{concept}” needs words by language, such as en = ["…"].')
    for language, terms in words.items():
        if language == "not" and not concept.endswith(MASK):
            yield from _terms(file, concept + MASK, terms)
            continue
        for phrase in _phrases(file, f"concepts.{concept}", language, terms):
            yield concept, language, phrase


def _phrases(file: _File, where: str, language: str, sources: object) -> tuple[Phrase, ...]:
    if language not in (*LANGUAGES, ANY) or not isinstance(sources, Sequence) or isinstance(sources, str):
        raise ConfigError(f"{file.name}: {where}.{language} must be a list of patterns under one of {', '.join((*LANGUAGES, ANY))}.")
    phrases = tuple(Phrase(str(source)) for source in sources)
    if not file.tried:
        try:
            for phrase in phrases:
                phrase.read()
        except ValueError as error:
            raise ConfigError(f"{file.name}: {where}.{language}: {error}.") from error
    return phrases


def _rule(file: _File, entry: Mapping[str, Any]) -> Rule:
    name, id_ = file.name, str(entry.get("id", "?"))
    if unknown := set(entry) - _KEYS:
        raise ConfigError(
            f"{name}: the rule “{id_}” has {', '.join(sorted(unknown))}, which means nothing; known are {', '.join(sorted(_KEYS))}."
        )
    if missing := {"id", "family", "kind", "severity", "why", "doc"} - set(entry):
        raise ConfigError(f"{name}: the rule “{id_}” lacks {', '.join(sorted(missing))}.")
    if entry["severity"] not in ("block", "warn", "advice") or entry["family"] not in _FAMILIES or "en" not in entry["why"]:
        raise ConfigError(f"{name}: the rule “{id_}” has a severity, family or why.en that can't be used.")
    lists = {
        part: {language: _phrases(file, f"{id_}.{part}", language, sources) for language, sources in entry.get(part, {}).items()}
        for part in _LISTS
    }
    limits = {part: frozenset(str(value) for value in entry.get(part, ())) for part in ("marketplaces", "not_marketplaces", "cases")}
    return Rule(
        id=id_,
        family=entry["family"],
        kind=entry["kind"],
        severity=entry["severity"],
        why=entry["why"],
        doc=entry["doc"],
        better=entry.get("better", {}),
        sentences=int(entry.get("sentences", 1)),
        marketplaces=limits["marketplaces"],
        not_marketplaces=limits["not_marketplaces"],
        cases=limits["cases"],
        asks=entry.get("asks"),
        weight=float(entry.get("weight", 1)),
        together=_together(name, id_, entry.get("together", ())),
        tried=file.tried,
        when=lists["when"],
        needs=lists["needs"],
        unless=lists["unless"],
        unless_before=lists["unless_before"],
    )


def _together(name: str, id_: str, sources: object) -> tuple[Together, ...]:
    if not isinstance(sources, Sequence) or isinstance(sources, str):
        raise ConfigError(f"{name}: {id_}.together must be a list of concepts in quotes.")
    try:
        return tuple(Together.read(str(source)) for source in sources)
    except ValueError as error:
        raise ConfigError(f"{name}: {id_}.together: {error}.") from error


def _check_terms(terms: Iterable[Phrase], names: set[str]) -> None:
    for term in terms:
        if unknown := {name for slot in term.slots for name in slot.concepts} - names:
            raise ConfigError(f"The guard's term “{term.source}” names <{'|'.join(sorted(unknown))}>, which is no concept in any file.")


def _check_concepts(rules: Iterable[Rule], names: set[str]) -> None:
    for rule in rules:
        if rule.tried:
            continue
        named = {name for case in rule.together for name in case.none.union(case.near, *case.all)}
        lists = (phrases for part in (rule.when, rule.needs, rule.unless, rule.unless_before) for phrases in part.values())
        named.update(name for phrases in lists for phrase in phrases for slot in phrase.slots for name in slot.concepts)
        if strange := named - names:
            raise ConfigError(f"The guard rule “{rule.id}” names {', '.join(sorted(strange))}, which is no concept in any file.")
