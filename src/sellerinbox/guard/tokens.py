"""A folded text in tokens: words, numbers, single Chinese characters, signs that mean something.

Apostrophes stay with the letters before them ("don't" is `don'` and `t`, "l'avis" is `l'` and
`avis`), hyphens part words; patterns of rules are cut by the same knife, so both always fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sellerinbox.guard.fold import Folded, folded

_TOKEN = re.compile(
    r"(?P<word>(?!\d)[^\W_\u3040-\u30ff\u3400-\u9fff]+'?)|(?P<number>\d+(?:[.,:']\d+)*)|(?P<han>[\u3040-\u30ff\u3400-\u9fff])"
    r"|(?P<end>[.!?;\n]+|…|！|？|；)|(?P<sign>[@#%&+=*/€$£¥:]|[\u2600-\u27bf\u2b50\U0001f300-\U0001faff])"
)
MOST = 4_000
"""Tokens that are read; the longest message a marketplace takes has fewer (Amazon, 4,000 characters)."""
_MANY = 400
"""Sentences after which only long ones are told apart: no honest text has so many, and each costs the rules time."""
_LONG = 40
_SHORT = "mr mrs ms dr nr no st z b d h usw ca bzw inkl zzgl tel art sr sra m mme ex approx vs etc e g i u"
_ABBREVIATIONS = frozenset(_SHORT.split())


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text and where each stands."""

    folded: Folded
    words: tuple[str, ...]
    starts: tuple[int, ...]
    """Places in the folded text."""
    ends: tuple[int, ...]
    sentence: tuple[int, ...]
    """Token → number of its sentence."""
    first: tuple[int, ...]
    """Sentence → its first token; one more at the end."""
    asks: tuple[bool, ...]
    """Sentence → whether it ends with a question mark."""
    cut: bool = False
    """Whether there were more than `MOST`."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the text as given from token `start` up to, not including, token `end`."""
        return self.folded.span(self.starts[start], self.ends[end - 1])

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that occurs."""
        return frozenset(self.words)


def tokens(text: str | Folded) -> Tokens:
    """Cut a text into tokens and sentences."""
    whole = folded(text) if isinstance(text, str) else text
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentence: list[int] = []
    first, asks, number, cut = [0], [False], 0, False
    for match in _TOKEN.finditer(whole.text):
        kind, found = match.lastgroup, match[0]
        if kind == "end":
            short = number >= _MANY and len(words) - first[-1] < _LONG
            if short or len(words) == first[-1] or (found == "." and words[-1] in _ABBREVIATIONS):
                asks[-1] = asks[-1] or "?" in found or "？" in found
                continue
            asks[-1] = "?" in found or "？" in found
            first.append(len(words))
            asks.append(False)
            number += 1
            continue
        if len(words) == MOST:
            cut = True
            break
        words.append(found)
        starts.append(match.start())
        ends.append(match.end())
        sentence.append(number)
    if first[-1] != len(words):
        first.append(len(words))
    else:
        asks.pop()
    return Tokens(whole, tuple(words), tuple(starts), tuple(ends), tuple(sentence), tuple(first), tuple(asks), cut)
