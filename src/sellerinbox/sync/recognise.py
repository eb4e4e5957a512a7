"""Is this message of ours in the thread the reply we are looking for?

A marketplace may change a text on its way: escape it, cut it at its limit, take a link out,
hide a word. What is recognised too easily makes a lost reply look sent, what is recognised too
hardly only makes the seller decide, so anything but an equal text has to be the only candidate
and differ in nothing but known changes. Nothing here ever leads to sending again.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from sellerinbox.domain.messages import Message
from sellerinbox.domain.text import clean, same_text

_MASK = re.compile(r"\*{2,}|[•×#_]{3,}|\[[^\[\]]*\]|<[^<>]*>|…")
"""What a marketplace puts where it hid a word: ***, [removed], <link removed>."""
_CONTACT = re.compile(r"://|\bwww\.|@|\.\w{2,3}(?:/|\b)|(?:\d\W?){6,}", re.IGNORECASE)
"""What it takes out altogether: links, addresses, long numbers."""
_CUT_AT_LEAST = 500
"""Characters that a cut text keeps before its beginning alone tells it apart."""
_EQUAL_SHARE = 0.6
"""Share of the words that must have come through unchanged."""


def recognise(text: str, candidates: Sequence[Message]) -> Message | None:
    """The message that is this text, oldest first; None when there is none or it is not sure."""
    for message in sorted(candidates, key=lambda each: each.sent_at):
        if same_text(text, message.text) or (message.raw is not None and same_text(text, message.raw)):
            return message
    if len(candidates) == 1 and _changed_on_the_way(_words(text), _words(candidates[0].text)):
        return candidates[0]
    return None


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", clean(html.unescape(text))).split()


def _changed_on_the_way(ours: list[str], theirs: list[str]) -> bool:
    return _is_cut(" ".join(ours), " ".join(theirs)) or _is_masked(ours, theirs)


def _is_cut(ours: str, theirs: str) -> bool:
    beginning = theirs.rstrip(".… ")
    return len(beginning) >= _CUT_AT_LEAST and ours.startswith(beginning)


def _is_masked(ours: list[str], theirs: list[str]) -> bool:
    equal = 0
    for what, from_, to, their_from, their_to in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            equal += to - from_
        elif not _hidden(ours[from_:to], theirs[their_from:their_to]):
            return False
    return equal >= _EQUAL_SHARE * len(ours) > 0


def _hidden(ours: list[str], theirs: list[str]) -> bool:
    """Whether these words of ours were hidden behind those of theirs."""
    if not ours:
        return False
    if not theirs:
        return all(_CONTACT.search(word) for word in ours)
    return bool(_MASK.search(" ".join(theirs)))
