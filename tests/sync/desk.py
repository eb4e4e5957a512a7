"""A seller's desk for these tests: one or more accounts over the real store, driven by hand."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from sellerinbox.domain.errors import OutcomeUnknown
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.store.database import Store
from sellerinbox.store.locks import FileLock
from sellerinbox.store.windows import Windows
from sellerinbox.sync.events import Done, SyncEvent
from sellerinbox.sync.news import Source
from sellerinbox.sync.syncer import Syncer
from tests.fakes import FakeClock, FakeShop

LOST = "No answer came."


class Desk:
    """The pieces of a sync, and what a seller does with them."""

    def __init__(self, store: Store, clock: FakeClock, shops: list[FakeShop], folder: Path) -> None:
        self.store = store
        self.clock = clock
        self.shops = shops
        self.folder = folder
        self.events: list[SyncEvent] = []
        self.windows = Windows(folder / "data" / "inbox.db")
        self.stopped_by_guard: dict[str, Exception] = {}
        for shop in shops:
            store.accounts.ensure(shop.account)

    @property
    def shop(self) -> FakeShop:
        return self.shops[0]

    @property
    def lock_path(self) -> Path:
        return self.folder / "state" / "sync.lock"

    def syncer(self, *, sources: list[Source] | None = None) -> Syncer:
        return Syncer(
            sources or [(shop.account, shop.open) for shop in self.shops],
            self.store,
            self.clock,
            self.check,
            self.events.append,
            lock=FileLock(self.lock_path),
            data_version=self.windows.version,
            chance=random.Random(7),
        )

    def check(self, item: OutboxItem) -> None:
        if item.text in self.stopped_by_guard:
            raise self.stopped_by_guard[item.text]

    async def sync(self) -> Done:
        """One round, with whatever waiting it takes."""
        return await self.clock.run(self.syncer().once())

    def reply(self, text: str, conversation: str = "c1", *, undo: float = 0, shop: FakeShop | None = None) -> OutboxItem:
        return self.queue(OutboxKind.REPLY, text, conversation, undo=undo, shop=shop)

    def queue(
        self, kind: OutboxKind, text: str = "", conversation: str = "c1", *, undo: float = 0, shop: FakeShop | None = None
    ) -> OutboxItem:
        now = self.clock.now()
        key = Key((shop or self.shop).account.name, conversation)
        return self.store.outbox.enqueue(kind, key, text, at=now, not_before=now + timedelta(seconds=undo))

    def state(self, item: OutboxItem) -> OutboxState:
        return self.store.outbox.get(item.id).state

    def kinds(self, kind: type[SyncEvent]) -> list[SyncEvent]:
        return [event for event in self.events if isinstance(event, kind)]

    def no_answer(self, *, taken: bool, times: int = 1) -> None:
        """The next sends get no answer, after or without having been taken."""
        self.shop.fail("send_reply", OutcomeUnknown(self.shop.account.name, LOST), taken=taken, times=times)
