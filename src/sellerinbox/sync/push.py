"""One account's outbox out: claim, check, send, record.

The order is what keeps a buyer from getting a reply twice: an item is recorded as *sending*
before its first byte leaves, and whatever is not surely refused counts as possibly arrived.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import (
    AuthenticationFailed,
    CredentialsError,
    NotFound,
    NotSupported,
    RateLimited,
    Rejected,
    SellerInboxError,
    StoreError,
    Unavailable,
)
from sellerinbox.domain.models import Key, Kind
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.i18n import N_, _
from sellerinbox.marketplaces.base import Marketplace, Receipt
from sellerinbox.store.database import Store
from sellerinbox.sync.events import OnEvent, OutboxChanged
from sellerinbox.sync.troubles import back_off, within_reason
from sellerinbox.sync.waiting import Patience, first_of

SEND_LIMIT = 60.0
"""Seconds after which a send counts as without an answer."""
FAREWELL = 4.0
"""Seconds that a send in flight gets when the program ends."""
REPEATABLE_TRIES = 5
"""Unclear outcomes of an action that is harmless to repeat, before it is given up."""
_RECORD_TRIES = 5
_UNCLEAR = N_("No clear answer came: it may have arrived. The conversation is read again to find out; until then nothing is sent twice.")
_GUARD_FAILED = N_("The check of this text failed, so it was not sent. The text is kept; send it again after a restart.")

Check = Callable[[OutboxItem], None]
"""The guard's last look at a final text. Raises `GuardBlocked`."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Pushed:
    """What went out."""

    tried: int = 0
    sent: int = 0
    """Replies that the marketplace has; actions such as *mark read* are not counted."""
    unconfirmed: int = 0
    stopped: SellerInboxError | None = None
    """Why the rest of the account's items wait: not signed in, rate limit, not reached."""


async def push(
    marketplace: Marketplace,
    store: Store,
    clock: Clock,
    check: Check,
    on_event: OnEvent,
    *,
    chance: random.Random,
    pushed: Pushed | None = None,
) -> Pushed:
    """Send what is due, one at a time, oldest first, until nothing is or the account has to wait.

    Call it from one task per account, in the process that holds the sync lock: then an item
    found in *sending* at the start belongs to a dead attempt. Cancelled, it gives a send in
    flight `FAREWELL` seconds and records how it ended. Raises `StoreError` when an outcome can't be
    recorded: the item stays *sending* and becomes unconfirmed the next time.
    """
    sender = _Sender(marketplace, store, clock, check, on_event, chance, pushed or Pushed())
    sender.bury_the_dead()
    while sender.pushed.stopped is None:
        for held in store.outbox.hold_overtaken(sender.account):
            tell_state(store, held.id, on_event)
        item = store.outbox.claim_next(sender.account, clock.now())
        if item is None:
            break
        sender.pushed.tried += 1
        await sender.handle(item)
    return sender.pushed


def kind_of(store: Store, key: Key) -> Kind:
    """Who is at the other end of a conversation, as far as the store knows."""
    try:
        return store.threads.row(key).kind
    except NotFound:
        return Kind.BUYER


def tell_state(store: Store, item_id: int, on_event: OnEvent) -> None:
    """Tell where an item stands, as it is recorded."""
    item = store.outbox.get(item_id)
    on_event(OutboxChanged(item.account, item.id, Key(item.account, item.remote_id), item.state, item.reason))


