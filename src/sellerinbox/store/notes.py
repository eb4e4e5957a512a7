"""Notes about conversations and buyers. Nothing reads this table but the screen that shows them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from sellerinbox.domain.models import Key
from sellerinbox.store.sessions import Sessions, execute, rows
from sellerinbox.store.tables import NoteRecord
from sellerinbox.store.threads import conversation_id
from sellerinbox.store.values import storable, to_ms


class Notes:
    """The seller's own words."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def add(self, key: Key, text: str, *, buyer: bool, at: datetime, session: Session | None = None) -> int:
        """Keep a note about a conversation, or (`buyer`) about everybody's conversation with its buyer. Raises `NotFound`."""
        with self._sessions.joined(session) as own:
            number = conversation_id(own, key)
            name = rows(own, "SELECT buyer FROM conversation WHERE id = ?", (number,))[0][0]
            record = NoteRecord(
                conversation_id=None if buyer else number, account=storable(key.account), buyer=name, text=storable(text), at=to_ms(at)
            )
            own.add(record)
            own.flush()
            return record.id or 0

    def set_removed(self, note_id: int, *, removed: bool, session: Session | None = None) -> bool:
        """Take a note away, or bring it back; False when it was so already, or never was."""
        with self._sessions.joined(session) as own:
            return execute(own, "UPDATE note SET removed = ? WHERE id = ? AND removed <> ?", (removed, note_id, removed)) == 1

    def about(self, note_id: int, session: Session) -> Key | None:
        """A conversation the note belongs to; None for one about a buyer or none at all."""
        found = rows(session, _ABOUT, (note_id,))
        return Key(*found[0]) if found else None


_ABOUT = "SELECT c.account, c.remote_id FROM note n JOIN conversation c ON c.id = n.conversation_id WHERE n.id = ?"
