"""Stand-ins for the world outside: a clock moved by hand, a marketplace in memory, secrets."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from sellerinbox.domain.accounts import Account, Capabilities, Policy, Profile, Seller
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import CredentialsError, Rejected
from sellerinbox.domain.messages import Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.domain.orders import Order
from sellerinbox.marketplaces.base import KnownThreads, Marketplace, Page, Receipt

T = TypeVar("T")
START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until moved; moving it wakes who sleeps, in order, each at his own time."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._elapsed = 0.0
        self._jumped = timedelta()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._turn = itertools.count()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed) + self._jumped

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, next(self._turn), woken))
        await woken

    def jump(self, by: timedelta) -> None:
        """Somebody sets the wall clock; nobody wakes and no time passes."""
        self._jumped += by

    def move(self, seconds: float) -> None:
        """Time passes while nothing runs: for code without tasks."""
        self._elapsed += seconds

    @property
    def next_sleeper(self) -> float | None:
        """Seconds until somebody wakes; None when nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] - self._elapsed if self._sleepers else None

    async def advance(self, seconds: float) -> None:
        """Let time pass; everybody who wakes on the way runs until he waits again."""
        end = self._elapsed + seconds
        await settle()
        while (left := self.next_sleeper) is not None and self._elapsed + left <= end:
            when, _, woken = heapq.heappop(self._sleepers)
            self._elapsed = max(self._elapsed, when)
            woken.set_result(None)
            await settle()
        self._elapsed = end
        await settle()

    async def run(self, work: Coroutine[Any, Any, T], limit: float = 3600.0) -> T:
        """The result of work that may sleep; time passes as fast as it wants to."""
        task = asyncio.ensure_future(work)
        end = self._elapsed + limit
        await settle()
        while not task.done():
            left = self.next_sleeper
            if left is None or self._elapsed + left > end:
                task.cancel()
                await asyncio.wait({task})
                raise AssertionError("it waits for something that never comes")
            await self.advance(left)
        return task.result()


async def settle() -> None:
    """Let everything run that can, without any time passing."""
    loop = asyncio.get_running_loop()
    for _ in range(10_000):
        await asyncio.sleep(0)
        if not loop._ready:  # type: ignore[attr-defined]  # nobody but us is left to run
            return
    raise AssertionError("it goes round in circles without ever waiting")


@dataclass(slots=True)
class Fault:
    """What goes wrong with one call."""

    error: BaseException | None = None
    """Raised instead of the answer; None: no answer ever comes."""
    taken: bool = False
    """Whether the marketplace did what was asked before the fault."""


@dataclass(slots=True)
class _Talk:
    head: RemoteConversation
    messages: list[Message] = field(default_factory=list)
    changed: int = 0


class FakeMarketplace(Marketplace):
    """A marketplace in memory; several may be opened over one `FakeShop`."""

    profile: ClassVar[Profile] = Profile("ebay", "Fake", Capabilities(), Policy(2000), ("token",))

    def __init__(self, account: Account, clock: Clock, shop: FakeShop) -> None:
        super().__init__(account, memory_secrets({"token": "SECRET-token"}), clock)
        self.shop = shop

    async def __aenter__(self) -> Self:
        self.shop.opened += 1
        await self.shop.meet("open")
        return self

    async def __aexit__(self, *exc: object) -> None:
        self.shop.opened -= 1

    async def whoami(self) -> Seller:
        await self.shop.meet("whoami")
        return Seller("seller-1", "the-shop")

    async def threads(self, cursor: str | None, known: KnownThreads) -> AsyncIterator[Page[Thread]]:
        changed = [talk for talk in self.shop.talks.values() if talk.changed > int(cursor or 0)]
        latest = str(max((talk.changed for talk in self.shop.talks.values()), default=0))
        changed.sort(key=lambda talk: -talk.changed)
        pages = [changed[at : at + self.shop.page_size] for at in range(0, len(changed), self.shop.page_size)] or [[]]
        for number, page in enumerate(pages):
            await self.shop.meet("threads")
            items = tuple(self.shop.thread_of(talk) for talk in page)
            problems, self.shop.unreadable = tuple(self.shop.unreadable), []
            done = min((number + 1) * self.shop.page_size, len(changed))
            yield Page(items, latest if number == len(pages) - 1 else None, problems, done, len(changed))

    async def orders(self, cursor: str | None) -> AsyncIterator[Page[Order]]:
        await self.shop.meet("orders")
        start = int(cursor or 0)
        yield Page(
            tuple(self.shop.orders[start:]), str(len(self.shop.orders)), (), len(self.shop.orders) - start, len(self.shop.orders) - start
        )

    async def thread(self, conversation: Key, kind: Kind, until: str | None) -> Thread:
        await self.shop.meet("thread")
        return self.shop.thread_of(self.shop.talks[conversation.remote_id])

    async def send_reply(self, conversation: Key, text: str) -> Receipt:
        self.shop.attempts.append((conversation.remote_id, text))
        return await self.shop.do("send_reply", lambda: self.shop.take(conversation.remote_id, text))

    async def mark_read(self, conversation: Key, kind: Kind, read: bool) -> None:
        await self.shop.do("mark_read", lambda: self.shop.actions.append((conversation.remote_id, "read" if read else "unread")))

    async def set_archived(self, conversation: Key, kind: Kind, archived: bool) -> None:
        await self.shop.do(
            "set_archived", lambda: self.shop.actions.append((conversation.remote_id, "archive" if archived else "unarchive"))
        )


