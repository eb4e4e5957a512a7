"""When an answer is owed.

The clock runs around the clock, weekends included, from the oldest buyer message without
an answer, not the newest (practices 2, 3 and 22). eBay itself names no number of hours:
the 24 h are the seller's own target.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

REPLY_TARGET = timedelta(hours=24)
STRICT_TARGET = timedelta(hours=12)
POSTSALE = "postsale"
PRESALE = "presale"

_NONE: Mapping[str, timedelta] = MappingProxyType({})


class Targets(NamedTuple):
    """How soon the seller wants to answer: in general, per account, per class of message."""

    reply: timedelta = REPLY_TARGET
    accounts: Mapping[str, timedelta] = _NONE
    """Account name → its own target."""
    classes: Mapping[str, timedelta] = _NONE
    """`PRESALE` or `POSTSALE` → its own target."""
    postsale_lead: timedelta = timedelta(hours=1)
    """How much earlier than a question before the sale one after the sale is due (practice 19)."""

    def target(self, account: str | None = None, klass: str | None = None) -> timedelta:
        """The time to answer in; where an account and a class both have one, the shorter."""
        own = [target for target in (self.accounts.get(account or ""), self.classes.get(klass or "")) if target is not None]
        usual = min(own, default=self.reply)
        return max(timedelta(), usual - self.postsale_lead) if klass == POSTSALE else usual


STANDARD = Targets()
STRICT = Targets(reply=STRICT_TARGET)


def reply_due(
    oldest_unanswered_at: datetime | None, targets: Targets = STANDARD, account: str | None = None, klass: str | None = None
) -> datetime | None:
    """When the answer is owed, or None when none is."""
    return None if oldest_unanswered_at is None else oldest_unanswered_at + targets.target(account, klass)
