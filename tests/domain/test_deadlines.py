"""When an answer is owed: by account, by class, and never later than the seller's own target."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sellerinbox.domain.deadlines import POSTSALE, PRESALE, STANDARD, STRICT, Targets, reply_due

SATURDAY = datetime(2026, 11, 21, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWN = Targets(accounts={"shop-uk": 6 * HOUR}, classes={PRESALE: 8 * HOUR, POSTSALE: 4 * HOUR})


def test_the_clock_runs_through_the_weekend() -> None:
    assert reply_due(SATURDAY) == SATURDAY + 24 * HOUR
    assert reply_due(SATURDAY, STRICT) == SATURDAY + 12 * HOUR


def test_nothing_owed_has_no_time() -> None:
    assert reply_due(None, OWN, "shop-uk", POSTSALE) is None


@pytest.mark.parametrize(
    ("account", "klass", "hours"),
    [
        ("shop-uk", None, 6),
        ("x", None, 24),
        ("x", PRESALE, 8),
        ("shop-uk", PRESALE, 6),
        ("shop-uk", POSTSALE, 3),
        ("x", "other", 24),
    ],
)
def test_of_two_targets_the_shorter_counts(account: str, klass: str | None, hours: int) -> None:
    assert reply_due(SATURDAY, OWN, account, klass) == SATURDAY + hours * HOUR


def test_a_question_after_the_sale_goes_before_one_of_equal_age_before_it() -> None:
    after, before = reply_due(SATURDAY, STANDARD, None, POSTSALE), reply_due(SATURDAY, STANDARD, None, PRESALE)
    assert after is not None
    assert before is not None
    assert after == before - HOUR


def test_a_lead_longer_than_the_target_is_due_at_once_not_before_the_message() -> None:
    assert reply_due(SATURDAY, Targets(postsale_lead=48 * HOUR), None, POSTSALE) == SATURDAY