class FakeShop:
    """The marketplace's own side of one account: its truth, its faults, and what the buyer got."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self.account = account
        self.clock = clock
        self.talks: dict[str, _Talk] = {}
        self.orders: list[Order] = []
        self.ledger: list[tuple[str, str]] = []
        """(conversation, text) of every reply that reached the buyer."""
        self.attempts: list[tuple[str, str]] = []
        """(conversation, text) of every send that was asked for."""
        self.actions: list[tuple[str, str]] = []
        self.calls: list[tuple[float, str]] = []
        """(monotonic time, call) of every request."""
        self.faults: dict[str, deque[Fault | None]] = defaultdict(deque)
        """Call → what befalls the next ones; None: it goes well."""
        self.always: dict[str, Fault] = {}
        self.unreadable: list[str] = []
        self.page_size = 2
        self.opened = 0
        self.shown_after = 0.0
        """Seconds until a reply of ours shows in its thread."""
        self.complete = True
        self.rewrite: Callable[[str], str] = lambda text: text
        """What the marketplace does to a text on its way."""
        self.after_taking: Callable[[], None] = lambda: None
        self._ids = itertools.count(1)

    def open(self) -> FakeMarketplace:
        return FakeMarketplace(self.account, self.clock, self)

    def fail(self, call: str, error: BaseException | None, *, taken: bool = False, times: int = 1) -> None:
        """The next calls of that name go wrong; `error` None: they hang."""
        self.faults[call].extend(Fault(error, taken) for _ in range(times))

    def buyer_writes(self, conversation: str, text: str, kind: Kind = Kind.BUYER) -> Message:
        head = RemoteConversation(Key(self.account.name, conversation), kind, f"buyer-{conversation}", "A subject", None, False, 1)
        talk = self.talks.setdefault(conversation, _Talk(head))
        talk.head = replace(head, unread=talk.head.unread + 1)
        return self._add(talk, Direction.IN, talk.head.buyer, text)

    def seller_writes(self, conversation: str, text: str) -> Message:
        """On the marketplace's own page."""
        return self._add(self.talks[conversation], Direction.OUT, "the-shop", text)

    def take(self, conversation: str, text: str) -> Receipt:
        """A reply of ours arrives."""
        self.ledger.append((conversation, text))
        message = self._add(self.talks[conversation], Direction.OUT, "the-shop", self.rewrite(text))
        self.after_taking()
        return Receipt(message.id, message.sent_at)

    def thread_of(self, talk: _Talk) -> Thread:
        shown = self.clock.now() - timedelta(seconds=self.shown_after)
        messages = tuple(each for each in talk.messages if each.direction is Direction.IN or each.sent_at <= shown)
        return Thread(talk.head, messages, self.complete)

    def called(self, call: str) -> int:
        return sum(1 for _, name in self.calls if name == call)

    async def meet(self, call: str) -> None:
        """What befalls a call that changes nothing."""
        await self.do(call, lambda: None)

    async def do(self, call: str, act: Callable[[], T]) -> T:
        self.calls.append((self.clock.monotonic(), call))
        await asyncio.sleep(0)
        fault = self.faults[call].popleft() if self.faults[call] else self.always.get(call)
        if fault is None:
            return act()
        if fault.taken:
            act()
        if fault.error is None:
            await asyncio.Event().wait()
        raise fault.error or AssertionError

    def _add(self, talk: _Talk, direction: Direction, author: str, text: str) -> Message:
        number = next(self._ids)
        message = Message(f"m{number}", direction, author, self.clock.now(), text)
        talk.messages.append(message)
        talk.changed = number
        return message


def memory_secrets(values: dict[str, str]) -> Callable[[str], str]:
    """Secrets that live as long as the test."""

    def read(name: str) -> str:
        try:
            return values[name]
        except KeyError:
            raise CredentialsError(f"There is no secret called {name}.") from None

    return read


def refused(account: Account, why: str = "The marketplace refused it.") -> Rejected:
    return Rejected(account.name, why)
