"""The log: one event a line, in UTC, readable by its owner alone, without a secret in it."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from sellerinbox.config import private_folder
from sellerinbox.domain.errors import SellerInboxError
from sellerinbox.domain.text import clean_line
from sellerinbox.services.report import HIDDEN, chain, secrets_in

_BIGGEST = 1_000_000
"""Bytes after which the log starts anew; the one before is kept beside it."""
_LONGEST_LINE = 2_000


@contextmanager
def log_to(file: Path, environ: Mapping[str, str]) -> Iterator[None]:
    """Send what the program logs to a file meanwhile. Where it can't be written the program works without."""
    logger = logging.getLogger("sellerinbox")
    stream = _open(file)
    handler = logging.NullHandler() if stream is None else logging.StreamHandler(stream)
    handler.setFormatter(_OneLine(secrets_in(environ)))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        if stream is not None:
            stream.close()


def _open(file: Path) -> TextIOWrapper | None:
    try:
        private_folder(file.parent)
        if file.exists() and file.stat().st_size > _BIGGEST:
            file.replace(file.with_name(f"{file.name}.1"))
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        os.fchmod(handle, 0o600)
        return os.fdopen(handle, "w", encoding="utf-8", errors="replace")
    except (OSError, SellerInboxError):
        return None


class _OneLine(logging.Formatter):
    """An event as one line: an exception is its places in the code, never a value."""

    converter = staticmethod(time.gmtime)

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return clean_line(line, _LONGEST_LINE)

    def formatException(self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]) -> str:  # noqa: N802  (logging's own name)
        return "" if ei[1] is None else " | ".join(line for line in chain(ei[1], self._secrets) if line)
