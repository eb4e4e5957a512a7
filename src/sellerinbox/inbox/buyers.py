"""Buyers: the local block list, and what the seller said of the marketplace's own.

No marketplace here blocks a buyer by API. So the block is kept here, shown on every new order,
and the official page is named; whether the seller did it there is recorded as his word.
"""

from __future__ import annotations

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.inbox.files import Files

REASONS = {
    "abuse": "insults or threats",
    "fraud": "fraud or attempted fraud",
    "returns": "abuse of returns or claims",
    "unpaid": "does not pay",
    "off-platform": "insists on dealing off the platform",
    "other": "another reason (write it in the note)",
}
"""Reason → what it means, as offered in the dialog and on the command line."""
REMOTE = ("none", "asked", "done by seller")
"""All that can ever be known of the marketplace's own list."""


class Buyers:
    """The local block list of all accounts."""

    def __init__(self, files: Files, clock: Clock) -> None:
        self._files = files
        self._clock = clock

    def block(self, account: str, buyer: str, reason: str, note: str = "", key: Key | None = None) -> Block:
        """Put a buyer on the local list; again changes the reason.

        Raises `UsageError` for a reason that is not in `REASONS`.
        """
        if reason not in REASONS:
            raise UsageError(f"“{reason}” is not a reason; choose one of {', '.join(REASONS)}.")
        order = self._files.windows.order(key) if key else None
        order_id = order.order.order_id if order else None
        block = Block(account, buyer, reason, note, key, order_id, self._clock.now(), "none")
        store = self._files.store
        with store.write() as session:
            store.blocks.block(block, session=session)
            store.journal.append("block", key, {"account": account, "buyer": buyer}, at=block.blocked_at, session=session)
        return block

    def unblock(self, account: str, buyer: str) -> None:
        """Take a buyer off the local list. Raises `NotFound` when he isn't on it."""
        block = self.get(account, buyer)
        if block is None:
            raise NotFound(f"{buyer} is not on the block list of {account}; `sellerinbox blocked` shows who is.")
        store = self._files.store
        kept = {"account": account, "buyer": buyer, "reason": block.reason, "note": block.note, "remote": block.remote}
        with store.write() as session:
            store.blocks.unblock(account, buyer, session=session)
            store.journal.append("unblock", block.conversation, kept, at=self._clock.now(), session=session)

    def set_remote(self, account: str, buyer: str, remote: str) -> None:
        """Record what the seller said of the marketplace's own list: one of `REMOTE`."""
        if remote not in REMOTE:
            raise UsageError(f"“{remote}” is not known; it is one of {', '.join(REMOTE)}.")
        self._files.store.blocks.set_remote(account, buyer, remote)

    def get(self, account: str, buyer: str) -> Block | None:
        """The block of one buyer, or None."""
        wanted = buyer.casefold()
        return next((b for b in self.blocked() if b.account == account and b.buyer.casefold() == wanted), None)

    def blocked(self) -> tuple[Block, ...]:
        """Everybody on the local list, newest first."""
        return self._files.windows.blocked()

    def conversations(self, buyer: str, limit: int = 50) -> tuple[ConversationRow, ...]:
        """All conversations with a buyer, newest first."""
        return self._files.windows.with_buyer(buyer, limit)

    def block_page(self, marketplace: str) -> str | None:
        """The official page where the seller blocks a buyer himself."""
        return PROFILES[marketplace].block_page
