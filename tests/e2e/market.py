"""`sellerinbox demo --serve` as a process, and its control door."""

from __future__ import annotations

import json
import select
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, Self
from urllib.parse import urlsplit

from tests.e2e.terminal import PATIENCE

SEND = "/send_message"


@dataclass(frozen=True)
class Market:
    """A simulated marketplace that runs in a process of its own."""

    process: subprocess.Popen[bytes]
    told: Mapping[str, Any]
    """Its first line."""

    @classmethod
    def open(cls, argv: list[str], environ: Mapping[str, str]) -> Self:
        """Start it and read its first line."""
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=dict(environ))
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], PATIENCE)[0], "demo --serve does not say where it listens"
        return cls(process, json.loads(process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    @property
    def base_url(self) -> str:
        return str(self.told["ebay"]["base_url"])

    def control(self, name: str, **wanted: Any) -> Any:
        """Ask the control door: with words a POST, without a GET."""
        place = urlsplit(str(self.told["control"]))
        connection = HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
        try:
            body = json.dumps(wanted) if wanted or name.startswith("reset") else None
            connection.request("GET" if body is None else "POST", f"{place.path}/{name}", body)
            answer = connection.getresponse()
            said = json.loads(answer.read())
        finally:
            connection.close()
        assert answer.status == 200, said
        return said

    def fault(self, match: str, kind: str, **more: Any) -> None:
        """Make something go wrong."""
        self.control("fault", match=match, kind=kind, **more)

    def forget(self) -> None:
        """A new ledger and no faults."""
        self.control("reset-ledger")
        self.control("reset-faults")

    def sends(self, text: str | None = None) -> list[dict[str, Any]]:
        """Every send that was asked for, or those of one text."""
        asked = [entry for entry in self.control("ledger") if entry["method"] == "POST" and entry["path"].endswith(SEND)]
        return [entry for entry in asked if text is None or entry["body"]["messageText"] == text]

    def received(self, buyer: str, text: str) -> int:
        """How often a buyer truly got a text."""
        talks = self.control(f"state?buyer={buyer}")["conversations"]
        return sum(message["text"] == text for talk in talks for message in talk["messages"] if message["from_seller"])
