"""When an answer is owed.

The clock runs around the clock, weekends included, from the oldest buyer message without
an answer, not the newest (practices 2, 3 and 22). eBay itself names no number of hours:
the 24 h are the seller's own target.
"""

from __future__ import annotations

from datetime import datetime, timedelta

REPLY_TARGET = timedelta(hours=24)


def reply_due(oldest_unanswered_at: datetime | None) -> datetime | None:
    """When the answer is owed, or None when none is."""
    return None if oldest_unanswered_at is None else oldest_unanswered_at + REPLY_TARGET
