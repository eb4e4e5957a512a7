"""The canned replies at hand: by key, by name, by what one remembers of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sellerinbox.domain.errors import ConfigError

FALLBACK = "en"
"""The language taken when a reply has none in the buyer's."""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One reply in as many languages as its author wrote."""

    name: str
    """Its word on the command line: `wismo`."""
    key: str | None
    """`1` to `9`; None for one that is only in the palette."""
    titles: Mapping[str, str]
    """Language → a few words for lists; never empty."""
    texts: Mapping[str, str]
    """Language → the text with its placeholders; never empty."""
    source: Path | None = None
    """The seller's own file it comes from; None for one of ours."""

    def title(self, language: str | None = None) -> str:
        """The title in a language, or in the nearest there is."""
        return self.titles[_nearest(self.titles, language)]


@dataclass(frozen=True, slots=True)
class Replies:
    """All canned replies, in order of their keys, those without a key behind."""

    entries: tuple[CannedReply, ...]
    problems: tuple[ConfigError, ...] = ()
    """What is wrong in the seller's own files, one sentence each; everything else still works."""

    def all(self) -> tuple[CannedReply, ...]:
        """Every reply."""
        return self.entries

    def by_key(self, key: str) -> CannedReply | None:
        """The reply on a key `1` to `9`; None when the key is free."""
        return next((entry for entry in self.entries if entry.key is not None and entry.key == key), None)

    def by_name(self, name: str) -> CannedReply | None:
        """The reply of that name, however it is capitalised; None when there is none."""
        return next((entry for entry in self.entries if entry.name.casefold() == name.casefold()), None)

    def search(self, text: str) -> tuple[CannedReply, ...]:
        """Replies with all these words, best first: in the name, then in a title, then in a text.

        Letters left out of a name or title still find it ("wsm" finds wismo), behind the rest.
        """
        words = text.casefold().split()
        ranked = [(rank, entry) for entry in self.entries if (rank := _rank(entry, words)) is not None]
        return tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))


def variant(reply: CannedReply, language: str | None) -> tuple[str, str, bool]:
    """The text for a language, the language it is really in, and whether that is the one asked for.

    Without one in that language it is the English, without that the first in the file.
    """
    used = _nearest(reply.texts, language)
    return reply.texts[used], used, language is not None and _base(used) == _base(language)


def _nearest(variants: Mapping[str, str], language: str | None) -> str:
    if language is not None:
        if language in variants:
            return language
        related = [code for code in variants if _base(code) == _base(language)]
        if related:
            return related[0]
    return FALLBACK if FALLBACK in variants else next(iter(variants))


def _base(language: str) -> str:
    return language.partition("-")[0]


def _rank(entry: CannedReply, words: list[str]) -> int | None:
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
    short = [text for texts in places[:2] for text in texts]
    return len(places) if any(_scattered(word, text) for text in short) else None


def _scattered(word: str, text: str) -> bool:
    letters: Iterable[str] = iter(text)
    return all(letter in letters for letter in word)
