"""Texts with holes: which variables there are, and how a text is filled.

The language is Jinja2's, cut down to what a message needs (see `sandbox`): `{{ tracking or "…" }}`,
`{% if shipped %}`. The older `{tracking}` still works and means the same. A value is only ever a
value: a buyer called `{{ tracking }}` or `{tracking}` stays that, nothing he writes is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sellerinbox.domain.errors import ConfigError
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
    "next_working_day": "The next day on which you work and will answer.",
    "last_scan": "What the carrier said last of the parcel, and where.",
    "last_scan_on": "The day of the carrier's last scan.",
    "delivered_on": "The day on which the parcel was delivered.",
    "service": "The way of shipping the buyer chose.",
    "address": "The address, masked: enough to recognise it, too little to misuse.",
    "total": "What the buyer paid, with the currency.",
    "amount": "An amount of money with its currency, for example 5.00 GBP.",
    "date": "The day you name, as the buyer should read it.",
    "part": "The part you send, for example the lid.",
    "policy": "The line of your listing or return policy, word for word.",
    "alternative": "What you can do for the buyer instead.",
    "answer": "Your answer to the buyer's question.",
    "fault": "What went wrong, in a few words, for example the lid arrived cracked.",
    "solution": "What was done about it, for example a new lid was sent the same day.",
    "steps": "What the buyer does, step by step.",
}
"""Variable → one sentence for the dialog that asks for a missing value. Those from `amount` on are always asked for."""
FLAGS: Mapping[str, str] = {
    "paid": "the order is paid",
    "shipped": "a parcel is on its way",
    "delivered": "the parcel was delivered",
    "complaint": "the buyer complains, so an apology comes first",
}
"""Yes or no, only for `{% if … %}`: any value is yes, None and the empty text are no."""
MULTILINE = frozenset({"steps", "answer"})
"""Values that may have more than one line."""
TEXT_LIMIT = 10_000
"""Characters of a text as written."""
VALUE_LIMIT = 2_000
"""Characters taken of a value."""

_RAW = r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}"
_TOKEN = re.compile(rf"{_RAW}|\{{\{{.*?\}}\}}|\{{%.*?%\}}|\{{#.*?#\}}|\{{([^{{}}\n]*)\}}|[{{}}]", re.DOTALL)
_NAME = re.compile(r"[^\W\d]\w*")
_ENGINE = re.compile(r"\{[{%#]")
_ONLY_NAME = re.compile(r"\{\{-?\s*([^\W\d]\w*)\s*-?\}\}")
_MARK = "\ue000"
"""Behind every value while a text is put together; a private character that no text keeps."""
_STOP_TWICE = re.compile(rf"(\.){_MARK}\.(?!\.)|([。！？!?]){_MARK}[.。]")
_GAPS = re.compile(r"[ \t]*\n(?:[ \t]*\n){2,}")


class TemplateMistake(ConfigError):
    """A text can't be used as it is written; `line` counts from its first line, `why` is the end of a sentence."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(f"The canned reply can't be used, so nothing was written: line {line} of its text: {why}")
        self.why = why
        self.line = line


class Filled(NamedTuple):
    """A text with its values in place."""

    text: str
    missing: tuple[str, ...]
    """Variables without a value, in reading order; they still stand in the text, in braces, and the guard stops them."""


def fill(text: str, values: Mapping[str, str | None]) -> Filled:
    """Put the values in, each literally; a value that is absent, None or blank is false, and reported as missing where it is printed.

    A value that ends in a full stop swallows the one right behind it ("am {{ date }}." never becomes
    "am 25. Nov.."). Raises `TemplateMistake` for a text that can't be used.
    """
    from sellerinbox.replies import sandbox  # Jinja2 comes with the first reply, not with the first screen

    known = {name: value for name, given in values.items() if (value := _value(name, given))}
    raw, missing = sandbox.render(modern(text), known, _MARK)
    whole = _STOP_TWICE.sub(lambda twice: (twice[1] or twice[2]) + _MARK, raw).replace(_MARK, "")
    return Filled(_GAPS.sub("\n\n", whole).strip("\n"), missing)


def modern(text: str) -> str:
    """The text with every old `{name}` as `{{ name }}`; lines stay the same lines."""
    return _TOKEN.sub(_modern, text)


def placeholders(text: str) -> tuple[str, ...]:
    """The variables a text prints or asks about, in reading order, each once; known or not. Raises `TemplateMistake`."""
    from sellerinbox.replies import sandbox

    return sandbox.names(modern(text))


def quick_mistake(text: str) -> tuple[int, str] | None:
    """What is plainly wrong with a text: (position, end of a sentence), without reading it as a template."""
    if len(text) > TEXT_LIMIT:
        return 0, f"the text has {len(text)} characters and {TEXT_LIMIT} are the most"
    return next(_mistakes(text), None)


def _mistakes(text: str) -> Iterator[tuple[int, str]]:
    for token in _TOKEN.finditer(text):
        name = token[1].strip() if token[1] is not None else None
        if only := _ONLY_NAME.fullmatch(token[0]):
            name = only[1]
        if name is not None and name not in VARIABLES:
            yield token.start(), _unknown(name)
        elif token[0] == "{" or (token[0] == "}" and not _ENGINE.search(text)):
            near = text[max(0, token.start() - 15) : token.start() + 15].replace("\n", " ")
            yield token.start(), f"a brace stands alone near “{near}”; a brace that is meant to be read is written {{{{ '{{' }}}}"


def _unknown(name: str) -> str:
    if name in FLAGS:
        return f"{{{name}}} is yes or no and can't be printed; write {{% if {name} %}}…{{% endif %}}"
    from sellerinbox.replies.nearest import nearest

    return f"{{{name}}} is not a known variable{nearest(name, tuple(VARIABLES))}"


def _modern(token: re.Match[str]) -> str:
    name = (token[1] or "").strip()
    return f"{{{{ {name} }}}}" if _NAME.fullmatch(name) else token[0]


def _value(name: str, given: str | None) -> str:
    text = clean((given or "")[:VALUE_LIMIT]).replace(_MARK, "")
    if name in MULTILINE:
        return "\n".join(line.rstrip() for line in text.strip().splitlines())
    return " ".join(text.split())
