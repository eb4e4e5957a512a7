"""The list never changes under the seller's fingers, and every key does what it says."""

from __future__ import annotations

import pytest

from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.sync.events import Elsewhere, OutboxChanged, Progress, Synced
from sellerinbox.tui import keys
from sellerinbox.tui.screens.inbox import InboxScreen
from tests.tui.conftest import Desk, screen_text, until

WIDE, SMALL = (120, 40), (80, 24)


def inbox_of(app: object) -> InboxScreen:
    return app.screen_stack[0]  # type: ignore[attr-defined, no-any-return]


async def test_the_longest_waiting_buyer_is_on_top_and_the_panes_follow(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = inbox_of(pilot.app)
        assert screen.current is not None
        assert screen.current.key == filled.key("c0")
        await until(pilot, lambda: "12-34567-89012" in screen_text(pilot.app), "the order")
        text = screen_text(pilot.app)
        assert "inferred from buyer and item" in text
        assert "where is parcel number 0" in text


async def test_a_conversation_that_moves_away_keeps_the_highlight(filled: Desk) -> None:
    """Otherwise the next key would answer another buyer than the one being read."""
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("down")
        screen = inbox_of(pilot.app)
        assert screen.current is not None
        assert screen.current.key == filled.key("c1")
        filled.buyer_writes("c9", "I am angry", buyer="urgent", hours_ago=60)
        item = filled.inbox.replies.queue(filled.key("c1"), "On its way.")
        store = filled.inbox.files.store
        claimed = store.outbox.claim_next("shop-uk", filled.clock.now())
        assert claimed is not None
        store.outbox.mark_sent(item.id, "sent-1", filled.clock.now(), author="me")
        filled.feed.say(Synced("shop-uk", 1, 0))
        await until(pilot, lambda: screen.list.rows[0].buyer == "urgent", "the new row")
        assert screen.current.key == filled.key("c1")


async def test_a_list_longer_than_the_screen_is_walked_end_to_end(desk: Desk) -> None:
    for number in range(70):
        desk.buyer_writes(f"c{number:02}", "Hello?", buyer=f"buyer{number:02}", hours_ago=100 - number)
    async with desk.app().run_test(size=SMALL) as pilot:
        screen = inbox_of(pilot.app)
        seen = []
        for _ in range(70):
            assert screen.current is not None
            seen.append(screen.current.buyer)
            await pilot.press("j")
        assert seen == [f"buyer{number:02}" for number in range(70)]
        for expected in reversed(seen[:-1]):
            await pilot.press("k")
            assert screen.current.buyer == expected
        await pilot.press("G")
        assert screen.current.buyer == "buyer69"
        await pilot.press("home")
        assert screen.current.buyer == "buyer00"


async def test_a_small_screen_shows_one_pane_at_a_time(filled: Desk) -> None:
    async with filled.app().run_test(size=SMALL) as pilot:
        assert "where is parcel number 4" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: "▎" in screen_text(pilot.app), "the thread")
        assert "parcel number 4" not in screen_text(pilot.app)
        await pilot.press("tab")
        await until(pilot, lambda: "12-34567-89012" in screen_text(pilot.app), "the order")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: "parcel number 4" in screen_text(pilot.app), "the list")


async def test_opening_marks_as_read_here_and_tells_the_marketplace(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: filled.inbox.conversations.row(filled.key("c0")).unread == 0)
    assert [item.kind for item in filled.inbox.replies.outbox()] == ["mark_read"]


async def test_resting_on_a_conversation_does_not_mark_it(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "▎" in screen_text(pilot.app), "the thread")
    assert filled.inbox.conversations.row(filled.key("c0")).unread == 1


