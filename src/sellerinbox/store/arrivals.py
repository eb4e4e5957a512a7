"""What new messages do beside being there: they wake, they keep promises, they tell how a canned reply was taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session

from sellerinbox.domain.messages import Message
from sellerinbox.store.deriving import only_thanks
from sellerinbox.store.rows import json_list
from sellerinbox.store.sessions import execute_many, rows
from sellerinbox.store.snoozes import WROTE, asleep, rouse
from sellerinbox.store.values import to_ms


class Arrival(NamedTuple):
    """News in one conversation."""

    conversation: int
    theirs: tuple[Message, ...]
    ours: tuple[Message, ...]
    """Written by the seller elsewhere, or a reply of his whose end we have not recorded yet."""


def follow(session: Session, arrivals: Sequence[Arrival], now: int) -> None:
    """Draw the conclusions; `now` in milliseconds. The caller derives the conversations anew afterwards."""
    written = [each for each in arrivals if each.theirs]
    if written:
        execute_many(session, _OVERTAKE, [(each.conversation,) for each in written])
        _note_taken(session, written)
        _wake(session, written, now)
    if answered := [each for each in arrivals if each.ours]:
        _keep(session, answered)


def _wake(session: Session, written: Sequence[Arrival], now: int) -> None:
    sleeping = set(asleep(session, [each.conversation for each in written]))
    # A thank-you changes nothing that the seller waits for.
    serious = [each for each in written if each.conversation in sleeping and not all(only_thanks(message.text) for message in each.theirs)]
    rouse(session, [(each.conversation, WROTE, now) for each in serious])


def _note_taken(session: Session, written: Sequence[Arrival]) -> None:
    by_number = {each.conversation: each for each in written}
    for number, item_id, sent_at in rows(session, _CANNED, (json_list(by_number),)):
        later = [message for message in by_number[number].theirs if to_ms(message.sent_at) >= sent_at]
        if later:
            thanks = only_thanks(min(later, key=lambda message: message.sent_at).text)
            execute_many(session, "UPDATE outbox SET followed = ? WHERE id = ?", [("thanks" if thanks else "message", item_id)])


def _keep(session: Session, answered: Sequence[Arrival]) -> None:
    """An answer on the marketplace's own page keeps what was promised before it.

    Not while a reply of ours may be that message: what that one keeps is known when it is settled.
    """
    latest = {each.conversation: max(to_ms(message.sent_at) for message in each.ours) for each in answered}
    unclear = {row[0] for row in rows(session, _GOING, (json_list(latest),))}
    entries = [(sent_at, number, sent_at) for number, sent_at in latest.items() if number not in unclear]
    execute_many(session, _KEPT, entries)


_CANNED = """SELECT o.conversation_id, max(o.id), m.sent_at FROM json_each(?) j
 JOIN outbox o ON o.conversation_id = j.value AND o.canned IS NOT NULL AND o.sent_id IS NOT NULL AND o.followed IS NULL
 JOIN message m ON m.account = o.account AND m.remote_id = o.sent_id GROUP BY o.conversation_id"""
# What may be at the marketplace already can't be stopped; should it come back untaken, it is.
_OVERTAKE = "UPDATE outbox SET overtaken = 1 WHERE conversation_id = ? AND kind = 'reply' AND state IN ('queued', 'sending')"
_GOING = """SELECT DISTINCT o.conversation_id FROM json_each(?) j JOIN outbox o ON o.conversation_id = j.value
 WHERE o.kind = 'reply' AND o.state IN ('sending', 'unconfirmed')"""
_KEPT = "UPDATE promise SET state = 'kept', closed_at = ? WHERE conversation_id = ? AND state = 'open' AND made_at < ?"
