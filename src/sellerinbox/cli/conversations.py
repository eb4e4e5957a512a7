"""`list`, `show`, `search`, `done`, `reopen`, `read`, `undo`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.models import ConversationRow, Direction, Key, State
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.text import marked, marks
from sellerinbox.domain.views import ThreadEntry, ThreadView
from sellerinbox.inbox import Inbox

_BELONGS: dict[str, Callable[[ConversationRow], bool]] = {
    "inbox": lambda row: row.state is not State.CLOSED,
    "due": lambda row: row.due_at is not None and row.state is not State.CLOSED,
    "unread": lambda row: row.unread > 0,
    "closed": lambda row: row.state is State.CLOSED,
    "all": lambda _: True,
}
"""View → whether a row found by its words belongs to it."""
_MOST = 1000
"""Finds looked through for `list QUERY`."""


def listing(arguments: Namespace, context: Context) -> ExitCode:
    """Conversations, most urgent first."""
    with context.inbox() as inbox:
        rows = _found(inbox, arguments) if arguments.query else inbox.conversations.page(arguments.view, arguments.limit)
        if arguments.json:
            output.as_json([shapes.conversation(row) for row in rows])
        else:
            show_rows(rows)
    return ExitCode.DONE


def show(arguments: Namespace, context: Context) -> ExitCode:
    """One conversation with its order and buyer."""
    key = Key.parse(arguments.key)
    with context.inbox() as inbox:
        view = inbox.conversations.thread(key, arguments.limit)
        order = inbox.orders.beside(key)
        if arguments.json or arguments.raw:
            output.as_json(_whole(inbox, view, order, raw=arguments.raw), raw=arguments.raw)
        else:
            _print_thread(view, order)
    return ExitCode.DONE


def search(arguments: Namespace, context: Context) -> ExitCode:
    """Messages and conversations in which words are found."""
    with context.inbox() as inbox:
        hits = inbox.conversations.search(arguments.query, arguments.limit)
    if arguments.json:
        output.as_json([shapes.hit(hit) for hit in hits])
        return ExitCode.DONE
    rows = [(str(hit.row.key), marked(hit.row.buyer), output.time(hit.sent_at), hit.snippet) for hit in hits]
    output.table(("KEY", "BUYER", "WRITTEN", "TEXT"), rows, empty="Nothing was found.")
    return ExitCode.DONE


def done(arguments: Namespace, context: Context) -> ExitCode:
    """Close conversations."""
    with context.inbox() as inbox:
        return _each(arguments.keys, inbox.conversations.done, "is closed; undo takes it back")


def reopen(arguments: Namespace, context: Context) -> ExitCode:
    """Take closed conversations back."""
    with context.inbox() as inbox:
        return _each(arguments.keys, inbox.conversations.reopen, "is back in the list")


def read(arguments: Namespace, context: Context) -> ExitCode:
    """Mark as read, or unread."""
    wanted = not arguments.unread
    with context.inbox() as inbox:
        return _each(arguments.keys, lambda key: inbox.conversations.mark_read(key, wanted), f"is {'read' if wanted else 'unread'}")


def undo(_arguments: Namespace, context: Context) -> ExitCode:
    """Take back the last local action."""
    with context.inbox() as inbox:
        output.note(inbox.history.undo())
    return ExitCode.DONE


def show_rows(rows: Iterable[ConversationRow]) -> None:
    """Conversations as a table."""
    cells = [
        (str(row.key), marked(row.buyer), _state(row), output.time(row.due_at), output.time(row.last_message_at), _about(row))
        for row in rows
    ]
    output.table(("KEY", "BUYER", "STATE", "DUE", "LAST", "ABOUT"), cells, empty="No conversations here.")


def _each(keys: list[str], act: Callable[[Key], None], said: str) -> ExitCode:
    """Do it to every conversation; all KEYs are read before the first is touched."""
    for key in [Key.parse(text) for text in keys]:
        act(key)
        output.note(f"{key} {said}.")
    return ExitCode.DONE


def _found(inbox: Inbox, arguments: Namespace) -> list[ConversationRow]:
    """The conversations of a view in which words are found, each once, in the view's order."""
    found = {hit.row.key: hit.row for hit in inbox.conversations.search(arguments.query, _MOST)}
    rows = [row for row in found.values() if _BELONGS[arguments.view](row)]
    return sorted(rows, key=lambda row: row.position)[: arguments.limit]


def _whole(inbox: Inbox, view: ThreadView, order: OrderMatch | None, *, raw: bool) -> shapes.Shape:
    row = view.row
    block = inbox.buyers.get(row.key.account, row.buyer)
    return {
        "conversation": shapes.conversation(row),
        "messages": [shapes.entry(entry, raw=raw) for entry in view.entries],
        "earlier": view.earlier,
        "draft": view.draft,
        "orders": [] if order is None else [shapes.order(order)],
        "cases": [],
        "promises": [],
        "buyer": {"name": row.buyer, "blocked": block is not None, "block": None if block is None else shapes.block(block)},
        "notes": [],
    }


def _print_thread(view: ThreadView, order: OrderMatch | None) -> None:
    row = view.row
    output.line(f"{row.key}  {row.buyer}{'  (blocked)' if row.blocked else ''}  {row.subject}")
    _warn(row.buyer, "⚠ The name: ")
    output.line(f"{_state(row)}{f', answer due {output.time(row.due_at)}' if row.due_at else ''}")
    if order is not None:
        output.line(_order_line(order))
    if view.earlier:
        output.line(f"… {view.earlier} earlier messages; --limit shows more")
    for entry in view.entries:
        _print_entry(entry)
    if view.draft:
        output.line("\ndraft, not sent:")
        output.lines(view.draft, "  ┊ ")


def _print_entry(entry: ThreadEntry) -> None:
    output.line()
    arrow = "→" if entry.direction is Direction.IN else "←"
    state = f"  [{entry.outbox}{f': {entry.reason}' if entry.reason else ''}]" if entry.outbox else ""
    output.line(f"{arrow} {entry.author}  {output.time(entry.sent_at)}{state}")
    _warn(entry.text, "  ⚠ ")
    output.lines(entry.text, "  │ ")
    for file in entry.attachments:
        output.line(f"  + {file.kind} {file.name}")


def _warn(text: str, before: str) -> None:
    """What in a stranger's text may mislead, a line each."""
    for word in marks(text):
        output.line(f"{before}{word}")


def _order_line(order: OrderMatch) -> str:
    found = order.order
    how = f", inferred from buyer and item{f', newest of {order.candidates}' if order.candidates > 1 else ''}" if order.inferred else ""
    parcels = ", ".join(shipment.tracking_number for shipment in found.shipments if shipment.tracking_number)
    return f"order {found.order_id} ({found.status}{how}){f', parcel {parcels}' if parcels else ''}"


def _state(row: ConversationRow) -> str:
    words = [str(row.state)]
    words += [f"{row.unread} unread"] if row.unread else []
    words += [f"reply {row.outbox}"] if row.outbox else []
    words += ["draft"] if row.has_draft else []
    return ", ".join([*words, *(["blocked"] if row.blocked else [])])


def _about(row: ConversationRow) -> str:
    return f"{row.subject} – {row.snippet}" if row.subject else row.snippet