async def test_done_goes_on_to_the_next_and_undo_brings_it_back(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = inbox_of(pilot.app)
        await pilot.press("e")
        await until(pilot, lambda: screen.current is not None and screen.current.key == filled.key("c1"))
        assert filled.key("c0") not in [row.key for row in screen.list.rows]
        await pilot.press("u")
        await until(pilot, lambda: filled.key("c0") in [row.key for row in screen.list.rows])


async def test_g_and_a_letter_open_other_lists(filled: Desk) -> None:
    filled.inbox.conversations.done(filled.key("c2"))
    async with filled.app().run_test(size=WIDE) as pilot:
        screen = inbox_of(pilot.app)
        await pilot.press("g", "c")
        await until(pilot, lambda: [row.key for row in screen.list.rows] == [filled.key("c2")])
        await pilot.press("g", "i")
        await until(pilot, lambda: len(screen.list.rows) == 4)


async def test_news_from_the_sync_show_without_a_key(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        filled.buyer_writes("c9", "First!", buyer="newcomer", hours_ago=90)
        filled.feed.say(Synced("shop-uk", 1, 0))
        await until(pilot, lambda: "newcomer" in screen_text(pilot.app), "the new buyer")
        filled.feed.say(Progress("shop-uk", "conversations", 350, 1500))
        await until(pilot, lambda: "350 of 1,500" in screen_text(pilot.app), "the progress")
        filled.feed.say(Elsewhere("Another sellerinbox is syncing."))
        await until(pilot, lambda: "Another sellerinbox is syncing." in screen_text(pilot.app), "who syncs")


async def test_an_unconfirmed_reply_says_so_in_words(filled: Desk) -> None:
    item = filled.inbox.replies.queue(filled.key("c0"), "On its way.")
    store = filled.inbox.files.store
    store.outbox.claim_next("shop-uk", filled.clock.now())
    store.outbox.mark_unconfirmed(item.id, "The line broke; the next sync looks whether it arrived.")
    async with filled.app().run_test(size=WIDE) as pilot:
        filled.feed.say(OutboxChanged("shop-uk", item.id, filled.key("c0"), OutboxState.UNCONFIRMED))
        await until(pilot, lambda: "The line broke" in screen_text(pilot.app), "the reason")
        await until(pilot, lambda: "1 unconfirmed" in screen_text(pilot.app), "the count")


async def test_quitting_with_a_reply_waiting_asks(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("1")
        await until(pilot, filled.outbox)
        await pilot.press("q")
        await until(pilot, lambda: "still waiting to go" in screen_text(pilot.app), "the question")
        await pilot.press("escape")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
        assert pilot.app.is_running


async def test_blocking_records_only_what_the_seller_said(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("B")
        await until(pilot, lambda: "Why block buyer0?" in screen_text(pilot.app), "the reasons")
        await pilot.press("enter")
        await until(pilot, lambda: "A note" in screen_text(pilot.app), "the note")
        await pilot.press(*"rude", "enter")
        await until(pilot, lambda: "Block buyer0:" in screen_text(pilot.app), "the confirm")
        await pilot.press("enter")
        await pilot.pause()
        assert filled.inbox.buyers.blocked() == (), "Enter alone must not block"
        await pilot.press("y")
        await until(pilot, lambda: "bmgt/BuyerBlock" in screen_text(pilot.app), "the official page")
        assert pilot.app.clipboard == "buyer0"
        await pilot.press("y")
        await until(pilot, lambda: filled.inbox.buyers.blocked()[0].remote == "done by seller")
        await until(pilot, lambda: "You blocked this buyer" in screen_text(pilot.app), "the badge")
    [block] = filled.inbox.buyers.blocked()
    assert (block.reason, block.note, block.order_id) == ("abuse", "rude", "12-34567-89012")


async def test_search_finds_and_opens(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 2)
        await pilot.press(*"commande")
        await until(pilot, lambda: "buyer3" in screen_text(pilot.app), "the hit")
        await pilot.press("enter", "enter")
        screen = inbox_of(pilot.app)
        await until(pilot, lambda: screen.current is not None and screen.current.key == Key("shop-uk", "c3"))


async def test_an_order_is_looked_up_by_its_tracking_number(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("O")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 2)
        await pilot.press(*"RR630930672GB")
        await until(pilot, lambda: "12-34567-89012" in screen_text(pilot.app), "the order")


@pytest.mark.parametrize("binding", keys.INBOX, ids=lambda binding: str(binding.id))
def test_every_key_has_a_name_a_description_and_an_action(binding: keys.Binding) -> None:
    assert binding.id
    assert binding.description
    assert hasattr(InboxScreen, f"action_{binding.action.partition('(')[0]}")


async def test_a_remapped_key_works_and_is_what_the_screen_names(filled: Desk) -> None:
    from dataclasses import replace

    filled.config = replace(filled.config, keys={"reply.write": "f2"})
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "F2 reply" in screen_text(pilot.app), "the new key")
        await pilot.press("f2")
        await until(pilot, lambda: "Ctrl+S send" in screen_text(pilot.app), "the reply box")


async def test_without_an_account_the_demo_and_the_sign_in_are_offered(desk: Desk) -> None:
    from dataclasses import replace

    desk.config = replace(desk.config, accounts=())
    app = desk.app()
    async with app.run_test(size=SMALL) as pilot:
        text = screen_text(app)
        assert "open the demo" in text
        assert "sign in" in text
        await pilot.press("d")
    assert app.return_value == "demo"


async def test_quitting_can_send_what_waits_first(filled: Desk) -> None:
    async with filled.app().run_test(size=WIDE) as pilot:
        await pilot.press("1")
        await until(pilot, filled.outbox)
        await pilot.press("q")
        await until(pilot, lambda: "send now, then quit" in screen_text(pilot.app), "the question")
        await pilot.press("down", "enter")
        store = filled.inbox.files.store
        await until(pilot, lambda: store.outbox.next_due("shop-uk") == filled.clock.now(), "the end of the window")
        assert pilot.app.is_running, "not before it has gone"
        item = store.outbox.claim_next("shop-uk", filled.clock.now())
        assert item is not None
        store.outbox.mark_sent(item.id, "sent-1", filled.clock.now(), author="me")
        await filled.clock.advance(1)
        await until(pilot, lambda: not pilot.app.is_running, "the end")


async def test_a_new_order_by_a_blocked_buyer_is_a_warning_until_it_is_shipped(filled: Desk) -> None:
    filled.inbox.buyers.block("shop-uk", "buyer1", "fraud")
    filled.clock.move(3600)
    filled.order("77-77777-77777", "buyer1", "999", tracking=None, placed_hours_ago=0.5)
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "1 new order by a blocked buyer" in screen_text(pilot.app), "the warning")
        await pilot.press("O")
        await until(pilot, lambda: "77-77777-77777" in screen_text(pilot.app), "the order")
        await pilot.press("escape")
        filled.order("77-77777-77777", "buyer1", "999", tracking="RR1", placed_hours_ago=0.5)
        filled.feed.say(Synced("shop-uk", 0, 1))
        await until(pilot, lambda: "by a blocked buyer" not in screen_text(pilot.app), "the end of the warning")


async def test_while_another_process_syncs_its_news_are_seen(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellerinbox.tui.app.LOOK", 0.05)
    async with filled.app().run_test(size=WIDE) as pilot:
        await until(pilot, lambda: pilot.app.feed, "the sync process")  # type: ignore[attr-defined]
        filled.feed.say(Elsewhere("Another sellerinbox is syncing."))
        await until(pilot, lambda: "Another sellerinbox is syncing." in screen_text(pilot.app), "who syncs")
        filled.buyer_writes("c9", "First!", buyer="newcomer", hours_ago=90)
        await until(pilot, lambda: "newcomer" in screen_text(pilot.app), "the other's news, with no event")
        filled.feed.say(Synced("shop-uk", 0, 0))
        await until(pilot, lambda: "Another sellerinbox" not in screen_text(pilot.app), "the end of the words")
