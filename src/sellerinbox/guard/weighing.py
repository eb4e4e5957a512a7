"""How much a few sentences say for a deal, a way past the marketplace, an unkind word: a sum of small weights.

Who hints does so in ever new words, so no list of phrases is long enough. What can be learned is
how much each word, each word beside another and each concept of the rules speaks for it or against
it. The weights stand in `rules/*_weights.toml`, in groups by weight, and can be read and changed there;
those named in `context` are what counts besides words.

They come from a logistic regression over the labelled texts of tests/corpora (`tests/guard/learn.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sellerinbox.guard.catalogue import Catalogue

if TYPE_CHECKING:
    from sellerinbox.guard.reading import Reading
    from sellerinbox.guard.tokens import Tokens

_FEW = 12
"""A few words say less than many that agree; with fewer than these features a sum is not scaled up further."""
_LONG = 6
_BEGINNING = 5
_WHOLE = 4
"""Sentences that are weighed together; a text of no more is one piece."""
_PARTS = (1, 2, 3)
"""Of a longer text, so many sentences together, from each of its sentences on: a friendly page in front hides nothing."""
UNSPOKEN = "unspoken"
"""The mark of a piece in which no concept of the family stands: everyday words alone must say more."""
_SHORT = 8
"""Words of a curt text."""
_MOST = 20
"""Pieces of one text that are told of: who reads twenty needs no more."""


class Window(NamedTuple):
    """Some sentences of a text."""

    first: int
    last: int
    """The sentence behind."""
    words: frozenset[str]
    """What is weighed of their words."""


class Piece(NamedTuple):
    """Some sentences of a text, and what counts besides their words."""

    window: Window
    marks: frozenset[str]


class Scale(NamedTuple):
    """The weights of one family."""

    words: Mapping[str, float]
    marks: Mapping[str, float]

    def of(self, piece: Piece) -> float:
        """What a piece weighs; above `enough` it is sure, above `doubt` likely."""
        found = piece.window.words
        weight = sum(self.words.get(one, 0.0) for one in found) / size(found)
        return weight + self.marks.get("start", 0.0) + sum(self.marks.get(mark, 0.0) for mark in piece.marks)

    def limit(self, name: str) -> float:
        """`enough`, `doubt`, or what a part of a longer text must weigh more (`part`)."""
        return self.marks.get(name, 0.0)


def features(words: Sequence[str]) -> set[str]:
    """What is weighed: words, two or three side by side, two with one between, beginnings of long words.

    >>> sorted(features(["five", "stars"]))
    ['five', 'five_stars', 'stars']
    """
    said = ["#" if word[0].isdigit() else word for word in words]
    found = set(said)
    found.update([f"{one}_{two}" for one, two in pairwise(said)])
    found.update([f"{one}_{two}_{three}" for one, two, three in zip(said, said[1:], said[2:], strict=False)])
    found.update([f"{one}_~_{three}" for one, three in zip(said, said[2:], strict=False)])
    found.update([f"{word[:_BEGINNING]}*" for word in said if len(word) >= _LONG])
    return found


def size(found: frozenset[str] | set[str]) -> float:
    """What a sum over so many features is divided by."""
    return math.sqrt(max(len(found), _FEW))


def windows(text: Tokens) -> tuple[Window, ...]:
    """The whole of a short text; one, two and three sentences together, from each sentence of a longer one on."""
    count = len(text.first) - 1
    cut = [(0, count)] if 0 < count <= _WHOLE else [(at, at + many) for many in _PARTS for at in range(count - many + 1)]
    return tuple(window(text, first, last) for first, last in cut)


def window(text: Tokens, first: int, last: int) -> Window:
    """The sentences from `first` up to, not including, `last`."""
    return Window(first, last, frozenset(features(text.words[text.first[first] : text.first[last]])))


def piece(reading: Reading, some: Window, marks: Sequence[AbstractSet[str]], *more: str) -> Piece:
    """A window with what its sentences speak of (`marks`, a set for each sentence of the text), and what else the family knows."""
    text = reading.tokens
    spoken = set().union(*marks[some.first : some.last])
    known = spoken.union(more, () if spoken else (UNSPOKEN,))
    if any(text.asks[some.first : some.last]):
        known.add("asks")
    if text.first[some.last] - text.first[some.first] <= _SHORT:
        known.add("short")
    return Piece(some, frozenset(known))


def concepts(reading: Reading, *prefixes: str) -> list[set[str]]:
    """The concepts of one family in each sentence."""
    return [{name for name in there if name.startswith(prefixes)} for there in reading.named]


def heavy(scale: Scale, some: Sequence[Window], made: Callable[[Window], Piece]) -> Iterator[tuple[Piece, float]]:
    """The pieces that weigh more than `doubt`, the heaviest first, none of which overlap."""
    part = scale.limit("part") if len(some) > 1 else 0.0
    pieces = [made(each) for each in some]
    taken: set[int] = set()
    for weight, number in sorted(((scale.of(each) - part, -number) for number, each in enumerate(pieces)), reverse=True)[: _MOST * _MOST]:
        sentences = range(pieces[-number].window.first, pieces[-number].window.last)
        if weight <= scale.limit("doubt") or len(taken) >= _MOST * _WHOLE:
            return
        if taken.isdisjoint(sentences):
            taken.update(sentences)
            yield pieces[-number], weight


@lru_cache(maxsize=16)
def scale_of(catalogue: Catalogue, family: str) -> Scale | None:
    """The weights of a family; None where the rules have none, and every rule speaks for itself.

    Groups are named by their weight, `"+1.5"`; `context` holds `name = weight` for concepts and what else counts.
    """
    groups = catalogue.lists.get(f"{family}_weights")
    if groups is None:
        return None
    words: dict[str, float] = {}
    for group, lines in groups.items():
        if group[0] in "+-":
            words.update(dict.fromkeys(" ".join(lines).split(), float(group)))
    return Scale(words, {name: float(weight) for name, weight in (one.split(" = ") for one in groups.get("context", ()))})
