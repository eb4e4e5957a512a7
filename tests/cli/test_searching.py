"""`list QUERY` and `search`: the same language as on the screen, for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import CONVERSATIONS, Run


def keys(shop: Run, *words: str) -> list[str]:
    result = shop(words[0], "--json", *words[1:])  # before any `--`
    assert result.code == 0, result.err
    return [row["key"] for row in result.json]


def views(home: Path, text: str) -> None:
    file = home / "config" / "config.toml"
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def test_operators_choose_conversations_in_the_views_order(shop: Run) -> None:
    everything = keys(shop, "list", "--view", "all")
    assert len(everything) == CONVERSATIONS
    opened, rest = keys(shop, "list", "--view", "all", "is:open"), keys(shop, "list", "--view", "all", "--", "-is:open")
    assert opened
    assert rest
    assert [key for key in everything if key in opened] == opened
    assert sorted(opened + rest) == sorted(everything)
    assert keys(shop, "list", "--view", "all", "account:shop-uk", "is:open") == opened
    assert keys(shop, "list", "--view", "all", "account:nobody") == []
    assert keys(shop, "list", "--view", "all", "is:open", "--limit", "1") == opened[:1]


def test_a_search_by_operators_alone_gives_each_conversation_s_newest_message(shop: Run) -> None:
    hits = shop("search", "account:shop-uk", "--json").json
    assert len(hits) == len({hit["key"] for hit in hits}) == CONVERSATIONS
    for hit in hits:
        newest = shop("show", hit["key"], "--json").json["messages"][-1]
        assert (hit["message_id"], hit["sent_at"]) == (newest["id"], newest["sent_at"])
    assert [hit["sent_at"] for hit in hits] == sorted((hit["sent_at"] for hit in hits), reverse=True)


def test_an_order_number_comes_first_and_its_parts_are_found_by_operator(shop: Run) -> None:
    row = next(row for row in shop("list", "--view", "all", "--json").json if row["order_id"])
    assert keys(shop, "search", row["order_id"])[0] == row["key"]
    assert row["key"] in keys(shop, "search", f"order:{row['order_id'][:6]}")
    assert row["key"] in keys(shop, "list", "--view", "all", f"order:{row['order_id']}", f"from:{row['buyer']}")
    assert keys(shop, "search", row["key"])[0] == row["key"]


def test_a_view_of_the_sellers_own(shop: Run, home: Path) -> None:
    views(home, '\n[views.answered]\nquery = "-is:open"\nkey = "f5"\n')
    answered = keys(shop, "list", "--view", "all", "--", "-is:open")
    assert keys(shop, "list", "--view", "answered") == answered
    one = shop("show", answered[0], "--json").json["conversation"]["buyer"]
    assert answered[0] in keys(shop, "list", "--view", "answered", f"from:{one}")
    assert keys(shop, "list", "--view", "answered", "is:open") == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["list", "is:opne"], "the nearest one is “open”"),
        (["search", "before:soon"], "2026-11-01"),
        (["search", "x", "promise:late"], "open, due, overdue, kept"),
        (["list", "--view", "mine"], "there are inbox, due, unread, promises, snoozed, drafts, closed, all"),
    ],
)
def test_what_does_not_exist_is_usage_and_says_what_does(shop: Run, words: list[str], named: str) -> None:
    result = shop(*words)
    assert (result.code, named in result.sentence) == (2, True)


def test_settings_with_a_wrong_view_are_named(shop: Run, home: Path) -> None:
    views(home, '\n[views.mine]\nquery = "form:bob"\n')
    result = shop("list")
    assert (result.code, "views.mine.query" in result.sentence, "config.toml" in result.sentence) == (2, True, True)


def test_a_search_without_a_word_is_usage(shop: Run) -> None:
    assert shop("search").code == 2
    assert keys(shop, "search", "") == []
