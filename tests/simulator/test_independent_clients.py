"""Clients that nobody here wrote run against the simulator through every call they have for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from apiroute import UnexpectedResponse
from bidkit import AsyncEbayClient, EbayClient, EbayConfig, paginate
from bidkit.errors import EbayAPIError, EbayAuthError
from ebay_apiroute.commerce.identity import CommerceIdentityApi
from ebay_apiroute.commerce.message import CommerceMessageApi
from ebay_apiroute.sell.fulfillment import SellFulfillmentApi

from sellerinbox.simulator.ebay_oauth import CONSENTED, RU_NAME
from sellerinbox.simulator.server import SimulatorServer
from sellerinbox.simulator.world import SELLER, SELLER_ID
from tests.simulator.client import Client


@pytest.fixture
def message_api(server: SimulatorServer) -> CommerceMessageApi:
    return CommerceMessageApi(token=server.ebay.tokens.access_token, base_url=f"{server.base_url}/commerce/message/v1")


@pytest.fixture
def order_api(server: SimulatorServer) -> SellFulfillmentApi:
    return SellFulfillmentApi(token=server.ebay.tokens.access_token, base_url=f"{server.base_url}/sell/fulfillment/v1")


@pytest.fixture
def bidkit(server: SimulatorServer) -> Iterator[EbayClient]:
    """Starts with a refresh token only, so its first call goes to the token service."""
    with EbayClient(_config(server)) as client:
        yield client


def _config(server: SimulatorServer, **more: Any) -> EbayConfig:
    tokens = server.ebay.tokens
    return EbayConfig(
        app_id=tokens.client_id,
        cert_id=tokens.client_secret,
        refresh_token=tokens.refresh_token,
        ru_name=RU_NAME,
        scopes=tuple(sorted(CONSENTED)),
        base_url_override=server.base_url,
        max_retries=0,
        **more,
    )


class TestEbayApiroute:
    def test_reads_the_conversation_it_finds(self, message_api: CommerceMessageApi, client: Client) -> None:
        unread = message_api.conversation.get_conversations(conversation_type="FROM_MEMBERS", conversation_status="UNREAD", limit="50")
        truth = {
            each["conversationId"]
            for each in client.state()["conversations"]
            if each["unread"] and each["conversationType"] == "FROM_MEMBERS"
        }
        assert {each["conversationId"] for each in unread["conversations"]} == truth

        angry = next(each for each in unread["conversations"] if each["latestMessage"]["senderUsername"] == "rainsford_relics")
        thread = message_api.conversation.get_conversation(angry["conversationId"], conversation_type="FROM_MEMBERS")
        assert [each["messageBody"].split()[0] for each in thread["messages"]] == ["THIRD", "Is", "Still"]

    def test_reads_typed(self, message_api: CommerceMessageApi) -> None:
        notices = message_api.conversation.models.get_conversations(conversation_type="FROM_EBAY")

        newest = notices.conversations[0]
        assert newest.latest_message.sender_username == "eBay"
        assert newest.latest_message.message_id == newest.conversation_id
        assert "<html" in newest.latest_message.message_body

    def test_sends_and_finds_it_in_the_thread(self, message_api: CommerceMessageApi, client: Client) -> None:
        conversation = client.conversation_with("brass_and_oak_71")
        sent = message_api.conversation.send_message(body={"conversationId": conversation, "messageText": "Grüße, 谢谢 & “quotes” 😊"})

        assert (sent["senderUserName"], sent["recipientUserName"]) == (SELLER, "brass_and_oak_71")
        assert client.thread(conversation)[-1]["messageId"] == sent["messageId"]
        assert client.thread(conversation)[-1]["text"] == "Grüße, 谢谢 & “quotes” 😊"

    def test_marks_read_and_archives(self, message_api: CommerceMessageApi, client: Client) -> None:
        conversation = client.conversation_with("brass_and_oak_71")
        this = {"conversationId": conversation, "conversationType": "FROM_MEMBERS"}
        message_api.conversation.update_conversation(body={**this, "read": True})
        message_api.conversation.update_conversation(body={**this, "conversationStatus": "ARCHIVE"})

        archived = message_api.conversation.get_conversations(conversation_type="FROM_MEMBERS", conversation_status="ARCHIVED")
        found = next(each for each in archived["conversations"] if each["conversationId"] == conversation)
        assert (found["conversationStatus"], found["unreadCount"]) == ("ARCHIVED", 0)

    def test_updates_in_bulk(self, message_api: CommerceMessageApi, client: Client) -> None:
        conversation = client.conversation_with("brass_and_oak_71")
        one = {"conversationId": conversation, "conversationType": "FROM_MEMBERS", "conversationStatus": "READ"}
        done = message_api.conversation.bulk_update_conversation(body={"conversations": [one, {**one, "conversationId": "1"}]})

        assert done["conversationsMetadata"] == {"totalConversationsCount": 2, "updateSuccessCount": 1, "updateFailureCount": 1}
        assert client.state(conversation=conversation)["conversations"][0]["unread"] == 0

    def test_reads_orders_and_ships_one(self, order_api: SellFulfillmentApi, client: Client) -> None:
        waiting = client.order_of("lamplighter_4417")["orderId"]
        listed = order_api.order.get_orders(filter="orderfulfillmentstatus:{NOT_STARTED|IN_PROGRESS}", limit="200")
        order = next(each for each in listed["orders"] if each["orderId"] == waiting)
        line = {"lineItemId": order["lineItems"][0]["lineItemId"], "quantity": 1}
        label = {"trackingNumber": "1Z9999990300000015", "shippingCarrierCode": "UPS"}
        order_api.shipping_fulfillment.create_shipping_fulfillment(waiting, body={"lineItems": [line], **label})

        parcels = order_api.shipping_fulfillment.get_shipping_fulfillments(waiting)
        assert [each["fulfillmentId"] for each in parcels["fulfillments"]] == ["1Z9999990300000015"]
        one = order_api.shipping_fulfillment.get_shipping_fulfillment(order_id=waiting, fulfillment_id="1Z9999990300000015")
        assert one["lineItems"] == [line]
        assert order_api.order.get_order(waiting)["orderFulfillmentStatus"] == "FULFILLED"

    def test_knows_who_is_signed_in(self, server: SimulatorServer) -> None:
        api = CommerceIdentityApi(token=server.ebay.tokens.access_token, base_url=f"{server.base_url}/commerce/identity/v1")

        assert api.user.get_user()["userId"] == SELLER_ID

    def test_gets_ebays_error(self, message_api: CommerceMessageApi) -> None:
        with pytest.raises(UnexpectedResponse) as caught:
            message_api.conversation.get_conversations(conversation_type="FROM_MEMBERS", limit="100")

        assert caught.value.response.status_code == 400
        assert caught.value.response.json()["errors"][0]["errorId"] == 355009


class TestBidkit:
    def test_renews_its_token_and_reads_every_conversation(self, bidkit: EbayClient, client: Client) -> None:
        pages = paginate(bidkit.commerce.message.get_conversations, conversation_type="FROM_MEMBERS", limit=10)
        found = {each.conversation_id for each in pages}

        truth = {
            each["conversationId"]
            for each in client.state()["conversations"]
            if each["conversationType"] == "FROM_MEMBERS" and each["status"] != "DELETED"
        }
        assert found == truth
        assert client.ledger()[0]["body"]["grant_type"] == "refresh_token"

    def test_sends_to_a_thread_and_by_name(self, bidkit: EbayClient, client: Client) -> None:
        from bidkit.generated.models.commerce_message import SendMessageRequest

        conversation = client.conversation_with("old_mill_lane")
        sent = bidkit.commerce.message.send_message(
            body=SendMessageRequest(conversationId=conversation, messageText="It strikes, and it can be silenced.")
        )
        again = bidkit.commerce.message.send_message(
            body=SendMessageRequest(otherPartyUsername="old_mill_lane", messageText="And the tick is soft.")
        )

        assert (sent.sender_user_name, again.recipient_user_name) == (SELLER, "old_mill_lane")
        thread = bidkit.commerce.message.get_conversation(conversation, conversation_type="FROM_MEMBERS")
        assert [each.message_body for each in thread.messages or []][:2] == ["And the tick is soft.", "It strikes, and it can be silenced."]
        assert client.thread(conversation)[-2]["messageId"] == sent.message_id

    def test_updates_one_and_many(self, bidkit: EbayClient, client: Client) -> None:
        from bidkit.generated.models.commerce_message import BulkConversation, BulkUpdateConversationsRequest, UpdateConversationRequest

        conversation = client.conversation_with("old_mill_lane")
        bidkit.commerce.message.update_conversation(
            body=UpdateConversationRequest(conversationId=conversation, conversationType="FROM_MEMBERS", read=True)
        )
        assert client.state(conversation=conversation)["conversations"][0]["unread"] == 0
        deleting = BulkConversation(conversationId=conversation, conversationType="FROM_MEMBERS", conversationStatus="DELETE")
        done = bidkit.commerce.message.bulk_update_conversation(body=BulkUpdateConversationsRequest(conversations=[deleting]))

        assert [each.update_status for each in done.conversations_response or []] == ["SUCCESS"]
        assert client.state(conversation=conversation)["conversations"][0]["status"] == "DELETED"

    def test_reads_orders_and_ships_one(self, bidkit: EbayClient, client: Client) -> None:
        from bidkit.generated.models.sell_fulfillment import LineItemReference, ShippingFulfillmentDetails

        truth = {each["orderId"] for each in client.state()["orders"]}
        listed = {each.order_id: each for each in paginate(bidkit.sell.fulfillment.get_orders, limit=10)}
        old = {each["orderId"] for each in client.state()["orders"] if each["creationDate"] < "2026-08-18"}
        assert listed.keys() == truth - old
        assert old

        waiting = client.order_of("shanhai_yiming")["orderId"]
        order = bidkit.sell.fulfillment.get_order(waiting)
        ship_to = order.fulfillment_start_instructions[0].shipping_step.ship_to
        assert (ship_to.full_name, ship_to.contact_address.country_code) == ("江一鸣", "CN")
        line = LineItemReference(lineItemId=order.line_items[0].line_item_id, quantity=1)
        bidkit.sell.fulfillment.create_shipping_fulfillment(waiting, body=ShippingFulfillmentDetails(lineItems=[line]))

        parcels = bidkit.sell.fulfillment.get_shipping_fulfillments(waiting)
        assert [(each.fulfillment_id, each.shipment_tracking_number) for each in parcels.fulfillments] == [("999", None)]
        assert bidkit.sell.fulfillment.get_shipping_fulfillment(order_id=waiting, fulfillment_id="999").line_items[0].quantity == 1

    def test_knows_who_is_signed_in(self, bidkit: EbayClient) -> None:
        who = bidkit.commerce.identity.get_user()

        assert (who.user_id, who.username, who.account_type) == (SELLER_ID, SELLER, "BUSINESS")

    def test_signs_in_by_code(self, server: SimulatorServer, client: Client) -> None:
        config = _config(server).model_copy(update={"refresh_token": None})
        with EbayClient(config) as fresh:
            tokens = fresh.exchange_code(client.control("consent")["code"])
            assert tokens.refresh_token == server.ebay.tokens.refresh_token
            assert fresh.commerce.identity.get_user().user_id == SELLER_ID

    def test_an_application_token_may_not_read_messages(self, server: SimulatorServer) -> None:
        config = _config(server).model_copy(update={"refresh_token": None, "scopes": ("https://api.ebay.com/oauth/api_scope",)})
        with EbayClient(config) as application, pytest.raises(EbayAPIError) as caught:
            application.commerce.message.get_conversations(conversation_type="FROM_MEMBERS")

        assert caught.value.status_code == 403

    def test_learns_that_consent_is_gone(self, bidkit: EbayClient, client: Client) -> None:
        client.control("fault", kind="revoke")

        with pytest.raises(EbayAuthError, match=r"invalid_grant|refresh token"):
            bidkit.commerce.identity.get_user()

    async def test_its_asynchronous_half(self, server: SimulatorServer) -> None:
        async with AsyncEbayClient(_config(server)) as client:
            page = await client.commerce.message.get_conversations(conversation_type="FROM_EBAY")

        assert page.total == 3
