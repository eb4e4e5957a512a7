"""What an error means for an account: which news it is, and how long the account rests."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from enum import StrEnum

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import (
    AuthenticationFailed,
    CredentialsError,
    NotTheMarketplace,
    RateLimited,
    SellerInboxError,
    Unavailable,
)
from sellerinbox.sync import events

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
"""Seconds between tries: doubling from the first to the longest."""
LONGEST_LIMIT = 3600.0
"""Seconds after which a rate limit is tried again, whatever time was named."""
AFTER_BUG = 60.0
_HASTE = 30.0
"""The longest pause while the seller keeps asking: with the doubling before it, six tries in the first minute."""


class Failure(StrEnum):
    """Why a round of an account failed, as the account's status has it."""

    SIGN_IN_NEEDED = "sign_in_needed"
    RATE_LIMITED = "rate_limited"
    OFFLINE = "offline"
    PROBLEM = "problem"


def failure_of(error: SellerInboxError) -> Failure:
    """What kind of trouble an error of ours is."""
    if isinstance(error, (AuthenticationFailed, CredentialsError)):
        return Failure.SIGN_IN_NEEDED
    if isinstance(error, RateLimited):
        return Failure.RATE_LIMITED
    # A hotel's log-in page stands between us and the marketplace: the seller is as good as offline.
    return Failure.OFFLINE if isinstance(error, (Unavailable, NotTheMarketplace)) else Failure.PROBLEM


def news_of(account: str, error: SellerInboxError, next_at: datetime) -> events.SyncEvent:
    """The event that tells of an error."""
    failure = failure_of(error)
    if failure is Failure.SIGN_IN_NEEDED:
        return events.SignInNeeded(account, str(error))
    if failure is Failure.RATE_LIMITED:
        return events.RateLimited(account, next_at, str(error))
    if failure is Failure.OFFLINE:
        return events.Offline(account, str(error), next_at)
    return events.Problem(account, str(error))


class Rest:
    """How long one account leaves its marketplace alone.

    Counts on a clock that never jumps, so that a changed wall clock makes neither a storm
    of tries nor a wait of a day.
    """

    def __init__(self, clock: Clock, chance: random.Random) -> None:
        self._clock = clock
        self._chance = chance
        self._failures = 0
        self._tried = self._until = self._limited_until = clock.monotonic()

    @property
    def left(self) -> float:
        """Seconds until the next try is allowed; 0 when it is."""
        return max(0.0, self._until - self._clock.monotonic())

    @property
    def failing(self) -> bool:
        """Whether the last try went badly: then one careful try is enough, not several at once."""
        return self._failures > 0

    def after(self, error: SellerInboxError) -> datetime:
        """Take note of a failed try; the time of the next one."""
        self._failures += 1
        seconds = back_off(self._failures, self._chance)
        if isinstance(error, RateLimited):
            seconds = max(seconds, within_reason(self._clock, error.until))
            self._limited_until = max(self._limited_until, self._clock.monotonic() + seconds)
        return self._rest(seconds)

    def after_bug(self) -> datetime:
        """As `after`, for a mistake of our own: no use in trying again at once."""
        self._failures += 1
        return self._rest(max(AFTER_BUG, back_off(self._failures, self._chance)))

    def well(self) -> None:
        """A try went well."""
        if not self.left:
            self._failures = 0

    def hurry(self) -> None:
        """The seller waits: shorten a rest that only we chose, never one the marketplace asked for."""
        self._until = max(self._limited_until, min(self._until, self._tried + _HASTE))

    def _rest(self, seconds: float) -> datetime:
        self._tried = self._clock.monotonic()
        self._until = max(self._until, self._tried + seconds)
        return self._clock.now() + timedelta(seconds=self._until - self._tried)


def within_reason(clock: Clock, until: datetime) -> float:
    """Seconds until a time that a marketplace named: at most an hour, whatever it said."""
    return min(max((until - clock.now()).total_seconds(), 0.0), LONGEST_LIMIT)


def back_off(failures: int, chance: random.Random) -> float:
    """Seconds to wait after that many failures in a row, 1 doubling to 300, up to a quarter more by chance.

    Never less: six tries in the first minute are the most a marketplace shall see of us.
    """
    doubled = FIRST_PAUSE * 2.0 ** min(max(failures - 1, 0), 16)
    return min(doubled * chance.uniform(1.0, 1.25), LONGEST_PAUSE)
