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
    """One local action and what taking it back needs."""

    id: int
    action: str
    key: Key | None
    undo: dict[str, Any]
    at: datetime


class Journal:
    """What the seller did here."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def append(self, action: str, key: Key | None, undo: dict[str, Any], at: datetime, session: Session | None = None) -> int:
        """Add an action; `undo` is kept as JSON. Returns its id."""
        account, remote_id = (None, None) if key is None else (storable(key.account), storable(key.remote_id))
        with self._sessions.joined(session) as own:
            record = JournalRecord(action=action, account=account, remote_id=remote_id, undo=json.dumps(undo), at=to_ms(at))
            own.add(record)
            own.flush()
            return record.id or 0

    def last(self) -> JournalEntry | None:
        """The latest action not yet taken back."""
        query = select(JournalRecord).where(col(JournalRecord.undone).is_(False)).order_by(col(JournalRecord.id).desc()).limit(1)
        with self._sessions.read() as session:
            record = session.exec(query).first()
            return None if record is None else _entry(record)

    def mark_undone(self, entry_id: int, session: Session | None = None) -> bool:
        """Note that an action was taken back; False when it already was, or never happened."""
        with self._sessions.joined(session) as own:
            record = own.get(JournalRecord, entry_id)
            if record is None or record.undone:
                return False
            record.undone = True
            own.add(record)
            return True


def _entry(record: JournalRecord) -> JournalEntry:
    key = None if record.account is None or record.remote_id is None else Key(record.account, record.remote_id)
    return JournalEntry(record.id or 0, record.action, key, json.loads(record.undo), from_ms(record.at))
