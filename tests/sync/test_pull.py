"""What comes in: everything, once, and a position that never runs ahead of what is stored."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerinbox.domain.errors import (
    AuthenticationFailed,
    NotTheMarketplace,
    RateLimited,
    Rejected,
    SellerInboxError,
    Unavailable,
    UnexpectedResponse,
)
from sellerinbox.domain.models import Key, Kind
from sellerinbox.sync import events
from sellerinbox.sync.events import Offline, Problem, Progress, Synced
from sellerinbox.sync.pull import PAGE_LIMIT
from tests.fakes import Fault
from tests.sync.desk import Desk


def stored(desk: Desk) -> set[str]:
    """The ids of all messages in the inbox (I1)."""
    views = [desk.windows.thread(row.key) for row in desk.windows.page("all", 1000)]
    return {entry.id for view in views if view for entry in view.entries}


def there(desk: Desk) -> set[str]:
    return {message.id for talk in desk.shop.talks.values() for message in talk.messages}


def fill(desk: Desk, conversations: int) -> None:
    for number in range(conversations):
        desk.shop.buyer_writes(f"d{number}", "Hello?")
        desk.shop.buyer_writes(f"d{number}", "Anybody there?")


async def test_everything_comes_in_once(desk: Desk) -> None:
    fill(desk, 7)
    first = await desk.sync()
    assert (first.new_messages, stored(desk)) == (15, there(desk))
    second = await desk.sync()
    assert second.new_messages == 0
    assert desk.kinds(Synced)[-1] == Synced("shop-uk", 0, 0)


async def test_a_first_sync_shows_how_far_it_is(desk: Desk) -> None:
    fill(desk, 3)
    await desk.sync()
    progress = [event for event in desk.kinds(Progress) if isinstance(event, Progress) and event.what == "conversations"]
    assert [(event.done, event.total) for event in progress] == [(2, 4), (4, 4)]


@pytest.mark.parametrize("page", range(4))
async def test_broken_off_between_pages_it_goes_on_and_loses_nothing(desk: Desk, page: int) -> None:
    fill(desk, 7)
    desk.shop.faults["threads"].extend([None] * page)
    desk.shop.fail("threads", Unavailable("shop-uk", "Not reached."))
    done = await desk.sync()
    assert done.failed == {"shop-uk": "offline"}
    assert desk.store.accounts.cursor("shop-uk", "threads") is None
    await desk.sync()
    assert stored(desk) == there(desk)


async def test_an_entry_that_cannot_be_read_is_named_and_the_others_come_in(desk: Desk) -> None:
    desk.shop.unreadable.append("One message of buyer x could not be read.")
    done = await desk.sync()
    assert (done.problems, done.new_messages) == (1, 1)
    assert desk.kinds(Problem) == [Problem("shop-uk", "One message of buyer x could not be read.")]
    (status,) = desk.store.accounts.statuses()
    assert (status.problem_kind, status.last_ok_at) == ("problem", desk.clock.now())


@pytest.mark.parametrize("error", [Rejected("shop-uk", "No permission."), UnexpectedResponse("shop-uk", "Changed.")])
async def test_n19_one_call_switched_off_leaves_the_rest_working(desk: Desk, error: SellerInboxError) -> None:
    desk.shop.always["orders"] = Fault(error)
    done = await desk.sync()
    assert (done.new_messages, done.problems) == (1, 1)
    item = desk.reply("It left today.")
    await desk.sync()
    assert desk.store.outbox.get(item.id).state == "sent"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Unavailable("shop-uk", "Not reached."), "offline"),
        (NotTheMarketplace("shop-uk", "This network asks for a log-in."), "offline"),
        (AuthenticationFailed("shop-uk", "Sign in again."), "sign_in_needed"),
        (KeyError("a mistake of ours"), "problem"),
    ],
)
async def test_trouble_is_told_and_kept_and_nothing_stored_is_lost(desk: Desk, error: Exception, kind: str) -> None:
    await desk.sync()
    desk.shop.fail("threads", error)
    done = await desk.sync()
    assert done.failed == {"shop-uk": kind}
    assert done.problems == 1
    (status,) = desk.store.accounts.statuses()
    assert status.problem_kind == kind
    assert "KeyError" not in str(status.problem)
    assert stored(desk) == there(desk)
    await desk.sync()
    (status,) = desk.store.accounts.statuses()
    assert status.problem is None


async def test_n6_the_time_of_a_rate_limit_is_told(desk: Desk) -> None:
    until = desk.clock.now() + timedelta(minutes=7)
    desk.shop.fail("threads", RateLimited("shop-uk", "eBay asks us to wait.", until))
    await desk.sync()
    assert desk.kinds(events.RateLimited) == [events.RateLimited("shop-uk", until, "eBay asks us to wait.")]


async def test_n2_a_reading_that_hangs_is_given_up(desk: Desk) -> None:
    desk.shop.fail("threads", None)
    before = desk.clock.monotonic()
    done = await desk.sync()
    assert desk.clock.monotonic() - before == PAGE_LIMIT
    assert done.failed == {"shop-uk": "offline"}
    assert len(desk.kinds(Offline)) == 1
    assert desk.shop.opened == 0


async def test_an_answer_by_the_marketplace_itself_is_marked_so(desk: Desk) -> None:
    desk.shop.buyer_writes("n1", "Your invoice is ready.", Kind.MARKETPLACE)
    await desk.sync()
    assert desk.store.threads.row(Key("shop-uk", "n1")).kind is Kind.MARKETPLACE
