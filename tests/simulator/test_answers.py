"""Every call, right and wrong: eBay's status, eBay's error id, and what eBay's own files say of the answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulator.cases import ALL, ELSEWHERE, Case
from tests.simulator.client import Answer, Client
from tests.specs import api_of, needs_specs, validate_request, validate_response


def _filled(value: Any, holes: dict[str, str]) -> Any:
    text = json.dumps(value)
    for name, content in holes.items():
        text = text.replace("{" + name + "}", content)
    return json.loads(text)


def _ask(client: Client, case: Case) -> tuple[Case, Answer]:
    unsent, sent = client.order_of("lamplighter_4417"), client.order_of("brass_and_oak_71")
    line = client.orders(f"/{unsent['orderId']}").json["lineItems"][0]["lineItemId"]
    holes = {
        "conversation": client.conversation_with("brass_and_oak_71"),
        "order": unsent["orderId"],
        "sent": sent["orderId"],
        "parcel": sent["parcels"][0]["id"],
        "line": line,
    }
    path, query, body = (_filled(value, holes) for value in (case.path, case.query, case.body))
    return Case(case.name, case.method, path, case.status, case.error_id, query, body), client.call(case.method, path, query, body)


@pytest.mark.parametrize("case", ALL + ELSEWHERE, ids=lambda case: f"{case.method} {case.path.rpartition('/')[2]}: {case.name}")
def test_status_and_error_id(client: Client, case: Case) -> None:
    _, answer = _ask(client, case)

    assert answer.status == case.status, answer.body
    if case.error_id:
        assert answer.error_id == case.error_id


@needs_specs
@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.method} {case.path.rpartition('/')[2]}: {case.name}")
def test_official_files_know_the_answer(client: Client, case: Case) -> None:
    asked, answer = _ask(client, case)

    api = api_of(asked.path)
    assert api is not None
    validate_response(api, asked.method, asked.path, answer.status, answer.body)


@needs_specs
@pytest.mark.parametrize("case", [case for case in ALL if case.error_id is None], ids=lambda case: case.name)
def test_the_good_requests_are_ones_that_ebay_knows(client: Client, case: Case) -> None:
    asked, _ = _ask(client, case)

    headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    validate_request(api_of(asked.path) or "", asked.method, asked.path, asked.query, headers, asked.body)


@needs_specs
@pytest.mark.parametrize("token", ["", "expired-or-invented"])
def test_official_files_know_the_refusal_of_a_token(client: Client, token: str) -> None:
    client.token = token
    answer = client.messages("/conversation", conversation_type="FROM_MEMBERS")

    assert (answer.status, answer.error_id) == (401, 1001)
    validate_response("message", "GET", "/commerce/message/v1/conversation", 401, answer.body)


@needs_specs
def test_the_judge_is_strict() -> None:
    """The validator itself: what it lets through would tell nothing."""
    path = "/commerce/message/v1/send_message"
    good = {
        "messageId": "1",
        "messageBody": "x",
        "createdDate": "2026-11-16T09:00:00.000Z",
        "senderUserName": "a",
        "recipientUserName": "b",
    }
    validate_response("message", "POST", path, 201, good)

    for wrong in ({**good, "conversationId": "1"}, {**good, "messageId": 1}, {key: good[key] for key in good if key != "senderUserName"}):
        with pytest.raises(AssertionError):
            validate_response("message", "POST", path, 201, wrong)
    with pytest.raises(AssertionError):
        validate_response("message", "POST", path, 200, good)
    with pytest.raises(AssertionError):
        validate_response(
            "message", "POST", path, 400, {"errors": [{"errorId": 1, "domain": "API_MESSAGE", "category": "REQUEST", "message": "x"}]}
        )
    with pytest.raises(AssertionError):
        validate_request(
            "message",
            "GET",
            "/commerce/message/v1/conversation",
            {"conversation_type": "FROM_MEMBERS", "page": "2"},
            {"Authorization": "Bearer x"},
            b"",
        )
