"""`outbox list|cancel|retry`."""

from __future__ import annotations

from argparse import Namespace

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.domain.text import excerpt
from sellerinbox.i18n import _


def outbox(arguments: Namespace, context: Context) -> ExitCode:
    """What waits, goes, went, is unconfirmed; call one back; send one again."""
    if (arguments.id is None) is not (arguments.action == "list"):
        raise UsageError(_("Use `outbox list`, `outbox cancel ID` or `outbox retry ID`; the IDs stand in `sellerinbox outbox`."))
    with context.inbox() as inbox:
        if arguments.action == "list":
            _list(inbox.replies.outbox(arguments.limit), json=arguments.json)
        else:
            act = inbox.replies.cancel if arguments.action == "cancel" else inbox.replies.retry
            tell(act(arguments.id), json=arguments.json)
    return ExitCode.DONE


def tell(item: OutboxItem, *, json: bool) -> None:
    """Say where one item stands."""
    if json:
        output.as_json(shapes.outbox(item))
    else:
        output.line(f"{item.id} {item.state} {item.account}:{item.remote_id}{f' ({item.reason})' if item.reason else ''}")


def _list(items: tuple[OutboxItem, ...], *, json: bool) -> None:
    if json:
        output.as_json([shapes.outbox(item) for item in items])
        return
    output.table(("ID", _("STATE"), _("KIND"), "KEY", _("TEXT")), map(_row, items), empty=_("The outbox is empty."))


def _row(item: OutboxItem) -> tuple[str, ...]:
    return (str(item.id), _state(item), item.kind, f"{item.account}:{item.remote_id}", item.reason or excerpt(item.text))


def _state(item: OutboxItem) -> str:
    return _("not found, retry?") if item.state is OutboxState.UNCONFIRMED and item.not_found else str(item.state)
