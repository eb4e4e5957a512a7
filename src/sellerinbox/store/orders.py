"""Orders with their lines and parcels: saved page by page, found by any number on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from sellerinbox.domain.models import Key
from sellerinbox.domain.orders import Order, OrderMatch
from sellerinbox.store.cursors import save_cursor
from sellerinbox.store.deriving import recompute
from sellerinbox.store.fading import keep_known
from sellerinbox.store.finding import find_orders
from sellerinbox.store.rows import address_json, events_json, json_list, order_for, orders
from sellerinbox.store.search import spaced
from sellerinbox.store.sessions import Sessions, asking, execute_many, rows
from sellerinbox.store.snoozes import parcels_moved, rouse_tracked
from sellerinbox.store.values import maybe_ms, next_key, storable, time_key, to_ms, tracking_key


class Orders:
    """The orders of every account."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def save_page(self, account: str, page: Sequence[Order], *, cursor: str | None, at: datetime) -> int:
        """Store a page and its cursor in one transaction. Returns how many orders are new.

        A blank never overwrites what is known: eBay fades personal data out of old orders.
        """
        with self._sessions.write() as session:
            new = _save(session, account, page, to_ms(at))
            save_cursor(session, account, "orders", cursor, at)
        return new

    def find(self, query: str, limit: int) -> list[Order]:
        """Orders by whole order number, then whole tracking number, then buyer, item id, SKU, and words of any of them and the titles."""
        with self._sessions.read() as session:
            return find_orders(asking(session), query, limit)

    def for_conversation(self, key: Key) -> OrderMatch | None:
        """The newest order of the conversation's buyer and item, concluded, not told; None when none fits."""
        with self._sessions.read() as session:
            return order_for(asking(session), key)


def _save(session: Session, account: str, page: Sequence[Order], now: int) -> int:
    # One order may come twice in a page; what is blank in one is known from the other.
    fresh: dict[str, Order] = {}
    for order in page:
        number = storable(order.order_id)
        fresh[number] = keep_known(fresh[number], order) if number in fresh else order
    stored = {row[1]: row[0] for row in rows(session, _STORED, (json_list(fresh), account))}
    known = {storable(order.order_id): order for order in orders(asking(session), list(stored.values()))}
    merged = {number: keep_known(known[number], order) if number in known else order for number, order in fresh.items()}
    changed = {number: order for number, order in merged.items() if order != known.get(number)}
    keys = {number: stored[number] if number in stored else _key(session, account, number, order) for number, order in changed.items()}
    _write(session, account, [(keys[number], order) for number, order in changed.items()])
    _follow(session, account, [order for number, order in changed.items() if number not in stored])
    rouse_tracked(session, account, [order for number, order in changed.items() if parcels_moved(known.get(number), order)], now)
    return sum(number not in stored for number in fresh)


def _follow(session: Session, account: str, fresh: Sequence[Order]) -> None:
    """Who bought is no longer somebody who only asks: the conversations about these items have other clocks now."""
    bought = {(storable(order.buyer), storable(line.listing_id)) for order in fresh for line in order.lines if line.listing_id}
    buyers = json_list(sorted({buyer for buyer, _item in bought}))
    found = rows(session, _ASKED, (buyers, account))
    recompute(session, [number for number, buyer, listing in found if (buyer, listing) in bought])


def _key(session: Session, account: str, number: str, order: Order) -> int:
    key = time_key(to_ms(order.placed_at), account, number)
    while rows(session, "SELECT 1 FROM customer_order WHERE id = ?", (key,)):
        key = next_key(key)
    return key


def _write(session: Session, account: str, entries: Sequence[tuple[int, Order]]) -> None:
    execute_many(session, _UPSERT, [_head(key, account, order) for key, order in entries])
    execute_many(session, _UPSERT_LINE, [line for key, order in entries for line in _lines(key, account, order)])
    execute_many(session, _UPSERT_SHIPMENT, [shipment for key, order in entries for shipment in _shipments(key, order)])
    execute_many(session, "DELETE FROM order_fts WHERE rowid = ?", [(key,) for key, _text in entries])
    execute_many(session, "INSERT INTO order_fts (rowid, words) VALUES (?, ?)", [(key, _words(order)) for key, order in entries])


def _head(key: int, account: str, order: Order) -> tuple[Any, ...]:
    times = (order.paid_at, order.ship_by, order.deliver_from, order.deliver_to)
    told = (order.fulfillment, order.payment, order.cancel, order.total, order.currency)
    return (
        key,
        account,
        storable(order.order_id),
        storable(order.buyer),
        to_ms(order.placed_at),
        to_ms(order.modified_at),
        *map(_text, told),
        *map(maybe_ms, times),
        _text(order.buyer_name),
        address_json(order.address),
        _text(order.buyer_note),
        _text(order.service),
    )


def _lines(key: int, account: str, order: Order) -> list[tuple[Any, ...]]:
    beside = (key, account, storable(order.order_id), storable(order.buyer))
    return [
        (*beside, *map(_text, (line.id, line.listing_id, line.sku, line.title)), line.quantity, _text(line.total)) for line in order.lines
    ]


def _shipments(key: int, order: Order) -> list[tuple[Any, ...]]:
    return [
        (
            key,
            *map(_text, (parcel.id, parcel.carrier, parcel.tracking_number, tracking_key(parcel.tracking_number))),
            maybe_ms(parcel.shipped_at),
            _text(parcel.status),
            maybe_ms(parcel.last_event_at),
            events_json(parcel.events),
            _text(parcel.url),
        )
        for parcel in order.shipments
    ]


def _words(order: Order) -> str:
    items = [part for line in order.lines for part in (line.title, line.sku, line.listing_id)]
    parcels = [parcel.tracking_number for parcel in order.shipments]
    return spaced(" ".join(part for part in (order.order_id, order.buyer, order.buyer_name, *items, *parcels) if part))


def _text(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _upsert(table: str, columns: str, identity: str) -> str:
    names = columns.split(", ")
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))}) ON CONFLICT ({identity}) DO UPDATE SET {changes}"


_ASKED = """SELECT c.id, c.buyer, c.listing_id FROM json_each(?) j JOIN conversation c
 ON c.buyer = j.value COLLATE NOCASE AND c.buyer = j.value AND c.account = ?"""
_STORED = "SELECT o.id, o.order_id FROM json_each(?) j JOIN customer_order o ON o.account = ? AND o.order_id = j.value"
_UPSERT = _upsert(
    "customer_order",
    "id, account, order_id, buyer, placed_at, modified_at, fulfillment, payment, cancel, total, currency, "
    "paid_at, ship_by, deliver_from, deliver_to, buyer_name, address, buyer_note, service",
    "account, order_id",
)
_UPSERT_LINE = _upsert(
    "order_line", "order_row, account, order_id, buyer, line_id, listing_id, sku, title, quantity, total", "order_row, line_id"
)
_UPSERT_SHIPMENT = _upsert(
    "shipment",
    "order_row, shipment_id, carrier, tracking_number, tracking_key, shipped_at, status, last_event_at, events, url",
    "order_row, shipment_id",
)
