"""The calls of eBay's Message API v1 (`commerce_message_v1_oas3.json` 1.0.0)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from urllib.parse import quote

from sellerinbox.domain.models import Kind
from sellerinbox.marketplaces.answers import Answer
from sellerinbox.marketplaces.base import Receipt
from sellerinbox.marketplaces.ebay.dates import iso
from sellerinbox.marketplaces.ebay.fields import EMPTY, Entry, Malformed, date, identity, is_entry, line
from sellerinbox.marketplaces.ebay.mapping import TYPES
from sellerinbox.marketplaces.ebay.paging import LIMIT, Batch, batches
from sellerinbox.marketplaces.http import ApiClient

BASE = "/commerce/message/v1"


@dataclass(frozen=True, slots=True)
class RawThread:
    """Messages of a conversation as eBay gave them, and the head it gave with them."""

    head: Entry
    entries: tuple[object, ...]
    stuck: bool
    """Not everything that eBay announced came."""


class MessageApi:
    """Listing, reading, sending, marking."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def conversations(self, kind: Kind, start: datetime | None = None, other: str | None = None) -> AsyncIterator[Batch]:
        """Conversations of one kind, with buyer activity since `start`, or with one `other` party."""
        query = {"conversation_type": TYPES[kind], "limit": str(LIMIT)}
        if start is not None and kind is Kind.BUYER:  # only FROM_MEMBERS takes times
            query["start_time"] = iso(start)
        if other is not None:
            query["other_party_username"] = other

        async def read(offset: int) -> object:
            return await self._api.read(f"{BASE}/conversation", {**query, "offset": str(offset)})

        return batches(read, "conversations", "conversationId", self._api.verdicts.unexpected)

    async def messages(self, conversation_id: str, kind: Kind, until: Collection[str | None] | None) -> RawThread:
        """A thread's messages, newest first, until all of `until` were met; None: to its end."""
        head: list[Entry] = []

        async def read(offset: int) -> object:
            query = {"conversation_type": TYPES[kind], "limit": str(LIMIT), "offset": str(offset)}
            page = await self._api.read(f"{BASE}/conversation/{quote(conversation_id, safe='')}", query)
            head.append(page if is_entry(page) else EMPTY)
            return page

        found: list[object] = []
        stuck = False
        async for batch in batches(read, "messages", "messageId", self._api.verdicts.unexpected):
            found += batch.entries
            stuck = batch.stuck
            if until and _has_met(found, until) and _is_newest_first(found):
                break
        return RawThread(head[0], tuple(found), stuck)

    async def send(self, conversation_id: str, text: str, now: datetime) -> Receipt:
        """Send once. The answer names the message, not the conversation.

        Raises `UnexpectedResponse` when eBay accepted something and we can't tell what.
        """
        answer = await self._api.send(f"{BASE}/send_message", {"conversationId": conversation_id, "messageText": text})
        body = self._api.verdicts.json(answer)
        try:
            message_id = identity(body if is_entry(body) else EMPTY, "messageId")
        except Malformed:
            message_id = None
        if message_id is None:
            raise self._api.verdicts.unexpected("to the reply names no message")
        return Receipt(message_id, date(body if is_entry(body) else EMPTY, "createdDate") or now)

    async def mark_read(self, conversation_id: str, kind: Kind, read: bool) -> None:
        """Mark as read or unread."""
        await self._update(conversation_id, kind, {"read": read})

    async def set_archived(self, conversation_id: str, kind: Kind, archived: bool) -> None:
        """Archive or bring back: written ARCHIVE, read ARCHIVED."""
        await self._update(conversation_id, kind, {"conversationStatus": "ARCHIVE" if archived else "ACTIVE"})

    async def _update(self, conversation_id: str, kind: Kind, change: Entry) -> None:
        # With `read` and `conversationStatus` together eBay applies only `read`: one at a time.
        body = {"conversationId": conversation_id, "conversationType": TYPES[kind], **change}
        self._expect_nothing(await self._api.send(f"{BASE}/update_conversation", body))

    def _expect_nothing(self, answer: Answer) -> None:
        """204 is the agreed answer; another one must at least be eBay's JSON, an empty 200 may be anybody's."""
        if answer.status != 204:
            self._api.verdicts.json(answer)


def _has_met(found: list[object], until: Collection[str | None]) -> bool:
    return set(until) <= {line(entry, "messageId") for entry in found if is_entry(entry)}


def _is_newest_first(found: list[object]) -> bool:
    """Whether the order allows to stop at a known message; in another order new ones may follow."""
    dates = [moment for entry in found if is_entry(entry) and (moment := date(entry, "createdDate")) is not None]
    return all(earlier >= later for earlier, later in pairwise(dates))
