"""What every action of the seller shares: one transaction, one group in the journal, and a word to whoever sends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxKind
from sellerinbox.inbox.files import Files

if TYPE_CHECKING:
    from sellerinbox.store.database import Store
    from sellerinbox.store.sessions import Session

Keys = Key | Iterable[Key]


class Desk:
    """The file, the time, and who sends."""

    def __init__(self, files: Files, clock: Clock, enqueued: Callable[[], None]) -> None:
        self.files = files
        self.clock = clock
        self.enqueued = enqueued

    @contextmanager
    def act(self) -> Iterator[Act]:
        """One action: all of it happens, or nothing. Never open one inside another."""
        store = self.files.store
        with store.write() as session:
            act = Act(store, session, self.clock.now())
            yield act
        if act.told:
            self.enqueued()


class Act:
    """An action under way."""

    def __init__(self, store: Store, session: Session, now: datetime) -> None:
        self.store = store
        self.session = session
        self.now = now
        self.told = False
        """Something was put into the outbox."""
        self._group: int | None = None

    def note(self, action: str, key: Key | None, undo: dict[str, Any]) -> None:
        """Write a step and how to take it back into the journal; all steps of one action are one group."""
        step = self.store.journal.append(action, key, undo, at=self.now, session=self.session, group=self._group)
        self._group = step if self._group is None else self._group

    def tell(self, kind: OutboxKind, key: Key) -> None:
        """Ask the marketplace for a mark."""
        self.store.outbox.enqueue(kind, key, "", at=self.now, not_before=self.now, session=self.session)
        self.told = True

    def set_closed(self, key: Key, *, closed: bool) -> None:
        """Close or open a conversation here and at the marketplace."""
        self.store.threads.set_closed(key, closed=closed, session=self.session)
        self.tell(OutboxKind.ARCHIVE if closed else OutboxKind.UNARCHIVE, key)

    def set_read(self, key: Key, *, read: bool) -> None:
        """Mark a conversation read or unread here and at the marketplace."""
        self.store.threads.set_read(key, read=read, session=self.session)
        self.tell(OutboxKind.MARK_READ if read else OutboxKind.MARK_UNREAD, key)


def each(keys: Keys) -> tuple[Key, ...]:
    """One key or many, each once, in their order."""
    return (keys,) if isinstance(keys, Key) else tuple(dict.fromkeys(keys))
