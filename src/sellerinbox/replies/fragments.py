"""Fragments: words that several replies share, written once and put in where a text names them.

They are put in when a file is read, so a fragment is only ever text of the seller's own; what a
buyer is called can't name one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sellerinbox.replies.nearest import nearest
from sellerinbox.replies.template import TEXT_LIMIT
from sellerinbox.replies.wrong import Wrong

Fragments = Mapping[str, Mapping[str, str]]
"""Name → language → text."""

GREETING = "greeting"
CLOSING = "closing"
_CALL = re.compile(
    r"""\{\{-?[ \t]*fragment\([ \t]*(?:"([\w-]+)"|'([\w-]+)')[ \t]*\)[ \t]*-?\}\}"""
    r"""|\{%-?[ \t]*include[ \t]+(?:"([\w-]+)"|'([\w-]+)')[ \t]*-?%\}"""
)
_DEPTH = 8


def called(text: str) -> tuple[str, ...]:
    """The names of the fragments a text puts in."""
    return tuple(dict.fromkeys(match[match.lastindex or 0] for match in _CALL.finditer(text)))


def without(text: str) -> str:
    """A text with nothing in the places of its fragments, line by line the same."""
    return _CALL.sub("", text)


def inline(text: str, language: str, fragments: Fragments) -> str:
    """The text with its fragments in place.

    Raises `Wrong` for a fragment that is not there, has no text in the language, contains
    itself, or makes the text longer than a text may be.
    """
    return _inlined(text, _Call(language, fragments, [TEXT_LIMIT]), _DEPTH)


class _Call(NamedTuple):
    language: str
    fragments: Fragments
    room: list[int]
    """Characters that may still be read, counted as the text grows: ten fragments of ten of ten are many before one is seen."""


def _inlined(text: str, call: _Call, depth: int) -> str:
    call.room[0] -= len(text)
    if call.room[0] < 0:
        raise Wrong("", f"with its fragments the text has more than {TEXT_LIMIT} characters")

    def put(match: re.Match[str]) -> str:
        name = match[match.lastindex or 0]
        if depth == 0:
            raise Wrong("", f"the fragment “{name}” contains itself, or fragments lie {_DEPTH} deep in each other")
        return _inlined(find(name, call.language, call.fragments), call, depth - 1)

    return _CALL.sub(put, text)


def find(name: str, language: str, fragments: Fragments) -> str:
    """A fragment in a language or its nearest relative (de for de-AT). Raises `Wrong`."""
    if name not in fragments:
        raise Wrong("", f"there is no fragment “{name}”{nearest(name, fragments)}")
    texts = fragments[name]
    base = language.partition("-")[0]
    chosen = next((code for code in (language, base) if code in texts), None)
    chosen = chosen or next((code for code in texts if code.partition("-")[0] == base), None)
    if chosen is None:
        raise Wrong("", f"the fragment “{name}” has no text in {language}")
    return texts[chosen]
