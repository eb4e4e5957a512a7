"""The outbox: a buyer gets a confirmed reply at most once, and none is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from sellerinbox.domain.errors import NotFound, StoreError
from sellerinbox.domain.outbox import OutboxItem, OutboxKind, OutboxState
from sellerinbox.store.database import Store
from sellerinbox.store.windows import Windows
from tests.store.making import ACCOUNT, T0, at, key, ours, theirs, thread

S = OutboxState


@pytest.fixture(autouse=True)
def _threads(store: Store) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0)), thread(theirs("n1", 0), remote_id="c2")], cursor=None, at=T0)


def press(store: Store, text: str = "On its way.", minutes: float = 0, *, undo: float = 0, remote_id: str = "c1") -> OutboxItem:
    when = at(minutes)
    return store.outbox.enqueue(OutboxKind.REPLY, key(remote_id), text, at=when, not_before=when + timedelta(seconds=undo))


def unconfirmed(store: Store, text: str = "On its way.") -> OutboxItem:
    item = press(store, text)
    assert store.outbox.claim_next(ACCOUNT, at(1)) is not None
    store.outbox.mark_unconfirmed(item.id, "no answer")
    return item


def test_an_item_is_recorded_as_going_out_before_it_is_handed_over(store: Store) -> None:
    item = press(store)
    claimed = store.outbox.claim_next(ACCOUNT, at(1))
    assert claimed is not None
    assert (claimed.id, claimed.state, claimed.attempts, claimed.claimed_at, claimed.newest_known_id) == (
        item.id,
        S.SENDING,
        1,
        at(1),
        "m1",
    )
    assert store.outbox.get(item.id) == claimed
    assert store.outbox.claim_next(ACCOUNT, at(1)) is None


def test_pressed_twenty_times_is_one_reply(store: Store) -> None:
    presses = {press(store, minutes=count * 1.5 / 60).id for count in range(20)}
    assert len(presses) == 1
    assert press(store, minutes=20 * 1.5 / 60 + 3).id not in presses


def test_a_late_press_of_a_reply_already_going_out_sends_nothing_more(store: Store) -> None:
    item = press(store)
    store.outbox.claim_next(ACCOUNT, at(0))
    assert press(store, minutes=1 / 60).id == item.id


def test_what_was_called_back_may_be_sent_again_at_once(store: Store) -> None:
    item = press(store)
    assert store.outbox.cancel(item.id)
    assert press(store, minutes=1 / 60).id != item.id


def test_equal_texts_to_two_buyers_and_other_texts_are_replies_of_their_own(store: Store) -> None:
    assert len({press(store).id, press(store, remote_id="c2").id, press(store, "Sorry!").id}) == 3


def test_nothing_goes_out_within_its_undo_window(store: Store) -> None:
    item = press(store, undo=10)
    assert store.outbox.claim_next(ACCOUNT, at(9 / 60)) is None
    assert store.outbox.next_due(ACCOUNT) == at(10 / 60)
    claimed = store.outbox.claim_next(ACCOUNT, at(10 / 60))
    assert claimed is not None
    assert claimed.id == item.id


def test_a_reply_never_overtakes_an_earlier_one_in_its_undo_window(store: Store) -> None:
    press(store, "first", undo=10)
    press(store, "second")
    other = press(store, "elsewhere", remote_id="c2")
    claimed = store.outbox.claim_next(ACCOUNT, at(0))
    assert claimed is not None
    assert claimed.id == other.id
    assert store.outbox.claim_next(ACCOUNT, at(0)) is None


def test_nothing_goes_behind_an_unconfirmed_reply_but_other_threads_go_on(store: Store) -> None:
    first = unconfirmed(store)
    press(store, "second", minutes=1)
    other = press(store, "elsewhere", minutes=1, remote_id="c2")
    claimed = store.outbox.claim_next(ACCOUNT, at(5))
    assert claimed is not None
    assert claimed.id == other.id
    assert store.outbox.next_due(ACCOUNT) is None
    store.outbox.settle(first.id, "m2", at=at(6), complete=True)
    assert store.outbox.claim_next(ACCOUNT, at(6)) is not None


def test_blocked_conversations_and_other_accounts_are_passed_over(store: Store) -> None:
    press(store)
    assert store.outbox.claim_next("other", at(1)) is None
    assert store.outbox.claim_next(ACCOUNT, at(1), blocked={"c1"}) is None


def test_a_sent_reply_shows_in_its_thread_and_stops_the_clock(store: Store, windows: Windows) -> None:
    item = press(store)
    assert [(e.outbox_id, e.outbox, e.not_before) for e in windows.thread(key()).entries] == [
        (None, None, None),
        (item.id, S.QUEUED, at(0)),
    ]
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_sent(item.id, "m2", at(1), author="seller")
    view = windows.thread(key())
    assert [(e.id, e.outbox) for e in view.entries] == [("m1", None), ("m2", None)]
    assert (view.row.oldest_unanswered_at, view.row.outbox) == (None, None)


def test_the_message_the_pull_brings_back_is_shown_once_with_the_marketplaces_time(store: Store, windows: Windows) -> None:
    item = press(store, "Caf\u00e9 & cake")
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_sent(item.id, "m2", at(60), author="shop-uk")
    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0), ours("m2", 1, "Café &amp; cake"), theirs("m3", 2))], cursor=None, at=at(3))
    assert [e.id for e in windows.thread(key()).entries] == ["m1", "m2", "m3"]
    assert len(windows.search("cake", 9)) == 1
    assert store.threads.row(key()).oldest_unanswered_at == at(2)


def test_the_pull_may_be_faster_than_the_answer_to_the_send(store: Store, windows: Windows) -> None:
    item = press(store)
    store.outbox.claim_next(ACCOUNT, at(1))
    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0), ours("m2", 1))], cursor=None, at=at(1))
    store.outbox.mark_sent(item.id, "m2", at(1), author="seller")
    assert [e.id for e in windows.thread(key()).entries] == ["m1", "m2"]


def test_an_answer_with_the_id_of_another_reply_proves_nothing(store: Store) -> None:
    for text in ("first", "second"):
        item = press(store, text)
        store.outbox.claim_next(ACCOUNT, at(1))
        store.outbox.mark_sent(item.id, "m2", at(1), author="seller")
    assert store.outbox.get(item.id).state is S.UNCONFIRMED


def test_rejected_keeps_the_text_and_the_reason_and_can_be_sent_again_or_dropped(store: Store, windows: Windows) -> None:
    item = press(store, "my text")
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_rejected(item.id, "too long")
    entry = windows.thread(key()).entries[-1]
    assert (entry.text, entry.outbox, entry.reason) == ("my text", S.REJECTED, "too long")
    again = store.outbox.resend(item.id, at(2))
    assert (again.state, again.reason, again.not_before) == (S.QUEUED, None, at(2))
    store.outbox.claim_next(ACCOUNT, at(2))
    store.outbox.mark_rejected(item.id, "too long")
    assert store.outbox.cancel(item.id)
    assert store.threads.row(key()).outbox is None


def test_called_back_only_until_it_goes_out(store: Store) -> None:
    item = press(store)
    store.outbox.claim_next(ACCOUNT, at(1))
    assert not store.outbox.cancel(item.id)
    store.outbox.mark_unconfirmed(item.id, "no answer")
    assert not store.outbox.cancel(item.id)
    store.outbox.settle(item.id, "m2", at=at(2), complete=True)
    assert not store.outbox.cancel(item.id)


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        ([(5, True)], False),
        ([(5, True), (64, True)], False),
        ([(5, True), (65, True)], True),
        ([(5, False), (65, True)], True),
        ([(5, True), (65, False)], False),
        ([(5, True), (65, False), (70, True)], True),
        ([(5, True), (-600, True), (-590, True)], False),
    ],
)
def test_not_found_is_said_only_after_two_looks_a_minute_apart(store: Store, looks: list[tuple[float, bool]], said: bool) -> None:
    item = unconfirmed(store)
    for seconds, complete in looks:
        store.outbox.settle(item.id, None, at=at(1 + seconds / 60), complete=complete)
    assert store.outbox.get(item.id).not_found is said
    assert store.outbox.cancel(item.id) is said


def test_only_the_seller_sends_again_and_only_after_it_was_not_found(store: Store) -> None:
    item = unconfirmed(store)
    with pytest.raises(StoreError, match="looked for"):
        store.outbox.resend(item.id, at(2))
    store.outbox.settle(item.id, None, at=at(2), complete=True)
    store.outbox.settle(item.id, None, at=at(3), complete=True)
    assert store.outbox.claim_next(ACCOUNT, at(99)) is None
    store.outbox.resend(item.id, at(4))
    claimed = store.outbox.claim_next(ACCOUNT, at(4))
    assert claimed is not None
    assert (claimed.attempts, claimed.not_found, claimed.looked_at) == (2, False, None)


def test_found_late_still_settles_what_was_not_found(store: Store) -> None:
    item = unconfirmed(store)
    for minutes in (2, 3):
        store.outbox.settle(item.id, None, at=at(minutes), complete=True)
    store.outbox.settle(item.id, "m2", at=at(4), complete=True)
    assert (store.outbox.get(item.id).state, store.outbox.get(item.id).sent_id) == (S.SENT, "m2")


def test_one_remote_message_settles_one_reply(store: Store) -> None:
    first = unconfirmed(store, "Thanks!")
    store.outbox.settle(first.id, "m2", at=at(2), complete=True)
    second = press(store, "Thanks!", minutes=5)
    store.outbox.claim_next(ACCOUNT, at(5))
    store.outbox.mark_unconfirmed(second.id, "no answer")
    with pytest.raises(StoreError, match="another reply"):
        store.outbox.settle(second.id, "m2", at=at(6), complete=True)
    assert store.outbox.get(second.id).state is S.UNCONFIRMED


def test_candidates_are_ours_in_this_thread_since_the_claim_and_unmatched(store: Store) -> None:
    old = thread(theirs("m1", 0), ours("old", 0), theirs("m2", 0))
    store.threads.save_page(ACCOUNT, [old], cursor=None, at=at(0))
    item = unconfirmed(store)
    elsewhere = thread(ours("x", 2), remote_id="c2")
    page = thread(theirs("m1", 0), ours("old", 0), theirs("m2", 0), ours("same-second", 0), theirs("m3", 1), ours("later", 2))
    store.threads.save_page(ACCOUNT, [page, elsewhere], cursor=None, at=at(3))
    assert [message.id for message in store.outbox.candidates(item)] == ["same-second", "later"]
    store.outbox.settle(item.id, "later", at=at(3), complete=True)
    assert [message.id for message in store.outbox.candidates(item)] == ["same-second"]


def test_a_look_goes_back_behind_replies_that_no_reading_has_brought_yet(store: Store) -> None:
    """Else a buyer's message from before our first reply would be passed over for good."""
    first = press(store, "first")
    store.outbox.claim_next(ACCOUNT, at(1))
    store.outbox.mark_sent(first.id, "m3", at(9), author="seller")
    press(store, "second", minutes=10)
    claimed = store.outbox.claim_next(ACCOUNT, at(10))
    assert claimed is not None
    assert claimed.newest_known_id == "m1"
    assert store.outbox.candidates(claimed) == ()


