"""One account, one round in: conversations page by page, then orders."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from dataclasses import dataclass, field

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotSupported, NotTheMarketplace, Rejected, Unavailable, UnexpectedResponse
from sellerinbox.i18n import _
from sellerinbox.marketplaces.base import Marketplace, Page, T
from sellerinbox.store.database import Store
from sellerinbox.sync.events import OnEvent, Problem, Progress, Synced
from sellerinbox.sync.waiting import Patience

PAGE_LIMIT = 300.0
"""Seconds without a single page after which a reading is given up; the adapter's own limits per request are far shorter."""
CONVERSATIONS = "conversations"
ORDERS = "orders"


@dataclass(slots=True)
class Pulled:
    """What came in."""

    new_messages: int = 0
    new_orders: int = 0
    problems: list[str] = field(default_factory=list)
    """Entries and whole readings that failed while the rest went on, a plain sentence each."""


@dataclass(frozen=True, slots=True)
class _Round:
    """The pieces of one round."""

    marketplace: Marketplace
    store: Store
    clock: Clock
    on_event: OnEvent
    patience: Patience
    pulled: Pulled

    @property
    def account(self) -> str:
        return self.marketplace.account.name


async def pull(
    marketplace: Marketplace,
    store: Store,
    clock: Clock,
    on_event: OnEvent,
    *,
    conversations: bool = True,
    orders: bool = True,
    pulled: Pulled | None = None,
) -> Pulled:
    """Bring in what changed since the last round; each page is saved together with its cursor.

    `pulled` is counted up while the round goes on, so that it also tells of one that failed
    half way. A reading that the marketplace refuses or answers in an unknown shape is told as a problem
    and the other one goes on. Raises `AuthenticationFailed`, `RateLimited`, `Unavailable`,
    `NotTheMarketplace` and `StoreError`; the pages before it are kept.
    """
    patience = Patience(clock, PAGE_LIMIT)
    round_ = _Round(marketplace, store, clock, on_event, patience, pulled or Pulled())
    try:
        await patience.over(_pull(round_, conversations=conversations, orders=orders))
    except TimeoutError:
        raise Unavailable(
            round_.account, _("No answer from the marketplace of {account}; it is tried again by itself.").format(account=round_.account)
        ) from None
    on_event(Synced(round_.account, round_.pulled.new_messages, round_.pulled.new_orders))
    return round_.pulled


async def _pull(round_: _Round, *, conversations: bool, orders: bool) -> None:
    await _meet_seller(round_)
    if conversations:
        await _go_on_after_refusal(round_, _pull_conversations)
    if orders:
        await _go_on_after_refusal(round_, _pull_orders)


async def _meet_seller(round_: _Round) -> None:
    accounts = round_.store.accounts
    if accounts.seller(round_.account) is None:
        accounts.set_seller(round_.account, await round_.marketplace.whoami())


async def _go_on_after_refusal(round_: _Round, part: Callable[[_Round], Awaitable[None]]) -> None:
    """One switched-off or changed call must not take the others with it."""
    try:
        await part(round_)
    except NotTheMarketplace:
        raise
    except (Rejected, NotSupported, UnexpectedResponse) as refusal:
        _tell(round_, str(refusal))


async def _pull_conversations(round_: _Round) -> None:
    account, store = round_.account, round_.store
    cursor = store.accounts.cursor(account, "threads")
    reading = round_.marketplace.threads(cursor, lambda ids: store.threads.known(account, ids))
    async with _closing(reading):
        async for page in reading:
            saved = store.threads.save_page(account, page.items, cursor=page.cursor, at=round_.clock.now())
            round_.pulled.new_messages += saved.new_messages
            _show(round_, CONVERSATIONS, page)


async def _pull_orders(round_: _Round) -> None:
    account, store = round_.account, round_.store
    reading = round_.marketplace.orders(store.accounts.cursor(account, "orders"))
    async with _closing(reading):
        async for page in reading:
            round_.pulled.new_orders += store.orders.save_page(account, page.items, cursor=page.cursor, at=round_.clock.now())
            _show(round_, ORDERS, page)


def _closing(reading: AsyncIterator[T]) -> AbstractAsyncContextManager[object]:
    """Closes a reading however its loop ends; one left half read would keep its connection."""
    return aclosing(reading) if isinstance(reading, AsyncGenerator) else nullcontext()


def _show(round_: _Round, what: str, page: Page[T]) -> None:
    """Tell of a page once it is saved: whoever hears of it finds it in the store."""
    round_.patience.renew()
    for problem in page.problems:
        _tell(round_, problem)
    round_.on_event(Progress(round_.account, what, page.done, page.total))


def _tell(round_: _Round, problem: str) -> None:
    round_.pulled.problems.append(problem)
    round_.on_event(Problem(round_.account, problem))
