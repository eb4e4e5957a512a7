"""The lines that scripts read: written, read back, and never a crash on somebody else's."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.sync.events import (
    Done,
    Elsewhere,
    Offline,
    OutboxChanged,
    Problem,
    Progress,
    RateLimited,
    SignInNeeded,
    Synced,
    SyncEvent,
    from_json,
    to_json,
)

AT = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)
EVENTS: list[SyncEvent] = [
    Progress("shop-uk", "conversations", 50, None),
    Synced("shop-uk", 3, 1),
    RateLimited("shop-uk", AT, "eBay asks us to wait."),
    SignInNeeded("shop-uk", "Sign in again."),
    Offline("shop-uk", "No network.", AT),
    Problem(None, "A line\nand “another”"),
    OutboxChanged("shop-uk", 7, Key("shop-uk", "a:b"), OutboxState.UNCONFIRMED, "No answer."),
    Elsewhere("Another sellerinbox is syncing."),
    Done(1, 2, 3, 4, 5, {"shop-uk": "offline"}),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_one_line_and_reads_back_as_itself(event: SyncEvent) -> None:
    line = to_json(event)
    assert "\n" not in line
    assert from_json(line) == event


def test_what_scripts_rely_on() -> None:
    assert json.loads(to_json(EVENTS[2])) == {
        "event": "rate_limited",
        "account": "shop-uk",
        "until": "2026-11-22T14:32:00Z",
        "message": "eBay asks us to wait.",
    }
    done = json.loads(to_json(EVENTS[-1]))
    assert {"event", "new_messages", "new_orders", "sent", "unconfirmed", "problems"} <= done.keys()


def test_a_field_of_a_newer_version_is_skipped() -> None:
    assert from_json('{"event": "synced", "account": "a", "new_messages": 1, "new_orders": 0, "new_cases": 4}') == Synced("a", 1, 0)


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    ).map(json.dumps)
)
def test_a_line_that_is_none_of_ours_is_no_event(line: str) -> None:
    assert from_json(line) is None


@pytest.mark.parametrize(
    "line",
    [
        '{"event": "done", "sent": "1; rm"}',
        '{"event": "synced", "account": null, "new_messages": 1, "new_orders": 0}',
        '{"event": "rate_limited", "account": "a", "until": "soon", "message": ""}',
        '{"event": ["done"]}',
        '{"event": "outbox_changed", "account": "a", "outbox_id": 1, "key": "nokey", "state": "sent", "reason": null}',
    ],
)
def test_a_line_with_a_wrong_value_is_no_event(line: str) -> None:
    assert from_json(line) is None
