"""A program in a pseudo terminal, timed from outside: when its bytes come, how many, what it costs."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Terminal:
    """One program on a terminal of a given size."""

    def __init__(self, argv: list[str], environ: dict[str, str], size: tuple[int, int] = (40, 120)) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, environ)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.seen = b""

    def send(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.fd, keys)

    def read(self, seconds: float) -> bytes:
        """What comes within a time; empty when nothing does."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return b""
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            return b""
        self.seen += got
        return got

    def until(self, wanted: bytes, seconds: float = 20) -> float:
        """Milliseconds from exec until these bytes were on the screen."""
        end = time.perf_counter() + seconds
        while wanted not in self.seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"{wanted!r} did not come; the last bytes were {self.seen[-300:]!r}")
            self.read(0.5)
        return (time.perf_counter() - self.started) * 1000

    def quiet(self, seconds: float) -> tuple[float, int]:
        """Read until nothing came for a time: (ms until the last byte, bytes)."""
        begin = last = time.perf_counter()
        count = 0
        while got := self.read(seconds):
            last = time.perf_counter()
            count += len(got)
        return (last - begin) * 1000, count

    def key(self, keys: bytes, quiet: float = 0.04) -> tuple[float, int]:
        """Press, and read until it is quiet: (ms to the last byte, bytes)."""
        self.send(keys)
        return self.quiet(quiet)

    def listen(self, seconds: float) -> int:
        """Read for a time, whatever comes; returns the bytes."""
        end, count = time.perf_counter() + seconds, 0
        while (left := end - time.perf_counter()) > 0:
            count += len(self.read(left))
        return count

    def idle(self, seconds: float) -> tuple[float, int]:
        """Nobody touches it for a time: (seconds of CPU a second, bytes)."""
        before = self.cpu()
        count = self.listen(seconds)
        return (self.cpu() - before) / seconds, count

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Resident megabytes."""
        line = next(row for row in Path(f"/proc/{self.pid}/status").read_text().splitlines() if row.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def close(self) -> None:
        """End it."""
        try:
            os.kill(self.pid, signal.SIGTERM)
            end = time.perf_counter() + 5
            while time.perf_counter() < end and os.waitpid(self.pid, os.WNOHANG) == (0, 0):
                self.read(0.05)
            else:
                if time.perf_counter() >= end:
                    os.kill(self.pid, signal.SIGKILL)
                    os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)
