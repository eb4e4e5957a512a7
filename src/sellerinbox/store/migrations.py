"""The version of the inbox file: reading it, creating the newest one, going up step by step.

A file of a newer version is refused and not touched. Before an upgrade a copy is made beside
the file; all steps run in one transaction, so a kill leaves the old version or the new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import StoreError
from sellerinbox.i18n import _
from sellerinbox.store import files, tables, version_2
from sellerinbox.store.schema import APPLICATION_ID, VERSION, version_of
from sellerinbox.store.values import to_ms

Step = Callable[[sqlite3.Connection], None]
STEPS: Mapping[int, Step] = {2: version_2.upgrade}
"""Version n → the step that makes version n of version n - 1. A new file is created whole."""


def prepare(database: Path, clock: Clock, steps: Mapping[int, Step] = STEPS, target: int = VERSION) -> None:
    """Bring the file to `target`, creating it if there is none. The caller holds `write.lock`.

    Raises `StoreError` when it can't be used.
    """
    version = version_of(database, target)
    if version == target:
        return
    now = to_ms(clock.now())
    if version is None:
        files.make_private_file(database)
        with closing(_connect(database)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            _create(connection, target, now)
    else:
        copy_before(database, target)
        with closing(_connect(database)) as connection:
            _upgrade(connection, version, target, steps, now)


def copy_before(database: Path, target: int) -> Path:
    """Copy the file, consistent and whole or not at all, to `<name>.before-v<target>`."""
    copy = database.with_name(f"{database.name}.before-v{target}")
    half = copy.with_name(copy.name + ".part")
    half.unlink(missing_ok=True)
    files.make_private_file(half)
    with closing(_connect(database)) as source, closing(sqlite3.connect(half)) as goal:
        source.backup(goal)
    half.replace(copy)
    return copy


def _create(connection: sqlite3.Connection, version: int, now: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as bound:
        SQLModel.metadata.create_all(bound)
        for statement in tables.FULL_TEXT:
            bound.exec_driver_sql(statement)
        _stamp(connection, version, now)
        bound.commit()


def _upgrade(connection: sqlite3.Connection, version: int, target: int, steps: Mapping[int, Step], now: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version + 1, target + 1):
            steps[number](connection)
            _stamp(connection, number, now)
        connection.execute("COMMIT")
    except (sqlite3.Error, KeyError) as error:
        connection.rollback()
        raise StoreError(
            _("The inbox could not be brought to version {target} ({error}); it is unchanged. Use the program that made it.").format(
                target=target, error=error
            )
        ) from error


def _stamp(connection: sqlite3.Connection, version: int, now: int) -> None:
    connection.execute("INSERT INTO schema_version (version, applied_at) VALUES (?, ?)", (version, now))
    connection.execute(f"PRAGMA user_version = {version:d}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")


def _connect(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(files.address(database, "rw"), uri=True, isolation_level=None, timeout=3, check_same_thread=False)
