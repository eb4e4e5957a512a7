"""Every operator finds what it says, in the list, in a search and for an action, whichever way SQLite goes about it."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sellerinbox.domain.accounts import Account
from sellerinbox.domain.buyers import Block
from sellerinbox.domain.errors import QueryError, StoreError
from sellerinbox.domain.messages import Attachment
from sellerinbox.domain.orders import OrderLine, Shipment
from sellerinbox.domain.outbox import OutboxKind
from sellerinbox.domain.promises import PromiseState
from sellerinbox.domain.query import parse
from sellerinbox.store import finding, matching
from sellerinbox.store.database import Store
from sellerinbox.store.listing import VIEWS
from sellerinbox.store.search import _folded
from sellerinbox.store.windows import Windows
from tests.fakes import FakeClock
from tests.store.making import ACCOUNT, T0, at, key, order, ours, theirs, thread

DAY = 24 * 60
PHOTO = (Attachment("a.jpg", "IMAGE", "https://example.com/a.jpg"),)
PAGES = [
    thread(theirs("a1", -3 * DAY, "Where is my parcel?"), remote_id="late", buyer="anna_k", unread=1),
    thread(theirs("b1", -5, "Refund please", attachments=PHOTO), remote_id="hot", buyer="Bob Stone", subject="Green vase", listing="220"),
    thread(
        theirs("c1", -40 * DAY, "parcel?"), ours("c2", -39 * DAY, "Sent, refund follows"), remote_id="waits", buyer="carl", listing=None
    ),
    thread(theirs("d1", -60 * DAY, "Thank you, parcel came"), remote_id="shut", buyer="dora", archived=True, listing="330", subject="请问"),
    thread(theirs("f1", -9 * 60, "Thank you!"), remote_id="thx", buyer="fred", subject="Lantern", listing="550"),
    thread(theirs("g1", -6 * 60, "Any news?"), remote_id="slept", buyer="gina", subject="Kettle", listing="660"),
    thread(theirs("e1", -2 * 60, "请问什么时候发货"), remote_id="zh", buyer="小明", subject="台灯", listing="440", unread=2),
]
ALL = {"late", "hot", "waits", "shut", "zh", "thx", "slept"}
RECENT = {"hot", "zh", "thx", "slept"}
ASKED = {
    "from:anna": {"late"},
    "from:ANNA_K": {"late"},
    'from:"bob stone"': {"hot"},
    "from:小明": {"zh"},
    "from:nobody": set(),
    "order:01-1": {"late"},
    "order:01": {"late"},
    "order:1": set(),
    'track:"ab 123456789 gb"': {"late"},
    "track:AB12": {"late"},
    "sku:sku-9": {"late"},
    "sku:VASE": {"hot"},
    "item:220": {"hot"},
    "item:vase": {"hot"},
    "item:lamp": {"late", "waits"},
    "item:台灯": {"zh"},
    "item:crystal": {"hot"},
    "item:rystal": set(),
    "account:shop-uk": ALL,
    "account:SHOP-UK": ALL,
    "account:shop": set(),
    "is:unread": {"late", "zh"},
    "is:open": {"late", *RECENT},
    "is:waiting": {"waits"},
    "is:closed": {"shut"},
    "is:due": {"late", "hot", "zh", "thx", "waits"},
    "is:overdue": {"late", "waits"},
    "is:blocked": {"waits"},
    "is:draft": {"zh"},
    "has:draft": {"zh"},
    "is:hot": {"hot"},
    "is:snoozed": {"slept"},
    "is:thanks": {"thx"},
    "is:acked": set(),
    "has:note": {"waits", "zh"},
    "has:promise": {"waits", "shut"},
    "promise:open": {"waits", "shut"},
    "promise:overdue": {"waits"},
    "promise:due": {"waits"},
    "promise:kept": {"hot"},
    "tag:wholesale": {"hot", "waits"},
    "tag:Wholesale": {"hot", "waits"},
    'tag:"#two words"': {"hot"},
    "tag:whole": set(),
    "is:queued": {"late"},
    "is:unconfirmed": set(),
    "has:attachment": {"hot"},
    "has:order": {"late", "hot"},
    "has:tracking": {"late"},
    "due:overdue": {"late", "waits"},
    "due:today": {"late", "waits"},
    "due:22h": {"late", "waits", "zh", "thx", "shut"},
    "due:tomorrow": {"late", "waits", "hot", "zh", "thx", "shut"},
    "before:1d": {"late", "waits", "shut"},
    "before:2026-10-01": {"shut"},
    "after:1d": RECENT,
    "after:2026-10-01": ALL - {"shut"},
    "after:yesterday": RECENT,
    "parcel": {"late", "waits", "shut"},
    "发货": {"zh"},
    '"什么时候"': {"zh"},
    "parc": {"late", "waits", "shut"},
    '"parc"': set(),
    "parcel sent": set(),
    "sent follows": {"waits"},
    "01-1": {"late"},
    "a1": {"late"},
    "shop-uk:waits": {"waits"},
    "220": {"hot"},
    "parcel is:open": {"late"},
    "parcel -thank": {"late", "waits"},
    "refund before:7d": {"waits"},
    "-parcel": RECENT,
    '-"where is" parcel': {"waits", "shut"},
    "-is:open": {"waits", "shut"},
    "-from:anna -from:bob": ALL - {"late", "hot"},
    "from:": ALL,
    "is:open is:closed": set(),
}


@pytest.fixture(autouse=True)
def _inbox(store: Store) -> None:
    store.threads.save_page(ACCOUNT, PAGES, cursor=None, at=T0)
    lines = (OrderLine("l1", "220", "VASE-1", "Crystal vase", 1, "9.00"),)
    parcel = (Shipment("s2", None, None, None),)
    page = [order("01-1", buyer="anna_k"), order("77-7", buyer="Bob Stone", lines=lines, shipments=parcel)]
    store.orders.save_page(ACCOUNT, page, cursor=None, at=T0)
    store.blocks.block(Block(ACCOUNT, "carl", "abuse", "", None, None, T0, "none"))
    store.drafts.save(key("zh"), "half an answer", T0)
    store.outbox.enqueue(OutboxKind.REPLY, key("late"), "On its way", at=T0, not_before=T0)
    store.notes.add(key("zh"), "speaks English", buyer=False, at=T0)
    store.notes.add(key("waits"), "careful", buyer=True, at=T0)
    gone = store.notes.add(key("hot"), "mistaken", buyer=False, at=T0)
    store.notes.set_removed(gone, removed=True)
    store.promises.add(key("waits"), "refund by Saturday", at(-DAY), at=T0)
    store.promises.add(key("shut"), "a voucher", at(20 * 60), at=T0)
    store.promises.close(store.promises.add(key("hot"), "a call", at(5), at=T0), PromiseState.KEPT, at=T0)
    with store.write() as session:
        store.marks.set_tags(key("hot"), ("wholesale", "two-words"), session)
        store.marks.set_tags(key("waits"), ("wholesale",), session)
        slept = store.marks.number(key("slept"), session)
        store.snoozes.set([slept], at(DAY), "time", "tomorrow", session)


@pytest.fixture
def windows(store: Store, database: Path, clock: FakeClock) -> Iterator[Windows]:
    with Windows(database, clock=clock, zone=T0.tzinfo) as opened:
        yield opened


@pytest.fixture(params=["looked up", "come upon", "one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which plan is taken, whatever the numbers say."""
    if request.param != "looked up":
        monkeypatch.setattr(matching, "_FEW", -1)
        monkeypatch.setattr(finding, "_HEADS", -1)
    if request.param == "one by one":
        monkeypatch.setattr(matching, "_ROWS", -1)
        monkeypatch.setattr(finding, "_ROWS", 0)