@dataclass(frozen=True, slots=True)
class _Sender:
    marketplace: Marketplace
    store: Store
    clock: Clock
    check: Check
    on_event: OnEvent
    chance: random.Random
    pushed: Pushed

    @property
    def account(self) -> str:
        return self.marketplace.account.name

    def bury_the_dead(self) -> None:
        """Items whose attempt ended without a record, because the store could not be written."""
        for item in self.store.outbox.list(100, states=(OutboxState.SENDING,)):
            if item.account == self.account:
                self._unclear(item)
                tell_state(self.store, item.id, self.on_event)

    async def handle(self, item: OutboxItem) -> None:
        """Bring one claimed item to its next state."""
        tell_state(self.store, item.id, self.on_event)
        refusal = self._refusal(item)
        if refusal is None:
            await self._deliver(item)
        else:
            await self._record(item, lambda: self.store.outbox.mark_rejected(item.id, refusal))

    def _refusal(self, item: OutboxItem) -> str | None:
        """Why the guard stops the text now; rules may have changed since it was queued."""
        if item.kind is not OutboxKind.REPLY:
            return None
        try:
            self.check(item)
        except SellerInboxError as stopped:
            return str(stopped)
        except Exception:
            log.exception("the guard failed on outbox item %d", item.id)
            return _(_GUARD_FAILED)
        return None

    async def _deliver(self, item: OutboxItem) -> None:
        """Send and record, whatever happens in between."""
        sending = asyncio.ensure_future(Patience(self.clock, SEND_LIMIT).over(self._send(item)))
        try:
            await asyncio.wait({sending})
        except asyncio.CancelledError:
            await first_of(sending, self.clock.sleep(FAREWELL))
            await self._record(item, lambda: self._outcome(item, sending), tries=1)
            raise
        await self._record(item, lambda: self._outcome(item, sending))

    async def _send(self, item: OutboxItem) -> Receipt | None:
        key = Key(item.account, item.remote_id)
        if item.kind is OutboxKind.REPLY:
            return await self.marketplace.send_reply(key, item.text)
        kind = kind_of(self.store, key)
        if item.kind in (OutboxKind.MARK_READ, OutboxKind.MARK_UNREAD):
            await self.marketplace.mark_read(key, kind, item.kind is OutboxKind.MARK_READ)
        else:
            await self.marketplace.set_archived(key, kind, item.kind is OutboxKind.ARCHIVE)
        return None

    async def _record(self, item: OutboxItem, step: Callable[[], object], tries: int = _RECORD_TRIES) -> None:
        """Write down what happened; a full disk or a busy file is given a few chances."""
        for attempt in range(1, tries + 1):
            try:
                step()
                break
            except StoreError:
                if attempt == tries:
                    raise
                await self.clock.sleep(back_off(attempt, self.chance))
        tell_state(self.store, item.id, self.on_event)

    def _outcome(self, item: OutboxItem, sending: asyncio.Future[Receipt | None]) -> None:
        """Record how a send ended."""
        error = TimeoutError() if sending.cancelled() else sending.exception()
        if error is None:
            self._sent(item, sending.result())
        elif isinstance(error, (Rejected, NotSupported)):
            self.store.outbox.mark_rejected(item.id, str(error))
        elif isinstance(error, (RateLimited, AuthenticationFailed, CredentialsError, Unavailable)):
            self._not_accepted(item, error)
        else:
            self._unclear(item, error)

    def _sent(self, item: OutboxItem, receipt: Receipt | None) -> None:
        seller = self.store.accounts.seller(item.account)
        author = seller.name if seller else item.account
        message_id, sent_at = (receipt.message_id, receipt.sent_at) if receipt else (None, self.clock.now())
        self.store.outbox.mark_sent(item.id, message_id, sent_at, author=author)
        # An id that already belongs to another reply proves nothing, says the store.
        now = self.store.outbox.get(item.id).state
        self.pushed.sent += receipt is not None and now is OutboxState.SENT
        self.pushed.unconfirmed += now is OutboxState.UNCONFIRMED

    def _not_accepted(self, item: OutboxItem, error: SellerInboxError) -> None:
        """Nothing was taken: the item waits, and with it the account."""
        pause = 0.0
        if isinstance(error, RateLimited):
            pause = within_reason(self.clock, error.until)
        elif isinstance(error, Unavailable):
            pause = back_off(item.attempts, self.chance)
        self.store.outbox.requeue(item.id, self.clock.now() + timedelta(seconds=pause), str(error))
        self.pushed.stopped = error

    def _unclear(self, item: OutboxItem, error: BaseException | None = None) -> None:
        """It may have arrived: a reply is never repeated by itself, a harmless action is, a few times."""
        if error is not None and not isinstance(error, (SellerInboxError, TimeoutError)):
            log.error("sending outbox item %d failed over a mistake of ours", item.id, exc_info=error)
        reason = str(error) if isinstance(error, SellerInboxError) else _(_UNCLEAR)
        if not item.kind.repeatable:
            self.store.outbox.mark_unconfirmed(item.id, reason)
            self.pushed.unconfirmed += 1
        elif item.attempts < REPEATABLE_TRIES:
            later = self.clock.now() + timedelta(seconds=back_off(item.attempts, self.chance))
            self.store.outbox.requeue(item.id, later, reason)
        else:
            self.store.outbox.mark_rejected(item.id, reason)
