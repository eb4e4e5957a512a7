"""A reply and what belongs to it: one action, or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerinbox.domain.errors import GuardBlocked, Interrupted, PromiseOpen, UsageError
from sellerinbox.domain.models import State
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.domain.promises import NewPromise, PromiseState
from sellerinbox.domain.snooze import Snooze
from sellerinbox.inbox import Inbox
from sellerinbox.store.database import Store
from tests.fakes import FakeClock
from tests.inbox.test_triage import ANN, BOB, DAN, asked_for, names, row
from tests.store.making import ACCOUNT, at, key, order, ours, theirs, thread

MONDAY = NewPromise("We'll answer on Monday.", at(24 * 60))


def arrive(store: Store, name: str, *messages) -> None:
    store.threads.save_page(ACCOUNT, [thread(*messages, remote_id=name, buyer=name)], cursor=None, at=at(9))


def go_out(store: Store, minutes: float = 1, message_id: str = "z9") -> OutboxItem:
    item = store.outbox.claim_next(ACCOUNT, at(minutes))
    assert item is not None
    assert item.kind is OutboxKind.REPLY
    store.outbox.mark_sent(item.id, message_id, at(minutes), author="seller")
    return store.outbox.get(item.id)


def test_close_tag_and_draft_go_with_the_reply_and_the_archive_waits_behind_it(inbox: Inbox, store: Store) -> None:
    inbox.replies.save_draft(ANN, "On its")
    inbox.replies.queue(ANN, "On its way.", from_draft=True, then="close", tags=("shipped",))
    assert (row(inbox, "ann").state, row(inbox, "ann").tags, row(inbox, "ann").has_draft) == (State.CLOSED, ("shipped",), False)
    assert asked_for(store) == [(OutboxKind.REPLY, "ann"), (OutboxKind.ARCHIVE, "ann")]
    go_out(store)
    archive = store.outbox.claim_next(ACCOUNT, at(1))
    assert archive is not None
    assert archive.kind is OutboxKind.ARCHIVE


def test_the_same_reply_pressed_twice_promises_and_tags_once(inbox: Inbox) -> None:
    for _ in range(2):
        inbox.replies.queue(ANN, "On Monday.", promises=(MONDAY,), tags=("x",), ack_only=True)
    assert len(inbox.promises.of(ANN)) == 1
    inbox.history.undo()
    assert inbox.history.last() == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"then": "snooze"},
        {"snooze": Snooze(at(60))},
        {"promises": (NewPromise("  ", at(60)),)},
        {"promises": (NewPromise("soon", None),)},  # type: ignore[arg-type]
        {"tags": ("a:b",)},
    ],
)
def test_what_can_not_be_done_with_it_stops_the_reply(inbox: Inbox, store: Store, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        inbox.replies.queue(ANN, "Hello.", **wrong)  # type: ignore[arg-type]
    assert asked_for(store) == []
    assert inbox.promises.of(ANN) == ()


def test_a_message_the_seller_has_not_seen_stops_the_reply(inbox: Inbox, store: Store) -> None:
    seen = inbox.conversations.thread(ANN).entries[-1].id
    arrive(store, "ann", theirs("a2", 5, "Forget it, it just came!"))
    with pytest.raises(Interrupted, match="ann wrote again") as stopped:
        inbox.replies.queue(ANN, "I will refund you.", seen_id=seen, promises=(MONDAY,), tags=("refund",))
    assert isinstance(stopped.value, GuardBlocked)  # whoever knows of the guard keeps the text as a draft
    assert (asked_for(store), inbox.promises.of(ANN), row(inbox, "ann").tags) == ([], (), ())
    assert inbox.replies.queue(ANN, "Glad to hear.", seen_id="a2").state is OutboxState.QUEUED


def test_a_message_older_than_our_last_one_but_seen_by_nobody_stops_it_too(inbox: Inbox, store: Store) -> None:
    arrive(store, "ann", ours("a9", 3))
    arrive(store, "ann", theirs("a8", 4))
    with pytest.raises(Interrupted):
        inbox.replies.queue(ANN, "Hello.", seen_id="a9")
    with pytest.raises(Interrupted):
        inbox.replies.queue(ANN, "Hello.", seen_id="never stored")


def test_what_is_seen_last_may_be_a_reply_on_its_way(inbox: Inbox, store: Store, clock: FakeClock) -> None:
    clock.move(60)
    first = inbox.replies.queue(ANN, "One moment.", undo_seconds=10)
    seen = inbox.conversations.thread(ANN).entries[-1].id
    assert seen == f"outbox-{first.id}"
    inbox.replies.queue(ANN, "It left today.", seen_id=seen)
    arrive(store, "ann", theirs("a2", 5))
    with pytest.raises(Interrupted):
        inbox.replies.queue(ANN, "Third.", seen_id=seen)


def test_a_reply_that_the_buyer_overtakes_is_held_and_never_goes_silently(inbox: Inbox, store: Store) -> None:
    item = inbox.replies.queue(ANN, "I will refund you.", undo_seconds=10, promises=(MONDAY,))
    arrive(store, "ann", theirs("a2", 0.1, "Forget it, it just came!"))
    assert store.outbox.claim_next(ACCOUNT, at(1)) is None
    held = inbox.replies.get(item.id)
    assert held.state is OutboxState.REJECTED
    assert held.reason == "The buyer wrote again before it went out; read it and send again."
    assert (inbox.promises.open(), inbox.conversations.counts().rejected) == ((), 1)
    inbox.replies.retry(item.id)
    assert [each.text for each in inbox.promises.open()] == [MONDAY.text]
    assert go_out(store).id == item.id


def test_held_replies_are_told_and_other_buyers_go_on(inbox: Inbox, store: Store) -> None:
    first = inbox.replies.queue(ANN, "One.")
    second = inbox.replies.queue(BOB, "Two.")
    arrive(store, "ann", theirs("a2", 0.1))
    assert [item.id for item in store.outbox.hold_overtaken(ACCOUNT)] == [first.id]
    assert store.outbox.hold_overtaken(ACCOUNT) == ()
    assert go_out(store).id == second.id


def test_a_reply_that_waits_after_a_failed_try_is_held_too(inbox: Inbox, store: Store) -> None:
    item = inbox.replies.queue(ANN, "One.")
    store.outbox.claim_next(ACCOUNT, at(1))
    arrive(store, "ann", theirs("a2", 2))
    assert inbox.replies.get(item.id).state is OutboxState.SENDING
    store.outbox.requeue(item.id, at(3), "offline")
    assert store.outbox.claim_next(ACCOUNT, at(4)) is None
    assert inbox.replies.get(item.id).state is OutboxState.REJECTED


def test_a_reply_whose_fate_is_unknown_is_left_alone(inbox: Inbox, store: Store) -> None:
    item = inbox.replies.queue(ANN, "One.")
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_unconfirmed(item.id, "no answer")
    arrive(store, "ann", theirs("a2", 2))
    assert store.outbox.hold_overtaken(ACCOUNT) == ()
    assert inbox.replies.get(item.id).state is OutboxState.UNCONFIRMED


def test_an_old_message_read_for_the_first_time_and_a_corrected_one_hold_nothing(inbox: Inbox, store: Store) -> None:
    arrive(store, "eve", theirs("e1", -90))
    item = inbox.replies.queue(key("eve"), "Hello.", undo_seconds=5)
    arrive(store, "eve", theirs("e1", -80, "Where is it? (edited)"))
    assert go_out(store).id == item.id


def test_a_reply_that_fails_opens_again_what_was_closed_with_it(inbox: Inbox, store: Store) -> None:
    item = inbox.replies.queue(ANN, "On its way.", then="close")
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_rejected(item.id, "too long")
    assert (row(inbox, "ann").state, row(inbox, "ann").outbox) == (State.OPEN, OutboxState.REJECTED)
    assert "ann" in names(inbox)
    assert asked_for(store) == []  # nor is it archived at the marketplace


def test_a_reply_that_fails_wakes_what_was_put_off_with_it(inbox: Inbox, store: Store) -> None:
    item = inbox.replies.queue(ANN, "On its way.", then="snooze", snooze=Snooze(at(600)))
    assert "ann" not in names(inbox)
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_rejected(item.id, "too long")
    assert (names(inbox)[0], row(inbox, "ann").woke) == ("ann", "Your reply was not sent.")


# --- promises ------------------------------------------------------------------------------


def test_a_holding_reply_stops_acknowledge_only_and_its_promise_is_the_clock(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "You hear from us on Monday.", ack_only=True, promises=(MONDAY,))
    go_out(store)
    after = row(inbox, "ann")
    assert (after.state, after.acked, after.oldest_unanswered_at) == (State.OPEN, True, at(-60))
    assert (after.due_at, after.due_kind, after.promise_due) == (MONDAY.due_at, "promise", MONDAY.due_at)
    assert inbox.conversations.counts().acked == 1
    (promise,) = inbox.promises.open()
    assert (promise.state, promise.made_by, promise.buyer, promise.text) == (PromiseState.OPEN, 1, "ann", MONDAY.text)


def test_a_greeting_without_a_promise_leaves_the_reply_clock_running(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "We are looking.", ack_only=True)
    go_out(store)
    after = row(inbox, "ann")
    assert (after.acked, after.due_at, after.due_kind) == (True, at(-60 + 24 * 60), "reply")
    inbox.replies.queue(ANN, "It left today.")
    go_out(store, 2, "z10")
    after = row(inbox, "ann")
    assert (after.acked, after.due_at, after.state) == (False, None, State.WAITING)


def test_a_thank_you_changes_nothing_and_a_new_question_starts_the_clock_anew(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "You hear from us on Monday.", ack_only=True, promises=(NewPromise("Monday", at(9000)),))
    go_out(store)
    arrive(store, "ann", theirs("a2", 300, "Thank you!"))
    after = row(inbox, "ann")
    assert (after.thanks, after.acked, after.due_at, after.due_kind) == (True, True, at(9000), "promise")
    arrive(store, "ann", theirs("a3", 400, "And is it insured?"))
    after = row(inbox, "ann")
    assert (after.thanks, after.acked, after.due_at, after.due_kind) == (False, False, at(400 + 24 * 60), "reply")
    assert after.oldest_unanswered_at == at(-60)


def test_no_reply_needed_after_a_thank_you_keeps_promise_and_question(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "You hear from us on Monday.", ack_only=True, promises=(MONDAY,))
    go_out(store)
    arrive(store, "ann", theirs("a2", 300, "Thank you!"))
    inbox.conversations.no_reply_needed(ANN)
    after = row(inbox, "ann")
    assert (after.thanks, after.acked, after.due_kind, after.oldest_unanswered_at) == (False, True, "promise", at(-60))
    assert len(inbox.promises.open()) == 1


def test_a_thank_you_after_the_answer_is_settled_by_one_word(inbox: Inbox, store: Store) -> None:
    arrive(store, "dan", theirs("d3", 5, "Thanks!"))
    assert (row(inbox, "dan").thanks, row(inbox, "dan").due_kind) == (True, "reply")
    inbox.conversations.no_reply_needed(DAN)
    assert (row(inbox, "dan").thanks, row(inbox, "dan").due_at, row(inbox, "dan").state) == (False, None, State.WAITING)


def test_only_a_real_answer_that_went_out_keeps_a_promise(inbox: Inbox, store: Store) -> None:
    promise = inbox.promises.add(ANN, "check with the carrier", at(60))
    inbox.replies.queue(ANN, "Hello, a moment please.", ack_only=True)
    go_out(store)
    assert [each.id for each in inbox.promises.open()] == [promise.id]
    inbox.replies.queue(ANN, "The carrier has it.")
    assert len(inbox.promises.open()) == 1  # not before it has arrived
    go_out(store, 2, "z10")
    (kept,) = inbox.promises.of(ANN)
    assert (kept.state, kept.id, inbox.promises.open()) == (PromiseState.KEPT, promise.id, ())
    assert row(inbox, "ann").promise_due is None


def test_what_was_promised_after_the_answer_was_written_is_not_kept_by_it(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "The carrier has it.", undo_seconds=5)
    inbox.promises.add(ANN, "call him", at(60))
    go_out(store)
    assert len(inbox.promises.open()) == 1


def test_an_unconfirmed_answer_keeps_the_promise_once_it_is_found(inbox: Inbox, store: Store) -> None:
    inbox.promises.add(ANN, "check", at(60))
    item = inbox.replies.queue(ANN, "The carrier has it.")
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_unconfirmed(item.id, "no answer")
    arrive(store, "ann", ours("z9", 1, "The carrier has it."))
    assert len(inbox.promises.open()) == 1
    store.outbox.settle(item.id, "z9", at=at(2), complete=True)
    assert inbox.promises.open() == ()


def test_a_holding_reply_found_later_is_still_only_a_holding_reply(inbox: Inbox, store: Store) -> None:
    item = inbox.replies.queue(ANN, "Monday.", ack_only=True, promises=(MONDAY,))
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_unconfirmed(item.id, "no answer")
    arrive(store, "ann", ours("z9", 1, "Monday."))
    store.outbox.settle(item.id, "z9", at=at(2), complete=True)
    assert (row(inbox, "ann").acked, row(inbox, "ann").due_kind, len(inbox.promises.open())) == (True, "promise", 1)


def test_an_answer_on_the_marketplaces_own_page_keeps_a_promise(inbox: Inbox, store: Store) -> None:
    inbox.promises.add(ANN, "check", at(60))
    arrive(store, "ann", ours("m9", 30, "The carrier has it."))
    assert inbox.promises.open() == ()


def test_a_reply_that_promises_renews_and_gives_back_what_it_renewed_when_it_does_not_go(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "By tomorrow.", ack_only=True, promises=(NewPromise("tomorrow", at(60)),))
    go_out(store)
    second = inbox.replies.queue(ANN, "Sorry, by Monday.", promises=(MONDAY,), undo_seconds=5)
    assert [each.text for each in inbox.promises.open()] == [MONDAY.text]
    assert [each.state for each in inbox.promises.of(ANN)] == [PromiseState.RENEWED, PromiseState.OPEN]
    inbox.replies.cancel(second.id)
    assert [each.text for each in inbox.promises.open()] == ["tomorrow"]
    third = inbox.replies.queue(ANN, "So sorry, by Monday.", promises=(MONDAY,))
    store.outbox.claim_next(ACCOUNT, at(2))
    store.outbox.mark_rejected(third.id, "no")
    assert [each.text for each in inbox.promises.open()] == ["tomorrow"]
    inbox.replies.retry(third.id)
    assert [each.text for each in inbox.promises.open()] == [MONDAY.text]
    go_out(store, 3, "z11")
    assert [each.text for each in inbox.promises.open()] == [MONDAY.text]


def test_a_promise_is_withdrawn_with_an_account_that_is_removed(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "Monday.", promises=(MONDAY,), undo_seconds=60)
    store.accounts.remove(ACCOUNT)
    assert (inbox.promises.open(), row(inbox, "ann").promise_due) == ((), None)


def test_closing_with_a_reply_is_refused_only_while_the_promise_stays_open(inbox: Inbox, store: Store) -> None:
    inbox.promises.add(ANN, "check", at(60))
    with pytest.raises(PromiseOpen):
        inbox.replies.queue(ANN, "A moment.", ack_only=True, then="close")
    with pytest.raises(PromiseOpen):
        inbox.replies.queue(ANN, "By Monday.", promises=(MONDAY,), then="close")
    assert asked_for(store) == []
    inbox.replies.queue(ANN, "The carrier has it.", then="close")
    go_out(store)
    assert (inbox.promises.open(), row(inbox, "ann").state) == ((), State.CLOSED)


def test_a_promise_nobody_was_told_is_not_opened_by_undo(inbox: Inbox) -> None:
    item = inbox.replies.queue(ANN, "By Monday.", promises=(MONDAY,), undo_seconds=9)
    inbox.promises.drop(inbox.promises.open()[0].id, "no need")
    inbox.replies.cancel(item.id)
    inbox.history.undo()
    assert (inbox.promises.open(), inbox.promises.of(ANN)) == ((), ())


def test_renew_and_drop_say_what_they_need(inbox: Inbox, clock: FakeClock) -> None:
    promise = inbox.promises.add(ANN, "refund\nhim", at(30))
    clock.move(3600)
    assert (inbox.promises.overdue(), inbox.conversations.counts().promises_overdue) == (1, 1)
    renewed = inbox.promises.renew(promise.id, at(600))
    assert (renewed.text, renewed.due_at, inbox.promises.overdue()) == ("refund him", at(600), 0)
    with pytest.raises(UsageError, match="renewed"):
        inbox.promises.drop(promise.id, "too late")
    with pytest.raises(UsageError, match="why"):
        inbox.promises.drop(renewed.id, " ")
    dropped = inbox.promises.drop(renewed.id, "He bought another one.")
    assert (dropped.state, dropped.reason) == (PromiseState.DROPPED, "He bought another one.")
    assert [each.state for each in inbox.promises.of(ANN)] == [PromiseState.RENEWED, PromiseState.DROPPED]
    assert inbox.conversations.counts().promises_open == 0


def test_open_promises_come_by_their_date_and_so_does_their_view(inbox: Inbox) -> None:
    for name, minutes in (("dan", 300), ("ann", 20), ("bob", 100)):
        inbox.promises.add(key(name), name, at(minutes))
    inbox.conversations.snooze(BOB, Snooze(at(9000)))
    assert [each.text for each in inbox.promises.open(9)] == ["ann", "bob", "dan"]
    assert names(inbox, "promises") == ["ann", "bob", "dan"]
    page = inbox.conversations.page("promises", 1)
    assert [each.key.remote_id for each in inbox.conversations.page("promises", 9, after=page[0].position)] == ["bob", "dan"]
    assert [each.key.remote_id for each in inbox.conversations.page("promises", 1, before=(at(300).timestamp() * 1000, 0))] == ["bob"]  # type: ignore[arg-type]


# --- drafts, notes, facts ------------------------------------------------------------------


def test_a_draft_typed_twice_is_written_once_and_marked_in_the_list(inbox: Inbox, clock: FakeClock) -> None:
    inbox.replies.save_draft(BOB, "Dear")
    clock.move(2)
    assert names(inbox, "drafts") == ["bob"]
    before = inbox.conversations.version()
    inbox.replies.save_draft(BOB, "Dear")
    assert inbox.conversations.version() == before
    inbox.replies.save_draft(BOB, "")
    assert (names(inbox, "drafts"), row(inbox, "bob").has_draft) == ([], False)


def test_notes_are_counted_and_never_near_a_reply(inbox: Inbox, store: Store) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("x1", 0), remote_id="ann2", buyer="ann")], cursor=None, at=at(1))
    inbox.notes.add(ANN, "SECRET one")
    inbox.notes.add(ANN, "SECRET two", buyer=True)
    assert [(note.text, note.about) for note in inbox.notes.list(ANN)] == [("SECRET one", "conversation"), ("SECRET two", "buyer")]
    assert [note.text for note in inbox.notes.list(key("ann2"))] == ["SECRET two"]
    assert (row(inbox, "ann").notes, row(inbox, "ann2").notes, row(inbox, "bob").notes) == (2, 1, 0)
    inbox.replies.queue(ANN, "Hello.")
    shown = [
        repr(inbox.conversations.thread(ANN)),
        repr(inbox.replies.outbox()),
        inbox.replies.draft(ANN),
        repr(inbox.replies.situation(ANN)),
    ]
    assert not any("SECRET" in text for text in shown)
    inbox.notes.remove(inbox.notes.list(ANN)[0].id)
    assert [note.text for note in inbox.notes.list(ANN)] == ["SECRET two"]
    with pytest.raises(UsageError):
        inbox.notes.add(ANN, " \x1b[31m ")


def test_facts_for_choosing_a_reply(inbox: Inbox, store: Store, clock: FakeClock) -> None:
    facts = inbox.replies.situation(ANN)
    assert (facts.klass, facts.order_state, facts.is_first_message, facts.hours_waiting) == ("presale", "none", True, 1.0)
    assert (facts.weekend, facts.open_promise, facts.used, facts.marketplace) == (True, False, (), "ebay")
    store.orders.save_page(ACCOUNT, [order("01-1", -99, buyer="ann", fulfillment="FULFILLED")], cursor=None, at=at(0))
    inbox.promises.add(ANN, "check", at(60))
    inbox.replies.queue(ANN, "Hello.", canned="greeting", ack_only=True)
    inbox.replies.cancel(inbox.replies.queue(ANN, "Refund?", canned="refund").id)
    facts = inbox.replies.situation(ANN)
    assert (facts.klass, facts.order_state, facts.open_promise, facts.used) == ("postsale", "shipped", True, ("greeting",))
    assert not inbox.replies.situation(DAN).is_first_message


def test_what_followed_a_canned_reply_is_kept(inbox: Inbox, store: Store) -> None:
    for number, (name, text) in enumerate((("ann", "Thank you!"), ("bob", "That does not help."), ("cat", ""))):
        inbox.replies.queue(key(name), "Hello.", canned="greeting")
        go_out(store, 1, f"z{number}")
        if text:
            arrive(store, name, theirs(f"y{number}", 9, text), theirs(f"x{number}", 10, "Something else"))
    (use,) = inbox.replies.usage()
    assert (use.name, use.sent, use.thanks, use.again) == ("greeting", 3, 1, 1)
    assert use.last_at - at(0) < timedelta(seconds=1)
