"""What an adapter builds on: selection, paging, read state, the words that differ between writing and reading."""

from __future__ import annotations

from tests.simulator.client import Client, SetClock

MEMBERS = {"conversation_type": "FROM_MEMBERS"}


def _ids(client: Client, **query: str) -> list[str]:
    return [each["conversationId"] for each in client.messages("/conversation", **MEMBERS, limit="50", **query).json["conversations"]]


def test_pages_follow_each_other_without_gap_and_end(client: Client) -> None:
    seen: list[str] = []
    path, query = "/conversation", {**MEMBERS, "limit": "20"}
    while True:
        page = client.messages(path, **query).json
        seen += [each["conversationId"] for each in page["conversations"]]
        if "next" not in page:
            break
        assert page["next"].startswith(client.server.base_url)
        query["offset"] = str(page["offset"] + 20)

    assert seen == _ids(client)
    assert len(seen) == len(set(seen)) == page["total"] == 48
    assert "prev" in page


def test_conversations_and_messages_come_newest_first(client: Client) -> None:
    heads = client.messages("/conversation", **MEMBERS, limit="50").json["conversations"]
    dates = [each["latestMessage"]["createdDate"] for each in heads]
    thread = client.messages(f"/conversation/{client.conversation_with('altholz_rebell')}", **MEMBERS).json["messages"]

    assert dates == sorted(dates, reverse=True)
    assert [each["senderUsername"] for each in thread] == ["altholz_rebell", "harbour_lamp_works", "altholz_rebell"]


def test_start_time_looks_at_what_buyers_wrote_only(client: Client, now: SetClock) -> None:
    """A thread in which only the seller wrote since then is left out: the trap that the full pass is for."""
    now.move(hours=1)
    since = now.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    now.move(seconds=1)
    ours, theirs = client.conversation_with("thimble_and_thread"), client.conversation_with("azulejo_73")
    client.send(ours, "One more thing.")
    client.control("message", buyer="azulejo_73", text="¡Hola otra vez!")

    assert _ids(client, start_time=since) == [theirs]
    assert _ids(client)[:2] in ([ours, theirs], [theirs, ours])


def test_a_conversation_only_the_seller_wrote_in_is_listed(client: Client) -> None:
    client.control("message", buyer="newcomer_1", text="Hello", subject="First")
    body = {
        "otherPartyUsername": "newcomer_1",
        "messageText": "About the clock",
        "reference": {"referenceType": "LISTING", "referenceId": "385607308277"},
    }
    sent = client.post("/commerce/message/v1/send_message", body).json
    found = client.messages(
        "/conversation", **MEMBERS, other_party_username="newcomer_1", reference_type="LISTING", reference_id="385607308277"
    ).json

    assert "conversationId" not in sent
    assert [each["latestMessage"]["messageId"] for each in found["conversations"]] == [sent["messageId"]]


def test_reading_does_not_mark_as_read(client: Client) -> None:
    conversation = client.conversation_with("old_mill_lane")
    before = client.messages(f"/conversation/{conversation}", **MEMBERS).json["messages"][0]["readStatus"]

    assert before is False
    assert client.messages(f"/conversation/{conversation}", **MEMBERS).json["messages"][0]["readStatus"] is False


def test_only_read_is_applied_when_both_are_given(client: Client) -> None:
    conversation = client.conversation_with("old_mill_lane")
    body = {"conversationId": conversation, "conversationType": "FROM_MEMBERS", "read": True, "conversationStatus": "DELETE"}
    client.post("/commerce/message/v1/update_conversation", body)
    stands = client.state(conversation=conversation)["conversations"][0]

    assert (stands["unread"], stands["status"]) == (0, "ACTIVE")


def test_a_new_message_brings_an_archived_conversation_back(client: Client) -> None:
    conversation = client.conversation_with("hedgerow_55")
    assert client.state(conversation=conversation)["conversations"][0]["status"] == "ARCHIVED"
    client.control("message", buyer="hedgerow_55", text="One more question", conversation=conversation)

    assert conversation in _ids(client, conversation_status="ACTIVE")


def test_deleted_conversations_are_listed_only_when_asked_for(client: Client) -> None:
    conversation = client.conversation_with("hedgerow_55")
    body = {"conversationId": conversation, "conversationType": "FROM_MEMBERS", "conversationStatus": "DELETE"}
    client.post("/commerce/message/v1/update_conversation", body)

    assert conversation not in _ids(client)
    assert _ids(client, conversation_status="DELETED") == [conversation]


def test_nobody_can_write_back_to_ebay_itself(client: Client) -> None:
    notice = client.messages("/conversation", conversation_type="FROM_EBAY").json["conversations"][0]

    assert client.send(notice["conversationId"], "Thank you").error_id == 355007


def test_braces_in_a_text_are_left_alone(client: Client) -> None:
    conversation = client.conversation_with("brass_and_oak_71")
    client.send(conversation, "{first} {order} {")

    assert client.thread(conversation)[-1]["text"] == "{first} {order} {"


def test_a_body_that_is_no_json_is_refused(client: Client) -> None:
    answer = client.call("POST", "/commerce/message/v1/send_message", body=b"{half", headers={"Content-Type": "application/json"})

    assert (answer.status, answer.error_id) == (400, 355015)
