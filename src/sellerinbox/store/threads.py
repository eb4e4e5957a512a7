"""Conversations: saving what a reading brought, and the seller's own read and closed marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from sellerinbox.domain.errors import NotFound
from sellerinbox.domain.messages import KnownThread, Thread
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.i18n import _
from sellerinbox.store.cursors import save_cursor
from sellerinbox.store.deriving import recompute
from sellerinbox.store.listing import ROW_BY_KEY, conversation_row, key_parameters
from sellerinbox.store.pages import save_threads
from sellerinbox.store.rows import json_list
from sellerinbox.store.sessions import Sessions, execute, rows
from sellerinbox.store.values import maybe_time, storable, to_ms

THREADS = "threads"
"""The reading whose cursor a page of threads moves."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What saving a page brought."""

    new_messages: int
    changed: tuple[Key, ...]


class Threads:
    """The conversations of every account."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def save_page(self, account: str, threads: Sequence[Thread], *, cursor: str | None, at: datetime, pass_: str = THREADS) -> SavedPage:
        """Store a page and its cursor in one transaction; storing it again changes nothing.

        `pass_` names the reading whose cursor it is; None leaves that cursor where it was.
        A new message from the other party reopens a conversation that was closed.
        """
        with self._sessions.write() as session:
            found = rows(session, "SELECT marketplace FROM account WHERE name = ?", (account,))
            if not found:
                raise NotFound(_("There is no account “{account}” here; nothing was stored. Add it first.").format(account=account))
            new, changed = save_threads(session, account, found[0][0], threads, to_ms(at))
            save_cursor(session, account, pass_, cursor, at)
        return SavedPage(new, changed)

    def known(self, account: str, ids: Sequence[str]) -> dict[str, KnownThread]:
        """What is stored of these conversations; ids never seen are left out.

        The newest message is one that a reading has brought: where the last reading was not
        complete it is None, so that the conversation is read whole again.
        """
        with self._sessions.read() as session:
            found = rows(session, _KNOWN, (json_list(ids), account))
        return {row[0]: KnownThread(row[1] if row[2] else None, row[3], bool(row[4])) for row in found}

    def row(self, key: Key, session: Session | None = None) -> ConversationRow:
        """One conversation as a list shows it. Raises `NotFound`."""
        if session is None:
            with self._sessions.read() as own:
                return self.row(key, own)
        found = rows(session, ROW_BY_KEY, key_parameters(key))
        if not found:
            raise NotFound(_("There is no conversation {key} here; copy a KEY from `sellerinbox list`.").format(key=key))
        return conversation_row(found[0])

    def latest_inbound(self, account: str, *, since: datetime, until: datetime) -> datetime | None:
        """When a buyer who waits for an answer last wrote in this account, looked for between two times; None when none did."""
        with self._sessions.read() as session:
            found = rows(session, _LATEST_INBOUND, (storable(account), to_ms(since), to_ms(until)))
        return maybe_time(found[0][0])

    def set_read(self, key: Key, *, read: bool, session: Session | None = None) -> None:
        """The seller has read it here, or wants it unread again. Raises `NotFound`.

        Pages that still say otherwise are stale until one agrees or a new message comes.
        """
        self._mark(key, session, _SET_READ if read else _SET_UNREAD)

    def set_closed(self, key: Key, *, closed: bool, session: Session | None = None) -> None:
        """The seller is done with it, or opens it again with its old clock. Raises `NotFound`."""
        self._mark(key, session, _CLOSE if closed else _REOPEN)

    def _mark(self, key: Key, session: Session | None, change: str) -> None:
        with self._sessions.joined(session) as own:
            number = conversation_id(own, key)
            execute(own, change, (number,))
            recompute(own, [number])


def conversation_id(session: Session, key: Key) -> int:
    """The row number of a conversation. Raises `NotFound`."""
    found = rows(
        session, "SELECT id FROM conversation WHERE account = ? AND remote_id = ?", (storable(key.account), storable(key.remote_id))
    )
    if not found:
        raise NotFound(_("There is no conversation {key} here; copy a KEY from `sellerinbox list`.").format(key=key))
    return int(found[0][0])


_KNOWN = """SELECT c.remote_id, c.latest_message_id, c.complete, c.remote_unread, c.archived
 FROM json_each(?) j JOIN conversation c ON c.account = ? AND c.remote_id = j.value"""
_LATEST_INBOUND = """SELECT max(c.last_inbound_at) FROM conversation c INDEXED BY conversation_live
 WHERE c.state = 'open' AND c.account = ? AND c.kind = 'buyer' AND c.last_inbound_at > ? AND c.last_inbound_at <= ?"""
_SET_READ = "UPDATE conversation SET unread = 0, wants_unread = CASE WHEN remote_unread > 0 THEN 0 END WHERE id = ?"
_SET_UNREAD = (
    "UPDATE conversation SET unread = max(unread, 1), wants_unread = CASE WHEN remote_unread > 0 THEN NULL ELSE 1 END WHERE id = ?"
)
_CLOSE = """UPDATE conversation SET closed = 1, wants_closed = 1,
 settled_id = coalesce((SELECT max(m.id) FROM message m WHERE m.conversation_id = conversation.id), 0) WHERE id = ?"""
_REOPEN = "UPDATE conversation SET closed = 0, wants_closed = 0, settled_id = 0 WHERE id = ?"
