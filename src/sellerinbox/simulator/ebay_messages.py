"""eBay's Message API v1 over the made-up shop: shared/apis/ebay.md section 1.

Reading does not mark as read, as far as anybody knows (section 1.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sellerinbox.simulator.ebay_errors import refusal
from sellerinbox.simulator.ebay_media import checked_media
from sellerinbox.simulator.ebay_paging import cut, frame
from sellerinbox.simulator.ebay_selection import Selection, conversation_type, page, whole_number_like
from sellerinbox.simulator.ebay_times import written
from sellerinbox.simulator.shop import FROM_EBAY, FROM_MEMBERS, Conversation, Item, Post
from sellerinbox.simulator.wire import Request, Response
from sellerinbox.simulator.world import SELLER, World

MAX_TEXT = 2000
MAX_BULK = 10
# Written ARCHIVE and DELETE, read ARCHIVED and DELETED (section 1.3, traps).
_WRITTEN = {"ACTIVE": "ACTIVE", "ARCHIVE": "ARCHIVED", "DELETE": "DELETED"}


class Messages:
    """The five calls."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._selection = Selection(world)

    def get_conversations(self, request: Request) -> Response:
        """`GET /conversation`."""
        query = request.query
        kind = conversation_type(query)
        limit, offset = page(query)
        chosen = self._selection.choose(kind, query)
        return Response.of(
            200, {"conversations": [_head(each) for each in cut(chosen, limit, offset)], **frame(request, len(chosen), limit, offset)}
        )

    def get_conversation(self, request: Request, conversation_id: str) -> Response:
        """`GET /conversation/{conversation_id}`, newest message first."""
        kind = conversation_type(request.query)
        limit, offset = page(request.query)
        conversation = self._find(conversation_id, kind)
        posts = conversation.posts[::-1]
        return Response.of(
            200,
            {
                "conversationStatus": conversation.status,
                "conversationTitle": conversation.title,
                "conversationType": conversation.type,
                "messages": [_message(conversation, post) for post in cut(posts, limit, offset)],
                **frame(request, len(posts), limit, offset),
            },
        )

    def send_message(self, request: Request) -> Response:
        """`POST /send_message`: 201 with the message, names spelled with a capital N, no conversation id."""
        wanted = _object(request)
        text = wanted.get("messageText") or ""
        media = checked_media(wanted.get("messageMedia") or [])
        if not isinstance(text, str) or (not text.strip() and not media):
            raise refusal(355015)
        if len(text) > MAX_TEXT:
            raise refusal(355013)
        conversation = self._recipient(wanted)
        post = self._world.send(conversation, text, media)
        seller, buyer = _names(conversation, post)
        message = _message(conversation, post)
        del message["senderUsername"], message["recipientUsername"]
        return Response.of(201, {**message, "senderUserName": seller, "recipientUserName": buyer})

    def update_conversation(self, request: Request) -> Response:
        """`POST /update_conversation`: 204; with both, only `read` is applied."""
        wanted = _object(request)
        conversation = self._find(wanted.get("conversationId"), _named_type(wanted))
        if isinstance(wanted.get("read"), bool):
            self._world.mark_read(conversation, wanted["read"])
        else:
            self._world.set_status(conversation, _status(wanted.get("conversationStatus"), _WRITTEN))
        return Response(204)

    def bulk_update_conversation(self, request: Request) -> Response:
        """`POST /bulk_update_conversation`: at most ten, each with its own outcome."""
        wanted = _object(request).get("conversations")
        if not isinstance(wanted, list) or not all(isinstance(each, dict) for each in wanted):
            raise refusal(355007)
        if len(wanted) > MAX_BULK:
            raise refusal(355019)
        for each in wanted:
            _named_type(each)
            _status(each.get("conversationStatus"), {**_WRITTEN, "READ": "", "UNREAD": ""})
        done = [self._bulk(each) for each in wanted]
        counts = {"totalConversationsCount": len(done), "updateSuccessCount": sum(done), "updateFailureCount": len(done) - sum(done)}
        each_one = [
            {"conversationId": str(each.get("conversationId")), "updateStatus": "SUCCESS" if good else "FAILURE"}
            for each, good in zip(wanted, done, strict=True)
        ]
        return Response.of(200, {"conversationsMetadata": counts, "conversationsResponse": each_one})

    def _bulk(self, wanted: Mapping[str, Any]) -> bool:
        conversation = self._world.conversations.get(str(wanted.get("conversationId")))
        if conversation is None or conversation.type != wanted["conversationType"]:
            return False
        status = wanted["conversationStatus"]
        if status in _WRITTEN:
            self._world.set_status(conversation, _WRITTEN[status])
        else:
            self._world.mark_read(conversation, status == "READ")
        return True

    def _find(self, conversation_id: object, kind: str) -> Conversation:
        conversation = self._world.conversations.get(str(conversation_id))
        if conversation is None or conversation.type != kind:
            raise refusal(355007)
        return conversation

    def _recipient(self, wanted: Mapping[str, Any]) -> Conversation:
        item = self._reference(wanted.get("reference"))
        if wanted.get("conversationId"):
            return self._find(wanted["conversationId"], FROM_MEMBERS)
        if not wanted.get("otherPartyUsername"):
            raise refusal(355018)
        buyer = self._world.person(str(wanted["otherPartyUsername"]))
        if buyer is None:
            raise refusal(355006)
        title = item.title(buyer.language) if item else f"Message to {buyer.username}"
        return self._world.with_buyer(buyer, item) or self._world.open(buyer, title, item)

    def _reference(self, reference: object) -> Item | None:
        if reference is None:
            return None
        if not isinstance(reference, dict) or not reference.get("referenceType") or not reference.get("referenceId"):
            raise refusal(355021)
        if reference["referenceType"] != "LISTING":
            raise refusal(355003)
        if not whole_number_like(str(reference["referenceId"])):
            raise refusal(355016)
        item = self._world.item(str(reference["referenceId"]))
        if item is None:
            raise refusal(355020)
        return item


