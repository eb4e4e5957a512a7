"""The `filter` of `getOrders`: shared/apis/ebay.md section 4.1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sellerinbox.simulator.ebay_errors import refusal
from sellerinbox.simulator.ebay_times import read
from sellerinbox.simulator.shop import Order

DEFAULT_DAYS = 90
OLDEST = timedelta(days=2 * 366)
_CRITERION = re.compile(r"([A-Za-z]+):(\[[^\]]*\]|\{[^}]*\})(?:,|$)")
# Only these two combinations are supported, whatever the order of the words.
_COMBINATIONS = (frozenset({"NOT_STARTED", "IN_PROGRESS"}), frozenset({"FULFILLED", "IN_PROGRESS"}))


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders are wanted."""

    by_change: bool
    """Whether the span is about the last change rather than the creation."""
    start: datetime
    end: datetime
    statuses: frozenset[str] | None

    def moment(self, order: Order) -> datetime:
        """The moment of an order that the span is about."""
        return order.modified_at if self.by_change else order.created_at

    def takes(self, order: Order) -> bool:
        """Whether an order is wanted; both ends of the span count in."""
        return self.start <= self.moment(order) <= self.end and (self.statuses is None or order.status in self.statuses)


def parse(text: str, now: datetime) -> OrderFilter:
    """Read a filter. Raises `Refused` with eBay's error for each mistake."""
    criteria = _criteria(text)
    statuses = _statuses(criteria["orderfulfillmentstatus"]) if "orderfulfillmentstatus" in criteria else None
    # With both dates creationdate wins.
    for name in ("creationdate", "lastmodifieddate"):
        if name in criteria:
            start, end = _span(name, criteria[name], now)
            return OrderFilter(name == "lastmodifieddate", start, end, statuses)
    return OrderFilter(by_change=False, start=now - timedelta(days=DEFAULT_DAYS), end=now, statuses=statuses)


def _criteria(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = _CRITERION.match(text, at)
        if match is None:
            raise refusal(30800, text[at:], "filter")
        if match[1] not in ("creationdate", "lastmodifieddate", "orderfulfillmentstatus"):
            raise refusal(30700, match[1])
        found[match[1]] = match[2]
        at = match.end()
    return found


def _statuses(text: str) -> frozenset[str]:
    words = frozenset(text[1:-1].split("|"))
    if not text.startswith("{") or words not in _COMBINATIONS:
        raise refusal(30800, text, "orderfulfillmentstatus")
    return words


def _span(name: str, text: str, now: datetime) -> tuple[datetime, datetime]:
    first, dots, last = text[1:-1].partition("..")
    if not text.startswith("[") or not dots:
        raise refusal(30800, text, name)
    if not first:
        raise refusal(30820)
    start, end = read(first), read(last) if last else now
    if start is None or end is None:
        raise refusal(30810)
    if start > now or end > now:
        raise refusal(30850)
    if start > end:
        raise refusal(30840)
    if start < now - OLDEST:
        raise refusal(30830)
    return start, end
