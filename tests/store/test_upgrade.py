"""A real inbox of version 1, as its code made it, becomes one of version 2: whole or not at all, with a copy kept."""

from __future__ import annotations

import re
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sellerinbox.domain.deadlines import STRICT, Targets
from sellerinbox.domain.errors import StoreError
from sellerinbox.domain.models import State
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.store.database import Store
from sellerinbox.store.schema import version_of
from sellerinbox.store.windows import Windows, is_ready
from tests.fakes import FakeClock
from tests.store.making import ACCOUNT, at, key
from tests.store.test_database import check, with_sources

V1 = Path(__file__).with_name("inbox_v1.sql")


@pytest.fixture
def old(database: Path) -> Path:
    """The file of a seller who has not started the new program yet."""
    return make_v1(database)


def make_v1(database: Path) -> Path:
    database.parent.mkdir(parents=True, mode=0o700)
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; BEGIN;" + V1.read_text(encoding="utf-8") + "COMMIT;")
    database.chmod(0o600)
    return database


def test_a_window_does_not_open_it_and_does_not_change_it(old: Path) -> None:
    before = old.read_bytes()
    assert not is_ready(old)
    with pytest.raises(StoreError, match="older version"):
        Windows(old)
    assert old.read_bytes() == before


def test_everything_is_there_again_with_its_clocks(old: Path, state: Path, clock: FakeClock) -> None:
    with Store.open(old, state, clock) as store, Windows(old) as windows:
        rows = {row.key.remote_id: row for row in windows.page("inbox", 99)}
        assert list(rows) == ["c1", "c2", "c3", "c6"]
        assert (rows["c1"].klass, rows["c1"].due_at, rows["c1"].has_draft) == ("postsale", at(60 + 23 * 60), True)
        assert (rows["c2"].klass, rows["c2"].due_at, rows["c2"].blocked) == ("presale", at(30 + 24 * 60), True)
        assert (rows["c3"].thanks, rows["c3"].last_inbound_at) == (True, at(200))
        assert (rows["c6"].due_at, rows["c6"].klass) == (None, None)
        assert [row.key.remote_id for row in windows.page("drafts", 9)] == ["c1"]
        assert [row.key.remote_id for row in windows.page("closed", 9)] == ["c4", "c5"]
        assert [entry.id for entry in windows.thread(key("c4")).entries] == ["p1", "p2", "p3"]
        assert windows.search("发货", 9)
        assert store.accounts.cursor(ACCOUNT, "threads") == "threads-1"
    check(old)


def test_what_waited_in_the_outbox_goes_out_and_a_new_message_holds_it(old: Path, state: Path, clock: FakeClock) -> None:
    with Store.open(old, state, clock) as store:
        claimed = store.outbox.claim_next(ACCOUNT, at(60))
        assert claimed is not None
        assert (claimed.text, claimed.then, claimed.ack_only) == ("Yes, blue.", "stay", False)
        store.outbox.mark_sent(claimed.id, "n2", at(60), author="lamp-shop")
        assert store.threads.row(key("c2")).state is State.WAITING


def test_the_old_journal_is_still_taken_back_step_by_step(old: Path, state: Path, clock: FakeClock) -> None:
    from sellerinbox.inbox import Files, Inbox

    inbox = Inbox(Files(old, state, clock, 5.0), lambda: None, clock, {})  # type: ignore[arg-type, return-value]
    said = [inbox.history.undo() for _ in range(3)]
    assert [sentence.split()[0] for sentence in said] == ["eve", "joe", "The"]
    assert inbox.conversations.row(key("c4")).state is State.WAITING
    assert inbox.replies.get(2).state is OutboxState.CANCELLED
    inbox.close()


def test_a_copy_of_the_old_file_is_kept_and_is_whole(old: Path, state: Path, clock: FakeClock) -> None:
    Store.open(old, state, clock).close()
    copy = old.with_name("inbox.db.before-v2")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (version_of(copy), version_of(old)) == (1, 2)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (12,)
        assert connection.execute("SELECT max(version) FROM schema_version").fetchone() == (1,)


