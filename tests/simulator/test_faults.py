"""Every kind of fault: what the client sees, and whether the marketplace took what was sent."""

from __future__ import annotations

import http.client
import json
import socket

import pytest

from sellerinbox.simulator.server import HOST
from tests.simulator.client import Client, SetClock

TEXT = "It left this morning."


@pytest.fixture
def conversation(client: Client) -> str:
    return client.conversation_with("brass_and_oak_71")


def _fault(client: Client, kind: str, **more: object) -> None:
    client.control("fault", match="send_message", kind=kind, count=1, **more)


def _arrived(client: Client, conversation: str) -> int:
    return sum(each["text"] == TEXT for each in client.thread(conversation))


def test_status_is_not_taken(client: Client, conversation: str) -> None:
    _fault(client, "status", status=429, retry_after=120)
    answer = client.send(conversation, TEXT)

    assert (answer.status, answer.headers["retry-after"], answer.error_id) == (429, "120", 2001)
    assert _arrived(client, conversation) == 0


def test_status_can_be_taken_and_have_a_body(client: Client, conversation: str) -> None:
    _fault(client, "status", status=503, body="<h1>Zero size object</h1>", taken=True)
    answer = client.send(conversation, TEXT)

    assert (answer.status, answer.body) == (503, b"<h1>Zero size object</h1>")
    assert _arrived(client, conversation) == 1


def test_latency_takes_at_once_and_answers_late(client: Client, conversation: str, now: SetClock) -> None:
    _fault(client, "latency", seconds=45)

    assert client.send(conversation, TEXT).status == 201
    assert now.pauses == [45.0]
    assert _arrived(client, conversation) == 1


def test_reset_after_bytes_takes_and_breaks_the_answer(client: Client, conversation: str) -> None:
    _fault(client, "reset_after_bytes", bytes=20)

    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        client.send(conversation, TEXT)
    assert _arrived(client, conversation) == 1


def _read_to_the_end(sock: socket.socket) -> None:
    while sock.recv(65536):
        pass


def test_reset_is_a_reset_and_no_orderly_end(client: Client) -> None:
    client.control("fault", match="/nothing", kind="reset_after_bytes", bytes=0)
    with socket.create_connection((HOST, client.server.port), timeout=10) as sock:
        sock.sendall(b"GET /nothing HTTP/1.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            _read_to_the_end(sock)


def test_truncate_gives_half_a_json_in_a_whole_answer(client: Client, conversation: str) -> None:
    _fault(client, "truncate")
    answer = client.send(conversation, TEXT)

    assert answer.status == 201
    assert int(answer.headers["content-length"]) == len(answer.body) > 20
    with pytest.raises(json.JSONDecodeError):
        _ = answer.json
    assert _arrived(client, conversation) == 1


def test_truncate_after_so_many_bytes_not_taken(client: Client, conversation: str) -> None:
    _fault(client, "truncate", bytes=7, taken=False)

    assert len(client.send(conversation, TEXT).body) == 7
    assert _arrived(client, conversation) == 0


def test_html_200_is_a_networks_log_in_page(client: Client, conversation: str) -> None:
    _fault(client, "html_200")
    answer = client.send(conversation, TEXT)

    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"<form" in answer.body
    assert _arrived(client, conversation) == 0


def test_empty_200(client: Client, conversation: str) -> None:
    _fault(client, "empty_200")
    answer = client.send(conversation, TEXT)

    assert (answer.status, answer.body) == (200, b"")
    assert _arrived(client, conversation) == 0


def test_drop_after_accept_takes_and_says_nothing(client: Client, conversation: str) -> None:
    _fault(client, "drop_after_accept")

    with pytest.raises(http.client.RemoteDisconnected):
        client.send(conversation, TEXT)
    assert _arrived(client, conversation) == 1
    entry = client.ledger()[-1]
    assert (entry["status"], entry["fault"], entry["taken"]) == (None, "drop_after_accept", True)


def test_drop_before_accept_takes_nothing(client: Client, conversation: str) -> None:
    _fault(client, "drop_before_accept")

    with pytest.raises(http.client.RemoteDisconnected):
        client.send(conversation, TEXT)
    assert _arrived(client, conversation) == 0


def test_expire_token_kills_the_token_until_a_refresh(client: Client, conversation: str) -> None:
    _fault(client, "expire_token")
    answers = [client.send(conversation, TEXT), client.orders()]
    assert [(answer.status, answer.error_id) for answer in answers] == [(401, 1001)] * 2

    client.token = client.form({"grant_type": "refresh_token", "refresh_token": client.server.ebay.tokens.refresh_token}).json[
        "access_token"
    ]
    assert client.send(conversation, TEXT).status == 201
    assert _arrived(client, conversation) == 1


def test_revoke_ends_everything_until_the_seller_signs_in_again(client: Client, conversation: str) -> None:
    refresh = {"grant_type": "refresh_token", "refresh_token": client.server.ebay.tokens.refresh_token}
    client.control("fault", kind="revoke")
    assert client.send(conversation, TEXT).status == 401
    assert client.form(refresh).json["error"] == "invalid_grant"

    consent = client.control("consent")
    client.token = client.form({"grant_type": "authorization_code", **consent}).json["access_token"]
    assert client.send(conversation, TEXT).status == 201
    assert client.form(refresh).json["error"] == "invalid_grant"


def test_a_fault_strikes_only_what_it_is_meant_for_and_as_often(client: Client) -> None:
    client.control("fault", match="/conversation", method="GET", kind="status", status=500, count=2)

    assert client.orders().status == 200
    assert [client.messages("/conversation", conversation_type="FROM_EBAY").status for _ in range(3)] == [500, 500, 200]
    assert client.state()["faults"] == []


def test_the_control_door_is_never_struck(client: Client) -> None:
    client.control("fault", kind="status", status=500, count=5)

    assert client.get("/_control/state").status == 200


def test_waiting_faults_can_be_called_off(client: Client) -> None:
    client.control("fault", kind="status", status=500, count=5)
    client.control("reset-faults")

    assert client.orders().status == 200


def test_a_line_break_in_retry_after_can_not_add_a_header(client: Client, conversation: str) -> None:
    _fault(client, "status", status=429, retry_after="1\r\nX-Added: yes")

    assert "x-added" not in client.send(conversation, TEXT).headers


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({}, "kind"),
        ({"kind": "meteor"}, "kind"),
        ({"kind": "status", "status": "500"}, "status"),
        ({"kind": "status", "status": 99}, "status"),
        ({"kind": "status", "count": 0}, "count"),
        ({"kind": "latency", "seconds": -1}, "seconds"),
        ({"kind": "latency", "seconds": True}, "seconds"),
        ({"kind": "truncate", "bytes": -1}, "bytes"),
        ({"kind": "status", "match": 5}, "match"),
        ({"kind": "status", "taken": "no"}, "taken"),
    ],
)
def test_a_malformed_fault_is_named(client: Client, wrong: dict[str, object], word: str) -> None:
    answer = client.post("/_control/fault", wrong)

    assert answer.status == 400
    assert word in answer.json["error"]
