"""Pages by offset, from a server that may repeat, reorder, leave empty or never end them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from sellerinbox.domain.errors import UnexpectedResponse
from sellerinbox.marketplaces.ebay.fields import Entry, Malformed, is_entry, number, text

LIMIT = 50
"""Entries per page: the most the Message API gives; offsets must be multiples of it (errorId 355008)."""
_WITHOUT_NEWS = 2
"""Pages in a row that bring nothing new, after which asking stops (faults.md, N14)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One page without what earlier pages already had."""

    entries: tuple[object, ...]
    done: int
    total: int | None
    stuck: bool = False
    """The server claims to have more and doesn't give it."""


async def batches(
    read: Callable[[int], Awaitable[object]], key: str, id_key: str, unexpected: Callable[[str], UnexpectedResponse]
) -> AsyncIterator[Batch]:
    """Every page of a listing: `read(offset)` gives one, `key` is its list, `id_key` what tells entries apart.

    Raises `unexpected(…)` for a page that is no listing at all.
    """
    seen: set[str] = set()
    offset = without_news = 0
    while True:
        page = await read(offset)
        if not is_entry(page):
            raise unexpected("has another shape than agreed")
        listed, total = _listed(page, key, unexpected), number(page, "total")
        before = len(seen)
        fresh = tuple([entry for entry in listed if _is_new(entry, id_key, seen)])
        without_news = 0 if len(seen) > before else without_news + 1
        offset += LIMIT
        more = _says_more(page, len(listed), offset, total)
        stopped = more and without_news >= _WITHOUT_NEWS
        yield Batch(fresh, len(seen), total, stuck=stopped and (total is None or len(seen) < total))
        if stopped or not more:
            return


def _listed(page: Entry, key: str, unexpected: Callable[[str], UnexpectedResponse]) -> list[object]:
    listed = page.get(key)
    if isinstance(listed, list):
        return listed
    if listed is None and number(page, "total") == 0:
        return []
    raise unexpected("has another shape than agreed")


def _is_new(entry: object, id_key: str, seen: set[str]) -> bool:
    """Whether an entry is to be looked at; one without an id always is, and is named as unreadable."""
    try:
        entry_id = text(entry, id_key) if is_entry(entry) else ""
    except Malformed:
        entry_id = ""
    if entry_id in seen:
        return False
    if entry_id:
        seen.add(entry_id)
    return True


def _says_more(page: Entry, listed: int, offset: int, total: int | None) -> bool:
    return bool(page.get("next")) or (listed >= LIMIT if total is None else offset < total)
