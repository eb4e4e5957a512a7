"""Orders and parcels: beside a conversation, and looked up."""

from __future__ import annotations

from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.i18n import _
from sellerinbox.inbox.files import Files


class Orders:
    """The orders of all accounts, as last synced."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def beside(self, key: Key) -> OrderMatch | None:
        """The order a conversation is most likely about, or None."""
        return self._files.windows.order(key)

    def by_blocked_buyers(self) -> tuple[OrderMatch, ...]:
        """New orders by buyers who were blocked before: to be cancelled, or to be shipped all the same."""
        return self._files.windows.blocked_orders()

    def find(self, query: str, limit: int = 50) -> tuple[OrderMatch, ...]:
        """Orders by number, tracking number, buyer or item; whole numbers first.

        Raises `UsageError` for an empty query.
        """
        if not query.strip():
            raise UsageError(_("Give an order number, a tracking number, a buyer or an item to look for."))
        return self._files.windows.find_orders(query.strip(), limit)
