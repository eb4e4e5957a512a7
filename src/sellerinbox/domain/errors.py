"""Every error we raise on purpose; each carries one sentence fit to show.

SellerInboxError
├── UsageError                   the seller typed something we can't use
│   ├── PromiseOpen(keys)        closing it would lose sight of a promise
│   └── QueryError(start, end)   a search asks for something that does not exist
├── ConfigError                  fixable in a file; names it
├── CredentialsError             a secret can't be read or kept
│   └── SecretMissing            there is none: the seller must sign in
├── StoreError                   inbox file locked, damaged, or from a newer version
├── NotFound                     no such conversation, order, outbox item
├── GuardBlocked(findings)       the text must not go out
│   └── Interrupted              the buyer wrote again before it was sent
├── NotSupported                 the marketplace has no such call
└── MarketplaceError(account)
    ├── AuthenticationFailed     the seller must sign in again
    ├── RateLimited(until)       not accepted; told when
    ├── Unavailable              not reached; nothing left us
    ├── Rejected                 understood and refused
    ├── OutcomeUnknown           left us, no clear answer
    └── UnexpectedResponse       answered something we can't read
        └── NotTheMarketplace    an HTML page with status 200: a hotel's log-in, a proxy
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sellerinbox.domain.models import Key


class SellerInboxError(Exception):
    """Base of all; `str(error)` is one plain sentence without secrets."""


class UsageError(SellerInboxError):
    """What was typed can't be used; says what to type instead."""


class PromiseOpen(UsageError):
    """A conversation with an open promise can't be closed; `keys` are those conversations, nothing was changed."""

    def __init__(self, message: str, keys: tuple[Key, ...]) -> None:
        super().__init__(message)
        self.keys = keys


class QueryError(UsageError):
    """A search asks for something that does not exist; `start` and `end` are its place in the query, in characters."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class ConfigError(SellerInboxError):
    """A settings file is wrong; names the file and the key."""


class CredentialsError(SellerInboxError):
    """A secret can't be read or kept; says which way is open."""


class SecretMissing(CredentialsError):
    """No way leads to a secret: the seller must sign in first."""


class StoreError(SellerInboxError):
    """The inbox file can't be used."""


class NotFound(SellerInboxError):
    """Nothing here has that name."""


class GuardBlocked(SellerInboxError):
    """A text must not go out as it is; `findings` say why."""

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class Interrupted(GuardBlocked):
    """The buyer wrote after what the seller had on screen when he decided; nothing was queued."""


class NotSupported(SellerInboxError):
    """The marketplace offers no such thing to programs."""


class MarketplaceError(SellerInboxError):
    """Something between us and one account's marketplace."""

    def __init__(self, account: str, message: str) -> None:
        super().__init__(message)
        self.account = account


class AuthenticationFailed(MarketplaceError):
    """Signed out: nothing goes on for this account until the seller signs in."""


class RateLimited(MarketplaceError):
    """The marketplace asks us to wait until `until` (aware, UTC); nothing was accepted."""

    def __init__(self, account: str, message: str, until: datetime) -> None:
        super().__init__(account, message)
        self.until = until


class Unavailable(MarketplaceError):
    """Not reached, or its own fault on a read; for a send: nothing left us."""


class Rejected(MarketplaceError):
    """Understood and refused, in the marketplace's own error form."""


class OutcomeUnknown(MarketplaceError):
    """A send left us and no clear answer came: it may or may not have arrived."""


class UnexpectedResponse(MarketplaceError):
    """An answer we can't read."""


class NotTheMarketplace(UnexpectedResponse):
    """An answer that is not the marketplace's, most likely a network's own log-in page."""
