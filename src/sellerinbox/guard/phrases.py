"""The little language in which rules say what words, in what order, make a case.

    change|edit ~ <review>           words by `|`, at most a few others between by `~`, a concept by `<>`
    don't|never buy                  a choice may be several words (不能|不会), without a space in it
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
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import Generic, NamedTuple, TypeVar

from sellerinbox.guard.fold import fold
from sellerinbox.guard.tokens import Tokens, tokens

_PLAIN_FIRST = re.compile(r"(?:\^ )?([a-z]+\*?(?:\|[a-z]+\*?)*)(?= |$)")
_HAN_FIRST = re.compile(r"(?:\^ )?([\u3400-\u9fff]+(?:\|[\u3400-\u9fff]+)*)(?= |$)")
"""Most patterns begin so simply that their first word is known without reading them."""
GAP = 4
WIDE_GAP = 12
_PART = re.compile(r"\^|\$|~~|~|#\??|(?<![^\s])_\??(?=\s|$)|<[^<>]+>\??|[^\s<>~^$]+")


class Run(NamedTuple):
    """Several tokens side by side."""

    words: tuple[str, ...]
    open_end: bool
    """Whether the last of them is only a word's beginning."""

    def end(self, text: Sequence[str], start: int) -> int | None:
        """The token behind it when it stands at `start`."""
        end = start + len(self.words)
        if tuple(text[start : end - 1]) != self.words[:-1] or end > len(text):
            return None
        last = text[end - 1]
        return end if last == self.words[-1] or (self.open_end and last.startswith(self.words[-1])) else None


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
    runs: tuple[Run, ...] = ()
    """Choices of several tokens, such as "don't" or "好评"."""

    more: bool = True
    """Whether anything but the plain words may stand here."""

    def begins(self, word: str) -> bool:
        """Whether this place may begin with a word."""
        return self.fits(word) or any(run.words[0] == word for run in self.runs)

    def fits(self, word: str) -> bool:
        """Whether a word may stand here; concepts are looked up elsewhere."""
        return (
            word in self.words
            or self.anything
            or (self.number and word[0].isdigit())
            or (bool(self.beginnings) and word.startswith(self.beginnings))
        )

    def is_plain(self) -> bool:
        """Whether exactly one word stands here, right behind the one before."""
        return not (self.gap or self.optional or self.concepts or self.runs)

    def may_fit(self, known: frozenset[str], concepts: frozenset[str] | None = None) -> bool:
        """Whether one of its words is among these, or one of its concepts; a place that takes more than these may always fit."""
        if self.beginnings or self.number or self.anything or self.optional or (self.concepts and concepts is None):
            return True
        if concepts is not None and not concepts.isdisjoint(self.concepts):
            return True
        return not self.words.isdisjoint(known) or any(known.issuperset(run.words[: -1 if run.open_end else None]) for run in self.runs)


class Phrase:
    """A pattern to be looked for; it is read when something of it is first asked for, for most are never needed."""

    __slots__ = ("begins", "ends", "plain", "slots", "source")

    slots: tuple[Slot, ...]
    begins: bool
    ends: bool
    plain: int
    """How many places it begins with that take one word each, side by side."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __getattr__(self, name: str) -> object:
        # Only asked while a slot is empty: reading fills them all, so that matching pays nothing for the delay.
        if name not in Phrase.__slots__:
            raise AttributeError(name)
        self.read()
        return getattr(self, name)

    def read(self) -> None:
        """Read the pattern. Raises `ValueError` with a few words when it can't be read."""
        slots: list[Slot] = []
        self.begins = self.ends = False
        gap = 0
        for part in _PART.findall(self.source):
            if part == "^":
                self.begins = True
            elif part == "$":
                self.ends = True
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
            raise ValueError(f"“{self.source}” begins with nothing to look for")
        self.plain = sum(1 for _ in takewhile(Slot.is_plain, slots))
        self.slots = tuple(slots)

    def may_fit(self, known: frozenset[str], concepts: frozenset[str] | None = None) -> bool:
        """Whether the words (and concepts, when told) it can't do without occur at all: a cheap question before the dear one."""
        return all(slot.may_fit(known, concepts) for slot in self.slots)


def compile_phrase(source: str) -> Phrase:
    """Read a pattern at once. Raises `ValueError` with a few words when it can't be read."""
    phrase = Phrase(source)
    phrase.read()
    return phrase


def _with_gap(slot: Slot, gap: int) -> Slot:
    return replace(slot, gap=gap) if gap else slot


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
    """One slot for a choice of words; what is cut into several tokens ("don't", "好评") and has no other choice is one slot each."""
    cut = [(_cut(choice.rstrip("*")), choice.endswith("*")) for choice in choices if choice]
    if len(cut) == 1 and len(cut[0][0]) > 1:
        words, open_end = cut[0]
        slots = [Slot(words=frozenset({word}), optional=optional, more=False) for word in words]
        if open_end:
            slots[-1] = Slot(beginnings=(words[-1],), optional=optional)
        return slots
    if any(not words for words, _ in cut):
        raise ValueError(f"“{'|'.join(choices)}” has a choice without a word")
    single = [(words[0], open_end) for words, open_end in cut if len(words) == 1]
    whole = frozenset(word for word, open_end in single if not open_end)
    beginnings = tuple(word for word, open_end in single if open_end)
    runs = tuple(Run(*choice) for choice in cut if len(choice[0]) > 1)
    return [Slot(words=whole, beginnings=beginnings, optional=optional, runs=runs, more=bool(beginnings or runs))]


