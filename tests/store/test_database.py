"""The file itself: its modes, its version, what is refused, and what a kill leaves behind."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import StoreError
from sellerinbox.store.database import Store
from sellerinbox.store.locks import FileLock
from sellerinbox.store.migrations import prepare
from sellerinbox.store.schema import VERSION
from sellerinbox.store.windows import Windows, is_ready
from tests.fakes import FakeClock
from tests.store.making import ACCOUNT, T0, key, theirs, thread


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}


@pytest.fixture
def _open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_open_umask")
def test_nobody_else_can_read_anything_even_with_umask_000(tmp_path: Path, clock: FakeClock) -> None:
    root = tmp_path / "new" / "home"
    with Store.open(root / "data" / "inbox.db", root / "state", clock) as store:
        store.accounts.ensure(Account(ACCOUNT, "ebay"))
        found = modes(tmp_path / "new")
        assert {"home/data/inbox.db-wal", "home/data/inbox.db-shm", "home/state/write.lock"} <= set(found)
        assert {mode for name, mode in found.items() if (tmp_path / "new" / name).is_file()} == {0o600}
        assert {mode for name, mode in found.items() if (tmp_path / "new" / name).is_dir()} == {0o700}


@pytest.mark.usefixtures("_open_umask")
def test_wrong_modes_are_repaired_and_named(store: Store, database: Path, state: Path, clock: FakeClock) -> None:
    wrong = [database.parent, state, database, database.with_name("inbox.db-wal"), database.with_name("inbox.db-shm")]
    for path in wrong:
        path.chmod(0o777)
    (state / "write.lock").chmod(0o666)
    with Store.open(database, state, clock) as again:
        again.accounts.ensure(Account("second", "ebay"))
        assert set(again.repaired) == set(wrong)
    assert all(mode in (0o600, 0o700) for mode in (*modes(database.parent).values(), *modes(state).values()))


def test_the_version_is_in_the_file_twice(store: Store, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("SELECT max(version) FROM schema_version").fetchone() == (VERSION,)


def test_a_file_of_a_newer_version_is_refused_and_not_touched(store: Store, database: Path, state: Path, clock: FakeClock) -> None:
    store.close()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = database.read_bytes()
    for opening in (lambda: Store.open(database, state, clock), lambda: Windows(database), lambda: is_ready(database)):
        with pytest.raises(StoreError, match="newer version"):
            opening()
    assert database.read_bytes() == before


@pytest.mark.parametrize("damage", ["text", "header", "other"])
def test_a_damaged_or_foreign_file_is_refused_in_one_sentence_and_not_touched(
    store: Store, database: Path, state: Path, clock: FakeClock, damage: str
) -> None:
    store.close()
    whole = database.read_bytes()
    match damage:
        case "text":
            database.write_bytes(b"Dear diary,\n" * 200)
        case "header":
            database.write_bytes(b"\xff" * 100 + whole[100:])
        case _:
            database.unlink()
            with closing(sqlite3.connect(database)) as connection:
                connection.execute("CREATE TABLE song (title)")
    before = database.read_bytes()
    with pytest.raises(StoreError) as refused:
        Store.open(database, state, clock)
    assert str(database) in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert database.read_bytes() == before


def test_an_empty_file_is_a_beginning_only_where_no_copy_exists(database: Path, state: Path, clock: FakeClock) -> None:
    database.parent.mkdir(parents=True)
    database.touch()
    assert not is_ready(database)
    copy = database.with_name("inbox.db.before-v2")
    copy.write_bytes(b"copy")
    with pytest.raises(StoreError, match="copy"):
        Store.open(database, state, clock)
    copy.unlink()
    Store.open(database, state, clock).close()
    assert is_ready(database)


def test_looking_at_an_inbox_that_is_not_there_makes_none(database: Path) -> None:
    assert not is_ready(database)
    with pytest.raises(StoreError, match="no inbox"):
        Windows(database)
    assert not database.exists()


def test_an_upgrade_makes_a_copy_first_and_happens_whole_or_not_at_all(store: Store, database: Path, clock: FakeClock) -> None:
    store.close()

    def add(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
        raise sqlite3.OperationalError("no such column: x")

    with pytest.raises(StoreError, match="unchanged"):
        prepare(database, clock, {VERSION + 1: add, VERSION + 2: fail}, VERSION + 2)
    assert tables(database).isdisjoint({"later", "half"})
    prepare(database, clock, {VERSION + 1: add}, VERSION + 1)
    assert "later" in tables(database)
    copy = database.with_name(f"inbox.db.before-v{VERSION + 1}")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "later" not in tables(copy)
    assert [path.name for path in database.parent.glob("*.part")] == []


def tables(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


KILLED = """
import os, signal, sys
from pathlib import Path
from sellerinbox.domain.accounts import Account
from sellerinbox.store import pages, sessions, threads
from sellerinbox.store.database import Store
from tests.fakes import FakeClock
from tests.store.making import ACCOUNT, T0, theirs, thread

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

