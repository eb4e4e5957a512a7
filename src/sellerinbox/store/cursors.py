"""Where readings stopped; always saved in the transaction that stores what was read."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from sellerinbox.store.sessions import execute
from sellerinbox.store.values import storable, to_ms


def save_cursor(session: Session, account: str, what: str, cursor: str | None, at: datetime) -> None:
    """Move a cursor on; None leaves it where it was, because older pages are still missing."""
    if cursor is not None:
        execute(session, _SAVE, (account, what, storable(cursor), to_ms(at)))


_SAVE = """INSERT INTO sync_cursor (account, what, value, saved_at) VALUES (?, ?, ?, ?)
 ON CONFLICT (account, what) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at"""
