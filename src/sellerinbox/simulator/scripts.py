"""The hand-written conversations, read from `material/threads_*.toml`.

One table per conversation:

    buyer, first, last, country    who writes; all invented
    item                           a key of `catalogue.toml`
    orders = ["shipped 6d"]        what he bought, newest first: a state of `opening.py` and an age
    messages = [["buyer", "2d4h", "…"], ["seller", "1d", "…"]]   who, how long before the start, what
    answers = [["20s", "…"]]       what he writes after each further reply of the seller, and how fast
    later = [["4m", "…"]]          what he writes by himself after the start, unless he was answered
    generic = true                 the words fit any item, so copies may be about another one

Words may hold {first} {name} {user} {item} {listing} {order} {tracking} {carrier} {price} {city}.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import chain, zip_longest
from typing import Any

from sellerinbox.simulator.catalogue import material
from sellerinbox.simulator.shop import Answer

LANGUAGES = ("en", "de", "zh", "fr", "es")
_PART = re.compile(r"(\d+)([dhms])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a script; `before` is how long before the start it was written."""

    from_seller: bool
    before: timedelta
    words: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order of a script: a state and how long ago it was placed."""

    state: str
    age: timedelta


@dataclass(frozen=True, slots=True)
class Script:
    """One hand-written conversation. `buyer` empty: eBay itself writes, in HTML."""

    language: str
    kind: str
    buyer: str
    first: str
    last: str
    country: str | None
    item: str | None
    title: str
    orders: tuple[Purchase, ...]
    messages: tuple[Utterance, ...]
    answers: tuple[Answer, ...]
    later: tuple[Answer, ...]
    generic: bool
    archived: bool
    photo: bool

    @property
    def waiting(self) -> bool:
        """Whether the buyer wrote last."""
        return not self.messages[-1].from_seller


def duration(text: str) -> timedelta:
    """`2d4h` as a length of time. Raises `ValueError` for anything else."""
    if not re.fullmatch(r"(?:\d+[dhms])+", text):
        raise ValueError(f"{text!r} is no length of time like 2d4h")
    return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in _PART.findall(text)), timedelta())


@cache
def scripts() -> tuple[Script, ...]:
    """All conversations, languages in turn, so that any number of them is a mixture."""
    by_language = [[_script(entry, language) for entry in material(f"threads_{language}")["thread"]] for language in LANGUAGES]
    notices = [_notice(entry) for entry in material("notices")["notice"]]
    mixed = chain.from_iterable(zip_longest(*by_language, notices))
    return tuple(script for script in mixed if script is not None)


@cache
def closings(language: str) -> tuple[str, ...]:
    """What the seller said at the end of conversations long settled."""
    return tuple(material(f"threads_{language}")["closings"])


def _script(entry: dict[str, Any], language: str) -> Script:
    return Script(
        language=language,
        kind=entry["kind"],
        buyer=entry["buyer"],
        first=entry["first"],
        last=entry["last"],
        country=entry.get("country"),
        item=entry["item"],
        title="",
        orders=tuple(_purchase(text) for text in entry.get("orders", ())),
        messages=tuple(Utterance(who == "seller", duration(before), words) for who, before, words in entry["messages"]),
        answers=_answers(entry.get("answers", ())),
        later=_answers(entry.get("later", ())),
        generic=entry.get("generic", False),
        archived=entry.get("archived", False),
        photo=entry.get("photo", False),
    )


def _notice(entry: dict[str, Any]) -> Script:
    page = (files("sellerinbox.simulator") / "material" / entry["page"]).read_text("utf-8")
    said = Utterance(from_seller=False, before=duration(entry["before"]), words=page)
    return Script("en", "notice", "", "", "", None, None, entry["title"], (), (said,), (), (), generic=True, archived=False, photo=False)


def _purchase(text: str) -> Purchase:
    state, age = text.split()
    return Purchase(state, duration(age))


def _answers(entries: Any) -> tuple[Answer, ...]:
    return tuple(Answer(duration(after), words) for after, words in entries)
