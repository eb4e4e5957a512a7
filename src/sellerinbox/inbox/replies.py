"""Answering: the one way into the outbox, canned replies, drafts, and what is on its way.

Every text that leaves passes `queue` and with it the guard; the sync process asks the guard
again right before the first byte goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sellerinbox import guard
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import ConversationRow, Direction, Key, Kind
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.domain.text import clean
from sellerinbox.inbox.files import Files

if TYPE_CHECKING:
    from sellerinbox.replies import CannedReply
    from sellerinbox.replies import Replies as CannedReplies


@dataclass(frozen=True, slots=True)
class Prepared:
    """A canned reply filled in for one conversation."""

    reply: CannedReply
    text: str
    missing: tuple[str, ...]
    """Variables without a value; they still stand in the text and must be asked for."""
    language: str
    exact: bool
    """False when the reply has no text in the buyer's language and another was taken."""
    thread_language: str | None


class Replies:
    """What the seller writes."""

    def __init__(self, files: Files, canned: Callable[[], CannedReplies], clock: Clock, enqueued: Callable[[], None]) -> None:
        self._files = files
        self._load = canned
        self._canned: CannedReplies | None = None
        self._clock = clock
        self._enqueued = enqueued

    @property
    def canned(self) -> CannedReplies:
        """The canned replies, read when first asked for; mistakes in the seller's own files are its `problems`."""
        if self._canned is None:
            self._canned = self._load()
        return self._canned

    def check(self, key: Key, text: str) -> tuple[guard.Finding, ...]:
        """What the guard says of a text to this conversation."""
        return guard.check(clean(text).strip(), PROFILES[self._row(key).marketplace])

    def queue(self, key: Key, text: str, *, undo_seconds: float = 0, accept_warnings: bool = False, from_draft: bool = False) -> OutboxItem:
        """Decide to send: guard, then outbox; goes out after `undo_seconds`.

        The same text pressed again within 2 s is the same reply. `from_draft`: the text was the
        conversation's draft, which ends with it, as does one of the same words; any other stays. Raises `UsageError` for an
        empty text or a conversation that can't be answered, `GuardBlocked` with the findings.
        """
        text = clean(text).strip()
        row = self._row(key)
        if not text:
            raise UsageError("The reply is empty, so nothing was sent; write something first.")
        if row.kind is Kind.MARKETPLACE:
            raise UsageError("This is a notice from the marketplace itself; it can't be answered, so nothing was sent.")
        guard.require(text, PROFILES[row.marketplace], accept_warnings=accept_warnings)
        now = self._clock.now()
        store = self._files.store  # may import the ORM, which must not eat into the undo window
        leaves = self._clock.now() + timedelta(seconds=undo_seconds)
        with store.write() as session:
            item = store.outbox.enqueue(OutboxKind.REPLY, key, text, at=now, not_before=leaves, session=session)
            # An earlier press comes back as the item it made; times are stored in whole milliseconds.
            if now - item.created_at < timedelta(milliseconds=1):
                store.journal.append("reply", key, {"outbox": item.id}, at=now, session=session)
            if from_draft or self.draft(key).strip() == text:
                store.drafts.save(key, "", at=now, session=session)
        self._enqueued()
        return item

    def prepare(self, key: Key, name: str, given: Mapping[str, str] | None = None) -> Prepared:
        """A canned reply, by name or key, filled in for a conversation; `given` values win.

        Raises `NotFound` when there is no such reply.
        """
        from sellerinbox import replies as canned

        reply = self.canned.by_key(name) or self.canned.by_name(name)
        if reply is None:
            raise NotFound(f"There is no canned reply “{name}”; `sellerinbox replies` lists them.")
        view = self._files.windows.thread(key, 30)
        theirs = [entry.text for entry in view.entries if entry.direction is Direction.IN]
        thread_language = canned.language_of(theirs, canned.LANGUAGES)
        text, language, exact = canned.variant(reply, thread_language)
        label = PROFILES[view.row.marketplace].label
        values = canned.values_for(view.row, self._files.windows.order(key), label, self._clock.now().astimezone(), language)
        filled = canned.fill(text, {**values, **(given or {})})
        return Prepared(reply, filled.text, filled.missing, language, exact, thread_language)

    def draft(self, key: Key) -> str:
        """The text being written to a conversation; empty when there is none."""
        return self._files.windows.draft(key)

    def save_draft(self, key: Key, text: str) -> None:
        """Keep what is being typed; an empty text removes the draft."""
        self._files.store.drafts.save(key, text, at=self._clock.now())

    def outbox(self, limit: int = 50) -> tuple[OutboxItem, ...]:
        """What waits, goes, went, or is unconfirmed; newest first."""
        return self._files.windows.outbox(limit)

    def get(self, item_id: int) -> OutboxItem:
        """One outbox item. Raises `NotFound`."""
        item = self._files.windows.outbox_item(item_id)
        if item is None:
            raise NotFound(f"There is no outbox item {item_id}; `sellerinbox outbox` lists them.")
        return item

    def cancel(self, item_id: int) -> OutboxItem:
        """Call a reply back; its text becomes the conversation's draft again.

        Raises `UsageError` when it is too late, and never claims a call-back that came too late.
        """
        item = self.get(item_id)
        store = self._files.store
        if not store.outbox.cancel(item_id):
            raise UsageError(too_late(self.get(item_id)))
        if item.kind is OutboxKind.REPLY:
            keep_text(self._files, item, self._clock)
        self._enqueued()
        return self.get(item_id)

    def send_now(self) -> None:
        """End all undo windows: what waits goes out at once."""
        self._files.store.outbox.end_undo_windows(self._clock.now())
        self._enqueued()

    def retry(self, item_id: int) -> OutboxItem:
        """Send a rejected reply, or one that two looks did not find, again: the seller's own decision.

        Raises `UsageError` when it may still have arrived, or has.
        """
        item = self.get(item_id)
        if item.state is OutboxState.UNCONFIRMED and not item.not_found:
            raise UsageError("It may still have arrived; sync again and wait a minute before sending it a second time.")
        if item.state not in (OutboxState.UNCONFIRMED, OutboxState.REJECTED):
            raise UsageError(f"This reply is {item.state}, so there is nothing to send again.")
        if item.kind is OutboxKind.REPLY:
            row = self._row(Key(item.account, item.remote_id))
            guard.require(item.text, PROFILES[row.marketplace], accept_warnings=True)
        self._files.store.outbox.resend(item_id, at=self._clock.now())
        self._enqueued()
        return self.get(item_id)

    def _row(self, key: Key) -> ConversationRow:
        row = self._files.windows.row(key)
        if row is None:
            raise NotFound(f"There is no conversation {key} in this inbox; `sellerinbox list --view all` shows what there is.")
        return row


def too_late(item: OutboxItem) -> str:
    """Why an item can't be called back, as a plain sentence."""
    words = {
        OutboxState.SENDING: "it is being sent right now",
        OutboxState.SENT: "it has arrived at the marketplace",
        OutboxState.CANCELLED: "it was called back before",
        OutboxState.UNCONFIRMED: "it may have arrived; the next sync will tell",
    }
    return f"Too late to call this reply back: {words.get(item.state, item.state)}."


def keep_text(files: Files, item: OutboxItem, clock: Clock) -> bool:
    """Make a called-back reply the draft of its conversation; False when something else is being written there."""
    key = Key(item.account, item.remote_id)
    if files.windows.draft(key):
        return False
    files.store.drafts.save(key, item.text, at=clock.now())
    return True
