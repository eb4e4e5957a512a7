"""The interface's end of the line: the sync runs in a child process, its events come in one a line.

Keys never wait for the network that way, and neither secrets nor the libraries that need them
are in the process that shows strangers' text. Imports no network, database or secret library.
"""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.text import clean_line
from sellerinbox.i18n import _
from sellerinbox.sync.events import Problem, SyncEvent, from_json
from sellerinbox.sync.parent import PULL_NOW, SEND_NOW
from sellerinbox.sync.waiting import Patience, wait_or_woken

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
"""Seconds before a dead child is started again: doubling from the first to the longest."""
HEALTHY_AFTER = 60.0
"""Seconds a child has to live for the pauses to start anew."""
FAREWELL = 5.0
"""Seconds a child gets to finish a send in flight before it is ended."""
_LONGEST_LINE = 1 << 20
_TAIL = 4096


class SyncFeed(Protocol):
    """Where news of the sync comes from: a child process, or in tests a list."""

    def events(self) -> AsyncIterator[SyncEvent]:
        """The news, until closed."""

    def wake(self, *, pull: bool = False) -> None:
        """Something was queued: send it now; `pull`: and ask for news now."""

    async def close(self) -> None:
        """End it."""


class ChildSync:
    """Runs `argv` (a `sync --watch --json`) as a child, and runs it again when it dies."""

    def __init__(self, argv: Sequence[str], clock: Clock, environ: Mapping[str, str] | None = None) -> None:
        """`environ` None: the child inherits ours."""
        self._argv = tuple(argv)
        self._clock = clock
        self._environ = environ
        self._child: Process | None = None
        self._listener: asyncio.Future[None] | None = None
        self._last_words = b""
        self._closed = False
        self._poke = asyncio.Event()

    async def events(self) -> AsyncIterator[SyncEvent]:
        """The child's events, and a `Problem` each time it died; ends after `close`. For one reader."""
        pause = FIRST_PAUSE
        while not self._closed:
            started = self._clock.monotonic()
            await self._start()
            while (event := await self._next()) is not None:
                yield event
            if self._closed:
                return
            if self._clock.monotonic() - started >= HEALTHY_AFTER:
                pause = FIRST_PAUSE
            yield Problem(None, self._obituary(pause))
            await wait_or_woken(self._clock, pause, self._poke)
            pause = min(pause * 2, LONGEST_PAUSE)

    def wake(self, *, pull: bool = False) -> None:
        """One byte down the child's standard input; a dead child is started again at once."""
        self._poke.set()
        if self._child is None or self._child.stdin is None or self._child.stdin.is_closing():
            return
        with suppress(OSError):
            self._child.stdin.write(PULL_NOW if pull else SEND_NOW)

    async def close(self) -> None:
        """Let the child finish a send in flight; after `FAREWELL` seconds it is ended."""
        self._closed = True
        self._poke.set()
        child = self._child
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            await Patience(self._clock, FAREWELL).over(child.wait())
        except TimeoutError:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()

    async def _start(self) -> None:
        """Start the child; when that fails, it counts as one that died at once."""
        self._poke.clear()
        self._child, self._last_words = None, b""
        try:
            # A session of its own: Ctrl+C and a lost connection at the interface must not kill a send.
            self._child = await asyncio.create_subprocess_exec(
                *self._argv, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True, env=self._environ, limit=_LONGEST_LINE
            )
        except OSError as error:
            self._last_words = str(error.strerror).encode()
            return
        self._listener = asyncio.ensure_future(self._listen(self._child))
        if self._closed:
            await self.close()

    async def _next(self) -> SyncEvent | None:
        """The child's next event; None once it has ended."""
        if self._child is None or self._child.stdout is None:
            return None
        while line := await _line(self._child.stdout):
            event = from_json(line)
            if event is not None:
                return event
        await self._child.wait()
        # Its own children may still hold its standard error open; they are not waited for.
        with suppress(TimeoutError):
            await Patience(self._clock, 1.0).over(self._listener or asyncio.sleep(0))
        return None

    async def _listen(self, child: Process) -> None:
        """Keep the end of what the child says on its standard error, which must not fill up."""
        while child.stderr is not None and (said := await child.stderr.read(_TAIL)):
            self._last_words = (self._last_words + said)[-_TAIL:]

    def _obituary(self, pause: float) -> str:
        said = self._last_words.decode(errors="replace")
        # Our own last words are a sentence; those of a crash mean nothing to the seller.
        why = "" if "Traceback" in said else clean_line(said.strip().rpartition("\n")[2])
        stopped = (
            _("The sync stopped and starts again in {seconds:.0f} s: {why}")
            if why
            else _("The sync stopped and starts again in {seconds:.0f} s.")
        )
        calm = _("Nothing is lost: replies wait here, and one that was on its way is looked for before anything is sent again.")
        return f"{stopped.format(seconds=pause, why=why)} {calm}"


async def _line(stream: asyncio.StreamReader) -> str:
    """The next line; empty at the end. One too long to be ours is skipped."""
    while True:
        with suppress(ValueError):
            return (await stream.readline()).decode(errors="replace")
