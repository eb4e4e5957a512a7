"""`promises`, `promises add|renew|drop`: what buyers were told would be done."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.when import deadline_of, end_of_today
from sellerinbox.domain.models import Key
from sellerinbox.domain.promises import Promise
from sellerinbox.domain.text import marked
from sellerinbox.i18n import _


def listing(arguments: Namespace, context: Context) -> ExitCode:
    """Open promises, the one due first at the top; with `--due` only those of today and before, and 8 when any is overdue."""
    now = context.clock.now()
    with context.inbox() as inbox:
        found: Sequence[Promise] = inbox.promises.open(arguments.limit)
        overdue = inbox.promises.overdue()
        if arguments.due:
            end = end_of_today(inbox, context)
            found = [promise for promise in found if promise.due_at < end]
    if arguments.json:
        output.as_json([shapes.promise(each, now) for each in found])
    else:
        rows = [_row(promise, now) for promise in found]
        output.table(("ID", _("DUE"), "KEY", _("BUYER"), _("PROMISE")), rows, empty=_("No promise is open."))
    return ExitCode.OVERDUE if arguments.due and overdue else ExitCode.DONE


def add(arguments: Namespace, context: Context) -> ExitCode:
    """Write a promise down."""
    key = Key.parse(arguments.key)
    with context.inbox() as inbox:
        made = inbox.promises.add(key, arguments.text, deadline_of(arguments.by, inbox, context))
    return _tell(made, arguments, context)


def renew(arguments: Namespace, context: Context) -> ExitCode:
    """The same promise with a new date."""
    with context.inbox() as inbox:
        made = inbox.promises.renew(arguments.id, deadline_of(arguments.by, inbox, context))
    return _tell(made, arguments, context)


def drop(arguments: Namespace, context: Context) -> ExitCode:
    """Close a promise unkept, with a reason."""
    with context.inbox() as inbox:
        dropped = inbox.promises.drop(arguments.id, arguments.reason)
    return _tell(dropped, arguments, context)


def due_word(at: datetime, *, overdue: bool) -> str:
    """When something is due, and in words that it is over."""
    return _("{when} overdue").format(when=output.time(at)) if overdue else output.time(at)


def _row(promise: Promise, now: datetime) -> tuple[str, ...]:
    due = due_word(promise.due_at, overdue=promise.overdue(now))
    return (str(promise.id), due, str(promise.key), marked(promise.buyer), promise.text)


def _tell(promise: Promise, arguments: Namespace, context: Context) -> ExitCode:
    now = context.clock.now()
    if arguments.json:
        output.as_json(shapes.promise(promise, now))
    else:
        output.line(f"{promise.id} {promise.state} {promise.key} {output.time(promise.due_at)} {promise.text}")
    return ExitCode.DONE
