"""Which version an inbox file has, asked without changing a byte of it; and our sentences for SQLite's errors."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sellerinbox.domain.errors import StoreError
from sellerinbox.i18n import N_, _
from sellerinbox.store import files

VERSION = 2
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
            _(
                "The file {database} is a database, but not an inbox of ours; it was left as it is. Move it away or choose another place."
            ).format(database=database)
        )
    if version > newest:
        raise StoreError(
            _(
                "The inbox {database} was made by a newer version of sellerinbox "
                "(its schema is {version}, this program knows {newest}); it was left as it is. Install the newer version again."
            ).format(database=database, version=version, newest=newest)
        )
    return version


def explain(error: Exception, database: Path) -> StoreError:
    """One plain sentence for an error of SQLite's."""
    words = str(error).lower()
    for part, sentence in _SENTENCES.items():
        if part in words:
            return StoreError(_(sentence).format(path=database))
    told = _("The inbox {database} can't be used ({why}); what is stored was not changed.")
    return StoreError(told.format(database=database, why=error.args[0] if error.args else error))


def _is_empty(database: Path) -> bool:
    try:
        if database.stat().st_size:
            return False
    except FileNotFoundError:
        pass
    except OSError as error:
        raise StoreError(
            _("The inbox {database} can't be reached ({why}); nothing was changed.").format(database=database, why=error.strerror)
        ) from error
    if kept := files.copies(database):
        # An empty file beside copies is a loss, not a beginning.
        raise StoreError(
            _(
                "The inbox {database} is empty or gone, but a copy of it exists: {kept}. Nothing was changed; put the copy in its place."
            ).format(database=database, kept=kept[-1])
        )
    return True


_QUESTIONS = ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
_SENTENCES = {
    "not a database": N_(
        "The inbox {path} is damaged or not an inbox at all; it was left as it is. Move it away and sync again, or put a copy in its place."
    ),
    "malformed": N_("The inbox {path} is damaged; it was left as it is. Move it away and sync again, or put a copy in its place."),
    "locked": N_("The inbox is busy: another program is writing to it. Nothing was changed; try again in a moment."),
    "disk is full": N_(
        "The disk is full: nothing was lost and reading works, but nothing new is stored. Free some space; it then goes on."
    ),
    "readonly": N_("The inbox {path} can't be written to; reading works, nothing was changed. Give yourself the right to write it."),
    "read-only": N_("The inbox {path} can't be written to; reading works, nothing was changed. Give yourself the right to write it."),
    "unable to open": N_("The inbox {path} can't be opened; nothing was changed. Look whether it is there and is yours."),
    "disk i/o": N_("The disk under {path} gives errors; nothing new was stored. Check the disk before you go on."),
    "no such table": N_(
        "The inbox {path} lacks a part of itself; it was left as it is. Move it away and sync again, or put a copy in its place."
    ),
}
