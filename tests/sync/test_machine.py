"""Any run of events, with a failure at every step: the buyer gets a confirmed reply at most once (I2, I3, I4)."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import (
    AuthenticationFailed,
    NotTheMarketplace,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    StoreError,
    Unavailable,
    UnexpectedResponse,
)
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.store.database import Store
from tests.fakes import FakeClock, FakeShop, Fault
from tests.sync.desk import Desk

NAME = "shop-uk"
NOT_TAKEN = [
    Rejected(NAME, "Refused."),
    AuthenticationFailed(NAME, "Sign in."),
    Unavailable(NAME, "Not reached."),
]
UNCLEAR = [OutcomeUnknown(NAME, "No answer."), UnexpectedResponse(NAME, "Half."), NotTheMarketplace(NAME, "Log in."), KeyError("bug"), None]
ON_READ = [*NOT_TAKEN, *UNCLEAR]
FATES: st.SearchStrategy[Fault | None] = st.one_of(
    st.none(),
    st.sampled_from(NOT_TAKEN).map(Fault),
    st.builds(Fault, st.sampled_from(UNCLEAR), taken=st.booleans()),
)
"""What becomes of a send: it goes well, is surely not taken, or may have been."""
Press = tuple[str, str, int, Fault | None]
PRESSES: st.SearchStrategy[list[Press]] = st.lists(
    st.tuples(st.sampled_from(["c1", "c2"]), st.sampled_from(["Thanks!", "It left today."]), st.sampled_from([0, 0, 10]), FATES),
    min_size=1,
    max_size=4,
)
"""Where the seller presses send, on which text, with how long an undo window, and what becomes of it."""


class Sending(RuleBasedStateMachine):
    """A seller who answers in two threads over a marketplace and a disk that fail in every way."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        self.shop = FakeShop(Account(NAME, "ebay"), self.clock)
        for conversation in ("c1", "c2"):
            self.shop.buyer_writes(conversation, "Hello?")
        folder = Path(self.folder.name)
        self.store = Store.open(folder / "data" / "inbox.db", folder / "state", self.clock)
        self.desk = Desk(self.store, self.clock, [self.shop], folder)
        self.confirmed: dict[int, OutboxItem] = {}
        self.again: Counter[str] = Counter()
        self.broken_marks = 0
        self._break_the_disk()
        self.sync()

    def _break_the_disk(self) -> None:
        for name in ("mark_sent", "mark_unconfirmed", "requeue", "settle", "mark_rejected"):
            setattr(self.store.outbox, name, self._fragile(getattr(self.store.outbox, name)))

    def _fragile(self, method: Callable[..., object]) -> Callable[..., object]:
        def sometimes(*args: object, **options: object) -> object:
            if self.broken_marks:
                self.broken_marks -= 1
                raise StoreError("The disk is full.")
            return method(*args, **options)

        return sometimes

    @initialize(presses=PRESSES)
    def the_day_begins(self, presses: list[Press]) -> None:
        self.press_send(presses)

    @rule(presses=PRESSES, rounds=st.integers(0, 2))
    def busy(self, presses: list[Press], rounds: int) -> None:
        self.press_send(presses)
        self.sync(rounds)

    def press_send(self, presses: list[Press]) -> None:
        for conversation, text, undo, fate in presses:
            item = self.desk.reply(text, conversation, undo=undo)
            self.confirmed[item.id] = item
            self.shop.faults["send_reply"].append(fate)
            self.clock.move(3)

    @rule(rounds=st.integers(1, 3), apart=st.sampled_from([1, 3, 61]))
    def sync(self, rounds: int = 1, apart: int = 1) -> None:
        for _ in range(rounds):
            self.loop.run_until_complete(self.desk.sync())
            self.clock.move(apart)

    @rule(seconds=st.sampled_from([20, 61, 4000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.move(seconds)

    @rule(seconds=st.integers(-5, 5000))
    def the_next_send_is_limited(self, seconds: int) -> None:
        until = self.clock.now() + timedelta(seconds=seconds)
        self.shop.faults["send_reply"].appendleft(Fault(RateLimited(NAME, "Wait.", until)))

    @rule(call=st.sampled_from(["open", "threads", "thread", "orders"]), error=st.sampled_from(ON_READ))
    def the_next_read_fails(self, call: str, error: Exception | None) -> None:
        for each in ("open", "threads", "thread", "orders"):
            self.shop.faults[each].clear()
        self.shop.faults[call].append(Fault(error))

    @rule(times=st.integers(1, 7))
    def the_disk_is_full(self, times: int) -> None:
        self.broken_marks = times

    @rule(steps=st.integers(0, 40))
    def killed_in_the_middle(self, steps: int) -> None:
        """The process goes away at some step; only what is on the disk and at the marketplace stays."""

        async def part() -> None:
            task = asyncio.ensure_future(self.desk.syncer().once())
            for _ in range(steps):
                await asyncio.sleep(0)
            self.broken_marks = 1000  # a dead process writes nothing any more
            task.cancel()
            while not task.done():
                await self.clock.advance(5)
            self.broken_marks = 0
            if not task.cancelled():
                task.exception()

        self.loop.run_until_complete(part())

    @rule(slow=st.sampled_from([0, 45]))
    def the_thread_shows_late(self, slow: int) -> None:
        self.shop.shown_after = slow

    @precondition(lambda self: self.confirmed)
    @rule(data=st.data())
    def call_back(self, data: st.DataObject) -> None:
        self.store.outbox.cancel(data.draw(st.sampled_from(sorted(self.confirmed))))

    @precondition(lambda self: any(self.item(each).not_found for each in self.confirmed))
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        missing = [
            each for each in sorted(self.confirmed) if self.item(each).not_found and self.item(each).state is OutboxState.UNCONFIRMED
        ]
        if missing:
            item = self.store.outbox.resend(data.draw(st.sampled_from(missing)), self.clock.now())
            self.again[item.text] += 1

    def item(self, item_id: int) -> OutboxItem:
        return self.store.outbox.get(item_id)

    @invariant()
    def at_most_once(self) -> None:
        wanted = Counter((item.remote_id, item.text) for item in self.confirmed.values())
        for (conversation, text), times in Counter(self.shop.ledger).items():
            assert times <= wanted[(conversation, text)] + self.again[text], (conversation, text, times)

    @invariant()
    def what_is_sent_has_arrived(self) -> None:
        sent = Counter((item.remote_id, item.text) for item in map(self.item, self.confirmed) if item.state is OutboxState.SENT)
        arrived = Counter(self.shop.ledger)
        assert all(times <= arrived[what] for what, times in sent.items())
        ids = [item.sent_id for item in map(self.item, self.confirmed) if item.sent_id]
        assert len(ids) == len(set(ids))

    def teardown(self) -> None:
        """Once everything works again every reply is settled, or for the seller to decide, and nothing more goes out twice."""
        self.shop.faults.clear()
        self.broken_marks = 0
        for _ in range(8):
            self.clock.move(4000)
            self.sync()
            self.at_most_once()
            self.what_is_sent_has_arrived()
        for item in map(self.item, self.confirmed):
            behind = any(
                other.state is OutboxState.UNCONFIRMED and other.remote_id == item.remote_id for other in map(self.item, self.confirmed)
            )
            decided = item.state in (OutboxState.SENT, OutboxState.REJECTED, OutboxState.CANCELLED)
            assert decided or item.not_found or (item.state is OutboxState.QUEUED and behind), item
        self.desk.windows.close()
        self.store.close()
        with sqlite3.connect(self.desk.folder / "data" / "inbox.db") as database:
            assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.close()
        self.folder.cleanup()
        self.loop.close()


TestSending = Sending.TestCase
TestSending.settings = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)
