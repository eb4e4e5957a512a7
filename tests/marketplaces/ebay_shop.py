"""eBay's side of one account, answering from memory: just enough of the wire format to be asked by the adapter.

The simulator is the full-grown one; this one is bent by hand, request by request. Every request
is judged by the official specification where that is present.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.messages import KnownThread, Thread
from sellerinbox.marketplaces.base import Marketplace
from sellerinbox.marketplaces.ebay.client import Ebay
from tests import specs
from tests.fakes import FakeClock, memory_secrets

SECRETS = {"client_id": "SECRET-client-id", "client_secret": "SECRET-client-secret", "refresh_token": "SECRET-refresh-token"}
ACCOUNT = Account("shop-uk", "ebay")
SELLER = "tinas_corner"
BUYER = "otto-1962"
MEMBERS, NOTICES = "FROM_MEMBERS", "FROM_EBAY"
JsonObject = dict[str, Any]
Answer = httpx.Response | Exception | None


class PromptClock(FakeClock):
    """Whoever sleeps is woken at once and the time has passed: nobody needs to move it beside threads and connections."""

    async def sleep(self, seconds: float) -> None:
        self.move(seconds)


class EbayShop:
    """State, a ledger of requests, and `meddle`, which may answer in eBay's place."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.conversations: dict[str, JsonObject] = {}
        self.threads: dict[str, list[JsonObject]] = {}
        self.orders: list[JsonObject] = []
        self.parcels: dict[str, list[JsonObject]] = {}
        self.requests: list[httpx.Request] = []
        self.sent: list[tuple[str, str]] = []
        self.changes: list[JsonObject] = []
        self.tokens_given = 0
        self.good_token = ""
        self.meddle: Callable[[httpx.Request], Answer] = lambda request: None
        self.bend: Callable[[str, JsonObject], Any] = lambda path, page: page
        """Changes a page before it goes out; may return anything."""
        self._number = 0

    def open(self, secrets: dict[str, str] | None = None, transport: httpx.AsyncBaseTransport | None = None) -> Ebay:
        read = memory_secrets(SECRETS if secrets is None else secrets)
        return Ebay(ACCOUNT, read, self.clock, transport=transport or httpx.MockTransport(self.answer))

    def buyer_writes(self, conversation: str, body: str = "Where is my parcel?", **fields: Any) -> JsonObject:
        return self._post(conversation, MEMBERS, body, BUYER, SELLER, fields)

    def seller_writes(self, conversation: str, body: str, **fields: Any) -> JsonObject:
        return self._post(conversation, MEMBERS, body, SELLER, BUYER, fields)

    def ebay_writes(self, conversation: str, body: str) -> JsonObject:
        return self._post(conversation, NOTICES, body, "eBay", SELLER, {"messageId": conversation})

    def order(self, order_id: str, **fields: Any) -> JsonObject:
        order = {
            "orderId": order_id,
            "creationDate": self.moment(),
            "lastModifiedDate": self.moment(),
            "orderFulfillmentStatus": "NOT_STARTED",
            "orderPaymentStatus": "PAID",
            "cancelStatus": {"cancelState": "NONE_REQUESTED", "cancelRequests": []},
            "buyer": {"username": BUYER},
            "pricingSummary": {"total": {"value": "12.50", "currency": "GBP"}},
            "lineItems": [{"lineItemId": f"{order_id}-1", "legacyItemId": "110011", "title": "Teapot", "quantity": 1}],
            **fields,
        }
        self.orders.append(order)
        return order

    def moment(self, ago: float = 0) -> str:
        return (self.clock.now() - timedelta(seconds=ago)).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def asked(self, part: str) -> list[httpx.Request]:
        return [request for request in self.requests if part in request.url.path]

    def known(self, ids: Iterable[str]) -> dict[str, KnownThread]:
        """What a store that has everything would say."""
        found = {}
        for remote_id in ids:
            head = self.conversations[remote_id]
            found[remote_id] = KnownThread(
                head["latestMessage"]["messageId"], head["unreadCount"], head["conversationStatus"] == "ARCHIVED"
            )
        return found

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        _judge(request)
        meddled = self.meddle(request)
        if isinstance(meddled, Exception):
            raise meddled
        response = self.honest(request) if meddled is None else meddled
        response.headers.setdefault("date", format_datetime(self.clock.now(), usegmt=True))
        return response

    def honest(self, request: httpx.Request) -> httpx.Response:
        """What eBay itself says."""
        path = request.url.path
        if path == "/identity/v1/oauth2/token":
            return self._token()
        if request.headers.get("authorization") != f"Bearer {self.good_token}":
            return error(401, 1001, "Invalid access token")
        if request.method == "POST":
            return self._change(path, json.loads(request.content))
        found = self._page(path, dict(request.url.params))
        if found is None:
            return error(404, 355007, "Not found")
        # Not by json=: a bent page may hold what strict JSON doesn't.
        return httpx.Response(200, content=json.dumps(self.bend(path, found)), headers={"content-type": "application/json"})

    def _token(self) -> httpx.Response:
        self.tokens_given += 1
        self.good_token = f"SECRET-access-{self.tokens_given}"
        return httpx.Response(200, json={"access_token": self.good_token, "expires_in": 7200, "token_type": "User Access Token"})

    def _change(self, path: str, body: JsonObject) -> httpx.Response:
        if path.endswith("/send_message"):
            self.sent.append((body["conversationId"], body["messageText"]))
            message = self.seller_writes(body["conversationId"], body["messageText"])
            answer = {key: value for key, value in message.items() if not key.endswith("name")}
            return httpx.Response(201, json={**answer, "senderUserName": SELLER, "recipientUserName": BUYER})
        self.changes.append(body)
        return httpx.Response(204)

    def _page(self, path: str, query: dict[str, str]) -> JsonObject | None:
        parts = path.strip("/").split("/")
        if path == "/commerce/identity/v1/user/":
            return {"userId": "user-1", "username": SELLER}
        if parts[:3] == ["commerce", "message", "v1"]:
            return self._messages(parts[4:], query)
        if parts[-1] == "shipping_fulfillment":
            parcels = self.parcels.get(parts[-2], [])
            return {"fulfillments": parcels, "total": len(parcels)}
        return _cut("orders", [order for order in self.orders if order["lastModifiedDate"] >= _start(query)], query)

    def _messages(self, rest: list[str], query: dict[str, str]) -> JsonObject | None:
        if rest:
            thread = self.threads.get(rest[0])
            return None if thread is None else {**_cut("messages", thread[::-1], query), "conversationStatus": "ACTIVE"}
        chosen = [head for head in self.conversations.values() if head["conversationType"] == query["conversation_type"]]
        since = query.get("start_time", "")
        chosen = [head for head in chosen if self._buyer_activity(head["conversationId"]) >= since or not since]
        if "other_party_username" in query:
            chosen = [head for head in chosen if query["other_party_username"] == BUYER]
        return _cut("conversations", sorted(chosen, key=lambda head: str(head["latestMessage"]["createdDate"]), reverse=True), query)

    def _buyer_activity(self, conversation: str) -> str:
        return max((post["createdDate"] for post in self.threads[conversation] if post["senderUsername"] != SELLER), default="")

    def _post(self, conversation: str, kind: str, body: str, sender: str, recipient: str, fields: JsonObject) -> JsonObject:
        self._number += 1
        message = {
            "messageId": f"m{self._number}",
            "messageBody": body,
            "createdDate": self.moment(),
            "readStatus": False,
            "senderUsername": sender,
            "recipientUsername": recipient,
            **fields,
        }
        self.threads.setdefault(conversation, []).append(message)
        head = self.conversations.setdefault(
            conversation,
            {
                "conversationId": conversation,
                "conversationStatus": "ACTIVE",
                "conversationTitle": "Teapot",
                "conversationType": kind,
                "createdDate": self.moment(),
                "referenceId": "110011",
                "referenceType": "LISTING",
                "unreadCount": 0,
            },
        )
        head["latestMessage"] = message
        head["unreadCount"] += sender != SELLER
        return message


