"""Orders and parcels: eBay's JSON → domain. Pure.

Facts: `sell_fulfillment_v1_oas3.json` v1.20.6 and section 4 of the fact sheet. Statuses stay eBay's
words. Personal data fades after 14 and 90 days: what is missing is None, never "".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sellerinbox.domain.orders import Address, Order, OrderLine, Shipment
from sellerinbox.domain.text import clean, clean_name
from sellerinbox.marketplaces.ebay.fields import Entry, Malformed, date, entries, identity, line, number, section, text

_TRACKING_PAGES = {
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
    "UPS": "https://www.ups.com/track?tracknum={}",
    "FEDEX": "https://www.fedex.com/fedextrack/?trknbr={}",
    "ROYALMAIL": "https://www.royalmail.com/track-your-item#/tracking-results/{}",
}
"""Carrier code without punctuation → its own page for a number; only those known for sure."""


@dataclass(frozen=True, slots=True)
class MappedOrder:
    """An order, and what of it could not be read."""

    order: Order
    problems: tuple[str, ...]


def check(entry: Entry) -> None:
    """Raises `Malformed` when an order's number or its date can't be read."""
    identity(entry, "orderId")
    if date(entry, "creationDate") is None:
        raise Malformed("creationDate is missing or not a time")


def order(entry: Entry, account: str, shipments: tuple[Shipment, ...]) -> MappedOrder:
    """One order. Raises `Malformed` when its number or its date can't be read; a bad line is only left out."""
    placed_at = date(entry, "creationDate")
    if placed_at is None:
        raise Malformed("creationDate is missing or not a time")
    order_id = identity(entry, "orderId")
    instruction = next(iter(entries(entry, "fulfillmentStartInstructions")), {})
    step = section(instruction, "shippingStep")
    promises = [section(item, "lineItemFulfillmentInstructions") for item in entries(entry, "lineItems")] + [instruction]
    total = section(section(entry, "pricingSummary"), "total")
    lines, problems = _lines(entry)
    return MappedOrder(
        Order(
            account=account,
            order_id=order_id,
            buyer=clean_name(line(section(entry, "buyer"), "username") or ""),
            placed_at=placed_at,
            modified_at=date(entry, "lastModifiedDate") or placed_at,
            fulfillment=line(entry, "orderFulfillmentStatus", 60) or "UNKNOWN",
            payment=line(entry, "orderPaymentStatus", 60) or "UNKNOWN",
            cancel=_cancel(entry),
            total=line(total, "value", 40),
            currency=line(total, "currency", 10),
            paid_at=_paid_at(entry),
            ship_by=min(_dates(promises, "shipByDate"), default=None),
            deliver_from=min(_dates(promises, "minEstimatedDeliveryDate"), default=None),
            deliver_to=max(_dates(promises, "maxEstimatedDeliveryDate"), default=None),
            buyer_name=_buyer_name(entry, step),
            address=_address(section(step, "shipTo")),
            buyer_note=clean(_text(entry, "buyerCheckoutNotes")) or None,
            service=line(step, "shippingServiceCode"),
            lines=lines,
            shipments=shipments,
        ),
        problems,
    )


def has_parcels(entry: Entry) -> bool:
    """Whether it is worth asking for an order's parcels."""
    return bool(entry.get("fulfillmentHrefs")) or line(entry, "orderFulfillmentStatus") in ("FULFILLED", "IN_PROGRESS")


def shipments(found: Iterable[Entry]) -> tuple[Shipment, ...]:
    """The parcels of one order. Without a tracking number eBay's id is a dummy, made unique here."""
    parcels: dict[str, Shipment] = {}
    for entry in found:
        base = line(entry, "fulfillmentId") or line(entry, "shipmentTrackingNumber") or "parcel"
        parcel_id, nth = base, 1
        while parcel_id in parcels:
            nth += 1
            parcel_id = f"{base}-{nth}"
        parcels[parcel_id] = _shipment(entry, parcel_id)
    return tuple(parcels.values())


def tracking_page(carrier: str | None, tracking_number: str | None) -> str | None:
    """The carrier's own page for a number, None unless we are sure of it."""
    if not carrier or not tracking_number or not (tracking_number.isascii() and tracking_number.isalnum()):
        return None
    page = _TRACKING_PAGES.get("".join(char for char in carrier.upper() if char.isalnum()))
    return page and page.format(tracking_number)


def _shipment(entry: Entry, parcel_id: str) -> Shipment:
    carrier, tracking_number = line(entry, "shippingCarrierCode", 60), line(entry, "shipmentTrackingNumber", 60)
    return Shipment(
        id=parcel_id,
        carrier=carrier,
        tracking_number=tracking_number,
        shipped_at=date(entry, "shippedDate"),
        url=tracking_page(carrier, tracking_number),
    )


def _lines(entry: Entry) -> tuple[tuple[OrderLine, ...], tuple[str, ...]]:
    lines: dict[str, OrderLine] = {}
    problems = []
    for item in entries(entry, "lineItems"):
        try:
            line_id = identity(item, "lineItemId")
        except Malformed as error:
            problems.append(str(error))
            continue
        lines[line_id] = OrderLine(
            id=line_id,
            listing_id=line(item, "legacyItemId", 40),
            sku=line(item, "sku", 80),
            title=line(item, "title") or "",
            quantity=number(item, "quantity") or 1,
            total=line(section(item, "total"), "value", 40) or line(section(item, "lineItemCost"), "value", 40),
        )
    return tuple(lines.values()), tuple(problems)


def _cancel(entry: Entry) -> str | None:
    state = line(section(entry, "cancelStatus"), "cancelState", 60)
    return None if state == "NONE_REQUESTED" else state


def _paid_at(entry: Entry) -> datetime | None:
    return min(_dates(entries(section(entry, "paymentSummary"), "payments"), "paymentDate"), default=None)


def _dates(found: Iterable[Entry], key: str) -> list[datetime]:
    return [moment for entry in found if (moment := date(entry, key)) is not None]


def _buyer_name(entry: Entry, step: Entry) -> str | None:
    return line(section(step, "shipTo"), "fullName") or line(section(section(entry, "buyer"), "buyerRegistrationAddress"), "fullName")


def _address(ship_to: Entry) -> Address | None:
    where = section(ship_to, "contactAddress")
    lines = (line(ship_to, "companyName"), line(where, "addressLine1"), line(where, "addressLine2"))
    found = Address(
        name=line(ship_to, "fullName"),
        lines=tuple(part for part in lines if part),
        city=line(where, "city"),
        region=line(where, "stateOrProvince"),
        postcode=line(where, "postalCode", 20),
        country=line(where, "countryCode", 10),
    )
    return None if found == Address() else found


def _text(entry: Entry, key: str) -> str:
    try:
        return text(entry, key)
    except Malformed:
        return ""
