"""Taking back the last local action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxKind, OutboxState
from sellerinbox.inbox.files import Files
from sellerinbox.inbox.replies import keep_text, too_late

if TYPE_CHECKING:
    from sellerinbox.store.sessions import Session


class History:
    """The append-only list of what the seller did, read backwards."""

    def __init__(self, files: Files, clock: Clock, enqueued: Callable[[], None]) -> None:
        self._files = files
        self._clock = clock
        self._enqueued = enqueued
        self._undoers: dict[str, Callable[[Any, dict[str, Any]], str]] = {
            "reply": self._reply,
            "done": lambda key, _: self._closed(key, False),
            "reopen": lambda key, _: self._closed(key, True),
            "read": lambda key, _: self._read(key, False),
            "unread": lambda key, _: self._read(key, True),
            "block": self._block,
            "unblock": self._unblock,
        }

    def undo(self) -> str:
        """Take back the last local action and say what that was, as a plain sentence.

        A reply that has gone out can't be taken back; it says so, and the next undo goes on
        behind it. Raises `NotFound` when there is nothing left.
        """
        store = self._files.store
        entry = store.journal.last()
        if entry is None:
            raise NotFound("There is nothing to take back.")
        said = self._undoers[entry.action](entry.key, entry.undo)
        store.journal.mark_undone(entry.id)
        self._enqueued()
        return said

    def _reply(self, _key: Key, undo: dict[str, Any]) -> str:
        store = self._files.store
        item = store.outbox.get(undo["outbox"])
        if item.state is not OutboxState.QUEUED or not store.outbox.cancel(item.id):
            return too_late(store.outbox.get(item.id))
        kept = keep_text(self._files, item, self._clock)
        where = "its text is the draft again" if kept else "your draft is as it was, the text stays in the outbox"
        return f"The reply to {self._who(Key(item.account, item.remote_id))} was called back and did not go out; {where}."

    def _closed(self, key: Key, closed: bool) -> str:
        store = self._files.store
        with store.write() as session:
            store.threads.set_closed(key, closed=closed, session=session)
            self._queue(OutboxKind.ARCHIVE if closed else OutboxKind.UNARCHIVE, key, session)
        return f"{self._who(key)} is closed again." if closed else f"{self._who(key)} is back in the list."

    def _read(self, key: Key, read: bool) -> str:
        store = self._files.store
        with store.write() as session:
            store.threads.set_read(key, read=read, session=session)
            self._queue(OutboxKind.MARK_READ if read else OutboxKind.MARK_UNREAD, key, session)
        return f"{self._who(key)} is marked {'read' if read else 'unread'} again."

    def _block(self, _key: Key, undo: dict[str, Any]) -> str:
        self._files.store.blocks.unblock(undo["account"], undo["buyer"])
        return f"{undo['buyer']} is off the local block list again; if you blocked him on the marketplace's page, undo it there too."

    def _unblock(self, key: Key, undo: dict[str, Any]) -> str:
        self._files.store.blocks.block(
            Block(undo["account"], undo["buyer"], undo["reason"], undo["note"], key, None, self._clock.now(), undo["remote"])
        )
        return f"{undo['buyer']} is on the local block list again."

    def _who(self, key: Key) -> str:
        row = self._files.windows.row(key)
        return row.buyer if row else str(key)

    def _queue(self, kind: OutboxKind, key: Key, session: Session) -> None:
        now = self._clock.now()
        self._files.store.outbox.enqueue(kind, key, "", at=now, not_before=now, session=session)
