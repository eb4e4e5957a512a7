"""`demo` and `demo --serve`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime

from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.interface import need_terminal
from sellerinbox.domain.clock import DEMO_CLOCK, Clock, DemoClock, clock_for
from sellerinbox.domain.errors import UsageError
from sellerinbox.i18n import _
from sellerinbox.services import demo as services


def demo(arguments: Namespace, context: Context) -> int:
    """The screen over simulated marketplaces, or only these."""
    if arguments.serve:
        wait = _until_parent_is_gone if arguments.follow_stdin else _until_signal()
        services.serve(arguments.port, arguments.conversations, arguments.seed, output.as_json, wait, _clock(arguments.at, context))
        return ExitCode.DONE
    need_terminal(context)
    with services.demo(arguments.at) as config:
        from sellerinbox.tui.app import run

        return run(config, clock_for(os.environ))


def _clock(at: datetime | None, context: Context) -> Clock:
    """The clock the simulated world lives by: the demo's when there is one, set to `at`."""
    clock = clock_for(context.environ)
    if at is not None:
        if not isinstance(clock, DemoClock):
            raise UsageError(_("--at needs a file for the clock: name one with {name}.").format(name=DEMO_CLOCK))
        clock.shift(at - clock.now())
    return clock


def _until_signal() -> Callable[[], None]:
    """Waits for a signal that may come from now on, also in the background of a script, where SIGINT is ignored."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_signal: over.set())

    def wait() -> None:
        over.wait()
        raise KeyboardInterrupt

    return wait


def _until_parent_is_gone() -> None:
    while sys.stdin.buffer.read(1024):
        pass
