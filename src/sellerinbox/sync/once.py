"""One account, one round: in, look for the unconfirmed, out."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sellerinbox.domain.errors import SellerInboxError
from sellerinbox.marketplaces.base import Marketplace
from sellerinbox.sync.news import News, Source, Tools, opened
from sellerinbox.sync.pull import Pulled, pull
from sellerinbox.sync.push import Pushed, push
from sellerinbox.sync.reconcile import reconcile
from sellerinbox.sync.troubles import Failure

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """How a round of one account went."""

    account: str
    pulled: Pulled = field(default_factory=Pulled)
    pushed: Pushed = field(default_factory=Pushed)
    found: int = 0
    """Unconfirmed replies that turned out to have arrived."""
    failed: Failure | None = None
    message: str | None = None
    """Why it failed, fit to show."""

    @property
    def problems(self) -> int:
        """How many things went wrong, the failure itself included unless it is one of them."""
        others = self.pulled.problems
        return len(others) + (self.message is not None and self.message not in others)


async def whole_round(source: Source, tools: Tools) -> Round:
    """Bring the account in step once. Never raises for what goes wrong with it: see `Round.failed`."""
    return await _round(source, tools, _in_and_out)


async def outgoing_round(source: Source, tools: Tools) -> Round:
    """Only send what is due; unconfirmed replies, which may hold it up, are looked for first."""
    return await _round(source, tools, _out)


_Part = Callable[[Marketplace, Tools, News, Round], Awaitable[None]]


async def _round(source: Source, tools: Tools, part: _Part) -> Round:
    account, _ = source
    round_ = Round(account.name)
    news = News(account.name, tools)
    try:
        async with opened(source, tools.clock) as marketplace:
            await part(marketplace, tools, news, round_)
    except SellerInboxError as error:
        news.trouble(error)
    except Exception:
        log.exception("the sync of account %s failed", account.name)
        news.bug()
    round_.failed, round_.message = news.failed, news.message
    return round_


async def _in_and_out(marketplace: Marketplace, tools: Tools, news: News, round_: Round) -> None:
    await pull(marketplace, tools.store, tools.clock, tools.on_event, pulled=round_.pulled)
    news.well(round_.pulled.problems, None)
    await _out(marketplace, tools, news, round_)


async def _out(marketplace: Marketplace, tools: Tools, _news: News, round_: Round) -> None:
    round_.found = (await reconcile(marketplace, tools.store, tools.clock, tools.on_event)).found
    await push(marketplace, tools.store, tools.clock, tools.check, tools.on_event, chance=tools.chance, pushed=round_.pushed)
    if round_.pushed.stopped is not None:
        raise round_.pushed.stopped
