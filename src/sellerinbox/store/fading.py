"""Orders read again: marketplaces take personal data out of old orders, and what is blank now was known before."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

from sellerinbox.domain.orders import Address, Order, OrderLine, Shipment

Part = TypeVar("Part", Address, OrderLine, Shipment)
_TOLD_BY_ABSENCE = {"cancel"}
"""Fields where blank is news: a cancellation that is no longer asked for."""


def keep_known(stored: Order, fresh: Order) -> Order:
    """The newer of two readings of one order, its blanks filled from the older one."""
    if fresh.modified_at < stored.modified_at:
        stored, fresh = fresh, stored
    filled = {
        field.name: getattr(stored, field.name)
        for field in fields(Order)
        if field.name not in _TOLD_BY_ABSENCE and _blank(getattr(fresh, field.name))
    }
    lines = _merge_lines(stored.lines, fresh.lines)
    shipments = _merge_shipments(stored.shipments, fresh.shipments)
    return replace(fresh, **{**filled, "address": _address(stored.address, fresh.address), "lines": lines, "shipments": shipments})


def _blank(value: object) -> bool:
    return value is None or value in ("", ())


def _address(stored: Address | None, fresh: Address | None) -> Address | None:
    if stored is None or fresh is None:
        return fresh or stored
    for mine, theirs in ((stored.lines, fresh.lines), (stored.postcode, fresh.postcode)):
        if mine and theirs and mine != theirs:
            return fresh  # another place: parts of two addresses must never be mixed
    return _filled(stored, fresh)


def _merge_lines(stored: tuple[OrderLine, ...], fresh: tuple[OrderLine, ...]) -> tuple[OrderLine, ...]:
    known = {line.id: line for line in stored}
    now = {line.id: _filled(known.get(line.id, line), line) for line in fresh}
    return tuple({**known, **now}.values())


def _merge_shipments(stored: tuple[Shipment, ...], fresh: tuple[Shipment, ...]) -> tuple[Shipment, ...]:
    known = {shipment.id: shipment for shipment in stored}
    now = {shipment.id: _filled(known.get(shipment.id, shipment), shipment) for shipment in fresh}
    return tuple({**known, **now}.values())


def _filled(stored: Part, fresh: Part) -> Part:
    return replace(fresh, **{field.name: getattr(stored, field.name) for field in fields(fresh) if _blank(getattr(fresh, field.name))})
