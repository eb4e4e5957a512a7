"""An unforeseen fault in words: where it happened, never what was in it.

No local values, and of the exceptions' own words nothing that could be a secret: a value of the
environment's secrets, or any run of sixteen characters and more without a blank, which is
what every key, token and code looks like.
"""

from __future__ import annotations

import os
import platform
import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sellerinbox import __version__
from sellerinbox.config import paths, private_folder
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.errors import SellerInboxError
from sellerinbox.domain.text import clean_line

_LONG = re.compile(r"[^\s'\"(),:;=]{16,}")
HIDDEN = "[hidden]"


def write_report(error: BaseException, home: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Write the report (mode 0600) and return its path; None when there is no place for it."""
    try:
        folder = private_folder(private_folder(paths(home, environ).state) / "reports")
        file = folder / f"{SystemClock().now():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(describe(error, environ))
    except (OSError, SellerInboxError):
        return None
    return file


def describe(error: BaseException, environ: Mapping[str, str]) -> str:
    """The report's text."""
    head = f"sellerinbox {__version__}, Python {platform.python_version()}, {platform.system()}\n\n"
    return head + "\n".join(chain(error, secrets_in(environ))) + "\n"


def secrets_in(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The values that must appear nowhere."""
    return tuple(value for name, value in environ.items() if name.startswith("SELLERINBOX_SECRET_") and value)


def chain(error: BaseException, secrets: Sequence[str]) -> Iterator[str]:
    """The error and what led to it as lines, the last one first."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"{type(current).__module__}.{type(current).__qualname__}: {_hide(str(current), secrets)}"
        for frame in reversed(traceback.extract_tb(current.__traceback__)):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        yield ""
        for inner in getattr(current, "exceptions", ()):
            yield from chain(inner, secrets)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _hide(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return clean_line(_LONG.sub(HIDDEN, text), 1000)
