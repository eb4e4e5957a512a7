"""Sleeping conversations: out of the open views until their time comes, the parcel moves, or the buyer writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from sellerinbox.domain.models import Key
from sellerinbox.domain.orders import Order
from sellerinbox.i18n import N_
from sellerinbox.store.deriving import recompute
from sellerinbox.store.listing import HAS_COME, NEXT_WAKE
from sellerinbox.store.rows import json_list
from sellerinbox.store.sessions import Sessions, execute, execute_many, rows
from sellerinbox.store.values import maybe_ms, maybe_time, storable, to_ms

TIME = "time"
TRACKING = "tracking"
NO_ANSWER = "no_answer"
CONDITIONS = (TIME, TRACKING, NO_ANSWER)

IS_OVER = N_("The time you set has come.")
NOT_MOVED = N_("The parcel has not moved since you set this aside.")
NOT_ANSWERED = N_("The buyer has not answered.")
WROTE = N_("The buyer wrote.")
MOVED = N_("The parcel moved.")
NOT_SENT = N_("Your reply was not sent.")
_IN_TIME = {TRACKING: NOT_MOVED, NO_ANSWER: NOT_ANSWERED}


class Snoozes:
    """What sleeps, and what wakes it."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def wake(self, now: datetime) -> tuple[Key, ...]:
        """Wake everything whose time has come; cheap when nothing has. Returns what woke."""
        with self._sessions.read() as session:
            if not rows(session, HAS_COME, (to_ms(now),)):
                return ()
        with self._sessions.write() as session:
            found = rows(session, _COME, (to_ms(now),))
            # Woken at the time that was set, not when somebody looked: so they stand in that order.
            rouse(session, [(number, _IN_TIME.get(condition, IS_OVER), until) for number, _, _, until, condition in found])
        return tuple(Key(account, remote_id) for _, account, remote_id, _, _ in found)

    def next_wake(self) -> datetime | None:
        """When the next one wakes by time; None when none does."""
        with self._sessions.read() as session:
            return maybe_time(rows(session, NEXT_WAKE)[0][0])

    def set(self, numbers: Iterable[int], until: datetime | None, condition: str, words: str, session: Session) -> None:
        """Let conversations (row numbers) sleep; `words` say until when or what."""
        entries = list(numbers)
        execute(session, _SLEEP, (maybe_ms(until), condition, storable(words), json_list(entries)))
        recompute(session, entries)


def rouse(session: Session, entries: Sequence[tuple[int, str, int]]) -> None:
    """Bring sleeping conversations back on top: row number, why, and the time in milliseconds."""
    execute_many(session, _ROUSE, [(at, why, number) for number, why, at in entries])
    recompute(session, [number for number, _, _ in entries])


def asleep(session: Session, numbers: Iterable[int]) -> list[int]:
    """Which of these conversations sleep."""
    return [row[0] for row in rows(session, _ASLEEP, (json_list(numbers),))]


def rouse_tracked(session: Session, account: str, moved: Sequence[Order], at: int) -> None:
    """Parcels of these orders have moved: wake who waits for that."""
    if not rows(session, "SELECT 1 FROM conversation c WHERE c.snoozed = 1 AND c.snooze_condition = 'tracking' LIMIT 1"):
        return
    wanted = {(storable(order.buyer), storable(line.listing_id)) for order in moved for line in order.lines if line.listing_id}
    found = rows(session, _TRACKED, (account,))
    rouse(session, [(number, MOVED, at) for number, buyer, listing in found if (buyer, listing) in wanted])


def parcels_moved(before: Order | None, after: Order) -> bool:
    """Whether any parcel has news since the stored reading of the order."""
    known = set() if before is None else {(each.id, each.status, each.last_event_at) for each in before.shipments}
    return any(
        (each.id, each.status, each.last_event_at) not in known and (before is not None or each.status or each.last_event_at)
        for each in after.shipments
    )


_COME = """SELECT c.id, c.account, c.remote_id, c.snoozed_until, c.snooze_condition FROM conversation c
 WHERE c.snoozed = 1 AND c.snoozed_until IS NOT NULL AND c.snoozed_until <= ? ORDER BY c.snoozed_until, c.id"""
_SLEEP = """UPDATE conversation SET snoozed = 1, snoozed_until = ?, snooze_condition = ?, snooze_when = ?, woken_at = NULL, woke = NULL
 WHERE id IN (SELECT value FROM json_each(?))"""
_ROUSE = """UPDATE conversation SET snoozed = 0, snoozed_until = NULL, snooze_condition = NULL, snooze_when = NULL,
 woken_at = ?, woke = ? WHERE id = ? AND snoozed = 1"""
_ASLEEP = "SELECT c.id FROM json_each(?) j JOIN conversation c ON c.id = j.value WHERE c.snoozed = 1"
_TRACKED = """SELECT c.id, c.buyer, c.listing_id FROM conversation c
 WHERE c.account = ? AND c.snoozed = 1 AND c.snooze_condition = 'tracking'"""
