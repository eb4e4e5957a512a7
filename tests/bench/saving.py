"""What saving pages costs against a bare executemany of the same rows.

Both sides write 10,000 messages in 1,500 threads, 50 threads to a transaction, into the same
tables with the same indexes and the same full-text index, several times in turn.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.messages import Thread
from sellerinbox.store.database import Store
from sellerinbox.store.search import spaced
from tests.store.making import ACCOUNT, T0, ours, theirs, thread

MESSAGES, THREADS, PAGE, ROUNDS = 10_000, 1_500, 50, 3
_WORDS = ["parcel", "where", "tracking", "number", "refund", "lamp", "blue", "teapot", "order", "arrived", "发货", "快递", "Päckchen"]


def pages() -> list[list[Thread]]:
    """The same made-up inbox every time."""
    dice = random.Random(5)
    threads = []
    for number in range(THREADS):
        count = MESSAGES // THREADS + (number < MESSAGES % THREADS)
        entries = []
        for step in range(count):
            text = " ".join(dice.choices(_WORDS, k=45))
            make = ours if step % 2 else theirs
            entries.append(make(f"m{number}-{step}", -number * 60 + step, text))
        threads.append(thread(*entries, remote_id=f"c{number}", buyer=f"buyer{number}", listing=str(number), unread=number % 2))
    return [threads[start : start + PAGE] for start in range(0, THREADS, PAGE)]


def save(root: Path, everything: list[list[Thread]]) -> float:
    """Seconds that the store takes."""
    with Store.open(root / "data" / "inbox.db", root / "state", SystemClock()) as store:
        store.accounts.ensure(Account(ACCOUNT, "ebay"))
        start = time.perf_counter()
        for page in everything:
            store.threads.save_page(ACCOUNT, page, cursor=None, at=T0)
        return time.perf_counter() - start


def copy(source: Path, root: Path) -> float:
    """Seconds that plain sqlite3 takes for the very rows the store has written."""
    with Store.open(root / "data" / "inbox.db", root / "state", SystemClock()):
        pass
    with closing(sqlite3.connect(source / "data" / "inbox.db")) as stored:
        heads = stored.execute("SELECT * FROM conversation ORDER BY id").fetchall()
        messages = {
            head[0]: stored.execute("SELECT * FROM message WHERE conversation_id = ? ORDER BY id", (head[0],)).fetchall() for head in heads
        }
    with closing(sqlite3.connect(root / "data" / "inbox.db", isolation_level=None)) as goal:
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
            goal.execute(f"PRAGMA {pragma}")
        text = [column[1] for column in goal.execute("PRAGMA table_info(message)")].index("text")
        start = time.perf_counter()
        for first in range(0, len(heads), PAGE):
            _write(goal, heads[first : first + PAGE], messages, text)
        return time.perf_counter() - start


def _write(goal: sqlite3.Connection, heads: list[tuple], messages: dict[int, list[tuple]], text: int) -> None:
    rows = sorted(row for head in heads for row in messages[head[0]])
    goal.execute("BEGIN IMMEDIATE")
    goal.executemany(f"INSERT INTO conversation VALUES ({', '.join('?' * len(heads[0]))})", heads)
    goal.executemany(
        "INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (?, ?, ?, ?, ?)", [_head(h) for h in heads]
    )
    goal.executemany(f"INSERT INTO message VALUES ({', '.join('?' * len(rows[0]))})", rows)
    goal.executemany("INSERT INTO message_fts (rowid, text) VALUES (?, ?)", [(row[0], spaced(row[text])) for row in rows])
    goal.execute("COMMIT")


def _head(row: tuple) -> tuple:
    return row[0], row[5], row[6], row[7], row[2]


def ratio() -> tuple[float, str]:
    """Our rate as a share of the bare one, the median of some rounds; and a note with the figures."""
    everything = pages()
    results = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            ours_, bare = save(Path(folder) / "a", everything), copy(Path(folder) / "a", Path(folder) / "b")
        results.append((bare / ours_, MESSAGES / ours_))
    share, rate = sorted(results)[len(results) // 2]
    return share, f"{rate:,.0f} messages/s"
