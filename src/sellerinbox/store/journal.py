"""The list of local actions, appended to and never shortened, so that the last one can be taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from sellerinbox.domain.models import Key
from sellerinbox.store.sessions import Sessions
from sellerinbox.store.tables import JournalRecord
from sellerinbox.store.values import from_ms, storable, to_ms


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step of a local action and what taking it back needs."""

    id: int
    action: str
    key: Key | None
    undo: dict[str, Any]
    at: datetime
    group: int = 0
    """The steps of one action share it."""


class Journal:
    """What the seller did here."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def append(
        self, action: str, key: Key | None, undo: dict[str, Any], at: datetime, session: Session | None = None, group: int | None = None
    ) -> int:
        """Add a step; `undo` is kept as JSON. Without a `group` it begins one. Returns its id, which names the group it began."""
        account, remote_id = (None, None) if key is None else (storable(key.account), storable(key.remote_id))
        with self._sessions.joined(session) as own:
            record = JournalRecord(action=action, account=account, remote_id=remote_id, undo=json.dumps(undo), at=to_ms(at))
            own.add(record)
            own.flush()
            record.group_id = record.id or 0 if group is None else group
            own.add(record)
            own.flush()
            return record.id or 0

    def last(self, session: Session | None = None) -> JournalEntry | None:
        """The latest step not yet taken back."""
        query = select(JournalRecord).where(col(JournalRecord.undone).is_(False)).order_by(col(JournalRecord.id).desc()).limit(1)
        if session is None:
            with self._sessions.read() as own:
                return self.last(own)
        record = session.exec(query).first()
        return None if record is None else _entry(record)

    def last_group(self, session: Session | None = None) -> tuple[JournalEntry, ...]:
        """The latest action not yet taken back, its steps in the order in which they were done; empty when there is none."""
        if session is None:
            with self._sessions.read() as own:
                return self.last_group(own)
        last = self.last(session)
        if last is None:
            return ()
        query = select(JournalRecord).where(JournalRecord.group_id == last.group, col(JournalRecord.undone).is_(False))
        return tuple(map(_entry, session.exec(query.order_by(col(JournalRecord.id)))))

    def mark_undone(self, entry_id: int, session: Session | None = None) -> bool:
        """Note that a step was taken back; False when it already was, or never happened."""
        with self._sessions.joined(session) as own:
            record = own.get(JournalRecord, entry_id)
            if record is None or record.undone:
                return False
            record.undone = True
            own.add(record)
            return True


def _entry(record: JournalRecord) -> JournalEntry:
    key = None if record.account is None or record.remote_id is None else Key(record.account, record.remote_id)
    return JournalEntry(record.id or 0, record.action, key, json.loads(record.undo), from_ms(record.at), record.group_id)
