"""Full-text search: how a text goes into the index and what a seller's words become.

FTS5's unicode61 takes a run of Chinese for one word, and trigram needs three characters where
Chinese words have two (of 6,162 messages with 发货 both find none). So every CJK character
stands alone in the index, and a query's CJK run becomes a phrase of such characters.
A query is a stranger's input: each word is quoted, so no query is ever a syntax error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from unicodedata import combining, normalize

from sellerinbox.domain.query import Word
from sellerinbox.domain.text import excerpt
from sellerinbox.store.values import storable

Completions = Callable[[str], tuple[str, ...]]
"""The beginning of a word → all words of the index that begin so; none where there are too many to name, or none."""

_CJK = re.compile(
    "([\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3100-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff])"
)
_WORD = re.compile(r"[^\W_]")
_LATIN = re.compile("[0-9A-Za-z\u00c0-\u017f]+")
_LIMIT = 400
_WORDS = 20
_SHORTEST_PREFIX = 2
"""One letter matches half the inbox and costs 247 ms at a million messages."""
_INDEXED_PREFIX = 3
"""Up to here the index holds beginnings themselves; see `tables.FULL_TEXT`."""
_BEFORE = 50


def spaced(text: str) -> str:
    """`text` as it goes into the index: spaces around every CJK character."""
    return text if text.isascii() else _CJK.sub(r" \1 ", storable(text))


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query that can be found; what is only punctuation is left out."""
    return tuple(word for word in storable(query[:_LIMIT]).replace("\0", " ").split() if _WORD.search(word))[:_WORDS]


def match_expression(query: str) -> str | None:
    """Plain words for FTS5's MATCH: every one must occur, the last may be unfinished. None: nothing to look for."""
    return expression([Word(0, 0, False, word) for word in words_of(query)])


def expression(words: Sequence[Word], unwanted: Sequence[Word] = (), complete: Completions = lambda _: ()) -> str | None:
    """What must and must not occur, for FTS5's MATCH; the last word may be unfinished. None: there is nothing that must occur.

    `complete` makes a common word typed halfway as cheap as a whole one: FTS5 would merge
    everything that begins so before it gives the first row (35 ms at a million messages; so 2).
    """
    findable = [word for word in words if _WORD.search(word.text)]
    if not findable:
        return None
    *whole, last = findable
    phrases = " ".join(_phrase(word.text) for word in whole)
    ends = _endings(last, complete)
    wanted = f"{phrases} {ends[0]}".strip() if len(ends) == 1 else f"{phrases} AND ({' OR '.join(ends)})".removeprefix(" AND ")
    barred = alternatives(unwanted)
    return f"({wanted}) NOT ({barred})" if barred else wanted


def alternatives(words: Sequence[Word]) -> str | None:
    """Any of the words, each whole, for FTS5's MATCH."""
    return " OR ".join(_phrase(word.text) for word in words if _WORD.search(word.text)) or None


def snippet(text: str, words: Sequence[str], limit: int = 160) -> str:
    """The part of a text around the first word found, on one line."""
    folded = text.casefold()
    places = [place for place in (folded.find(word.casefold()) for word in words) if place >= 0]
    start = max(0, min(places, default=0) - _BEFORE)
    return ("…" if start else "") + excerpt(text[start:], limit)


def _endings(last: Word, complete: Completions) -> list[str]:
    """The last word: as it is, or every word it may become."""
    text = last.text
    if last.finished or len(text) < _SHORTEST_PREFIX or not text[-1].isalnum() or _CJK.match(text[-1]):
        return [_phrase(text)]
    if len(text) > _INDEXED_PREFIX and (begun := _folded(text)):
        words = complete(begun)
        if words:
            return [f'"{word}"' for word in words]
    return [_phrase(text) + "*"]


def _folded(word: str) -> str | None:
    """A word as the index has it, without accents; None where only the index itself knows how it folds."""
    if not _LATIN.fullmatch(word):
        return None
    plain = "".join(char for char in normalize("NFD", word) if not combining(char)).lower()
    return plain if plain.isascii() else None


def _phrase(word: str) -> str:
    return '"' + spaced(storable(word).replace("\0", " ")).replace('"', '""').strip() + '"'
