"""Transactions: every write of every process goes one at a time, short, and all or nothing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import StoreError
from sellerinbox.i18n import _
from sellerinbox.store import files
from sellerinbox.store.locks import FileLock
from sellerinbox.store.schema import explain

__all__ = ["LOCK_WAIT", "Session", "Sessions", "asking", "execute", "execute_many", "rows"]

LOCK_WAIT = 5.0
"""Seconds that a write waits for another one."""
_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=3000", "synchronous=NORMAL")


class Sessions:
    """Opens sessions on one inbox file; the parts of the store share it."""

    def __init__(self, database: Path, lock: FileLock, clock: Clock, lock_wait: float = LOCK_WAIT) -> None:
        """`lock_wait`: seconds that a write waits for another process."""
        self._lock_wait = lock_wait
        self.database = database
        self.clock = clock
        self.lock = lock
        self._mutex = threading.Lock()
        self._writer: int | None = None
        self._engine = _engine(database)
        self._writing = self._engine.execution_options(immediate=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the inbox and changes nothing. Raises `StoreError`."""
        with self._plainly(), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one transaction under `write.lock`: committed at the end, undone on any error.

        Raises `StoreError` when another process keeps the lock for longer than we wait, or the disk is full.
        Never open one inside another, nor across an `await`.
        """
        with self.exclusive(), self._plainly(), Session(self._writing, expire_on_commit=False) as session:
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def joined(self, session: Session | None) -> Iterator[Session]:
        """The caller's transaction if he has one, else one of its own."""
        if session is None:
            with self.write() as own:
                yield own
        else:
            with self._plainly():
                yield session
                session.flush()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """`write.lock`, for one thread of one process."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a write inside a write: hand the session on instead")
        if not self._mutex.acquire(timeout=self._lock_wait):
            raise StoreError(_("The inbox is busy: this program is still writing to it. Nothing was changed; try again in a moment."))
        try:
            self._writer = threading.get_ident()
            if not self.lock.acquire(self._lock_wait):
                raise StoreError(_("The inbox is busy: another sellerinbox is writing to it. Nothing was changed; try again in a moment."))
            yield
        finally:
            self.lock.release()
            self._writer = None
            self._mutex.release()

    def close(self) -> None:
        """Close every connection. The last one moves the log into the file, so nobody may write meanwhile.

        Without the lock it is closed all the same: whoever keeps the lock has the file open,
        so ours is not the last connection and moves nothing.
        """
        with suppress(StoreError), self.exclusive():
            self._engine.dispose()
            return
        self._engine.dispose()

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise explain(error.orig if isinstance(error.orig, Exception) else error, self.database) from error


def rows(session: Session, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
    """Ask in plain SQL; `?` stands for a parameter."""
    return list(session.connection().exec_driver_sql(sql, tuple(parameters)).fetchall())


def asking(session: Session) -> Callable[[str, Sequence[object]], list[Any]]:
    """The session as `rows.Ask`."""
    return lambda sql, parameters: rows(session, sql, parameters)


def execute(session: Session, sql: str, parameters: Sequence[object] = ()) -> int:
    """Change in plain SQL; returns how many rows were touched."""
    return session.connection().exec_driver_sql(sql, tuple(parameters)).rowcount


def execute_many(session: Session, sql: str, entries: Sequence[tuple[object, ...]]) -> None:
    """Change many rows at once: tuples through the driver cost a tenth of objects through the mapper."""
    if entries:
        session.connection().exec_driver_sql(sql, list(entries))


def _engine(database: Path) -> Engine:
    # Our own BEGIN: the driver's would start a transaction only at the first write, too late
    # for "read the state, then change it" to be one step.
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(files.address(database, "rw"), uri=True, isolation_level=None, timeout=3, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN")
