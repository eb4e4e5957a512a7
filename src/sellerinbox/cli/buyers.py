"""`buyer`, `block`, `unblock`, `blocked`."""

from __future__ import annotations

from argparse import Namespace

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.conversations import show_rows
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.orders import show_orders
from sellerinbox.domain.buyers import Block
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.text import marked
from sellerinbox.i18n import _
from sellerinbox.inbox import Inbox


def buyer(arguments: Namespace, context: Context) -> ExitCode:
    """A buyer's conversations and orders."""
    name = arguments.buyer
    with context.inbox() as inbox:
        rows = inbox.buyers.conversations(name, arguments.limit)
        orders = [match for match in inbox.orders.find(name, arguments.limit) if match.order.buyer.casefold() == name.casefold()]
        blocks = [block for block in inbox.buyers.blocked() if block.buyer.casefold() == name.casefold()]
    if arguments.json:
        output.as_json(
            {
                "name": name,
                "blocked": [shapes.block(block) for block in blocks],
                "conversations": [shapes.conversation(row) for row in rows],
                "orders": [shapes.order(match) for match in orders],
            }
        )
        return ExitCode.DONE
    for block in blocks:
        output.line(
            _("blocked on {account}: {reason}").format(account=block.account, reason=", ".join(filter(None, (block.reason, block.note))))
        )
    show_rows(rows)
    show_orders(orders)
    return ExitCode.DONE


def block(arguments: Namespace, context: Context) -> ExitCode:
    """Put a buyer on the local list, and say where the marketplace's own is kept."""
    with context.inbox() as inbox:
        account, name, key = _who(arguments, context, inbox)
        made = inbox.buyers.block(account, name, arguments.reason, arguments.note, key)
        if arguments.done_there:
            inbox.buyers.set_remote(account, name, "done by seller")
            told = _("{buyer} is on the local block list of {account}; noted that you blocked him there too.")
            output.note(told.format(buyer=name, account=account))
        else:
            _say_where(inbox, context, made)
    return ExitCode.DONE


def unblock(arguments: Namespace, context: Context) -> ExitCode:
    """Take a buyer off the local list."""
    with context.inbox() as inbox:
        account, name, _key = _who(arguments, context, inbox)
        inbox.buyers.unblock(account, name)
    told = _("{buyer} is off the local block list of {account}; if you blocked him on the marketplace's own page, undo it there too.")
    output.note(told.format(buyer=name, account=account))
    return ExitCode.DONE


def blocked(arguments: Namespace, context: Context) -> ExitCode:
    """The local block list."""
    with context.inbox() as inbox:
        blocks = inbox.buyers.blocked()[: arguments.limit]
    if arguments.json:
        output.as_json([shapes.block(entry) for entry in blocks])
        return ExitCode.DONE
    rows = [(entry.account, marked(entry.buyer), entry.reason, output.time(entry.blocked_at), entry.remote, entry.note) for entry in blocks]
    output.table((_("ACCOUNT"), _("BUYER"), _("REASON"), _("SINCE"), _("THERE"), _("NOTE")), rows, empty=_("Nobody is blocked."))
    return ExitCode.DONE


def _who(arguments: Namespace, context: Context, inbox: Inbox) -> tuple[str, str, Key | None]:
    """Account, user name and, where one was named, the conversation."""
    accounts = context.config.accounts
    if arguments.account is not None:
        return context.config.account(arguments.account).name, arguments.buyer, None
    if arguments.buyer.partition(":")[0] in [account.name for account in accounts] and ":" in arguments.buyer:
        key = Key.parse(arguments.buyer)
        return key.account, inbox.conversations.row(key).buyer, key
    if len(accounts) != 1:
        raise UsageError(_("Say with --account NAME from which account he bought, or give a KEY from `sellerinbox list`."))
    return accounts[0].name, arguments.buyer, None


def _say_where(inbox: Inbox, context: Context, made: Block) -> None:
    page = inbox.buyers.block_page(context.config.account(made.account).marketplace)
    told = _("{buyer} is on the local block list of {account}")
    if page:
        told = _("{buyer} is on the local block list of {account}; on the marketplace block him yourself: {page}")
    output.note(told.format(buyer=made.buyer, account=made.account, page=page))