def test_what_a_dead_process_left_is_never_simply_sent_again(store: Store) -> None:
    reply = press(store)
    mark = store.outbox.enqueue(OutboxKind.MARK_READ, key("c2"), at=at(0), not_before=at(0))
    waiting = press(store, "later", minutes=1, undo=600)
    assert store.outbox.claim_next(ACCOUNT, at(0)) is not None
    assert store.outbox.claim_next(ACCOUNT, at(0)) is not None
    assert {(item.id, item.state) for item in store.outbox.recover(at(5))} == {(reply.id, S.UNCONFIRMED), (mark.id, S.QUEUED)}
    assert store.outbox.recover(at(5)) == []
    assert store.outbox.get(waiting.id).state is S.QUEUED
    assert [item.id for item in store.outbox.unconfirmed(ACCOUNT)] == [reply.id]


def test_marks_do_not_pile_up(store: Store) -> None:
    def queue(kind: OutboxKind) -> int:
        return store.outbox.enqueue(kind, key(), at=at(0), not_before=at(0)).id

    first, again, back = queue(OutboxKind.ARCHIVE), queue(OutboxKind.ARCHIVE), queue(OutboxKind.UNARCHIVE)
    assert first == again
    assert [(item.id, item.state) for item in store.outbox.list(9)] == [(back, S.QUEUED), (first, S.CANCELLED)]


