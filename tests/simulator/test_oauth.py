"""Tokens: how they are got, how long they live, what they allow."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sellerinbox.simulator.ebay_oauth import CLIENT_ID, RU_NAME
from tests.simulator.client import SCOPES, Client, SetClock


def _refresh(client: Client) -> dict[str, str]:
    return {"grant_type": "refresh_token", "refresh_token": client.server.ebay.tokens.refresh_token}


def _reads(client: Client) -> int:
    return client.messages("/conversation", conversation_type="FROM_MEMBERS").status


def test_a_token_lives_two_hours_of_world_time(client: Client, now: SetClock) -> None:
    now.move(seconds=7199)
    assert _reads(client) == 200
    now.move(seconds=1)
    assert _reads(client) == 401

    answer = client.form(_refresh(client)).json
    assert (answer["expires_in"], answer["token_type"]) == (7200, "User Access Token")
    assert "refresh_token" not in answer
    client.token = answer["access_token"]
    assert _reads(client) == 200


def test_a_wrong_secret_is_no_client(client: Client) -> None:
    answer = client.form(_refresh(client), basic=(CLIENT_ID, "wrong"))

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


def test_a_foreign_refresh_token_is_no_grant(client: Client) -> None:
    answer = client.form({"grant_type": "refresh_token", "refresh_token": "v^1.1#somebody-else"})

    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")


def test_a_narrow_token_may_do_no_more_than_it_asked_for(client: Client) -> None:
    client.token = client.form({**_refresh(client), "scope": f"{SCOPES}/commerce.message"}).json["access_token"]

    assert _reads(client) == 200
    answer = client.orders()
    assert (answer.status, answer.error_id) == (403, 1100)


def test_reading_orders_does_not_allow_to_ship(client: Client) -> None:
    order = client.order_of("lamplighter_4417")["orderId"]
    client.token = client.form({**_refresh(client), "scope": f"{SCOPES}/sell.fulfillment.readonly"}).json["access_token"]

    assert client.orders(f"/{order}").status == 200
    assert client.post(f"/sell/fulfillment/v1/order/{order}/shipping_fulfillment", {}).status == 403


def test_scopes_nobody_consented_to_are_refused(client: Client) -> None:
    answer = client.form({**_refresh(client), "scope": f"{SCOPES}/sell.finances"})

    assert (answer.status, answer.json["error"]) == (400, "invalid_scope")


def test_an_application_token_reads_no_messages(client: Client) -> None:
    answer = client.form({"grant_type": "client_credentials", "scope": SCOPES})
    client.token = answer.json["access_token"]

    assert answer.json["token_type"] == "Application Access Token"
    assert _reads(client) == 403


def test_other_grants_are_unknown(client: Client) -> None:
    assert client.form({"grant_type": "password"}).json["error"] == "unsupported_grant_type"


def test_consent_in_a_browser_gives_a_code_that_works_once(client: Client) -> None:
    asked = {
        "client_id": CLIENT_ID,
        "redirect_uri": RU_NAME,
        "response_type": "code",
        "scope": f"{SCOPES}/commerce.message",
        "state": "s 1&2",
    }
    landed = client.get("/oauth2/authorize", **asked)
    answer = parse_qs(urlsplit(landed.headers["location"]).query)
    assert (landed.status, answer["state"]) == (302, ["s 1&2"])

    fields = {"grant_type": "authorization_code", "code": answer["code"][0], "redirect_uri": RU_NAME}
    first, second = client.form(fields), client.form(fields)
    assert first.json["refresh_token_expires_in"] == 47_304_000
    assert (second.status, second.json["error"]) == (400, "invalid_grant")


def test_a_code_is_good_for_five_minutes(client: Client, now: SetClock) -> None:
    code = client.control("consent")["code"]
    now.move(seconds=300)

    assert client.form({"grant_type": "authorization_code", "code": code, "redirect_uri": RU_NAME}).json["error"] == "invalid_grant"
