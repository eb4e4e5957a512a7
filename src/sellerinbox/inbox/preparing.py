"""A canned reply filled in for one conversation: its words, what is missing, what it promises and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sellerinbox import replies as canned
from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.domain.promises import NewPromise
from sellerinbox.domain.views import ThreadView
from sellerinbox.inbox.choosing import thread_language


class Prepared(NamedTuple):
    """A canned reply filled in for one conversation."""

    reply: canned.CannedReply
    text: str
    missing: tuple[str, ...]
    """Variables without a value; they still stand in the text and must be asked for."""
    language: str
    exact: bool
    """False when the reply has no text in the buyer's language and another was taken."""
    thread_language: str | None
    locked: str | None = None
    """Why it can't be sent here, as the end of a sentence; None when it can."""
    promise: NewPromise | None = None
    """What sending it promises, with the day."""
    effects: canned.Effects = canned.Effects()
    """What happens besides the sending, of all the replies it is made of."""
    names: tuple[str, ...] = ()
    """The replies it is made of."""


class Here(NamedTuple):
    """The conversation and the moment a reply is prepared for."""

    view: ThreadView
    match: OrderMatch | None
    situation: canned.Situation
    now: datetime
    """Aware."""
    calendar: Calendar


def prepare(
    catalogue: canned.Replies,
    replies: Sequence[canned.CannedReply],
    here: Here,
    given: Mapping[str, str],
    swaps: Mapping[str, str] | None = None,
) -> Prepared:
    """Fill one reply, or several as one message, with what is known and given; `swaps` takes other blocks.

    Raises `ConfigError` for a text of the seller's that can't be used, `UsageError` for replies that don't go together.
    """
    theirs = thread_language(here.view)
    values = known_values(replies[0], here, given)
    composed = canned.compose(catalogue, [reply.name for reply in replies], theirs, values, swaps)
    effect = composed.effects.promise
    promise = None if effect is None else NewPromise(effect.text, due_of(effect, here, given))
    locked = next((why for reply in replies if (why := canned.lock(reply, here.situation)) is not None), None)
    return Prepared(
        replies[0], composed.text, composed.missing, composed.language, not composed.language_missing and theirs is not None,
        theirs, locked, promise, composed.effects, composed.names,
    )  # fmt: skip


def known_values(reply: canned.CannedReply | None, here: Here, given: Mapping[str, str]) -> dict[str, str | None]:
    """Variable → what the conversation and its order say, in the language that the reply will be in."""
    theirs = thread_language(here.view)
    language = canned.variant(reply, theirs)[1] if reply is not None else theirs or "en"
    label = PROFILES[here.view.row.marketplace].label
    local, next_day = here.now.astimezone(here.calendar.timezone), here.calendar.next_working_day(here.now)
    values = {**canned.values_for(here.view.row, here.match, label, local, language, next_day), **given}
    if here.situation.klass == "complaint" and not given.get("complaint"):
        values["complaint"] = "yes"  # the row knows orders, the situation has read the words
    return values


def keep(folder: Path, catalogue: canned.Replies, here: Here, name: str, text: str) -> Path:
    """Make a canned reply of a text, its facts as variables, in a new file. Raises `UsageError`, `ConfigError`."""
    language = canned.language_of([text], canned.LANGUAGES) or thread_language(here.view) or "en"
    template = canned.suggest_placeholders(text, known_values(None, here, {}))
    taken = {reply.name.casefold() for reply in catalogue.entries}
    return canned.save_canned(folder, name, name, template, language, taken)


def due_of(effect: canned.PromiseEffect, here: Here, given: Mapping[str, str]) -> datetime:
    """By when a canned reply's promise is owed (aware); the next working day where nothing better is known."""
    order = here.match.order if here.match else None
    known = {"ship_by": order.ship_by if order else None, "deliver_by": order.deliver_to if order else None}
    moment = known.get(effect.when)
    if moment is not None and moment > here.now:
        return moment
    if effect.when not in known and effect.when != "next_working_day":
        typed = given.get("date", "") if effect.when == "date" else effect.when
        if (until := _read(typed, here)) is not None:
            return until
    return here.calendar.due_on(here.calendar.next_working_day(here.now))


def _read(typed: str, here: Here) -> datetime | None:
    from sellerinbox.domain.snooze import parse

    try:
        return parse(typed, here.now, here.calendar).until if typed else None
    except UsageError:
        return None  # a day in the seller's own words: the promise is kept all the same
