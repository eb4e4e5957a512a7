"""What the guard knows besides the text: where it goes, to whom, and how things stand there."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sellerinbox.domain.accounts import Profile

Case = Literal["none", "open", "resolved"]


class Facts(NamedTuple):
    """What the order says, where there is one; None where it says nothing."""

    shipped: bool | None = None
    delivered: bool | None = None
    refunded: bool | None = None
    cancelled: bool | None = None


class Context(NamedTuple):
    """Everything a rule may ask; all of it may be unknown."""

    marketplace: str = "ebay"
    label: str = "eBay"
    limit: int | None = None
    """Characters in one reply; None where the marketplace is not known here."""
    case: Case = "none"
    language: str | None = None
    """The text's language when somebody knows it: en, de, fr, es, zh."""
    known: tuple[str, ...] = ()
    """Ids of this conversation (order, parcel, item numbers): never a telephone number."""
    names: tuple[str, ...] = ()
    """Names this buyer goes by: his user name, the name on the order, how we greeted him, how he signs. Empty when nobody knows."""
    facts: Facts | None = None
    complaint: bool = False
    """The buyer complains: an apology belongs first."""
    safety: bool = False
    """The buyer wrote of harm (burn, rash, smoke, a child)."""
    canned: str | None = None
    """The canned reply the text was made of, when it was."""
    public: bool = False
    """Everybody will read it (a reply to feedback)."""
    tells: str = "en"
    """The language in which the seller is told."""


def of_profile(profile: Profile) -> Context:
    """What is known of a marketplace alone."""
    return Context(profile.name, profile.label, profile.policy.max_length)