def _object(request: Request) -> dict[str, Any]:
    try:
        wanted = request.json()
    except ValueError:
        wanted = None
    # eBay lists no error for a body that is no JSON; the nearest is that nothing was passed.
    if not isinstance(wanted, dict):
        raise refusal(355015 if request.path.endswith("send_message") else 355007)
    return wanted


def _named_type(wanted: Mapping[str, Any]) -> str:
    kind = wanted.get("conversationType")
    if kind not in (FROM_MEMBERS, FROM_EBAY):
        raise refusal(355002)
    return str(kind)


def _status(word: object, allowed: Mapping[str, str]) -> str:
    if not isinstance(word, str) or word not in allowed:
        raise refusal(355001)
    return allowed[word]


def _head(conversation: Conversation) -> dict[str, Any]:
    head: dict[str, Any] = {
        "conversationId": conversation.id,
        "conversationStatus": conversation.status,
        "conversationTitle": conversation.title,
        "conversationType": conversation.type,
        "createdDate": written(conversation.posts[0].sent_at),
        "latestMessage": _message(conversation, conversation.latest),
        "unreadCount": conversation.unread,
    }
    if conversation.item:
        head |= {"referenceId": conversation.item.listing_id, "referenceType": "LISTING"}
    return head


def _names(conversation: Conversation, post: Post) -> tuple[str, str]:
    pair = (SELLER, conversation.other_party)
    return pair if post.from_seller else pair[::-1]


def _message(conversation: Conversation, post: Post) -> dict[str, Any]:
    sender, recipient = _names(conversation, post)
    message: dict[str, Any] = {
        "messageId": post.id,
        "messageBody": conversation.text(post),
        "subject": _subject(conversation, post),
        "createdDate": written(post.sent_at),
        "readStatus": post.read,
        "senderUsername": sender,
        "recipientUsername": recipient,
    }
    if post.media:
        message["messageMedia"] = list(post.media)
    return message


def _subject(conversation: Conversation, post: Post) -> str:
    if conversation.item is None:
        return conversation.title
    who = SELLER if post.from_seller else conversation.other_party
    return f"{who} sent a message about {conversation.title} #{conversation.item.listing_id}"
