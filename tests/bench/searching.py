"""Search as typed against the bare FTS5 query: `python -m tests.bench.searching [HOME]`.

The bare query streams the newest messages with a word out of the index and reads them, nothing
else; ours asks for whole numbers, heads and messages, with everything that a hit shows. HOME is
one made before by `searched_inbox`; without, one of 100,000 messages is made.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sellerinbox.store.windows import Windows
from tests.bench import searched_inbox
from tests.bench.searched_inbox import CHINESE, COMMON, OFTEN, RARE, START
from tests.fakes import FakeClock

SHOWN = 40
"""Hits that a screen shows."""
REPAINT_MS = 6.1
"""One list scrolled in a bare Textual program, p50 (performance.md)."""
BARE = """SELECT m.id, m.sent_at, m.text FROM (SELECT rowid AS id FROM message_fts WHERE message_fts MATCH ? ORDER BY rowid DESC LIMIT ?) f
 JOIN message m ON m.id = f.id ORDER BY m.id DESC"""
WORDS = {
    "common": (COMMON, f'"{COMMON}"'),
    "common, half typed": (COMMON[:4], f'"{COMMON[:4]}"*'),
    "common, three letters": (COMMON[:3], f'"{COMMON[:3]}"*'),
    "often": (OFTEN, f'"{OFTEN}"'),
    "rare": (RARE, f'"{RARE}"'),
    "nowhere": ("xyzzyq", '"xyzzyq"*'),
    "Chinese": (CHINESE, '"发 货"'),
    "common and rare": (f"{COMMON} {RARE}", f'"{COMMON}" "{RARE}"'),
    "common, not often": (f"{COMMON} -{OFTEN}", f'"{COMMON}" NOT "{OFTEN}"'),
}
COMBINED = (
    *(f"{COMMON} {operator}" for operator in ("is:unread", "is:closed", "has:order", "from:bab", "sku:LAMP-7", "before:600d")),
    *(f"{COMMON} is:unread before:600d", f"{OFTEN} -is:closed has:attachment", f"{RARE} is:waiting", f"-{COMMON}"),
    *("is:unread", "is:waiting", "from:babafo_000013", "has:attachment is:unread", "-is:waiting -is:open -is:closed"),
    *("after:3d", "item:lamp is:due", "track:AB000000013GB", "AB000000013GB"),
)


def median(measure: Callable[[], object], rounds: int = 15) -> float:
    """Median milliseconds of processor time: what else the machine does must not count for one side only."""
    took = []
    for _ in range(rounds):
        begin = time.process_time()
        measure()
        took.append((time.process_time() - begin) * 1000)
    return statistics.median(took)


def words(windows: Windows, bare: sqlite3.Connection) -> None:
    print(f"{'words':<24}{'bare':>9}{'ours':>9}{'ratio':>8}   (ours + repaint) / (bare + repaint)")
    for name, (query, expression) in WORDS.items():
        floor, ours = [], []
        for _ in range(15):
            floor.append(median(lambda expression=expression: bare.execute(BARE, (expression, SHOWN)).fetchall(), 1))
            ours.append(median(lambda query=query: windows.search(query, SHOWN, typing=True), 1))
        a, b = statistics.median(floor), statistics.median(ours)
        print(f"{name:<24}{a:9.2f}{b:9.2f}{b / a:8.1f}   {(b + REPAINT_MS) / (a + REPAINT_MS):.2f}", flush=True)


def combined(windows: Windows) -> None:
    print(f"\n{'query':<40}{'search':>9}{'hits':>5}{'':6}{'page':>9}{'rows':>5}{'':6}{'matching':>9}{'keys':>7}")
    for query in COMBINED:
        found = windows.search(query, SHOWN)
        page = windows.page("all", 50, query=query)
        keys = windows.matching(query, 5000)
        searched = median(lambda query=query: windows.search(query, SHOWN), 5)
        paged = median(lambda query=query: windows.page("all", 50, query=query), 5)
        all_of_them = median(lambda query=query: windows.matching(query, 5000), 3)
        late = [" late" if one.late else "" for one in (found, page, keys)]
        print(
            f"{query:<40}{searched:9.2f}{len(found):5}{late[0]:6}{paged:9.2f}{len(page):5}{late[1]:6}{all_of_them:9.1f}{len(keys):7}{late[2]}",
            flush=True,
        )


def main(home: Path) -> None:
    database = home / "data" / "inbox.db"
    clock = FakeClock(START + timedelta(hours=9))
    with Windows(database, clock=clock) as windows, closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as bare:
        clock.monotonic = time.process_time  # the time limit is real, the date is the inbox's
        print(f"{bare.execute('SELECT count(*) FROM message').fetchone()[0]:,} messages, {SHOWN} hits")
        words(windows, bare)
        combined(windows)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory(prefix="sellerinbox-bench-") as name:
            searched_inbox.make(Path(name), 10_000)
            main(Path(name))
