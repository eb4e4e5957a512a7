"""The composition root: the one place that knows how everything is put together.

What is heavy (the ORM, the network) is imported by the function that needs it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sellerinbox.config import Config
from sellerinbox.domain.clock import Clock

if TYPE_CHECKING:
    from sellerinbox.domain.accounts import Account
    from sellerinbox.inbox import Inbox
    from sellerinbox.marketplaces.base import Marketplace
    from sellerinbox.replies import Replies
    from sellerinbox.store.database import Store
    from sellerinbox.sync.events import SyncEvent
    from sellerinbox.sync.feed import ChildSync
    from sellerinbox.sync.syncer import Syncer


class Services(NamedTuple):
    """What a sync needs, open."""

    config: Config
    store: Store
    syncer: Syncer


def open_inbox(config: Config, clock: Clock, on_enqueue: Callable[[], None] | None = None, *, lock_wait: float = 5.0) -> Inbox:
    """The inbox of these settings; its file is opened when first used. `on_enqueue` wakes whoever sends.

    A write waits `lock_wait` seconds for another process; a screen that has to stay alive waits less.
    """
    from sellerinbox.inbox import Files, Inbox
    from sellerinbox.services import wiring

    def canned() -> Replies:
        from sellerinbox import replies

        return replies.load(config.paths.replies)

    files = Files(config.paths.database, config.paths.state, clock, lock_wait)
    accounts = {account.name: account for account in config.accounts}
    calendar, rules = partial(wiring.calendar, config), wiring.rules(config)
    inbox = Inbox(files, canned, clock, accounts, calendar=calendar, targets=wiring.targets(config), rules=rules)
    files.zone = lambda: inbox.calendar.timezone
    if on_enqueue is not None:
        inbox.on_enqueue = on_enqueue
    return inbox


@asynccontextmanager
async def open_services(
    config: Config, clock: Clock, on_event: Callable[[SyncEvent], None], environ: Mapping[str, str], account: str | None = None
) -> AsyncIterator[Services]:
    """Store and syncer over all accounts, or over one.

    Raises `ConfigError` for an account that isn't in the settings, `StoreError` when the inbox can't be used.
    """
    from sellerinbox.services import wiring
    from sellerinbox.services.log import log_to
    from sellerinbox.store.database import Store
    from sellerinbox.store.locks import FileLock
    from sellerinbox.store.windows import Windows
    from sellerinbox.sync.news import Pace
    from sellerinbox.sync.syncer import Syncer

    accounts = config.accounts if account is None else (config.account(account),)
    with (
        log_to(config.paths.log, environ),
        Store.open(config.paths.database, config.paths.state, clock, targets=wiring.targets(config)) as store,
    ):
        windows = Windows(config.paths.database)
        try:
            syncer = Syncer(
                [(each, opener(each, clock, environ)) for each in accounts],
                store,
                clock,
                wiring.guard_check(config, windows),
                on_event,
                lock=FileLock(config.paths.sync_lock),
                data_version=windows.version,
                pace=Pace(config.sync.conversations_every, config.sync.orders_every),
            )
            yield Services(config, store, syncer)
        finally:
            windows.close()


def opener(account: Account, clock: Clock, environ: Mapping[str, str]) -> Callable[[], Marketplace]:
    """How to open an account's marketplace; its adapter is imported when it happens."""

    def open_marketplace() -> Marketplace:
        from sellerinbox.credentials import secrets_for
        from sellerinbox.marketplaces import adapter

        return adapter(account.marketplace)(account, secrets_for(account, environ), clock)

    return open_marketplace


def sync_argv(config: Config) -> tuple[str, ...]:
    """The command line of the sync as a child of the screen, over the same home."""
    return (*_program(config), "sync", "--watch", "--json")


def child_sync(config: Config, clock: Clock) -> ChildSync:
    """The sync as a child of the screen; not started yet."""
    from sellerinbox.sync.feed import ChildSync

    return ChildSync(sync_argv(config), clock)


def go_on(wish: str, config: Config, _clock: Clock) -> int:
    """What the seller chose on an empty screen, in a fresh process on the same terminal.

    `demo`, or `account`: the sign-in and then the screen again. Returns the last exit code.
    """
    steps = [("demo",)] if wish == "demo" else [("account", "add"), ()]
    code = 0
    for words in steps:
        code = subprocess.call((*_program(config), *words))  # noqa: S603  (ourselves)
        if code:
            break
    return code


def _program(config: Config) -> tuple[str, ...]:
    """The command line of this program over the same home."""
    home = config.paths.config.parent
    under_it = (home / "config", home / "data", home / "state") == (config.paths.config, config.paths.data, config.paths.state)
    return (sys.executable, "-m", "sellerinbox", *(("--home", str(home)) if under_it else ()))
