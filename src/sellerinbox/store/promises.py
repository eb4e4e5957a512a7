"""The promise ledger: rows are added and closed, never removed.

A promise made in a reply stands from the moment the reply is queued, and is withdrawn when that
reply is called back or refused; what such a reply renewed is then open again.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from sellerinbox.domain.errors import NotFound
from sellerinbox.domain.models import Key
from sellerinbox.domain.promises import Promise, PromiseState
from sellerinbox.i18n import _
from sellerinbox.store.deriving import recompute
from sellerinbox.store.ledger import promise_by_id
from sellerinbox.store.sessions import Sessions, asking, execute, rows
from sellerinbox.store.tables import PromiseRecord
from sellerinbox.store.threads import conversation_id
from sellerinbox.store.values import storable, to_ms


class Promises:
    """What the seller told buyers he would do. Reading is in `windows`."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(
        self, key: Key, text: str, due_at: datetime, *, at: datetime, made_by: int | str | None = None, session: Session | None = None
    ) -> int:
        """Write down a promise; `made_by` as in `Promise`. Returns its id. Raises `NotFound`."""
        with self._sessions.joined(session) as own:
            number = conversation_id(own, key)
            record = PromiseRecord(
                conversation_id=number,
                text=storable(text),
                due_at=to_ms(due_at),
                made_at=to_ms(at),
                item_id=made_by if isinstance(made_by, int) else None,
                message_id=storable(made_by) if isinstance(made_by, str) else None,
                state=PromiseState.OPEN.value,
            )
            own.add(record)
            own.flush()
            recompute(own, [number])
            return record.id or 0

    def remember(self, name: str, value: str, session: Session) -> None:
        """Keep a word about the ledger, such as up to which time the seller has been shown it."""
        execute(session, _REMEMBER, (name, value))

    def get(self, promise_id: int, session: Session | None = None) -> Promise:
        """One promise. Raises `NotFound`."""
        if session is None:
            with self._sessions.read() as own:
                return self.get(promise_id, own)
        found = promise_by_id(asking(session), promise_id)
        if found is None:
            raise NotFound(_("There is no promise {promise_id}; `sellerinbox promises` lists them.").format(promise_id=promise_id))
        return found

    def close(
        self, promise_id: int, state: PromiseState, *, at: datetime, reason: str | None = None, session: Session | None = None
    ) -> None:
        """Close an open promise for this reason."""
        with self._sessions.joined(session) as own:
            execute(own, _CLOSE, (state.value, to_ms(at), None if reason is None else storable(reason), promise_id))
            self._derive(own, promise_id)

    def reopen(self, promise_id: int, session: Session) -> None:
        """Open a promise again; one whose reply never went out is withdrawn instead."""
        execute(session, _REOPEN, (promise_id,))
        self._derive(session, promise_id)

    def _derive(self, session: Session, promise_id: int) -> None:
        recompute(session, [row[0] for row in rows(session, "SELECT conversation_id FROM promise WHERE id = ?", (promise_id,))])

    def renew_open(self, key: Key, item_id: int, *, at: datetime, session: Session) -> int:
        """A reply promises something anew: what was open before is renewed by it. Returns how many promises that were."""
        return execute(session, _RENEW, (to_ms(at), item_id, conversation_id(session, key)))

    def open_in(self, key: Key, session: Session) -> int:
        """How many promises are open in a conversation."""
        return int(rows(session, _OPEN_IN, (conversation_id(session, key),))[0][0])


def keep(session: Session, item_id: int, at: int) -> None:
    """A reply has arrived, a real answer: the promises made before it are kept."""
    execute(session, _KEEP, (at, item_id))


def withdraw(session: Session, item_id: int, at: int) -> None:
    """A reply won't go out: nobody was told what it promises, and what it renewed is open."""
    execute(session, _WITHDRAW, (at, item_id))
    execute(session, _OPEN_AGAIN, (item_id,))


def reinstate(session: Session, item_id: int, at: int) -> None:
    """A reply that was withheld goes out after all, and promises again."""
    if execute(session, _REINSTATE, (item_id,)):
        execute(session, _RENEW_BEFORE, (at, item_id))


_CLOSE = "UPDATE promise SET state = ?, closed_at = ?, reason = ? WHERE id = ?"
_RENEW = "UPDATE promise SET state = 'renewed', closed_at = ?, closed_by = ? WHERE conversation_id = ? AND state = 'open'"
_OPEN_IN = "SELECT count(*) FROM promise WHERE conversation_id = ? AND state = 'open'"
# A reply can only keep or renew what was promised before it was decided on.
_BEFORE = """WHERE conversation_id = (SELECT o.conversation_id FROM outbox o WHERE o.id = ?2)
 AND id <= (SELECT o.promise_mark FROM outbox o WHERE o.id = ?2) AND state = 'open'"""
_KEEP = f"UPDATE promise SET state = 'kept', closed_at = ?1, closed_by = ?2 {_BEFORE}"
_RENEW_BEFORE = f"UPDATE promise SET state = 'renewed', closed_at = ?1, closed_by = ?2 {_BEFORE}"
_OPEN_AGAIN = """UPDATE promise SET state = CASE state WHEN 'renewed' THEN 'open' ELSE state END, closed_at = NULL, closed_by = NULL
 WHERE conversation_id = (SELECT o.conversation_id FROM outbox o WHERE o.id = ?1) AND closed_by = ?1
 AND state IN ('renewed', 'withdrawn')"""
# What a later reply has renewed is withdrawn as well, and renewed again when this one goes out after all.
_WITHDRAW = """UPDATE promise SET state = 'withdrawn', closed_at = ?
 WHERE item_id = ? AND (state = 'open' OR (state = 'renewed' AND closed_by IS NOT NULL))"""
_REINSTATE = """UPDATE promise SET state = CASE WHEN closed_by IS NULL THEN 'open' ELSE 'renewed' END, closed_at = NULL
 WHERE item_id = ? AND state = 'withdrawn'"""
_REOPEN = """UPDATE promise SET closed_at = NULL, reason = NULL, state = CASE
  WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.id = item_id AND o.state IN ('rejected', 'cancelled')) THEN 'withdrawn' ELSE 'open' END
 WHERE id = ?"""
_REMEMBER = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
