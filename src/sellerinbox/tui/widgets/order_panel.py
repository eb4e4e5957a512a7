"""The order beside a conversation: state, items, parcels, where it goes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sellerinbox.i18n import _
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.text import fit, wrap
from sellerinbox.tui.widgets.pane import Pane
from sellerinbox.tui.words import date, full, moment

if TYPE_CHECKING:
    from sellerinbox.domain.orders import Order, OrderMatch, Shipment

_LABEL = 9


class OrderPane(Pane):
    """One order."""

    title = ""
    match: OrderMatch | None = None
    _width = 0

    def show(self, match: OrderMatch | None, now: datetime) -> None:
        """Show an order, or that there is none."""
        self.match = match
        self.now = now
        self.title = _("Order · {status}").format(status=match.order.status) if match else _("Order")
        self._lay_out()

    def on_resize(self, _event: object) -> None:
        """Wrap again when the width changed."""
        if self.size.width != self._width and hasattr(self, "now"):
            self._lay_out()

    def _lay_out(self) -> None:
        self._width = self.size.width
        if self._width:
            self.show_lines(order_lines(self.match, self._width, self.now))


def order_lines(match: OrderMatch | None, width: int, now: datetime) -> list[Spans]:
    """An order as lines."""
    if match is None:
        return [(), *[((f"  {line}", "muted"),) for line in wrap(_("No order fits this buyer and item."), width - 3)]]
    order = match.order
    lines: list[Spans] = [((fit(f" {order.order_id}", width), "strong"),)]
    if match.blocked:
        lines.append(((fit(_(" ⊘ You blocked this buyer"), width), "blocked"),))
    lines += [((fit(f" {words}", width), "muted"),) for words in _inference(match)]
    lines.append(())
    lines += _facts(order, width, now)
    lines.append(())
    lines += _items(order, width)
    for shipment in order.shipments:
        lines += _parcel(shipment, width, now)
    lines += _address(order, width)
    if order.buyer_note:
        lines += _labelled(_("note"), order.buyer_note, width, "due")
    return lines


def _inference(match: OrderMatch) -> list[str]:
    if not match.inferred:
        return []
    words = [_("inferred from buyer and item")]
    return words if match.candidates < 2 else [*words, _("newest of {count} that fit").format(count=match.candidates)]


def _facts(order: Order, width: int, now: datetime) -> list[Spans]:
    late = order.ship_by is not None and order.fulfillment != "FULFILLED" and order.cancel is None and order.ship_by < now
    facts = [
        (_("status"), order.status, "strong"),
        (_("placed"), full(order.placed_at), "text"),
        (_("paid"), full(order.paid_at) if order.paid_at else order.payment.lower().replace("_", " "), "text"),
        (_("total"), f"{order.total or '?'} {order.currency or ''}".strip(), "text"),
        (
            _("ship by"),
            (_("{when} (late)") if late else "{when}").format(when=full(order.ship_by)) if order.ship_by else "",
            "late" if late else "text",
        ),
        (_("arrives"), _window(order), "text"),
        (_("service"), order.service or "", "text"),
    ]
    lines: list[Spans] = []
    for label, value, role in facts:
        if value:
            lines += _labelled(label, value, width, role)
    return lines


def _window(order: Order) -> str:
    ends = [date(at) for at in (order.deliver_from, order.deliver_to) if at is not None]
    return " – ".join(ends)


def _items(order: Order, width: int) -> list[Spans]:
    lines: list[Spans] = []
    for line in order.lines:
        lines += _labelled(f"{line.quantity} ×", line.title, width, "text")
        ids = " ".join(part for part in (line.sku, _("item {number}").format(number=line.listing_id) if line.listing_id else "") if part)
        if ids:
            lines += _labelled("", ids, width, "muted")
    return lines


def _parcel(shipment: Shipment, width: int, now: datetime) -> list[Spans]:
    lines: list[Spans] = [()]
    lines += _labelled(_("parcel"), shipment.carrier or _("carrier not named"), width, "strong")
    lines += _labelled(_("tracking"), shipment.tracking_number or _("none given"), width, "text" if shipment.tracking_number else "late")
    if shipment.shipped_at:
        lines += _labelled(_("shipped"), full(shipment.shipped_at), width, "text")
    if shipment.status:
        seen = f" ({moment(shipment.last_event_at, now)})" if shipment.last_event_at else ""
        lines += _labelled(_("status"), f"{shipment.status}{seen}", width, "text")
    for event in shipment.events[-3:]:
        lines += _labelled("", f"{moment(event.at, now)} {event.place} {event.text}", width, "muted")
    return lines


def _address(order: Order, width: int) -> list[Spans]:
    address = order.address
    if address is None:
        return []
    town = " ".join(part for part in (address.postcode, address.city, address.region, address.country) if part)
    parts = [part for part in (address.name, *address.lines, town) if part]
    lines: list[Spans] = [()]
    for index, part in enumerate(parts):
        lines += _labelled(_("to") if index == 0 else "", part, width, "text")
    return lines if parts else []


def _labelled(label: str, value: str, width: int, role: str) -> list[Spans]:
    wrapped = wrap(value, width - _LABEL - 2)
    return [((f" {fit(label if n == 0 else '', _LABEL)}", "muted"), (line, role)) for n, line in enumerate(wrapped)]
