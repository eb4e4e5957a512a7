"""The outbox: replies and marks on their way to a marketplace, and what became of them.

A reply is stored before its first byte goes out and never goes out again by itself: see
`domain/outbox.py` for the states. Each method is one transaction under `write.lock`, so
"look at the state, then change it" is one step even with several processes.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from sellerinbox.domain.errors import NotFound, StoreError
from sellerinbox.domain.messages import Message
from sellerinbox.domain.models import Direction, Key
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState, may_become
from sellerinbox.i18n import N_, _
from sellerinbox.store import consequences, settling
from sellerinbox.store.messages import save_messages
from sellerinbox.store.rows import OUTBOX, json_list, outbox_item
from sellerinbox.store.sessions import Sessions, execute, rows
from sellerinbox.store.tables import OutboxRecord
from sellerinbox.store.threads import conversation_id
from sellerinbox.store.values import from_ms, storable, to_ms

DOUBLE_PRESS_MS = 2_000
PAUSE_UNCLEAR = timedelta(minutes=1)
"""Wait before a mark whose outcome is unclear is tried again."""
OPPOSITES = {
    OutboxKind.MARK_READ: OutboxKind.MARK_UNREAD,
    OutboxKind.MARK_UNREAD: OutboxKind.MARK_READ,
    OutboxKind.ARCHIVE: OutboxKind.UNARCHIVE,
    OutboxKind.UNARCHIVE: OutboxKind.ARCHIVE,
}
FOREIGN_ID = N_("The marketplace answered with another message's id; whether this one arrived is being looked up.")
OVERTAKEN = N_("The buyer wrote again before it went out; read it and send again.")
DIED = N_("The program ended while this was going out; whether it arrived is being looked up.")


class Outbox:
    """Everything the seller has decided and a marketplace has, or has not yet, confirmed."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    # --- the seller's side -------------------------------------------------------------

    def enqueue(
        self,
        kind: OutboxKind,
        key: Key,
        text: str = "",
        *,
        at: datetime,
        not_before: datetime,
        ack_only: bool = False,
        canned: str | None = None,
        then: str = "stay",
        accepted: str | None = None,
        session: Session | None = None,
    ) -> OutboxItem:
        """Put something on its way; not sent before `not_before`. Raises `NotFound` for an unknown conversation.

        The same reply pressed again within 2 s of the last press is the same reply. A mark
        cancels its waiting opposite, and one that already waits is not doubled. `ack_only`,
        `canned`, `then` and `accepted` as in `OutboxItem`.
        """
        with self._sessions.joined(session) as own:
            number = conversation_id(own, key)
            if kind.repeatable:
                _cancel_waiting(own, number, OPPOSITES[kind])
                earlier = _ids(own, _WAITING, (number, kind.value))
            else:
                earlier = _pressed_before(own, number, storable(text), to_ms(at))
            if earlier:
                execute(own, "UPDATE outbox SET pressed_at = max(pressed_at, ?) WHERE id = ?", (to_ms(at), earlier[0]))
                return _item(own, earlier[0])
            record = OutboxRecord(
                conversation_id=number,
                kind=kind.value,
                account=storable(key.account),
                remote_id=storable(key.remote_id),
                text=storable(text),
                state=OutboxState.QUEUED.value,
                created_at=to_ms(at),
                pressed_at=to_ms(at),
                not_before=to_ms(not_before),
                ack_only=ack_only,
                canned=None if canned is None else storable(canned),
                next_step=then,
                accepted=None if accepted is None else storable(accepted),
            )
            own.add(record)
            own.flush()
            item = _item(own, record.id)
            execute(own, _MARK, (item.id,))
            return item

    def latest_id(self, session: Session) -> int:
        """The id that was given last; 0 before the first."""
        return int(rows(session, "SELECT coalesce(max(id), 0) FROM outbox")[0][0])

    def interrupted(self, key: Key, seen_id: str, session: Session) -> bool:
        """Whether the buyer wrote something newer than the message (or, `outbox-3`, the reply) that the seller saw last.

        A message never stored proves that he saw nothing: then any message of the buyer is newer.
        """
        number = conversation_id(session, key)
        if seen_id.startswith("outbox-") and seen_id[7:].isdecimal():
            seen = rows(session, "SELECT created_at + 1 << 20 FROM outbox WHERE id = ? AND conversation_id = ?", (int(seen_id[7:]), number))
        else:
            seen = rows(session, "SELECT id FROM message WHERE remote_id = ? AND account = ?", (storable(seen_id), storable(key.account)))
        return bool(rows(session, _NEWER, (number, seen[0][0] if seen else 0)))

    def cancel(self, item_id: int, session: Session | None = None, *, aside: bool = False) -> bool:
        """Call an item back. False when it is too late: it is going out, gone, or its fate is still being looked up.

        What was closed or put off with it is shown again, unless the caller sees to that himself (`aside`).
        Raises `NotFound`.
        """
        with self._sessions.joined(session) as own:
            item = _item(own, item_id)
            undecided = item.state is OutboxState.UNCONFIRMED and not item.not_found
            if undecided or item.state is OutboxState.SENDING or not may_become(item.state, OutboxState.CANCELLED):
                return False
            _move(own, item, OutboxState.CANCELLED)
            consequences.follow(own, item, OutboxState.CANCELLED, to_ms(self._sessions.clock.now()), aside=aside)
            return True

    def resend(self, item_id: int, at: datetime, session: Session | None = None) -> OutboxItem:
        """The seller's decision to send again what was rejected, or looked for twice and not found.

        Raises `StoreError` in any other state: only he may risk that a buyer gets it twice.
        """
        with self._sessions.joined(session) as own:
            item = _item(own, item_id)
            if item.state is OutboxState.UNCONFIRMED and not item.not_found:
                raise StoreError(
                    _("It is not yet clear whether the buyer has this reply; it is still being looked for. Wait for the next sync.")
                )
            if item.state not in (OutboxState.UNCONFIRMED, OutboxState.REJECTED):
                raise _impossible(item, OutboxState.QUEUED)
            told = {"not_before": to_ms(at), "reason": None, "looked_at": None, "not_found": 0, "overtaken": 0}
            return self._move(own, item, OutboxState.QUEUED, **told)

    def end_undo_windows(self, at: datetime, session: Session | None = None) -> None:
        """Let replies go now that only wait for their undo window; what a marketplace asked to wait for keeps waiting."""
        with self._sessions.joined(session) as own:
            execute(own, _END_WINDOWS, (to_ms(at), to_ms(at)))

    # --- the sender's side -------------------------------------------------------------

    def claim_next(self, account: str, now: datetime, *, blocked: Container[str] = ()) -> OutboxItem | None:
        """Take the oldest item that is due and mark it `sending`, before its first byte goes out; None when there is none.

        Skipped are conversations (marketplace ids) in `blocked`, those with something going out
        or unconfirmed, and everything behind an earlier reply that still waits. A reply that the
        buyer's next message has overtaken is not handed out but held: see `hold_overtaken`.
        """
        with self._sessions.write() as session:
            ready = rows(session, f"SELECT o.id, o.remote_id {_READY} AND o.not_before <= ? ORDER BY o.id", (account, to_ms(now)))
            free = (number for number, remote_id in ready if remote_id not in blocked)
            item = next((item for item in (_item(session, number) for number in free) if not self._held(session, item)), None)
            if item is None:
                return None
            newest, beside = settling.newest_known(session, item.id)
            claimed = {
                "attempts": item.attempts + 1,
                "claimed_at": to_ms(now),
                "newest_known_id": newest,
                "known_beside": json_list(beside),
            }
            return _move(session, item, OutboxState.SENDING, **claimed, reason=None, looked_at=None, not_found=0)

    def hold_overtaken(self, account: str) -> tuple[OutboxItem, ...]:
        """Stop the replies that wait although the buyer has written since the seller decided; returns them.

        They become *rejected*, with the sentence why: the text stays, and only the seller sends
        it again. What is going out, or may have arrived, is left alone.
        """
        with self._sessions.read() as session:
            if not rows(session, _OVERTAKEN, (account,)):
                return ()
        with self._sessions.write() as session:
            return tuple(self._hold(session, number) for number in _ids(session, _OVERTAKEN, (account,)))

    def mark_sent(self, item_id: int, message_id: str | None = None, sent_at: datetime | None = None, *, author: str = "") -> None:
        """The marketplace has it. A reply needs `message_id` and `sent_at`, and shows in its thread from now on.

        An id that already belongs to another reply proves nothing: then it is unconfirmed instead.
        """
        with self._sessions.write() as session:
            item = _item(session, item_id)
            if item.kind.repeatable:
                self._move(session, item, OutboxState.SENT, reason=None)
                return
            if message_id is None or sent_at is None:
                raise ValueError("a sent reply has an id and a time")
            if settling.is_matched(session, item.account, message_id):
                self._move(session, item, OutboxState.UNCONFIRMED, reason=_(FOREIGN_ID))
                return
            message = Message(message_id, Direction.OUT, author, sent_at, item.text)
            number = conversation_id(session, Key(item.account, item.remote_id))
            if not rows(session, "SELECT 1 FROM message WHERE account = ? AND remote_id = ?", (item.account, storable(message_id))):
                save_messages(session, item.account, [(number, message)])
            self._move(session, item, OutboxState.SENT, sent_id=storable(message_id), reason=None)

    def mark_rejected(self, item_id: int, reason: str) -> None:
        """The marketplace, or the guard, refused it; the text stays for editing."""
        with self._sessions.write() as session:
            item = _item(session, item_id)
            if item.state is not OutboxState.SENDING:
                raise _impossible(item, OutboxState.REJECTED)
            self._move(session, item, OutboxState.REJECTED, reason=storable(reason))

    def mark_unconfirmed(self, item_id: int, reason: str) -> None:
        """It left us and no clear answer came. A mark, harmless to repeat, waits a minute and goes again."""
        with self._sessions.write() as session:
            item = _item(session, item_id)
            if item.kind.repeatable:
                _wait(session, item, to_ms(self._sessions.clock.now() + PAUSE_UNCLEAR), reason)
            else:
                _move(session, item, OutboxState.UNCONFIRMED, reason=storable(reason))

    def requeue(self, item_id: int, not_before: datetime, reason: str | None) -> None:
        """It surely was not taken; it goes again at `not_before`, by itself."""
        with self._sessions.write() as session:
            _wait(session, _item(session, item_id), to_ms(not_before), reason)

    def recover(self, now: datetime) -> list[OutboxItem]:
        """Settle what a dead process left `sending`; returns it. Only the holder of `sync.lock` may call this."""
        with self._sessions.write() as session:
            dead = [_item(session, number) for number in _ids(session, "SELECT id FROM outbox WHERE state = 'sending' ORDER BY id")]
            return [
                _wait(session, item, to_ms(now), None)
                if item.kind.repeatable
                else _move(session, item, OutboxState.UNCONFIRMED, reason=_(DIED))
                for item in dead
            ]

    def settle(self, item_id: int, found_message_id: str | None, *, at: datetime, complete: bool) -> None:
        """What a look into the thread has shown for an unconfirmed reply.

        Found: it is sent. Not found is said only after two looks at least 60 s apart, the later
        one `complete`; then the seller decides. Raises `StoreError` when it is not unconfirmed,
        or the message already settled another reply.
        """
        with self._sessions.write() as session:
            item = _item(session, item_id)
            if item.state is not OutboxState.UNCONFIRMED:
                raise _impossible(item, OutboxState.SENT)
            if found_message_id is None:
                settling.note_absence(session, item, at, complete)
                return
            if settling.is_matched(session, item.account, found_message_id):
                raise StoreError(_("That message in the thread already belongs to another reply; this one is still unconfirmed."))
            self._move(session, item, OutboxState.SENT, sent_id=storable(found_message_id), reason=None, not_found=0)

    def _held(self, session: Session, item: OutboxItem) -> bool:
        overtaken = bool(_ids(session, f"{_OVERTAKEN} AND o.id = ?", (item.account, item.id)))
        if overtaken:
            self._hold(session, item.id)
        return overtaken

    def _hold(self, session: Session, item_id: int) -> OutboxItem:
        return self._move(session, _item(session, item_id), OutboxState.REJECTED, reason=_(OVERTAKEN))

    def _move(self, session: Session, item: OutboxItem, after: OutboxState, **columns: object) -> OutboxItem:
        moved = _move(session, item, after, **columns)
        consequences.follow(session, item, after, to_ms(self._sessions.clock.now()))
        return moved

    # --- questions ---------------------------------------------------------------------

    def get(self, item_id: int, session: Session | None = None) -> OutboxItem:
        """One item. Raises `NotFound`."""
        if session is not None:
            return _item(session, item_id)
        with self._sessions.read() as session:
            return _item(session, item_id)

    def list(self, limit: int, states: Iterable[OutboxState] | None = None) -> tuple[OutboxItem, ...]:
        """The latest items, newest first."""
        wanted = json_list(state.value for state in (OutboxState if states is None else states))
        with self._sessions.read() as session:
            return tuple(outbox_item(row) for row in rows(session, _LIST, (wanted, limit)))

    def unconfirmed(self, account: str) -> tuple[OutboxItem, ...]:
        """Replies whose fate is unknown, oldest first; those not found are among them."""
        with self._sessions.read() as session:
            return tuple(outbox_item(row) for row in rows(session, _UNCONFIRMED, (account,)))

    def next_due(self, account: str) -> datetime | None:
        """When the next item may go out (a past time: at once); None when nothing waits that could."""
        with self._sessions.read() as session:
            due = rows(session, f"SELECT min(o.not_before) {_READY}", (account,))[0][0]
        return None if due is None else from_ms(due)

    def candidates(self, item: OutboxItem) -> tuple[Message, ...]:
        """Messages that may be this reply: ours, in its thread, newer than what was known, settling no other reply. Oldest first."""
        with self._sessions.read() as session:
            return settling.candidates(session, item)


