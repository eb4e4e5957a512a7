"""`demo` and `demo --serve`."""

from __future__ import annotations

import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable

from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.interface import need_terminal
from sellerinbox.services import demo as services


def demo(arguments: Namespace, context: Context) -> int:
    """The screen over simulated marketplaces, or only these."""
    if arguments.serve:
        wait = _until_parent_is_gone if arguments.follow_stdin else _until_signal()
        services.serve(arguments.port, arguments.conversations, arguments.seed, output.as_json, wait)
        return ExitCode.DONE
    need_terminal(context)
    with services.demo() as config:
        from sellerinbox.tui.app import run

        return run(config, context.clock)


def _until_signal() -> Callable[[], None]:
    """Waits for a signal that may come from now on, also in the background of a script, where SIGINT is ignored."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())

    def wait() -> None:
        over.wait()
        raise KeyboardInterrupt

    return wait


def _until_parent_is_gone() -> None:
    while sys.stdin.buffer.read(1024):
        pass