def listed(windows: Windows, query: str, view: str = "all") -> set[str]:
    return {row.key.remote_id for row in windows.page(view, 99, query=query)}


@pytest.mark.usefixtures("way")
def test_the_list_shows_what_is_asked_for(windows: Windows) -> None:
    assert {query: listed(windows, query) for query in ASKED} == ASKED


@pytest.mark.usefixtures("way")
def test_an_action_reaches_what_the_list_shows_in_its_order(windows: Windows) -> None:
    for query in ASKED:
        assert list(windows.matching(query, 99)) == [row.key for row in windows.page("all", 99, query=query)]


@pytest.mark.usefixtures("way")
def test_a_search_finds_the_same_conversations(windows: Windows) -> None:
    found = {query: {hit.row.key.remote_id for hit in windows.search(query, 99)} for query in ASKED}
    assert found == {**ASKED, "from:": set()}


def test_without_is_the_rest(windows: Windows) -> None:
    single = [query for query in ASKED if re.fullmatch(r"[a-z]+:(?!waits)(\S+|\".*\")", query)]
    assert len(single) > 50
    assert {query: listed(windows, f"-{query}") for query in single} == {query: ALL - ASKED[query] for query in single}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    operators=st.lists(st.sampled_from([query for query in ASKED if not parse(query).words]), max_size=3),
    words=st.sampled_from(["", *(query for query in ASKED if parse(query).words)]),
)
def test_together_they_leave_what_each_of_them_leaves(windows: Windows, operators: list[str], words: str) -> None:
    wanted = ALL.intersection(*(ASKED[query] for query in operators), ASKED.get(words, ALL))
    assert listed(windows, " ".join([*operators, words])) == wanted


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(), max_size=30), operator=st.sampled_from(["from", "order", "track", "sku", "item", "account"]))
def test_no_value_is_an_error(windows: Windows, text: str, operator: str) -> None:
    windows.page("inbox", 3, query=f"{operator}:{text}")
    windows.search(f'-{operator}:"{text}', 3, typing=True)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("view", list(VIEWS))
