"""Orders: what was known stays known, and any number on them finds them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sellerinbox.domain.orders import Address, Order, OrderLine, Shipment
from sellerinbox.store.database import Store
from sellerinbox.store.windows import Windows
from tests.store.making import ACCOUNT, T0, at, order


def save(store: Store, *orders: Order, cursor: str | None = None) -> int:
    return store.orders.save_page(ACCOUNT, orders, cursor=cursor, at=T0)


def stored(store: Store, order_id: str = "01-1") -> Order:
    (found,) = store.orders.find(order_id, 1)
    return found


def test_an_order_comes_back_as_it_was_saved_and_is_new_once(store: Store) -> None:
    whole = order(paid_at=at(1), ship_by=at(2), deliver_from=at(3), deliver_to=at(4), buyer_note="ring twice", service="Tracked 24")
    assert save(store, whole, cursor="one") == 1
    assert save(store, whole) == 0
    assert stored(store) == whole
    assert store.accounts.cursor(ACCOUNT, "orders") == "one"


def test_faded_personal_data_stays_readable(store: Store) -> None:
    known = order(buyer_note="ring twice", paid_at=at(1))
    save(store, known)
    faded = order(
        "01-1",
        buyer="",
        buyer_name=None,
        buyer_note="",
        paid_at=None,
        modified_at=at(99),
        address=Address(None, (), "Leeds", "", None, "GB"),
        lines=(OrderLine("l1", None, None, "", 1, None),),
        shipments=(),
    )
    save(store, faded)
    assert stored(store) == replace(known, modified_at=at(99))
    save(store, replace(faded, address=None, lines=()))
    assert stored(store) == replace(known, modified_at=at(99))


def test_what_really_changed_is_taken_over(store: Store) -> None:
    save(store, order(cancel="IN_PROGRESS"))
    moved = Address("Bob Stone", ("9 Hill Road",), "York", None, None, "GB")
    parcel = Shipment("s2", "DPD", "155", at(5))
    save(store, order(modified_at=at(9), cancel=None, fulfillment="FULFILLED", address=moved, shipments=(parcel,)))
    now = stored(store)
    assert (now.cancel, now.fulfillment, now.address) == (None, "FULFILLED", moved)
    assert [shipment.id for shipment in now.shipments] == ["s1", "s2"]


def test_an_older_reading_that_comes_late_changes_nothing_that_is_known(store: Store) -> None:
    save(store, order(modified_at=at(9), fulfillment="FULFILLED"))
    save(store, order(modified_at=at(1), fulfillment="NOT_STARTED", buyer_note="ring twice"))
    assert (stored(store).fulfillment, stored(store).buyer_note) == ("FULFILLED", "ring twice")


@pytest.mark.parametrize("query", ["01-7", "ab 12 cd", "AB12CD", "Eve", "eve", "555", "sku-x", "copper ket", "Eve Adams"])
def test_found_by_any_number_or_word_on_it(store: Store, windows: Windows, query: str) -> None:
    wanted = order(
        "01-7",
        7,
        buyer="eve",
        buyer_name="Eve Adams",
        lines=(OrderLine("l1", "555", "SKU-X", "Copper kettle", 2, "9.00"),),
        shipments=(Shipment("s", None, "AB12 CD", None),),
    )
    save(store, order("01-1"), wanted, order("01-2", 3))
    assert [found.order_id for found in store.orders.find(query, 5)] == ["01-7"]
    assert [match.order for match in windows.find_orders(query, 5)] == [wanted]


def test_the_whole_order_number_comes_first_among_a_thousand(store: Store) -> None:
    save(store, *(order(f"9-{n}", n, lines=(OrderLine("l1", None, None, "replaces 9-500", 1, None),)) for n in range(1000)))
    found = store.orders.find("9-500", 3)
    assert len(found) == 3
    assert found[0].order_id == "9-500"


def test_two_lines_of_one_order_are_one_candidate(store: Store) -> None:
    from tests.store.making import key, theirs, thread

    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0))], cursor=None, at=T0)
    twice = (OrderLine("l1", "110", None, "Lamp", 1, None), OrderLine("l2", "110", None, "Lamp", 1, None))
    save(store, order(lines=twice))
    match = store.orders.for_conversation(key())
    assert match is not None
    assert match.candidates == 1
    save(store, order("01-9", 9, buyer="eve"))
    assert store.orders.for_conversation(key()) == match
