"""Is a buyer's message a thank-you and nothing else (practice 10)?

Local and readable rules: a message is laid out with the phrases in `thanks_words`, and whatever does not fit in makes it
"no". A question, a complaint, a request or a condition always needs a word that is not in the tables.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from sellerinbox.domain.thanks_words import LANGUAGES, ThanksWords
from sellerinbox.domain.thanks_words.chinese import ZH_BESIDE, ZH_DAYS, ZH_GIFTS, ZH_SIMPLE, ZH_THANKS, ZH_UNTIL
from sellerinbox.domain.thanks_words.signs import FRIENDLY_SIGNS, NOT_NAMES, THANKFUL_SIGNS

_LONGEST = 400
"""Characters: nobody thanks for longer without saying something else."""
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|\n|[^\w\s]")
_PUNCTUATION = frozenset(".,!-–—:;~*'\"’‘“”()…·。，！、～；：^+&/_|")
_SMILE = re.compile(r"(?:^|\s)(?:[:;]-?[)D]|<3|\^\^)(?=\s|$|[.!,])")
_HAN = re.compile("[\u3400-\u9fff]")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_PIECES = re.compile(r"[^\W_]+")
_NAMES = 2


class _Tables(NamedTuple):
    longest: int
    """Words of the longest phrase."""
    thanks: frozenset[tuple[str, ...]]
    beside: frozenset[tuple[str, ...]]
    what_for: frozenset[tuple[str, ...]]
    gifts: frozenset[tuple[str, ...]]
    until: frozenset[tuple[str, ...]]
    days: frozenset[tuple[str, ...]]
    to_name: frozenset[tuple[str, ...]]


def is_thanks(text: str) -> bool:
    """Whether a message only says thank you: no question, complaint, request or condition in it.

    In doubt no. English, German, Chinese, French, Spanish, Italian and Dutch, and thankful emoji.
    """
    bare = _SMILE.sub(" ", text.strip())
    if not bare or len(bare) > _LONGEST or "?" in bare or "？" in bare or "¿" in bare:
        return False
    words, signs = _without_signs(unicodedata.normalize("NFC", bare))
    if words is None:
        return False
    if not _PIECES.search(words):
        return signs
    if _HAN.search(words):
        return _chinese(words, signs)
    tokens = _TOKEN.findall(_HYPHEN.sub(" ", words.replace("’", "'")))
    return any(_fits(tokens, _tables(language), signs) for language in LANGUAGES)


def _without_signs(text: str) -> tuple[str | None, bool]:
    """The text without friendly signs, and whether one of them says thank you; None for the text when an unfriendly one is there."""
    kept, thankful = [], False
    for char in text:
        if unicodedata.category(char) in ("So", "Sk", "Mn", "Cf", "Me") and char not in _PUNCTUATION:
            thankful = thankful or char in THANKFUL_SIGNS
            if char not in THANKFUL_SIGNS and char not in FRIENDLY_SIGNS and unicodedata.category(char) == "So":
                return None, False
            kept.append(" " if unicodedata.category(char) == "So" else "")
        else:
            kept.append(char)
    return "".join(kept), thankful or "♥" in text


@lru_cache(maxsize=len(LANGUAGES))
def _tables(language: str) -> _Tables:
    words: ThanksWords = LANGUAGES[language]
    tables = [frozenset(tuple(phrase.split()) for phrase in table.split(",") if phrase.strip()) for table in words]
    return _Tables(max(len(phrase) for table in tables for phrase in table), *tables)


def _fits(tokens: list[str], tables: _Tables, thankful: bool) -> bool:
    """Whether the words can be laid out from left to right, the longest phrase first, with a thank-you among them."""
    at, opened = 0, ""
    named = False  # names may follow here
    while at < len(tokens):
        word = tokens[at]
        if word == "\n" or word in _PUNCTUATION:
            opened = opened if word in "-.'" else ""
            named = named and word != "."
            at += 1
            continue
        phrase = _longest(tokens, at, tables, opened)
        if phrase is None:
            names = _names(tokens, at) if named or _signature(tokens, at, thankful) else 0
            if not names:
                return False
            at, named = at + names, False
            continue
        thankful = thankful or phrase in tables.thanks
        opened = _opens(phrase, tables, opened)
        named = phrase in tables.to_name
        at += len(phrase)
    return thankful


def _opens(phrase: tuple[str, ...], tables: _Tables, opened: str) -> str:
    """What may follow a phrase: gifts behind "for", days behind "until"; it stays open while they go on."""
    if phrase in tables.what_for:
        return "gifts"
    if phrase in tables.until and not (opened == "days" and phrase in tables.days):
        return "days"
    still = (opened == "gifts" and phrase in tables.gifts) or (opened == "days" and (phrase in tables.days or phrase[0].isdigit()))
    return opened if still else ""


def _longest(tokens: list[str], at: int, tables: _Tables, opened: str) -> tuple[str, ...] | None:
    words = tuple(token.lower() for token in tokens[at : at + tables.longest])
    for length in range(len(words), 0, -1):
        phrase = words[:length]
        if phrase in tables.thanks or phrase in tables.beside or phrase in tables.what_for or phrase in tables.until:
            return phrase
        if (opened == "gifts" and phrase in tables.gifts) or (opened == "days" and phrase in tables.days):
            return phrase
    return words[:1] if opened == "days" and words[0].isdecimal() and len(words[0]) <= 2 else None


def _names(tokens: list[str], at: int) -> int:
    """How many words here look like somebody's name: one or two, capital letter first, and no word of trade."""
    count = 0
    for token in tokens[at : at + _NAMES]:
        if not (token[0].isupper() and token.isalpha() and token.lower() not in _not_names() and (len(token) == 1 or token[1:].islower())):
            break
        count += 1
    return count


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(NOT_NAMES.split())


def _signature(tokens: list[str], at: int, thankful: bool) -> bool:
    """Whether what is left is a line of its own at the end, below the thanks."""
    rest = tokens[at:]
    return thankful and at > 0 and tokens[at - 1] == "\n" and "\n" not in rest and len(rest) <= _NAMES


@lru_cache(maxsize=1)
def _chinese_tables() -> tuple[dict[str, str], int]:
    tables = {"day": ZH_DAYS, "gift": ZH_GIFTS, "beside": ZH_BESIDE, "thanks": ZH_THANKS}
    kinds = {phrase: kind for kind, table in tables.items() for phrase in table.split()} | {"ok": "beside"}
    return kinds, max(map(len, kinds))


def _chinese(words: str, thankful: bool) -> bool:
    """The same for Chinese: sign by sign, the longest phrase first."""
    for piece in _PIECES.findall(words.lower().translate(ZH_SIMPLE)):
        kinds = _laid_out(piece)
        if kinds is None or ("day" in kinds and not ZH_UNTIL & set(piece)):
            return False
        if "gift" in kinds and "thanks" not in kinds[: kinds.index("gift")]:
            return False
        thankful = thankful or "thanks" in kinds
    return thankful


def _laid_out(piece: str) -> list[str] | None:
    """The kinds of the phrases a piece consists of; None when something is left over."""
    table, longest = _chinese_tables()
    kinds, at = [], 0
    while at < len(piece):
        phrase = next((piece[at : at + size] for size in range(longest, 0, -1) if piece[at : at + size] in table), None)
        if phrase is None:
            return None
        kinds.append(table[phrase])
        at += len(phrase)
    return kinds