def test_pages_of_a_query_give_every_row_once_in_both_directions(store: Store, windows: Windows, view: str) -> None:
    more = [thread(theirs(f"p{n}", -n, "parcel"), remote_id=f"p{n}", unread=n % 2, archived=n % 3 == 0, buyer="anna") for n in range(9)]
    store.threads.save_page(ACCOUNT, more, cursor=None, at=T0)
    for query in ("parcel", "-refund", "from:anna", "parcel -is:waiting"):
        whole = windows.page(view, 99, query=query)
        forth, place = [], None
        while rows := windows.page(view, 2, after=place, query=query):
            forth += rows
            place = rows[-1].position
        assert forth == list(whole)
        back, place = [], (1 << 60, 0)
        while rows := windows.page(view, 2, before=place, query=query):
            back = [*rows, *back]
            place = rows[0].position
        assert back == list(whole)
        assert {row.key for row in whole} == {row.key for row in windows.page(view, 99)} & set(windows.matching(query, 99))


def test_a_search_of_the_promises_goes_by_their_own_times(store: Store, windows: Windows) -> None:
    store.promises.add(key("late"), "a new one", at(3 * DAY), at=T0)  # his answer is due before everything else
    assert [row.key.remote_id for row in windows.page("promises", 9, query="account:shop-uk")] == ["waits", "shut", "late"]
    assert [found.remote_id for found in windows.matching("parcel", 9, view="promises")] == ["waits", "shut", "late"]
    place = windows.page("promises", 1, query="parcel")[0].position
    assert [row.key.remote_id for row in windows.page("promises", 1, after=place, query="parcel")] == ["shut"]


def test_the_one_of_a_buyers_many_conversations_that_fits_is_found(store: Store, windows: Windows) -> None:
    pages = [thread(theirs(f"y{n}", n), remote_id=f"y{n}", buyer="yvonne") for n in range(30)]
    store.threads.save_page(ACCOUNT, [*pages, thread(theirs("z", 0), ours("zz", 1), remote_id="last", buyer="yvonne")], cursor=None, at=T0)
    assert [row.key.remote_id for row in windows.page("all", 1, query="from:yvonne is:waiting")] == ["last"]


def test_whether_that_is_all_is_said(windows: Windows) -> None:
    seen = [windows.matching("is:due", limit) for limit in (4, 5, 6)]
    assert [(len(found), found.more) for found in seen] == [(4, True), (5, False), (5, False)]
    assert not windows.search("parcel", 99).more
    assert windows.search("parcel", 2).more


