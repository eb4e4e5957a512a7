"""Short ways to make what a marketplace would bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sellerinbox.domain.messages import Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.domain.orders import Address, Order, OrderLine, Shipment

ACCOUNT = "shop-uk"
T0 = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def key(remote_id: str = "c1") -> Key:
    return Key(ACCOUNT, remote_id)


def theirs(name: str, minutes: float, text: str = "Where is it?", **changes: object) -> Message:
    return replace(Message(name, Direction.IN, "bob", at(minutes), text), **changes)  # type: ignore[arg-type]


def ours(name: str, minutes: float, text: str = "On its way.", **changes: object) -> Message:
    return replace(Message(name, Direction.OUT, "seller", at(minutes), text), **changes)  # type: ignore[arg-type]


def thread(
    *messages: Message,
    remote_id: str = "c1",
    buyer: str = "bob",
    subject: str = "About the lamp",
    listing: str | None = "110",
    archived: bool = False,
    unread: int = 0,
    kind: Kind = Kind.BUYER,
    complete: bool = True,
) -> Thread:
    return Thread(RemoteConversation(key(remote_id), kind, buyer, subject, listing, archived, unread), messages, complete)


def order(order_id: str = "01-1", minutes: float = 0, **changes: object) -> Order:
    made = Order(
        ACCOUNT,
        order_id,
        "bob",
        at(minutes),
        at(minutes),
        "NOT_STARTED",
        "PAID",
        None,
        "12.50",
        "GBP",
        buyer_name="Bob Stone",
        address=Address("Bob Stone", ("1 Mill Lane",), "Leeds", None, "LS1 1AA", "GB"),
        lines=(OrderLine("l1", "110", "SKU-9", "Brass lamp", 1, "12.50"),),
        shipments=(Shipment("s1", "Royal Mail", "AB123456789GB", None),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
