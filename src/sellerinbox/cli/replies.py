"""`reply`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.outbox import tell
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.i18n import _
from sellerinbox.inbox import Inbox

_BIGGEST = 1_000_000
"""Bytes read from a file: no marketplace takes a reply of a hundredth of it."""
_CODES = {
    OutboxState.SENT: ExitCode.DONE,
    OutboxState.UNCONFIRMED: ExitCode.UNCONFIRMED,
    OutboxState.REJECTED: ExitCode.FAILED,
    OutboxState.CANCELLED: ExitCode.FAILED,
}


def reply(arguments: Namespace, context: Context) -> ExitCode:
    """Check a reply, queue it, and with `--wait` see it through."""
    key = Key.parse(arguments.key)
    if arguments.values and arguments.canned is None:
        raise UsageError(_("--set fills in a canned reply, so it goes with --canned only."))
    with context.inbox() as inbox:
        text = _text(arguments, inbox, key)
        item = inbox.replies.queue(key, text, undo_seconds=arguments.undo, accept_warnings=arguments.accept_warnings)
        if not arguments.wait:
            tell(item, json=arguments.json)
            output.note(_("It is queued and goes out with the next sync; `sellerinbox undo` calls it back until then."))
            return ExitCode.DONE
        from sellerinbox.cli.sync import see_through

        trouble = see_through(context, item.id)
        item = inbox.replies.get(item.id)
        tell(item, json=arguments.json)
    return _CODES.get(item.state, trouble)


def _text(arguments: Namespace, inbox: Inbox, key: Key) -> str:
    if arguments.text is not None:
        return str(arguments.text)
    if arguments.file is not None:
        return _read(arguments.file)
    prepared = inbox.replies.prepare(key, arguments.canned, dict(_value(pair) for pair in arguments.values))
    if prepared.missing:
        wanted = " ".join(f"--set {name}=…" for name in prepared.missing)
        told = _("Nothing was sent: the canned reply needs what is not known here; add {wanted}.")
        raise UsageError(told.format(wanted=wanted))
    if not prepared.exact and prepared.thread_language:
        told = _("There is no text in the buyer's language ({theirs}); the one in {ours} was taken.")
        output.note(told.format(theirs=prepared.thread_language, ours=prepared.language))
    return prepared.text


def _value(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not (name and equals and value.strip()):
        raise UsageError(_("“{pair}” is not NAME=VALUE with a value; write for example --set tracking=1Z999.").format(pair=pair))
    return name, value


def _read(name: str) -> str:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(_BIGGEST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(_BIGGEST + 1)
        if len(content) > _BIGGEST:
            raise UsageError(_("{file} is far too long for a reply, so nothing was sent.").format(file=name))
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(_("{file} is not UTF-8 text, so nothing was sent.").format(file=name)) from error
    except OSError as error:
        raise UsageError(_("{file} can't be read ({why}), so nothing was sent.").format(file=name, why=error.strerror)) from error
