"""Placeholders: which there are, and how a text is filled.

Deliberately no template language yet: one pass over the text, so that a value is only ever
a value. A buyer called `{tracking}` stays `{tracking}`; nothing he writes is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sellerinbox.domain.text import clean

VARIABLES: Mapping[str, str] = {
    "buyer": "How the buyer is addressed: the first name if it is known, otherwise the user name.",
    "order": "The order number.",
    "item": "The title of the item the buyer writes about.",
    "carrier": "Who carries the parcel, for example Royal Mail.",
    "tracking": "The parcel's tracking number.",
    "shipped_on": "The day on which the parcel was handed to the carrier.",
    "ship_by": "The day by which the parcel will be handed to the carrier at the latest.",
    "deliver_by": "The last day of the delivery time that the buyer was shown.",
    "marketplace": "The marketplace's name, for example eBay.",
    "next_working_day": "The next day, Monday to Friday, on which you will answer.",
}
"""Placeholder → one sentence for the dialog that asks for a missing value."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its values in place."""

    text: str
    missing: tuple[str, ...]
    """Placeholders without a value, in reading order; they still stand in the text, in braces."""


def fill(text: str, values: Mapping[str, str | None]) -> Filled:
    """Put the values in, each literally; a value that is absent, None or blank is reported as missing.

    `{{` and `}}` become single braces. A value that ends in a full stop swallows the one right
    behind its placeholder ("am {day}." never becomes "am Mo., 25. Nov..").
    """
    missing: list[str] = []
    parts: list[str] = []
    end = 0
    swallow = False
    for token in _TOKEN.finditer(text):
        parts.append(_after(text[end : token.start()], swallow))
        piece, swallow = _piece(token, values, missing)
        parts.append(piece)
        end = token.end()
    parts.append(_after(text[end:], swallow))
    return Filled("".join(parts), tuple(dict.fromkeys(missing)))


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces, in reading order, each once; known or not."""
    names = (token[1].strip() for token in _TOKEN.finditer(text) if token[1] is not None)
    return tuple(dict.fromkeys(names))


def lone_braces(text: str) -> Iterator[int]:
    """Where a brace stands without its partner: a mistake in a template."""
    return (token.start() for token in _TOKEN.finditer(text) if token[0] in ("{", "}"))


def _piece(token: re.Match[str], values: Mapping[str, str | None], missing: list[str]) -> tuple[str, bool]:
    """What stands for one token, and whether it swallows a full stop behind it."""
    if token[1] is None:
        return token[0][0], False
    name = token[1].strip()
    value = " ".join(clean(values.get(name) or "").split())
    if not value:
        missing.append(name)
        return token[0], False
    return value, value.endswith(".")


def _after(literal: str, swallow: bool) -> str:
    # Only a single full stop: "..." was meant.
    return literal[1:] if swallow and literal.startswith(".") and not literal.startswith("..") else literal
