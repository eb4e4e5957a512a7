"""How the shop stands when the curtain rises: the hand-written conversations, and copies of
them with other people, things and numbers when more are wanted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sellerinbox.simulator.catalogue import items, person
from sellerinbox.simulator.scripts import Script, Utterance, closings, scripts
from sellerinbox.simulator.shop import Conversation, Item, Order, Person, Post

if TYPE_CHECKING:
    from sellerinbox.simulator.world import World

_BACKLOG = timedelta(days=3)
"""Copies older than this are settled, all but a few: a seller does answer."""
_LONGEST = 85.0
"""Days over which copies are spread, at most: within eBay's default of 90 days of orders."""


class Opening:
    """Fills a new world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rng = world.rng
        self._listed = tuple(items().values())

    def build(self, wanted: int | None) -> None:
        """Put in `wanted` conversations (None: each hand-written one once)."""
        script = scripts()
        number = len(script) if wanted is None else wanted
        days = min(_LONGEST, 6 + number / 60)
        for place in range(number):
            if place < len(script):
                self._play(script[place], place)
            else:
                self._copy(script[place % len(script)], timedelta(days=self._rng.random() * days))
        self._world.touch()

    def _play(self, script: Script, place: int) -> None:
        buyer = self._buyer(script) if script.buyer else None
        item = items()[script.item] if script.item else None
        conversation = self._conversation(script, buyer, item, timedelta())
        if script.waiting and place % 6 == 5:
            conversation.latest.read = True
        for later in script.later if not self._world.quiet else ():
            self._world.plan(conversation, later)

    def _copy(self, script: Script, earlier: timedelta) -> None:
        buyer = self._stranger(script) if script.buyer else None
        item = items()[script.item] if script.item else None
        if item and script.generic:
            item = self._rng.choice(self._listed)
        conversation = self._conversation(script, buyer, item, earlier)
        if buyer and script.waiting and earlier > _BACKLOG and self._rng.random() < 0.985:
            self._close(conversation, script)
        elif not buyer:
            conversation.latest.read = earlier > _BACKLOG
        if conversation.unread == 0 and earlier > 3 * _BACKLOG and self._rng.random() < 0.4:
            conversation.status = "ARCHIVED"

    def _conversation(self, script: Script, buyer: Person | None, item: Item | None, earlier: timedelta) -> Conversation:
        world, start = self._world, self._world.start - earlier
        title = item.title(script.language) if item else script.title
        conversation = world.open(buyer, title, item)
        conversation.answers = script.answers
        if buyer and item:
            placed = [self._order(buyer, item, each.state, start - each.age) for each in script.orders]
            conversation.order = placed[0] if placed else None
        conversation.posts = [self._post(said, start, script, number) for number, said in enumerate(script.messages)]
        if not buyer:
            # [F] ebay.md 1.5: in messages from eBay the message's id is the conversation's.
            conversation.latest.id = conversation.id
        conversation.status = "ARCHIVED" if script.archived else "ACTIVE"
        world.add(conversation)
        return conversation

    def _post(self, said: Utterance, start: datetime, script: Script, number: int) -> Post:
        taken_up = any(later.from_seller != said.from_seller for later in script.messages[number:])
        read = taken_up or (script.kind == "notice" and said.before > _BACKLOG)
        media = _PHOTO if script.photo and number == 0 else ()
        at = start - said.before
        return Post(self._world.message_id(), at, said.from_seller, said.words, read, holes=script.kind != "notice", media=media)

    def _close(self, conversation: Conversation, script: Script) -> None:
        at = conversation.latest.sent_at + timedelta(minutes=self._rng.randint(20, 1900))
        for post in conversation.posts:
            post.read = True
        words = self._rng.choice(closings(script.language))
        conversation.posts.append(Post(self._world.message_id(), at, from_seller=True, words=words, read=self._rng.random() < 0.8))

    def _order(self, buyer: Person, item: Item, state: str, at: datetime) -> Order:
        return self._world.book.place(buyer, item, state, at)

    def _buyer(self, script: Script) -> Person:
        return person(self._rng, script.language, script.buyer, (script.first, script.last), script.country)

    def _stranger(self, script: Script) -> Person:
        while True:
            somebody = person(self._rng, script.language, country=script.country)
            if somebody.username not in self._world.people:
                return somebody


_PHOTO = ({"mediaName": "photo-1.jpg", "mediaType": "IMAGE", "mediaUrl": "https://pictures.example/m/photo-1.jpg"},)
