"""The hot lane: while a buyer is at his screen, his account is asked for news more often (practice 16).

How often is bounded three times. By the marketplace: nothing is asked while it wants a pause, and the
lane stays shut for a while afterwards. By the day: eBay names no daily limit for messages, so all looks
together stay under the smallest it names for anything, 5,000. By the clock: no lane outlives the ten
minutes after the buyer's last message, whose date may be ahead of our clock by as much and no more.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.models import HOT
from sellerinbox.store.database import Store

EVERY = 20.0
"""Seconds between two looks."""
A_DAY = 2_000
"""Looks of the lane in 24 hours. With the 720 of the usual pace and the threads read for them that leaves room below 5,000."""
SHUT = 900.0
"""Seconds without a lane after the marketplace asked for a pause."""
SHUT_AFTER_TROUBLE = 60.0
"""The same after other trouble: who has just come back is not asked more often at once."""
_DAY = 86_400.0


class HotLane:
    """Whether one account is looked at more often, and how often it was."""

    def __init__(self, account: str, store: Store, clock: Clock) -> None:
        self._account = account
        self._store = store
        self._clock = clock
        self._live_until = self._shut_until = float("-inf")
        self._looks: deque[float] = deque(maxlen=A_DAY)

    def every(self, usual: float) -> float:
        """Seconds until the next look at the account's conversations; `usual` is the pace without a lane."""
        now = self._clock.monotonic()
        self._notice(now)
        if usual <= EVERY or now >= self._live_until or now < self._shut_until or self._spent(now):
            return usual
        self._looks.append(now)
        return EVERY

    def shut(self, *, limited: bool) -> None:
        """Something went wrong; `limited`: the marketplace asked for a pause."""
        seconds = SHUT if limited else SHUT_AFTER_TROUBLE
        self._shut_until = max(self._shut_until, self._clock.monotonic() + seconds)

    def _notice(self, now: float) -> None:
        """Remember a buyer who is there. An answer does not end it: he reads it now, and writes again."""
        wall = self._clock.now()
        latest = self._store.threads.latest_inbound(self._account, since=wall - HOT, until=wall + HOT)
        if latest is not None:
            self._live_until = max(self._live_until, now + (latest + HOT - wall) / timedelta(seconds=1))

    def _spent(self, now: float) -> bool:
        return len(self._looks) == A_DAY and now - self._looks[0] < _DAY
