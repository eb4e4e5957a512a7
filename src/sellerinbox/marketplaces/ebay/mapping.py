"""Conversations and messages: eBay's JSON → domain. Pure; every text from a stranger is cleaned here.

Facts: `commerce_message_v1_oas3.json` 1.0.0 and section 1 of the fact sheet. Reading says
`senderUsername`, the answer to a send `senderUserName`; both are taken.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from sellerinbox.domain.accounts import Seller
from sellerinbox.domain.messages import Attachment, Message, RemoteConversation
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.domain.text import clean, clean_line, clean_name
from sellerinbox.marketplaces.ebay.fields import Entry, Malformed, date, entries, identity, line, number, section, text
from sellerinbox.marketplaces.html import looks_like_html, plain, to_text

EBAY = "eBay"
TYPES = {Kind.BUYER: "FROM_MEMBERS", Kind.MARKETPLACE: "FROM_EBAY"}
"""Kind → `conversation_type`."""
_PUT_AWAY = ("ARCHIVED", "ARCHIVE", "DELETED", "DELETE")
"""Statuses are read as ARCHIVED and DELETED, written as ARCHIVE and DELETE; seen in both places."""
_FILE_NAME_LENGTH = 120
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who talks with whom; names may be user ids, and compare without regard to case."""

    me: frozenset[str]
    other: str
    """As eBay gave it; "" when unknown."""

    def direction(self, message: Entry) -> Direction:
        """Who wrote a message. The seller may have had another name when it was written."""
        sender, recipient = _folded(_sender(message)), _folded(_recipient(message))
        if sender in self.me or (recipient and recipient == _folded(self.other) and sender != recipient):
            return Direction.OUT
        if not sender and recipient and recipient not in self.me:
            return Direction.OUT
        return Direction.IN


def names_of(seller: Seller) -> frozenset[str]:
    """The names under which the seller writes."""
    return frozenset({_folded(seller.name), _folded(seller.user_id)}) - {""}


def parties(kind: Kind, me: frozenset[str], messages: Iterable[Entry]) -> Parties:
    """Who the other party is: a conversation names nobody, its messages do."""
    if kind is Kind.MARKETPLACE:
        return Parties(me, EBAY)
    pairs = [(_sender(message), _recipient(message)) for message in messages]
    for sender, recipient in pairs:
        if sender and recipient and (_folded(sender) in me) != (_folded(recipient) in me):
            return Parties(me, recipient if _folded(sender) in me else sender)
    strangers = (name for pair in pairs for name in pair if name and _folded(name) not in me)
    return Parties(me, next(strangers, ""))


def conversation(entry: Entry, key: Key, kind: Kind, who: Parties) -> RemoteConversation:
    """The head of a conversation."""
    latest = section(entry, "latestMessage")
    subject = line(entry, "conversationTitle") or line(latest, "subject") or ""
    return RemoteConversation(
        key=key,
        kind=kind,
        buyer=clean_name(who.other),
        subject=clean_line(html.unescape(subject)),
        listing_id=line(entry, "referenceId", 40) if line(entry, "referenceType") in ("LISTING", None) else None,
        archived=is_archived(entry),
        unread=number(entry, "unreadCount") or 0,
    )


def is_archived(entry: Entry) -> bool:
    """Whether eBay has put a conversation away."""
    return (line(entry, "conversationStatus") or "").upper() in _PUT_AWAY


def message(entry: Entry, kind: Kind, who: Parties) -> Message:
    """One message. Raises `Malformed` when its id, its time or its text can't be read."""
    sent_at = date(entry, "createdDate")
    if sent_at is None:
        raise Malformed("createdDate is missing or not a time")
    message_id = identity(entry, "messageId")
    body = text(entry, "messageBody")
    shown = clean(_readable(body, kind))
    direction = who.direction(entry)
    fallback = who.other if direction is Direction.IN else next(iter(who.me), "")
    return Message(
        id=message_id,
        direction=direction,
        author=clean_name(_sender(entry) or fallback),
        sent_at=sent_at,
        text=shown,
        raw=None if shown == body else _storable(body),
        attachments=tuple(_attachment(media) for media in entries(entry, "messageMedia")),
    )


def safe_file_name(name: str) -> str:
    """A name that stays inside the folder it is saved to, on every system."""
    last = re.split(r"[/\\:]", clean_line(name, 1000).replace("\ufffd", ""))[-1]
    last = re.sub(r'[<>:"|?*]', "_", last).lstrip(" .-~").rstrip(" .")
    if _RESERVED.match(last):
        last = f"_{last}"
    suffix = PurePosixPath(last).suffix[:10]
    if len(last) > _FILE_NAME_LENGTH:
        last = last[: _FILE_NAME_LENGTH - len(suffix)] + suffix
    return last or "attachment"


def _readable(body: str, kind: Kind) -> str:
    return to_text(body) if kind is Kind.MARKETPLACE and looks_like_html(body) else plain(body)


def _attachment(media: Entry) -> Attachment:
    url = line(media, "mediaUrl", 2000) or ""
    return Attachment(
        name=safe_file_name(line(media, "mediaName", 1000) or ""),
        kind=line(media, "mediaType", 20) or "",
        # eBay promises https; anything else is not an address to hand to a browser.
        url=url if url.lower().startswith("https://") and not url.endswith("…") else "",
    )


def _storable(body: str) -> str:
    """What arrived, with halves of characters (which no file can hold) spelled out."""
    return body.encode("utf-8", "backslashreplace").decode()


def _sender(entry: Entry) -> str:
    return line(entry, "senderUsername") or line(entry, "senderUserName") or ""


def _recipient(entry: Entry) -> str:
    return line(entry, "recipientUsername") or line(entry, "recipientUserName") or ""


def _folded(name: str) -> str:
    return name.strip().casefold()