def test_a_mark_that_failed_gives_way_to_its_later_opposite(store: Store) -> None:
    archive = store.outbox.enqueue(OutboxKind.ARCHIVE, key(), at=at(0), not_before=at(0))
    store.outbox.claim_next(ACCOUNT, at(0))
    back = store.outbox.enqueue(OutboxKind.UNARCHIVE, key(), at=at(1), not_before=at(1))
    store.outbox.requeue(archive.id, at(9), "offline")
    assert (store.outbox.get(archive.id).state, store.outbox.get(back.id).state) == (S.CANCELLED, S.QUEUED)


def test_a_mark_that_must_wait_holds_no_reply_back(store: Store) -> None:
    mark = store.outbox.enqueue(OutboxKind.MARK_READ, key(), at=at(0), not_before=at(0))
    store.outbox.claim_next(ACCOUNT, at(0))
    store.outbox.requeue(mark.id, at(60), "asked to wait")
    reply = press(store, minutes=1)
    claimed = store.outbox.claim_next(ACCOUNT, at(1))
    assert claimed is not None
    assert claimed.id == reply.id


def test_a_mark_with_an_unclear_outcome_is_tried_again_later(store: Store) -> None:
    mark = store.outbox.enqueue(OutboxKind.MARK_READ, key(), at=at(0), not_before=at(0))
    store.outbox.claim_next(ACCOUNT, at(0))
    store.outbox.mark_unconfirmed(mark.id, "no answer")
    assert store.outbox.get(mark.id).state is S.QUEUED
    assert store.outbox.claim_next(ACCOUNT, at(0)) is None


