"""Which conversations a `getConversations` query selects: shared/apis/ebay.md sections 1.2 and 1.5.

Where eBay says nothing: without `conversation_status` everything but deleted conversations
is selected, and `start_time` and `end_time` are not looked at for FROM_EBAY.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sellerinbox.simulator.ebay_errors import refusal
from sellerinbox.simulator.ebay_paging import whole_number
from sellerinbox.simulator.ebay_times import read
from sellerinbox.simulator.shop import FROM_EBAY, FROM_MEMBERS, Conversation
from sellerinbox.simulator.world import World

MAX_LIMIT = 50
_REMEMBERED = 32
Test = Callable[[Conversation], bool]
_TESTS: dict[str, Test] = {
    "ACTIVE": lambda each: each.status == "ACTIVE",
    "ARCHIVED": lambda each: each.status == "ARCHIVED",
    "DELETED": lambda each: each.status == "DELETED",
    "READ": lambda each: each.status != "DELETED" and each.unread == 0,
    "UNREAD": lambda each: each.status != "DELETED" and each.unread > 0,
}


class Selection:
    """Remembers what was selected until something changes: a full pass asks page after page."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chosen: dict[tuple[tuple[str, str], ...], list[Conversation]] = {}
        self._chosen_at = -1

    def choose(self, kind: str, query: Mapping[str, str]) -> list[Conversation]:
        """The conversations a query selects, newest message first. Raises `Refused` for a wrong one."""
        wanted = tuple(sorted((name, value) for name, value in query.items() if name not in ("limit", "offset")))
        if self._chosen_at != self._world.version or len(self._chosen) > _REMEMBERED:
            self._chosen.clear()
            self._chosen_at = self._world.version
        if wanted not in self._chosen:
            self._chosen[wanted] = self._selected(kind, query)
        return self._chosen[wanted]

    def _selected(self, kind: str, query: Mapping[str, str]) -> list[Conversation]:
        tests = [_by_status(query), self._by_buyer(query), _by_reference(query), _by_time(query) if kind == FROM_MEMBERS else None]
        wanted = [test for test in tests if test]
        return [each for each in self._world.listing(kind) if all(test(each) for test in wanted)]

    def _by_buyer(self, query: Mapping[str, str]) -> Test | None:
        name = query.get("other_party_username")
        if name is None:
            return None
        if self._world.person(name) is None:
            raise refusal(355006)
        return lambda each: each.other_party.lower() == name.lower()


def conversation_type(query: Mapping[str, str]) -> str:
    """The required type. Raises `Refused`."""
    kind = query.get("conversation_type", "")
    if not kind:
        raise refusal(355017)
    if kind not in (FROM_MEMBERS, FROM_EBAY):
        raise refusal(355002)
    return kind


def page(query: Mapping[str, str]) -> tuple[int, int]:
    """Limit and offset, which must be a multiple of the limit. Raises `Refused`."""
    limit = whole_number(query.get("limit", "25"))
    if not limit or limit > MAX_LIMIT:
        raise refusal(355009)
    offset = whole_number(query.get("offset", "0"))
    if offset is None or offset % limit:
        raise refusal(355008)
    return limit, offset


def whole_number_like(text: str) -> bool:
    """Whether a reference id is a positive integer."""
    return text.isascii() and text.isdigit() and text.strip("0") != ""


def _by_status(query: Mapping[str, str]) -> Test | None:
    word = query.get("conversation_status")
    if word is None:
        return lambda each: each.status != "DELETED"
    if word not in _TESTS:
        raise refusal(355001)
    return _TESTS[word]


def _by_reference(query: Mapping[str, str]) -> Test | None:
    kind, number = query.get("reference_type"), query.get("reference_id")
    if kind is not None and kind != "LISTING":
        raise refusal(355003)
    if number is None:
        return None if kind is None else lambda each: each.item is not None
    if kind is None:
        raise refusal(355022)
    if not whole_number_like(number):
        raise refusal(355016)
    return lambda each: each.item is not None and each.item.listing_id == number


def _by_time(query: Mapping[str, str]) -> Test | None:
    """Section 1.5 [F]: both ends look at what the buyer wrote, not at our own messages."""
    if "start_time" not in query and "end_time" not in query:
        return None
    start = read(query["start_time"]) if "start_time" in query else datetime.min.replace(tzinfo=UTC)
    end = read(query["end_time"]) if "end_time" in query else datetime.max.replace(tzinfo=UTC)
    if start is None or end is None:
        raise refusal(355005)
    if start >= end:
        raise refusal(355004)
    # The first test is cheap and settles nearly all of them.
    return lambda each: each.latest.sent_at >= start and each.heard_between(start, end)
