"""Orders as eBay tells them: every state, what fades, what only the single order says, parcels without scans."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sellerinbox.simulator import tracking
from tests.simulator.client import Client, SetClock


def _order(client: Client, buyer: str) -> Any:
    return client.orders(f"/{client.order_of(buyer)['orderId']}").json


def test_orders_stand_in_every_state(client: Client) -> None:
    orders = client.orders(limit="200").json["orders"]

    assert {each["orderFulfillmentStatus"] for each in orders} == {"NOT_STARTED", "IN_PROGRESS", "FULFILLED"}
    assert {each["orderPaymentStatus"] for each in orders} == {"PENDING", "FAILED", "PAID", "PARTIALLY_REFUNDED", "FULLY_REFUNDED"}
    assert {each["cancelStatus"]["cancelState"] for each in orders} == {"NONE_REQUESTED", "IN_PROGRESS", "CANCELED"}


def test_only_the_single_order_tells_of_cancel_requests(client: Client) -> None:
    single = _order(client, "paperboat_ltd")
    listed = client.orders(orderIds=single["orderId"]).json["orders"][0]

    assert [each["cancelRequestState"] for each in single["cancelStatus"]["cancelRequests"]] == ["REQUESTED"]
    assert listed["cancelStatus"]["cancelRequests"] == []


def test_personal_data_fades(client: Client, now: SetClock) -> None:
    buyer = "buero_am_ziegelteich"
    fresh = _order(client, buyer)["buyer"]["buyerRegistrationAddress"]
    assert fresh["email"].endswith(".example")
    now.move(days=15)
    client.renew()
    after_two_weeks = _order(client, buyer)["buyer"]["buyerRegistrationAddress"]
    now.move(days=80)
    client.renew()
    after_three_months = _order(client, buyer)["fulfillmentStartInstructions"][0]["shippingStep"]["shipTo"]

    assert ("email" in after_two_weeks, after_two_weeks["fullName"]) == (False, "Friederike Grünwaldt")
    assert (after_three_months["fullName"], after_three_months["contactAddress"]["addressLine1"]) == ("", "")
    assert "primaryPhone" not in after_three_months


def test_creationdate_wins_over_lastmodifieddate(client: Client) -> None:
    both = "lastmodifieddate:[2026-11-16T08:59:00.000Z..],creationdate:[2026-10-01T00:00:00.000Z..2026-10-31T00:00:00.000Z]"
    dates = [each["creationDate"] for each in client.orders(filter=both).json["orders"]]

    assert dates
    assert all(date.startswith("2026-10") for date in dates)


def test_a_change_brings_an_order_into_the_filter_of_changes(client: Client, now: SetClock) -> None:
    now.move(minutes=5)
    since = now.now().strftime("lastmodifieddate:[%Y-%m-%dT%H:%M:%S.000Z..]")
    now.move(minutes=5)
    assert client.orders(filter=since).json["orders"] == []
    order = _order(client, "lamplighter_4417")["orderId"]
    client.post(f"/sell/fulfillment/v1/order/{order}/shipping_fulfillment", {"lineItems": []})

    assert [each["orderId"] for each in client.orders(filter=since).json["orders"]] == [order]


def test_without_a_number_the_parcel_is_a_dummy_and_shares_its_id(client: Client) -> None:
    parcels = [client.order_of(buyer)["parcels"] for buyer in ("altholz_rebell", "nanguo_haoran")]
    order = _order(client, "altholz_rebell")["orderId"]
    answer = client.orders(f"/{order}/shipping_fulfillment").json

    assert [each["id"] for each in parcels[0] + parcels[1]] == ["999", "999"]
    assert "shipmentTrackingNumber" not in answer["fulfillments"][0]


def test_shipping_answers_an_address_and_no_body(client: Client) -> None:
    order = _order(client, "lamplighter_4417")
    body = {
        "lineItems": [{"lineItemId": order["lineItems"][0]["lineItemId"], "quantity": 1}],
        "trackingNumber": "RR123456785GB",
        "shippingCarrierCode": "RoyalMail",
    }
    path = f"/sell/fulfillment/v1/order/{order['orderId']}/shipping_fulfillment"
    answer = client.post(path, body)

    assert (answer.status, answer.body) == (201, b"")
    assert answer.headers["location"] == f"{client.server.base_url}{path}/RR123456785GB"
    assert _order(client, "lamplighter_4417")["fulfillmentHrefs"] == [answer.headers["location"]]


def test_amounts_add_up(client: Client) -> None:
    for order in client.orders(limit="200").json["orders"]:
        price = order["pricingSummary"]
        total = Decimal(price["total"]["value"])
        assert Decimal(price["priceSubtotal"]["value"]) + Decimal(price["deliveryCost"]["value"]) == total
        assert sum(Decimal(line["total"]["value"]) for line in order["lineItems"]) == total


def test_numbers_pass_the_carriers_check_digits() -> None:
    """Numbers known to be good, from the carriers' pages and the public tracking number data."""
    assert tracking.s10("RA", 47312482, "US") == "RA473124829US"
    assert tracking.s10("RB", 12345678, "GB") == "RB123456785GB"
    assert tracking.ups("879E93", "034683444") == "1Z879E930346834440"
    assert tracking.ups("5R8939", "035756712") == "1Z5R89390357567127"
    assert tracking.dhl(6109404255) == "00340434161094042557"
