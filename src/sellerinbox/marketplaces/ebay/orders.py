"""Orders and parcels of eBay's Sell Fulfillment API v1 (`sell_fulfillment_v1_oas3.json` v1.20.6)."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

from sellerinbox.domain.orders import Order, Shipment
from sellerinbox.i18n import _
from sellerinbox.marketplaces.base import Page
from sellerinbox.marketplaces.ebay import order_mapping
from sellerinbox.marketplaces.ebay.dates import iso, parse_date
from sellerinbox.marketplaces.ebay.fields import Entry, Malformed, entries, identity, is_entry, line
from sellerinbox.marketplaces.ebay.order_mapping import MappedOrder
from sellerinbox.marketplaces.ebay.paging import LIMIT, Batch, batches
from sellerinbox.marketplaces.ebay.position import OVERLAP
from sellerinbox.marketplaces.ebay.together import each
from sellerinbox.marketplaces.http import ApiClient

BASE = "/sell/fulfillment/v1"
_LONGEST = timedelta(days=700)
"""eBay looks back two years at most; an older cursor is worth no filter (which gives the last 90 days)."""


class OrderApi:
    """Listing orders with their parcels."""

    def __init__(self, api: ApiClient, account: str) -> None:
        self._api = api
        self._account = account

    async def pages(self, cursor: str | None, now: datetime) -> AsyncGenerator[Page[Order], None]:
        """Orders changed since `cursor`; None: of the last 90 days. `now` is eBay's own time."""
        since = _since(cursor)
        newest, flawless = since, True
        async for batch in self._batches(since, now):
            good, problems = _readable(batch)
            outcome = await each(self._order, good)
            problems += [
                _("In order {order} an item can't be read ({flaw}).").format(order=m.order.order_id, flaw=flaw)
                for m in outcome.results
                for flaw in m.problems
            ]
            problems += [
                _("Order {order} was not read: {error}").format(order=entry["orderId"], error=error) for entry, error in outcome.failed
            ]
            flawless = flawless and not problems
            orders = tuple(mapped.order for mapped in outcome.results)
            newest = _newest(newest, orders, now)
            yield Page(orders, problems=tuple(problems), done=batch.done, total=batch.total)
            if outcome.stopped_by is not None:
                raise outcome.stopped_by
        yield Page((), cursor=_cursor(newest if flawless else since))

    def _batches(self, since: datetime | None, now: datetime) -> AsyncIterator[Batch]:
        query = {"limit": str(LIMIT)}
        if since is not None and now - since < _LONGEST:
            # A start in the future is refused (errorId 30850).
            query["filter"] = f"lastmodifieddate:[{iso(min(since, now) - OVERLAP)}..]"

        async def read(offset: int) -> object:
            return await self._api.read(f"{BASE}/order", {**query, "offset": str(offset)})

        return batches(read, "orders", "orderId", self._api.verdicts.unexpected)

    async def _order(self, entry: Entry) -> MappedOrder:
        return order_mapping.order(entry, self._account, await self._parcels(entry) if order_mapping.has_parcels(entry) else ())

    async def _parcels(self, entry: Entry) -> tuple[Shipment, ...]:
        page = await self._api.read(f"{BASE}/order/{quote(identity(entry, 'orderId'), safe='')}/shipping_fulfillment")
        if not is_entry(page):
            raise self._api.verdicts.unexpected("has another shape than agreed")
        return order_mapping.shipments(entries(page, "fulfillments"))


def _readable(batch: Batch) -> tuple[list[Entry], list[str]]:
    """The orders of a page that can be mapped, and a sentence for each that can't."""
    good, problems = [], []
    for entry in batch.entries:
        try:
            if not is_entry(entry):
                raise Malformed("it is not an object")
            order_mapping.check(entry)
            good.append(entry)
        except Malformed as error:
            number = (line(entry, "orderId", 40) if is_entry(entry) else None) or "without a number"
            problems.append(
                _("An order in eBay's list ({number}) can't be read ({error}); the others are in.").format(number=number, error=error)
            )
    if batch.stuck:
        problems.append("eBay announced more orders than it gave; they are asked for again.")
    return good, problems


def _newest(before: datetime | None, orders: Sequence[Order], now: datetime) -> datetime | None:
    """The newest change met; a time ahead of eBay's own clock is somebody's error."""
    moments = [order.modified_at for order in orders if order.modified_at <= now]
    return max([*moments, *([before] if before else [])], default=None)


def _since(cursor: str | None) -> datetime | None:
    try:
        fields = json.loads(cursor or "{}")
    except ValueError:
        return None
    return parse_date(fields.get("since")) if is_entry(fields) else None


def _cursor(since: datetime | None) -> str:
    return json.dumps({} if since is None else {"since": iso(since)})
