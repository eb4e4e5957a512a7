"""Advisory file locks between processes.

The system frees a lock when its holder dies, so there is never a stale one to break. They live
in the state directory: `sync.lock` (who pulls and pushes) and `write.lock` (one write
transaction or checkpoint at a time, because SQLite 3.7.0 to 3.51.2 has the WAL-reset defect).
"""

from __future__ import annotations

import fcntl
import os
import stat
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sellerinbox.domain.errors import StoreError
from sellerinbox.i18n import _

_PAUSE = 0.01
_MODE = 0o600


class FileLock:
    """One lock file; two objects exclude each other, also within a process. Not re-entrant."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def acquire(self, wait: float = 0.0) -> bool:
        """Take the lock, waiting up to `wait` seconds; False when somebody else keeps it.

        Raises `StoreError` when the lock file can't be used (a symbolic link, no permission).
        """
        if self._file is not None:
            raise RuntimeError(f"{self.path.name} is already held here")
        pauses = max(0, round(wait / _PAUSE))
        idle = threading.Event()
        while not self._try():
            if pauses == 0:
                return False
            pauses -= 1
            idle.wait(_PAUSE)
        return True

    def release(self) -> None:
        """Give the lock back; does nothing when it is not held."""
        if self._file is None:
            return
        file, self._file = self._file, None
        with suppress(OSError):
            os.ftruncate(file, 0)
        os.close(file)

    def holder_pid(self) -> int | None:
        """The process that holds the lock, for messages; None when nobody does or it is unknown."""
        try:
            file = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            text = os.read(file, 32)
        finally:
            os.close(file)
        return int(text) if text.strip().isdigit() and _alive(int(text)) else None

    def __enter__(self) -> Self:
        if not self.acquire(5.0):
            raise StoreError(_("Another sellerinbox holds {name}; nothing was changed, try again in a moment.").format(name=self.path.name))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()

    def _try(self) -> bool:
        file = self._open()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            taken = self._is_the_file(file)
        except BlockingIOError:
            taken = False
        except BaseException:
            os.close(file)
            raise
        if not taken:
            os.close(file)
            return False
        self._file = file
        with suppress(OSError):
            os.ftruncate(file, 0)
            os.pwrite(file, b"%d" % os.getpid(), 0)
        return True

    def _open(self) -> int:
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, _MODE)
        except OSError as error:
            raise StoreError(
                _("The lock file {path} can't be used ({why}); nothing was changed, look at what is there.").format(
                    path=self.path, why=error.strerror
                )
            ) from error
        if stat.S_IMODE(os.fstat(file).st_mode) != _MODE:
            with suppress(OSError):
                os.fchmod(file, _MODE)
        return file

    def _is_the_file(self, file: int) -> bool:
        """False when somebody removed the file between opening and locking: that lock would exclude nobody."""
        try:
            there = self.path.lstat()
        except FileNotFoundError:
            return False
        return os.path.samestat(os.fstat(file), there)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
