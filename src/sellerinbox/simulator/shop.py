"""What the made-up shop consists of: people, things for sale, orders, parcels, conversations.

The state is mutable on purpose: this is the marketplace's side, where things happen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

EBAY = "eBay"
FROM_MEMBERS = "FROM_MEMBERS"
FROM_EBAY = "FROM_EBAY"

_HOLES = re.compile(r"\{(first|name|user|item|listing|order|tracking|carrier|price|city)\}")


@dataclass(frozen=True, slots=True)
class Item:
    """A listing. Titles by language, as the same thing is sold on several sites."""

    listing_id: str
    sku: str
    price: Decimal
    titles: dict[str, str]

    def title(self, language: str) -> str:
        """The title a buyer of that language saw."""
        return self.titles.get(language, self.titles["en"])


@dataclass(frozen=True, slots=True)
class Person:
    """A buyer. Everything about him is invented."""

    username: str
    first: str
    last: str
    language: str
    country: str
    street: str
    city: str
    region: str
    postcode: str
    phone: str

    @property
    def name(self) -> str:
        """The full name, family name first where that is the custom."""
        return f"{self.last}{self.first}" if self.language == "zh" else f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        """The address that eBay hands out, on a host that does not exist."""
        return f"{self.username.lower().replace('*', '')}@members.example"


@dataclass(slots=True)
class Line:
    """One item of an order."""

    id: str
    item: Item
    quantity: int


@dataclass(slots=True)
class Parcel:
    """A shipping fulfilment: what the seller said he sent. eBay tells of no scans."""

    number: str | None
    carrier: str | None
    shipped_at: datetime
    contents: tuple[tuple[str, int], ...]
    """Line ids with the quantity of each in this parcel."""

    @property
    def id(self) -> str:
        """The tracking number itself or, without one, eBay's dummy: not unique over orders."""
        return self.number or "999"


@dataclass(slots=True)
class Refund:
    """Money that went back."""

    id: str
    amount: Decimal
    at: datetime


@dataclass(slots=True)
class Order:
    """One purchase."""

    id: str
    record: str
    buyer: Person
    lines: list[Line]
    created_at: datetime
    modified_at: datetime
    currency: str
    site: str
    postage: Decimal
    payment: str = "PAID"
    cancel: str = "NONE_REQUESTED"
    cancel_asked_at: datetime | None = None
    cancelled_at: datetime | None = None
    note: str | None = None
    refunds: list[Refund] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)

    @property
    def subtotal(self) -> Decimal:
        """The goods without postage."""
        return sum((line.item.price * line.quantity for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        """What the buyer pays."""
        return self.subtotal + self.postage

    def sent(self, line: Line) -> int:
        """How many of a line are on their way."""
        return sum(quantity for parcel in self.parcels for id_, quantity in parcel.contents if id_ == line.id)

    def line_status(self, line: Line) -> str:
        """eBay's word for how far one line has gone."""
        sent = self.sent(line)
        return "FULFILLED" if sent >= line.quantity else "IN_PROGRESS" if sent else "NOT_STARTED"

    @property
    def status(self) -> str:
        """eBay's word for how far the whole order has gone."""
        each = {self.line_status(line) for line in self.lines}
        return each.pop() if len(each) == 1 else "IN_PROGRESS"

    @property
    def ship_by(self) -> datetime:
        """When it should have left: two days after it was paid."""
        return self.created_at + timedelta(days=2)


@dataclass(slots=True)
class Post:
    """One message. Its words may hold holes, filled in when somebody reads it, so that
    a hundred thousand conversations share the texts of a few dozen."""

    id: str
    sent_at: datetime
    from_seller: bool
    words: str
    read: bool
    holes: bool = True
    """False for what came in over the wire: braces in it mean nothing."""
    media: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a buyer writes after the seller's next reply, and how long he takes."""

    after: timedelta
    words: str


@dataclass(slots=True)
class Conversation:
    """One thread, with a buyer or with eBay itself (then `buyer` is None)."""

    id: str
    buyer: Person | None
    title: str
    item: Item | None = None
    order: Order | None = None
    status: str = "ACTIVE"
    posts: list[Post] = field(default_factory=list)
    answers: tuple[Answer, ...] = ()

    @property
    def type(self) -> str:
        """eBay's word for who is at the other end."""
        return FROM_EBAY if self.buyer is None else FROM_MEMBERS

    @property
    def other_party(self) -> str:
        """The name that the seller's messages go to."""
        return EBAY if self.buyer is None else self.buyer.username

    @property
    def latest(self) -> Post:
        """The newest message; a conversation has at least one."""
        return self.posts[-1]

    @property
    def unread(self) -> int:
        """How many messages the seller has not read."""
        return sum(not post.from_seller and not post.read for post in self.posts)

    def heard_between(self, start: datetime, end: datetime) -> bool:
        """Whether the other party wrote in that time, ends excluded at the late side."""
        return any(not post.from_seller and start <= post.sent_at < end for post in self.posts)

    def text(self, post: Post) -> str:
        """The words of a message with its holes filled."""
        return fill(post.words, self) if post.holes else post.words


def fill(words: str, conversation: Conversation) -> str:
    """Put names, item, order and parcel of a conversation into the holes of a text."""
    if "{" not in words:
        return words
    return _HOLES.sub(lambda match: _value(match[1], conversation), words)


def _value(hole: str, conversation: Conversation) -> str:
    person, item, order = conversation.buyer, conversation.item, conversation.order
    if person and hole in ("first", "name", "city"):
        return str(getattr(person, hole))
    parcel = order.parcels[0] if order and order.parcels else None
    values = {
        "user": conversation.other_party,
        "item": item.title(person.language if person else "en") if item else "",
        "listing": item.listing_id if item else "",
        "price": f"{item.price}" if item else "",
        "order": order.id if order else "",
        "tracking": (parcel.number or "") if parcel else "",
        "carrier": (parcel.carrier or "") if parcel else "",
    }
    return values.get(hole, "")