def error(status: int, code: int, message: str, **headers: str) -> httpx.Response:
    """A refusal in eBay's own form."""
    return httpx.Response(status, json={"errors": [{"errorId": code, "domain": "API_MESSAGE", "message": message}]}, headers=headers)


def login_page(status: int = 200) -> httpx.Response:
    return httpx.Response(status, html="<!DOCTYPE html><title>Hotel</title><form>Room number</form>")


async def read_everything(market: Marketplace, cursor: str | None, known: Any = None) -> tuple[list[Thread], str | None, list[str]]:
    """The threads, the last cursor and the problems of one reading."""
    threads, last, problems = [], None, []
    async for page in market.threads(cursor, known or (lambda ids: {})):
        threads += page.items
        problems += page.problems
        last = page.cursor
    return threads, last, problems


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _cut(key: str, entries: list[JsonObject], query: dict[str, str]) -> JsonObject:
    limit, offset = int(query["limit"]), int(query["offset"])
    page: JsonObject = {key: entries[offset : offset + limit], "total": len(entries), "limit": limit, "offset": offset}
    return page | ({"next": "https://api.ebay.com/somewhere"} if offset + limit < len(entries) else {})


def _start(query: dict[str, str]) -> str:
    return query.get("filter", "").removeprefix("lastmodifieddate:[").removesuffix("..]")


def _judge(request: httpx.Request) -> None:
    """Fail for a request that the official specification doesn't allow."""
    path = request.url.raw_path.partition(b"?")[0].decode()
    api = specs.api_of(path)
    if api and not specs.MISSING:
        specs.validate_request(api, request.method, path, dict(request.url.params), request.headers, request.content)
