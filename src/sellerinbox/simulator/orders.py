"""The shop's orders: how they came to stand where they stand, and how they move on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from random import Random
from typing import Protocol

from sellerinbox.simulator import tracking
from sellerinbox.simulator.catalogue import carrier, items, site
from sellerinbox.simulator.shop import Item, Line, Order, Parcel, Person, Refund

_FIRST_LINE = 10_074_100_220_318
_FIRST_REFUND = 5_210_447_000


class Surroundings(Protocol):
    """What the order book needs of the world."""

    rng: Random
    start: datetime
    quiet: bool

    def at(self, when: datetime, happen: Callable[[datetime], None]) -> None:
        """See `World.at`."""

    def touch(self) -> None:
        """See `World.touch`."""


class OrderBook:
    """All orders, by number."""

    def __init__(self, world: Surroundings) -> None:
        self._world = world
        self.orders: dict[str, Order] = {}
        self._lines = count(_FIRST_LINE, 7)
        self._records = count(4101)
        self._refunds = count(_FIRST_REFUND, 3)

    def place(self, buyer: Person, item: Item, state: str, at: datetime) -> Order:
        """An order placed at that time and brought into a state.

        States: pending, failed, paid, part, shipped, untracked, refunded, partrefund,
        cancelasked, cancelled.
        """
        bought = [item, self._another(item)] if state == "part" else [item]
        ebay_site, currency = site(buyer.country)
        order = Order(
            id=self._number(),
            record=str(next(self._records)),
            buyer=buyer,
            lines=[Line(str(next(self._lines)), each, 1) for each in bought],
            created_at=at,
            modified_at=at,
            currency=currency,
            site=ebay_site,
            postage=Decimal("0.00") if item.price > 60 else Decimal("4.95"),
        )
        self.orders[order.id] = order
        self._bring_into(order, state)
        return order

    def ship(self, order: Order, contents: Iterable[tuple[str, int]], number: str | None, carrier_code: str | None, at: datetime) -> Parcel:
        """A parcel leaves: the seller said so, or it was due."""
        parcel = Parcel(number, carrier_code, at, tuple(contents))
        order.parcels.append(parcel)
        self._changed(order, at)
        return parcel

    def _bring_into(self, order: Order, state: str) -> None:
        left = min(order.created_at + timedelta(hours=20), self._world.start)
        if state in ("pending", "failed"):
            order.payment = state.upper()
        if state in ("shipped", "refunded", "partrefund", "part"):
            self._leaves(order, order.lines[:1], left)
        if state == "untracked":
            self.ship(order, [(order.lines[0].id, 1)], None, None, left)
        if state in ("refunded", "partrefund"):
            self._give_back(order, order.total if state == "refunded" else Decimal("15.00"), order.created_at + timedelta(days=12))
        if state in ("cancelasked", "cancelled"):
            self._ask_to_cancel(order, order.created_at + timedelta(minutes=25))
        if state == "cancelled":
            self._cancel(order, order.created_at + timedelta(hours=5))
        if not self._world.quiet:
            self._plan(order, state)

    def _plan(self, order: Order, state: str) -> None:
        """What becomes of it after the start, hours ahead, so that it takes `advance` to see."""
        soon = self._world.start + timedelta(minutes=self._world.rng.randint(60, 480))
        moves = {"pending": self._is_paid, "paid": self._rest_leaves, "part": self._rest_leaves}
        if state in moves:
            self._world.at(soon, partial(moves[state], order))
        if state == "cancelasked":
            self._world.at(soon + timedelta(hours=12), partial(self._cancel, order))

    def _is_paid(self, order: Order, at: datetime) -> None:
        order.payment = "PAID"
        self._changed(order, at)
        self._world.at(at + timedelta(hours=18), partial(self._rest_leaves, order))

    def _rest_leaves(self, order: Order, at: datetime) -> None:
        waiting = [line for line in order.lines if order.line_status(line) == "NOT_STARTED"]
        if waiting and order.cancel == "NONE_REQUESTED":
            self._leaves(order, waiting, at)

    def _leaves(self, order: Order, lines: list[Line], at: datetime) -> None:
        way = carrier(order.buyer.country)
        self.ship(order, [(line.id, line.quantity) for line in lines], tracking.number(self._world.rng, way.form), way.code, at)

    def _ask_to_cancel(self, order: Order, at: datetime) -> None:
        order.cancel, order.cancel_asked_at = "IN_PROGRESS", at
        self._changed(order, at)

    def _cancel(self, order: Order, at: datetime) -> None:
        if order.parcels:
            return
        order.cancel, order.cancelled_at = "CANCELED", at
        self._give_back(order, order.total, at)

    def _give_back(self, order: Order, amount: Decimal, at: datetime) -> None:
        order.refunds.append(Refund(str(next(self._refunds)), amount, at))
        order.payment = "FULLY_REFUNDED" if amount == order.total else "PARTIALLY_REFUNDED"
        self._changed(order, at)

    def _changed(self, order: Order, at: datetime) -> None:
        order.modified_at = max(order.modified_at, at)
        self._world.touch()

    def _another(self, item: Item) -> Item:
        return self._world.rng.choice([each for each in items().values() if each != item])

    def _number(self) -> str:
        rng = self._world.rng
        while True:
            number = f"{rng.randint(2, 27):02}-{rng.randint(10000, 99999)}-{rng.randint(10000, 99999)}"
            if number not in self.orders:
                return number
