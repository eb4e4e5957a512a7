"""The child's end of the line to the interface that started it.

The interface keeps a pipe to our standard input open: a byte wakes us, its end means that the
interface is gone, however it went. The same ending is given to a signal.
"""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

SEND_NOW = b"s"
"""Something was queued."""
PULL_NOW = b"p"
"""The seller asks for news; what is queued goes, too."""
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Wakeable(Protocol):
    """What can be woken and stopped: the `Syncer`."""

    def wake(self, *, pull: bool = False) -> None:
        """Send what is queued; `pull`: and ask for news."""

    def stop(self) -> None:
        """End after the send in flight."""


@contextmanager
def obeying(syncer: Wakeable, stdin: int | None = 0, on_signal: Callable[[int], None] = lambda _: None) -> Iterator[None]:
    """Wake and stop `syncer` as the parent says; `on_signal` hears which signal ended it.

    A standard input that is no pipe (a terminal, a service's /dev/null) is left alone. To be
    used inside a running event loop, on its main thread.
    """
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, _end, syncer, on_signal, number)
    listening = stdin is not None and _is_line(stdin)
    if stdin is not None and listening:
        loop.add_reader(stdin, _read, loop, stdin, syncer)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
        if stdin is not None and listening:
            loop.remove_reader(stdin)


def _is_line(stdin: int) -> bool:
    with suppress(OSError):
        mode = os.fstat(stdin).st_mode
        return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
    return False


def _read(loop: asyncio.AbstractEventLoop, stdin: int, syncer: Wakeable) -> None:
    try:
        got = os.read(stdin, 1024)
    except BlockingIOError:
        return
    except OSError:
        got = b""
    if got:
        syncer.wake(pull=PULL_NOW in got)
    else:
        loop.remove_reader(stdin)
        syncer.stop()


def _end(syncer: Wakeable, on_signal: Callable[[int], None], number: int) -> None:
    on_signal(number)
    syncer.stop()