@lru_cache(maxsize=20_000)
def _cut(choice: str) -> tuple[str, ...]:
    """The tokens of one choice; most are plain words, and thousands of them are read at the first reply."""
    return (choice.lower(),) if choice.isascii() and choice.isalpha() else tokens(fold(choice)).words


Hits = Mapping[int, Mapping[str, Sequence[int]]]
"""Token → concept → tokens behind the places where it may end."""


def match_at(phrase: Phrase, at: int, text: Tokens, hits: Hits, limit: int) -> int | None:
    """Where a phrase that begins at token `at` ends (the token behind it); None when it doesn't fit before `limit`."""
    if phrase.begins and at != text.first[text.sentence[at]]:
        return None
    slots, words = phrase.slots, text.words
    if not _begins_well(phrase, at, words, limit):
        return None
    if phrase.plain == len(slots) and not phrase.ends:
        return at + phrase.plain
    tried: set[tuple[int, int]] = set()
    open_: list[tuple[int, int]] = [(phrase.plain, at + phrase.plain)]
    while open_:
        step = open_.pop()
        number, place = step
        if step in tried:
            continue
        tried.add(step)
        if number < len(slots):
            open_ += _following(slots[number], number + 1, place, text, hits, limit)
        elif not phrase.ends or place == limit or text.sentence[place] != text.sentence[place - 1]:
            return place
    return None


def _following(slot: Slot, behind: int, place: int, text: Tokens, hits: Hits, limit: int) -> list[tuple[int, int]]:
    """Where it may go on behind a slot, what comes first last."""
    following = [(behind, place)] if slot.optional else []
    words = text.words
    for start in range(place, min(place + slot.gap + 1, limit)):
        if words[start] in slot.words:  # most places take plain words alone
            following.append((behind, start + 1))
        if slot.more:
            following.extend((behind, end) for end in _ends(slot, start, words, hits) if end <= limit)
    following.reverse()
    return following


def _begins_well(phrase: Phrase, at: int, words: Sequence[str], limit: int) -> bool:
    """Whether the plain words a phrase begins with are there: most phrases fail, or are done, within them."""
    if at + phrase.plain > limit:
        return False
    for number in range(phrase.plain):
        slot, word = phrase.slots[number], words[at + number]
        if word not in slot.words and not slot.fits(word):
            return False
    return True


def _ends(slot: Slot, start: int, words: Sequence[str], hits: Hits) -> list[int]:
    """Where what is more than a plain word may end."""
    word = words[start]
    ends = [start + 1] if word not in slot.words and slot.fits(word) else []
    if slot.runs:
        ends.extend(end for run in slot.runs if (end := run.end(words, start)) is not None)
    if slot.concepts and start in hits:
        there = hits[start]
        for concept in slot.concepts:
            ends.extend(there.get(concept, ()))
    return ends


T = TypeVar("T")


class Index(Generic[T]):
    """Phrases by the word or concept they begin with, so that a text asks only for those that may fit.

    What is added is put in its place when somebody first asks, and read when its first word stands in a text.
    """

    def __init__(self) -> None:
        self._new: list[tuple[T, Phrase]] = []
        self._words: dict[str, list[tuple[T, Phrase]]] = {}
        self._beginnings: dict[str, list[tuple[T, Phrase]]] = {}
        self._concepts: dict[str, list[tuple[T, Phrase]]] = {}
        self._numbers: list[tuple[T, Phrase]] = []
        self._seen: dict[str, list[tuple[T, Phrase]]] = {}
        self._lengths: tuple[int, ...] = ()

    def add(self, owner: T, phrase: Phrase) -> None:
        """Remember a phrase and whose it is."""
        self._new.append((owner, phrase))

    def starting(self, word: str) -> list[tuple[T, Phrase]]:
        """Phrases that may begin with this word."""
        if self._new:
            self._sort()
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
        if self._new:
            self._sort()
        return self._concepts.get(concept, ())

    def _sort(self) -> None:
        for entry in self._new:
            source = entry[1].source
            if plain := _PLAIN_FIRST.match(source):
                for choice in dict.fromkeys(plain[1].split("|")):
                    if choice[-1] == "*":
                        self._beginnings.setdefault(choice[:-1], []).append(entry)
                    else:
                        self._words.setdefault(choice, []).append(entry)
            elif han := _HAN_FIRST.match(source):
                for choice in {fold(choice[0]) for choice in han[1].split("|")}:
                    self._words.setdefault(choice, []).append(entry)
            else:
                self._sort_read(entry)
        self._new = []
        self._lengths = tuple(sorted(set(map(len, self._beginnings))))
        self._seen.clear()

    def _sort_read(self, entry: tuple[T, Phrase]) -> None:
        first = entry[1].slots[0]
        for word in first.words.union(run.words[0] for run in first.runs):
            self._words.setdefault(word, []).append(entry)
        for beginning in first.beginnings:
            self._beginnings.setdefault(beginning, []).append(entry)
        for concept in first.concepts:
            self._concepts.setdefault(concept, []).append(entry)
        if first.number:
            self._numbers.append(entry)
