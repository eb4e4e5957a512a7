"""A seller finds what a buyer wrote, in any script, whatever he types."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sellerinbox.store.database import Store
from sellerinbox.store.search import match_expression
from sellerinbox.store.windows import Windows
from tests.store.making import ACCOUNT, T0, key, order, theirs, thread

TEXTS = {
    "zh": "你好，请问我的订单什么时候发货？谢谢",
    "mixed": "iPhone手机壳坏了",
    "ja": "商品がまだ届いていません。いつ発送されますか",
    "ko": "안녕하세요 배송은 언제 되나요",
    "de": "Wo bleibt mein Päckchen? Größe XL",
    "en": 'The "blue" teapot, order 02-12345-67890, never arrived. C++ (really?)',
}


@pytest.fixture(autouse=True)
def _messages(store: Store) -> None:
    pages = [
        thread(theirs(name, n, text), remote_id=f"c-{name}", buyer=f"buyer_{name}", listing=None)
        for n, (name, text) in enumerate(TEXTS.items())
    ]
    store.threads.save_page(ACCOUNT, pages, cursor=None, at=T0)


def found(windows: Windows, query: str) -> list[str | None]:
    return [hit.message_id for hit in windows.search(query, 20)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("发货", ["zh"]),
        ("货发", []),
        ("订单 发货", ["zh"]),
        ("手机壳", ["mixed"]),
        ("iphone手机", ["mixed"]),
        ("発送", ["ja"]),
        ("届いて", ["ja"]),
        ("배송", ["ko"]),
        ("packchen", ["de"]),
        ("TEAP", ["en"]),
        ("teapot blue", ["en"]),
        ("02-12345-67890", ["en"]),
        ('"blue"', ["en"]),
        ("(really?)", ["en"]),
        ("teapot nowhere", []),
    ],
)
def test_found_by_words_in_any_script(windows: Windows, query: str, names: list[str]) -> None:
    assert found(windows, query) == names


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        '"',
        '""',
        "*",
        "a*",
        "NOT",
        "AND OR",
        "teapot NOT",
        "NEAR(a b)",
        "text:teapot",
        "(",
        ")",
        "-",
        "^x",
        "{a b}",
        "'; DROP TABLE message; --",
        "\x00",
        "a\x00b",
        "\ud800",
        "发\ud800",
        "+",
        "\U0001f600",
        "x" * 100_000,
        "a " * 5_000,
    ],
)
def test_no_query_is_an_error(store: Store, windows: Windows, query: str) -> None:
    windows.search(query, 5)
    windows.find_orders(query, 5)
    store.orders.find(query, 5)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.text(st.characters(), max_size=30))
def test_no_text_at_all_is_an_error(windows: Windows, query: str) -> None:
    windows.search(query, 3)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(st.sampled_from(["发货", "teapot", "배송", "Ärger", "42", "ひらがな"]), min_size=1, max_size=5))
def test_a_text_is_found_by_its_own_words(store: Store, windows: Windows, words: list[str]) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("own", 99, " ".join(words)), remote_id="own", listing=None)], cursor=None, at=T0)
    assert "own" in found(windows, " ".join(reversed(words)))


def test_whole_ids_come_first_then_heads_then_messages_newest_first(store: Store, windows: Windows) -> None:
    pages = [
        thread(theirs("k1", 50, "about teapot 7001"), remote_id="k1", subject="x", listing=None),
        thread(theirs("k2", 60, "another 7001"), remote_id="k2", subject="x", listing=None),
        thread(theirs("k3", 1, "hello"), remote_id="k3", subject="Lid for 7001", listing=None),
        thread(theirs("k4", 2, "hello"), remote_id="k4", subject="x", listing="7001"),
    ]
    store.threads.save_page(ACCOUNT, pages, cursor=None, at=T0)
    hits = windows.search("7001", 9)
    assert [(hit.row.key.remote_id, hit.message_id) for hit in hits] == [("k4", None), ("k3", None), ("k2", "k2"), ("k1", "k1")]
    assert len(windows.search("7001", 2)) == 2


def test_a_conversation_is_found_by_its_orders_number_and_parcel(store: Store, windows: Windows) -> None:
    store.threads.save_page(ACCOUNT, [thread(theirs("m1", 0), remote_id="c1")], cursor=None, at=T0)
    store.orders.save_page(ACCOUNT, [order("11-222")], cursor=None, at=T0)
    for query in ("11-222", " ab 123456789 gb", "m1", "c1", "110"):
        assert windows.search(query, 5)[0].row.key == key("c1")


def test_the_snippet_shows_the_place(store: Store, windows: Windows) -> None:
    text = "filler words " * 60 + "the needle\nis here"
    store.threads.save_page(ACCOUNT, [thread(theirs("n", 0, text), remote_id="n")], cursor=None, at=T0)
    (hit,) = windows.search("needle", 5)
    assert "needle is here" in hit.snippet
    assert len(hit.snippet) < 200


def test_one_letter_is_no_prefix_of_half_the_inbox() -> None:
    assert match_expression("a") == '"a"'
    assert match_expression("ab") == '"ab"*'
