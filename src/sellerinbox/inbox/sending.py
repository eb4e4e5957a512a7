"""A reply with everything that belongs to it, queued as one action: promises, tags, and what then becomes of the conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import Interrupted, PromiseOpen, UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.i18n import _
from sellerinbox.inbox import triage
from sellerinbox.inbox.desk import Act
from sellerinbox.inbox.promises import one_line

if TYPE_CHECKING:
    from sellerinbox.domain.calendar import Calendar
    from sellerinbox.domain.promises import Promised
    from sellerinbox.domain.snooze import Snooze

Then = Literal["stay", "close", "snooze"]
"""What becomes of the conversation once its reply is queued."""


class Outgoing(NamedTuple):
    """A reply that the seller has decided to send."""

    key: Key
    text: str
    wait: timedelta
    """How long it can be called back."""
    ack_only: bool
    canned: str | None
    seen_id: str | None
    from_draft: bool
    accepted: str | None = None
    """Why it goes in spite of what the guard said."""


class Beside(NamedTuple):
    """What is done together with a reply."""

    then: Then
    snooze: Snooze | None
    words: str
    """Until when the snooze lasts."""
    promises: tuple[tuple[str, datetime], ...]
    tags: frozenset[str]


def beside(
    then: Then, snooze: Snooze | None, promises: Sequence[Promised], tags: Iterable[str], clock: Clock, calendar: Callable[[], Calendar]
) -> Beside:
    """Check it before anything is stored. Raises `UsageError`."""
    if (then == "snooze") is (snooze is None):
        raise UsageError(_("A conversation is put off only with a time or an event, so nothing was sent; say until when."))
    words = ""
    if snooze is not None:
        from sellerinbox.domain.snooze import words as in_words

        words = in_words(snooze, clock.now(), calendar())
    return Beside(then, snooze, words, tuple(map(_dated, promises)), frozenset(map(triage.tag_name, tags)))


def submit(act: Act, reply: Outgoing, extra: Beside) -> OutboxItem:
    """Queue the reply and do what belongs to it, inside one action. Raises `Interrupted`, `PromiseOpen`."""
    store, key, session = act.store, reply.key, act.session
    if reply.seen_id is not None and store.outbox.interrupted(key, reply.seen_id, session):
        raise Interrupted(
            _("{buyer} wrote again in the meantime, so nothing was sent; read it, then send.").format(
                buyer=store.threads.row(key, session).buyer
            )
        )
    if extra.then == "close":
        _refuse_closing(act, reply, extra)
    latest = store.outbox.latest_id(session)
    item = store.outbox.enqueue(
        OutboxKind.REPLY,
        key,
        reply.text,
        at=act.now,
        not_before=act.now + reply.wait,
        ack_only=reply.ack_only,
        canned=reply.canned,
        then=extra.then,
        accepted=reply.accepted,
        session=session,
    )
    act.told = True
    if item.id > latest:  # else it is the reply of an earlier press
        _belongs(act, reply, extra, item)
    if reply.from_draft or store.drafts.get(key, session).strip() == reply.text:
        store.drafts.save(key, "", at=act.now, session=session)
    return item


def keep_text(act: Act, item: OutboxItem) -> bool:
    """Make a called-back reply the draft of its conversation; False when something else is being written there."""
    key = Key(item.account, item.remote_id)
    if act.store.drafts.get(key, act.session):
        return False
    act.store.drafts.save(key, item.text, at=act.now, session=act.session)
    return True


def too_late(item: OutboxItem) -> str:
    """Why an item can't be called back, as a plain sentence."""
    words = {
        OutboxState.SENDING: "it is being sent right now",
        OutboxState.SENT: "it has arrived at the marketplace",
        OutboxState.CANCELLED: "it was called back before",
        OutboxState.UNCONFIRMED: "it may have arrived; the next sync will tell",
    }
    return _("Too late to call this reply back: {get}.").format(get=words.get(item.state, item.state))


def _belongs(act: Act, reply: Outgoing, extra: Beside, item: OutboxItem) -> None:
    key, session = reply.key, act.session
    act.note("reply", key, {"outbox": item.id, "before": act.store.marks.of(key, session), "promises": len(extra.promises)})
    act.store.marks.seen_awake(key, session)
    if extra.promises:
        act.store.promises.renew_open(key, item.id, at=act.now, session=session)
        for words, due_at in extra.promises:
            act.store.promises.add(key, words, due_at, at=act.now, made_by=item.id, session=session)
    if extra.tags:
        triage.change_tags(act, key, set(extra.tags), set())
    before = act.store.marks.of(key, session)
    if extra.then == "close" and not before["closed"]:
        act.set_closed(key, closed=True)
        act.note("done", key, {"before": before})
    elif extra.snooze is not None:
        triage.put_off(act, key, extra.snooze, extra.words)


def _refuse_closing(act: Act, reply: Outgoing, extra: Beside) -> None:
    if extra.promises:
        raise PromiseOpen(
            _("This reply promises something, so its conversation can't be closed with it; put it off instead."), (reply.key,)
        )
    if reply.ack_only:
        triage.refuse_promises(act, [reply.key])


def _dated(promised: Promised) -> tuple[str, datetime]:
    if promised.due_at is None:
        raise UsageError(_("“{text}” has no date yet, so nothing was sent; say by when.").format(text=one_line(promised.text)))
    return one_line(promised.text), promised.due_at
