"""The local block list. What is known of the marketplace's own list is only what the seller said."""

from __future__ import annotations

from sqlmodel import Session, col, select

from sellerinbox.domain.buyers import Block
from sellerinbox.domain.models import Key
from sellerinbox.store.sessions import Sessions
from sellerinbox.store.tables import BlockRecord
from sellerinbox.store.values import from_ms, storable, to_ms


class Blocks:
    """Blocked buyers, by account."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def block(self, block: Block, session: Session | None = None) -> None:
        """Put a buyer on the list, or change what is noted of him."""
        with self._sessions.joined(session) as own:
            own.merge(_record(block))

    def unblock(self, account: str, buyer: str, session: Session | None = None) -> bool:
        """Take a buyer off the list; False when he was not on it."""
        with self._sessions.joined(session) as own:
            record = own.get(BlockRecord, (storable(account), storable(buyer)))
            if record is not None:
                own.delete(record)
            return record is not None

    def set_remote(self, account: str, buyer: str, remote: str, session: Session | None = None) -> bool:
        """Note what the seller said of the marketplace's own list; False when the buyer is not on ours."""
        with self._sessions.joined(session) as own:
            record = own.get(BlockRecord, (storable(account), storable(buyer)))
            if record is not None:
                record.remote = remote
                own.add(record)
            return record is not None

    def get(self, account: str, buyer: str) -> Block | None:
        """A buyer's entry, if he is on the list."""
        with self._sessions.read() as session:
            record = session.get(BlockRecord, (storable(account), storable(buyer)))
            return None if record is None else _block(record)

    def list(self, account: str | None = None) -> tuple[Block, ...]:
        """Blocked buyers of one account or of all, the latest first."""
        query = select(BlockRecord).order_by(col(BlockRecord.blocked_at).desc(), BlockRecord.account, BlockRecord.buyer)
        if account is not None:
            query = query.where(BlockRecord.account == storable(account))
        with self._sessions.read() as session:
            return tuple(_block(record) for record in session.exec(query))


def _record(block: Block) -> BlockRecord:
    return BlockRecord(
        account=storable(block.account),
        buyer=storable(block.buyer),
        reason=storable(block.reason),
        note=storable(block.note),
        conversation=None if block.conversation is None else storable(block.conversation.remote_id),
        order_id=block.order_id,
        blocked_at=to_ms(block.blocked_at),
        remote=block.remote,
    )


def _block(record: BlockRecord) -> Block:
    return Block(
        account=record.account,
        buyer=record.buyer,
        reason=record.reason,
        note=record.note,
        conversation=None if record.conversation is None else Key(record.account, record.conversation),
        order_id=record.order_id,
        blocked_at=from_ms(record.blocked_at),
        remote=record.remote,
    )
