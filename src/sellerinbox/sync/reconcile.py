"""Finding out what became of replies without a clear answer."""

from __future__ import annotations

from dataclasses import dataclass

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotSupported, NotTheMarketplace, Rejected, Unavailable, UnexpectedResponse
from sellerinbox.domain.messages import Thread
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxItem
from sellerinbox.i18n import _
from sellerinbox.marketplaces.base import Marketplace
from sellerinbox.store.database import Store
from sellerinbox.sync.events import OnEvent, Problem
from sellerinbox.sync.push import kind_of, tell_state
from sellerinbox.sync.recognise import recognise
from sellerinbox.sync.waiting import Patience

LOOK_LIMIT = 60.0
"""Seconds for reading one thread again."""


@dataclass(slots=True)
class Reconciled:
    """What the looks brought to light."""

    found: int = 0
    open: int = 0
    """Replies that have to be looked for again; those that only the seller can decide are not counted."""


async def reconcile(marketplace: Marketplace, store: Store, clock: Clock, on_event: OnEvent) -> Reconciled:
    """Look once for every unconfirmed reply of an account in its thread.

    The store decides what a look proves (found; or not found after two, a minute apart). A read
    that fails proves nothing. Raises as `pull` does.
    """
    result = Reconciled()
    for item in store.outbox.unconfirmed(marketplace.account.name):
        before = (item.state, item.not_found, item.looked_at)
        try:
            await _look(marketplace, store, clock, item)
        except NotTheMarketplace:
            raise
        except (Rejected, NotSupported, UnexpectedResponse) as refusal:
            on_event(Problem(item.account, str(refusal)))
        after = store.outbox.get(item.id)
        if (after.state, after.not_found, after.looked_at) != before:
            tell_state(store, item.id, on_event)
        result.found += after.sent_id is not None
        result.open += after.sent_id is None and not after.not_found
    return result


async def _look(marketplace: Marketplace, store: Store, clock: Clock, item: OutboxItem) -> None:
    """Settle an item by what is stored, or else by reading its thread again."""
    if _settle_if_here(store, clock, item) or item.not_found:
        return
    thread = await _read_again(marketplace, store, clock, item)
    store.threads.save_page(item.account, [thread], cursor=None, at=clock.now())
    if not _settle_if_here(store, clock, item):
        store.outbox.settle(item.id, None, at=clock.now(), complete=thread.complete)


async def _read_again(marketplace: Marketplace, store: Store, clock: Clock, item: OutboxItem) -> Thread:
    key = Key(item.account, item.remote_id)
    try:
        return await Patience(clock, LOOK_LIMIT).over(marketplace.thread(key, kind_of(store, key), item.newest_known_id))
    except TimeoutError:
        raise Unavailable(
            item.account, _("No answer from the marketplace of {account}; it is tried again by itself.").format(account=item.account)
        ) from None


def _settle_if_here(store: Store, clock: Clock, item: OutboxItem) -> bool:
    message = recognise(item.text, store.outbox.candidates(item))
    if message is not None:
        store.outbox.settle(item.id, message.id, at=clock.now(), complete=True)
    return message is not None
