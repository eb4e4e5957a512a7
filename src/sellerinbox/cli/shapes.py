"""Domain values as the JSON contract has them: `list`, `show`, `outbox`, `order`, `blocked`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.models import ConversationRow, Direction
from sellerinbox.domain.notes import Note
from sellerinbox.domain.orders import Address, OrderLine, OrderMatch, Shipment
from sellerinbox.domain.outbox import OutboxItem
from sellerinbox.domain.promises import Promise
from sellerinbox.domain.views import DueItem, SearchHit, ThreadEntry

if TYPE_CHECKING:
    from sellerinbox.guard import Finding

Shape = dict[str, Any]


def conversation(row: ConversationRow) -> Shape:
    """One conversation as in `list --json`."""
    return {
        "key": str(row.key),
        "account": row.key.account,
        "marketplace": row.marketplace,
        "kind": row.kind,
        "buyer": row.buyer,
        "subject": row.subject,
        "snippet": row.snippet,
        "state": row.state,
        "unread": row.unread,
        "last_message_at": row.last_message_at,
        "oldest_unanswered_at": row.oldest_unanswered_at,
        "due_at": row.due_at,
        "due_kind": row.due_kind,
        "order_id": row.order_id,
        "tags": row.tags,
        "listing_id": row.listing_id,
        "blocked": row.blocked,
        "has_draft": row.has_draft,
        "outbox": row.outbox,
        "acked": row.acked,
        "promise_due_at": row.promise_due,
        "snoozed": row.snoozed,
        "snoozed_until": row.snoozed_until,
        "snooze_when": row.snooze_when,
        "woke": row.woke,
        "thanks": row.thanks,
        "class": row.klass,
        "notes": row.notes,
        "last_inbound_at": row.last_inbound_at,
    }


def promise(made: Promise, now: datetime) -> Shape:
    """One promise as in `promises --json`; whether it is overdue at `now`."""
    return {
        "id": made.id,
        "key": str(made.key),
        "account": made.key.account,
        "buyer": made.buyer,
        "subject": made.subject,
        "text": made.text,
        "due_at": made.due_at,
        "overdue": made.overdue(now),
        "made_at": made.made_at,
        "made_by": made.made_by,
        "state": made.state,
        "closed_at": made.closed_at,
        "reason": made.reason,
    }


def due(item: DueItem) -> Shape:
    """One clock as in `due --json`."""
    return {
        "kind": item.kind,
        "key": str(item.key),
        "account": item.key.account,
        "buyer": item.buyer,
        "subject": item.subject,
        "due_at": item.due_at,
        "overdue": item.overdue,
        "text": item.text,
    }


def note(entry: Note) -> Shape:
    """One note as in `show --json`."""
    return {"id": entry.id, "text": entry.text, "at": entry.at, "about": entry.about}


def finding(found: Finding) -> Shape:
    """One thing the guard found, with the rule and better words where there are any."""
    parts = ("family", "kind", "severity", "start", "end", "text", "why", "rule", "better")
    return {part: getattr(found, part) for part in parts}


def entry(message: ThreadEntry, *, raw: bool = False) -> Shape:
    """One message as in `show --json`; with `raw` as it arrived."""
    arrived = "received" if message.direction is Direction.IN else "sent"
    return {
        "id": message.id,
        "direction": message.direction,
        "author": message.author,
        "sent_at": message.sent_at,
        "text": message.raw if raw and message.raw is not None else message.text,
        "state": message.outbox or arrived,
        "attachments": [{"name": file.name, "kind": file.kind, "url": file.url} for file in message.attachments],
        "outbox_id": message.outbox_id,
        "not_before": message.not_before,
        "reason": message.reason,
    }


def order(match: OrderMatch) -> Shape:
    """One order as in `order --json`."""
    found = match.order
    return {
        "order_id": found.order_id,
        "account": found.account,
        "buyer": found.buyer,
        "placed_at": found.placed_at,
        "paid_at": found.paid_at,
        "status": found.status,
        "total": found.total,
        "currency": found.currency,
        "ship_by": found.ship_by,
        "lines": [_line(line) for line in found.lines],
        "shipments": [_shipment(shipment) for shipment in found.shipments],
        "cases": [],
        "inferred": match.inferred,
        "candidates": match.candidates,
        "buyer_blocked": match.blocked,
        "deliver_from": found.deliver_from,
        "deliver_to": found.deliver_to,
        "buyer_name": found.buyer_name,
        "buyer_note": found.buyer_note,
        "service": found.service,
        "address": None if found.address is None else _address(found.address),
    }


def outbox(item: OutboxItem) -> Shape:
    """One outbox item as in `outbox --json`."""
    return {
        "id": item.id,
        "kind": item.kind,
        "key": f"{item.account}:{item.remote_id}",
        "text": item.text,
        "state": item.state,
        "attempts": item.attempts,
        "not_before": item.not_before,
        "remote_id": item.sent_id,
        "reason": item.reason,
        "not_found": item.not_found,
    }


def block(entry: Block) -> Shape:
    """One entry of the block list."""
    return {
        "account": entry.account,
        "buyer": entry.buyer,
        "reason": entry.reason,
        "note": entry.note,
        "key": None if entry.conversation is None else str(entry.conversation),
        "order_id": entry.order_id,
        "blocked_at": entry.blocked_at,
        "remote": entry.remote,
    }


def hit(found: SearchHit) -> Shape:
    """One find of `search --json`: the conversation as in `list`, and the message in it."""
    return {**conversation(found.row), "message_id": found.message_id, "sent_at": found.sent_at, "snippet": found.snippet}


def _line(line: OrderLine) -> Shape:
    return {
        "id": line.id,
        "listing_id": line.listing_id,
        "sku": line.sku,
        "title": line.title,
        "quantity": line.quantity,
        "total": line.total,
    }


def _shipment(shipment: Shipment) -> Shape:
    return {
        "carrier": shipment.carrier,
        "tracking_number": shipment.tracking_number,
        "shipped_at": shipment.shipped_at,
        "status": shipment.status,
        "last_event_at": shipment.last_event_at,
        "events": [{"at": scan.at, "place": scan.place, "text": scan.text} for scan in shipment.events],
        "url": shipment.url,
    }


def _address(address: Address) -> Shape:
    return {
        "name": address.name,
        "lines": address.lines,
        "city": address.city,
        "region": address.region,
        "postcode": address.postcode,
        "country": address.country,
    }
