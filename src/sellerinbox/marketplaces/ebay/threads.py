"""One pass over eBay's conversations: which are new, and what is in them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime

from sellerinbox.domain.messages import KnownThread, Message, Thread
from sellerinbox.domain.models import Key, Kind
from sellerinbox.i18n import _
from sellerinbox.marketplaces.base import KnownThreads, Page
from sellerinbox.marketplaces.ebay import mapping
from sellerinbox.marketplaces.ebay.fields import Entry, Malformed, date, identity, is_entry, line, number, section
from sellerinbox.marketplaces.ebay.messages import MessageApi, RawThread
from sellerinbox.marketplaces.ebay.paging import Batch
from sellerinbox.marketplaces.ebay.together import each


@dataclass(frozen=True, slots=True)
class _Read:
    """A thread that was read, and what of it could not be."""

    thread: Thread
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A conversation in the list, and what the store knows of it."""

    id: str
    entry: Entry
    known: KnownThread | None


class Pass:
    """One pass over the conversations of one kind; `start` None means all of them.

    `doubtful` holds the ids of conversations that are read again and whole even if they look
    unchanged: a message of theirs could not be read, or we wrote in them behind the listing's back.
    """

    def __init__(
        self, api: MessageApi, account: str, me: frozenset[str], kind: Kind, start: datetime | None, known: KnownThreads, doubtful: set[str]
    ) -> None:
        self.newest: datetime | None = None
        """The newest message date met, stored before or not."""
        self.flawless = True
        self._api = api
        self._account = account
        self._me = me
        self._kind = kind
        self._start = start
        self._known = known
        self._doubtful = doubtful

    async def pages(self) -> AsyncGenerator[Page[Thread], None]:
        """The threads that changed, page by page; trouble that stops the pass is raised behind what came in."""
        async for batch in self._api.conversations(self._kind, self._start):
            listed, problems = self._listed(batch)
            outcome = await each(self._read, [one for one in listed if not self._is_unchanged(one)])
            problems += [problem for read in outcome.results for problem in read.problems]
            problems += [
                _("Conversation {key} was not read: {error}").format(key=self._key(one), error=error) for one, error in outcome.failed
            ]
            self.flawless = self.flawless and not problems
            yield Page(tuple(read.thread for read in outcome.results), problems=tuple(problems), done=batch.done, total=batch.total)
            if outcome.stopped_by is not None:
                raise outcome.stopped_by

    def _listed(self, batch: Batch) -> tuple[list[_Listed], list[str]]:
        """The conversations of a page, and a sentence for each that can't be read."""
        good: dict[str, Entry] = {}
        problems = []
        for entry in batch.entries:
            try:
                if not is_entry(entry):
                    raise Malformed("it is not an object")
                good[identity(entry, "conversationId")] = entry
            except Malformed as error:
                problems.append(f"A conversation in eBay's list can't be read ({error}); the others are in.")
        if batch.stuck:
            problems.append("eBay announced more conversations than it gave; they are asked for again.")
        known = self._known(list(good))
        return [_Listed(remote_id, entry, known.get(remote_id)) for remote_id, entry in good.items()], problems

    def _is_unchanged(self, one: _Listed) -> bool:
        latest = section(one.entry, "latestMessage")
        self._notice(date(latest, "createdDate"))
        latest_id = line(latest, "messageId")
        if one.known is None or latest_id is None or one.id in self._doubtful:
            return False
        now = (latest_id, number(one.entry, "unreadCount") or 0, mapping.is_archived(one.entry))
        return now == (one.known.latest_message_id, one.known.unread, one.known.archived)

    def _notice(self, moment: datetime | None) -> None:
        if moment is not None and (self.newest is None or moment > self.newest):
            self.newest = moment

    async def _read(self, one: _Listed) -> _Read:
        latest = section(one.entry, "latestMessage")
        until = None
        if one.known is not None and one.known.latest_message_id and one.id not in self._doubtful:
            # Both: in an order other than newest first, a known message alone proves nothing.
            until = {one.known.latest_message_id, line(latest, "messageId") or one.known.latest_message_id}
        # Doubtful while it is read: what stops us half-way leaves it to be read whole next time.
        self._doubtful.add(one.id)
        raw = await self._api.messages(one.id, self._kind, until)
        who = mapping.parties(self._kind, self._me, [latest, *filter(is_entry, raw.entries)])
        messages, problems = read_messages(raw, self._key(one), self._kind, who)
        if not problems:
            self._doubtful.discard(one.id)
        head = mapping.conversation(one.entry, self._key(one), self._kind, who)
        return _Read(Thread(head, messages, complete=not problems), problems)

    def _key(self, one: _Listed) -> Key:
        return Key(self._account, one.id)


async def read_again(api: MessageApi, me: frozenset[str], key: Key, kind: Kind, until: str | None) -> Thread:
    """One conversation, its newest messages down to `until`, with its head as the list has it."""
    raw = await api.messages(key.remote_id, kind, {until} if until else None)
    who = mapping.parties(kind, me, filter(is_entry, raw.entries))
    messages, problems = read_messages(raw, key, kind, who)
    head = await _head(api, key, kind, who) or raw.head
    return Thread(mapping.conversation(head, key, kind, who), messages, complete=not problems)


async def _head(api: MessageApi, key: Key, kind: Kind, who: mapping.Parties) -> Entry | None:
    """What only the list tells: the listing and how many are unread."""
    if kind is Kind.BUYER and who.other:
        async for batch in api.conversations(kind, other=who.other):
            for entry in batch.entries:
                if is_entry(entry) and line(entry, "conversationId") == key.remote_id:
                    return entry
    return None


def read_messages(raw: RawThread, key: Key, kind: Kind, who: mapping.Parties) -> tuple[tuple[Message, ...], tuple[str, ...]]:
    """The messages of a thread, and a sentence for each that can't be read."""
    good, problems = [], []
    for entry in raw.entries:
        try:
            if not is_entry(entry):
                raise Malformed("it is not an object")
            good.append(mapping.message(entry, kind, who))
        except Malformed as error:
            problems.append(f"A message of conversation {key} can't be read ({error}); the others are in.")
    if raw.stuck:
        problems.append(f"eBay announced more messages of conversation {key} than it gave; they are asked for again.")
    return tuple(good), tuple(problems)
