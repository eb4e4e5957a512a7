"""Orders, their lines and their parcels.

Statuses stay the marketplace's own words: a new one is shown as it is, never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One item of an order."""

    id: str
    listing_id: str | None
    sku: str | None
    title: str
    quantity: int
    total: str | None
    """Amount as text, as the marketplace gave it ("12.50"); the currency stands on the order."""


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    """One scan of a parcel."""

    at: datetime
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel of an order."""

    id: str
    """The marketplace's id; on eBay the tracking number itself or a dummy, so unique only within its order."""
    carrier: str | None
    tracking_number: str | None
    shipped_at: datetime | None
    status: str | None = None
    last_event_at: datetime | None = None
    events: tuple[TrackingEvent, ...] = ()
    url: str | None = None
    """The carrier's own tracking page, when we know it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the parcel goes. Marketplaces take parts of it away after some weeks."""

    name: str | None = None
    lines: tuple[str, ...] = ()
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one account."""

    account: str
    order_id: str
    buyer: str
    placed_at: datetime
    modified_at: datetime
    fulfillment: str
    """eBay: NOT_STARTED, IN_PROGRESS, FULFILLED."""
    payment: str
    """eBay: PENDING, PAID, FAILED, FULLY_REFUNDED, PARTIALLY_REFUNDED."""
    cancel: str | None
    """eBay: IN_PROGRESS, CANCELED; None when nobody asked."""
    total: str | None
    currency: str | None
    paid_at: datetime | None = None
    ship_by: datetime | None = None
    deliver_from: datetime | None = None
    deliver_to: datetime | None = None
    buyer_name: str | None = None
    address: Address | None = None
    buyer_note: str | None = None
    service: str | None = None
    """The shipping service the buyer chose."""
    lines: tuple[OrderLine, ...] = ()
    shipments: tuple[Shipment, ...] = ()

    @property
    def status(self) -> str:
        """One word for lists: canceled, refunded, unpaid, shipped, part shipped, to ship."""
        if self.cancel == "CANCELED":
            return "canceled"
        if self.payment in ("FULLY_REFUNDED", "PARTIALLY_REFUNDED"):
            return "refunded" if self.payment == "FULLY_REFUNDED" else "part refunded"
        if self.cancel == "IN_PROGRESS":
            return "cancel asked"
        if self.payment in ("PENDING", "FAILED"):
            return "unpaid"
        words = {"FULFILLED": "shipped", "IN_PROGRESS": "part shipped", "NOT_STARTED": "to ship"}
        return words.get(self.fulfillment, self.fulfillment.lower())


@dataclass(frozen=True, slots=True)
class OrderMatch:
    """An order beside a conversation and how we came to it."""

    order: Order
    inferred: bool
    """True when it was concluded from buyer and item, because the marketplace names none."""
    candidates: int
    """How many orders fit; more than one means the newest is shown."""
    blocked: bool = False
    """The buyer is on the local block list."""
