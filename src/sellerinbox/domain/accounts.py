"""Seller accounts, and what a marketplace allows: capabilities, policy, profile.

The first screen waits for these: a named tuple takes a third of a data class's time to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Account:
    """One seller account on one marketplace, named by the seller."""

    name: str
    marketplace: str
    base_url: str | None = None
    """Points every host of the marketplace at another server (the simulator, a test)."""
    secret_command: str | None = None
    """A command that prints a secret; `{name}` in it becomes the secret's name."""

    def variable(self, secret: str) -> str:
        """The environment variable that may hold a secret: `SELLERINBOX_SECRET_SHOP_UK_REFRESH_TOKEN`."""
        words = f"sellerinbox_secret_{self.name}_{secret}".upper()
        return "".join(char if char.isascii() and char.isalnum() else "_" for char in words)


class Seller(NamedTuple):
    """Who is signed in, as the marketplace knows him."""

    user_id: str
    """Never changes."""
    name: str
    """May change."""


class Capabilities(NamedTuple):
    """What a marketplace lets a program do."""

    reply: bool = True
    mark_read: bool = True
    archive: bool = True
    block_remote: bool = False
    """True only where an API blocks a buyer; otherwise the seller does it on `Profile.block_page`."""


class Policy(NamedTuple):
    """What a marketplace asks of a reply."""

    max_length: int = 2000
    """Characters in one reply, as the marketplace counts them (eBay: errorId 355013 above 2,000)."""


class Profile(NamedTuple):
    """Label, capabilities and policy of a marketplace, known without opening anything."""

    name: str
    """As in the settings: `ebay`."""
    label: str
    """As shown: `eBay`."""
    capabilities: Capabilities
    policy: Policy
    secrets: tuple[str, ...] = ()
    """Names of the secrets an account needs, in the order in which sign-in asks for them."""
    block_page: str | None = None
    """The official page on which the seller keeps his block list."""
