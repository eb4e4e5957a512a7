"""Pages by `limit` and `offset`, with the addresses of the pages before and behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from sellerinbox.simulator.wire import Request

T = TypeVar("T")


def cut(entries: Sequence[T], limit: int, offset: int) -> Sequence[T]:
    """The entries of one page."""
    return entries[offset : offset + limit]


def frame(request: Request, total: int, limit: int, offset: int) -> dict[str, Any]:
    """`total`, `limit`, `offset`, `href` and, where there is such a page, `next` and `prev`."""
    around: dict[str, Any] = {"href": _address(request, limit, offset), "limit": limit, "offset": offset, "total": total}
    if offset + limit < total:
        around["next"] = _address(request, limit, offset + limit)
    if offset > 0:
        around["prev"] = _address(request, limit, max(0, offset - limit))
    return around


def whole_number(text: str) -> int | None:
    """A number written in plain digits, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _address(request: Request, limit: int, offset: int) -> str:
    query = {**request.query, "limit": str(limit), "offset": str(offset)}
    return f"{request.base_url}{request.path}?{urlencode(query)}"
