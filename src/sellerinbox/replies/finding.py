"""Finding a reply by what one remembers of it: its name, its title, words of its text, with a slip of the finger in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sellerinbox.replies.catalogue import CannedReply, Replies

_CLOSE = 75.0
"""How alike a word and what was typed must be, of 100: one wrong letter in four."""
_LETTERS = 4
"""Fewer letters are like too many words."""


def find(catalogue: Replies, typed: str) -> tuple[CannedReply, ...]:
    """Replies with all these words, best first: in the name, then in a title, then in a text.

    Letters left out of a name or title still find it ("wsm" finds wismo), and so does a wrong
    or swapped letter ("retrun"), behind the rest. Nothing typed finds everything.
    """
    words = typed.casefold().split()
    ranked = [(place, entry) for entry in catalogue.entries if (place := _place_of(entry, words)) is not None]
    return tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))


def _place_of(entry: CannedReply, words: list[str]) -> int | None:
    """The worst place any of the words is found in; None when one is nowhere."""
    places = (
        [entry.name.casefold()],
        [title.casefold() for title in entry.titles.values()],
        [text.casefold() for text in entry.texts.values()],
    )
    ranks = [_place(word, places) for word in words]
    found = [rank for rank in ranks if rank is not None]
    return max(found, default=0) if len(found) == len(ranks) else None


def _place(word: str, places: tuple[list[str], ...]) -> int | None:
    for rank, texts in enumerate(places):
        if any(word in text for text in texts):
            return rank
    names, titles = places[:2]
    if any(_scattered(word, name) for name in names):
        return len(places)
    if _slipped(word, _words([*names, *titles])):
        return len(places) + 1
    return len(places) + 2 if any(_scattered(word, title) for title in titles) else None


def _scattered(word: str, text: str) -> bool:
    letters: Iterable[str] = iter(text)
    return all(letter in letters for letter in word)


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from text.replace("-", " ").split()


def _slipped(word: str, known: Iterable[str]) -> bool:
    if len(word) < _LETTERS:
        return False
    from rapidfuzz.distance import OSA  # swapped neighbours count as one slip; first needed when nothing fits as typed

    return any(100 * OSA.normalized_similarity(word, other) >= _CLOSE for other in known)
