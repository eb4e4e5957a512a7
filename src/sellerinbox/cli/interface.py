"""Without a command: the screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sellerinbox.cli.context import Context
from sellerinbox.domain.errors import UsageError
from sellerinbox.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

_NO_SCREEN = ("", "dumb", "unknown")


def interface(_arguments: Namespace, context: Context) -> int:
    """The command without a name."""
    return open_screen(context)


def open_screen(context: Context) -> int:
    """Open the screen. Raises `UsageError` at once where there is none."""
    need_terminal(context)
    import gc

    # Collecting garbage while everything is being imported finds none and costs the first screen
    # a tenth of its time; the application switches it on again once the list is to be seen.
    gc.disable()
    from sellerinbox.tui.app import run

    return run(context.config, context.clock)


def need_terminal(context: Context) -> None:
    """Raise `UsageError`, naming the commands instead, when there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        why = _("standard input or output is not a terminal")
    elif context.environ.get("TERM", "").strip().lower() in _NO_SCREEN:
        why = _("this terminal (TERM={term}) can't show one").format(term=context.environ.get("TERM", ""))
    else:
        return
    told = _("The screen can't open because {why}; use the commands: sync, list, show, reply, order … (see sellerinbox --help).")
    raise UsageError(told.format(why=why))
