"""`fits`, `locks` and `effects` of an entry. Every mistake is a `Wrong`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sellerinbox.domain.profiles import PROFILES
from sellerinbox.replies.conditions import (
    CLASSES,
    EVIDENCE,
    MOMENTS,
    NEEDS,
    ORDER_STATES,
    REASONS,
    UNLESS,
    Effects,
    Fits,
    Locks,
    PromiseEffect,
)
from sellerinbox.replies.nearest import nearest
from sellerinbox.replies.wrong import Wrong

_FITS = ("class", "reason", "order", "evidence", "moment", "safety", "weight")
_LOCKS = ("once", "needs", "unless", "not_for", "order", "off")
_EFFECTS = ("promise", "snooze", "close", "tag", "ack_only")
_WHEN = re.compile(r"next_working_day|ship_by|deliver_by|date|\+[1-9]\d{0,2}[hdw]")
_TAG = re.compile(r"[\w-]{1,40}")
# Channels that a seller may name before they are built in: a lock for them must not be a mistake today.
_MARKETPLACES = frozenset(PROFILES) | {"amazon", "aliexpress", "ebay", "etsy", "mercadolibre"}
_WEIGHT = 10

Table = Mapping[str, object]


def fits_of(entry: Table) -> Fits:
    """Where it belongs. Raises `Wrong`."""
    table = _table(entry, "fits", _FITS)
    weight = table.get("weight", 0)
    if not isinstance(weight, int) or isinstance(weight, bool) or abs(weight) > _WEIGHT:
        raise Wrong("fits.weight", f"fits.weight = {weight!r} can't be used; write a number from -{_WEIGHT} to {_WEIGHT}")
    return Fits(
        klass=_words(table, "fits", "class", CLASSES),
        reason=_words(table, "fits", "reason", REASONS),
        order=_words(table, "fits", "order", ORDER_STATES),
        evidence=_words(table, "fits", "evidence", EVIDENCE),
        moment=_words(table, "fits", "moment", MOMENTS),
        safety=_flag(table, "fits", "safety"),
        weight=weight,
    )


def locks_of(entry: Table) -> Locks:
    """What forbids it. Raises `Wrong`."""
    table = _table(entry, "locks", _LOCKS)
    return Locks(
        once=_flag(table, "locks", "once"),
        needs=_words(table, "locks", "needs", NEEDS),
        unless=_words(table, "locks", "unless", UNLESS),
        not_for=_words(table, "locks", "not_for", REASONS),
        order=_words(table, "locks", "order", ORDER_STATES),
        off=_words(table, "locks", "off", _MARKETPLACES),
    )


def effects_of(entry: Table) -> Effects:
    """What else happens. Raises `Wrong`."""
    table = _table(entry, "effects", _EFFECTS)
    snooze = table.get("snooze")
    if snooze is not None and (not isinstance(snooze, str) or not snooze.strip()):
        raise Wrong("effects.snooze", f'effects.snooze = {snooze!r} can\'t be used; write it as you type it, such as "+2d" or "mon 9"')
    effects = Effects(
        promise=_promise(table),
        snooze=snooze,
        close=_flag(table, "effects", "close"),
        tags=_words(table, "effects", "tag", None),
        ack_only=_flag(table, "effects", "ack_only"),
    )
    if effects.close and effects.promise:
        raise Wrong("effects.close", "it closes the conversation and makes a promise; a promise keeps a conversation open")
    if effects.close and effects.snooze:
        raise Wrong("effects.close", "it closes the conversation and puts it to sleep; only one of the two can be meant")
    return effects


def _promise(table: Table) -> PromiseEffect | None:
    promise = table.get("promise")
    if promise is None:
        return None
    if not isinstance(promise, dict):
        raise Wrong("effects.promise", 'write effects.promise = { text = "what was said", when = "next_working_day" }')
    for unknown in promise.keys() - set(PromiseEffect._fields):
        raise Wrong(f"effects.promise.{unknown}", f"“effects.promise.{unknown}” is not known{nearest(unknown, PromiseEffect._fields)}")
    text, when = promise.get("text"), promise.get("when", "next_working_day")
    if not isinstance(text, str) or not text.strip() or "\n" in text.strip():
        raise Wrong("effects.promise.text", "a promise needs a text on one line that says what was promised")
    if not isinstance(when, str) or not _WHEN.fullmatch(when):
        known = "next_working_day, ship_by, deliver_by, date, or a span such as +2d or +12h"
        raise Wrong("effects.promise.when", f"when = {when!r} can't be used; write {known}")
    return PromiseEffect(text.strip(), when)


def _table(entry: Table, name: str, known: tuple[str, ...]) -> Table:
    table = entry.get(name, {})
    if not isinstance(table, dict):
        raise Wrong(name, f"{name} is a group; write for example {name}.{known[0]} = …")
    for unknown in table.keys() - set(known):
        raise Wrong(f"{name}.{unknown}", f"“{name}.{unknown}” is not known{nearest(unknown, known)}")
    return table


def _words(table: Table, group: str, name: str, known: Iterable[str] | None) -> tuple[str, ...]:
    """One word or a list of words, each of them known (None: any that can be a tag)."""
    given = table.get(name, [])
    words = [given] if isinstance(given, str) else given
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise Wrong(f"{group}.{name}", f"{group}.{name} is a word or a list of words")
    for word in words:
        if known is None and not _TAG.fullmatch(word):
            raise Wrong(f"{group}.{name}", f"“{word}” can't be a tag; use letters, digits and hyphens")
        if known is not None and word not in known:
            raise Wrong(f"{group}.{name}", f"{group}.{name}: “{word}” is not known{nearest(word, known)}")
    return tuple(words)


def _flag(table: Table, group: str, name: str) -> bool:
    given = table.get(name, False)
    if not isinstance(given, bool):
        raise Wrong(f"{group}.{name}", f"{group}.{name} = {given!r} can't be used; write true or false")
    return given
