"""Which languages a text is in, so that the French word for a mark is not looked for in English."""

from __future__ import annotations

import re

from sellerinbox.domain.languages import language_of
from sellerinbox.guard.fold import Folded

_OURS = ("en", "de", "fr", "es", "zh")
_TOLD = (*_OURS, "it", "nl", "pt", "pl", "sv", "da", "ro", "tr", "ja", "ko", "ru")
_SENTENCE = re.compile(r"[.!?。！？\n]+")


def languages_in(text: str, reading: Folded) -> set[str]:
    """Those of en, de, fr, es, zh that it may be in; empty when nothing tells, which means all.

    Each sentence may have its own: an English text with a French offer in it is in both.
    """
    found = {"zh"} if reading.has_han else set()
    sentences = {sentence.strip() for sentence in [text[:4000], *_SENTENCE.split(text)]}
    told = {language_of([sentence], _TOLD) for sentence in sentences if sentence}
    found |= {language for language in told if language in _OURS and language != "zh"}
    if "fr" in found:
        # "Si no cambia, le bloqueo": a short Spanish sentence has more words that French has too than own ones.
        found.add("es")
    if "ja" in told or "ko" in told:
        found.add("zh")
    latin = re.search("[a-z]{2}", reading.text) is not None
    if latin and not found - {"zh"}:
        # Too short or too odd to tell: every language written in these letters may be meant.
        found |= {"en", "de", "fr", "es"}
    return found
