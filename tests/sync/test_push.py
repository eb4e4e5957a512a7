"""What the buyer gets: every confirmed reply once, whatever happens on the way (faults.md, section 3).

A *protection* comment names what was taken out once to see the test fail.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from sellerinbox.domain.errors import (
    AuthenticationFailed,
    GuardBlocked,
    NotSupported,
    NotTheMarketplace,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    StoreError,
    Unavailable,
    UnexpectedResponse,
)
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxKind, OutboxState
from sellerinbox.sync.events import OutboxChanged
from sellerinbox.sync.push import FAREWELL, REPEATABLE_TRIES, SEND_LIMIT
from tests.sync.desk import Desk

UNCLEAR = [
    OutcomeUnknown("shop-uk", "No answer came."),
    UnexpectedResponse("shop-uk", "Half an answer came."),
    NotTheMarketplace("shop-uk", "This network asks for a log-in."),
    KeyError("a mistake of ours"),
]


@pytest.fixture
async def ready(desk: Desk) -> Desk:
    """A desk whose conversations are in."""
    await desk.sync()
    desk.events.clear()
    return desk


async def test_a_reply_goes_out_and_shows_in_its_thread_once(ready: Desk) -> None:
    item = ready.reply("It left today.")
    done = await ready.sync()
    await ready.sync()
    assert ready.shop.ledger == [("c1", "It left today.")]
    assert ready.state(item) is OutboxState.SENT
    assert (done.sent, done.unconfirmed, done.problems) == (1, 0, 0)
    view = ready.windows.thread(Key("shop-uk", "c1"))
    assert view is not None
    assert [entry.text for entry in view.entries].count("It left today.") == 1


async def test_a_reply_that_the_buyer_overtook_never_leaves_and_is_told(ready: Desk) -> None:
    # Protection: without the look at the outbox's `overtaken`, the buyer gets an answer to something else.
    item = ready.reply("I will refund you.")
    ready.shop.buyer_writes("c1", "Forget it, it just came!")
    await ready.sync()
    assert ready.state(item) is OutboxState.REJECTED
    assert ready.shop.attempts == []
    told = [event for event in ready.events if isinstance(event, OutboxChanged)]
    assert [(event.state, event.reason) for event in told] == [
        (OutboxState.REJECTED, "The buyer wrote again before it went out; read it and send again.")
    ]
    ready.store.outbox.resend(item.id, ready.clock.now())
    await ready.sync()
    assert ready.shop.ledger == [("c1", "I will refund you.")]


@pytest.mark.parametrize("error", UNCLEAR, ids=lambda error: type(error).__name__)
async def test_s1_taken_without_a_clear_answer_settles_as_sent_and_went_once(ready: Desk, error: Exception) -> None:
    # Protection: with "unclear" put back into the queue instead, the buyer gets it twice here.
    item = ready.reply("It left today.")
    ready.shop.fail("send_reply", error, taken=True)
    first = await ready.sync()
    assert first.unconfirmed == 1
    second = await ready.sync()
    assert ready.state(item) is OutboxState.SENT
    assert (second.sent, second.unconfirmed) == (1, 0)
    assert ready.shop.ledger == [("c1", "It left today.")]
    assert len(ready.shop.attempts) == 1


@pytest.mark.parametrize("error", UNCLEAR, ids=lambda error: type(error).__name__)
async def test_s2_not_taken_is_said_after_two_looks_a_minute_apart_and_never_repeated(ready: Desk, error: Exception) -> None:
    item = ready.reply("It left today.")
    ready.shop.fail("send_reply", error)
    await ready.sync()
    for _ in range(3):  # looks close together prove nothing
        await ready.sync()
        await ready.clock.advance(10)
        assert not ready.store.outbox.get(item.id).not_found
    await ready.clock.advance(60)
    await ready.sync()
    assert ready.store.outbox.get(item.id).not_found
    for _ in range(3):
        await ready.clock.advance(300)
        await ready.sync()
    assert ready.state(item) is OutboxState.UNCONFIRMED
    assert ready.shop.ledger == []
    assert len(ready.shop.attempts) == 1


async def test_s2_sent_again_only_when_the_seller_says_so(ready: Desk) -> None:
    item = ready.reply("It left today.")
    ready.no_answer(taken=False)
    await ready.sync()
    await ready.sync()
    await ready.clock.advance(61)
    await ready.sync()
    ready.store.outbox.resend(item.id, ready.clock.now())
    await ready.sync()
    assert ready.shop.ledger == [("c1", "It left today.")]
    assert ready.state(item) is OutboxState.SENT


async def test_s3_a_reply_that_shows_late_is_not_called_missing(ready: Desk) -> None:
    ready.shop.shown_after = 45
    item = ready.reply("It left today.")
    ready.no_answer(taken=True)
    await ready.sync()
    for _ in range(4):
        await ready.clock.advance(5)
        await ready.sync()
        assert not ready.store.outbox.get(item.id).not_found
    await ready.clock.advance(61)
    await ready.sync()
    assert ready.state(item) is OutboxState.SENT


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("shop-uk", "Not reached."),
        UnexpectedResponse("shop-uk", "Half."),
        NotTheMarketplace("shop-uk", "Log in."),
        KeyError("x"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_s3_a_look_that_fails_counts_for_nothing(ready: Desk, error: Exception) -> None:
    # Protection: with a failed read counted as a look, this reply is called missing although it arrived.
    item = ready.reply("It left today.")
    ready.no_answer(taken=True)
    ready.shop.shown_after = 5
    await ready.sync()
    await ready.sync()
    ready.shop.fail("thread", error, times=10)
    ready.shop.shown_after = 700
    for _ in range(10):
        await ready.clock.advance(61)
        await ready.sync()
        assert not ready.store.outbox.get(item.id).not_found
    ready.shop.shown_after = 0
    await ready.clock.advance(61)
    await ready.sync()
    assert ready.state(item) is OutboxState.SENT


async def test_s3_an_incomplete_look_proves_nothing(ready: Desk) -> None:
    ready.shop.complete = False
    item = ready.reply("It left today.")
    ready.no_answer(taken=False)
    for _ in range(4):
        await ready.sync()
        await ready.clock.advance(61)
    assert not ready.store.outbox.get(item.id).not_found


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        ("Thanks & bye", lambda text: text.replace("&", "&amp;")),
        ("Long " * 500, lambda text: text[:2000]),
        ("No damn problem at all, it goes today.", lambda text: text.replace("damn", "****")),
    ],
)
async def test_s4_a_text_changed_on_the_way_is_recognised(ready: Desk, text: str, rewrite: Callable[[str], str]) -> None:
    ready.shop.rewrite = rewrite
    item = ready.reply(text)
    ready.no_answer(taken=True)
    await ready.sync()
    await ready.sync()
    assert ready.state(item) is OutboxState.SENT
    assert len(ready.shop.ledger) == 1


async def test_s4_a_text_changed_beyond_recognition_is_not_sent_again(ready: Desk) -> None:
    ready.shop.rewrite = lambda _: "This message was removed."
    item = ready.reply("It left today.")
    ready.no_answer(taken=True)
    for _ in range(5):
        await ready.sync()
        await ready.clock.advance(61)
    assert ready.state(item) is OutboxState.UNCONFIRMED
    assert len(ready.shop.ledger) == 1


async def test_s5_pressed_twenty_times_in_a_second_is_one(ready: Desk) -> None:
    for _ in range(20):
        ready.reply("It left today.")
        ready.clock.move(0.05)
    await ready.sync()
    assert len(ready.shop.ledger) == 1


async def test_equal_replies_that_were_both_wanted_both_go(ready: Desk) -> None:
    first = ready.reply("Thanks!")
    await ready.clock.advance(30)
    second = ready.reply("Thanks!")
    ready.no_answer(taken=True)
    await ready.sync()
    assert [ready.state(first), ready.state(second)] == [OutboxState.UNCONFIRMED, OutboxState.QUEUED]
    ready.no_answer(taken=True)
    await ready.sync()
    assert [ready.state(first), ready.state(second)] == [OutboxState.SENT, OutboxState.UNCONFIRMED]
    await ready.sync()
    assert [ready.state(first), ready.state(second)] == [OutboxState.SENT, OutboxState.SENT]
    assert ready.shop.ledger == [("c1", "Thanks!")] * 2


async def test_one_message_settles_only_one_of_two_equal_replies(ready: Desk) -> None:
    first = ready.reply("Thanks!")
    await ready.clock.advance(30)
    second = ready.reply("Thanks!")
    ready.no_answer(taken=True)
    await ready.sync()
    ready.no_answer(taken=False)
    for _ in range(5):
        await ready.sync()
        await ready.clock.advance(61)
    assert ready.state(first) is OutboxState.SENT
    assert ready.store.outbox.get(second.id).not_found
    assert len(ready.shop.ledger) == 1


async def test_order_within_a_thread_is_kept_and_other_threads_go_on(ready: Desk) -> None:
    ready.shop.buyer_writes("c2", "Hello?")
    await ready.sync()
    first, second, other = ready.reply("One."), ready.reply("Two."), ready.reply("Elsewhere.", "c2")
    ready.no_answer(taken=True)
    await ready.sync()
    assert ready.shop.ledger == [("c1", "One."), ("c2", "Elsewhere.")]
    assert [ready.state(each) for each in (first, second, other)] == [OutboxState.UNCONFIRMED, OutboxState.QUEUED, OutboxState.SENT]
    await ready.sync()
    assert ready.shop.ledger == [("c1", "One."), ("c2", "Elsewhere."), ("c1", "Two.")]


async def test_a_reply_in_its_undo_window_stays_and_can_be_called_back(ready: Desk) -> None:
    item = ready.reply("Too hasty.", undo=10)
    await ready.sync()
    assert ready.shop.attempts == []
    assert ready.store.outbox.cancel(item.id)
    await ready.clock.advance(20)
    await ready.sync()
    assert ready.shop.attempts == []


@pytest.mark.parametrize("error", [Rejected("shop-uk", "The buyer is blocked."), NotSupported("Not here.")])
async def test_s6_refused_keeps_text_and_reason(ready: Desk, error: Exception) -> None:
    item = ready.reply("It left today.")
    ready.shop.fail("send_reply", error)
    done = await ready.sync()
    after = ready.store.outbox.get(item.id)
    assert (after.state, after.reason, after.text) == (OutboxState.REJECTED, str(error), "It left today.")
    assert (done.sent, done.unconfirmed) == (0, 0)
    await ready.sync()
    assert len(ready.shop.attempts) == 1


async def test_s8_the_guard_sees_the_final_text_directly_before_it_goes(ready: Desk) -> None:
    # Protection: without the check in push, the text goes out.
    item = ready.reply("Write to me@example.com")
    ready.stopped_by_guard["Write to me@example.com"] = GuardBlocked("It contains an e-mail address.")
    await ready.sync()
    assert ready.shop.attempts == []
    assert ready.store.outbox.get(item.id).reason == "It contains an e-mail address."


async def test_p2_a_guard_that_fails_lets_nothing_through(ready: Desk) -> None:
    item = ready.reply("It left today.")
    ready.stopped_by_guard["It left today."] = ZeroDivisionError("a broken rule")
    await ready.sync()
    assert ready.shop.attempts == []
    assert ready.state(item) is OutboxState.REJECTED


async def test_n6_a_rate_limit_names_the_time_and_is_kept(ready: Desk) -> None:
    item = ready.reply("It left today.")
    ready.reply("Another.", "c1")
    until = ready.clock.now() + timedelta(minutes=5)
    ready.shop.fail("send_reply", RateLimited("shop-uk", "eBay asks us to wait.", until))
    done = await ready.sync()
    assert done.failed == {"shop-uk": "rate_limited"}
    assert len(ready.shop.attempts) == 1
    after = ready.store.outbox.get(item.id)
    assert (after.state, after.not_before) == (OutboxState.QUEUED, until)
    await ready.clock.advance(301)
    await ready.sync()
    assert ready.shop.ledger == [("c1", "It left today."), ("c1", "Another.")]


@pytest.mark.parametrize(("named", "waited"), [(timedelta(days=3650), 3600), (timedelta(seconds=-1), 0)])
async def test_n6_an_absurd_time_is_cut(ready: Desk, named: timedelta, waited: int) -> None:
    item = ready.reply("It left today.")
    ready.shop.fail("send_reply", RateLimited("shop-uk", "Wait.", ready.clock.now() + named))
    before = ready.clock.now()
    await ready.sync()
    assert ready.store.outbox.get(item.id).not_before == before + timedelta(seconds=waited)


async def test_n9_signed_out_keeps_the_reply_waiting(ready: Desk) -> None:
    item = ready.reply("It left today.")
    ready.shop.fail("send_reply", AuthenticationFailed("shop-uk", "Sign in to eBay again."))
    done = await ready.sync()
    assert done.failed == {"shop-uk": "sign_in_needed"}
    assert ready.state(item) is OutboxState.QUEUED
    await ready.sync()
    assert ready.shop.ledger == [("c1", "It left today.")]


async def test_not_reached_goes_again_later_and_later(ready: Desk) -> None:
    item = ready.reply("It left today.")
    pauses = []
    for _ in range(12):
        ready.shop.fail("send_reply", Unavailable("shop-uk", "Not reached."))
        await ready.sync()
        after = ready.store.outbox.get(item.id)
        assert after.state is OutboxState.QUEUED
        pauses.append((after.not_before - ready.clock.now()).total_seconds())
        await ready.clock.advance(pauses[-1] + 0.1)
    assert all(2**number <= pause <= 1.25 * 2**number for number, pause in enumerate(pauses[:8]))
    assert pauses[9:] == [300, 300, 300]
    await ready.sync()
    assert len(ready.shop.ledger) == 1


@pytest.mark.parametrize("kind", [OutboxKind.MARK_READ, OutboxKind.MARK_UNREAD, OutboxKind.ARCHIVE, OutboxKind.UNARCHIVE])
async def test_marks_reach_the_marketplace(ready: Desk, kind: OutboxKind) -> None:
    item = ready.queue(kind)
    await ready.sync()
    assert ready.shop.actions == [("c1", kind.value.removeprefix("mark_"))]
    assert ready.state(item) is OutboxState.SENT


async def test_a_mark_without_an_answer_is_repeated_a_few_times_and_then_given_up(ready: Desk) -> None:
    item = ready.queue(OutboxKind.ARCHIVE)
    ready.shop.fail("set_archived", OutcomeUnknown("shop-uk", "No answer came."), taken=True, times=99)
    for _ in range(20):
        await ready.sync()
        await ready.clock.advance(400)
    after = ready.store.outbox.get(item.id)
    assert (after.state, after.reason) == (OutboxState.REJECTED, "No answer came.")
    assert ready.shop.called("set_archived") == REPEATABLE_TRIES


async def test_a_mark_the_marketplace_has_not_is_no_trouble_to_the_seller(ready: Desk) -> None:
    item = ready.queue(OutboxKind.MARK_READ)
    ready.shop.fail("mark_read", NotSupported("Not here."))
    done = await ready.sync()
    assert ready.state(item) is OutboxState.REJECTED
    assert (done.problems, done.failed) == (0, {})


async def test_n2_a_send_that_hangs_is_given_up_and_looked_for(ready: Desk) -> None:
    item = ready.reply("It left today.")
    ready.shop.fail("send_reply", None, taken=True)
    before = ready.clock.monotonic()
    await ready.sync()
    assert ready.clock.monotonic() - before == SEND_LIMIT
    assert ready.state(item) is OutboxState.UNCONFIRMED
    await ready.sync()
    assert ready.state(item) is OutboxState.SENT


async def test_k7_a_send_in_flight_is_finished_when_the_program_ends(ready: Desk) -> None:
    item = ready.reply("It left today.")
    answer = asyncio.Event()
    original = ready.shop.do

    async def slow(call: str, act: object) -> object:
        if call == "send_reply":
            await answer.wait()
        return await original(call, act)  # type: ignore[arg-type]

    ready.shop.do = slow  # type: ignore[method-assign,assignment]
    task = asyncio.ensure_future(ready.syncer().once())
    await ready.clock.advance(0)
    assert ready.state(item) is OutboxState.SENDING
    task.cancel()
    await ready.clock.advance(FAREWELL - 1)
    assert not task.done()
    answer.set()
    await ready.clock.advance(0)
    assert task.cancelled()
    assert ready.state(item) is OutboxState.SENT


async def test_k9_a_send_without_an_answer_does_not_hold_up_the_end(ready: Desk) -> None:
    item = ready.reply("It left today.")
    ready.shop.fail("send_reply", None, taken=True)
    task = asyncio.ensure_future(ready.syncer().once())
    await ready.clock.advance(1)
    task.cancel()
    await ready.clock.advance(FAREWELL)
    assert task.cancelled()
    assert ready.state(item) is OutboxState.UNCONFIRMED


async def test_d1_nothing_goes_out_that_could_not_be_recorded_first(ready: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ready.reply("It left today.")

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(ready.store.outbox, "claim_next", full)
    done = await ready.sync()
    assert ready.shop.attempts == []
    assert done.failed == {"shop-uk": "problem"}
    monkeypatch.undo()
    await ready.sync()
    assert len(ready.shop.ledger) == 1


@pytest.mark.parametrize("failures", [1, 3, 99])
async def test_d1_an_outcome_that_could_not_be_recorded_never_leads_to_a_second_send(
    ready: Desk, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    item = ready.reply("It left today.")
    mark, left = ready.store.outbox.mark_sent, [failures]

    def sometimes_full(*args: object, **options: object) -> object:
        if left[0]:
            left[0] -= 1
            raise StoreError("The disk is full.")
        return mark(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ready.store.outbox, "mark_sent", sometimes_full)
    await ready.sync()
    left[0] = 0
    await ready.sync()
    await ready.sync()
    assert ready.state(item) is OutboxState.SENT
    assert len(ready.shop.ledger) == 1


async def test_every_step_is_told_after_it_is_recorded(ready: Desk) -> None:
    item = ready.reply("It left today.")
    ready.no_answer(taken=True)
    await ready.sync()
    await ready.sync()
    states = [event.state for event in ready.events if isinstance(event, OutboxChanged) and event.outbox_id == item.id]
    assert states == [OutboxState.SENDING, OutboxState.UNCONFIRMED, OutboxState.SENT]
