"""The made-up shop as it stands, and what happens in it as its time goes by.

World time is the clock handed in plus what the control door has advanced. Everything that
is to happen waits in one queue; `settle` lets it happen. The same seed and the same start
give the same shop, down to the ids.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random

from sellerinbox.domain.clock import Clock, DemoClock
from sellerinbox.simulator.catalogue import items, person
from sellerinbox.simulator.opening import Opening
from sellerinbox.simulator.orders import OrderBook
from sellerinbox.simulator.shop import FROM_MEMBERS, Answer, Conversation, Item, Person, Post

SELLER = "harbour_lamp_works"
SELLER_ID = "k7xPq2LmTzW"
SELLER_SITE = "EBAY_GB"

_FIRST_CONVERSATION = 1_712_004_551
_FIRST_MESSAGE = 2_871_330_418_016


class World:
    """A shop with a seller, its buyers, what they bought and what they write.

    `conversations` is how many there are at the start (None: the hand-written ones, see
    `scripts`); `quiet` leaves out what happens by itself, so that only an answered buyer
    writes again. `lock` is to be held around every use from another thread than the server's.
    """

    def __init__(
        self, clock: Clock, *, seed: int = 7, conversations: int | None = None, start: datetime | None = None, quiet: bool = False
    ) -> None:
        self.seed = seed
        self.quiet = quiet
        self.lock = threading.RLock()
        self.rng = Random(seed)  # noqa: S311 - a repeatable world is the point, not secrecy
        self._clock = clock
        self.start = _whole_ms(start or clock.now())
        self._offset = self.start - clock.now()
        self._queue: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._turn = count()
        self._message_ids = count(_FIRST_MESSAGE, 16)
        self._conversation_ids = count(_FIRST_CONVERSATION, 137)
        self._sorted: dict[str, list[Conversation]] = {}
        self.version = 0
        """Changes with every change a reading could show."""
        self.conversations: dict[str, Conversation] = {}
        self.people: dict[str, Person] = {}
        self.book = OrderBook(self)
        Opening(self).build(conversations)

    # Time ---------------------------------------------------------------------------------

    def now(self) -> datetime:
        """World time, in whole milliseconds as eBay tells it."""
        return _whole_ms(self._clock.now() + self._offset)

    def advance(self, seconds: float) -> None:
        """Let that much world time go by at once; what falls due on the way happens in order."""
        by = timedelta(seconds=seconds)
        if isinstance(self._clock, DemoClock):
            self._clock.shift(by)  # the screen and the sync of the demo live in the same time
        else:
            self._offset += by
        self.touch()
        self.settle()

    def at(self, when: datetime, happen: Callable[[datetime], None]) -> None:
        """Let something happen at a world time; it is told the time it was due."""
        heapq.heappush(self._queue, (_whole_ms(when), next(self._turn), happen))

    def settle(self) -> None:
        """Let everything happen that has fallen due."""
        now = self.now()
        while self._queue and self._queue[0][0] <= now:
            due, _, happen = heapq.heappop(self._queue)
            happen(due)

    # Looking ------------------------------------------------------------------------------

    def listing(self, kind: str) -> list[Conversation]:
        """All conversations of a type, newest message first."""
        if kind not in self._sorted:
            chosen = [each for each in self.conversations.values() if each.type == kind]
            chosen.sort(key=lambda each: (each.latest.sent_at, each.id), reverse=True)
            self._sorted[kind] = chosen
        return self._sorted[kind]

    def person(self, username: str) -> Person | None:
        """A member by name, whatever the case of its letters."""
        return self.people.get(username.lower())

    def item(self, listing_id: str) -> Item | None:
        """A listing by its number."""
        return next((item for item in items().values() if item.listing_id == listing_id), None)

    def with_buyer(self, buyer: Person, item: Item | None = None) -> Conversation | None:
        """The newest conversation with a buyer (about an item, when one is named)."""
        theirs = (each for each in self.listing(FROM_MEMBERS) if each.buyer == buyer)
        return next((each for each in theirs if item is None or each.item == item), None)

    # Changing -----------------------------------------------------------------------------

    def touch(self) -> None:
        """Note that something changed."""
        self.version += 1
        self._sorted.clear()

    def message_id(self) -> str:
        """A number no message has yet."""
        return str(next(self._message_ids))

    def add(self, conversation: Conversation) -> None:
        """Take a new conversation in."""
        self.conversations[conversation.id] = conversation
        if conversation.buyer:
            self.people[conversation.buyer.username.lower()] = conversation.buyer

    def open(self, buyer: Person | None, title: str, item: Item | None = None) -> Conversation:
        """A new conversation, still without a message."""
        return Conversation(str(next(self._conversation_ids)), buyer, title, item)

    def send(self, conversation: Conversation, text: str, media: tuple[dict[str, str], ...] = ()) -> Post:
        """The seller writes; a scripted buyer starts thinking about an answer."""
        post = Post(self.message_id(), self.now(), from_seller=True, words=text, read=False, holes=False, media=media)
        conversation.posts.append(post)
        if conversation.answers:
            answer, conversation.answers = conversation.answers[0], conversation.answers[1:]
            self.at(post.sent_at + answer.after, partial(self._answers, conversation, answer))
        self.add(conversation)
        self.touch()
        return post

    def buyer_writes(
        self, username: str, text: str, *, conversation: Conversation | None = None, item: Item | None = None, subject: str | None = None
    ) -> tuple[Conversation, Post]:
        """A buyer writes now: in the given conversation, in his newest fitting one, or a new one.

        A name nobody has yet becomes a new member. A `subject` always opens a new conversation.
        """
        if conversation is None:
            buyer = self.person(username) or person(self.rng, "en", username=username)
            known = None if subject else self.with_buyer(buyer, item)
            conversation = known or self.open(buyer, subject or (item.title("en") if item else f"{username} has a question"), item)
            self.add(conversation)
        return conversation, self._hears(conversation, text, self.now(), holes=False)

    def plan(self, conversation: Conversation, later: Answer) -> None:
        """Let a buyer write by himself some time after the start, unless he was answered till then."""
        self.at(self.start + later.after, partial(self._insists, conversation, later))

    def _answers(self, conversation: Conversation, answer: Answer, due: datetime) -> None:
        for post in conversation.posts:
            post.read = post.read or post.from_seller
        self._hears(conversation, answer.words, due)

    def _insists(self, conversation: Conversation, later: Answer, due: datetime) -> None:
        if not conversation.latest.from_seller:
            self._hears(conversation, later.words, due)

    def _hears(self, conversation: Conversation, words: str, at: datetime, *, holes: bool = True) -> Post:
        post = Post(self.message_id(), at, from_seller=False, words=words, read=False, holes=holes)
        conversation.posts.append(post)
        # Two things may fall due in one jump of time, and a jump may pass the seller's own last message.
        conversation.posts.sort(key=lambda each: each.sent_at)
        conversation.status = "ACTIVE"
        self.touch()
        return post

    def mark_read(self, conversation: Conversation, read: bool) -> None:
        """The seller has (not) read it: all of it, or not its newest message."""
        heard = [post for post in conversation.posts if not post.from_seller]
        for post in heard if read else heard[-1:]:
            post.read = read
        self.touch()

    def set_status(self, conversation: Conversation, status: str) -> None:
        """`ACTIVE`, `ARCHIVED` or `DELETED`."""
        conversation.status = status
        self.touch()


def _whole_ms(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
