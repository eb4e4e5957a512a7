"""What a buyer asks, and a cautious guess at whether a reply answers it (practice 15): ticks in the send review, no verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise

from sellerinbox.domain import question_words as said
from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.day_phrases import phrases
from sellerinbox.domain.day_words import LANGUAGES
from sellerinbox.domain.sentences import lower, sentences

_MARKS = re.compile(r"[?？]")
_HAN = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ADDRESS = re.compile(r"https?://\S*|www\.\S*")
_LONGEST_REPLY = 4_000
"""Characters of a reply that are looked at: twice what a marketplace takes."""
_STEM = 5
"""Letters by which two words count as the same: refund, refunded; lieferung, lieferungen."""
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_ANY_CALENDAR = Calendar(UTC)


def questions(text: str) -> tuple[str, ...]:
    """The sentences of a message that ask something, in order, each on one line.

    With a question mark or without ("can you tell me when", "please let me know whether");
    English, German, Chinese, French and Spanish. The same question twice counts once.
    """
    low = lower(text)
    found = (" ".join(text[start:end].split()) for start, end in sentences(text) if _asks(low[start:end]))
    return tuple(dict.fromkeys(found))


def answered(asked: Iterable[str], reply: str) -> tuple[bool, ...]:
    """For each question whether the reply seems to answer it; in doubt not.

    A day answers "when", an amount answers "how much"; anything else needs words in common. What the
    reply itself asks answers nothing.
    """
    reply = reply[:_LONGEST_REPLY]
    low = lower(reply)
    said_there = "\n".join(low[start:end] for start, end in sentences(reply) if not _asks(low[start:end]))
    return tuple(_answers(lower(question), said_there) for question in asked)


def _asks(sentence: str) -> bool:
    bare = _ADDRESS.sub(" ", sentence)  # an address may have a question mark inside
    if _MARKS.search(bare):
        return any(char.isalnum() for char in bare)
    if _HAN.search(bare):
        return bool(_pattern(said.CHINESE).search(bare))
    return bool(_pattern(*said.STARTS).match(bare) or _pattern(*said.ANYWHERE).search(bare))


@lru_cache(maxsize=16)
def _pattern(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(said.COMMON.split())


def _answers(question: str, reply: str) -> bool:
    if _pattern(said.HOW_MUCH).search(question):
        return bool(_pattern(said.AMOUNT).search(reply))
    if _pattern(said.WHEN).search(question):
        return _names_a_day(reply)
    about = frozenset(_content(question))
    if not about:
        return False
    return len(about & frozenset(_content(reply))) >= min(2, len(about))


def _names_a_day(reply: str) -> bool:
    return bool(_pattern(said.SPAN).search(reply)) or any(phrases(reply, language, _ANY_DAY, _ANY_CALENDAR) for language in LANGUAGES)


def _content(text: str) -> Iterator[str]:
    """What a text is about: stems of its telling words, and pairs of neighbouring Chinese signs."""
    for word in _WORD.findall(text):
        if word not in _common() and not _HAN.match(word):
            yield word[:_STEM]
    for run in _HAN.findall(text):
        for pair in pairwise(run):
            if not said.EMPTY_SIGNS & set(pair):
                yield "".join(pair)
