"""What each marketplace allows, importable without its adapter: the screen and the command line ask here."""

from __future__ import annotations

from sellerinbox.domain.accounts import Capabilities, Policy, Profile

PROFILES = {
    "ebay": Profile(
        name="ebay",
        label="eBay",
        capabilities=Capabilities(block_remote=False),
        policy=Policy(max_length=2000),
        secrets=("client_id", "client_secret", "refresh_token"),
        block_page="https://www.ebay.com/bmgt/BuyerBlock",
    ),
}
"""Marketplace name → profile. eBay has no call that blocks a buyer (Trading schema 1487, API index of September 2026)."""
