"""What the seller has typed and not sent: never lost, one for each conversation."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from sellerinbox.domain.models import Key
from sellerinbox.store.sessions import Sessions, execute, rows
from sellerinbox.store.threads import conversation_id
from sellerinbox.store.values import storable, to_ms


class Drafts:
    """The drafts of every conversation."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def save(self, key: Key, text: str, at: datetime, session: Session | None = None) -> None:
        """Keep the text; an empty one removes the draft. Cheap: one that is stored already is not written again. Raises `NotFound`."""
        if session is None:
            with self._sessions.read() as own:
                if self._stored(own, conversation_id(own, key)) == storable(text):
                    return
        with self._sessions.joined(session) as own:
            number = conversation_id(own, key)
            if text:
                execute(own, _SAVE, (number, storable(text), to_ms(at)))
            else:
                execute(own, "DELETE FROM draft WHERE conversation_id = ?", (number,))
            # Written only when it changes: the marks of a conversation stand in many indexes.
            execute(own, "UPDATE conversation SET drafted = ?1 WHERE id = ?2 AND drafted <> ?1", (bool(text), number))

    def get(self, key: Key, session: Session | None = None) -> str:
        """The draft, empty when there is none. Raises `NotFound`."""
        if session is not None:
            return self._stored(session, conversation_id(session, key))
        with self._sessions.read() as own:
            return self._stored(own, conversation_id(own, key))

    def _stored(self, session: Session, number: int) -> str:
        found = rows(session, "SELECT text FROM draft WHERE conversation_id = ?", (number,))
        return str(found[0][0]) if found else ""


_SAVE = """INSERT INTO draft (conversation_id, text, saved_at) VALUES (?, ?, ?)
 ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at"""