root, point = Path(sys.argv[1]), sys.argv[2]
store = Store.open(root / "data" / "inbox.db", root / "state", FakeClock())
store.accounts.ensure(Account(ACCOUNT, "ebay"))
store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0))], cursor="one", at=T0)
points = {
    "messages": (pages, "save_messages"),
    "derived": (pages, "recompute"),
    "cursor": (threads, "save_cursor"),
    "commit": (sessions.Session, "commit"),
}
setattr(*points[point], die)
store.threads.save_page(ACCOUNT, [thread(theirs("m2", 1)), thread(theirs("n1", 1), remote_id="c2")], cursor="two", at=T0)
"""


@pytest.mark.parametrize("point", ["messages", "derived", "cursor", "commit"])
def test_killed_inside_saving_page_and_cursor_are_both_old(tmp_path: Path, clock: FakeClock, point: str) -> None:
    child = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), point], check=False, env=with_sources())
    assert child.returncode == -signal.SIGKILL
    database = tmp_path / "data" / "inbox.db"
    with Store.open(database, tmp_path / "state", clock) as store:
        assert store.accounts.cursor(ACCOUNT, "threads") == "one"
        assert set(store.threads.known(ACCOUNT, ["c1", "c2"])) == {"c1"}
        saved = store.threads.save_page(ACCOUNT, [thread(theirs("m2", 1)), thread(theirs("n1", 1), remote_id="c2")], cursor="two", at=T0)
        assert saved.new_messages == 2
        assert store.accounts.cursor(ACCOUNT, "threads") == "two"
        with Windows(database) as windows:
            assert [entry.id for entry in windows.thread(key()).entries] == ["m1", "m2"]
    check(database)


def check(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def with_sources() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_a_write_waits_for_the_other_process_and_then_says_so(store: Store, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellerinbox.store.sessions.LOCK_WAIT", 0.05)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(state / "write.lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=with_sources()
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match="another sellerinbox"), store.write():
            pytest.fail("two writers at once")
        assert FileLock(state / "write.lock").holder_pid() == holder.pid
        holder.kill()
    with store.write():
        assert FileLock(state / "write.lock").holder_pid() == os.getpid()


HOLDER = """
import sys
from pathlib import Path
from sellerinbox.store.locks import FileLock
with FileLock(Path(sys.argv[1])):
    sys.stdout.write("held\\n"); sys.stdout.flush()
    sys.stdin.read()
"""


def test_every_transaction_is_under_the_lock_and_reading_never_waits_for_it(store: Store, state: Path, database: Path) -> None:
    other = FileLock(state / "write.lock")
    with store.write():
        assert not other.acquire()
        with closing(sqlite3.connect(database, timeout=0)) as foreign, pytest.raises(sqlite3.OperationalError, match="locked"):
            foreign.execute("BEGIN IMMEDIATE")
        with Windows(database) as windows:
            assert windows.page("all", 5) == ()
        with store.read(), pytest.raises(RuntimeError, match="inside a write"), store.write():
            pass
    assert other.acquire()
    other.release()


def test_a_link_is_not_followed_for_a_lock(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    link = tmp_path / "sync.lock"
    link.symlink_to(target)
    with pytest.raises(StoreError, match="lock file"):
        FileLock(link).acquire()
    assert target.read_text() == "mine"


def test_a_removed_lock_file_still_excludes(tmp_path: Path) -> None:
    first, second, third = (FileLock(tmp_path / "sync.lock") for _ in range(3))
    assert first.acquire()
    first.path.unlink()
    assert second.acquire()
    assert not third.acquire()
    first.release()
    assert not third.acquire()
    second.release()
    assert third.acquire(0.1)
    third.release()
    assert third.holder_pid() is None


def test_a_lock_file_swapped_while_it_is_taken_is_not_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = FileLock(tmp_path / "sync.lock")
    really = fcntl.flock

    def swapped_first(file: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", really)
        lock.path.unlink()
        lock.path.touch()
        really(file, how)

    monkeypatch.setattr(fcntl, "flock", swapped_first)
    assert not lock.acquire()


def test_a_full_disk_is_one_sentence_and_loses_nothing(store: Store) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0))], cursor="one", at=T0)
    with store.read() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    with store.write() as session:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="disk is full"):
        store.threads.save_page(ACCOUNT, [thread(theirs("m2", 1, "x" * 1_000_000))], cursor="two", at=T0)
    with store.write() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert store.accounts.cursor(ACCOUNT, "threads") == "one"
    store.drafts.save(key(), "again", T0)
    assert store.drafts.get(key()) == "again"
