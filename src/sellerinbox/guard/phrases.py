"""The little language in which rules say what words, in what order, make a case.

    change|edit ~ <review>           words by `|`, at most a few others between by `~`, a concept by `<>`
    refund*                          a word's beginning
    5|five <star>                    side by side
    if ~~ <review> ~~ <remedy>       `~~`: up to twelve words between
    please? remove _ <review>        `?` may be missing, `_` any one word, `#` any number
    ^ send ~ me $                    `^` begins, `$` ends the sentence
    给? <好评> ~ 返                   Chinese is cut into single characters

A phrase never reaches beyond the words it is given (a sentence, or a few). Matching keeps what it
has tried, so its time grows with the text alone, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sellerinbox.guard.fold import fold
from sellerinbox.guard.tokens import Tokens, tokens

GAP = 4
WIDE_GAP = 12
_PART = re.compile(r"\^|\$|~~|~|#\??|(?<![^\s])_\??(?=\s|$)|<[^<>]+>\??|[^\s<>~^$]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a phrase."""

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    number: bool = False
    anything: bool = False
    optional: bool = False
    gap: int = 0
    """Words that may stand before this one and belong to nothing."""

    def fits(self, word: str) -> bool:
        """Whether a word may stand here; concepts are looked up elsewhere."""
        return (
            word in self.words
            or self.anything
            or (self.number and word[0].isdigit())
            or (bool(self.beginnings) and word.startswith(self.beginnings))
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern ready to be looked for."""

    slots: tuple[Slot, ...]
    begins: bool = False
    ends: bool = False
    source: str = ""


def compile_phrase(source: str) -> Phrase:
    """Read a pattern. Raises `ValueError` with a few words when it can't be read."""
    slots: list[Slot] = []
    begins = ends = False
    gap = 0
    for part in _PART.findall(source):
        if part == "^":
            begins = True
        elif part == "$":
            ends = True
        elif part in ("~", "~~"):
            gap = max(gap, WIDE_GAP if part == "~~" else GAP)
        else:
            new = _slots(part)
            if not new:
                raise ValueError(f"“{part}” holds no word")
            slots.append(_with_gap(new[0], gap))
            slots.extend(new[1:])
            gap = 0
    if not slots or all(slot.optional or slot.anything for slot in slots) or slots[0].optional or slots[0].anything:
        raise ValueError(f"“{source}” begins with nothing to look for")
    return Phrase(tuple(slots), begins, ends, source)


def _with_gap(slot: Slot, gap: int) -> Slot:
    return Slot(slot.words, slot.beginnings, slot.concepts, slot.number, slot.anything, slot.optional, gap) if gap else slot


def _slots(part: str) -> list[Slot]:
    optional = part.endswith("?") and len(part) > 1
    part = part[:-1] if optional else part
    if part == "#":
        return [Slot(number=True, optional=optional)]
    if part == "_":
        return [Slot(anything=True, optional=optional)]
    if part.startswith("<"):
        return [Slot(concepts=tuple(name.strip() for name in part[1:-1].split("|")), optional=optional)]
    return _word_slots(part.split("|"), optional=optional)


def _word_slots(choices: Sequence[str], *, optional: bool) -> list[Slot]:
    """One slot for single words; a choice of several tokens ("don't", "好评") stands alone."""
    cut = [(tokens(fold(choice.rstrip("*"))).words, choice.endswith("*")) for choice in choices if choice]
    if len(cut) == 1 and len(cut[0][0]) > 1:
        words, open_end = cut[0]
        slots = [Slot(words=frozenset({word}), optional=optional) for word in words]
        if open_end:
            slots[-1] = Slot(beginnings=(words[-1],), optional=optional)
        return slots
    if any(len(words) != 1 for words, _ in cut):
        raise ValueError(f"“{'|'.join(choices)}”: each choice must be one word (make a concept of longer ones)")
    whole = frozenset(words[0] for words, open_end in cut if not open_end)
    return [Slot(words=whole, beginnings=tuple(words[0] for words, open_end in cut if open_end), optional=optional)]


Hits = Mapping[int, Mapping[str, Sequence[int]]]
"""Token → concept → tokens behind the places where it may end."""


def match_at(phrase: Phrase, at: int, text: Tokens, hits: Hits, limit: int) -> int | None:
    """Where a phrase that begins at token `at` ends (the token behind it); None when it doesn't fit before `limit`."""
    if phrase.begins and at != text.first[text.sentence[at]]:
        return None
    slots, words = phrase.slots, text.words
    tried: set[tuple[int, int]] = set()
    open_: list[tuple[int, int]] = [(0, at)]
    while open_:
        step = open_.pop()
        number, place = step
        if step in tried:
            continue
        tried.add(step)
        if number == len(slots):
            if not phrase.ends or place == limit or text.sentence[place] != text.sentence[place - 1]:
                return place
            continue
        slot = slots[number]
        following = []
        if slot.optional:
            following.append((number + 1, place))
        for start in range(place, min(place + slot.gap + 1, limit)):
            following.extend((number + 1, end) for end in _ends(slot, start, words, hits) if end <= limit)
        open_.extend(reversed(following))
    return None


def _ends(slot: Slot, start: int, words: Sequence[str], hits: Hits) -> list[int]:
    ends = [start + 1] if slot.fits(words[start]) else []
    if slot.concepts and start in hits:
        there = hits[start]
        for concept in slot.concepts:
            ends.extend(there.get(concept, ()))
    return ends


T = TypeVar("T")


class Index(Generic[T]):
    """Phrases by the word or concept they begin with, so that a text asks only for those that may fit."""

    def __init__(self) -> None:
        self._words: dict[str, list[tuple[T, Phrase]]] = {}
        self._beginnings: dict[str, list[tuple[T, Phrase]]] = {}
        self._concepts: dict[str, list[tuple[T, Phrase]]] = {}
        self._numbers: list[tuple[T, Phrase]] = []
        self._seen: dict[str, list[tuple[T, Phrase]]] = {}
        self._lengths: tuple[int, ...] = ()

    def add(self, owner: T, phrase: Phrase) -> None:
        """Remember a phrase and whose it is."""
        first, entry = phrase.slots[0], (owner, phrase)
        for word in first.words:
            self._words.setdefault(word, []).append(entry)
        for beginning in first.beginnings:
            self._beginnings.setdefault(beginning, []).append(entry)
        for concept in first.concepts:
            self._concepts.setdefault(concept, []).append(entry)
        if first.number:
            self._numbers.append(entry)
        self._lengths = tuple({len(beginning) for beginning in self._beginnings})
        self._seen.clear()

    def starting(self, word: str) -> list[tuple[T, Phrase]]:
        """Phrases that may begin with this word."""
        found = self._seen.get(word)
        if found is None:
            found = list(self._words.get(word, ()))
            for length in self._lengths:
                if len(word) >= length:
                    found += self._beginnings.get(word[:length], ())
            if word[0].isdigit():
                found += self._numbers
            if len(self._seen) < 20_000:
                self._seen[word] = found
        return found

    def with_concept(self, concept: str) -> Sequence[tuple[T, Phrase]]:
        """Phrases that may begin with this concept."""
        return self._concepts.get(concept, ())
