"""Which language a buyer writes in: by script, then by the small words every sentence has.

Small and local on purpose: it picks one of a dozen languages from a few short messages, and
says None rather than guess, because a reply in the wrong language is worse than a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from sellerinbox.domain.language_words import WORDS

_LETTERS = {
    "de": "äöüß",
    "fr": "éèêàçùœâîôûë",
    "es": "ñ¿¡áíóú",
    "pt": "ãõçáâêó",
    "pl": "łąęśźżćńó",
    "sv": "åäö",
    "da": "åæø",
    "it": "àèéìòù",
    "tr": "ğışçöü",
    "nl": "ë",
}
_SCRIPTS = {
    "ko": re.compile("[\uac00-\ud7a3\u1100-\u11ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NOT_TALK = re.compile(r"https?://[!-~]+|[!-~]+@[!-~]+|[A-Za-z0-9-]*\d[A-Za-z0-9-]*")

LANGUAGES = frozenset(WORDS) | frozenset(_SCRIPTS) | {"zh", "ja"}
"""Every language that can be told, with or without canned replies in it."""

_HISTORY = 6
"""Buyer messages looked at; what he wrote before that says little about today."""
_LENGTH = 1000
"""Characters of a message looked at."""
_CAP = 6.0
"""The most one message may weigh, so that a long old one does not drown a short new one."""
_ENOUGH = 0.9
_MARGIN = 1.2


def _owners() -> dict[str, list[str]]:
    owners: dict[str, list[str]] = {}
    for language, words in WORDS.items():
        for word in set(words.split()):
            owners.setdefault(word, []).append(language)
    return owners


_OWNERS = _owners()


def language_of(texts: Sequence[str], known: Container[str]) -> str | None:
    """The language a buyer writes in, from his messages, oldest first; the last count most.

    None when they do not tell, or tell a language that is not in `known`: a French buyer is
    never taken for an English one because French is not known.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    weight = 1.0
    for text in reversed(texts[-_HISTORY:]):
        told = _scores(text[:_LENGTH])
        for language, score in told.items():
            scores[language] += weight * score
        # "ok 👍" says nothing, so the message before it is still the last that does.
        weight /= 3 if told else 1
    best = _clear_winner(scores)
    return best if best is not None and best in known else None


def _clear_winner(scores: Mapping[str, float]) -> str | None:
    ranked = sorted(scores, key=lambda language: -scores[language])
    if not ranked or scores[ranked[0]] < _ENOUGH:
        return None
    if len(ranked) > 1 and scores[ranked[0]] < scores[ranked[1]] * _MARGIN:
        return None
    return ranked[0]


def _scores(text: str) -> dict[str, float]:
    text = _NOT_TALK.sub(" ", text.replace("’", "'"))
    scores = _script_scores(text)
    for language, score in _word_scores(text.casefold()).items():
        scores[language] = scores.get(language, 0.0) + score
    shrink = min(1.0, _CAP / max(scores.values(), default=_CAP))
    return {language: score * shrink for language, score in scores.items()}


def _script_scores(text: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    if text.isascii():
        return scores
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if han or kana:
        # One の is fashion in Chinese; Japanese can't write a sentence without several.
        japanese = kana > 1 and kana * 6 >= han
        scores["ja" if japanese else "zh"] = 0.5 * (han + kana)
    for language, script in _SCRIPTS.items():
        if count := len(script.findall(text)):
            scores[language] = 0.3 * count
    return scores


def _word_scores(text: str) -> dict[str, float]:
    """Small words, shared by how many languages use them, and letters that few languages have."""
    scores: defaultdict[str, float] = defaultdict(float)
    for word in _LATIN_WORD.findall(text):
        owners = _OWNERS.get(word, [])
        for language in owners:
            scores[language] += 1 / len(owners)
    if not text.isascii():
        for language, letters in _LETTERS.items():
            if hits := sum(letter in text for letter in letters):
                scores[language] += 0.4 * hits
    return scores
