"""`list`, `show`, `search`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.promises import due_word
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import ConversationRow, Direction, Key
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.promises import PromiseState
from sellerinbox.domain.text import marked, marks
from sellerinbox.domain.views import ThreadEntry, ThreadView
from sellerinbox.i18n import _
from sellerinbox.inbox import Inbox
from sellerinbox.inbox.conversations import VIEWS


def listing(arguments: Namespace, context: Context) -> ExitCode:
    """Conversations, most urgent first."""
    view, query = _view(arguments.view, " ".join(arguments.query), context)
    with context.inbox() as inbox:
        inbox.conversations.wake()
        rows = inbox.conversations.page(view, arguments.limit, query=query, patient=True)
        if arguments.json:
            output.as_json([shapes.conversation(row) for row in rows])
        else:
            show_rows(rows)
    _note_if_late(rows)
    return ExitCode.DONE


def show(arguments: Namespace, context: Context) -> ExitCode:
    """One conversation with its order and buyer."""
    key = Key.parse(arguments.key)
    with context.inbox() as inbox:
        inbox.conversations.wake()
        view = inbox.conversations.thread(key, arguments.limit)
        order = inbox.orders.beside(key)
        if arguments.json or arguments.raw:
            output.as_json(_whole(inbox, view, order, context.clock.now(), raw=arguments.raw), raw=arguments.raw)
        else:
            _print_thread(inbox, view, order, context.clock.now())
    return ExitCode.DONE


def search(arguments: Namespace, context: Context) -> ExitCode:
    """Messages and conversations that a query fits."""
    with context.inbox() as inbox:
        hits = inbox.conversations.search(" ".join(arguments.query), arguments.limit, patient=True)
    if arguments.json:
        output.as_json([shapes.hit(hit) for hit in hits])
    else:
        rows = [(str(hit.row.key), marked(hit.row.buyer), output.time(hit.sent_at), hit.snippet) for hit in hits]
        output.table(("KEY", _("BUYER"), _("WRITTEN"), _("TEXT")), rows, empty=_("Nothing was found."))
    _note_if_late(hits)
    return ExitCode.DONE


def show_rows(rows: Iterable[ConversationRow]) -> None:
    """Conversations as a table."""
    cells = [
        (str(row.key), marked(row.buyer), _state(row), output.time(row.due_at), output.time(row.last_message_at), _about(row))
        for row in rows
    ]
    output.table(("KEY", _("BUYER"), _("STATE"), _("DUE"), _("LAST"), _("ABOUT")), cells, empty=_("No conversations here."))


def _view(name: str, query: str, context: Context) -> tuple[str, str]:
    """A view of ours with the query, or for one of the seller's own his query with it. Raises `UsageError` for one there is not."""
    own = {view.name: view.query for view in context.config.views}
    if name in own:
        return "all", f"{own[name]} {query}"
    if name not in VIEWS:
        told = _("There is no view called “{name}”; there are {known}.")
        raise UsageError(told.format(name=name[:40], known=", ".join((*VIEWS, *own))))
    return name, query


def _note_if_late(found: tuple[object, ...]) -> None:
    if getattr(found, "late", False):
        output.note(_("The search took too long and was stopped: there may be more than this. Another word or operator makes it quicker."))


def _whole(inbox: Inbox, view: ThreadView, order: OrderMatch | None, now: datetime, *, raw: bool) -> shapes.Shape:
    row = view.row
    block = inbox.buyers.get(row.key.account, row.buyer)
    return {
        "conversation": shapes.conversation(row),
        "messages": [shapes.entry(entry, raw=raw) for entry in view.entries],
        "earlier": view.earlier,
        "draft": view.draft,
        "orders": [] if order is None else [shapes.order(order)],
        "cases": [],
        "promises": [shapes.promise(each, now) for each in inbox.promises.of(row.key)],
        "buyer": {"name": row.buyer, "blocked": block is not None, "block": None if block is None else shapes.block(block)},
        "notes": [shapes.note(each) for each in inbox.notes.list(row.key)],
    }


def _print_thread(inbox: Inbox, view: ThreadView, order: OrderMatch | None, now: datetime) -> None:
    row = view.row
    buyer = _("{buyer}  (blocked)").format(buyer=row.buyer) if row.blocked else row.buyer
    output.line(f"{row.key}  {buyer}  {row.subject}")
    _warn(row.buyer, _("⚠ The name: "))
    due = _(", answer due {when}").format(when=output.time(row.due_at)) if row.due_at else ""
    output.line(f"{_state(row)}{due}")
    if order is not None:
        output.line(_order_line(order))
    _print_own(inbox, row, now)
    if view.earlier:
        output.line(_("… {count} earlier messages; --limit shows more").format(count=view.earlier))
    for entry in view.entries:
        _print_entry(entry)
    if view.draft:
        output.line("\n" + _("draft, not sent:"))
        output.lines(view.draft, "  ┊ ")


def _print_own(inbox: Inbox, row: ConversationRow, now: datetime) -> None:
    """What only the seller knows of it: tags, open promises, notes."""
    if row.tags:
        output.line(_("tags: {tags}").format(tags=" ".join(row.tags)))
    for promise in inbox.promises.of(row.key):
        if promise.state is PromiseState.OPEN:
            when = due_word(promise.due_at, overdue=promise.overdue(now))
            output.line(_("promise {id}, due {when}: {text}").format(id=promise.id, when=when, text=promise.text))
    for note in inbox.notes.list(row.key):
        output.lines(note.text, "  ✎ ")


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
        output.line(f"{before}{_(word)}")


def _order_line(order: OrderMatch) -> str:
    found = order.order
    words = [found.status]
    if order.inferred:
        words.append(_("inferred from buyer and item"))
        words += [_("newest of {count}").format(count=order.candidates)] if order.candidates > 1 else []
    parcels = ", ".join(shipment.tracking_number for shipment in found.shipments if shipment.tracking_number)
    told = _("order {order} ({words}), parcel {parcels}") if parcels else _("order {order} ({words})")
    return told.format(order=found.order_id, words=", ".join(words), parcels=parcels)


def _state(row: ConversationRow) -> str:
    words = [str(row.state)]
    words += [_("{count} unread").format(count=row.unread)] if row.unread else []
    words += [_("reply {state}").format(state=row.outbox)] if row.outbox else []
    words += [_("draft")] if row.has_draft else []
    words += [_("answer still owed")] if row.acked else []
    words += [_("asleep ({when})").format(when=row.snooze_when or "")] if row.snoozed else []
    words += [_(row.woke)] if row.woke else []
    return ", ".join([*words, *([_("blocked")] if row.blocked else [])])


def _about(row: ConversationRow) -> str:
    return f"{row.subject} – {row.snippet}" if row.subject else row.snippet