def test_an_account_of_its_own(store: Store, windows: Windows) -> None:
    store.accounts.ensure(Account("shop-de", "ebay"))
    pages = [thread(theirs("z1", -1, "parcel"), remote_id="late")]
    store.threads.save_page("shop-de", pages, cursor=None, at=T0)
    assert [row.key.account for row in windows.page("all", 9, query="account:shop-de")] == ["shop-de"]
    assert [row.key.account for row in windows.page("all", 9, query="shop-de:late")] == ["shop-de"]


def test_operators_alone_show_the_newest_message_of_each(windows: Windows) -> None:
    hits = windows.search("-is:closed", 9)
    assert [hit.message_id for hit in hits] == ["b1", "e1", "g1", "f1", "a1", "c2"]
    assert hits[0].snippet == "Refund please"


def test_dates_are_of_the_message_where_words_are_looked_for(windows: Windows) -> None:
    assert [hit.message_id for hit in windows.search("refund", 9)] == ["b1", "c2"]
    assert [hit.message_id for hit in windows.search("refund before:7d", 9)] == ["c2"]
    assert [hit.message_id for hit in windows.search("parcel after:50d -after:39d", 9)] == ["c1"]
    assert [hit.message_id for hit in windows.search("refund has:attachment", 9)] == ["b1"]
    assert [hit.message_id for hit in windows.search("refund -has:attachment", 9)] == ["c2"]


def test_a_value_half_typed_hides_nothing(windows: Windows) -> None:
    whole = [hit.message_id for hit in windows.search("parcel", 9, typing=True)]
    for typed in ("parcel is", "parcel is:", "parcel is:o", "parcel is:ope", "parcel before:202"):
        if typed != "parcel is":
            assert [hit.message_id for hit in windows.search(typed, 9, typing=True)] == whole
    with pytest.raises(QueryError, match="is: knows"):
        windows.search("parcel is:o", 9)


def test_a_word_in_every_subject_leaves_room_for_messages(store: Store, windows: Windows) -> None:
    pages = [thread(theirs(f"t{n}", -n, "the teapot" if n < 5 else "hello"), remote_id=f"t{n}", subject="Teapot") for n in range(30)]
    store.threads.save_page(ACCOUNT, pages, cursor=None, at=T0)
    hits = windows.search("teapot", 15)
    assert [hit.message_id for hit in hits if hit.message_id] == [f"t{n}" for n in range(5)]
    assert len(hits) == 15


class Hourglass(FakeClock):
    """Every look at it takes a while."""

    def __init__(self, step: float) -> None:
        super().__init__()
        self.step = step
        self.looks = 0

    def monotonic(self) -> float:
        self.looks += 1
        return self.looks * self.step


def fill(store: Store, count: int) -> None:
    pages = [
        thread(*(theirs(f"m{n}-{k}", -n, "common word") for k in range(4)), remote_id=f"n{n}", buyer=f"buyer{n}") for n in range(count)
    ]
    for first in range(0, count, 500):
        store.threads.save_page(ACCOUNT, pages[first : first + 500], cursor=None, at=T0)


def test_a_search_that_would_freeze_shows_what_it_has(store: Store, database: Path) -> None:
    fill(store, 1500)
    with Windows(database, clock=Hourglass(0.03)) as windows:
        found = windows.search("common is:open -is:unread account:nobody", 50)
        assert (found.late, found.more, list(found)) == (True, True, [])
        some = windows.search("common -from:buyer7 has:attachment -item:lamp", 5000)
        assert some.late
        assert windows.page("all", 50, query="-common").late
        assert windows.matching("-common", 50, seconds=0.01).late
    with Windows(database, clock=Hourglass(0.0)) as windows:
        assert not windows.search("common is:open account:nobody", 50).late


def test_rows_found_before_the_time_was_over_are_kept(store: Store, database: Path) -> None:
    fill(store, 1500)
    with Windows(database, clock=Hourglass(0.02)) as windows:
        found = windows.search("common", 100_000)
        assert found.late
        assert 0 < len(found) < 6000
        assert [hit.sent_at for hit in found if hit.message_id] == sorted((hit.sent_at for hit in found if hit.message_id), reverse=True)


def test_a_connection_is_as_before_after_a_search_was_stopped(store: Store, database: Path) -> None:
    fill(store, 600)
    with Windows(database, clock=Hourglass(1.0)) as windows:
        assert windows.search("common", 100_000).late
        assert len(windows.page("all", 700)) == 607


