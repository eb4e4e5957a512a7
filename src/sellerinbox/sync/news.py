"""How one account's work goes: told as events and kept as its status."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import SellerInboxError, StoreError, Unavailable
from sellerinbox.i18n import N_, _
from sellerinbox.marketplaces.base import Marketplace
from sellerinbox.store.database import Store
from sellerinbox.sync.events import OnEvent, Problem
from sellerinbox.sync.push import Check
from sellerinbox.sync.troubles import Failure, Rest, failure_of, news_of
from sellerinbox.sync.waiting import Patience

_BUG = N_(
    "Something inside sellerinbox went wrong with {account}. Nothing is lost and nothing is sent twice; "
    "it is tried again by itself, and the log says more."
)

OpenMarketplace = Callable[[], Marketplace]
Source = tuple[Account, OpenMarketplace]
"""An account and how to open its marketplace; opening may read secrets and raise `CredentialsError`."""


OPENING_LIMIT = 60.0
CLOSING_LIMIT = 2.0
"""Seconds for opening and closing a marketplace."""


@asynccontextmanager
async def opened(source: Source, clock: Clock) -> AsyncIterator[Marketplace]:
    """The account's marketplace, open. Raises `CredentialsError`, or `Unavailable` when opening it takes too long."""
    account, open_marketplace = source
    marketplace = open_marketplace()
    try:
        await Patience(clock, OPENING_LIMIT).over(marketplace.__aenter__())
    except TimeoutError:
        raise Unavailable(
            account.name, _("No answer from the marketplace of {name}; it is tried again by itself.").format(name=account.name)
        ) from None
    try:
        yield marketplace
    finally:
        with suppress(TimeoutError):
            await Patience(clock, CLOSING_LIMIT).over(marketplace.__aexit__(None, None, None))


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two looks for changes; a tenth more or less by chance."""

    conversations_every: float = 120.0
    orders_every: float = 300.0


@dataclass(frozen=True, slots=True)
class Tools:
    """What every account's work needs."""

    store: Store
    clock: Clock
    check: Check
    on_event: OnEvent
    pace: Pace
    chance: random.Random


class News:
    """What is told of one account, and how long it rests after trouble."""

    def __init__(self, account: str, tools: Tools) -> None:
        self.account = account
        self.failed: Failure | None = None
        """The last trouble; None after a good reading."""
        self.message: str | None = None
        """Why, fit to show."""
        self.rest = Rest(tools.clock, tools.chance)
        self._tools = tools

    def well(self, problems: list[str], next_in: float | None) -> None:
        """A reading ended, with these problems on the way; the next one comes in `next_in` seconds."""
        self.rest.well()
        now = self._tools.clock.now()
        next_at = None if next_in is None else now + timedelta(seconds=next_in)
        self._tools.store.accounts.record_ok(self.account, now, next_at)
        self.failed = self.message = None
        if problems:
            self._fail(Failure.PROBLEM, problems[0], next_at)

    def trouble(self, error: SellerInboxError) -> Failure:
        """The account's work ended with an error of ours; it rests a while."""
        next_at = self.rest.after(error)
        failure = failure_of(error)
        self._fail(failure, str(error), None if failure is Failure.SIGN_IN_NEEDED else next_at)
        self._tools.on_event(news_of(self.account, error, next_at))
        return failure

    def bug(self) -> None:
        """It ended with a mistake of ours, which the caller has logged."""
        sentence = _(_BUG).format(account=self.account)
        self._fail(Failure.PROBLEM, sentence, self.rest.after_bug())
        self._tools.on_event(Problem(self.account, sentence))

    def _fail(self, failure: Failure, sentence: str, next_at: datetime | None) -> None:
        self.failed, self.message = failure, sentence
        # The store may be the very thing that fails; the event still tells.
        with suppress(StoreError):
            self._tools.store.accounts.record_problem(self.account, failure, sentence, next_at)
