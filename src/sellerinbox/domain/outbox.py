"""The outbox: what the seller has decided and the marketplace has not yet confirmed.

            enqueue                claim                 ok
  (draft) ─────────► QUEUED ─────────────► SENDING ─────────────► SENT
                      │  ▲                   │ │ │
          cancel/undo │  └── not accepted ───┘ │ └── refused ───► REJECTED
                      ▼      (try later)       │                     ▲
                  CANCELLED                    └── no answer, or the process died ──► UNCONFIRMED
                                                     found in the thread → SENT
                                                     the seller decides  → QUEUED or CANCELLED
            QUEUED goes to REJECTED as well, when the buyer writes before the reply has left: it
            answers something else now, and waits for the seller to look again.

No text is ever sent again by itself once its first byte may have left us: no marketplace
messaging call here has a key that makes a repeat harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OutboxState(StrEnum):
    """Where an outbox item stands; every item is in exactly one."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"


class OutboxKind(StrEnum):
    """What an item asks of the marketplace."""

    REPLY = "reply"
    MARK_READ = "mark_read"
    MARK_UNREAD = "mark_unread"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"

    @property
    def repeatable(self) -> bool:
        """True when doing it twice changes nothing, so that an unclear outcome may simply be tried again."""
        return self is not OutboxKind.REPLY


_S = OutboxState
TRANSITIONS: dict[OutboxState, frozenset[OutboxState]] = {
    _S.QUEUED: frozenset({_S.SENDING, _S.CANCELLED, _S.REJECTED}),
    _S.SENDING: frozenset({_S.SENT, _S.REJECTED, _S.UNCONFIRMED, _S.QUEUED}),
    _S.UNCONFIRMED: frozenset({_S.SENT, _S.QUEUED, _S.CANCELLED}),
    _S.REJECTED: frozenset({_S.QUEUED, _S.CANCELLED}),
    _S.SENT: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""The only changes of state that exist."""


def may_become(before: OutboxState, after: OutboxState) -> bool:
    """Whether an item in `before` may go to `after`."""
    return after in TRANSITIONS[before]


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One thing on its way to a marketplace."""

    id: int
    kind: OutboxKind
    account: str
    remote_id: str
    """The conversation's id at the marketplace."""
    text: str
    state: OutboxState
    attempts: int
    created_at: datetime
    not_before: datetime
    """Not sent earlier: the undo window, or the time a rate limit named."""
    claimed_at: datetime | None = None
    newest_known_id: str | None = None
    """The newest message id known in the thread before the first byte went out."""
    sent_id: str | None = None
    """The marketplace's id of the message, once it is sent."""
    reason: str | None = None
    """Why it was rejected, is unconfirmed, or waits; fit to show."""
    looked_at: datetime | None = None
    """When an unconfirmed reply was first looked for in the thread without being found."""
    not_found: bool = False
    """True after two looks at least 60 s apart did not find it: the seller may send it again."""
    ack_only: bool = False
    """A greeting or holding reply: the answer itself is still owed."""
    canned: str | None = None
    """Name of the canned reply it was made from."""
    then: str = "stay"
    """What was done to the conversation with it: `stay`, `close` or `snooze`."""
    accepted: str | None = None
    """Why the seller sent it in spite of what the guard said; None when there was nothing to overrule."""