def test_every_other_change_of_state_is_refused(store: Store) -> None:
    item = press(store)
    changes = (
        lambda: store.outbox.mark_sent(item.id, "m2", at(1), author="seller"),
        lambda: store.outbox.mark_rejected(item.id, "no"),
        lambda: store.outbox.mark_unconfirmed(item.id, "no"),
        lambda: store.outbox.requeue(item.id, at(1), "no"),
        lambda: store.outbox.settle(item.id, "m2", at=at(1), complete=True),
        lambda: store.outbox.resend(item.id, at(1)),
    )
    for change in changes:
        with pytest.raises(StoreError, match="queued"):
            change()
    assert store.outbox.get(item.id) == item
    with pytest.raises(NotFound):
        store.outbox.get(999)


def test_a_reply_and_what_belongs_to_it_are_stored_together_or_not_at_all(store: Store) -> None:
    def cut_short() -> None:
        with store.write() as session:
            queue_all(session)
            raise RuntimeError

    def queue_all(session: Session) -> None:
        store.outbox.enqueue(OutboxKind.REPLY, key(), "Hi", at=at(0), not_before=at(0), session=session)
        store.drafts.save(key(), "Hi", at(0), session=session)
        store.journal.append("reply", key(), {}, at(0), session=session)
        store.threads.set_closed(key(), closed=True, session=session)

    with pytest.raises(RuntimeError):
        cut_short()
    assert store.outbox.list(9) == ()
    assert (store.drafts.get(key()), store.journal.last()) == ("", None)
    assert store.threads.row(key()).state == "open"


def test_counts_and_lists(store: Store, windows: Windows) -> None:
    item = unconfirmed(store)
    press(store, "two", minutes=2)
    counts = windows.counts()
    assert (counts.open, counts.queued, counts.unconfirmed, counts.rejected) == (2, 1, 1, 0)
    assert [entry.id for entry in windows.outbox(1)] != [item.id]
    assert store.outbox.list(9, states=(S.UNCONFIRMED,)) == (windows.outbox_item(item.id),)
