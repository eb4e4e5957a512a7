"""A seller who does and undoes in any order, buyers who write whenever they like: nothing is lost, nothing is hidden.

The model is small: what was seen before each action, and what each buyer wrote that the seller
has not dealt with. Undo with nothing between gives back exactly what was seen; whatever came
between, a buyer's message stays in the list and a promise stays open until it is closed for a reason.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import NotFound, PromiseOpen, UsageError
from sellerinbox.domain.models import Key, State
from sellerinbox.domain.outbox import OutboxKind, OutboxState
from sellerinbox.domain.promises import NewPromise, PromiseState
from sellerinbox.domain.snooze import Snooze
from sellerinbox.store.database import Store
from tests.fakes import FakeClock
from tests.inbox.conftest import PAGES, open_inbox
from tests.store.making import ACCOUNT, T0, key, theirs, thread

ONE = st.sampled_from([key(name) for name in ("ann", "bob", "cat", "dan")])
SOME = st.lists(ONE, min_size=1, max_size=3, unique=True)
THANKS = "Thank you!"


class InboxMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.home, self.clock = Path(self.folder.name), FakeClock()
        with Store.open(self.home / "data" / "inbox.db", self.home / "state", self.clock) as store:
            store.accounts.ensure(Account(ACCOUNT, "ebay"))
            store.threads.save_page(ACCOUNT, PAGES, cursor=None, at=T0)
        self.inbox = open_inbox(self.home, self.clock)
        self.events = 0
        """Things that others did: buyers, the marketplace, the clock."""
        self.stack: list[tuple[list[object], int]] = []
        """For each action not taken back: what was seen before it, and the events until then."""
        self.unseen: dict[Key, str] = {}
        """Buyer's messages, more than thank-yous, since the seller last did anything to the conversation."""
        self.number = 0

    def teardown(self) -> None:
        self.inbox.close()
        self.folder.cleanup()

    def seen(self) -> list[object]:
        """What the seller sees but for drafts: a called-back reply becomes one, which is more than there was."""
        rows = self.inbox.conversations.page("all", 99)
        return [(replace(row, has_draft=False), self.inbox.promises.of(row.key), self.inbox.notes.list(row.key)) for row in rows]

    def act(self, keys: list[Key], do) -> None:
        """One action of the seller; the journal says whether it was one."""
        before, last = self.seen(), self.inbox.files.store.journal.last()
        try:
            do()
        except (PromiseOpen, UsageError, NotFound):
            assert self.seen() == before
            return
        if self.inbox.files.store.journal.last() != last:
            self.stack.append((before, self.events))
            for each in keys:
                self.unseen.pop(each, None)

    # --- the seller ------------------------------------------------------------------------

    @rule(keys=SOME)
    def done(self, keys: list[Key]) -> None:
        bound = {each for each in keys if self.row(each).state is not State.CLOSED and self.open_promises(each)}
        try:
            self.act(keys, lambda: self.inbox.conversations.done(*keys))
        finally:
            assert not any(self.row(each).state is State.CLOSED for each in bound)

    @rule(keys=SOME)
    def reopen(self, keys: list[Key]) -> None:
        self.act(keys, lambda: self.inbox.conversations.reopen(*keys))

    @rule(keys=SOME, hours=st.sampled_from([1, 30]), condition=st.sampled_from(["time", "no_answer", "tracking"]))
    def snooze(self, keys: list[Key], hours: int, condition: str) -> None:
        until = None if condition == "tracking" else self.clock.now() + timedelta(hours=hours)
        self.act(keys, lambda: self.inbox.conversations.snooze(keys, Snooze(until, condition)))

    @rule(keys=SOME)
    def unsnooze(self, keys: list[Key]) -> None:
        self.act(keys, lambda: self.inbox.conversations.unsnooze(*keys))

    @rule(keys=SOME)
    def no_reply_needed(self, keys: list[Key]) -> None:
        self.act(keys, lambda: self.inbox.conversations.no_reply_needed(*keys))

    @rule(keys=SOME, add=st.sampled_from(["x", "y"]), remove=st.sampled_from(["x", "y"]))
    def tag(self, keys: list[Key], add: str, remove: str) -> None:
        self.act(keys, lambda: self.inbox.conversations.tag(keys, add=(add,), remove=(remove,)))

    @rule(one=ONE, buyer=st.booleans())
    def note(self, one: Key, buyer: bool) -> None:
        self.act([], lambda: self.inbox.notes.add(one, "a note", buyer=buyer))

    @rule(one=ONE)
    def promise(self, one: Key) -> None:
        self.act([], lambda: self.inbox.promises.add(one, "call", self.clock.now() + timedelta(hours=5)))

    @rule(renew=st.booleans())
    def settle_promise(self, renew: bool) -> None:
        if found := self.inbox.promises.open(1):
            later, promises = self.clock.now() + timedelta(hours=9), self.inbox.promises
            self.act([], lambda: promises.renew(found[0].id, later) if renew else promises.drop(found[0].id, "no need"))

    @rule(one=ONE, then=st.sampled_from(["stay", "close", "snooze"]), ack=st.booleans(), promises=st.booleans())
    def reply(self, one: Key, then: str, ack: bool, promises: bool) -> None:
        self.number += 1
        soon = self.clock.now() + timedelta(hours=2)
        made = (NewPromise("an answer", soon),) if promises else ()
        snooze = Snooze(soon) if then == "snooze" else None
        text = f"It left today, parcel {self.number}."
        self.inbox.replies.save_draft(one, "")
        self.act(
            [one],
            lambda: self.inbox.replies.queue(
                one, text, undo_seconds=60, accept_warnings=True, then=then, ack_only=ack, promises=made, snooze=snooze, tags=("told",)
            ),
        )

    @rule()
    def undo(self) -> None:
        if not self.stack:
            try:
                self.inbox.history.undo()
            except NotFound:
                return
            raise AssertionError("something was taken back that nobody did")
        before, events = self.stack.pop()
        said = self.inbox.history.undo()
        assert said.strip()
        if events == self.events:
            assert self.seen() == before

    @rule()
    def restart(self) -> None:
        self.inbox.close()
        self.inbox = open_inbox(self.home, self.clock)

    # --- everybody else --------------------------------------------------------------------

    @rule(one=ONE, text=st.sampled_from([THANKS, "Where is it?", "Thanks, but it is broken."]))
    def buyer_writes(self, one: Key, text: str) -> None:
        self.events += 1
        self.number += 1
        self.clock.move(1)
        message = theirs(f"n{self.number}", 0, text, sent_at=self.clock.now())
        name = one.remote_id
        page = next(page for page in PAGES if page.conversation.key == one)
        self.store.threads.save_page(
            ACCOUNT, [thread(message, remote_id=name, buyer=name, listing=page.conversation.listing_id)], cursor=None, at=self.clock.now()
        )
        if text != THANKS:
            self.unseen[one] = text

    @rule(minutes=st.sampled_from([2, 70, 2000]))
    def time_passes(self, minutes: int) -> None:
        self.clock.move(minutes * 60)
        self.events += bool(self.inbox.conversations.wake())

    @rule(end=st.sampled_from(["sent", "refused", "unclear"]))
    def sender(self, end: str) -> None:
        self.events += 1
        outbox = self.store.outbox
        while (item := outbox.claim_next(ACCOUNT, self.clock.now())) is not None:
            if item.kind is not OutboxKind.REPLY:
                outbox.mark_sent(item.id)
                continue
            if end == "sent":
                outbox.mark_sent(item.id, f"r{item.id}", self.clock.now(), author="seller")
            elif end == "refused":
                outbox.mark_rejected(item.id, "no")
            else:
                outbox.mark_unconfirmed(item.id, "no answer")
        for item in outbox.unconfirmed(ACCOUNT):
            if end == "sent":
                outbox.settle(item.id, f"r{item.id}", at=self.clock.now(), complete=True)

    # --- what must hold --------------------------------------------------------------------

    @property
    def store(self) -> Store:
        return self.inbox.files.store

    def row(self, one: Key):
        return self.inbox.conversations.row(one)

    def open_promises(self, one: Key) -> list[int]:
        return [each.id for each in self.inbox.promises.of(one) if each.state is PromiseState.OPEN]

    @invariant()
    def what_a_buyer_wrote_is_in_the_list(self) -> None:
        listed = {row.key for row in self.inbox.conversations.page("inbox", 99)}
        assert set(self.unseen) <= listed
        assert set(self.unseen) <= {row.key for row in self.inbox.conversations.page("due", 99)}

    @invariant()
    def every_conversation_is_in_one_place(self) -> None:
        places = [[row.key for row in self.inbox.conversations.page(view, 99)] for view in ("inbox", "snoozed", "closed")]
        assert sorted(chain.from_iterable(places)) == sorted(row.key for row in self.inbox.conversations.page("all", 99))

    @invariant()
    def the_ledger_and_the_list_agree(self) -> None:
        open_ = {each.id for each in self.inbox.promises.open(99)}
        rows = self.inbox.conversations.page("all", 99)
        assert open_ == {number for row in rows for number in self.open_promises(row.key)}
        assert {row.key for row in self.inbox.conversations.page("promises", 99)} == {
            row.key for row in rows if self.open_promises(row.key)
        }
        assert all((row.promise_due is not None) == bool(self.open_promises(row.key)) for row in rows)
        assert self.inbox.conversations.counts().promises_open == len(open_)

    @invariant()
    def a_promise_is_closed_only_by_an_answer_a_date_a_reason_or_undo(self) -> None:
        for row in self.inbox.conversations.page("all", 99):
            for each in self.inbox.promises.of(row.key):
                assert each.state is not PromiseState.DROPPED or each.reason
                if each.state is PromiseState.OPEN and isinstance(each.made_by, int):
                    said = self.store.outbox.get(each.made_by)
                    assert said.state not in (OutboxState.CANCELLED, OutboxState.REJECTED)


InboxMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
TestInboxMachine = InboxMachine.TestCase
