"""What can't work: one sentence and an exit code each, and the inbox is as it was."""

from __future__ import annotations

import socket

import pytest

from tests.e2e.market import Market
from tests.e2e.seller import ACCOUNT, Seller

PAGES = "/commerce/message/v1/conversation"
WRONG = {ACCOUNT.variable("refresh_token"): "v^1.1#i^1#SECRET-wrong"}


def test_a_wrong_token_is_3(seller: Seller, market: Market) -> None:
    before = seller.conversations()
    failed = seller.run("sync", **WRONG)
    assert failed.code == 3
    assert "sign in" in failed.sentence.lower()
    assert "SECRET" not in failed.sentence
    added = seller.run(
        "account", "add", "shop-de", "--marketplace", "ebay", "--from-env", "--base-url", market.base_url, **other_account(seller)
    )
    assert added.code == 3, added.err
    assert added.sentence
    assert [account["name"] for account in seller.run("account", "list", "--json").json] == [ACCOUNT.name]
    assert seller.conversations() == before


def other_account(seller: Seller) -> dict[str, str]:
    """The same secrets for an account called shop-de, the token wrong."""
    return {name.replace("SHOP_UK", "SHOP_DE"): value for name, value in {**seller.secrets, **WRONG}.items()}


def test_a_server_that_is_gone_is_4_and_a_reply_waits(seller: Seller, market: Market) -> None:
    seller.run("sync")  # what buyers wrote meanwhile would rightly hold the reply
    before = seller.conversations()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        gone = f"http://127.0.0.1:{taken.getsockname()[1]}"
    settings = seller.home / "config" / "config.toml"
    settings.write_text(settings.read_text().replace(market.base_url, gone))

    assert seller.run("reply", before[0]["key"], "--text", "It is on its way.").code == 0
    failed = seller.run("sync")
    assert failed.code == 4
    assert failed.sentence
    assert seller.states() == ["queued"]
    assert [row["key"] for row in seller.conversations()] == [row["key"] for row in before]

    settings.write_text(settings.read_text().replace(gone, market.base_url))
    assert seller.run("sync").code == 0
    assert len(market.sends("It is on its way.")) == 1


@pytest.mark.parametrize(("kind", "code"), [("truncate", 1), ("html_200", 4)])
def test_pages_that_are_none_change_nothing(seller: Seller, market: Market, kind: str, code: int) -> None:
    before = seller.conversations()
    whole = seller.show(before[0]["key"])
    market.fault(PAGES, kind, count=10_000)
    failed = seller.run("sync")
    assert failed.code == code
    assert failed.sentence
    assert "<" not in failed.sentence
    assert seller.conversations() == before
    assert seller.show(before[0]["key"]) == whole


def test_what_can_not_be_done_is_one_sentence_each_and_changes_nothing(seller: Seller) -> None:
    rows = seller.conversations()
    key = rows[0]["key"]
    for code, *words in [
        (1, "show", "shop-uk:999"),
        (1, "reply", "shop-uk:999", "--text", "Hello"),
        (2, "reply", "nonsense", "--text", "Hello"),
        (2, "reply", key, "--text", ""),
        (2, "reply", key, "--text", " \n\t\u200b"),
        (5, "reply", key, "--text", "x" * 2001),
        (5, "reply", key, "--text", "Hello {buyer}, it is on its way."),
        (1, "outbox", "retry", "77"),
        (2, "outbox", "retry"),
        (2, "frobnicate", key),
    ]:
        refused = seller.run(*words)
        assert (refused.code, refused.out) == (code, ""), words
        # A refusal by the guard names every finding, and ends with the sentence.
        said = refused.err.splitlines()[-1] if code == 5 else refused.sentence
        assert said.startswith("sellerinbox: "), said
        assert said.endswith("."), said
    assert seller.replies() == []
    assert seller.conversations() == rows
