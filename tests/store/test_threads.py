"""Saving pages: nothing lost, nothing twice, and the list says what is owed."""

from __future__ import annotations

import pytest

from sellerinbox.domain.errors import NotFound
from sellerinbox.domain.messages import Attachment
from sellerinbox.domain.models import Kind, State
from sellerinbox.domain.outbox import OutboxKind, OutboxState
from sellerinbox.store.database import Store
from sellerinbox.store.windows import Windows
from tests.store.making import ACCOUNT, T0, at, key, order, ours, theirs, thread


def save(store: Store, *threads, cursor: str | None = None):
    return store.threads.save_page(ACCOUNT, threads, cursor=cursor, at=T0)


def ids(windows: Windows, remote_id: str = "c1") -> list[str]:
    return [entry.id for entry in windows.thread(key(remote_id)).entries]


def test_a_page_saved_again_changes_nothing(store: Store, windows: Windows) -> None:
    page = thread(theirs("m1", 0), ours("m2", 1), unread=1)
    assert save(store, page).new_messages == 2
    again = save(store, page)
    assert (again.new_messages, again.changed) == (0, ())
    assert ids(windows) == ["m1", "m2"]


def test_a_thread_that_comes_twice_in_a_page_is_one(store: Store, windows: Windows) -> None:
    assert save(store, thread(theirs("m1", 0)), thread(theirs("m1", 0), theirs("m2", 1))).new_messages == 2
    assert ids(windows) == ["m1", "m2"]


