"""The shop as it truly stands, for the control door: our own words, not eBay's format."""

from __future__ import annotations

from typing import Any

from sellerinbox.simulator.ebay_times import written
from sellerinbox.simulator.shop import Conversation, Order
from sellerinbox.simulator.world import SELLER


def conversation_json(conversation: Conversation) -> dict[str, Any]:
    """A conversation, oldest message first."""
    return {
        "conversationId": conversation.id,
        "conversationType": conversation.type,
        "status": conversation.status,
        "buyer": conversation.other_party,
        "title": conversation.title,
        "referenceId": conversation.item.listing_id if conversation.item else None,
        "orderId": conversation.order.id if conversation.order else None,
        "unread": conversation.unread,
        "messages": [
            {
                "messageId": post.id,
                "sender": SELLER if post.from_seller else conversation.other_party,
                "from_seller": post.from_seller,
                "createdDate": written(post.sent_at),
                "text": conversation.text(post),
                "read": post.read,
            }
            for post in conversation.posts
        ],
    }


def order_json(order: Order) -> dict[str, Any]:
    """An order with its parcels."""
    return {
        "orderId": order.id,
        "buyer": order.buyer.username,
        "creationDate": written(order.created_at),
        "lastModifiedDate": written(order.modified_at),
        "fulfillment": order.status,
        "payment": order.payment,
        "cancel": order.cancel,
        "items": [line.item.listing_id for line in order.lines],
        "parcels": [
            {"id": parcel.id, "carrier": parcel.carrier, "number": parcel.number, "shippedDate": written(parcel.shipped_at)}
            for parcel in order.parcels
        ],
    }
