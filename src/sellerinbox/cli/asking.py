"""Questions to the seller, one at a time, on the terminal."""

from __future__ import annotations

import sys

from sellerinbox.cli import output
from sellerinbox.domain.errors import UsageError
from sellerinbox.i18n import _


def ask(question: str) -> str:
    """One line, visible while it is typed. Raises `UsageError` when nobody can answer."""
    _need_somebody()
    output.prompt(question)
    sys.stderr.flush()
    return _answer(sys.stdin.readline())


def ask_secret(question: str) -> str:
    """One line that never shows: a secret, a code. Raises `UsageError` when nobody can answer."""
    _need_somebody()
    from getpass import getpass

    output.prompt(_("{question} (stays invisible)").format(question=question))
    sys.stderr.flush()
    try:
        return _answer(getpass(prompt="") + "\n")
    except EOFError:
        return _answer("")


def _need_somebody() -> None:
    if not sys.stdin.isatty():
        raise UsageError(_("Signing in asks step by step and needs a terminal; use --from-env or --secret-command without one."))


def _answer(line: str) -> str:
    if not line.strip():
        raise UsageError(_("Nothing was typed, so nothing was changed."))
    return line.strip()
