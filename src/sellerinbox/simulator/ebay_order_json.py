"""Orders and parcels in eBay's JSON: shared/apis/ebay.md sections 4.1 and 4.2."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sellerinbox.simulator.catalogue import carrier
from sellerinbox.simulator.ebay_times import written
from sellerinbox.simulator.shop import Line, Order, Parcel, Person
from sellerinbox.simulator.world import SELLER

# Section 4.1: personal data fades.
EMAIL_DAYS = 14
PERSONAL_DAYS = 90


def order_json(order: Order, now: datetime, base: str, *, single: bool) -> dict[str, Any]:
    """One order as told at `now`; `single`: asked for by its number, which alone tells of cancel requests."""
    age = now - order.created_at
    answer: dict[str, Any] = {
        "orderId": order.id,
        "creationDate": written(order.created_at),
        "lastModifiedDate": written(order.modified_at),
        "orderFulfillmentStatus": order.status,
        "orderPaymentStatus": order.payment,
        "sellerId": SELLER,
        "salesRecordReference": order.record,
        "buyer": _buyer(order.buyer, age),
        "cancelStatus": _cancel(order, single),
        "fulfillmentHrefs": [f"{base}/order/{order.id}/shipping_fulfillment/{parcel.id}" for parcel in order.parcels],
        "fulfillmentStartInstructions": [_instructions(order, age)],
        "lineItems": [_line(order, line) for line in order.lines],
        "paymentSummary": _payments(order),
        "pricingSummary": {
            "priceSubtotal": _money(order, order.subtotal),
            "deliveryCost": _money(order, order.postage),
            "total": _money(order, order.total),
        },
        "totalFeeBasisAmount": _money(order, order.total),
    }
    if order.note:
        answer["buyerCheckoutNotes"] = order.note
    return answer


def parcel_json(parcel: Parcel) -> dict[str, Any]:
    """One shipping fulfilment; number and carrier are left out where there is none."""
    answer: dict[str, Any] = {
        "fulfillmentId": parcel.id,
        "shippedDate": written(parcel.shipped_at),
        "lineItems": [{"lineItemId": id_, "quantity": quantity} for id_, quantity in parcel.contents],
    }
    if parcel.number:
        answer["shipmentTrackingNumber"] = parcel.number
    if parcel.carrier:
        answer["shippingCarrierCode"] = parcel.carrier
    return answer


def _money(order: Order, amount: Decimal) -> dict[str, str]:
    return {"value": f"{amount:.2f}", "currency": order.currency}


def _buyer(person: Person, age: timedelta) -> dict[str, Any]:
    return {
        "username": person.username,
        "buyerRegistrationAddress": _contact(person, age),
        "taxAddress": {"city": person.city, "countryCode": person.country, "postalCode": person.postcode, "stateOrProvince": person.region},
    }


def _contact(person: Person, age: timedelta) -> dict[str, Any]:
    faded = age > timedelta(days=PERSONAL_DAYS)
    # The schema requires name and street, so what has faded is an empty string there.
    contact: dict[str, Any] = {
        "fullName": "" if faded else person.name,
        "contactAddress": {
            "addressLine1": "" if faded else person.street,
            "city": person.city,
            "stateOrProvince": person.region,
            "postalCode": person.postcode,
            "countryCode": person.country,
        },
    }
    if not faded:
        contact["primaryPhone"] = {"phoneNumber": person.phone}
    if age <= timedelta(days=EMAIL_DAYS):
        contact["email"] = person.email
    return contact


def _cancel(order: Order, single: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {"cancelState": order.cancel, "cancelRequests": []}
    if order.cancelled_at:
        answer["cancelledDate"] = written(order.cancelled_at)
    if single and order.cancel_asked_at:
        asked = {
            "cancelRequestId": f"53{order.record}1",
            "cancelReason": "BUYER_ASKED_CANCEL",
            "cancelInitiator": "BUYER",
            "cancelRequestedDate": written(order.cancel_asked_at),
            "cancelRequestState": "COMPLETED" if order.cancelled_at else "REQUESTED",
        }
        if order.cancelled_at:
            asked["cancelCompletedDate"] = written(order.cancelled_at)
        answer["cancelRequests"] = [asked]
    return answer


def _expected(order: Order) -> tuple[str, str]:
    return written(order.ship_by + timedelta(days=2)), written(order.ship_by + timedelta(days=5))


def _instructions(order: Order, age: timedelta) -> dict[str, Any]:
    earliest, latest = _expected(order)
    way = carrier(order.buyer.country)
    return {
        "fulfillmentInstructionsType": "SHIP_TO",
        "minEstimatedDeliveryDate": earliest,
        "maxEstimatedDeliveryDate": latest,
        "ebaySupportedFulfillment": False,
        "shippingStep": {"shipTo": _contact(order.buyer, age), "shippingCarrierCode": way.code, "shippingServiceCode": way.service},
    }


def _line(order: Order, line: Line) -> dict[str, Any]:
    earliest, latest = _expected(order)
    cost = line.item.price * line.quantity
    postage = order.postage if line is order.lines[0] else Decimal(0)
    share = cost + postage
    return {
        "lineItemId": line.id,
        "legacyItemId": line.item.listing_id,
        "sku": line.item.sku,
        "title": line.item.title(order.buyer.language),
        "quantity": line.quantity,
        "lineItemCost": _money(order, cost),
        "total": _money(order, share),
        "deliveryCost": {"shippingCost": _money(order, postage)},
        "lineItemFulfillmentStatus": order.line_status(line),
        "lineItemFulfillmentInstructions": {
            "shipByDate": written(order.ship_by),
            "minEstimatedDeliveryDate": earliest,
            "maxEstimatedDeliveryDate": latest,
            "guaranteedDelivery": False,
        },
        "soldFormat": "FIXED_PRICE",
        "listingMarketplaceId": order.site,
        "purchaseMarketplaceId": order.site,
        "appliedPromotions": [],
        "taxes": [],
        "properties": {"buyerProtection": True},
        "refunds": [
            {"refundId": refund.id, "amount": _money(order, min(refund.amount, share)), "refundDate": written(refund.at)}
            for refund in order.refunds
        ],
    }


def _payments(order: Order) -> dict[str, Any]:
    settled = order.payment in ("PAID", "PARTIALLY_REFUNDED", "FULLY_REFUNDED")
    paid: dict[str, Any] = {
        "amount": _money(order, order.total),
        "paymentMethod": "EBAY",
        "paymentStatus": "PAID" if settled else order.payment,
    }
    if settled:
        paid["paymentDate"] = written(order.created_at + timedelta(minutes=1))
    back = sum((refund.amount for refund in order.refunds), Decimal(0))
    return {
        "totalDueSeller": _money(order, order.total - back),
        "payments": [paid],
        "refunds": [
            {"refundId": refund.id, "amount": _money(order, refund.amount), "refundDate": written(refund.at), "refundStatus": "REFUNDED"}
            for refund in order.refunds
        ],
    }
