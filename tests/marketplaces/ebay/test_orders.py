"""Orders and their parcels: complete, in eBay's own words, and never guessed at."""

from __future__ import annotations

import json

import pytest

from sellerinbox.domain.orders import Address, Order
from sellerinbox.marketplaces.base import Marketplace
from sellerinbox.marketplaces.ebay.order_mapping import tracking_page
from tests.fakes import FakeClock
from tests.marketplaces.ebay_shop import EbayShop, at, error


async def read_orders(market: Marketplace, cursor: str | None) -> tuple[list[Order], str | None, list[str]]:
    pages = [page async for page in market.orders(cursor)]
    return [order for page in pages for order in page.items], pages[-1].cursor, [problem for page in pages for problem in page.problems]


async def test_an_order_whole(shop: EbayShop) -> None:
    shop.order(
        "12-34567-89012",
        creationDate="2026-11-01T10:00:00.000Z",
        lastModifiedDate="2026-11-03T10:00:00.000Z",
        orderFulfillmentStatus="FULFILLED",
        buyerCheckoutNotes="Please \x1b[31mhurry",
        fulfillmentHrefs=["https://api.ebay.com/x"],
        fulfillmentStartInstructions=[
            {
                "minEstimatedDeliveryDate": "2026-11-05T00:00:00.000Z",
                "maxEstimatedDeliveryDate": "2026-11-09T00:00:00.000Z",
                "shippingStep": {
                    "shippingServiceCode": "UK_RoyalMailFirstClassStandard",
                    "shipTo": {
                        "fullName": "Otto Example",
                        "contactAddress": {"addressLine1": "1 Test Road", "city": "Leeds", "postalCode": "LS1 1AA", "countryCode": "GB"},
                    },
                },
            }
        ],
        lineItems=[
            {
                "lineItemId": "1",
                "legacyItemId": "110011",
                "sku": "TP-1",
                "title": "Teapot",
                "quantity": 2,
                "total": {"value": "12.50", "currency": "GBP"},
                "lineItemFulfillmentInstructions": {"shipByDate": "2026-11-02T10:00:00.000Z"},
            }
        ],
        paymentSummary={"payments": [{"paymentDate": "2026-11-01T10:05:00.000Z"}]},
    )
    shop.parcels["12-34567-89012"] = [
        {
            "fulfillmentId": "AB123456789GB",
            "shipmentTrackingNumber": "AB123456789GB",
            "shippingCarrierCode": "RoyalMail",
            "shippedDate": "2026-11-02T09:00:00Z",
        },
        {"fulfillmentId": "999"},
        {"fulfillmentId": "999"},
    ]
    async with shop.open() as market:
        (order,), _, problems = await read_orders(market, None)
    assert not problems
    assert (order.total, order.currency, order.paid_at) == ("12.50", "GBP", at("2026-11-01T10:05:00Z"))
    assert (order.ship_by, order.deliver_from, order.deliver_to) == (
        at("2026-11-02T10:00:00Z"),
        at("2026-11-05T00:00:00Z"),
        at("2026-11-09T00:00:00Z"),
    )
    assert order.address == Address("Otto Example", ("1 Test Road",), "Leeds", None, "LS1 1AA", "GB")
    assert (order.buyer_note, order.service, order.status) == ("Please hurry", "UK_RoyalMailFirstClassStandard", "shipped")
    assert [(line.listing_id, line.sku, line.quantity, line.total) for line in order.lines] == [("110011", "TP-1", 2, "12.50")]
    assert [parcel.id for parcel in order.shipments] == ["AB123456789GB", "999", "999-2"]
    assert order.shipments[0].url == "https://www.royalmail.com/track-your-item#/tracking-results/AB123456789GB"
    assert order.shipments[0].shipped_at == at("2026-11-02T09:00:00Z")


async def test_what_has_faded_is_unknown_and_not_blank(shop: EbayShop) -> None:
    shop.order("1", fulfillmentStartInstructions=[{"shippingStep": {"shipTo": {"contactAddress": {}}}}])
    async with shop.open() as market:
        (order,), _, _ = await read_orders(market, None)
    assert (order.address, order.buyer_name, order.buyer_note, order.paid_at, order.ship_by) == (None, None, None, None, None)


