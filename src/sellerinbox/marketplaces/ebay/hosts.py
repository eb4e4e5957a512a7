"""Where eBay answers (fact sheet, section 0)."""

from __future__ import annotations

from typing import NamedTuple


class Hosts(NamedTuple):
    """The base addresses in use."""

    api: str
    """Messages, orders, tokens."""
    apiz: str
    """Identity."""


PRODUCTION = Hosts("https://api.ebay.com", "https://apiz.ebay.com")
SANDBOX = Hosts("https://api.sandbox.ebay.com", "https://apiz.sandbox.ebay.com")


def hosts(base_url: str | None) -> Hosts:
    """The hosts of an account; `base_url` replaces every one of them, the sandbox's address means its pair."""
    if base_url is None:
        return PRODUCTION
    base = base_url.rstrip("/")
    return SANDBOX if base == SANDBOX.api else Hosts(base, base)
