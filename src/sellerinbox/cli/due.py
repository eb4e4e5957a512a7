"""`due`: every clock in one list, for cron and status bars."""

from __future__ import annotations

from argparse import Namespace

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.promises import due_word
from sellerinbox.domain.text import marked
from sellerinbox.domain.views import DueItem
from sellerinbox.i18n import N_, _
from sellerinbox.inbox import Inbox

_KINDS = {"reply": N_("answer"), "promise": N_("promise"), "snooze": N_("woken"), "case": N_("case")}


def due(arguments: Namespace, context: Context) -> ExitCode:
    """What has woken, then answers and promises, the one due first at the top; 8 when any is overdue, listed or not."""
    with context.inbox() as inbox:
        items = inbox.due(arguments.limit)
        overdue = _any_overdue(inbox, items, arguments.limit)
    if arguments.json:
        output.as_json([shapes.due(item) for item in items])
    else:
        headers = (_("DUE"), _("WHAT"), "KEY", _("BUYER"), _("TEXT"))
        output.table(headers, map(_row, items), empty=_("Nothing is due."))
    return ExitCode.OVERDUE if overdue else ExitCode.DONE


def _any_overdue(inbox: Inbox, items: tuple[DueItem, ...], limit: int) -> bool:
    """Behind what has woken the earliest clock comes first; it alone decides, wherever the list was cut."""
    while len(items) == limit and all(item.kind == "snooze" for item in items):
        limit *= 4
        items = inbox.due(limit)
    return any(item.overdue for item in items)


def _row(item: DueItem) -> tuple[str, ...]:
    about = item.text or item.subject
    return (due_word(item.due_at, overdue=item.overdue), _(_KINDS[item.kind]), str(item.key), marked(item.buyer), about)
