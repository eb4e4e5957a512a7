"""Buyers: the local block list, and what the seller said of the marketplace's own.

No marketplace here blocks a buyer by API. So the block is kept here, shown on every new order,
and the official page is named; whether the seller did it there is recorded as his word.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import N_, _
from sellerinbox.inbox.files import Files

REASONS = {
    "abuse": N_("insults or threats"),
    "fraud": N_("fraud or attempted fraud"),
    "returns": N_("abuse of returns or claims"),
    "unpaid": N_("does not pay"),
    "off-platform": N_("insists on dealing off the platform"),
    "other": N_("another reason (write it in the note)"),
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
            raise UsageError(_("“{reason}” is not a reason; choose one of {known}.").format(reason=reason, known=", ".join(REASONS)))
        order = self._files.windows.order(key) if key else None
        order_id = order.order.order_id if order else None
        block = Block(account, buyer, reason, note, key, order_id, self._clock.now(), "none")
        store = self._files.store
        with store.write() as session:
            before = self.get(account, buyer)
            store.blocks.block(block, session=session)
            undo = {"account": account, "buyer": buyer, "before": None if before is None else _kept(before)}
            store.journal.append("block", key, undo, at=block.blocked_at, session=session)
        return block

    def unblock(self, account: str, buyer: str) -> None:
        """Take a buyer off the local list. Raises `NotFound` when he isn't on it."""
        block = self.get(account, buyer)
        if block is None:
            raise NotFound(
                _("{buyer} is not on the block list of {account}; `sellerinbox blocked` shows who is.").format(buyer=buyer, account=account)
            )
        store = self._files.store
        with store.write() as session:
            store.blocks.unblock(account, buyer, session=session)
            store.journal.append("unblock", block.conversation, _kept(block), at=self._clock.now(), session=session)

    def set_remote(self, account: str, buyer: str, remote: str) -> None:
        """Record what the seller said of the marketplace's own list: one of `REMOTE`."""
        if remote not in REMOTE:
            raise UsageError(_("“{remote}” is not known; it is one of {known}.").format(remote=remote, known=", ".join(REMOTE)))
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


def _kept(block: Block) -> dict[str, Any]:
    """A block as the journal keeps it."""
    return {
        "account": block.account,
        "buyer": block.buyer,
        "reason": block.reason,
        "note": block.note,
        "conversation": None if block.conversation is None else block.conversation.remote_id,
        "order_id": block.order_id,
        "blocked_at": block.blocked_at.isoformat(),
        "remote": block.remote,
    }


def block_from(kept: dict[str, Any]) -> Block:
    """The block that the journal kept."""
    conversation = None if kept["conversation"] is None else Key(kept["account"], kept["conversation"])
    return Block(**{**kept, "conversation": conversation, "blocked_at": datetime.fromisoformat(kept["blocked_at"])})
