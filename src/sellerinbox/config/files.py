"""Files and folders that only their owner may read, written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from sellerinbox.domain.errors import ConfigError
from sellerinbox.i18n import _

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(folder: Path) -> Path:
    """Make a folder with mode 0700, whatever the umask. Raises `ConfigError` naming it."""
    try:
        for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            _("The folder {folder} can't be made ({why}); choose another with --home.").format(folder=folder, why=error.strerror)
        ) from error
    _closed(folder)
    return folder


def write_private(file: Path, text: str) -> None:
    """Write a file with mode 0600: afterwards the old text or the new one is there, never half of one.

    A link is followed, so that settings kept elsewhere stay there. Raises `ConfigError` naming the file.
    """
    target = Path(os.path.realpath(file))
    private_folder(file.parent)
    try:
        import tempfile  # only when settings are written, never at start-up

        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # 0600 by itself
    except OSError as error:
        raise _not_written(file, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _not_written(file, error) from error


def make_private(places: Iterable[Path]) -> tuple[Path, ...]:
    """Take away from others what they may not read; returns what had been open to them.

    What isn't there, or isn't ours to change, is left alone: `doctor` names it.
    """
    return tuple(place for place in places if _closed(place))


def open_to_others(place: Path) -> bool:
    """Whether anybody but the owner has a right to it; False when it isn't there."""
    try:
        return bool(place.stat().st_mode & _OTHERS)
    except OSError:
        return False


def _closed(place: Path) -> bool:
    """Take the rights of others away; a place shared on purpose (sticky) or not ours stays as it is."""
    try:
        status = place.stat()
        if not status.st_mode & _OTHERS or status.st_mode & stat.S_ISVTX or status.st_uid != os.geteuid():
            return False
        place.chmod(0o700 if stat.S_ISDIR(status.st_mode) else 0o600)
    except OSError:
        return False
    return True


def _not_written(file: Path, error: OSError) -> ConfigError:
    return ConfigError(_("{file} can't be written ({why}); nothing was changed.").format(file=file, why=error.strerror))
