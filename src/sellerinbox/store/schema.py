"""Which version an inbox file has, asked without changing a byte of it; and our sentences for SQLite's errors."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sellerinbox.domain.errors import StoreError
from sellerinbox.store import files

VERSION = 1
"""The schema this program writes."""
APPLICATION_ID = 0x53496E62
"""`SInb` in the file's header: tells our inbox from another program's SQLite file."""


def version_of(database: Path, newest: int = VERSION) -> int | None:
    """The schema version of the file; None when there is none yet.

    Raises `StoreError` when it is newer than `newest`, damaged, or not an inbox of ours.
    """
    if _is_empty(database):
        return None
    try:
        with closing(sqlite3.connect(files.address(database, "ro"), uri=True, timeout=3)) as connection:
            version, application, tables = (connection.execute(question).fetchone()[0] for question in _QUESTIONS)
    except sqlite3.Error as error:
        raise explain(error, database) from error
    return checked(database, version, application, tables, newest)


def checked(database: Path, version: int, application: int, tables: int, newest: int = VERSION) -> int | None:
    """The version from what the file says of itself; None when nothing was ever written to it.

    Raises as `version_of`.
    """
    if version == 0 and tables == 0:
        return None
    if application != APPLICATION_ID:
        raise StoreError(
            f"The file {database} is a database, but not an inbox of ours; it was left as it is. Move it away or choose another place."
        )
    if version > newest:
        raise StoreError(
            f"The inbox {database} was made by a newer version of sellerinbox (its schema is {version}, this program knows {newest}); "
            "it was left as it is. Install the newer version again."
        )
    return version


def explain(error: Exception, database: Path) -> StoreError:
    """One plain sentence for an error of SQLite's."""
    words = str(error).lower()
    for part, sentence in _SENTENCES.items():
        if part in words:
            return StoreError(sentence.format(path=database))
    return StoreError(f"The inbox {database} can't be used ({error.args[0] if error.args else error}); what is stored was not changed.")


def _is_empty(database: Path) -> bool:
    try:
        if database.stat().st_size:
            return False
    except FileNotFoundError:
        pass
    except OSError as error:
        raise StoreError(f"The inbox {database} can't be reached ({error.strerror}); nothing was changed.") from error
    if kept := files.copies(database):
        # An empty file beside copies is a loss, not a beginning.
        raise StoreError(
            f"The inbox {database} is empty or gone, but a copy of it exists: {kept[-1]}. Nothing was changed; put the copy in its place."
        )
    return True


_QUESTIONS = ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
_INSTEAD = "it was left as it is. Move it away and sync again, or put a copy in its place."
_SENTENCES = {
    "not a database": f"The inbox {{path}} is damaged or not an inbox at all; {_INSTEAD}",
    "malformed": f"The inbox {{path}} is damaged; {_INSTEAD}",
    "locked": "The inbox is busy: another program is writing to it. Nothing was changed; try again in a moment.",
    "disk is full": "The disk is full: nothing was lost and reading works, but nothing new is stored. Free some space; it then goes on.",
    "readonly": "The inbox {path} can't be written to; reading works, nothing was changed. Give yourself the right to write it.",
    "read-only": "The inbox {path} can't be written to; reading works, nothing was changed. Give yourself the right to write it.",
    "unable to open": "The inbox {path} can't be opened; nothing was changed. Look whether it is there and is yours.",
    "disk i/o": "The disk under {path} gives errors; nothing new was stored. Check the disk before you go on.",
    "no such table": f"The inbox {{path}} lacks a part of itself; {_INSTEAD}",
}
