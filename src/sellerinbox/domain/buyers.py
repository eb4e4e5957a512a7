"""A buyer on the block list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sellerinbox.domain.models import Key


@dataclass(frozen=True, slots=True)
class Block:
    """A buyer on the local block list of one account."""

    account: str
    buyer: str
    reason: str
    note: str
    conversation: Key | None
    order_id: str | None
    blocked_at: datetime
    remote: str
    """What is known of the marketplace's own list: `none`, `asked`, or `done by seller`, never more than he said."""
