"""Accounts, block list, drafts and journal."""

from __future__ import annotations

from dataclasses import replace

from sellerinbox.domain.accounts import Account, Seller
from sellerinbox.domain.buyers import Block
from sellerinbox.domain.outbox import OutboxKind, OutboxState
from sellerinbox.domain.views import AccountStatus
from sellerinbox.store.database import Store
from sellerinbox.store.windows import Windows
from tests.store.making import ACCOUNT, T0, at, key, theirs, thread

BLOCK = Block(ACCOUNT, "bob", "abuse", "shouted", key(), "01-1", T0, "none")


def test_a_good_round_wipes_the_trouble_and_trouble_keeps_the_last_good_time(store: Store, windows: Windows) -> None:
    store.accounts.record_ok(ACCOUNT, at(0), at(2))
    store.accounts.record_problem(ACCOUNT, "offline", "No network.", at(3))
    assert store.accounts.statuses() == (AccountStatus(ACCOUNT, "ebay", at(0), at(3), "No network.", "offline"),)
    assert windows.counts().accounts == store.accounts.statuses()
    store.accounts.record_ok(ACCOUNT, at(3), None)
    assert store.accounts.statuses() == (AccountStatus(ACCOUNT, "ebay", at(3), None, None, None),)


def test_the_seller_is_remembered_and_knowing_an_account_again_keeps_everything(store: Store) -> None:
    assert store.accounts.seller(ACCOUNT) is None
    store.accounts.set_seller(ACCOUNT, Seller("u1", "lamp-shop"))
    store.accounts.ensure(Account(ACCOUNT, "ebay"))
    assert store.accounts.seller(ACCOUNT) == Seller("u1", "lamp-shop")


def test_a_removed_account_keeps_its_messages_readable_and_sends_nothing_more(store: Store, windows: Windows) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0))], cursor="one", at=T0)
    item = store.outbox.enqueue(OutboxKind.REPLY, key(), "Hi", at=T0, not_before=T0)
    store.accounts.remove(ACCOUNT)
    assert store.outbox.get(item.id).state is OutboxState.CANCELLED
    assert store.accounts.cursor(ACCOUNT, "threads") is None
    assert len(windows.thread(key()).entries) == 1
    assert windows.search("m1", 5)


def test_block_list(store: Store, windows: Windows) -> None:
    store.blocks.block(BLOCK)
    assert store.blocks.get(ACCOUNT, "bob") == BLOCK
    store.blocks.block(replace(BLOCK, reason="fraud"))
    assert store.blocks.set_remote(ACCOUNT, "bob", "done by seller")
    assert store.blocks.list() == windows.blocked() == (replace(BLOCK, reason="fraud", remote="done by seller"),)
    assert store.blocks.list("other") == ()
    assert store.blocks.unblock(ACCOUNT, "bob")
    assert not store.blocks.unblock(ACCOUNT, "bob")
    assert store.blocks.get(ACCOUNT, "bob") is None


def test_a_draft_is_kept_replaced_and_removed_when_empty(store: Store, windows: Windows) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0))], cursor=None, at=T0)
    store.drafts.save(key(), "Dear", T0)
    store.drafts.save(key(), "Dear Bob \ud800", T0)
    assert store.drafts.get(key()) == windows.draft(key()) == windows.thread(key()).draft == "Dear Bob \ufffd"
    store.drafts.save(key(), "", T0)
    assert store.drafts.get(key()) == ""
    assert not windows.row(key()).has_draft


def test_the_journal_goes_back_one_by_one_and_forgets_nothing(store: Store) -> None:
    first = store.journal.append("done", key(), {"closed": False}, at(0))
    second = store.journal.append("block", None, {"buyer": "bob"}, at(1))
    last = store.journal.last()
    assert last is not None
    assert (last.id, last.action, last.key, last.undo, last.at) == (second, "block", None, {"buyer": "bob"}, at(1))
    assert store.journal.mark_undone(second)
    assert not store.journal.mark_undone(second)
    last = store.journal.last()
    assert last is not None
    assert (last.id, last.key) == (first, key())
    assert store.journal.append("done", key(), {}, at(2)) == second + 1


def test_conversations_with_a_buyer_newest_first_in_any_case(store: Store, windows: Windows) -> None:
    pages = [thread(theirs(f"m{n}", n), remote_id=f"c{n}", buyer="Bob") for n in range(3)] + [
        thread(theirs("x", 9), remote_id="x", buyer="eve")
    ]
    store.threads.save_page(ACCOUNT, pages, cursor=None, at=T0)
    assert [row.key.remote_id for row in windows.with_buyer("bob", 2)] == ["c2", "c1"]
