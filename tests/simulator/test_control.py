"""The ledger tells what was asked and keeps no secret; time, buyers and parcels can be moved."""

from __future__ import annotations

import json

import pytest

from tests.simulator.client import Client, SetClock


def test_the_ledger_has_every_request_in_order(client: Client) -> None:
    conversation = client.conversation_with("brass_and_oak_71")
    client.messages("/conversation", conversation_type="FROM_EBAY", limit="5")
    client.send(conversation, "äöü")
    client.get("/nothing")

    entries = client.ledger()
    assert [(each["method"], each["path"].rpartition("/")[2], each["status"]) for each in entries] == [
        ("GET", "conversation", 200),
        ("POST", "send_message", 201),
        ("GET", "nothing", 404),
    ]
    assert entries[0]["query"] == {"conversation_type": "FROM_EBAY", "limit": "5"}
    assert entries[1]["body"] == {"conversationId": conversation, "messageText": "äöü"}
    assert entries[0]["at"] == "2026-11-16T09:00:00.000Z"


def test_no_secret_gets_into_the_ledger_or_the_state(client: Client) -> None:
    tokens = client.server.ebay.tokens
    consent = client.control("consent")
    client.form({"grant_type": "refresh_token", "refresh_token": tokens.refresh_token})
    client.form({"grant_type": "authorization_code", **consent})
    client.orders()

    seen = json.dumps(client.ledger()) + json.dumps(client.state())
    for secret in (tokens.refresh_token, tokens.access_token, tokens.client_secret, consent["code"], "Authorization", "authorization:"):
        assert secret not in seen


def test_the_ledger_can_be_emptied(client: Client) -> None:
    client.orders()
    client.control("reset-ledger")

    assert client.ledger() == []


def test_an_answered_buyer_answers_back_after_a_while(client: Client, now: SetClock) -> None:
    conversation = client.conversation_with("brass_and_oak_71")
    client.send(conversation, "It comes on Friday.")
    now.move(seconds=14)
    assert client.thread(conversation)[-1]["from_seller"] is True
    now.move(seconds=2)

    answer, before = client.thread(conversation)[-1], client.thread(conversation)[-2]
    assert answer["text"].startswith("Thank you for such a quick answer")
    assert answer["createdDate"] == "2026-11-16T09:00:15.000Z"
    assert before["read"] is True


def test_a_buyer_who_said_everything_stays_silent(client: Client) -> None:
    conversation = client.conversation_with("quickdeal_hub22")
    for number in range(3):
        client.send(conversation, f"No, thank you ({number})")
        client.control("advance", seconds=3600)

    assert sum(not each["from_seller"] for each in client.thread(conversation)) == 2


def test_advance_lets_buyers_insist_unless_they_were_answered(client: Client) -> None:
    silent, answered = client.conversation_with("buero_am_ziegelteich"), client.conversation_with("tejado_azul")
    client.control("advance", seconds=700)

    assert client.thread(silent)[-1]["text"].startswith("Kleine Ergänzung")
    assert client.thread(answered)[-1]["from_seller"] is True


def test_advance_moves_orders_and_parcels(client: Client) -> None:
    before = {buyer: client.order_of(buyer) for buyer in ("lamplighter_4417", "fundgrube_meinhard", "wen_qing_99", "paperboat_ltd")}
    told = client.control("advance", seconds=3 * 86_400)
    after = {buyer: client.order_of(buyer) for buyer in before}

    assert told == {"now": "2026-11-19T09:00:00.000Z"}
    assert [each["fulfillment"] for each in before.values()] == ["NOT_STARTED", "NOT_STARTED", "IN_PROGRESS", "NOT_STARTED"]
    assert [each["fulfillment"] for each in after.values()] == ["FULFILLED", "FULFILLED", "FULFILLED", "NOT_STARTED"]
    assert after["paperboat_ltd"]["cancel"] == "CANCELED"
    assert after["lamplighter_4417"]["parcels"][0]["number"].startswith("1Z")
    assert after["lamplighter_4417"]["lastModifiedDate"] > before["lamplighter_4417"]["lastModifiedDate"]


def test_a_buyer_can_be_made_to_write(client: Client) -> None:
    same = client.conversation_with("brass_and_oak_71")
    known = client.control("message", buyer="brass_and_oak_71", text="Hello again")
    about = client.control("message", buyer="brass_and_oak_71", text="And this?", item="385621151565")
    new = client.control("message", buyer="somebody_new", text="你好", subject="A question")
    heads = client.messages("/conversation", conversation_type="FROM_MEMBERS", other_party_username="somebody_new").json["conversations"]

    assert known["conversationId"] == same != about["conversationId"]
    assert client.state(conversation=about["conversationId"])["conversations"][0]["referenceId"] == "385621151565"
    assert [(each["conversationTitle"], each["latestMessage"]["messageBody"], each["unreadCount"]) for each in heads] == [
        ("A question", "你好", 1)
    ]
    assert heads[0]["latestMessage"]["messageId"] == new["messageId"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("advance", {}),
        ("advance", {"seconds": "60"}),
        ("advance", {"seconds": -1}),
        ("advance", {"seconds": 1e12}),
        ("message", {"buyer": "x"}),
        ("message", {"buyer": "", "text": "x"}),
        ("message", {"buyer": "x", "text": ["x"]}),
        ("message", {"buyer": "x", "text": "x", "item": "1"}),
        ("message", {"buyer": "x", "text": "x", "conversation": "1"}),
        ("message", {"buyer": "x", "text": "x", "subject": 5}),
        ("message", [1]),
    ],
)
def test_malformed_wishes_are_answered_with_a_sentence(client: Client, name: str, body: object) -> None:
    answer = client.post(f"/_control/{name}", body)

    assert answer.status == 400
    assert answer.json["error"].endswith(".")
    assert client.get("/_control/ledger").json == []


def test_no_json_and_no_such_control(client: Client) -> None:
    assert client.call("POST", "/_control/advance", body=b"{half").status == 400
    assert client.get("/_control/nothing").status == 404
    assert client.call("PUT", "/_control/fault").status == 404
    assert client.get("/_control/state", everything="please").status == 400


def test_somebody_elses_conversation_is_not_written_in(client: Client) -> None:
    conversation = client.conversation_with("brass_and_oak_71")
    answer = client.post("/_control/message", {"buyer": "old_mill_lane", "text": "x", "conversation": conversation})

    assert answer.status == 400
    assert "brass_and_oak_71" in answer.json["error"]
