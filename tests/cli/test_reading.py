"""`list`, `show`, `search`, `order`, `buyer`: the contract with scripts, and the same for people."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sellerinbox.simulator.server import SimulatorServer
from tests.cli.conftest import CONVERSATIONS, Run, fault

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
LISTED = {
    "key", "account", "marketplace", "kind", "buyer", "subject", "snippet", "state", "unread", "last_message_at",
    "oldest_unanswered_at", "due_at", "due_kind", "order_id", "tags",
}  # fmt: skip


def test_a_new_home_lists_nothing_and_says_so(run: Run, home: Path) -> None:
    assert run("list", "--json").json == []
    assert run("list").err == "No conversations here.\n"


def test_list_has_what_the_contract_names(shop: Run) -> None:
    rows = shop("list", "--view", "all", "--json").json
    assert len(rows) == CONVERSATIONS
    for row in rows:
        assert set(row) >= LISTED
        assert row["account"] == "shop-uk"
        assert row["key"].startswith("shop-uk:")
        assert TIME.fullmatch(row["last_message_at"])
        assert row["oldest_unanswered_at"] is None or TIME.fullmatch(row["oldest_unanswered_at"])
        assert "" not in row.values()


def test_list_is_most_urgent_first_and_obeys_its_limit(shop: Run) -> None:
    waiting = [row["due_at"] for row in shop("list", "--json").json if row["due_at"]]
    assert waiting == sorted(waiting)
    assert len(shop("list", "--limit", "2", "--json").json) == 2


def test_list_with_words_keeps_to_its_view(shop: Run, key: str) -> None:
    buyer = shop("show", key, "--json").json["conversation"]["buyer"]
    assert key in [row["key"] for row in shop("list", buyer, "--json").json]
    assert shop("done", key).code == 0
    assert key not in [row["key"] for row in shop("list", buyer, "--json").json]
    assert key in [row["key"] for row in shop("list", buyer, "--view", "closed", "--json").json]


def test_show_has_what_the_contract_names(shop: Run, key: str) -> None:
    whole = shop("show", key, "--json").json
    assert set(whole) >= {"conversation", "messages", "orders", "cases", "promises", "buyer", "notes"}
    assert set(whole["conversation"]) >= LISTED
    for message in whole["messages"]:
        assert set(message) >= {"id", "direction", "author", "sent_at", "text", "state", "attachments"}
        assert message["direction"] in ("in", "out")
    assert whole["messages"] == sorted(whole["messages"], key=lambda message: message["sent_at"])


def test_search_finds_words_and_the_conversation(shop: Run, key: str) -> None:
    text = next(message["text"] for message in shop("show", key, "--json").json["messages"] if message["direction"] == "in")
    word = max(re.findall(r"\w+", text), key=len)
    assert key in [hit["key"] for hit in shop("search", word, "--json").json]


def test_search_takes_any_words_as_words(shop: Run) -> None:
    for query in ('"', "AND", "a*b", "NEAR(", "-", "'; DROP TABLE message; --", "kein^treffer:x"):
        assert shop("search", query, "--json").code == 0


def test_order_has_what_the_contract_names(shop: Run) -> None:
    number = next(row["order_id"] for row in shop("list", "--view", "all", "--json").json if row["order_id"])
    found = shop("order", number, "--json").json
    assert [order["order_id"] for order in found] == [number]
    wanted = {
        "order_id",
        "account",
        "buyer",
        "placed_at",
        "paid_at",
        "status",
        "total",
        "currency",
        "ship_by",
        "lines",
        "shipments",
        "cases",
    }
    assert set(found[0]) >= wanted
    for shipment in found[0]["shipments"]:
        assert set(shipment) >= {"carrier", "tracking_number", "shipped_at", "status", "last_event_at", "events", "url"}
    assert number in shop("order", number).out


def test_buyer_brings_his_conversations_and_orders_together(shop: Run, key: str) -> None:
    name = shop("show", key, "--json").json["conversation"]["buyer"]
    found = shop("buyer", name, "--json").json
    assert key in [row["key"] for row in found["conversations"]]
    assert all(order["buyer"].casefold() == name.casefold() for order in found["orders"])


def test_a_key_that_is_none_is_usage_and_one_unknown_is_not_found(run: Run) -> None:
    assert run("show", "8812").code == 2
    missing = run("show", "shop-uk:8812")
    assert (missing.code, "shop-uk:8812" in missing.sentence) == (1, True)


@pytest.mark.parametrize("command", ["list --view all", "show {key}", "search {word}", "order {word}", "buyer {word}", "outbox", "blocked"])
def test_nothing_a_stranger_writes_acts_on_the_terminal(shop: Run, market: SimulatorServer, command: str) -> None:
    attack = "Hostile \x1b]0;owned\x07 \x9b31m red \u202egnp.exe \x1b[2J here zyzzyva"
    with market.world.lock:
        market.control.message({"buyer": "evil\x1b[31m_buyer", "text": attack})
    shop("sync")
    key = next(row["key"] for row in shop("list", "--view", "all", "--json").json if "evil" in row["buyer"])
    result = shop(*command.format(key=key, word="zyzzyva").split())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", result.out + result.err)
    as_json = shop(*command.format(key=key, word="zyzzyva").split(), "--json").out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", as_json)


def test_raw_gives_the_original_code_points_as_escapes(shop: Run, market: SimulatorServer) -> None:
    attack = "before \x1b[31m\u202e\x7f after"
    with market.world.lock:
        market.control.message({"buyer": "somebody", "text": attack})
    shop("sync")
    key = next(row["key"] for row in shop("list", "--view", "all", "--json").json if row["buyer"] == "somebody")
    result = shop("show", key, "--raw")
    assert result.out.isascii()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", result.out)
    assert json.loads(result.out)["messages"][-1]["text"] == attack


def test_a_page_that_is_no_page_leaves_what_is_stored(shop: Run, market: SimulatorServer) -> None:
    before = shop("list", "--view", "all", "--json").json
    fault(market, match="/conversation", kind="html_200", count=50)
    assert shop("sync").code == 4
    assert shop("list", "--view", "all", "--json").json == before
