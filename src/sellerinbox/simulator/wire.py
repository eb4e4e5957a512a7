"""HTTP/1.1 as far as a loopback server needs it: one request in, one answer out.

Written by hand rather than with `http.server` because the faults have to break answers at a
given byte, and because a first sync asks thousands of times.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote

HEAD_LIMIT = 64 * 1024
BODY_LIMIT = 1024 * 1024


class Malformed(Exception):
    """Bytes that are no request; `status` is the answer before the connection is closed."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked. Header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    segments: tuple[str, ...] = ()
    """The path between its slashes, percent-decoded piece by piece."""

    def json(self) -> Any:
        """The body as JSON. Raises `ValueError` when it is none."""
        return json.loads(self.body)

    @property
    def base_url(self) -> str:
        """The address under which the client reached us."""
        return f"http://{self.headers.get('host', '127.0.0.1')}"


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "application/json"

    @classmethod
    def of(cls, status: int, value: object, headers: tuple[tuple[str, str], ...] = ()) -> Response:
        """An answer with a JSON body."""
        return cls(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), headers)


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection, or None when the client hung up between two.

    Raises `Malformed` for what is no request, `ConnectionError` when the client goes in the middle.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise ConnectionResetError("the client went in the middle of a request") from error
        return None
    except asyncio.LimitOverrunError as error:
        raise Malformed(431, "The request's head is too long.") from error
    method, target, headers = _head(head)
    body = await _body(reader, headers)
    path, _, query = target.partition("?")
    segments = tuple(unquote(piece) for piece in path.split("/")[1:])
    return Request(method, path, dict(parse_qsl(query, keep_blank_values=True)), headers, body, segments)


def _head(head: bytes) -> tuple[str, str, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[1].startswith("/") or not words[2].startswith("HTTP/1."):
        raise Malformed(400, "That was not an HTTP/1.1 request.")
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return words[0], words[1], headers


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if "transfer-encoding" in headers:
        raise Malformed(411, "Send the body with a Content-Length.")
    text = headers.get("content-length", "0")
    if not text.isascii() or not text.isdigit():
        raise Malformed(400, "Content-Length is not a number.")
    if int(text) > BODY_LIMIT:
        raise Malformed(413, "The body is too long.")
    try:
        return await reader.readexactly(int(text))
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError("the client went in the middle of a body") from error


def serialise(response: Response, now: datetime, *, close: bool = False) -> tuple[bytes, bytes]:
    """An answer as head and body, ready for one write."""
    lines = [f"HTTP/1.1 {response.status} {_phrase(response.status)}", f"Date: {format_datetime(now, usegmt=True)}"]
    if response.status != 204:
        lines.append(f"Content-Length: {len(response.body)}")
    if response.body or response.status == 200:
        lines.append(f"Content-Type: {response.content_type}")
    lines += [f"{name}: {value}" for name, value in response.headers]
    if close:
        lines.append("Connection: close")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace"), response.body


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Answer"
