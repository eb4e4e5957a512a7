"""Making things go wrong on request.

A fault strikes the next `count` requests whose path contains `match` (and whose method is
`method`, if given). What matters for a send is whether the marketplace *took* it, apart
from what the client is told:

| kind | the client gets | taken, unless `taken` says otherwise |
| --- | --- | --- |
| `status` | `status` with `body` (eBay's own error, if none given) and `retry_after` | no |
| `latency` | the answer, `seconds` later than it was ready | yes |
| `reset_after_bytes` | the head, `bytes` of the body, then a connection reset | yes |
| `truncate` | a whole answer whose body stops after `bytes` (half of it, if not given) | yes |
| `html_200` | status 200 with a network's log-in page | no |
| `empty_200` | status 200 and nothing | no |
| `drop_after_accept` | a closed connection | yes |
| `drop_before_accept` | a closed connection | no |
| `expire_token` | 401: the access token it came with is dead from now on | no |
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sellerinbox.simulator.ebay_errors import stock_error
from sellerinbox.simulator.wire import Request, Response

TAKEN = {
    "status": False,
    "latency": True,
    "reset_after_bytes": True,
    "truncate": True,
    "html_200": False,
    "empty_200": False,
    "drop_after_accept": True,
    "drop_before_accept": False,
    "expire_token": True,
}
"""The kinds, and whether a request they strike is handed to the marketplace at all."""

_STOCK = Response(200, b'{"messageId":"0000000000000","messageBody":"the marketplace never saw this"}')
LOGIN_PAGE = (
    b"<!DOCTYPE html><html><head><title>Guest network</title></head><body><h1>Welcome to the Seaview Hotel</h1>"
    b'<form action="https://wifi.example/login"><input name="room"><button>Go online</button></form></body></html>'
)


@dataclass(slots=True)
class Fault:
    """One fault, waiting for requests to strike."""

    kind: str
    match: str
    method: str | None
    count: int
    taken: bool
    status: int
    retry_after: str | None
    body: str | None
    seconds: float
    bytes: int | None

    def strikes(self, request: Request) -> bool:
        """Whether it is meant for this request."""
        return self.match in request.path and self.method in (None, request.method)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an answer is to be delivered: None for none at all, some bytes of it, late."""

    response: Response | None
    wait: float = 0.0
    cut_after: int | None = None
    """Reset the connection after so many bytes of the body."""


def fault_from(wanted: Mapping[str, Any]) -> Fault:
    """Read a fault as the control door gets it. Raises `ValueError` with a sentence."""
    kind = wanted.get("kind")
    if kind not in TAKEN:
        raise ValueError(f"kind must be one of {', '.join(TAKEN)} or revoke.")
    body = wanted.get("body")
    retry_after = wanted.get("retry_after")
    return Fault(
        kind=kind,
        match=_typed(wanted, "match", str, ""),
        method=_typed(wanted, "method", str, None),
        count=_number(wanted, "count", 1, 1, 1_000_000),
        taken=_typed(wanted, "taken", bool, TAKEN[kind]),
        status=_number(wanted, "status", 500, 200, 599),
        # A line break would end the header; every other oddity is for the client to survive.
        retry_after=None if retry_after is None else str(retry_after).replace("\r", " ").replace("\n", " "),
        body=body if body is None or isinstance(body, str) else json.dumps(body),
        seconds=_seconds(wanted.get("seconds", 1.0)),
        bytes=None if wanted.get("bytes") is None else _number(wanted, "bytes", 0, 0, 10_000_000),
    )


def spoil(fault: Fault, honest: Response | None) -> Delivery:
    """What the client gets instead of the honest answer (None: the marketplace never saw the request)."""
    answer = honest or _STOCK
    match fault.kind:
        case "status":
            return Delivery(_status(fault))
        case "latency":
            return Delivery(answer, wait=fault.seconds)
        case "reset_after_bytes":
            return Delivery(answer, cut_after=fault.bytes or 0)
        case "truncate":
            keep = len(answer.body) // 2 if fault.bytes is None else fault.bytes
            return Delivery(Response(answer.status, answer.body[:keep], answer.headers, answer.content_type))
        case "html_200":
            return Delivery(Response(200, LOGIN_PAGE, content_type="text/html; charset=utf-8"))
        case "empty_200":
            return Delivery(Response(200))
        case "drop_after_accept" | "drop_before_accept":
            return Delivery(None)
        case _:
            return Delivery(answer)


def _status(fault: Fault) -> Response:
    headers = () if fault.retry_after is None else (("Retry-After", fault.retry_after),)
    body = stock_error(fault.status).body if fault.body is None else fault.body.encode()
    return Response(fault.status, body, headers)


def _typed(wanted: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = wanted.get(name, default)
    if value is not default and not isinstance(value, kind):
        raise ValueError(f"{name} must be a {kind.__name__}.")
    return value


def _number(wanted: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    value = wanted.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}.")
    return value


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 86_400:
        raise ValueError("seconds must be a number from 0 to 86400.")
    return float(value)
