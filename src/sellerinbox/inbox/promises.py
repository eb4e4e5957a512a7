"""The promise ledger: what the seller told buyers he would do, by when, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.promises import Promise, PromiseState
from sellerinbox.domain.text import clean, excerpt
from sellerinbox.i18n import _
from sellerinbox.inbox.desk import Act, Desk
from sellerinbox.inbox.files import Files

LONGEST = 200
"""Letters of a promise that are kept."""


class Promises:
    """Promises of all conversations. One closes by a later answer, a new date, or a reason to drop it; never by itself."""

    def __init__(self, files: Files, clock: Clock, enqueued: Callable[[], None]) -> None:
        self._files = files
        self._clock = clock
        self._desk = Desk(files, clock, enqueued)

    def open(self, limit: int = 50) -> tuple[Promise, ...]:
        """What is still to be kept, the one due first at the top."""
        return self._files.windows.open_promises(limit)

    def of(self, key: Key) -> tuple[Promise, ...]:
        """Every promise of a conversation, kept and dropped ones too, the oldest first."""
        return self._files.windows.promises_of(key)

    def overdue(self) -> int:
        """How many have not been kept in time."""
        return self._files.windows.overdue_promises(self._clock.now())

    def take_news(self) -> bool:
        """Whether a promised time has passed since this was last asked: then the promises come first."""
        now = self._clock.now()
        seen = self._files.windows.setting(_SEEN)
        newest = self._files.windows.newest_overdue(now)
        if newest is None or (seen is not None and newest.isoformat() <= seen):
            return False
        with self._desk.act() as act:
            act.store.promises.remember(_SEEN, newest.isoformat(), act.session)
        return True

    def add(self, key: Key, text: str, due_at: datetime, made_by: int | str | None = None) -> Promise:
        """Write down a promise; `made_by` is the outbox id or message id that says it. Raises `NotFound`, `UsageError` without words."""
        with self._desk.act() as act:
            number = act.store.promises.add(key, one_line(text), due_at, at=act.now, made_by=made_by, session=act.session)
            act.note("promise", key, {"promise": number})
            return act.store.promises.get(number, act.session)

    def renew(self, promise_id: int, due_at: datetime) -> Promise:
        """The same promise with a new date. Raises `NotFound`, `UsageError` when it is not open."""
        with self._desk.act() as act:
            old = _still_open(act, promise_id)
            act.store.promises.close(promise_id, PromiseState.RENEWED, at=act.now, session=act.session)
            number = act.store.promises.add(old.key, old.text, due_at, at=act.now, session=act.session)
            act.note("renewed", old.key, {"promise": number, "before": promise_id})
            return act.store.promises.get(number, act.session)

    def drop(self, promise_id: int, reason: str) -> Promise:
        """Close it unkept, with a reason. Raises `NotFound`, `UsageError` without one or when it is not open."""
        why = excerpt(clean(reason), LONGEST)
        if not why:
            raise UsageError(_("Say why this promise need not be kept any more; it stays open until then."))
        with self._desk.act() as act:
            old = _still_open(act, promise_id)
            act.store.promises.close(promise_id, PromiseState.DROPPED, at=act.now, reason=why, session=act.session)
            act.note("dropped", old.key, {"promise": promise_id})
            return act.store.promises.get(promise_id, act.session)


_SEEN = "promises_seen"
"""The latest promised time that a start of the program has put in front of the seller."""


def one_line(text: str) -> str:
    """A promise's words as they are kept. Raises `UsageError` when there are none."""
    words = excerpt(clean(text), LONGEST)
    if not words:
        raise UsageError(_("A promise needs its words: say what you told the buyer you would do."))
    return words


def _still_open(act: Act, promise_id: int) -> Promise:
    found = act.store.promises.get(promise_id, act.session)
    if found.state is not PromiseState.OPEN:
        raise UsageError(
            _("This promise to {buyer} is {state} already, so there is nothing to change.").format(buyer=found.buyer, state=found.state)
        )
    return found
