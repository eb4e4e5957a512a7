"""Full-text search: how a text goes into the index and what a seller's query becomes.

FTS5's unicode61 takes a run of Chinese for one word, and trigram needs three characters where
Chinese words have two (of 6,162 messages with 发货 both find none). So every CJK character
stands alone in the index, and a query's CJK run becomes a phrase of such characters.
A query is a stranger's input: each word is quoted, so no query is ever a syntax error.
"""

from __future__ import annotations

import re

from sellerinbox.domain.text import excerpt
from sellerinbox.store.values import storable

_CJK = re.compile(
    "([\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3100-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff])"
)
_WORD = re.compile(r"\w")
_LIMIT = 400
_WORDS = 20
_SHORTEST_PREFIX = 2
"""One letter matches half the inbox and costs 247 ms at a million messages."""
_BEFORE = 50


def spaced(text: str) -> str:
    """`text` as it goes into the index: spaces around every CJK character."""
    return text if text.isascii() else _CJK.sub(r" \1 ", storable(text))


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query that can be found; what is only punctuation is left out."""
    return tuple(word for word in storable(query[:_LIMIT]).replace("\0", " ").split() if _WORD.search(word))[:_WORDS]


def match_expression(query: str) -> str | None:
    """The query for FTS5's MATCH: every word must occur, the last one may be unfinished. None: nothing to look for."""
    words = words_of(query)
    phrases = [_phrase(word) for word in words]
    if not phrases:
        return None
    last = words[-1]
    if len(last) >= _SHORTEST_PREFIX and last[-1].isalnum() and not _CJK.match(last[-1]):
        phrases[-1] += "*"
    return " ".join(phrases)


def snippet(text: str, words: tuple[str, ...], limit: int = 160) -> str:
    """The part of a text around the first word found, on one line."""
    folded = text.casefold()
    places = [place for place in (folded.find(word.casefold()) for word in words) if place >= 0]
    start = max(0, min(places, default=0) - _BEFORE)
    return ("…" if start else "") + excerpt(text[start:], limit)


def _phrase(word: str) -> str:
    return '"' + spaced(word).replace('"', '""').strip() + '"'
