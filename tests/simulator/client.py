"""The plainest client there is: what comes back is what the server sent, byte for byte."""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sellerinbox.simulator.server import HOST, SimulatorServer

START = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""A Monday morning."""
SCOPES = "https://api.ebay.com/oauth/api_scope"


class SetClock:
    """A clock that stands until it is set; a pause is noted and over at once."""

    def __init__(self) -> None:
        self.time = START
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return (self.time - START).total_seconds()

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def move(self, **length: float) -> None:
        self.time += timedelta(**length)


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error_id(self) -> int:
        return int(self.json["errors"][0]["errorId"])


class Client:
    """Speaks to one server over one connection, with that server's first access token."""

    def __init__(self, server: SimulatorServer) -> None:
        self.server = server
        self.token = server.ebay.tokens.access_token
        self._connection = http.client.HTTPConnection(HOST, server.port, timeout=10)

    def close(self) -> None:
        self._connection.close()

    def call(
        self, method: str, path: str, query: dict[str, str] | None = None, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        sent = {
            "Authorization": f"Bearer {self.token}",
            **({} if body is None else {"Content-Type": "application/json"}),
            **(headers or {}),
        }
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        try:
            self._connection.request(method, path + (f"?{urlencode(query)}" if query else ""), data, sent)
            response = self._connection.getresponse()
            return Answer(response.status, response.read(), {name.lower(): value for name, value in response.getheaders()})
        except (http.client.HTTPException, OSError):
            self._connection.close()
            raise

    def get(self, path: str, **query: str) -> Answer:
        return self.call("GET", path, query)

    def post(self, path: str, body: Any) -> Answer:
        return self.call("POST", path, body=body)

    def messages(self, path: str, **query: str) -> Answer:
        return self.get(f"/commerce/message/v1{path}", **query)

    def send(self, conversation: str, text: str) -> Answer:
        return self.post("/commerce/message/v1/send_message", {"conversationId": conversation, "messageText": text})

    def orders(self, path: str = "", **query: str) -> Answer:
        return self.get(f"/sell/fulfillment/v1/order{path}", **query)

    def control(self, name: str, **body: Any) -> Any:
        answer = self.post(f"/_control/{name}", body)
        assert answer.status == 200, answer.body
        return answer.json

    def state(self, **query: str) -> Any:
        return self.get("/_control/state", **query).json

    def ledger(self) -> list[dict[str, Any]]:
        return self.get("/_control/ledger").json  # type: ignore[no-any-return]

    def thread(self, conversation: str) -> list[dict[str, Any]]:
        """The true messages of a conversation, oldest first."""
        return self.state(conversation=conversation)["conversations"][0]["messages"]  # type: ignore[no-any-return]

    def conversation_with(self, buyer: str) -> str:
        return str(self.state(buyer=buyer)["conversations"][0]["conversationId"])

    def order_of(self, buyer: str) -> dict[str, Any]:
        return self.state(buyer=buyer)["orders"][0]  # type: ignore[no-any-return]

    def renew(self) -> None:
        """Get a new access token."""
        fields = {"grant_type": "refresh_token", "refresh_token": self.server.ebay.tokens.refresh_token}
        self.token = self.form(fields).json["access_token"]

    def form(self, fields: dict[str, str], basic: tuple[str, str] | None = None) -> Answer:
        """A call to the token service."""
        tokens = self.server.ebay.tokens
        name, secret = basic or (tokens.client_id, tokens.client_secret)
        coded = base64.b64encode(f"{name}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {coded}", "Content-Type": "application/x-www-form-urlencoded"}
        return self.call("POST", "/identity/v1/oauth2/token", body=urlencode(fields).encode(), headers=headers)
