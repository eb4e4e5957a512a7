"""Every request the simulated marketplace received, in order. Nothing secret is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from sellerinbox.simulator.ebay_times import written
from sellerinbox.simulator.wire import Request

_SECRET = ("refresh_token", "code", "client_secret")
_KEPT_BACK = "(kept out of the ledger)"


@dataclass(slots=True)
class Entry:
    """One request. The Authorization header is not in here, and no token of a form either."""

    at: datetime
    method: str
    path: str
    query: dict[str, str]
    body: Any
    """JSON as it came, a form as an object, anything else as text; None without a body."""
    status: int | None = None
    """What was answered; None when the connection ended without a status."""
    fault: str | None = None
    """The kind of fault that struck, if any."""
    taken: bool = True
    """Whether the marketplace acted on it, whatever the client was told."""

    def as_json(self) -> dict[str, Any]:
        """As the control door shows it."""
        return {
            "at": written(self.at),
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "body": self.body,
            "status": self.status,
            "fault": self.fault,
            "taken": self.taken,
        }


class Ledger:
    """The requests so far."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def note(self, request: Request, at: datetime) -> Entry:
        """Put a request in before anything is done about it; its outcome is filled in later."""
        entry = Entry(at, request.method, request.path, _without_secrets(request.query), _body(request))
        self.entries.append(entry)
        return entry


def _body(request: Request) -> Any:
    if not request.body:
        return None
    text = request.body.decode("utf-8", "replace")
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return _without_secrets(dict(parse_qsl(text)))
    try:
        return json.loads(text)
    except ValueError:
        return text


def _without_secrets(fields: Any) -> dict[str, str]:
    return {name: _KEPT_BACK if name in _SECRET else value for name, value in fields.items()}
