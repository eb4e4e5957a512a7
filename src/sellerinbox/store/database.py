"""The inbox file, opened: the only door to it for whoever writes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlmodel import Session

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.deadlines import Targets
from sellerinbox.store import files
from sellerinbox.store.accounts import Accounts
from sellerinbox.store.blocks import Blocks
from sellerinbox.store.deriving import rank_all
from sellerinbox.store.drafts import Drafts
from sellerinbox.store.journal import Journal
from sellerinbox.store.locks import FileLock
from sellerinbox.store.marks import Marks
from sellerinbox.store.migrations import prepare
from sellerinbox.store.notes import Notes
from sellerinbox.store.orders import Orders
from sellerinbox.store.outbox import Outbox
from sellerinbox.store.promises import Promises
from sellerinbox.store.schema import VERSION, version_of
from sellerinbox.store.sessions import LOCK_WAIT, Sessions
from sellerinbox.store.snoozes import Snoozes
from sellerinbox.store.threads import Threads

WRITE_LOCK = "write.lock"


class Store:
    """One inbox file with its parts. Made by `Store.open`; close it, or use it in a `with`."""

    def __init__(self, sessions: Sessions, repaired: tuple[Path, ...]) -> None:
        self._sessions = sessions
        self.repaired = repaired
        """Files and folders that others could read until now."""
        self.threads = Threads(sessions)
        self.orders = Orders(sessions)
        self.outbox = Outbox(sessions)
        self.accounts = Accounts(sessions)
        self.blocks = Blocks(sessions)
        self.drafts = Drafts(sessions)
        self.journal = Journal(sessions)
        self.promises = Promises(sessions)
        self.snoozes = Snoozes(sessions)
        self.notes = Notes(sessions)
        self.marks = Marks(sessions)

    @classmethod
    def open(cls, database: Path, state: Path, clock: Clock, lock_wait: float = LOCK_WAIT, targets: Targets | None = None) -> Self:
        """Open the inbox, creating or upgrading it; `state` is the folder of the locks.

        `targets` are in force from now on, for every process; where they are others than before,
        all clocks are computed anew. None leaves those that are.
        Raises `StoreError`: made by a newer version, damaged, not an inbox, no room, no permission.
        """
        repaired = [*files.make_private_folder(database.parent), *files.make_private_folder(state)]
        lock = FileLock(state / WRITE_LOCK)
        if version_of(database) != VERSION:
            with lock:
                prepare(database, clock)
        repaired += files.repair_database_modes(database)
        sessions = Sessions(database, lock, clock, lock_wait)
        try:
            rank_all(sessions, targets)
        except BaseException:
            sessions.close()
            raise
        return cls(sessions, tuple(repaired))

    def write(self) -> AbstractContextManager[Session]:
        """See `Sessions.write`: one transaction, under `write.lock`."""
        return self._sessions.write()

    def read(self) -> AbstractContextManager[Session]:
        """See `Sessions.read`."""
        return self._sessions.read()

    def close(self) -> None:
        """Close the file."""
        self._sessions.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
