"""Questions both readers ask besides the list, and how an answer becomes a value of `domain/`. No SQLModel here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.messages import Attachment, Message
from sellerinbox.domain.models import Direction, Key
from sellerinbox.domain.orders import Address, Order, OrderLine, OrderMatch, Shipment, TrackingEvent
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.domain.views import AccountStatus
from sellerinbox.store.listing import Ask, key_parameters
from sellerinbox.store.values import from_ms, maybe_time, raw_text, storable

MESSAGE = "m.remote_id, m.direction, m.author, m.sent_at, m.text, m.raw, m.attachments"
OUTBOX = """o.id, o.kind, o.account, o.remote_id, o.text, o.state, o.attempts, o.created_at, o.not_before, o.claimed_at,
 o.newest_known_id, o.sent_id, o.reason, o.looked_at, o.not_found, o.ack_only, o.canned, o.next_step, o.accepted"""
BLOCK = "account, buyer, reason, note, conversation, order_id, blocked_at, remote"
ACCOUNT = "name, marketplace, last_ok_at, next_at, problem, problem_kind"


def message(row: Sequence[Any]) -> Message:
    """A row of `MESSAGE`."""
    return Message(row[0], Direction(row[1]), row[2], from_ms(row[3]), row[4], raw_text(row[5]), attachments_from(row[6]))


def outbox_item(row: Sequence[Any]) -> OutboxItem:
    """A row of `OUTBOX`."""
    return OutboxItem(
        id=row[0],
        kind=OutboxKind(row[1]),
        account=row[2],
        remote_id=row[3],
        text=row[4],
        state=OutboxState(row[5]),
        attempts=row[6],
        created_at=from_ms(row[7]),
        not_before=from_ms(row[8]),
        claimed_at=maybe_time(row[9]),
        newest_known_id=row[10],
        sent_id=row[11],
        reason=row[12],
        looked_at=maybe_time(row[13]),
        not_found=bool(row[14]),
        ack_only=bool(row[15]),
        canned=row[16],
        then=row[17],
        accepted=row[18],
    )


def block(row: Sequence[Any]) -> Block:
    """A row of `BLOCK`."""
    conversation = None if row[4] is None else Key(row[0], row[4])
    return Block(row[0], row[1], row[2], row[3], conversation, row[5], from_ms(row[6]), row[7])


def account_status(row: Sequence[Any]) -> AccountStatus:
    """A row of `ACCOUNT`."""
    return AccountStatus(row[0], row[1], maybe_time(row[2]), maybe_time(row[3]), row[4], row[5])


def json_list(values: Iterable[object]) -> str:
    """Values for `json_each(?)`: one parameter, however many there are."""
    return json.dumps([storable(value) if isinstance(value, str) else value for value in values], ensure_ascii=False)


def order_for(ask: Ask, key: Key) -> OrderMatch | None:
    """The newest order of the conversation's buyer and item, and how many fit; None when none does."""
    found = ask(_FITTING, key_parameters(key))
    if not found:
        return None
    (order,) = orders(ask, [found[0][0]])
    return OrderMatch(order, inferred=True, candidates=len(found), blocked=bool(found[0][1]))


def orders(ask: Ask, ids: Sequence[int]) -> list[Order]:
    """The orders of these row numbers, in this order, with lines and parcels: three questions, however many."""
    wanted = (json_list(ids),)
    heads = {row[0]: row for row in ask(f"SELECT {_ORDER} FROM json_each(?) j JOIN customer_order o ON o.id = j.value", wanted)}
    lines: dict[int, list[OrderLine]] = {}
    for row in ask(f"SELECT {_LINE} FROM json_each(?) j JOIN order_line l ON l.order_row = j.value ORDER BY l.id", wanted):
        lines.setdefault(row[0], []).append(OrderLine(*row[1:]))
    shipments: dict[int, list[Shipment]] = {}
    for row in ask(f"SELECT {_SHIPMENT} FROM json_each(?) j JOIN shipment s ON s.order_row = j.value ORDER BY s.id", wanted):
        shipments.setdefault(row[0], []).append(_shipment(row))
    return [_order(heads[number], lines.get(number, []), shipments.get(number, [])) for number in ids if number in heads]


def events_json(events: Sequence[TrackingEvent]) -> str:
    """A parcel's scans as JSON text."""
    return json.dumps([(event.at.isoformat(), storable(event.place), storable(event.text)) for event in events]) if events else ""


def address_json(address: Address | None) -> str | None:
    """An address as JSON text."""
    if address is None:
        return None
    return json.dumps([address.name, address.lines, address.city, address.region, address.postcode, address.country])


_FITTING = """SELECT DISTINCT l.order_row, EXISTS (SELECT 1 FROM block b WHERE b.account = c.account AND b.buyer = c.buyer)
 FROM conversation c JOIN order_line l ON l.account = c.account AND l.listing_id = c.listing_id AND l.buyer = c.buyer
 WHERE c.account = ? AND c.remote_id = ? ORDER BY l.order_row DESC"""
_ORDER = """o.id, o.account, o.order_id, o.buyer, o.placed_at, o.modified_at, o.fulfillment, o.payment, o.cancel, o.total, o.currency,
 o.paid_at, o.ship_by, o.deliver_from, o.deliver_to, o.buyer_name, o.address, o.buyer_note, o.service"""
_LINE = "l.order_row, l.line_id, l.listing_id, l.sku, l.title, l.quantity, l.total"
_SHIPMENT = "s.order_row, s.shipment_id, s.carrier, s.tracking_number, s.shipped_at, s.status, s.last_event_at, s.events, s.url"


def _order(row: Sequence[Any], lines: list[OrderLine], shipments: list[Shipment]) -> Order:
    _, account, order_id, buyer, placed_at, modified_at, fulfillment, payment, cancel, total, currency, *rest = row
    paid_at, ship_by, deliver_from, deliver_to, buyer_name, address, buyer_note, service = rest
    return Order(
        account=account,
        order_id=order_id,
        buyer=buyer,
        placed_at=from_ms(placed_at),
        modified_at=from_ms(modified_at),
        fulfillment=fulfillment,
        payment=payment,
        cancel=cancel,
        total=total,
        currency=currency,
        paid_at=maybe_time(paid_at),
        ship_by=maybe_time(ship_by),
        deliver_from=maybe_time(deliver_from),
        deliver_to=maybe_time(deliver_to),
        buyer_name=buyer_name,
        address=_address(address),
        buyer_note=buyer_note,
        service=service,
        lines=tuple(lines),
        shipments=tuple(shipments),
    )


def _shipment(row: Sequence[Any]) -> Shipment:
    _, name, carrier, number, shipped_at, status, last_event_at, events, url = row
    return Shipment(name, carrier, number, maybe_time(shipped_at), status, maybe_time(last_event_at), _events(events), url)


def _events(text: str) -> tuple[TrackingEvent, ...]:
    return tuple(TrackingEvent(datetime.fromisoformat(at), place, words) for at, place, words in json.loads(text)) if text else ()


def _address(text: str | None) -> Address | None:
    if text is None:
        return None
    name, lines, city, region, postcode, country = json.loads(text)
    return Address(name, tuple(lines), city, region, postcode, country)


def attachments_json(attachments: Sequence[Attachment]) -> str:
    """Attachments as JSON text; none is an empty string, the common case."""
    return json.dumps([(a.name, a.kind, a.url) for a in attachments]) if attachments else ""


def attachments_from(text: str) -> tuple[Attachment, ...]:
    """The attachments of `attachments_json`."""
    return tuple(Attachment(*entry) for entry in json.loads(text)) if text else ()
