"""A text as its typist left it: as given, without what has its own spelling (links, addresses, file names)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from sellerinbox.guard.reading import READ, Reading

_OWN_SPELLING = re.compile(
    r"https?://[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[\w.-]{1,250}"
    r"|\b[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.(?:com|net|org|de|uk|co|fr|io|shop|store|cn|hk|tw|eu|example|pdf|jpe?g|png|docx?|txt|zip|mp4|html?)\b(?:/[!-~]*)?",
    re.IGNORECASE,
)
_HAN = "\u3400-\u9fff"


class Slip(NamedTuple):
    """One careless place: the rule's id, the place in the text, the right characters or None."""

    rule: str
    start: int
    end: int
    better: str | None


class Typed:
    """The text the form rules look at; its places are those of the text as given."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        # Each own spelling becomes as many letters of no case, so that nothing in it is found and no place moves.
        self.text = _OWN_SPELLING.sub(lambda match: "\u02bc" * len(match[0]), reading.text[:READ])

    @cached_property
    def french(self) -> bool:
        """Whether a space before ? ! : ; is as it should be."""
        return "fr" in self._reading.languages

    @cached_property
    def english(self) -> bool:
        """Whether it is English."""
        return "en" in self._reading.languages

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages it may be in."""
        return self._reading.languages

    @cached_property
    def chinese(self) -> bool:
        """Whether there is Chinese in it."""
        return self._reading.folded.has_han

    def places(self, rule: str, pattern: re.Pattern[str], better: str | None = None) -> Iterator[Slip]:
        """Every match of a pattern; its group `at` is the place, `better` a template for the right characters."""
        for match in pattern.finditer(self.text):
            start, end = match.span("at")
            if "\u02bc" not in match[0]:
                yield Slip(rule, start, end, None if better is None else match.expand(better))
