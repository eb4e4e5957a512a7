"""Closing, putting off, marking, tagging: what happens to the list, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerinbox.domain.errors import NotFound, PromiseOpen, UsageError
from sellerinbox.domain.models import ConversationRow, State
from sellerinbox.domain.outbox import OutboxKind, OutboxState
from sellerinbox.domain.snooze import Snooze
from sellerinbox.inbox import Inbox
from sellerinbox.store.database import Store
from tests.fakes import FakeClock
from tests.store.making import ACCOUNT, T0, at, key, order, theirs, thread

ANN, BOB, CAT, DAN = (key(name) for name in ("ann", "bob", "cat", "dan"))


def names(inbox: Inbox, view: str = "inbox") -> list[str]:
    return [row.key.remote_id for row in inbox.conversations.page(view, 50)]


def row(inbox: Inbox, name: str) -> ConversationRow:
    return inbox.conversations.row(key(name))


def asked_for(store: Store) -> list[tuple[OutboxKind, str]]:
    return [(item.kind, item.remote_id) for item in reversed(store.outbox.list(99, states=(OutboxState.QUEUED,)))]


def test_done_with_many_is_one_action_and_each_is_archived(inbox: Inbox, store: Store) -> None:
    assert inbox.conversations.done(ANN, BOB, ANN, DAN) == 3
    assert names(inbox) == ["cat"]
    assert asked_for(store) == [(OutboxKind.ARCHIVE, name) for name in ("ann", "bob", "dan")]
    assert inbox.conversations.done(ANN) == 0
    assert inbox.history.undo() == "3 conversations are back in the list."
    assert names(inbox) == ["ann", "bob", "cat", "dan"]


def test_nothing_is_closed_when_one_of_many_does_not_exist(inbox: Inbox, store: Store) -> None:
    with pytest.raises(NotFound):
        inbox.conversations.done(ANN, key("nobody"))
    assert names(inbox) == ["ann", "bob", "cat", "dan"]
    assert asked_for(store) == []
    assert inbox.history.last() == ""


def test_a_conversation_with_an_open_promise_can_not_be_closed(inbox: Inbox, store: Store) -> None:
    promise = inbox.promises.add(BOB, "refund", at(60))
    with pytest.raises(PromiseOpen, match="promised bob") as refused:
        inbox.conversations.done(ANN, BOB)
    assert refused.value.keys == (BOB,)
    assert "bob" in names(inbox)
    assert "ann" in names(inbox)
    assert asked_for(store) == []
    inbox.promises.drop(promise.id, "He took it back.")
    assert inbox.conversations.done(ANN, BOB) == 2


def test_a_snooze_leaves_the_open_views_and_comes_back_on_top_with_its_reason(inbox: Inbox, clock: FakeClock) -> None:
    inbox.conversations.snooze([CAT, DAN], Snooze(T0 + timedelta(hours=3)))
    assert names(inbox) == ["ann", "bob"]
    assert names(inbox, "due") == ["ann", "bob"]
    assert names(inbox, "snoozed") == ["cat", "dan"]
    assert (row(inbox, "cat").snoozed_until, row(inbox, "cat").snooze_when) == (T0 + timedelta(hours=3), "Sun 22 Nov 13:00")
    assert (inbox.conversations.counts().open, inbox.conversations.counts().snoozed) == (2, 2)
    assert inbox.conversations.wake() == ()
    clock.move(3 * 3600)
    assert inbox.conversations.next_wake() == clock.now()
    assert inbox.conversations.wake() == (CAT, DAN)
    assert names(inbox) == ["cat", "dan", "ann", "bob"]
    assert (row(inbox, "cat").woke, row(inbox, "cat").due_kind) == ("The time you set has come.", "snooze")
    assert inbox.conversations.next_wake() is None


def test_what_woke_first_stands_first_even_when_nobody_looked_for_a_day(inbox: Inbox, clock: FakeClock) -> None:
    inbox.conversations.snooze(ANN, Snooze(T0 + timedelta(hours=5)))
    inbox.conversations.snooze(BOB, Snooze(T0 + timedelta(hours=2)))
    clock.move(86_400)
    inbox.conversations.wake()
    assert names(inbox)[:2] == ["bob", "ann"]


def test_a_woken_one_goes_off_the_top_by_an_answer_a_new_snooze_or_a_word(inbox: Inbox, clock: FakeClock) -> None:
    inbox.conversations.snooze([ANN, BOB, CAT], Snooze(T0 + timedelta(hours=1)))
    clock.move(3600)
    inbox.conversations.wake()
    inbox.replies.queue(ANN, "It left today.")
    inbox.conversations.snooze(BOB, Snooze(clock.now() + timedelta(hours=1)))
    inbox.conversations.unsnooze(CAT)
    assert [row(inbox, name).woke for name in ("ann", "bob", "cat")] == [None, None, None]


@pytest.mark.parametrize(("text", "wakes"), [("Thank you so much!", False), ("Still not here.", True), ("Thanks, but where is it?", True)])
def test_a_thank_you_leaves_a_snooze_alone_and_anything_else_wakes(inbox: Inbox, store: Store, text: str, wakes: bool) -> None:
    inbox.conversations.snooze(DAN, Snooze(T0 + timedelta(days=2), "no_answer"))
    store.threads.save_page(ACCOUNT, [thread(theirs("d3", 5, text), remote_id="dan", buyer="dan")], cursor=None, at=at(6))
    assert row(inbox, "dan").snoozed is not wakes
    assert row(inbox, "dan").woke == ("The buyer wrote." if wakes else None)
    assert ("dan" in names(inbox)) is wakes


def test_no_answer_until_the_time_is_said_so(inbox: Inbox, clock: FakeClock) -> None:
    inbox.conversations.snooze(DAN, Snooze(T0 + timedelta(days=2), "no_answer"))
    clock.move(2 * 86_400)
    inbox.conversations.wake()
    assert row(inbox, "dan").woke == "The buyer has not answered."


def test_a_snooze_until_tracking_moves_wakes_when_it_does(inbox: Inbox, store: Store) -> None:
    mine, other = order("01-1", -99, buyer="ann"), order("01-2", -99, buyer="eve")
    store.orders.save_page(ACCOUNT, [mine, other], cursor=None, at=T0)
    inbox.conversations.snooze(ANN, Snooze(None, "tracking"))
    assert (row(inbox, "ann").snoozed_until, row(inbox, "ann").snooze_when) == (None, "when tracking moves")
    store.orders.save_page(ACCOUNT, [moved(other), mine], cursor=None, at=at(1))
    assert row(inbox, "ann").snoozed
    store.orders.save_page(ACCOUNT, [moved(mine)], cursor=None, at=at(2))
    assert (row(inbox, "ann").snoozed, row(inbox, "ann").woke) == (False, "The parcel moved.")
    assert names(inbox)[0] == "ann"


def moved(before):
    from dataclasses import replace

    parcel = replace(before.shipments[0], status="IN_TRANSIT", last_event_at=at(1))
    return replace(before, shipments=(parcel,), modified_at=at(1))


def test_what_is_closed_can_not_be_put_off(inbox: Inbox) -> None:
    inbox.conversations.done(ANN)
    with pytest.raises(UsageError, match="closed"):
        inbox.conversations.snooze([BOB, ANN], Snooze(at(60)))
    assert not row(inbox, "bob").snoozed


def test_archived_at_the_marketplace_does_not_sleep_as_well(inbox: Inbox, store: Store) -> None:
    inbox.conversations.snooze(BOB, Snooze(at(60)))
    page = thread(theirs("b1", -50, "Is it blue?"), remote_id="bob", buyer="bob", listing="220", archived=True)
    store.threads.save_page(ACCOUNT, [page], cursor=None, at=at(1))
    assert (row(inbox, "bob").state, row(inbox, "bob").snoozed) == (State.CLOSED, False)
    assert inbox.conversations.next_wake() is None
    assert names(inbox, "snoozed") == []


def test_no_reply_needed_stops_the_clock_until_the_buyer_writes_again(inbox: Inbox, store: Store) -> None:
    inbox.conversations.no_reply_needed(ANN)
    assert (row(inbox, "ann").state, row(inbox, "ann").due_at) == (State.WAITING, None)
    assert names(inbox, "due") == ["bob", "cat"]
    store.threads.save_page(ACCOUNT, [thread(theirs("a2", 5), remote_id="ann", buyer="ann")], cursor=None, at=at(6))
    assert (row(inbox, "ann").state, row(inbox, "ann").oldest_unanswered_at) == (State.OPEN, at(5))


def test_no_reply_needed_hides_nothing_that_comes_late(inbox: Inbox, store: Store) -> None:
    inbox.conversations.no_reply_needed(ANN)
    store.threads.save_page(ACCOUNT, [thread(theirs("a0", -70), remote_id="ann", buyer="ann")], cursor=None, at=at(6))
    assert row(inbox, "ann").oldest_unanswered_at == at(-70)


def test_tags_are_small_and_in_order_and_refuse_what_no_search_could_name(inbox: Inbox) -> None:
    assert inbox.conversations.tag([ANN, BOB], add=("Refund due", "#vip")) == 2
    assert row(inbox, "ann").tags == ("refund-due", "vip")
    assert inbox.conversations.tag(ANN, add=("vip",), remove=("refund-due",)) == 1
    assert (row(inbox, "ann").tags, row(inbox, "bob").tags) == (("vip",), ("refund-due", "vip"))
    for wrong in ("", "  ", "a:b", "a,b", 'say "x"', "x" * 41):
        with pytest.raises(UsageError):
            inbox.conversations.tag(BOB, add=(wrong,))


def test_reading_what_is_read_writes_nothing(inbox: Inbox, store: Store) -> None:
    before = inbox.conversations.version()
    assert inbox.conversations.mark_read(BOB) == 0
    assert inbox.conversations.version() == before
    assert inbox.conversations.mark_read([ANN, BOB]) == 1
    assert asked_for(store) == [(OutboxKind.MARK_READ, "ann")]


def test_all_clocks_stand_in_one_list(inbox: Inbox, clock: FakeClock) -> None:
    inbox.promises.add(DAN, "send the invoice", at(30))
    inbox.conversations.snooze(CAT, Snooze(at(20)))
    clock.move(3600)
    items = inbox.due(10)
    assert [(item.kind, item.key.remote_id, item.overdue) for item in items] == [
        ("snooze", "cat", False),
        ("promise", "dan", True),
        ("reply", "ann", False),
        ("reply", "bob", False),
        ("reply", "cat", False),
    ]
    assert [item.text for item in items[:3]] == ["The time you set has come.", "send the invoice", "Where is my parcel?"]
    assert [item.due_at for item in inbox.due(3)] == [at(20), at(30), at(-60 + 24 * 60)]


def test_who_bought_meanwhile_goes_before_who_asked_as_long_ago(inbox: Inbox, store: Store) -> None:
    page = [thread(theirs("e1", -60, "Is it blue?"), remote_id="eve", buyer="eve")]
    store.threads.save_page(ACCOUNT, page, cursor=None, at=at(1))
    assert (row(inbox, "eve").klass, row(inbox, "eve").due_at) == ("presale", row(inbox, "ann").due_at)
    store.orders.save_page(ACCOUNT, [order("01-1", 2, buyer="eve")], cursor=None, at=at(3))
    assert (row(inbox, "eve").klass, row(inbox, "eve").due_at) == ("postsale", at(-60 + 23 * 60))
    assert names(inbox)[:2] == ["eve", "ann"]


def test_a_buyer_who_wrote_within_ten_minutes_is_hot(inbox: Inbox, store: Store, clock: FakeClock) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("b2", 1), remote_id="bob", buyer="bob")], cursor=None, at=at(1))
    clock.move(10 * 60)
    assert row(inbox, "bob").hot(clock.now())
    assert ([each.key for each in inbox.conversations.hot()], inbox.conversations.counts().hot) == ([BOB], 1)
    clock.move(60)
    assert not row(inbox, "bob").hot(clock.now())
    assert (inbox.conversations.hot(), inbox.conversations.counts().hot) == ((), 0)
