"""Modes of what we write: files 0600, folders 0700, whatever the umask; and the read-only address of the inbox."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from sellerinbox.domain.errors import StoreError
from sellerinbox.i18n import _

FILE = 0o600
FOLDER = 0o700


def make_private_folder(folder: Path) -> tuple[Path, ...]:
    """Create `folder` (and what is missing above it) for the owner alone; repair its mode. Returns what was repaired."""
    try:
        for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
            missing.mkdir(mode=FOLDER, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("The folder {folder} can't be made ({why}); nothing was stored, choose another place or free it.").format(
                folder=folder, why=error.strerror
            )
        ) from error
    return _repair(folder, FOLDER)


def make_private_file(path: Path) -> None:
    """Create an empty file for the owner alone, if none is there."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE))
    except OSError as error:
        raise StoreError(_("The inbox {path} can't be made ({why}); nothing was stored.").format(path=path, why=error.strerror)) from error


def repair_database_modes(database: Path) -> tuple[Path, ...]:
    """Close the database, its log and its copies to other users. Returns what was repaired."""
    files = [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm")), *copies(database)]
    return tuple(repaired for path in files for repaired in _repair(path, FILE))


def copies(database: Path) -> list[Path]:
    """The copies made before upgrades, oldest first."""
    return sorted(database.parent.glob(database.name + ".before-v*"))


def address(database: Path, mode: str) -> str:
    """The file as a SQLite URI; `mode` is `ro` or `rw`, neither creates a file."""
    return f"file:{quote(os.fsencode(os.path.abspath(database)))}?mode={mode}"  # noqa: PTH100 - resolve() would follow links


def _repair(path: Path, mode: int) -> tuple[Path, ...]:
    try:
        status = path.stat()
    except OSError:
        return ()
    shared = status.st_mode & stat.S_ISVTX or status.st_uid != os.geteuid()
    if shared or stat.S_IMODE(status.st_mode) == mode:
        return ()
    with suppress(OSError):
        path.chmod(mode)
        return (path,)
    return ()
