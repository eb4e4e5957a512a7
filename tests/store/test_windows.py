"""The rows on screen: the right order, the same cost at any size, and nothing heavy imported."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sellerinbox.domain.errors import NotFound, StoreError
from sellerinbox.domain.models import State
from sellerinbox.store import ledger, listing, reading
from sellerinbox.store.database import Store
from sellerinbox.store.listing import VIEWS, page_question
from sellerinbox.store.reading import _OPEN, _UNREAD
from sellerinbox.store.windows import Windows
from tests.store.making import ACCOUNT, T0, at, key, ours, theirs, thread
from tests.store.test_database import with_sources


def fill(store: Store) -> None:
    pages = [thread(theirs(f"w{n}", n), remote_id=f"wait{n}", unread=n % 2) for n in range(6)]
    pages += [thread(theirs(f"a{n}", n), ours(f"b{n}", n + 30), remote_id=f"done{n}") for n in range(6)]
    pages += [thread(theirs(f"x{n}", n), remote_id=f"old{n}", archived=True) for n in range(3)]
    store.threads.save_page(ACCOUNT, pages, cursor=None, at=T0)


def names(rows) -> list[str]:
    return [row.key.remote_id for row in rows]


def test_buyers_who_wait_come_first_the_longest_wait_at_the_top(store: Store, windows: Windows) -> None:
    fill(store)
    waiting, answered = [f"wait{n}" for n in range(6)], [f"done{n}" for n in reversed(range(6))]
    assert names(windows.page("inbox", 99)) == waiting + answered
    assert names(windows.page("due", 99)) == waiting
    assert names(windows.page("unread", 99)) == ["wait1", "wait3", "wait5"]
    assert names(windows.page("closed", 99)) == ["old2", "old1", "old0"]
    assert names(windows.page("all", 99)) == waiting + answered + ["old2", "old1", "old0"]


@pytest.mark.parametrize("view", list(VIEWS))
def test_pages_by_key_give_every_row_once_in_both_directions(store: Store, windows: Windows, view: str) -> None:
    fill(store)
    whole = windows.page(view, 99)
    forth, place = [], None
    while rows := windows.page(view, 2, after=place):
        forth += rows
        place = rows[-1].position
    assert forth == list(whole)
    back, place = [], (1 << 60, 0)
    while rows := windows.page(view, 2, before=place):
        back = [*rows, *back]
        place = rows[0].position
    assert back == list(whole)


@pytest.mark.parametrize(("view", "edge"), itertools.product(VIEWS, ("top", "after", "before")))
def test_a_page_is_found_by_index_whatever_the_size(store: Store, database: Path, view: str, edge: str) -> None:
    place = {} if edge == "top" else {edge: (5, 5)}
    sql, parameters = page_question(view, 50, **place)
    with closing(sqlite3.connect(database)) as connection:
        plan = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql, parameters)]
    assert not [line for line in plan if "TEMP B-TREE" in line]
    steps = [line for line in plan if line.startswith(("SCAN", "SEARCH"))]
    ways = ("SCAN", "SEARCH") if edge == "top" else ("SEARCH",)
    assert steps[0].startswith(tuple(f"{way} c USING INDEX conversation_{view}" for way in ways))
    assert all(line.startswith("SEARCH") for line in steps[1:])


def test_the_cost_of_a_page_does_not_grow_with_the_inbox(store: Store, database: Path) -> None:
    """Counted in steps of SQLite's machine, not in time."""

    def steps() -> int:
        count = 0

        def step() -> None:
            nonlocal count
            count += 1

        with closing(sqlite3.connect(database)) as connection:
            connection.set_progress_handler(step, 10)
            for view, place in itertools.product(VIEWS, (None, (1 << 49, 0))):
                connection.execute(*page_question(view, 10, after=place)).fetchall()
        return count

    fill(store)
    store.threads.save_page(ACCOUNT, [thread(theirs(f"s{n}", n), remote_id=f"s{n}", unread=1) for n in range(40)], cursor=None, at=T0)
    small = steps()
    many = [thread(theirs(f"l{n}", n), remote_id=f"l{n}", unread=1, archived=n % 3 == 0) for n in range(1500)]
    store.threads.save_page(ACCOUNT, many, cursor=None, at=T0)
    assert steps() < small * 1.5