async def test_new_words_of_ebay_are_shown_as_they_are(shop: EbayShop) -> None:
    shop.order("1", orderFulfillmentStatus="TELEPORTED", orderPaymentStatus="BARTERED", cancelStatus={"cancelState": "PONDERED"})
    async with shop.open() as market:
        (order,), _, _ = await read_orders(market, None)
    assert (order.fulfillment, order.payment, order.cancel) == ("TELEPORTED", "BARTERED", "PONDERED")


async def test_parcels_are_asked_for_only_where_there_are_any(shop: EbayShop) -> None:
    shop.order("1")
    shop.order("2", orderFulfillmentStatus="IN_PROGRESS")
    shop.order("3", fulfillmentHrefs=["https://api.ebay.com/x"])
    async with shop.open() as market:
        await read_orders(market, None)
    assert {request.url.path.split("/")[-2] for request in shop.asked("/shipping_fulfillment")} == {"2", "3"}


async def test_the_next_reading_asks_for_changes_with_an_overlap(shop: EbayShop, clock: FakeClock) -> None:
    for number in range(120):
        shop.order(str(number))
    async with shop.open() as market:
        first, cursor, _ = await read_orders(market, None)
        assert len(first) == 120
        assert "filter" not in shop.asked("/order")[0].url.params, "the last 90 days"
        changed = shop.order("late", lastModifiedDate=shop.moment(ago=240))
        clock.move(600)
        second, _, _ = await read_orders(market, cursor)
    assert changed["orderId"] in {order.order_id for order in second}
    assert shop.asked("/order")[-1].url.params["filter"] == "lastmodifieddate:[2026-11-22T09:55:00.000Z..]"
    assert b"%5B" in shop.asked("/order")[-1].url.query


@pytest.mark.parametrize(
    "entry",
    [None, 7, [], {}, {"orderId": "1"}, {"orderId": "2", "creationDate": "never"}, {"orderId": "../x", "creationDate": {}}],
    ids=repr,
)
async def test_a_bad_order_is_named_and_the_position_stays(shop: EbayShop, entry: object) -> None:
    shop.order("good")
    shop.bend = lambda path, page: {**page, "orders": [entry, *page["orders"]]}
    async with shop.open() as market:
        orders, cursor, problems = await read_orders(market, None)
    assert [order.order_id for order in orders] == ["good"]
    assert len(problems) == 1
    assert json.loads(cursor or "") == {}


async def test_a_bad_line_leaves_the_order(shop: EbayShop) -> None:
    shop.order("1", lineItems=[{"title": "No id"}, "x", {"lineItemId": "2", "title": {"a": 1}, "quantity": "three"}])
    async with shop.open() as market:
        (order,), _, problems = await read_orders(market, None)
    assert [(line.id, line.title, line.quantity) for line in order.lines] == [("2", "", 1)]
    assert problems == ["In order 1 an item can't be read (lineItemId is missing)."]


async def test_an_order_whose_parcels_cannot_be_read_comes_later(shop: EbayShop) -> None:
    shop.order("1", orderFulfillmentStatus="FULFILLED")
    shop.order("2")
    shop.meddle = lambda request: error(404, 32100, "Unknown") if "/order/1/" in request.url.path else None
    async with shop.open() as market:
        orders, cursor, problems = await read_orders(market, None)
        assert [order.order_id for order in orders] == ["2"], "half an order would wipe out stored parcels"
        assert len(problems) == 1
        shop.meddle = lambda request: None
        orders, _, _ = await read_orders(market, cursor)
    assert {order.order_id for order in orders} == {"1", "2"}


@pytest.mark.parametrize(
    ("carrier", "number", "page"),
    [
        ("USPS", "9400110200881234567890", "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400110200881234567890"),
        ("FedEx", "123456789012", "https://www.fedex.com/fedextrack/?trknbr=123456789012"),
        ("Otto's cousin", "1", None),
        (None, "1", None),
        ("UPS", None, None),
        ("UPS", "1&redirect=evil", None),
    ],
)
def test_a_carriers_page_only_when_sure(carrier: str | None, number: str | None, page: str | None) -> None:
    assert tracking_page(carrier, number) == page
