"""eBay as a marketplace: which calls make a reading, and who is signed in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from typing import ClassVar, Self

from sellerinbox.domain.accounts import Account, Profile, Seller
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.messages import Thread
from sellerinbox.domain.models import Key, Kind
from sellerinbox.domain.orders import Order
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.domain.text import clean_name
from sellerinbox.marketplaces.answers import Verdicts
from sellerinbox.marketplaces.base import KnownThreads, Marketplace, Page, Receipt, Secrets
from sellerinbox.marketplaces.ebay.errors import error_form
from sellerinbox.marketplaces.ebay.fields import EMPTY, is_entry, line
from sellerinbox.marketplaces.ebay.hosts import hosts
from sellerinbox.marketplaces.ebay.mapping import names_of
from sellerinbox.marketplaces.ebay.messages import MessageApi
from sellerinbox.marketplaces.ebay.orders import OrderApi
from sellerinbox.marketplaces.ebay.position import Position
from sellerinbox.marketplaces.ebay.threads import Pass, read_again
from sellerinbox.marketplaces.http import ApiClient, Transport, Wire
from sellerinbox.marketplaces.oauth import RefreshGrant, oauth_error
from sellerinbox.marketplaces.pace import Pace

TOKEN_PATH = "/identity/v1/oauth2/token"  # noqa: S105 - an address
USER_PATH = "/commerce/identity/v1/user/"


class Ebay(Marketplace):
    """One eBay seller account. Raises `ConfigError` for a base_url that would put the sign-in at risk."""

    profile: ClassVar[Profile] = PROFILES["ebay"]

    def __init__(self, account: Account, secrets: Secrets, clock: Clock, *, transport: Transport | None = None) -> None:
        super().__init__(account, secrets, clock)
        name, label = account.name, self.profile.label
        where = hosts(account.base_url)
        self._pace = Pace(name, label, clock)
        self._api_wire = Wire(name, label, where.api, transport=transport)
        self._apiz_wire = Wire(name, label, where.apiz, transport=transport) if where.apiz != where.api else self._api_wire
        sign_in = ApiClient(self._api_wire, Verdicts(name, label, self._pace, oauth_error), clock)
        tokens = RefreshGrant(sign_in, TOKEN_PATH, secrets, clock)
        verdicts = Verdicts(name, label, self._pace, error_form)
        api = ApiClient(self._api_wire, verdicts, clock, tokens)
        self._identity = ApiClient(self._apiz_wire, verdicts, clock, tokens)
        self._messages = MessageApi(api)
        self._orders = OrderApi(api, name)
        self._seller: Seller | None = None
        self._asking = asyncio.Lock()
        self._doubtful: set[str] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._apiz_wire.close)
            stack.push_async_callback(self._api_wire.close)

    async def whoami(self) -> Seller:
        """Who is signed in: the id never changes, the name may (fact sheet, 7.3)."""
        async with self._asking:
            if self._seller is None:
                self._seller = self._as_seller(await self._identity.read(USER_PATH))
            return self._seller

    async def threads(self, cursor: str | None, known: KnownThreads) -> AsyncIterator[Page[Thread]]:
        """Members' threads, then eBay's own notices; the cursor comes with an empty page at the end."""
        me = names_of(await self.whoami())
        position, now = Position.parse(cursor), self.clock.now()
        start = position.start(now)
        members = Pass(self._messages, self.account.name, me, Kind.BUYER, start, known, self._doubtful)
        async with aclosing(members.pages()) as pages:
            async for page in pages:
                yield page
        newest = min(members.newest, self._pace.server_now()) if members.newest else None
        position = position.after_members(newest, whole=start is None, flawless=members.flawless, now=now)
        if position.notices_due(now):
            notices = Pass(self._messages, self.account.name, me, Kind.MARKETPLACE, None, known, self._doubtful)
            async with aclosing(notices.pages()) as pages:
                async for page in pages:
                    yield page
            position = position.after_notices(flawless=notices.flawless, now=now)
        yield Page((), cursor=position.text())

    async def orders(self, cursor: str | None) -> AsyncIterator[Page[Order]]:
        """Orders changed since the cursor, with their parcels; the cursor comes with an empty page at the end."""
        async with aclosing(self._orders.pages(cursor, self._pace.server_now())) as pages:
            async for page in pages:
                yield page

    async def thread(self, conversation: Key, kind: Kind, until: str | None) -> Thread:
        """One conversation read again."""
        return await read_again(self._messages, names_of(await self.whoami()), conversation, kind, until)

    async def send_reply(self, conversation: Key, text: str) -> Receipt:
        """Send once (see `Marketplace.send_reply`)."""
        # Ours may be the newest message the store knows while a buyer's one before it is not in yet.
        self._doubtful.add(conversation.remote_id)
        return await self._messages.send(conversation.remote_id, text, self.clock.now())

    async def mark_read(self, conversation: Key, kind: Kind, read: bool) -> None:
        """Tell eBay that the seller has (not) read it."""
        await self._messages.mark_read(conversation.remote_id, kind, read)

    async def set_archived(self, conversation: Key, kind: Kind, archived: bool) -> None:
        """Archive or bring back."""
        await self._messages.set_archived(conversation.remote_id, kind, archived)

    def _as_seller(self, answer: object) -> Seller:
        entry = answer if is_entry(answer) else EMPTY
        user_id, name = line(entry, "userId"), line(entry, "username")
        if not (user_id or name):
            raise self._identity.verdicts.unexpected("does not say who is signed in")
        return Seller(user_id or name or "", clean_name(name or user_id or ""))