def test_counting_reads_indexes_only(store: Store, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for question in (_OPEN, _UNREAD):
            (line,) = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + question)]
            assert "COVERING INDEX" in line


@pytest.mark.parametrize(
    "question",
    [
        listing.HAS_COME,
        listing.NEXT_WAKE,
        reading._PROMISES,
        reading._SNOOZED,
        reading._ACKED,
        reading._HOT,
        reading._HOT_ROWS,
        reading._USED,
        ledger.OVERDUE,
        ledger._WOKEN,
        ledger._REPLIES,
        ledger._PROMISED,
        ledger._NOTES,
        f"{ledger._PROMISES} INDEXED BY promise_due {ledger._WITH} WHERE p.state = 'open' {ledger._BY_DUE} LIMIT ?",
    ],
)
def test_what_is_owed_is_found_by_index_and_in_order(store: Store, database: Path, question: str) -> None:
    """A scan may only be one of a small index that holds nothing else, in the order that is asked for."""
    with closing(sqlite3.connect(database)) as connection:
        places = 2 if "?1" in question else question.count("?")
        plan = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + question, ("1",) * places)]
    assert not [line for line in plan if line.startswith("SCAN") and "INDEX" not in line]
    assert not [line for line in plan if "AUTOMATIC" in line]
    assert "ORDER BY" not in question or "TEMP B-TREE" not in " ".join(plan) or question in (reading._USED, ledger._NOTES)


def test_a_long_thread_opens_at_its_end_and_says_what_is_left_out(store: Store, windows: Windows) -> None:
    store.threads.save_page(ACCOUNT, [thread(*(theirs(f"m{n:03}", n) for n in range(300)))], cursor=None, at=T0)
    view = windows.thread(key(), limit=20)
    assert (view.earlier, len(view.entries), view.entries[-1].id) == (280, 20, "m299")
    with pytest.raises(NotFound):
        windows.thread(key("nobody"))


def test_the_version_changes_when_somebody_else_writes(store: Store, windows: Windows) -> None:
    before = windows.version()
    assert windows.version() == before
    fill(store)
    assert windows.version() != before


def test_a_window_can_not_write(windows: Windows) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        windows._connection.execute("DELETE FROM message")


def test_trouble_while_reading_is_one_sentence(store: Store, windows: Windows, database: Path) -> None:
    with store.write() as session:
        session.connection().exec_driver_sql("DROP TABLE journal")
        session.connection().exec_driver_sql("DROP TABLE block")
    with pytest.raises(StoreError, match="lacks a part"):
        windows.page("inbox", 5)


def test_closed_and_open_again_moves_between_views(store: Store, windows: Windows) -> None:
    fill(store)
    store.threads.set_closed(key("wait0"), closed=True)
    assert names(windows.page("closed", 1)) == ["old2"]
    assert windows.counts().open == 5
    assert windows.page("due", 1)[0].key == key("wait1")
    assert windows.row(key("wait0")).state is State.CLOSED
    store.threads.set_closed(key("wait0"), closed=False)
    assert windows.page("due", 1)[0].key == key("wait0")
    assert windows.page("due", 1)[0].oldest_unanswered_at == at(0)


def test_the_first_screen_needs_no_orm() -> None:
    code = (
        "import sys, sellerinbox.store.windows, sellerinbox.store.locks, sellerinbox.store.search\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'httpx', 'keyring', 'textual', 'asyncio'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, env=with_sources())
    assert done.stderr.strip() == ""