def _wait(session: Session, item: OutboxItem, not_before: int, reason: str | None) -> OutboxItem:
    """Back to the queue, unless the seller has meanwhile asked for the opposite."""
    if item.state is not OutboxState.SENDING:
        raise _impossible(item, OutboxState.QUEUED)
    queued = _move(session, item, OutboxState.QUEUED, not_before=not_before, reason=None if reason is None else storable(reason))
    if item.kind.repeatable and _ids(session, _OPPOSITE, (item.id, OPPOSITES[item.kind].value)):
        return _move(session, queued, OutboxState.CANCELLED)
    return queued


def _cancel_waiting(session: Session, number: int, kind: OutboxKind) -> None:
    for item_id in _ids(session, _WAITING, (number, kind.value)):
        _move(session, _item(session, item_id), OutboxState.CANCELLED)


def _item(session: Session, item_id: int | None) -> OutboxItem:
    found = rows(session, f"SELECT {OUTBOX} FROM outbox o WHERE o.id = ?", (item_id,))
    if not found:
        raise NotFound(_("There is no outbox item {item_id}; `sellerinbox outbox` lists them.").format(item_id=item_id))
    return outbox_item(found[0])


def _move(session: Session, item: OutboxItem, after: OutboxState, **columns: object) -> OutboxItem:
    if not may_become(item.state, after):
        raise _impossible(item, after)
    changes = {"state": after.value, **columns}
    places = ", ".join(f"{column} = ?" for column in changes)
    if execute(session, f"UPDATE outbox SET {places} WHERE id = ? AND state = ?", (*changes.values(), item.id, item.state.value)) != 1:
        raise _impossible(item, after)
    return _item(session, item.id)


