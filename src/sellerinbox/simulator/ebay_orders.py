"""eBay's Fulfillment API v1 over the made-up shop: shared/apis/ebay.md section 4.

Orders come newest first, by creation or, with `lastmodifieddate`, by last change; eBay
states no order. There is no scan history, because eBay has none.
"""

from __future__ import annotations

from typing import Any

from sellerinbox.simulator.ebay_errors import refusal
from sellerinbox.simulator.ebay_order_filter import OrderFilter, parse
from sellerinbox.simulator.ebay_order_json import order_json, parcel_json
from sellerinbox.simulator.ebay_paging import cut, frame, whole_number
from sellerinbox.simulator.ebay_times import read
from sellerinbox.simulator.shop import Order
from sellerinbox.simulator.wire import Request, Response
from sellerinbox.simulator.world import World

BASE = "/sell/fulfillment/v1"
MAX_LIMIT = 200
MAX_IDS = 50


class Orders:
    """The calls about orders and parcels."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chosen: tuple[int, str, list[Order]] = (-1, "", [])

    def get_orders(self, request: Request) -> Response:
        """`GET /order`."""
        _field_groups(request)
        if request.query.get("orderIds"):
            return self._by_ids(request)
        limit, offset = _page(request)
        chosen = self._choose(request.query.get("filter", ""))
        orders = [self._json(request, order) for order in cut(chosen, limit, offset)]
        return Response.of(200, {"orders": orders, **frame(request, len(chosen), limit, offset)})

    def get_order(self, request: Request, order_id: str) -> Response:
        """`GET /order/{orderId}`."""
        _field_groups(request)
        return Response.of(200, self._json(request, self._find(order_id), single=True))

    def get_shipping_fulfillments(self, _request: Request, order_id: str) -> Response:
        """`GET /order/{orderId}/shipping_fulfillment`: none yet is an empty list."""
        parcels = [parcel_json(parcel) for parcel in self._find(order_id).parcels]
        return Response.of(200, {"fulfillments": parcels, "total": len(parcels)})

    def get_shipping_fulfillment(self, _request: Request, order_id: str, fulfillment_id: str) -> Response:
        """`GET /order/{orderId}/shipping_fulfillment/{fulfillmentId}`."""
        for parcel in self._find(order_id).parcels:
            if parcel.id == fulfillment_id:
                return Response.of(200, parcel_json(parcel))
        raise refusal(32110, fulfillment_id)

    def create_shipping_fulfillment(self, request: Request, order_id: str) -> Response:
        """`POST …/shipping_fulfillment`: 201, the address in `Location`, no body."""
        order = self._find(order_id)
        try:
            wanted = request.json()
        except ValueError:
            wanted = None
        if not isinstance(wanted, dict):
            raise refusal(32600)
        contents = _contents(order, wanted.get("lineItems"))
        number, carrier = _label(wanted)
        now = self._world.now()
        at = read(str(wanted["shippedDate"])) if "shippedDate" in wanted else now
        if at is None or at > now:
            raise refusal(32500)
        parcel = self._world.book.ship(order, contents, number, carrier, at)
        order.modified_at = now
        place = f"{request.base_url}{BASE}/order/{order.id}/shipping_fulfillment/{parcel.id}"
        return Response(201, headers=(("Location", place),))

    def _find(self, order_id: str) -> Order:
        order = self._world.book.orders.get(order_id)
        if order is None:
            raise refusal(32100, order_id)
        return order

    def _json(self, request: Request, order: Order, *, single: bool = False) -> dict[str, Any]:
        return order_json(order, self._world.now(), request.base_url + BASE, single=single)

    def _by_ids(self, request: Request) -> Response:
        ids = request.query["orderIds"].split(",")
        if len(ids) > MAX_IDS:
            raise refusal(30900)
        # Unknown numbers are left out; every other parameter is ignored.
        known = [self._world.book.orders[id_] for id_ in dict.fromkeys(ids) if id_ in self._world.book.orders]
        orders = [self._json(request, order) for order in known]
        return Response.of(200, {"orders": orders, **frame(request, len(known), MAX_IDS, 0)})

    def _choose(self, text: str) -> list[Order]:
        """What a filter selects, remembered while it is asked page by page and nothing changes."""
        wanted = parse(text, self._world.now())
        # Without an end in the text the span ends now, which is no change of what it selects.
        if self._chosen[:2] != (self._world.version, text):
            self._chosen = (self._world.version, text, self._selected(wanted))
        return self._chosen[2]

    def _selected(self, wanted: OrderFilter) -> list[Order]:
        chosen = [order for order in self._world.book.orders.values() if wanted.takes(order)]
        chosen.sort(key=lambda order: (wanted.moment(order), order.id), reverse=True)
        return chosen


def _field_groups(request: Request) -> None:
    groups = request.query.get("fieldGroups", "TAX_BREAKDOWN")
    if groups != "TAX_BREAKDOWN":
        raise refusal(32800, groups)


def _page(request: Request) -> tuple[int, int]:
    asked = request.query.get("limit", "50")
    limit = whole_number(asked)
    if not limit or limit > MAX_LIMIT:
        raise refusal(31100, asked)
    asked = request.query.get("offset", "0")
    offset = whole_number(asked)
    if offset is None:
        raise refusal(31000, asked)
    return limit, offset


def _contents(order: Order, entries: object) -> list[tuple[str, int]]:
    """The lines of a parcel; without any, whatever has not been sent yet."""
    if not entries:
        return [(line.id, line.quantity - order.sent(line)) for line in order.lines if order.sent(line) < line.quantity]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise refusal(32600)
    lines = {line.id: line for line in order.lines}
    chosen: dict[str, int] = {}
    for entry in entries:
        id_ = str(entry.get("lineItemId"))
        if id_ not in lines:
            raise refusal(32200, id_)
        if id_ in chosen:
            raise refusal(32210)
        quantity = entry.get("quantity", lines[id_].quantity)
        if not isinstance(quantity, int) or quantity < 1 or quantity > lines[id_].quantity:
            raise refusal(32600)
        chosen[id_] = quantity
    return list(chosen.items())


def _label(wanted: dict[str, Any]) -> tuple[str | None, str | None]:
    """Number and carrier: only together, and the number of letters and digits only."""
    number, carrier = wanted.get("trackingNumber") or None, wanted.get("shippingCarrierCode") or None
    if (number is None) != (carrier is None):
        raise refusal(32300)
    if number is not None and not (isinstance(number, str) and number.isascii() and number.isalnum() and isinstance(carrier, str)):
        raise refusal(32300)
    return number, carrier
