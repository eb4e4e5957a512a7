"""Taking back: exactly, as a whole, many levels deep, after a restart, and never over what the buyer wrote since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sellerinbox.domain.errors import NotFound
from sellerinbox.domain.models import State
from sellerinbox.domain.outbox import OutboxKind, OutboxState
from sellerinbox.domain.promises import NewPromise
from sellerinbox.domain.snooze import Snooze
from sellerinbox.inbox import Inbox
from sellerinbox.inbox.sending import Then
from sellerinbox.store.database import Store
from tests.fakes import FakeClock
from tests.inbox.conftest import open_inbox
from tests.inbox.test_sending import MONDAY, arrive, go_out
from tests.inbox.test_triage import ANN, BOB, CAT, DAN, names, row
from tests.store.making import ACCOUNT, at, key, theirs, thread


def everything(inbox: Inbox) -> list[object]:
    """All that the seller can see, as it stands now."""
    return [
        (row, inbox.promises.of(row.key), inbox.notes.list(row.key), inbox.replies.draft(row.key))
        for row in inbox.conversations.page("all", 99)
    ] + [inbox.buyers.blocked()]


ACTIONS: dict[str, Callable[[Inbox], object]] = {
    "done": lambda inbox: inbox.conversations.done(ANN),
    "done many": lambda inbox: inbox.conversations.done(ANN, BOB),
    "reopen": lambda inbox: inbox.conversations.reopen(CAT),
    "snooze": lambda inbox: inbox.conversations.snooze([ANN, DAN], Snooze(at(600))),
    "snooze again": lambda inbox: inbox.conversations.snooze(BOB, Snooze(None, "tracking")),
    "unsnooze": lambda inbox: inbox.conversations.unsnooze(BOB),
    "done asleep": lambda inbox: inbox.conversations.done(BOB),
    "no reply": lambda inbox: inbox.conversations.no_reply_needed(ANN, DAN),
    "tag": lambda inbox: inbox.conversations.tag([ANN, BOB], add=("x", "old"), remove=("vip",)),
    "read": lambda inbox: inbox.conversations.mark_read([ANN, BOB]),
    "unread": lambda inbox: inbox.conversations.mark_read(DAN, read=False),
    "note": lambda inbox: inbox.notes.add(ANN, "careful", buyer=True),
    "no note": lambda inbox: inbox.notes.remove(inbox.notes.list(DAN)[0].id),
    "promise": lambda inbox: inbox.promises.add(ANN, "call", at(30)),
    "renew": lambda inbox: inbox.promises.renew(inbox.promises.open()[0].id, at(99)),
    "drop": lambda inbox: inbox.promises.drop(inbox.promises.open()[0].id, "no need"),
    "block": lambda inbox: inbox.buyers.block(ACCOUNT, "ann", "abuse", "", ANN),
    "block again": lambda inbox: inbox.buyers.block(ACCOUNT, "dan", "fraud", "worse", DAN),
    "unblock": lambda inbox: inbox.buyers.unblock(ACCOUNT, "dan"),
}


@pytest.fixture
def lived_in(inbox: Inbox, store: Store, clock: FakeClock) -> Inbox:
    """An inbox in which everything has some past."""
    inbox.conversations.done(CAT)
    inbox.conversations.snooze(BOB, Snooze(at(300), "no_answer"))
    inbox.conversations.tag([ANN, BOB], add=("vip", "old"))
    inbox.notes.add(DAN, "a note")
    inbox.promises.add(DAN, "send the invoice", at(60))
    inbox.buyers.block(ACCOUNT, "dan", "abuse", "shouted", DAN)
    clock.move(60)
    return inbox


@pytest.mark.parametrize("action", list(ACTIONS))
def test_each_action_is_taken_back_exactly_and_as_a_whole(lived_in: Inbox, action: str) -> None:
    before = everything(lived_in)
    ACTIONS[action](lived_in)
    assert everything(lived_in) != before
    assert lived_in.history.last()
    said = lived_in.history.undo()
    assert everything(lived_in) == before
    assert said.endswith(".")
    assert "\n" not in said


def test_a_reply_with_close_tag_and_promise_is_one_action_after_a_restart_too(
    lived_in: Inbox, store: Store, home: Path, clock: FakeClock
) -> None:
    lived_in.replies.save_draft(ANN, "On Mon")
    lived_in.replies.save_draft(ANN, "")
    before = everything(lived_in)
    lived_in.replies.queue(ANN, "On Monday.", undo_seconds=10, promises=(MONDAY,), tags=("later",), then="snooze", snooze=Snooze(at(500)))
    lived_in.close()
    again = open_inbox(home, clock)
    assert again.history.last() == "the reply to ann, with it the tags (“later”), the snooze"
    said = again.history.undo()
    assert said == (
        "The reply to ann was called back and did not go out; its text is the draft again. What it promised is off the list. "
        "Taken back with it: the tags (“later”), the snooze."
    )
    assert again.replies.draft(ANN) == "On Monday."
    again.replies.save_draft(ANN, "")
    assert everything(again) == before
    again.close()


@pytest.mark.parametrize("then", ["close", "snooze"])
def test_what_was_away_before_a_reply_put_it_away_is_away_again(lived_in: Inbox, then: Then) -> None:
    name = {"close": "cat", "snooze": "bob"}[then]
    before = everything(lived_in)
    snooze = Snooze(at(900)) if then == "snooze" else None
    lived_in.replies.queue(key(name), "It left today.", undo_seconds=10, then=then, snooze=snooze)
    lived_in.history.undo()
    lived_in.replies.save_draft(key(name), "")
    assert everything(lived_in) == before


def test_thirty_are_one_action(inbox: Inbox, store: Store) -> None:
    many = [thread(theirs(f"n{n}", n), remote_id=f"n{n}", buyer=f"buyer{n}") for n in range(30)]
    store.threads.save_page(ACCOUNT, many, cursor=None, at=at(40))
    keys = [key(f"n{n}") for n in range(30)]
    inbox.conversations.done(*keys)
    inbox.conversations.done(ANN)
    assert inbox.history.last() == "closing ann"
    inbox.history.undo()
    assert inbox.history.last() == "closing 30 conversations"
    assert inbox.history.undo() == "30 conversations are back in the list."
    assert len(names(inbox)) == 34
    with pytest.raises(NotFound):
        inbox.history.undo()


def test_levels_go_back_to_the_beginning_and_nothing_is_ever_removed(lived_in: Inbox, store: Store) -> None:
    for action in ("done", "tag", "snooze again", "note"):
        ACTIONS[action](lived_in)
    with store.read() as session:
        steps = session.connection().exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
    while lived_in.history.last():
        lived_in.history.undo()
    assert names(lived_in) == ["ann", "bob", "cat", "dan"]
    assert all(each.tags == () and not each.snoozed and not each.notes for each in lived_in.conversations.page("all", 9))
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*), sum(undone) FROM journal").one() == (steps, steps)


def test_a_mark_that_went_out_is_taken_back_by_its_opposite(inbox: Inbox, store: Store) -> None:
    inbox.conversations.done(ANN)
    archive = store.outbox.claim_next(ACCOUNT, at(1))
    assert archive is not None
    store.outbox.mark_sent(archive.id)
    inbox.history.undo()
    assert [(item.kind, item.state) for item in store.outbox.list(1)] == [(OutboxKind.UNARCHIVE, OutboxState.QUEUED)]


def test_a_reply_that_has_gone_out_says_so_and_the_rest_is_taken_back(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "It left today.", then="close", tags=("sent",), promises=())
    go_out(store)
    said = inbox.history.undo()
    assert said.startswith("Too late to call this reply back: it has arrived at the marketplace. Taken back with it: ")
    assert (row(inbox, "ann").state, row(inbox, "ann").tags) == (State.WAITING, ())
    with pytest.raises(NotFound):
        inbox.history.undo()


def test_a_promise_that_was_told_to_the_buyer_stays_when_its_reply_is_out(inbox: Inbox, store: Store) -> None:
    inbox.replies.queue(ANN, "On Monday.", promises=(MONDAY,), ack_only=True)
    go_out(store)
    inbox.history.undo()
    assert len(inbox.promises.open()) == 1


def test_what_the_buyer_wrote_since_is_never_hidden_by_undo(inbox: Inbox, store: Store) -> None:
    inbox.conversations.done(ANN)
    inbox.conversations.reopen(ANN)
    inbox.conversations.mark_read(DAN, read=False)
    inbox.conversations.snooze(BOB, Snooze(at(600)))
    inbox.conversations.unsnooze(BOB)
    for name in ("ann", "dan", "bob"):
        arrive(store, name, theirs(f"new-{name}", 5, "Hello?"))
    unread = row(inbox, "dan").unread
    assert inbox.history.undo() == "bob wrote since, so the conversation stays in the list."
    inbox.history.undo()
    assert not row(inbox, "bob").snoozed
    assert inbox.history.undo() == "dan wrote since, so the conversation stays unread."
    assert row(inbox, "dan").unread == unread
    assert inbox.history.undo() == "ann wrote since, so the conversation stays open."
    assert row(inbox, "ann").state is State.OPEN
    assert inbox.history.undo() == "ann is back in the list."
    assert row(inbox, "ann").oldest_unanswered_at == at(-60)


def test_closing_what_slept_is_taken_back_awake_when_the_buyer_wrote(inbox: Inbox, store: Store) -> None:
    inbox.conversations.snooze(BOB, Snooze(at(600)))
    inbox.conversations.done(BOB)
    arrive(store, "bob", theirs("b2", 5, "Hello?"))
    inbox.history.undo()
    assert (row(inbox, "bob").snoozed, row(inbox, "bob").state) == (False, State.OPEN)


def test_some_of_many_stay_because_their_buyers_wrote(inbox: Inbox, store: Store) -> None:
    inbox.conversations.done(ANN, BOB, CAT)
    inbox.conversations.reopen(ANN, BOB, CAT)
    arrive(store, "bob", theirs("b2", 5, "Hello?"))
    assert inbox.history.undo() == "2 conversations are closed again. As they are, because their buyers wrote since: 1."
    assert names(inbox) == ["bob", "dan"]


def test_your_own_draft_is_not_written_over_by_a_called_back_reply(inbox: Inbox) -> None:
    inbox.replies.queue(ANN, "First.", undo_seconds=10)
    inbox.replies.save_draft(ANN, "Second, half")
    assert "your draft is as it was" in inbox.history.undo()
    assert inbox.replies.draft(ANN) == "Second, half"


def test_a_promise_kept_meanwhile_is_not_opened_by_undo(inbox: Inbox, store: Store) -> None:
    inbox.promises.add(ANN, "check", at(60))
    inbox.replies.queue(ANN, "The carrier has it.")
    go_out(store)
    inbox.history.undo()
    assert inbox.history.undo() == "The promise to ann is closed already, so nothing was changed."
    assert [each.state.value for each in inbox.promises.of(ANN)] == ["kept"]


def test_nobody_undoes_the_same_action_twice(inbox: Inbox, home: Path, clock: FakeClock) -> None:
    inbox.conversations.done(ANN)
    inbox.conversations.done(BOB)
    other = open_inbox(home, clock)
    other.history.undo()
    inbox.history.undo()
    other.close()
    assert names(inbox) == ["ann", "bob", "cat", "dan"]


def test_merely_opening_a_conversation_is_no_action(inbox: Inbox) -> None:
    inbox.conversations.mark_read(ANN, undoable=False)
    inbox.conversations.wake()
    inbox.replies.save_draft(ANN, "x")
    assert inbox.history.last() == ""


@pytest.mark.parametrize("promises", [(), (NewPromise("x", at(60)),)])
def test_a_cancelled_reply_in_the_outbox_leaves_no_half_behind(inbox: Inbox, promises: tuple[NewPromise, ...]) -> None:
    then = "stay" if promises else "close"
    item = inbox.replies.queue(ANN, "Hello.", undo_seconds=10, promises=promises, then=then)  # type: ignore[arg-type]
    inbox.replies.cancel(item.id)
    assert (row(inbox, "ann").state, inbox.promises.open(), inbox.replies.draft(ANN)) == (State.OPEN, (), "Hello.")
    assert "called back before" in inbox.history.undo()
    assert (row(inbox, "ann").state, inbox.promises.open()) == (State.OPEN, ())
