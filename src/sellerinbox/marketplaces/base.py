"""What a marketplace is to the rest of the program.

One subclass per marketplace, in a folder of its own. Its JSON becomes the frozen values of
`domain/` inside that folder; nothing downstream sees a raw dictionary. An adapter knows its
own account, a clock and a way to its secrets; no store, no settings file, no other account.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, Self, TypeVar

from sellerinbox.domain.accounts import Account, Profile, Seller
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.messages import KnownThread, Thread
from sellerinbox.domain.models import Key, Kind
from sellerinbox.domain.orders import Order

T = TypeVar("T")

KnownThreads = Callable[[Sequence[str]], Mapping[str, KnownThread]]
"""From conversation ids to what the store knows of them; ids it never saw are left out."""
Secrets = Callable[[str], str]
"""From the name of a secret (`refresh_token`) to its value. Raises `CredentialsError`."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What came in with one step of a reading, saved in one transaction with its cursor."""

    items: tuple[T, ...]
    cursor: str | None = None
    """Where the next reading starts. None until everything older is in: an API that lists
    newest first sets it on the last page only, so that a crash repeats and never skips."""
    problems: tuple[str, ...] = ()
    """Entries that could not be read, a plain sentence each; the good ones are in `items`."""
    done: int = 0
    total: int | None = None
    """Progress of this reading, in conversations or orders; `total` None when unknown."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The marketplace's answer to a send."""

    message_id: str
    sent_at: datetime


class Marketplace(ABC):
    """One seller account on one marketplace, open for business: `async with` it."""

    profile: ClassVar[Profile]

    def __init__(self, account: Account, secrets: Secrets, clock: Clock) -> None:
        self.account = account
        self.secrets = secrets
        self.clock = clock

    @abstractmethod
    async def __aenter__(self) -> Self: ...

    @abstractmethod
    async def __aexit__(self, *exc: object) -> None: ...

    @abstractmethod
    async def whoami(self) -> Seller:
        """Who is signed in; asked of the marketplace once, then remembered."""

    @abstractmethod
    def threads(self, cursor: str | None, known: KnownThreads) -> AsyncIterator[Page[Thread]]:
        """Conversations changed since `cursor` (None: everything), page by page.

        Threads that `known` shows unchanged are left out. A thread holds at least every
        message that the store can't have yet.
        """

    @abstractmethod
    def orders(self, cursor: str | None) -> AsyncIterator[Page[Order]]:
        """Orders changed since `cursor` (None: as far back as the marketplace gives), with their parcels."""

    @abstractmethod
    async def thread(self, conversation: Key, kind: Kind, until: str | None) -> Thread:
        """One conversation read again, newest first, until message `until` is met or it ends."""

    @abstractmethod
    async def send_reply(self, conversation: Key, text: str) -> Receipt:
        """Send once.

        Raises `Rejected`, `RateLimited`, `Unavailable` or `AuthenticationFailed` when the
        marketplace surely has not taken it; `OutcomeUnknown` or `UnexpectedResponse` when it
        may have.
        """

    @abstractmethod
    async def mark_read(self, conversation: Key, kind: Kind, read: bool) -> None:
        """Tell the marketplace that the seller has (not) read it. Harmless to repeat."""

    @abstractmethod
    async def set_archived(self, conversation: Key, kind: Kind, archived: bool) -> None:
        """Archive or bring back. Harmless to repeat."""
