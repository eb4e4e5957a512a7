"""What is known for the placeholders, from the conversation and the order beside it.

Facts come from stored data only; what is not known is None and will be asked for. Names are
words of strangers: one that does not look like a name is not repeated to anybody.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from sellerinbox.domain.models import ConversationRow
from sellerinbox.domain.orders import Address, Order, OrderMatch, Shipment
from sellerinbox.domain.text import clean_line
from sellerinbox.replies.dates import day, next_working_day

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.·][^\W\d_]+)*\.?")
_USER_NAME = re.compile(r"[\w.*!$-]{1,64}")
_TITLE_WORDS = "mr mrs ms miss mx sir dr prof herr frau mme mlle madame monsieur sr sra srta señor señora"
_COMPANY_WORDS = "gmbh ag kg ug ohg ev ltd limited llc inc corp co company plc sarl sas sa sl srl bv spa shop store"
_TITLES = frozenset(_TITLE_WORDS.split())
_COMPANY = frozenset(_COMPANY_WORDS.split())
_NAME_LIMIT = 40
_SCAN_LIMIT = 100
_UNPAID = ("PENDING", "FAILED")

# eBay's carrier codes are its own spelling; buyers know the brands by these names.
_CARRIERS = {
    "fedex": "FedEx",
    "royalmail": "Royal Mail",
    "parcelforce": "Parcelforce",
    "deutschepost": "Deutsche Post",
    "hermes": "Hermes",
    "evri": "Evri",
    "laposte": "La Poste",
    "colissimo": "Colissimo",
    "correos": "Correos",
    "chinapost": "China Post",
    "yunexpress": "YunExpress",
    "australiapost": "Australia Post",
    "canadapost": "Canada Post",
}


def values_for(
    row: ConversationRow, match: OrderMatch | None, marketplace: str, now: datetime, language: str, next_day: date | None = None
) -> dict[str, str | None]:
    """Variable → value, None where nothing is known; flags are "yes" or None.

    `marketplace` is the label as shown. `language` is the language of the text to be filled.
    `now` is aware; days are counted in its time zone, so hand in the seller's local time.
    `next_day` is the seller's next working day; without it, the next Monday to Friday.
    """
    order = match.order if match else None
    shipment = _shipment(order)
    return {
        "buyer": _buyer(order.buyer_name if order else None, row.buyer),
        "order": order.order_id if order else None,
        "item": _item(order, row.listing_id),
        "ship_by": _coming(order.ship_by if order else None, now, language),
        "deliver_by": _coming(order.deliver_to if order else None, now, language),
        "marketplace": marketplace,
        "next_working_day": day(next_day or next_working_day(now.date()), language),
        "service": order.service if order else None,
        "address": _masked(order.address if order else None),
        "total": f"{order.total} {order.currency or ''}".strip() if order and order.total else None,
        "complaint": _yes(getattr(row, "klass", None) == "complaint"),
        "paid": _yes(order is not None and order.payment not in _UNPAID),
        **_of_parcel(shipment, now, language),
    }


def _of_parcel(shipment: Shipment | None, now: datetime, language: str) -> dict[str, str | None]:
    delivered = shipment is not None and (shipment.status or "").casefold() == "delivered"
    last = max(shipment.events, key=lambda event: event.at, default=None) if shipment else None
    return {
        "carrier": _carrier(shipment),
        "tracking": shipment.tracking_number if shipment else None,
        "shipped_on": _day(shipment.shipped_at if shipment else None, now, language),
        "last_scan": clean_line(", ".join(part for part in (last.text, last.place) if part), _SCAN_LIMIT) if last else None,
        "last_scan_on": _day(last.at if last else None, now, language),
        "delivered_on": _day(shipment.last_event_at if delivered and shipment else None, now, language),
        "shipped": _yes(shipment is not None),
        "delivered": _yes(delivered),
    }


def _yes(flag: bool) -> str | None:
    return "yes" if flag else None


def _masked(address: Address | None) -> str | None:
    """Town, the beginning of the postcode, country: the buyer knows whether that is his, nobody else can use it."""
    if address is None or not (address.city and address.postcode):
        return None
    postcode = address.postcode.replace(" ", "")
    town = f"{address.city} ({postcode[: min(2, len(postcode) // 2)]}…)"
    return clean_line(f"{town}, {address.country}" if address.country else town)


def _buyer(full_name: str | None, user_name: str) -> str | None:
    """First name, whole name where the first alone would be odd, or user name; None when none is fit to write."""
    name = " ".join((full_name or "").split())
    if name and len(name) <= _NAME_LIMIT:
        called = _called(name)
        if called:
            return called
    return user_name if _USER_NAME.fullmatch(user_name) else None


def _called(name: str) -> str | None:
    family, comma, given = name.partition(", ")
    words = (f"{given} {family}" if comma else name).split()
    if not all(_WORD.fullmatch(word) for word in words):
        return None
    if any(_plain(word) in _COMPANY for word in words):
        return name
    without_title = [word for word in words if _plain(word) not in _TITLES]
    if not without_title:
        return None
    first = without_title[0]
    # "Dr. Müller" and "J. Smith" are polite only whole.
    if len(without_title) == 1 and len(words) > 1:
        return " ".join(words)
    if first.endswith(".") or (len(first) == 1 and first.isascii()):
        return " ".join(words)
    return first.title() if first.isupper() or first.islower() else first


def _plain(word: str) -> str:
    return word.casefold().replace(".", "")


def _item(order: Order | None, listing_id: str | None) -> str | None:
    """The title of the line that is talked about; None when it is not clear which that is."""
    lines = order.lines if order else ()
    about = [line for line in lines if listing_id is not None and line.listing_id == listing_id] or lines
    titles = {line.title for line in about}
    return titles.pop() or None if len(titles) == 1 else None


def _shipment(order: Order | None) -> Shipment | None:
    """The parcel to speak of: the last one handed over, before that one that at least has a number.

    eBay: a parcel without a number has a dummy for its id, never a tracking number.
    """
    parcels = [parcel for parcel in (order.shipments if order else ()) if parcel.tracking_number or parcel.shipped_at]
    shipped = [(parcel.shipped_at, number) for number, parcel in enumerate(parcels) if parcel.shipped_at]
    if shipped:
        return parcels[max(shipped)[1]]
    return parcels[-1] if parcels else None


def _carrier(shipment: Shipment | None) -> str | None:
    code = shipment.carrier if shipment else None
    if not code:
        return None
    return _CARRIERS.get(code.casefold().replace("_", "").replace(" ", ""), code.replace("_", " "))


def _day(when: datetime | None, now: datetime, language: str) -> str | None:
    return day(when.astimezone(now.tzinfo).date(), language) if when else None


def _coming(when: datetime | None, now: datetime, language: str) -> str | None:
    """A day that may still be promised; one that has passed is no promise and counts as unknown."""
    return _day(when, now, language) if when and when.astimezone(now.tzinfo).date() >= now.date() else None
