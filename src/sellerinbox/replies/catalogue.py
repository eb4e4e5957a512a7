"""The canned replies at hand: by key, by name, by language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sellerinbox.domain.errors import ConfigError
from sellerinbox.replies.conditions import Block, Effects, Fits, Locks

_NOTHING: Mapping[str, str] = MappingProxyType({})
FALLBACK = "en"
"""The language taken when a reply has none in the buyer's."""


class CannedReply(NamedTuple):
    """One reply in as many languages as its author wrote."""

    name: str
    """Its word on the command line: `wismo`."""
    key: str | None
    """`1` to `9`, its home: where it is found without a conversation, and in one whenever it is among the nine that fit. None: no home."""
    titles: Mapping[str, str]
    """Language → a few words for lists; never empty."""
    texts: Mapping[str, str]
    """Language → the whole text as a template, fragments in place; never empty."""
    source: Path | None = None
    """The seller's own file it comes from; None for one of ours."""
    pinned: bool = False
    """The seller put it on its key: there it stays, whatever fits."""
    fits: Fits = Fits()
    locks: Locks = Locks()
    effects: Effects = Effects()
    attachments: tuple[str, ...] = ()
    """Files beside the reply's own file."""
    blocks: tuple[Block, ...] = ()
    """Its parts; empty for one that is written in one piece."""
    greeting: Mapping[str, str] = _NOTHING
    """Language → how a reply made of blocks opens."""
    closing: Mapping[str, str] = _NOTHING
    """Language → how a reply made of blocks ends."""

    def title(self, language: str | None = None) -> str:
        """The title in a language, or in the nearest there is."""
        return self.titles[nearest_language(self.titles, language)]


class Replies(NamedTuple):
    """All canned replies, in order of their keys, those without a key behind."""

    entries: tuple[CannedReply, ...]
    problems: tuple[ConfigError, ...] = ()
    """What is wrong in the seller's own files, one sentence each; everything else still works."""
    dead_keys: frozenset[str] = frozenset()
    """Keys that broken entries of the seller claim: no other reply may come to lie there."""

    def all(self) -> tuple[CannedReply, ...]:
        """Every reply."""
        return self.entries

    def by_key(self, key: str) -> CannedReply | None:
        """The reply whose home is a key `1` to `9`; None when it is nobody's."""
        return next((entry for entry in self.entries if entry.key is not None and entry.key == key), None)

    def by_name(self, name: str) -> CannedReply | None:
        """The reply of that name, however it is capitalised; None when there is none."""
        return next((entry for entry in self.entries if entry.name.casefold() == name.casefold()), None)

    def search(self, text: str) -> tuple[CannedReply, ...]:
        """As `finding.find`."""
        from sellerinbox.replies.finding import find

        return find(self, text)


def variant(reply: CannedReply, language: str | None) -> tuple[str, str, bool]:
    """The text for a language, the language it is really in, and whether that is the one asked for.

    Without one in that language it is the English, without that the first in the file.
    """
    used = nearest_language(reply.texts, language)
    return reply.texts[used], used, speaks(used, language)


def speaks(used: str, wanted: str | None) -> bool:
    """Whether a language is the one asked for, or its relative (de for de-AT)."""
    return wanted is not None and base(used) == base(wanted)


def nearest_language(variants: Mapping[str, str], language: str | None) -> str:
    """The language itself, a relative, English, or the first there is."""
    if language is not None:
        if language in variants:
            return language
        related = [code for code in variants if base(code) == base(language)]
        if related:
            return related[0]
    return FALLBACK if FALLBACK in variants else next(iter(variants))


def base(language: str) -> str:
    """`de` of `de-AT`."""
    return language.partition("-")[0]
