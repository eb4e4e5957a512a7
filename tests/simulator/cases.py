"""Requests with what eBay answers to each: one table for what the ids are and for the official files' opinion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MESSAGE = "/commerce/message/v1"
ORDER = "/sell/fulfillment/v1/order"
MEMBERS = {"conversation_type": "FROM_MEMBERS"}
PHOTO = {"mediaName": "a.jpg", "mediaType": "IMAGE", "mediaUrl": "https://pictures.example/a.jpg"}


@dataclass(frozen=True, slots=True)
class Case:
    """`{conversation}`, `{order}`, `{parcel}`, `{line}` in path and body are put in by the test."""

    name: str
    method: str
    path: str
    status: int
    error_id: int | None = None
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None


def _list(name: str, error_id: int | None, **query: str) -> Case:
    return Case(name, "GET", f"{MESSAGE}/conversation", 400 if error_id else 200, error_id, query)


def _send(name: str, error_id: int | None, **body: Any) -> Case:
    return Case(name, "POST", f"{MESSAGE}/send_message", 400 if error_id else 201, error_id, body=body)


def _update(name: str, error_id: int | None, **body: Any) -> Case:
    return Case(name, "POST", f"{MESSAGE}/update_conversation", 400 if error_id else 204, error_id, body=body)


def _bulk(name: str, error_id: int | None, *conversations: Any) -> Case:
    return Case(
        name, "POST", f"{MESSAGE}/bulk_update_conversation", 400 if error_id else 200, error_id, body={"conversations": list(conversations)}
    )


def _orders(name: str, error_id: int | None, **query: str) -> Case:
    return Case(name, "GET", ORDER, 400 if error_id else 200, error_id, query)


def _ship(name: str, error_id: int | None, **body: Any) -> Case:
    return Case(name, "POST", f"{ORDER}/{{order}}/shipping_fulfillment", 400 if error_id else 201, error_id, body=body)


_ONE = {"conversationId": "{conversation}", "conversationType": "FROM_MEMBERS", "conversationStatus": "ACTIVE"}

MESSAGES = [
    _list("members", None, conversation_type="FROM_MEMBERS", limit="50"),
    _list("second page", None, conversation_type="FROM_MEMBERS", limit="10", offset="10"),
    _list("eBay's own", None, conversation_type="FROM_EBAY"),
    _list(
        "everything narrowed",
        None,
        **MEMBERS,
        conversation_status="UNREAD",
        start_time="2026-11-14T00:00:00.000Z",
        end_time="2026-11-16T08:00:00.000Z",
        reference_type="LISTING",
        reference_id="385602117044",
    ),
    _list("archived", None, **MEMBERS, conversation_status="ARCHIVED"),
    _list("no type", 355017),
    _list("wrong type", 355002, conversation_type="BOTH"),
    _list("wrong status", 355001, **MEMBERS, conversation_status="ARCHIVE"),
    _list("limit 51", 355009, **MEMBERS, limit="51"),
    _list("limit 0", 355009, **MEMBERS, limit="0"),
    _list("limit a word", 355009, **MEMBERS, limit="many"),
    _list("offset no multiple", 355008, **MEMBERS, limit="20", offset="30"),
    _list("offset negative", 355008, **MEMBERS, offset="-25"),
    _list("time without zone", 355005, **MEMBERS, start_time="2026-11-14T00:00:00"),
    _list("times the wrong way round", 355004, **MEMBERS, start_time="2026-11-15T00:00:00.000Z", end_time="2026-11-14T00:00:00.000Z"),
    _list("nobody", 355006, **MEMBERS, other_party_username="nobody_of_that_name"),
    _list("listing without type", 355022, **MEMBERS, reference_id="385602117044"),
    _list("listing of another type", 355003, **MEMBERS, reference_type="ORDER", reference_id="1"),
    _list("listing no number", 355016, **MEMBERS, reference_type="LISTING", reference_id="lamp"),
    Case("a thread", "GET", f"{MESSAGE}/conversation/{{conversation}}", 200, query=MEMBERS),
    Case("a thread without type", "GET", f"{MESSAGE}/conversation/{{conversation}}", 400, 355017),
    Case(
        "a thread of the other type",
        "GET",
        f"{MESSAGE}/conversation/{{conversation}}",
        400,
        355007,
        query={"conversation_type": "FROM_EBAY"},
    ),
    Case("a thread unknown", "GET", f"{MESSAGE}/conversation/1", 400, 355007, query=MEMBERS),
    Case("a thread in large pages", "GET", f"{MESSAGE}/conversation/{{conversation}}", 400, 355009, query={**MEMBERS, "limit": "100"}),
    Case(
        "a thread off the grid",
        "GET",
        f"{MESSAGE}/conversation/{{conversation}}",
        400,
        355008,
        query={**MEMBERS, "limit": "5", "offset": "3"},
    ),
]
SENDING = [
    _send("a reply", None, conversationId="{conversation}", messageText="On its way."),
    _send("2,000 characters", None, conversationId="{conversation}", messageText="ü" * 2000),
    _send("a picture alone", None, conversationId="{conversation}", messageMedia=[PHOTO]),
    _send(
        "to a buyer by name",
        None,
        otherPartyUsername="azulejo_73",
        messageText="Hola",
        reference={"referenceType": "LISTING", "referenceId": "385602117044"},
    ),
    _send("2,001 characters", 355013, conversationId="{conversation}", messageText="ü" * 2001),
    _send("nothing", 355015, conversationId="{conversation}"),
    _send("blanks", 355015, conversationId="{conversation}", messageText=" \n "),
    _send("to nobody", 355018, messageText="Hello"),
    _send("to an unknown thread", 355007, conversationId="1", messageText="Hello"),
    _send("to an unknown name", 355006, otherPartyUsername="nobody_of_that_name", messageText="Hello"),
    _send("six pictures", 355010, conversationId="{conversation}", messageMedia=[PHOTO] * 6),
    _send("a film", 355011, conversationId="{conversation}", messageMedia=[{**PHOTO, "mediaType": "VIDEO"}]),
    _send(
        "a picture without name",
        355012,
        conversationId="{conversation}",
        messageMedia=[{"mediaType": "IMAGE", "mediaUrl": PHOTO["mediaUrl"]}],
    ),
    _send(
        "a picture over http",
        355014,
        conversationId="{conversation}",
        messageMedia=[{**PHOTO, "mediaUrl": "http://pictures.example/a.jpg"}],
    ),
    _send("half a reference", 355021, otherPartyUsername="azulejo_73", messageText="Hola", reference={"referenceType": "LISTING"}),
    _send(
        "a wrong reference",
        355003,
        otherPartyUsername="azulejo_73",
        messageText="Hola",
        reference={"referenceType": "ORDER", "referenceId": "1"},
    ),
    _send(
        "a reference that is no number",
        355016,
        otherPartyUsername="azulejo_73",
        messageText="Hola",
        reference={"referenceType": "LISTING", "referenceId": "x"},
    ),
    _send(
        "a listing that is not there",
        355020,
        otherPartyUsername="azulejo_73",
        messageText="Hola",
        reference={"referenceType": "LISTING", "referenceId": "1"},
    ),
]
UPDATING = [
    _update("read", None, conversationId="{conversation}", conversationType="FROM_MEMBERS", read=True),
    _update("archive", None, conversationId="{conversation}", conversationType="FROM_MEMBERS", conversationStatus="ARCHIVE"),
    _update("the word of reading", 355001, conversationId="{conversation}", conversationType="FROM_MEMBERS", conversationStatus="ARCHIVED"),
    _update("no type", 355002, conversationId="{conversation}", read=True),
    _update("unknown", 355007, conversationId="1", conversationType="FROM_MEMBERS", read=True),
    _bulk("one", None, _ONE),
    _bulk("ten, one unknown", None, *[_ONE] * 9, {**_ONE, "conversationId": "1"}),
    _bulk("eleven", 355019, *[_ONE] * 11),
    _bulk("wrong status", 355001, {**_ONE, "conversationStatus": "DELETED"}),
    _bulk("wrong type", 355002, {**_ONE, "conversationType": "ALL"}),
]
ORDERS = [
    _orders("the last 90 days", None),
    _orders("a page", None, limit="10", offset="20"),
    _orders("by creation", None, filter="creationdate:[2026-01-01T00:00:00.000Z..2026-11-16T08:00:00.000Z]"),
    _orders(
        "by change and state", None, filter="lastmodifieddate:[2026-11-01T00:00:00.000Z..],orderfulfillmentstatus:{NOT_STARTED|IN_PROGRESS}"
    ),
    _orders("by numbers", None, orderIds="{order},00-00000-00000"),
    _orders("51 numbers", 30900, orderIds=",".join(["{order}"] * 51)),
    _orders("limit 201", 31100, limit="201"),
    _orders("offset a word", 31000, offset="next"),
    _orders("another field group", 32800, fieldGroups="EVERYTHING"),
    _orders("another filter", 30700, filter="buyer:{somebody}"),
    _orders("a filter that is none", 30800, filter="creationdate=yesterday"),
    _orders("one state alone", 30800, filter="orderfulfillmentstatus:{NOT_STARTED}"),
    _orders("a date that is none", 30810, filter="creationdate:[2026-11-01..]"),
    _orders("no start", 30820, filter="creationdate:[..2026-11-01T00:00:00.000Z]"),
    _orders("three years back", 30830, filter="creationdate:[2023-11-01T00:00:00.000Z..]"),
    _orders("the wrong way round", 30840, filter="creationdate:[2026-11-02T00:00:00.000Z..2026-11-01T00:00:00.000Z]"),
    _orders("tomorrow", 30850, filter="creationdate:[2026-11-01T00:00:00.000Z..2026-11-17T00:00:00.000Z]"),
    Case("one order", "GET", f"{ORDER}/{{order}}", 200),
    Case("no such order", "GET", f"{ORDER}/00-00000-00000", 400, 32100),
    Case("one order, another field group", "GET", f"{ORDER}/{{order}}", 400, 32800, query={"fieldGroups": "X"}),
    Case("its parcels", "GET", f"{ORDER}/{{sent}}/shipping_fulfillment", 200),
    Case("no parcels yet", "GET", f"{ORDER}/{{order}}/shipping_fulfillment", 200),
    Case("parcels of no such order", "GET", f"{ORDER}/00-00000-00000/shipping_fulfillment", 400, 32100),
    Case("one parcel", "GET", f"{ORDER}/{{sent}}/shipping_fulfillment/{{parcel}}", 200),
    Case("no such parcel", "GET", f"{ORDER}/{{sent}}/shipping_fulfillment/1", 400, 32110),
]
SHIPPING = [
    _ship("a number without carrier", 32300, lineItems=[{"lineItemId": "{line}", "quantity": 1}], trackingNumber="RR123456785GB"),
    _ship(
        "a number with blanks",
        32300,
        lineItems=[{"lineItemId": "{line}", "quantity": 1}],
        trackingNumber="RR 123",
        shippingCarrierCode="RoyalMail",
    ),
    _ship("a line of another order", 32200, lineItems=[{"lineItemId": "1", "quantity": 1}]),
    _ship("a line twice", 32210, lineItems=[{"lineItemId": "{line}", "quantity": 1}] * 2),
    _ship("more than was bought", 32600, lineItems=[{"lineItemId": "{line}", "quantity": 5}]),
    _ship("sent next year", 32500, lineItems=[{"lineItemId": "{line}", "quantity": 1}], shippedDate="2027-01-01T00:00:00.000Z"),
    _ship(
        "sent", None, lineItems=[{"lineItemId": "{line}", "quantity": 1}], trackingNumber="RR123456785GB", shippingCarrierCode="RoyalMail"
    ),
]
IDENTITY = [Case("who", "GET", "/commerce/identity/v1/user/", 200)]
ELSEWHERE = [
    Case("no such path", "GET", "/commerce/message/v1/nothing", 404, 2002),
    Case("the way the path is not written", "GET", "/commerce/identity/v1/user", 404, 2002),
    Case("no such method", "DELETE", f"{ORDER}/{{order}}", 405, 2002),
]
ALL = MESSAGES + SENDING + UPDATING + ORDERS + SHIPPING + IDENTITY
