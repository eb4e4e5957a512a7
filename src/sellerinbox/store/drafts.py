"""What the seller has typed and not sent: never lost, one for each conversation."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from sellerinbox.domain.models import Key
from sellerinbox.store.sessions import Sessions
from sellerinbox.store.tables import DraftRecord
from sellerinbox.store.threads import conversation_id
from sellerinbox.store.values import storable, to_ms


class Drafts:
    """The drafts of every conversation."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def save(self, key: Key, text: str, at: datetime, session: Session | None = None) -> None:
        """Keep the text; an empty one removes the draft. Raises `NotFound`."""
        with self._sessions.joined(session) as own:
            number = conversation_id(own, key)
            if text:
                own.merge(DraftRecord(conversation_id=number, text=storable(text), saved_at=to_ms(at)))
            elif record := own.get(DraftRecord, number):
                own.delete(record)

    def get(self, key: Key) -> str:
        """The draft, empty when there is none. Raises `NotFound`."""
        with self._sessions.read() as session:
            record = session.get(DraftRecord, conversation_id(session, key))
            return "" if record is None else record.text
