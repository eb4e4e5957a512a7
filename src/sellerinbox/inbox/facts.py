"""What is known of a conversation at the moment of choosing a reply, short of what the buyer's words say."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.models import ConversationRow
from sellerinbox.domain.orders import Order, Shipment
from sellerinbox.store.windows import Windows

_HOUR = 3600


class Facts(NamedTuple):
    """Named as the fields of `replies.Situation` are."""

    klass: str | None
    """`presale` or `postsale`; None when that can't be told."""
    order_state: str | None
    """`none`, `unpaid`, `paid`, `shipped`, `delivered`, `returned`; None when not known."""
    shipped_on: date | None
    delivered_on: date | None
    last_is_thanks: bool
    is_first_message: bool
    """Nobody has answered this buyer here yet."""
    hours_waiting: float
    """Since his oldest unanswered message."""
    weekend: bool
    """Today is one of the seller's closed days."""
    remedy_executed: bool
    open_promise: bool
    open_case: bool
    used: tuple[str, ...]
    """Names of the canned replies that went out here before."""
    marketplace: str


def facts(windows: Windows, row: ConversationRow, now: datetime, calendar: Calendar) -> Facts:
    """The facts of one conversation. Remedies and cases are not kept yet, so there are none."""
    match = windows.order(row.key)
    order = None if match is None else match.order
    waiting = (now - row.oldest_unanswered_at).total_seconds() / _HOUR if row.oldest_unanswered_at else 0.0
    shipped, delivered = (None, None) if order is None else _dates(order, calendar)
    return Facts(
        klass=row.klass,
        order_state=_order_state(order, row, delivered),
        shipped_on=shipped,
        delivered_on=delivered,
        last_is_thanks=row.thanks,
        is_first_message=not windows.answered_before(row.key),
        hours_waiting=max(0.0, waiting),
        weekend=not calendar.working(calendar.today(now)),
        remedy_executed=False,
        open_promise=row.promise_due is not None,
        open_case=False,
        used=windows.used(row.key),
        marketplace=row.marketplace,
    )


def _order_state(order: Order | None, row: ConversationRow, delivered: date | None) -> str | None:
    if order is None:
        return None if row.klass is None else "none"
    if order.cancel == "CANCELED" or order.payment == "PARTIALLY_REFUNDED":
        return None
    if order.payment == "FULLY_REFUNDED":
        return "returned"
    if order.payment in ("PENDING", "FAILED"):
        return "unpaid"
    if delivered is not None:
        return "delivered"
    return {"NOT_STARTED": "paid", "IN_PROGRESS": "shipped", "FULFILLED": "shipped"}.get(order.fulfillment)


def _dates(order: Order, calendar: Calendar) -> tuple[date | None, date | None]:
    """When the first parcel left, and when the last one arrived, on the seller's calendar."""
    left = [parcel.shipped_at for parcel in order.shipments if parcel.shipped_at]
    arrived = [parcel.last_event_at for parcel in order.shipments if _has_arrived(parcel) and parcel.last_event_at]
    whole = bool(arrived) and len(arrived) == len(order.shipments)
    return calendar.today(min(left)) if left else None, calendar.today(max(arrived)) if whole else None


def _has_arrived(parcel: Shipment) -> bool:
    return (parcel.status or "").strip().casefold().replace("_", " ") in ("delivered", "delivery completed")
