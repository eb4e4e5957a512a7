"""What a list shows of a conversation, derived from its messages, marks, promises and the seller's targets.

Read by one question for a whole page of conversations and written back by one statement, so
that a first sync pays once for each conversation and not for each message.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session

from sellerinbox.domain.conversations import state_of
from sellerinbox.domain.deadlines import POSTSALE, PRESALE, STANDARD, Targets
from sellerinbox.domain.models import Direction, Kind, State
from sellerinbox.domain.text import excerpt
from sellerinbox.domain.thanks import is_thanks
from sellerinbox.store.rows import json_list
from sellerinbox.store.sessions import Sessions, asking, execute, execute_many, rows
from sellerinbox.store.targets import IN_FORCE, RANKED_BY, RULES, fingerprint, is_ranked, read, setting, written
from sellerinbox.store.values import from_ms, rank_due, rank_other, rank_woken, time_of, to_ms

_CHUNK = 2_000
_HEAD = 641
"""Letters of a message that are read here: enough for what a list shows of it."""
_THANKS = 200
"""Nobody only thanks at greater length; a long text is not looked through for it."""


class _Facts(NamedTuple):
    """One conversation as `_FACTS` finds it; messages by their keys, 0 where there is none."""

    id: int
    account: str
    kind: str
    closed: int
    created_at: int
    waived: int
    thanked: int
    snoozed: int
    snoozed_until: int | None
    woken_at: int | None
    woke: str | None
    ours: int
    theirs: int
    answer: int
    """Our newest message that is more than a greeting or holding reply."""
    owed: int
    """The oldest message of theirs that waits for one."""
    text: str | None
    last_at: int | None
    promise: int | None
    bought: int | None


class _Clock(NamedTuple):
    """When an answer is owed, in milliseconds."""

    owed_at: int | None = None
    acked_at: int | None = None
    due_at: int | None = None


def recompute(session: Session, conversations: Iterable[int]) -> None:
    """Derive anew what a list shows of these conversations."""
    stored = setting(asking(session), IN_FORCE)
    targets = STANDARD if stored is None else read(stored)
    found = [_Facts(*row) for row in rows(session, _FACTS, (json_list(conversations),))]
    execute_many(session, _DERIVE, [_derived(session, facts, targets) for facts in found])
    # What is closed, here or at the marketplace, does not sleep as well.
    execute_many(session, _NEVER_BOTH, [(facts.id,) for facts in found if facts.closed and facts.snoozed])


def rank_all(sessions: Sessions, targets: Targets | None) -> None:
    """Compute the clocks anew where they were computed with other targets, some thousand conversations at a time.

    None takes the targets in force. The caller holds nothing. Killed on the way, it starts over the next time.
    """
    with sessions.read() as session:
        if is_ranked(asking(session), targets):
            return
        stored, before = (setting(asking(session), name) for name in (IN_FORCE, RANKED_BY))
    text = (stored or written(STANDARD)) if targets is None else written(targets)
    everything = before is None or not before.startswith(f"{RULES} ")
    with sessions.write() as session:
        execute(session, _SET, (IN_FORCE, text))
        numbers = [row[0] for row in rows(session, _EVERY if everything else _CLOCKED)]
    for start in range(0, len(numbers), _CHUNK):
        with sessions.write() as session:
            recompute(session, numbers[start : start + _CHUNK])
    with sessions.write() as session:
        execute(session, _RANKED, (RANKED_BY, fingerprint(text), IN_FORCE, text))


def _derived(session: Session, facts: _Facts, targets: Targets) -> tuple[object, ...]:
    state = _state(facts)
    last = facts.created_at if facts.last_at is None else facts.last_at
    klass = None if facts.bought is None else POSTSALE if facts.bought else PRESALE
    waits = state is State.OPEN and facts.kind == Kind.BUYER and facts.owed > 0
    clock = _clock(session, facts, targets, klass) if waits else _Clock()
    woken = None if facts.closed or (facts.woken_at is not None and time_of(facts.ours) > facts.woken_at) else facts.woken_at
    due, due_kind = _first_due(clock.due_at, facts.promise, woken)
    return (
        excerpt(facts.text or ""),
        last,
        clock.owed_at,
        state.value,
        _rank(facts, due, due_kind, last),
        time_of(facts.theirs) if facts.theirs else None,
        clock.acked_at,
        clock.due_at,
        facts.promise,
        due,
        due_kind,
        klass,
        waits and facts.theirs > max(facts.ours, facts.thanked) and only_thanks(facts.text),
        woken,
        None if woken is None else facts.woke,
        facts.id,
    )


def _state(facts: _Facts) -> State:
    newest = Direction.IN if facts.theirs > facts.answer else Direction.OUT
    state = state_of(bool(facts.closed), newest if facts.theirs or facts.ours else None)
    return State.WAITING if state is State.OPEN and 0 < facts.theirs <= facts.waived else state


def _clock(session: Session, facts: _Facts, targets: Targets, klass: str | None) -> _Clock:
    """The reply clock of a buyer who waits.

    A greeting or holding reply leaves it running, or hands it over to the promise it made. When
    the buyer then writes again, and more than a thank-you, he waits anew from there.
    """
    since, acked_at = facts.owed, None
    if facts.ours > facts.owed:
        again = _first_again(session, facts)
        acked_at = time_of(facts.ours) if again is None else None
        if facts.promise is not None:
            if again is None:
                return _Clock(time_of(facts.owed), acked_at, None)
            since = again
    due = to_ms(from_ms(time_of(since)) + targets.target(facts.account, klass))
    return _Clock(time_of(facts.owed), acked_at, due)


def _first_again(session: Session, facts: _Facts) -> int | None:
    """The first message of the buyer since our greeting or holding reply that is more than a thank-you."""
    if facts.theirs < facts.ours:
        return None
    return next((number for number, text in rows(session, _SINCE, (_HEAD, facts.id, facts.ours)) if not only_thanks(text)), None)


def only_thanks(text: str | None) -> bool:
    """Whether a message is a thank-you and nothing else."""
    return text is not None and len(text) <= _THANKS and is_thanks(text)


def _first_due(reply: int | None, promise: int | None, woken: int | None) -> tuple[int | None, str | None]:
    if woken is not None:
        return woken, "snooze"
    clocks = [(at, kind) for at, kind in ((reply, "reply"), (promise, "promise")) if at is not None]
    return min(clocks, default=(None, None))


def _rank(facts: _Facts, due: int | None, due_kind: str | None, last: int) -> int:
    if facts.snoozed and not facts.closed:
        return rank_other(last) if facts.snoozed_until is None else rank_due(facts.snoozed_until)
    if due is None:
        return rank_other(last)
    return rank_woken(due) if due_kind == "snooze" else rank_due(due)


# Without their LIMIT the inner questions would be put into the outer one, and asked three times.
_FACTS = """WITH latest AS (
  SELECT c.id, c.account, c.kind, c.closed, c.created_at, c.settled_id, c.waived_id, c.thanked_id, c.snoozed, c.snoozed_until,
   c.woken_at, c.woke, c.listing_id, c.buyer,
   coalesce((SELECT m.id FROM message m WHERE m.conversation_id = c.id AND m.direction = 'out' ORDER BY m.id DESC LIMIT 1), 0) AS ours,
   coalesce((SELECT m.id FROM message m WHERE m.conversation_id = c.id AND m.direction = 'in' ORDER BY m.id DESC LIMIT 1), 0) AS theirs
  FROM json_each(?) j JOIN conversation c ON c.id = j.value LIMIT -1),
 answered AS (
  SELECT l.*,
   CASE WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = l.id AND o.ack_only = 1 AND o.sent_id IS NOT NULL)
    THEN coalesce((SELECT m.id FROM message m WHERE m.conversation_id = l.id AND m.direction = 'out'
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = l.id AND o.ack_only = 1 AND o.sent_id = m.remote_id)
      ORDER BY m.id DESC LIMIT 1), 0)
    ELSE l.ours END AS answer
  FROM latest l LIMIT -1)
 SELECT a.id, a.account, a.kind, a.closed, a.created_at, a.waived_id, a.thanked_id, a.snoozed, a.snoozed_until, a.woken_at, a.woke,
  a.ours, a.theirs, a.answer,
  coalesce((SELECT i.id FROM message i WHERE i.conversation_id = a.id AND i.id > max(a.answer, a.settled_id, a.waived_id)
   AND i.direction = 'in' ORDER BY i.id LIMIT 1), 0),
  substr(n.text, 1, 641), n.sent_at,
  (SELECT min(p.due_at) FROM promise p WHERE p.conversation_id = a.id AND p.state = 'open'),
  CASE WHEN a.listing_id IS NOT NULL AND a.kind = 'buyer' THEN EXISTS (SELECT 1 FROM order_line l
   WHERE l.account = a.account AND l.listing_id = a.listing_id AND l.buyer = a.buyer) END
 FROM answered a LEFT JOIN message n ON n.id = max(a.ours, a.theirs)"""
_SINCE = """SELECT m.id, substr(m.text, 1, ?) FROM message m WHERE m.conversation_id = ? AND m.id > ? AND m.direction = 'in'
 ORDER BY m.id"""
_DERIVE = """UPDATE conversation SET snippet = ?, last_message_at = ?, oldest_unanswered_at = ?, state = ?, rank = ?,
 last_inbound_at = ?, acked_at = ?, reply_due_at = ?, promise_due_at = ?, due_at = ?, due_kind = ?, klass = ?, thanks = ?,
 woken_at = ?, woke = ? WHERE id = ?"""
_NEVER_BOTH = "UPDATE conversation SET snoozed = 0, snoozed_until = NULL, snooze_condition = NULL, snooze_when = NULL WHERE id = ?"
_EVERY = "SELECT id FROM conversation ORDER BY id"
_CLOCKED = "SELECT id FROM conversation WHERE reply_due_at IS NOT NULL ORDER BY id"
_RANKED = """INSERT INTO setting (name, value) SELECT ?, ? WHERE (SELECT value FROM setting WHERE name = ?) = ?
 ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
_SET = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