def test_an_upgraded_file_and_a_new_one_are_built_alike(old: Path, state: Path, clock: FakeClock, tmp_path: Path) -> None:
    Store.open(old, state, clock).close()
    fresh = tmp_path / "fresh" / "inbox.db"
    Store.open(fresh, state, clock).close()
    assert schema(old) == schema(fresh)


def schema(database: Path) -> dict[str, object]:
    """Tables by their columns, indexes by their words, whatever the spelling."""
    with closing(sqlite3.connect(database)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        tables = {
            name: [column[1:] for column in connection.execute(f"PRAGMA table_info('{name}')")] for kind, name, _ in made if kind == "table"
        }
        keys = {name: sorted(connection.execute(f"PRAGMA foreign_key_list('{name}')")) for name in tables}
    return {"tables": tables, "keys": keys, "indexes": {name: re.sub(r"\s+", " ", sql) for kind, name, sql in made if kind == "index"}}


KILLED = """
import os, signal, sys
from pathlib import Path
from sellerinbox.store import database, deriving, migrations, version_2
from tests.fakes import FakeClock

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

root, point = Path(sys.argv[1]), sys.argv[2]
stamp, copy, recompute = migrations._stamp, migrations.copy_before, deriving.recompute
if point == "copy":
    migrations.copy_before = lambda *a: (copy(*a), die())
elif point == "columns":
    version_2._TABLES = ("SELECT die()",)
    connect = migrations._connect
    def dying(path):
        made = connect(path)
        made.create_function("die", 0, die)
        return made
    migrations._connect = dying
elif point == "stamped":
    migrations._stamp = lambda *a: (stamp(*a), die())
elif point == "ranked":
    deriving._CHUNK = 2
    calls = []
    def second(*a):
        calls.append(1)
        recompute(*a)
        if len(calls) == 2:
            die()
    deriving.recompute = second
database.Store.open(root / "data" / "inbox.db", root / "state", FakeClock())
"""


@pytest.mark.parametrize(("point", "version"), [("copy", 1), ("columns", 1), ("stamped", 1), ("ranked", 2)])
def test_killed_on_the_way_it_is_old_or_new_and_the_next_start_finishes(
    old: Path, state: Path, tmp_path: Path, clock: FakeClock, point: str, version: int
) -> None:
    child = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), point], check=False, capture_output=True, env=with_sources())
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    assert version_of(old) == version
    test_everything_is_there_again_with_its_clocks(old, state, clock)


def test_other_targets_change_every_clock_for_every_process(old: Path, state: Path, clock: FakeClock) -> None:
    Store.open(old, state, clock).close()
    mine = Targets(timedelta(hours=10), {"other": timedelta(1)}, {"presale": timedelta(hours=48)}, timedelta(0))
    with Windows(old) as windows:
        assert windows.is_ranked(Targets())
        assert not windows.is_ranked(mine)
        with Store.open(old, state, clock, targets=mine):
            assert windows.is_ranked(mine)
            due = {row.key.remote_id: row.due_at for row in windows.page("due", 9)}
            assert due == {"c1": at(60 + 600), "c3": at(200 + 48 * 60), "c2": at(30 + 48 * 60)}
        with Store.open(old, state, clock) as sync:  # a process that knows of no targets takes those in force
            assert windows.is_ranked(mine)
            sync.threads.set_closed(key("c5"), closed=False)
            assert sync.threads.row(key("c5")).due_at == at(3 + 48 * 60)
        with Store.open(old, state, clock, targets=STRICT):
            assert {row.key.remote_id: row.due_at for row in windows.page("due", 9)}["c2"] == at(30 + 12 * 60)


def test_the_same_targets_write_nothing(store: Store, database: Path, state: Path, clock: FakeClock) -> None:
    with Windows(database) as windows:
        before = windows.version()
        Store.open(database, state, clock, targets=Targets()).close()
        Store.open(database, state, clock).close()
        assert windows.version() == before