def test_messages_of_the_same_time_are_all_kept_in_a_stable_order(store: Store, windows: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    # Every checksum alike: the worst collision there can be, within a page and with what is stored.
    monkeypatch.setattr("sellerinbox.store.values.crc32", lambda _: 0xFFFFF)
    save(store, thread(theirs("m1", 0), theirs("m2", 0), theirs("m3", 0)))
    save(store, thread(theirs("m4", 0), theirs("m5", 0)))
    before = ids(windows)
    assert sorted(before) == ["m1", "m2", "m3", "m4", "m5"]
    save(store, thread(*(theirs(name, 0) for name in before)))
    assert ids(windows) == before


def test_an_edited_text_is_shown_and_found(store: Store, windows: Windows) -> None:
    save(store, thread(theirs("m1", 0, "the blue teapot")))
    saved = save(store, thread(theirs("m1", 0, "the green teapot")))
    assert saved.changed == (key(),)
    assert [entry.text for entry in windows.thread(key()).entries] == ["the green teapot"]
    assert windows.search("green", 5)
    assert not windows.search("blue", 5)


def test_a_message_that_gets_a_new_time_moves_and_stays_one(store: Store, windows: Windows) -> None:
    save(store, thread(theirs("m1", 0, "apple"), theirs("m2", 5, "pear")))
    save(store, thread(theirs("m1", 9, "apple"), theirs("m2", 5, "pear")))
    assert ids(windows) == ["m2", "m1"]
    assert [hit.message_id for hit in windows.search("apple", 5)] == ["m1"]


def test_the_original_text_comes_back_unchanged_whatever_it_holds(store: Store, windows: Windows) -> None:
    raw = "a\ud800b\x00c\x1b[31m\udfff"
    save(store, thread(theirs("m1", 0, "abc", raw=raw), theirs("m\ud800", 1, "half \udc00 pair", author="b\ud801b"), buyer="x\ud800"))
    entries = windows.thread(key()).entries
    assert entries[0].raw == raw
    assert entries[1].raw is None
    assert "half" in entries[1].text
    assert windows.search("pair", 5)
    assert windows.row(key("\ud800")) is None


def test_dates_at_the_edges_of_time_are_stored(store: Store, windows: Windows) -> None:
    edge = theirs("m9", 0).sent_at.replace(year=9999)
    start = theirs("m0", 0).sent_at.replace(year=1969)
    save(store, thread(theirs("m9", 0, sent_at=edge), theirs("m0", 0, sent_at=start), theirs("m1", 1)))
    assert ids(windows) == ["m0", "m1", "m9"]


def test_attachments_come_back(store: Store, windows: Windows) -> None:
    picture = Attachment("crack.jpg", "IMAGE", "https://i.example/1")
    save(store, thread(theirs("m1", 0, attachments=(picture,))))
    assert windows.thread(key()).entries[0].attachments == (picture,)


def test_the_clock_runs_from_the_oldest_message_without_an_answer(store: Store, windows: Windows) -> None:
    save(store, thread(theirs("m1", 0), ours("m2", 1), theirs("m3", 5), theirs("m4", 9)))
    row = windows.row(key())
    assert row is not None
    assert (row.state, row.oldest_unanswered_at, row.due_kind) == (State.OPEN, at(5), "reply")
    assert row.due_at == at(5 + 24 * 60)
    save(store, thread(ours("m5", 10)))
    row = windows.row(key())
    assert row is not None
    assert (row.state, row.oldest_unanswered_at, row.due_at, row.due_kind) == (State.WAITING, None, None, None)


def test_a_notice_of_the_marketplace_owes_no_answer(store: Store, windows: Windows) -> None:
    save(store, thread(theirs("m1", 0), kind=Kind.MARKETPLACE))
    row = windows.row(key())
    assert row is not None
    assert (row.state, row.due_at) == (State.OPEN, None)
    assert windows.page("due", 5) == ()


def test_a_new_message_of_the_buyer_reopens_and_counts_from_itself(store: Store) -> None:
    save(store, thread(theirs("m1", 0)))
    store.threads.set_closed(key(), closed=True)
    row = store.threads.row(key())
    assert (row.state, row.due_at) == (State.CLOSED, None)
    save(store, thread(theirs("m1", 0), theirs("m2", 7)))
    row = store.threads.row(key())
    assert (row.state, row.oldest_unanswered_at) == (State.OPEN, at(7))


def test_a_message_that_comes_late_reopens_although_it_is_older(store: Store) -> None:
    save(store, thread(theirs("m1", 5)))
    store.threads.set_closed(key(), closed=True)
    save(store, thread(theirs("m0", 4), theirs("m1", 5)))
    row = store.threads.row(key())
    assert (row.state, row.oldest_unanswered_at) == (State.OPEN, at(4))


def test_our_own_message_does_not_reopen(store: Store) -> None:
    save(store, thread(theirs("m1", 0)))
    store.threads.set_closed(key(), closed=True)
    save(store, thread(ours("m2", 7)))
    assert store.threads.row(key()).state is State.CLOSED


def test_reopening_by_hand_brings_the_old_clock_back(store: Store) -> None:
    save(store, thread(theirs("m1", 0)))
    store.threads.set_closed(key(), closed=True)
    store.threads.set_closed(key(), closed=False)
    assert store.threads.row(key()).oldest_unanswered_at == at(0)


def test_archived_elsewhere_closes_and_brought_back_elsewhere_opens(store: Store) -> None:
    save(store, thread(theirs("m1", 0)))
    save(store, thread(theirs("m1", 0), archived=True))
    assert store.threads.row(key()).state is State.CLOSED
    save(store, thread(theirs("m1", 0), archived=False))
    assert store.threads.row(key()).state is State.OPEN


def test_a_page_older_than_the_sellers_closing_does_not_undo_it(store: Store) -> None:
    save(store, thread(theirs("m1", 0), archived=True))
    store.threads.set_closed(key(), closed=False)
    save(store, thread(theirs("m1", 0), archived=True))
    assert store.threads.row(key()).state is State.OPEN
    save(store, thread(theirs("m1", 0), archived=False))
    save(store, thread(theirs("m1", 0), archived=True))
    assert store.threads.row(key()).state is State.CLOSED


def test_an_archive_request_on_its_way_does_not_close_over_a_new_message(store: Store) -> None:
    save(store, thread(theirs("m1", 0)))
    store.threads.set_closed(key(), closed=True)
    waiting = store.outbox.enqueue(OutboxKind.ARCHIVE, key(), at=T0, not_before=T0)
    save(store, thread(theirs("m1", 0), theirs("m2", 1)))
    assert store.outbox.get(waiting.id).state is OutboxState.CANCELLED
    save(store, thread(theirs("m1", 0), theirs("m2", 1), archived=True))
    assert store.threads.row(key()).state is State.OPEN


def test_read_here_stays_read_until_something_new_comes(store: Store) -> None:
    save(store, thread(theirs("m1", 0), unread=1))
    store.threads.set_read(key(), read=True)
    save(store, thread(theirs("m1", 0), unread=1))
    assert store.threads.row(key()).unread == 0
    save(store, thread(theirs("m1", 0), theirs("m2", 1), unread=2))
    assert store.threads.row(key()).unread == 1
    save(store, thread(theirs("m1", 0), theirs("m2", 1), unread=0))
    assert store.threads.row(key()).unread == 0


def test_unread_again_elsewhere_counts_once_the_marketplace_knew_it_was_read(store: Store) -> None:
    save(store, thread(theirs("m1", 0), unread=1))
    store.threads.set_read(key(), read=True)
    save(store, thread(theirs("m1", 0), unread=0))
    save(store, thread(theirs("m1", 0), unread=1))
    assert store.threads.row(key()).unread == 1


def test_marked_unread_here_survives_a_page_that_says_read(store: Store) -> None:
    save(store, thread(theirs("m1", 0), unread=0))
    store.threads.set_read(key(), read=False)
    save(store, thread(theirs("m1", 0), unread=0))
    assert store.threads.row(key()).unread == 1


def test_known_tells_only_what_a_reading_brought(store: Store) -> None:
    """A reply that a send confirmed must not hide a buyer's message that came just before it."""
    save(store, thread(theirs("m1", 0), unread=1))
    item = store.outbox.enqueue(OutboxKind.REPLY, key(), "Hello", at=T0, not_before=T0)
    store.outbox.claim_next(ACCOUNT, T0)
    store.outbox.mark_sent(item.id, "m3", at(9), author="seller")
    known = store.threads.known(ACCOUNT, ["c1", "c2"])
    assert set(known) == {"c1"}
    assert (known["c1"].latest_message_id, known["c1"].unread) == ("m1", 1)


def test_a_thread_read_in_part_is_read_whole_again(store: Store) -> None:
    save(store, thread(theirs("m2", 5), complete=False))
    assert store.threads.known(ACCOUNT, ["c1"])["c1"].latest_message_id is None
    save(store, thread(theirs("m1", 0), theirs("m2", 5)))
    assert store.threads.known(ACCOUNT, ["c1"])["c1"].latest_message_id == "m2"


def test_the_rest_of_an_archived_thread_read_in_part_is_not_news(store: Store) -> None:
    save(store, thread(theirs("m2", 5), archived=True, complete=False))
    save(store, thread(theirs("m1", 0), theirs("m2", 5), archived=True))
    assert store.threads.row(key()).state is State.CLOSED


def test_the_cursor_moves_with_its_page_and_stays_where_none_is_given(store: Store) -> None:
    save(store, thread(theirs("m1", 0)), cursor="one")
    save(store, thread(theirs("m2", 1)), cursor=None)
    assert store.accounts.cursor(ACCOUNT, "threads") == "one"
    assert store.accounts.cursor(ACCOUNT, "orders") is None


def test_accounts_never_mix_even_with_equal_ids(store: Store, windows: Windows) -> None:
    from dataclasses import replace

    from sellerinbox.domain.accounts import Account
    from sellerinbox.domain.models import Key

    store.accounts.ensure(Account("other", "ebay"))
    mine, other = thread(theirs("m1", 0, "mine")), thread(theirs("m1", 0, "other"))
    save(store, mine)
    moved = replace(other, conversation=replace(other.conversation, key=Key("other", "c1")))
    store.threads.save_page("other", [moved], cursor=None, at=T0)
    assert [entry.text for entry in windows.thread(key()).entries] == ["mine"]
    assert [entry.text for entry in windows.thread(Key("other", "c1")).entries] == ["other"]


def test_the_row_shows_block_draft_order_and_outbox(store: Store, windows: Windows) -> None:
    from sellerinbox.domain.buyers import Block

    save(store, thread(theirs("m1", 0)))
    store.orders.save_page(ACCOUNT, [order("01-1", 0), order("01-2", 5), order("01-3", 9, buyer="eve")], cursor=None, at=T0)
    store.blocks.block(Block(ACCOUNT, "bob", "abuse", "", key(), None, T0, "none"))
    store.drafts.save(key(), "Dear Bob", T0)
    store.outbox.enqueue(OutboxKind.REPLY, key(), "Hello", at=T0, not_before=T0)
    store.outbox.enqueue(OutboxKind.MARK_READ, key(), at=T0, not_before=T0)
    row = windows.page("inbox", 5)[0]
    assert (row.blocked, row.has_draft, row.order_id, row.outbox) == (True, True, "01-2", OutboxState.QUEUED)
    match = windows.order(key())
    assert match is not None
    assert (match.order.order_id, match.candidates, match.inferred, match.blocked) == ("01-2", 2, True, True)
    assert match == store.orders.for_conversation(key())


def test_an_unknown_conversation_or_account_is_named(store: Store) -> None:
    for ask in (lambda: store.threads.row(key()), lambda: store.threads.set_closed(key(), closed=True), lambda: store.drafts.get(key())):
        with pytest.raises(NotFound, match="c1"):
            ask()
    with pytest.raises(NotFound, match="nobody"):
        store.threads.save_page("nobody", [], cursor=None, at=T0)
