"""Answering: the one way into the outbox, canned replies, drafts, and what is on its way.

Every text that leaves passes `queue` and with it the guard; the sync process asks the guard
again right before the first byte goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sellerinbox import guard
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import ConversationRow, Key, Kind
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.domain.text import clean
from sellerinbox.i18n import _
from sellerinbox.inbox import sending
from sellerinbox.inbox.context import SEEN, guard_context
from sellerinbox.inbox.desk import Desk
from sellerinbox.inbox.files import Files
from sellerinbox.inbox.sending import Then

if TYPE_CHECKING:
    from pathlib import Path

    from sellerinbox.domain.calendar import Calendar
    from sellerinbox.domain.orders import OrderMatch
    from sellerinbox.domain.promises import Promised
    from sellerinbox.domain.snooze import Snooze
    from sellerinbox.domain.views import CannedUse, ThreadEntry, ThreadView
    from sellerinbox.inbox.facts import Facts
    from sellerinbox.inbox.preparing import Here, Prepared
    from sellerinbox.inbox.review import Review
    from sellerinbox.replies import CannedReply, Effects, Ranked, Situation
    from sellerinbox.replies import Replies as CannedReplies


class Replies:
    """What the seller writes."""

    def __init__(
        self,
        files: Files,
        canned: Callable[[], CannedReplies],
        clock: Clock,
        enqueued: Callable[[], None],
        calendar: Callable[[], Calendar],
        rules: Callable[[], guard.Catalogue] | None = None,
    ) -> None:
        self._files = files
        self._load_rules = rules or guard.shipped
        self._rules: guard.Catalogue | None = None
        self._calendar = calendar
        self._load = canned
        self._canned: CannedReplies | None = None
        self._clock = clock
        self._enqueued = enqueued
        self._desk = Desk(files, clock, enqueued)

    @property
    def canned(self) -> CannedReplies:
        """The canned replies, read when first asked for; mistakes in the seller's own files are its `problems`."""
        if self._canned is None:
            self._canned = self._load()
        return self._canned

    @property
    def rules(self) -> guard.Catalogue:
        """The guard's rules, read when first asked for. Raises `ConfigError` for a file of the seller's that can't be used."""
        if self._rules is None:
            self._rules = self._load_rules()
        return self._rules

    def context(self, key: Key, canned: str | None = None) -> guard.Context:
        """What the guard is told of a conversation. Raises `NotFound`."""
        return guard_context(*self._seen(key), canned=canned)

    def check(self, key: Key, text: str) -> tuple[guard.Finding, ...]:
        """What the guard says of a text to this conversation, as it is typed: places are those of this very text.

        Raises `NotFound`, and `GuardBlocked` when the check itself fails.
        """
        return guard.look(text, self.context(key), self.rules)

    def review(self, key: Key, text: str, *, canned: Prepared | None = None) -> Review:
        """The last look at a reply: what was found, promised, left unanswered.

        A canned reply sent as it is promises what its author wrote down; any other text what is found in it.
        Raises `NotFound`, `GuardBlocked` when the check fails.
        """
        from sellerinbox.inbox.review import review

        view, match = self._seen(key)
        context = guard_context(view, match, canned=canned.reply.name if canned else None)
        looked = review(view, text, context, self._calendar(), self._clock.now(), self.rules)
        if canned is not None and looked.text == clean(canned.text).strip():
            if canned.promise is not None:
                return looked._replace(promises=(canned.promise,))
            if canned.reply.effects.ack_only:  # “until then” names the promise there is; it makes no other
                return looked._replace(promises=())
        return looked

    def submit(
        self,
        review: Review,
        *,
        undo_seconds: float = 0,
        canned: Prepared | None = None,
        from_draft: bool = False,
        wish: str = "send",
        snooze: Snooze | None = None,
        keep_promises: bool = True,
        reason: str = "",
        accept_warnings: bool = False,
    ) -> OutboxItem:
        """Queue a reply that was looked at, with all that belongs to it. Raises as `queue`.

        `wish` is `send`, `close` or `snooze`; a canned reply brings its own snooze and tags.
        `reason` is why it goes in spite of what was found.
        """
        effects = canned.effects if canned else None
        then, put_off = self._then(wish, snooze, effects)
        return self.queue(
            review.key,
            review.text,
            undo_seconds=undo_seconds,
            accept_warnings=accept_warnings,
            from_draft=from_draft,
            then=then,
            snooze=put_off,
            promises=review.promises if keep_promises else (),
            ack_only=effects is not None and effects.ack_only,
            tags=effects.tags if effects else (),
            seen_id=review.seen_id,
            canned=canned.reply.name if canned else None,
            reason=reason or None,
        )

    def _then(self, wish: str, snooze: Snooze | None, effects: Effects | None) -> tuple[Then, Snooze | None]:
        if snooze is not None:
            return "snooze", snooze
        if wish == "close" or (effects is not None and effects.close):
            return "close", None
        if effects is not None and effects.snooze:
            from sellerinbox.domain.snooze import parse

            return "snooze", parse(effects.snooze, self._clock.now(), self._calendar())
        return "stay", None

    def queue(
        self,
        key: Key,
        text: str,
        *,
        undo_seconds: float = 0,
        accept_warnings: bool = False,
        from_draft: bool = False,
        then: Then = "stay",
        snooze: Snooze | None = None,
        promises: Sequence[Promised] = (),
        ack_only: bool = False,
        tags: Iterable[str] = (),
        seen_id: str | None = None,
        canned: str | None = None,
        reason: str | None = None,
    ) -> OutboxItem:
        """Decide to send: guard, then outbox; goes out after `undo_seconds`. All that belongs to it is one action, for undo too.

        The same text pressed again within 2 s is the same reply. `from_draft`: the text was the
        conversation's draft, which ends with it, as does one of the same words; any other stays.
        `then` closes or (with `snooze`) puts off the conversation; `promises` are written down with it,
        and what was promised before is renewed by them; `ack_only` is a greeting or holding reply, which
        leaves the answer owed; `canned` names the reply it was made from; `reason` says why it goes in
        spite of what the guard found, and is kept. `seen_id` is the newest message
        that the seller had before him.

        Raises `UsageError` for an empty text or a conversation that can't be answered, `GuardBlocked` with
        the findings, `Interrupted` when the buyer wrote after `seen_id`, `PromiseOpen` when it would close a
        conversation over a promise; then nothing is queued.
        """
        text = clean(text).strip()
        row = self._row(key)
        if not text:
            raise UsageError(_("The reply is empty, so nothing was sent; write something first."))
        if row.kind is Kind.MARKETPLACE:
            raise UsageError(_("This is a notice from the marketplace itself; it can't be answered, so nothing was sent."))
        beside = sending.beside(then, snooze, promises, tags, self._clock, self._calendar)
        guard.require(text, self.context(key, canned), accept_warnings=accept_warnings, reason=reason, catalogue=self.rules)
        self._files.open()  # may import the ORM, which must not eat into the undo window
        reply = sending.Outgoing(key, text, timedelta(seconds=undo_seconds), ack_only, canned, seen_id, from_draft, reason)
        with self._desk.act() as act:
            return sending.submit(act, reply, beside)

    def prepare(
        self,
        key: Key,
        name: str,
        given: Mapping[str, str] | None = None,
        *,
        more: Sequence[str] = (),
        swaps: Mapping[str, str] | None = None,
    ) -> Prepared:
        """A canned reply, by the key it has here and now or by name, filled in for a conversation; `given` values win.

        `more` are names of others that become one message with it, `swaps` (kind → name) takes other blocks of them.
        Raises `NotFound` when there is no such reply, `UsageError` for replies that don't go together.
        """
        from sellerinbox.inbox.preparing import prepare

        here = self._here(key)
        on_key = self._nine(here.situation).get(name) if len(name) == 1 else None
        first = on_key.reply if on_key else self._named(name)
        return prepare(self.canned, (first, *map(self._named, more)), here, given or {}, swaps)

    def keep(self, key: Key, name: str, text: str, folder: Path) -> Path:
        """Make a canned reply of a text to this conversation; its facts become variables. Returns the new file.

        Raises `UsageError` for a name that can't be one, `ConfigError` when the folder can't be written.
        """
        from sellerinbox.inbox.preparing import keep

        path = keep(folder, self.canned, self._here(key), name, text)
        self._canned = None
        return path

    def _named(self, name: str) -> CannedReply:
        reply = self.canned.by_name(name)
        if reply is None:
            raise NotFound(_("There is no canned reply “{name}”; `sellerinbox replies` lists them.").format(name=name))
        return reply

    def _here(self, key: Key) -> Here:
        from sellerinbox.inbox.choosing import situation
        from sellerinbox.inbox.preparing import Here

        view, match = self._seen(key)
        return Here(view, match, situation(self._facts(view.row), view, match), self._clock.now(), self._calendar())

    def _seen(self, key: Key) -> tuple[ThreadView, OrderMatch | None]:
        """What an answer looks at, read once: the conversation and its order. Raises `NotFound`."""
        return self._files.windows.thread(key, SEEN), self._files.windows.order(key)

    def nine(self, key: Key) -> dict[str, Ranked]:
        """What lies on the keys 1 to 9 in this conversation, with the reasons. Raises `NotFound`."""
        return self._nine(self.choice(key))

    def _nine(self, choice: Situation) -> dict[str, Ranked]:
        from sellerinbox import replies as canned

        return canned.nine(self.canned, choice, {use.name: use.sent for use in self.usage()})

    def ranked(self, key: Key) -> tuple[Ranked, ...]:
        """All canned replies, those that fit best first. Raises `NotFound`."""
        from sellerinbox import replies as canned

        return canned.rank(self.canned, self.choice(key), {use.name: use.sent for use in self.usage()})

    def warnings(self, view: ThreadView, entries: Iterable[ThreadEntry]) -> dict[str, tuple[str, ...]]:
        """What to say above messages of the buyer's, by their ids: an invitation off the platform, a trap, a false voice, harm."""
        from sellerinbox.inbox.context import inbound_of

        match = self._files.windows.order(view.row.key)
        return {entry.id: tuple(finding.why for finding in inbound_of(entry, view, match).warnings) for entry in entries}

    def choice(self, key: Key) -> Situation:
        """What the ranking knows of a conversation. Raises `NotFound`."""
        return self._here(key).situation

    def draft(self, key: Key) -> str:
        """The text being written to a conversation; empty when there is none."""
        return self._files.windows.draft(key)

    def save_draft(self, key: Key, text: str) -> None:
        """Keep what is being typed; an empty text removes the draft."""
        self._files.store.drafts.save(key, text, at=self._clock.now())

    def used(self, key: Key) -> tuple[str, ...]:
        """Names of the canned replies that went out, or are about to, in a conversation."""
        return self._files.windows.used(key)

    def usage(self) -> tuple[CannedUse, ...]:
        """How often each canned reply went out, and what the buyers wrote next."""
        return self._files.windows.usage()

    def situation(self, key: Key) -> Facts:
        """What is known of a conversation for choosing a reply. Raises `NotFound`."""
        return self._facts(self._row(key))

    def _facts(self, row: ConversationRow) -> Facts:
        from sellerinbox.inbox.facts import facts

        return facts(self._files.windows, row, self._clock.now(), self._calendar())

    def outbox(self, limit: int = 50) -> tuple[OutboxItem, ...]:
        """What waits, goes, went, or is unconfirmed; newest first."""
        return self._files.windows.outbox(limit)

    def get(self, item_id: int) -> OutboxItem:
        """One outbox item. Raises `NotFound`."""
        item = self._files.windows.outbox_item(item_id)
        if item is None:
            raise NotFound(_("There is no outbox item {item_id}; `sellerinbox outbox` lists them.").format(item_id=item_id))
        return item

    def cancel(self, item_id: int) -> OutboxItem:
        """Call a reply back; its text becomes the conversation's draft again.

        Raises `UsageError` when it is too late, and never claims a call-back that came too late.
        """
        item = self.get(item_id)
        store = self._files.store
        if not store.outbox.cancel(item_id):
            raise UsageError(sending.too_late(self.get(item_id)))
        if item.kind is OutboxKind.REPLY:
            with self._desk.act() as act:
                sending.keep_text(act, item)
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
            raise UsageError(_("It may still have arrived; sync again and wait a minute before sending it a second time."))
        if item.state not in (OutboxState.UNCONFIRMED, OutboxState.REJECTED):
            raise UsageError(_("This reply is {state}, so there is nothing to send again.").format(state=item.state))
        if item.kind is OutboxKind.REPLY:
            context = self.context(Key(item.account, item.remote_id), item.canned)
            guard.require(item.text, context, accept_warnings=True, reason=item.accepted, catalogue=self.rules)
        self._files.store.outbox.resend(item_id, at=self._clock.now())
        self._enqueued()
        return self.get(item_id)

    def _row(self, key: Key) -> ConversationRow:
        row = self._files.windows.row(key)
        if row is None:
            raise NotFound(
                _("There is no conversation {key} in this inbox; `sellerinbox list --view all` shows what there is.").format(key=key)
            )
        return row
