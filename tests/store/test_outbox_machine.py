"""A seller, a sender that dies anywhere, a marketplace that loses answers: whatever the order, the promises hold.

Checked after every step: each confirmed reply is in exactly one state (I2), none went out twice
without the seller's word (I3), a buyer's thread gets replies in the order they were written, and
none goes out over a message of the buyer's that came in after the seller decided.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.messages import Message
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.store.database import Store
from tests.fakes import FakeClock
from tests.store.making import ACCOUNT, key, ours, theirs, thread

S = OutboxState
CONVERSATIONS = st.sampled_from(["c1", "c2"])
TEXTS = st.sampled_from(["Thanks!", "On its way.", "Sorry"])


class OutboxMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        self.open()
        self.store.accounts.ensure(Account(ACCOUNT, "ebay"))
        self.remote: dict[str, list[tuple[int, Message]]] = {"c1": [], "c2": []}
        """Per thread, what the buyer really got: the outbox item and the message."""
        self.confirmed: dict[int, OutboxItem] = {}
        self.attempts: dict[int, int] = {}
        self.allowed: dict[int, int] = {}
        self.going: OutboxItem | None = None
        self.overtaken: set[int] = set()
        """Replies decided on before the buyer's latest message was stored."""
        self.written: dict[str, list[Message]] = {"c1": [], "c2": []}
        self.pull()

    def open(self) -> None:
        root = Path(self.folder.name)
        self.store = Store.open(root / "data" / "inbox.db", root / "state", self.clock)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(conversation=CONVERSATIONS, text=TEXTS, undo=st.sampled_from([0, 10]))
    def press(self, conversation: str, text: str, undo: int) -> None:
        now = self.clock.now()
        item = self.store.outbox.enqueue(OutboxKind.REPLY, key(conversation), text, at=now, not_before=now + timedelta(seconds=undo))
        self.confirmed.setdefault(item.id, item)
        self.allowed.setdefault(item.id, 1)

    @rule(seconds=st.sampled_from([0.5, 3, 61]))
    def time_passes(self, seconds: float) -> None:
        self.clock.move(seconds)

    @precondition(lambda self: self.going is None)
    @rule()
    def claim(self) -> None:
        item = self.store.outbox.claim_next(ACCOUNT, self.clock.now())
        if item is None:
            return
        assert item.id not in self.overtaken
        self.going = item
        self.attempts[item.id] = self.attempts.get(item.id, 0) + 1

    @precondition(lambda self: self.going is not None)
    @rule(arrives=st.booleans(), end=st.sampled_from(["answer", "lost", "died", "refused", "not taken"]))
    def send(self, arrives: bool, end: str) -> None:
        item, self.going = self.going, None
        assert item is not None
        if end in ("refused", "not taken"):
            self.attempts[item.id] -= 1
        elif arrives or end == "answer":
            self.deliver(item)
        match end:
            case "answer":
                message = self.remote[item.remote_id][-1][1]
                self.store.outbox.mark_sent(item.id, message.id, message.sent_at, author="seller")
            case "lost":
                self.store.outbox.mark_unconfirmed(item.id, "no answer")
            case "refused":
                self.store.outbox.mark_rejected(item.id, "no")
            case "not taken":
                self.store.outbox.requeue(item.id, self.clock.now(), "later")
            case _:
                self.restart()

    def deliver(self, item: OutboxItem) -> None:
        # The marketplace counts in whole seconds, so equal times are common.
        now = self.clock.now().replace(microsecond=0)
        number = sum(len(messages) for messages in self.remote.values())
        self.remote[item.remote_id].append((item.id, ours(f"r{number}", 0, item.text, sent_at=now)))

    @rule()
    def restart(self) -> None:
        self.going = None
        self.store.close()
        self.open()
        self.store.outbox.recover(self.clock.now())

    @rule(conversation=CONVERSATIONS)
    def buyer_writes(self, conversation: str) -> None:
        number = sum(map(len, self.written.values()))
        self.written[conversation].append(theirs(f"w{number}", 0, "And?", sent_at=self.clock.now()))
        self.overtaken |= {i.id for i in self.store.outbox.list(99, states=(S.QUEUED, S.SENDING)) if i.remote_id == conversation}
        self.pull()

    @rule()
    def hold(self) -> None:
        held = {item.id for item in self.store.outbox.hold_overtaken(ACCOUNT)}
        assert held <= self.overtaken
        assert not self.overtaken & {item.id for item in self.store.outbox.list(99, states=(S.QUEUED,))}

    @rule()
    def pull(self) -> None:
        pages = [
            thread(theirs(f"q-{name}", -1), *self.written[name], *(m for _, m in messages), remote_id=name)
            for name, messages in self.remote.items()
        ]
        self.store.threads.save_page(ACCOUNT, pages, cursor=None, at=self.clock.now())

    @rule(complete=st.booleans())
    def look(self, complete: bool) -> None:
        self.pull()
        for item in self.store.outbox.unconfirmed(ACCOUNT):
            found = next((m.id for m in self.store.outbox.candidates(item) if m.text == item.text), None)
            self.store.outbox.settle(item.id, found, at=self.clock.now(), complete=complete)

    @rule(data=st.data(), again=st.booleans())
    def decide(self, data: st.DataObject, again: bool) -> None:
        open_ = [i for i in self.store.outbox.list(99) if i.not_found or i.state in (S.REJECTED, S.QUEUED)]
        if not open_:
            return
        item = data.draw(st.sampled_from(open_))
        if again and item.state is not S.QUEUED:
            self.store.outbox.resend(item.id, self.clock.now())
            self.overtaken.discard(item.id)
            self.allowed[item.id] += item.state is S.UNCONFIRMED
        else:
            assert self.store.outbox.cancel(item.id)

    @invariant()
    def each_reply_is_in_one_state_and_keeps_its_text(self) -> None:
        stored = {item.id: item for item in self.store.outbox.list(999)}
        assert set(stored) == set(self.confirmed)
        assert all(stored[number].text == item.text for number, item in self.confirmed.items())

    @invariant()
    def none_goes_out_more_often_than_the_seller_said(self) -> None:
        assert all(count <= self.allowed[number] for number, count in self.attempts.items())

    @invariant()
    def what_is_said_to_be_sent_has_arrived(self) -> None:
        arrived = {number for messages in self.remote.values() for number, _ in messages}
        sent = self.store.outbox.list(999, states=(S.SENT,))
        assert {item.id for item in sent} <= arrived
        assert len({item.sent_id for item in sent}) == len(sent)

    @invariant()
    def what_is_called_not_found_has_not_arrived(self) -> None:
        arrived = {number for messages in self.remote.values() for number, _ in messages}
        assert not any(item.not_found and item.attempts == 1 and item.id in arrived for item in self.store.outbox.list(999))

    @invariant()
    def a_thread_gets_its_replies_in_order(self) -> None:
        resent = {number for number, times in self.allowed.items() if times > 1}
        rejected = self.ever_rejected()
        for messages in self.remote.values():
            order = [number for number, _ in messages if number not in resent | rejected]
            assert order == sorted(order)

    def ever_rejected(self) -> set[int]:
        self._rejected = getattr(self, "_rejected", set()) | {item.id for item in self.store.outbox.list(999, states=(S.REJECTED,))}
        return self._rejected

    @invariant()
    def at_most_one_goes_out_per_thread(self) -> None:
        going = [item.remote_id for item in self.store.outbox.list(999, states=(S.SENDING, S.UNCONFIRMED))]
        assert len(going) == len(set(going))


OutboxMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
TestOutboxMachine = OutboxMachine.TestCase
