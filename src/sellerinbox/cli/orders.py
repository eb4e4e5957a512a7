"""`order`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.text import marked
from sellerinbox.i18n import _


def order(arguments: Namespace, context: Context) -> ExitCode:
    """Orders by number, tracking number, buyer or item."""
    with context.inbox() as inbox:
        found = inbox.orders.find(arguments.query, arguments.limit)
    if arguments.json:
        output.as_json([shapes.order(match) for match in found])
    else:
        show_orders(found)
    return ExitCode.DONE


def show_orders(found: Iterable[OrderMatch]) -> None:
    """Orders as a table."""
    headers = (_("ORDER"), _("ACCOUNT"), _("BUYER"), _("PLACED"), _("STATUS"), _("TOTAL"), _("PARCEL"), _("ITEMS"))
    output.table(headers, map(_row, found), empty=_("No such order here."))


def _row(match: OrderMatch) -> tuple[str, ...]:
    found = match.order
    buyer = (_("{buyer} (blocked)") if match.blocked else "{buyer}").format(buyer=marked(found.buyer))
    total = f"{found.total or ''} {found.currency or ''}".strip()
    parcels = ", ".join(f"{parcel.carrier or ''} {parcel.tracking_number}".strip() for parcel in found.shipments if parcel.tracking_number)
    items = ", ".join(f"{line.quantity}× {line.title}" for line in found.lines)
    return (found.order_id, found.account, buyer, output.time(found.placed_at), found.status, total, parcels, items)
