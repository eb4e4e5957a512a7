"""`done`, `reopen`, `read`, `no-reply`, `snooze`, `wake`, `tag`, `undo`. Many KEYs are one action, for undo too."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.when import snooze_of
from sellerinbox.domain.errors import PromiseOpen
from sellerinbox.domain.models import Key
from sellerinbox.domain.promises import PromiseState
from sellerinbox.i18n import _
from sellerinbox.inbox import Inbox


def done(arguments: Namespace, context: Context) -> ExitCode:
    """Close conversations. Raises `PromiseOpen`, after naming the promises, when a buyer still has one."""
    keys = _keys(arguments)
    with context.inbox() as inbox:
        try:
            inbox.conversations.done(*keys)
        except PromiseOpen as refused:
            name_promises(inbox, refused.keys)
            raise
    return _say(keys, _("{key} is closed; undo takes it back."))


def reopen(arguments: Namespace, context: Context) -> ExitCode:
    """Take closed conversations back."""
    keys = _keys(arguments)
    with context.inbox() as inbox:
        inbox.conversations.reopen(*keys)
    return _say(keys, _("{key} is back in the list."))


def read(arguments: Namespace, context: Context) -> ExitCode:
    """Mark as read, or unread."""
    keys, wanted = _keys(arguments), not arguments.unread
    with context.inbox() as inbox:
        inbox.conversations.mark_read(keys, wanted)
    return _say(keys, _("{key} is read.") if wanted else _("{key} is unread."))


def no_reply(arguments: Namespace, context: Context) -> ExitCode:
    """The buyers' last words need no answer."""
    keys = _keys(arguments)
    with context.inbox() as inbox:
        inbox.conversations.no_reply_needed(*keys)
    return _say(keys, _("{key} needs no reply; promises and snoozes stay."))


def snooze(arguments: Namespace, context: Context) -> ExitCode:
    """Put conversations off."""
    keys = _keys(arguments)
    with context.inbox() as inbox:
        wanted = snooze_of(arguments.until, inbox, context)
        words = inbox.conversations.words(wanted)
        inbox.conversations.snooze(keys, wanted)
    return _say(keys, _("{key} is put off ({when}); undo takes it back."), when=words)


def wake(arguments: Namespace, context: Context) -> ExitCode:
    """Take back what sleeps."""
    keys = _keys(arguments)
    with context.inbox() as inbox:
        inbox.conversations.unsnooze(*keys)
    return _say(keys, _("{key} is awake."))


def tag(arguments: Namespace, context: Context) -> ExitCode:
    """Put tags on and take them off; the tags as they then are, as data."""
    keys = _keys(arguments)
    with context.inbox() as inbox:
        if arguments.add or arguments.remove:
            inbox.conversations.tag(keys, arguments.add, arguments.remove)
        rows = [inbox.conversations.row(key) for key in keys]
    if arguments.json:
        output.as_json([{"key": str(row.key), "tags": row.tags} for row in rows])
    else:
        output.table(("KEY", _("TAGS")), [(str(row.key), " ".join(row.tags)) for row in rows], empty="")
    return ExitCode.DONE


def undo(_arguments: Namespace, context: Context) -> ExitCode:
    """Take back the last local action."""
    with context.inbox() as inbox:
        output.note(inbox.history.undo())
    return ExitCode.DONE


def name_promises(inbox: Inbox, keys: Iterable[Key]) -> None:
    """Say which promises stand in the way, with the ids to renew or drop them."""
    for key in keys:
        for promise in inbox.promises.of(key):
            if promise.state is PromiseState.OPEN:
                told = _("{key}: promise {id}, due {when}: {text}")
                output.note(told.format(key=key, id=promise.id, when=output.time(promise.due_at), text=promise.text))


def _keys(arguments: Namespace) -> list[Key]:
    """All KEYs, read before the first is touched. Raises `UsageError`."""
    return [Key.parse(text) for text in arguments.keys]


def _say(keys: Iterable[Key], said: str, **more: str) -> ExitCode:
    for key in keys:
        output.note(said.format(key=key, **more))
    return ExitCode.DONE
