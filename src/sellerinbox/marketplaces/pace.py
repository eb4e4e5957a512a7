"""How fast one account may ask: what the marketplace told us to wait, and what we impose on ourselves.

Shared by everything that talks for one account, so that one call's 429 also holds back the others.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from secrets import SystemRandom

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import RateLimited, Unavailable
from sellerinbox.i18n import _

LONGEST_WAIT = 3600.0
"""Seconds; what a server asks for beyond that is absurd (faults.md, N6)."""
BACK_OFF = (1.0, 300.0)
"""Seconds: the first pause where no time was given, doubling up to the second."""
FAULTS_A_MINUTE = 6
"""Answers of 5xx within a minute after which nothing more is asked (faults.md, N7)."""

_log = logging.getLogger(__name__)
_random = SystemRandom()


class Pace:
    """The waiting rules of one account.

    Waits are measured on the clock that never jumps, so that moving the wall clock neither
    starts a storm nor a wait of a day.
    """

    def __init__(self, account: str, label: str, clock: Clock) -> None:
        self._account = account
        self._label = label
        self._clock = clock
        self._quiet_until = float("-inf")
        self._limits_in_a_row = 0
        self._faults: deque[float] = deque(maxlen=FAULTS_A_MINUTE)
        self._offset = timedelta()

    def server_now(self) -> datetime:
        """The time on the marketplace's own clock, from the last `Date` it sent; ours until then."""
        return self._clock.now() + self._offset

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take the server's time from an answer."""
        date = _http_date(headers.get("date", ""))
        if date is not None:
            self._offset = date - self._clock.now()

    def check(self) -> None:
        """Whether a request may go out now. Raises `RateLimited` or `Unavailable` when not."""
        left = self._quiet_until - self._clock.monotonic()
        if left > 0:
            raise self._wait(left)
        if self.exhausted():
            raise Unavailable(
                self._account,
                _("{label} has trouble of its own; nothing is lost, it is tried again within a minute.").format(label=self._label),
            )

    def exhausted(self) -> bool:
        """True when the marketplace failed so often within a minute that it is left alone."""
        return len(self._faults) == FAULTS_A_MINUTE and self._clock.monotonic() - self._faults[0] < 60

    def fault(self) -> None:
        """Count an answer that said the marketplace itself is broken."""
        self._faults.append(self._clock.monotonic())

    def well(self) -> None:
        """An ordinary answer: forget earlier trouble."""
        self._faults.clear()
        self._limits_in_a_row = 0

    def limited(self, headers: Mapping[str, str]) -> RateLimited:
        """The error for an answer of 429; nothing goes out before its time."""
        seconds = retry_after(headers, self._clock.now())
        if seconds is None:
            first, longest = BACK_OFF
            seconds = min(longest, first * 2 ** min(self._limits_in_a_row, 20)) * _random.uniform(1.0, 1.25)
            self._limits_in_a_row += 1
        self._quiet_until = max(self._quiet_until, self._clock.monotonic() + seconds)
        _log.info("%s: asked to wait %.0f s", self._account, seconds)
        return self._wait(seconds)

    def _wait(self, seconds: float) -> RateLimited:
        until = self._clock.now() + timedelta(seconds=seconds)
        return RateLimited(
            self._account, _("{label} asks for a pause; nothing is lost, it goes on by itself.").format(label=self._label), until
        )


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait by a `Retry-After` header, at most `LONGEST_WAIT`; None when it makes no sense.

    Both forms of RFC 9110 section 10.2.3. A date is compared with the server's own `Date`, so that
    neither clock needs to be right; `now` stands in where there is none.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:12])
    else:
        until = _http_date(text)
        if until is None:
            return None
        seconds = (until - (_http_date(headers.get("date", "")) or now)).total_seconds()
    return min(seconds, LONGEST_WAIT) if seconds > 0 else None


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
