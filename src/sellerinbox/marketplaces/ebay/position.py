"""Where a reading of eBay's conversations stopped; the rest of the program sees it as opaque text."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sellerinbox.marketplaces.ebay.dates import iso, parse_date
from sellerinbox.marketplaces.ebay.fields import is_entry

OVERLAP = timedelta(minutes=5)
"""Asked for again each time: eBay's index lags behind its messages."""
FULL_EVERY = timedelta(hours=24)
"""`start_time` leaves out threads in which only the seller wrote, so everything is listed now and then."""
NOTICES_EVERY = timedelta(minutes=15)
"""FROM_EBAY takes no `start_time` and is listed whole."""


@dataclass(frozen=True, slots=True)
class Position:
    """`since`: the newest buyer activity that is surely stored, on eBay's own clock; the others: when, on ours."""

    since: datetime | None = None
    full_at: datetime | None = None
    notices_at: datetime | None = None

    @classmethod
    def parse(cls, cursor: str | None) -> Position:
        """Read a cursor; one that can't be read means to begin again, which repeats and never skips."""
        try:
            fields = json.loads(cursor or "{}")
        except ValueError:
            fields = None
        if not is_entry(fields):
            return cls()
        return cls(parse_date(fields.get("since")), parse_date(fields.get("full_at")), parse_date(fields.get("notices_at")))

    def text(self) -> str:
        """As a cursor."""
        moments = {"since": self.since, "full_at": self.full_at, "notices_at": self.notices_at}
        return json.dumps({name: iso(moment) for name, moment in moments.items() if moment is not None})

    def start(self, now: datetime) -> datetime | None:
        """The `start_time` of the next pass over members' threads; None: all of them."""
        return None if self.since is None or _is_due(self.full_at, FULL_EVERY, now) else self.since - OVERLAP

    def notices_due(self, now: datetime) -> bool:
        """Whether eBay's own notices are to be listed."""
        return _is_due(self.notices_at, NOTICES_EVERY, now)

    def after_members(self, newest: datetime | None, *, whole: bool, flawless: bool, now: datetime) -> Position:
        """The position after a pass over members' threads.

        It never moves past something that could not be read; a full pass with such a thing is
        made again soon, not at once, to go easy on the quota.
        """
        if not flawless:
            return replace(self, full_at=now - FULL_EVERY + NOTICES_EVERY) if whole else self
        moments = [moment for moment in (self.since, newest) if moment is not None]
        return replace(self, since=max(moments, default=None), full_at=now if whole else self.full_at)

    def after_notices(self, *, flawless: bool, now: datetime) -> Position:
        """The position after a pass over eBay's notices."""
        return replace(self, notices_at=now) if flawless else self


def _is_due(last: datetime | None, every: timedelta, now: datetime) -> bool:
    # A time ahead of now: the wall clock was moved, so nothing is known.
    return last is None or not timedelta() <= now - last < every
