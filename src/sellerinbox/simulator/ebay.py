"""eBay's paths over the made-up shop, with what each call needs a token to allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sellerinbox.simulator import ebay_errors
from sellerinbox.simulator.ebay_messages import Messages
from sellerinbox.simulator.ebay_oauth import SCOPE, Tokens
from sellerinbox.simulator.ebay_orders import Orders
from sellerinbox.simulator.wire import Request, Response
from sellerinbox.simulator.world import SELLER, SELLER_ID, SELLER_SITE, World

Handler = Callable[..., Response]

_MESSAGE = (f"{SCOPE}/commerce.message",)
_ORDER_WRITE = (f"{SCOPE}/sell.fulfillment",)
_ORDER_READ = (*_ORDER_WRITE, f"{SCOPE}/sell.fulfillment.readonly")
_IDENTITY = (f"{SCOPE}/commerce.identity.readonly",)


@dataclass(frozen=True, slots=True)
class Route:
    """One call: method, path (`*` stands for one segment), scopes of which one is needed, what answers."""

    method: str
    path: tuple[str, ...]
    scopes: tuple[str, ...]
    handler: Handler

    def values(self, segments: tuple[str, ...]) -> list[str] | None:
        """What the `*` stand for in a path, or None when it is another path."""
        if len(segments) != len(self.path) or any(own not in ("*", given) for own, given in zip(self.path, segments, strict=True)):
            return None
        return [given for own, given in zip(self.path, segments, strict=True) if own == "*"]


class Ebay:
    """All hosts of eBay behind one address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tokens = Tokens(world)
        messages, orders = Messages(world), Orders(world)
        self._routes = (
            _route("POST", "/identity/v1/oauth2/token", (), self.tokens.token),
            _route("GET", "/oauth2/authorize", (), self.tokens.authorize),
            _route("GET", "/commerce/identity/v1/user/", _IDENTITY, self._who),
            _route("GET", "/commerce/message/v1/conversation", _MESSAGE, messages.get_conversations),
            _route("GET", "/commerce/message/v1/conversation/*", _MESSAGE, messages.get_conversation),
            _route("POST", "/commerce/message/v1/send_message", _MESSAGE, messages.send_message),
            _route("POST", "/commerce/message/v1/update_conversation", _MESSAGE, messages.update_conversation),
            _route("POST", "/commerce/message/v1/bulk_update_conversation", _MESSAGE, messages.bulk_update_conversation),
            _route("GET", "/sell/fulfillment/v1/order", _ORDER_READ, orders.get_orders),
            _route("GET", "/sell/fulfillment/v1/order/*", _ORDER_READ, orders.get_order),
            _route("GET", "/sell/fulfillment/v1/order/*/shipping_fulfillment", _ORDER_READ, orders.get_shipping_fulfillments),
            _route("POST", "/sell/fulfillment/v1/order/*/shipping_fulfillment", _ORDER_WRITE, orders.create_shipping_fulfillment),
            _route("GET", "/sell/fulfillment/v1/order/*/shipping_fulfillment/*", _ORDER_READ, orders.get_shipping_fulfillment),
        )

    def handle(self, request: Request) -> Response:
        """Answer a request as eBay would."""
        fitting = [(route, values) for route in self._routes if (values := route.values(request.segments)) is not None]
        if not fitting:
            return ebay_errors.not_found()
        for route, values in fitting:
            if route.method == request.method:
                return self._answer(route, request, values)
        return ebay_errors.wrong_method()

    def _answer(self, route: Route, request: Request, values: list[str]) -> Response:
        if route.scopes:
            allowed = self.tokens.allows(request.headers.get("authorization", ""), route.scopes)
            if not allowed:
                return ebay_errors.unauthorized() if allowed is None else ebay_errors.forbidden()
        try:
            return route.handler(request, *values)
        except ebay_errors.Refused as refused:
            return refused.response

    def _who(self, _request: Request) -> Response:
        who = {
            "userId": SELLER_ID,
            "username": SELLER,
            "accountType": "BUSINESS",
            "registrationMarketplaceId": SELLER_SITE,
            "status": "CONFIRMED",
        }
        return Response.of(200, who)


def _route(method: str, path: str, scopes: tuple[str, ...], handler: Handler) -> Route:
    return Route(method, tuple(path.split("/")[1:]), scopes, handler)