def test_trouble_while_searching_is_one_sentence(store: Store, windows: Windows) -> None:
    with store.write() as session:
        session.connection().exec_driver_sql("DROP TABLE message")
    with pytest.raises(StoreError, match="lacks a part"):
        windows.search("parcel", 5)


def test_newest_first_costs_the_same_for_common_and_for_rare_words(store: Store, database: Path) -> None:
    """Counted in steps of SQLite's machine: what a search asks does not grow with the inbox."""

    def steps() -> list[int]:
        counted = []
        with Windows(database) as windows:
            for query in ("common", "commo", "rare", "common is:open", "common before:1h"):
                windows.search(query, 10)
                count = itertools.count()
                # Every statement is watched, so the time limit's own look must not replace ours.
                with closing(sqlite3.connect(database)) as bare:
                    for sql, parameters in asked_by(windows, query):
                        bare.set_progress_handler(lambda count=count: next(count) < 0, 10)
                        bare.execute(sql, parameters).fetchall()
                counted.append(next(count))
        return counted

    fill(store, 100)
    store.threads.save_page(ACCOUNT, [thread(theirs("r1", -1, "a rare thing"), remote_id="r")], cursor=None, at=T0)
    small = steps()
    fill(store, 2500)
    assert all(large < 2 * few + 20 for few, large in zip(small, steps(), strict=True))


def asked_by(windows: Windows, query: str) -> list[tuple[str, tuple[object, ...]]]:
    """The questions that a search puts to the file itself."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    connection = windows._connection

    class Listening:
        def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> sqlite3.Cursor:
            if "temp." not in sql and not sql.startswith("PRAGMA"):
                asked.append((sql, tuple(parameters)))
            return connection.execute(sql, parameters)

        def __getattr__(self, name: str) -> object:
            return getattr(connection, name)

    windows._connection = Listening()  # type: ignore[assignment]
    windows.search(query, 10)
    windows._connection = connection
    return asked


def test_a_half_typed_common_word_is_looked_up_by_the_words_it_may_become(store: Store, windows: Windows) -> None:
    fill(store, 3)
    matches = [parameters[0] for sql, parameters in asked_by(windows, "comm") if "message_fts MATCH" in sql]
    assert matches == ['"common"']
    store.threads.save_page(ACCOUNT, [thread(theirs("new", 0, "commerce"), remote_id="new")], cursor=None, at=T0)
    assert "new" in [hit.message_id for hit in windows.search("commer", 5)]
    assert len(windows.search("comm", 50)) == 13


def test_words_are_folded_as_the_index_folds_them() -> None:
    """A word folded otherwise would be found nowhere, so every letter is tried."""
    with closing(sqlite3.connect(":memory:")) as bare:
        bare.execute("CREATE VIRTUAL TABLE f USING fts5(t, tokenize='unicode61 remove_diacritics 2')")
        bare.execute("CREATE VIRTUAL TABLE w USING fts5vocab(f, 'instance')")
        for letter in map(chr, range(0x30, 0x250)):
            word = f"ab{letter}cd"
            if (folded := _folded(word)) is not None:
                bare.execute("DELETE FROM f")
                bare.execute("INSERT INTO f VALUES (?)", (word,))
                assert [row[0] for row in bare.execute("SELECT term FROM w")] == [folded]


def test_the_seller_s_midnight_counts(store: Store, database: Path, clock: FakeClock) -> None:
    from zoneinfo import ZoneInfo

    store.threads.save_page(ACCOUNT, [thread(theirs("n1", -12 * 60 - 30, "late at night"), remote_id="night")], cursor=None, at=T0)
    with Windows(database, clock=clock, zone=T0.tzinfo) as utc, Windows(database, clock=clock, zone=ZoneInfo("Asia/Shanghai")) as shanghai:
        assert "night" in listed(utc, "before:today")  # 21:30 on Saturday there, 5:30 on Sunday here
        assert "night" not in listed(shanghai, "before:today")
    assert at(-12 * 60 - 30) == T0 - timedelta(hours=12, minutes=30)
