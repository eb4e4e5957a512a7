"""What is known of a conversation at the moment of choosing a reply."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Situation(NamedTuple):
    """Here and now; every field has a value that says "not known"."""

    klass: str | None = None
    """`presale`, `postsale` or `complaint`."""
    sub_reason: str | None = None
    """One of `REASONS`."""
    order_state: str | None = None
    """`none` (no order at all), `unpaid`, `paid` (and not shipped), `shipped`, `delivered`, `returned`; None when not known."""
    shipped_on: date | None = None
    delivered_on: date | None = None
    last_is_thanks: bool = False
    is_first_message: bool = False
    off_platform_asked: bool = False
    safety: bool = False
    """The buyer wrote of an injury, smoke, a shock, a child."""
    hours_waiting: float = 0.0
    """Since his oldest unanswered message."""
    weekend: bool = False
    """Today is one of the seller's closed days."""
    remedy_executed: bool = False
    open_promise: bool = False
    open_case: bool = False
    evidence: str = "none"
    """`none`, `asked`, `given` or `declined`."""
    used: tuple[str, ...] = ()
    """Names of the replies that went out in this conversation before."""
    marketplace: str = "ebay"
    languages: tuple[str, ...] = ()
    """What the buyer writes in, the likeliest first; empty when it could not be told."""
