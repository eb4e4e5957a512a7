"""A program in a pseudo terminal that is really its own, and the screen it draws there.

    with Terminal([sys.executable, "-m", "sellerinbox"], environ, (120, 40)) as terminal:
        terminal.until("sellerinbox")
        terminal.press("j", "enter")

Nothing in here sleeps: every wait is a wait for bytes, with a deadline.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Self

import pyte

from sellerinbox.domain.clock import SystemClock

KEYS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "ctrl+s": "\x13"}
PATIENCE = 15.0
"""Seconds until something that must show has not shown; a busy machine needs some."""
LEAVES_THE_SCREEN = b"\x1b[?1049l"
"""What gives the shell its own screen back."""
SHOWS_THE_CURSOR = b"\x1b[?25h"

# The terminal has to be the controlling one, or closing it would be no SIGHUP. Done by a program of
# its own in front: forking a process that has threads, as the tests may have, is not safe.
_TAKE_IT = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"

_clock = SystemClock()


class Deadline:
    """So long and no longer."""

    def __init__(self, seconds: float) -> None:
        self._end = _clock.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never less than none."""
        return max(0.0, self._end - _clock.monotonic())


class Terminal:
    """One program on a terminal of `size` (columns, lines)."""

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str], size: tuple[int, int] = (120, 40)) -> None:
        columns, lines = size
        self.screen = pyte.Screen(columns, lines)
        self.seen = b""
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        self._open = self._over = True
        try:
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            taking = (sys.executable, "-I", "-S", "-c", _TAKE_IT)
            self.process = subprocess.Popen(
                [*taking, *argv], stdin=slave, stdout=slave, stderr=slave, env=dict(environ), start_new_session=True
            )
        finally:
            os.close(slave)
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    # -- what the seller does --------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, by name or as typed; read on meanwhile, so that neither side waits for the other."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            self.read(0)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program, and to it alone."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal under the program, as a lost connection does."""
        if self._open:
            self._open = False
            os.close(self._master)

    # -- what the seller sees --------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """What stands on the screen now, line by line."""
        # Not pyte's own `display`, which fails over a wide sign of which half is painted over.
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        return ["".join(self.screen.buffer[row][column].data for column in columns) for row in rows]

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(self.lines)

    def lines_with(self, words: str) -> list[str]:
        """The lines of the screen in which these words stand."""
        return [line for line in self.lines if words in line]

    def colour(self, words: str) -> str:
        """The colour of the first line with these words, where they begin; empty when there is none."""
        for row, line in enumerate(self.lines):
            if words in line:
                return str(self.screen.buffer[row][line.index(words)].fg)
        return ""

    def read(self, seconds: float) -> bool:
        """Take in what comes within a time; False when nothing did."""
        if self._over or not self._open or not select.select([self._master], [], [], seconds)[0]:
            return False
        got = b""
        with suppress(OSError):  # Linux says EIO once nobody holds the other end
            got = os.read(self._master, 65536)
        self._over = not got
        self.seen += got
        self._stream.feed(got)
        return bool(got)

    def until(self, wanted: str | Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Read until words stand on the screen, or until something is true."""
        there = wanted if callable(wanted) else lambda: wanted in self.text
        deadline = Deadline(seconds)
        while not there():
            if self._over or not deadline.left:
                what = "" if callable(wanted) else f"{wanted!r} "
                raise AssertionError(f"{what}did not come{' before the program ended' if self._over else ''}; the screen was:\n{self.text}")
            self.read(min(0.1, deadline.left))

    def gone(self, words: str, seconds: float = PATIENCE) -> None:
        """Read until words stand on the screen no longer."""
        self.until(lambda: words not in self.text, seconds)

    def ended(self, seconds: float = PATIENCE) -> int:
        """Wait for the program's end; its exit code, negative for a signal that killed it."""
        deadline = Deadline(seconds)
        while self._open and not self._over and deadline.left:
            self.read(deadline.left)
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(deadline.left + 0.1)
        raise AssertionError(f"the program did not end within {seconds} s; the screen was:\n{self.text}")