def _impossible(item: OutboxItem, after: OutboxState) -> StoreError:
    return StoreError(
        _("Outbox item {id} is {value} and can't become {value2}; nothing was changed.").format(
            id=item.id, value=item.state.value, value2=after.value
        )
    )


def _ids(session: Session, sql: str, parameters: tuple[object, ...] = ()) -> list[int]:
    return [row[0] for row in rows(session, sql, parameters)]


def _pressed_before(session: Session, number: int, text: str, at: int) -> list[int]:
    return _ids(session, _PRESSED, (number, text, at - DOUBLE_PRESS_MS, at + DOUBLE_PRESS_MS))


_END_WINDOWS = """UPDATE outbox SET not_before = ? WHERE kind = 'reply' AND state = 'queued' AND attempts = 0 AND reason IS NULL
 AND not_before > ?"""
_READY = """FROM outbox o WHERE o.account = ? AND o.state = 'queued'
 AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.conversation_id = o.conversation_id AND b.state IN ('sending', 'unconfirmed'))
 AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = o.conversation_id AND e.id < o.id AND e.state = 'queued'
  AND (e.kind = 'reply' OR o.kind <> 'reply'))"""
"""What could go out but for its time. A reply waits only for earlier replies, a mark for everything earlier."""
_WAITING = "SELECT id FROM outbox WHERE conversation_id = ? AND kind = ? AND state = 'queued' ORDER BY id"
_NEWER = "SELECT 1 FROM message m WHERE m.conversation_id = ? AND m.id > ? AND m.direction = 'in' LIMIT 1"
_MARK = """UPDATE outbox SET promise_mark = coalesce((SELECT max(p.id) FROM promise p WHERE p.conversation_id = outbox.conversation_id), 0)
 WHERE id = ?"""
_OVERTAKEN = "SELECT o.id FROM outbox o WHERE o.account = ? AND o.state = 'queued' AND o.kind = 'reply' AND o.overtaken = 1"
_OPPOSITE = """SELECT later.id FROM outbox o JOIN outbox later ON later.conversation_id = o.conversation_id AND later.id > o.id
 WHERE o.id = ? AND later.kind = ? AND later.state = 'queued'"""
_PRESSED = """SELECT id FROM outbox WHERE conversation_id = ? AND kind = 'reply' AND text = ? AND state <> 'cancelled'
 AND pressed_at BETWEEN ? AND ? ORDER BY id DESC LIMIT 1"""
_LIST = f"SELECT {OUTBOX} FROM outbox o WHERE o.state IN (SELECT value FROM json_each(?)) ORDER BY o.id DESC LIMIT ?"
_UNCONFIRMED = f"SELECT {OUTBOX} FROM outbox o WHERE o.account = ? AND o.state = 'unconfirmed' ORDER BY o.id"
