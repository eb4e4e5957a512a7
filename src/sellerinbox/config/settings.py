"""The settings as values: one field each, with its default and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sellerinbox.config.paths import Paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import ConfigError


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """How often each thing is asked for."""

    conversations_every: int = 120
    """Seconds between two looks for changed conversations (eBay: 720 calls a day)."""
    orders_every: int = 300
    """Seconds between two looks for changed orders."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the seller decides, checked once at start."""

    paths: Paths
    """Where everything is kept; not in the file."""
    theme: str = "ledger"
    """Name of the colour theme; Ctrl+P in the program lists them."""
    undo_seconds: int = 10
    """Seconds in which a reply sent from the screen can be called back; 0 sends at once."""
    accounts: tuple[Account, ...] = ()
    """The seller's accounts, in the order of the file."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys for a binding: `"reply.canned.1" = "f1"`."""
    sync: SyncSettings = field(default_factory=SyncSettings)
    """How often each thing is asked for."""

    def account(self, name: str) -> Account:
        """The account of that name. Raises `ConfigError` naming the nearest known one."""
        for account in self.accounts:
            if account.name == name:
                return account
        raise ConfigError(f"There is no account called “{name}”{nearest(name, [account.name for account in self.accounts])}.")


def nearest(wrong: str, known: list[str]) -> str:
    """What was probably meant, as the tail of a sentence; empty when nothing is near."""
    from difflib import get_close_matches  # only for a mistake, never at start-up

    found = get_close_matches(wrong, known, n=1, cutoff=0.5)
    if found:
        return f"; the nearest one is “{found[0]}”"
    return f"; there are: {', '.join(sorted(known))}" if known else ""
