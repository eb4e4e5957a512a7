"""`account`: an account is saved only when it works, and no secret shows anywhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import keyring
import pytest

from sellerinbox.cli import accounts, asking
from sellerinbox.domain.accounts import Seller
from sellerinbox.simulator.server import SimulatorServer
from tests.cli.conftest import ACCOUNT, Run, fault
from tests.test_credentials import SAFE, called


def add(run: Run, market: SimulatorServer, *more: str) -> tuple[str, ...]:
    return ("account", "add", "shop-uk", "--marketplace", "ebay", "--base-url", market.base_url, *(more or ("--from-env",)))


def test_an_account_with_the_right_secrets_is_saved_and_works(signed_in: Run, market: SimulatorServer, home: Path) -> None:
    listed = signed_in("account", "list", "--json").json
    assert [(account["name"], account["base_url"]) for account in listed] == [("shop-uk", market.base_url)]
    assert "signed in as" in signed_in("account", "test", "shop-uk").out


def test_a_wrong_token_is_sign_in_needed_and_nothing_is_saved(
    run: Run, market: SimulatorServer, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ACCOUNT.variable("refresh_token"), "SECRET-planted-and-wrong")
    wrong = run(*add(run, market))
    assert (wrong.code, "planted" in wrong.sentence) == (3, False)
    assert run("account", "list", "--json").json == []


def test_a_missing_secret_names_its_variable(
    run: Run, market: SimulatorServer, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ACCOUNT.variable("client_secret"))
    missing = run(*add(run, market))
    assert (missing.code, "SELLERINBOX_SECRET_SHOP_UK_CLIENT_SECRET" in missing.sentence) == (3, True)


def test_a_marketplace_that_is_gone_saves_nothing(run: Run, market: SimulatorServer, secrets: dict[str, str]) -> None:
    market.stop()
    gone = run(*add(run, market))
    assert (gone.code, bool(gone.sentence)) == (4, True)
    assert run("account", "list", "--json").json == []


def test_a_log_in_page_of_the_network_saves_nothing(run: Run, market: SimulatorServer, secrets: dict[str, str]) -> None:
    fault(market, match="token", kind="html_200", count=50)
    assert run(*add(run, market)).code == 4
    assert run("account", "list", "--json").json == []


def test_one_name_never_holds_two_shops(shop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from sellerinbox.marketplaces.ebay.client import Ebay

    async def another(self: Ebay) -> Seller:
        return Seller("another id", "another_seller")

    monkeypatch.setattr(Ebay, "whoami", another)
    mixed = shop("account", "test", "shop-uk")
    assert (mixed.code, "another_seller" in mixed.sentence) == (2, True)


def test_a_removed_account_keeps_its_messages_and_sends_nothing_more(shop: Run, key: str) -> None:
    shop("reply", key, "--text", "This one waits and must not go out.", "--undo", "600")
    assert shop("account", "remove", "shop-uk").code == 0
    assert shop("account", "list", "--json").json == []
    assert key in [row["key"] for row in shop("list", "--view", "all", "--json").json]
    assert [item["state"] for item in shop("outbox", "--json").json if item["kind"] == "reply"] == ["cancelled"]
    assert shop("sync").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("shop:uk", "--marketplace", "ebay", "--from-env"),
        ("shop-uk", "--marketplace", "amazing", "--from-env"),
        ("shop-uk", "--marketplace", "ebay", "--base-url", "http://example.com", "--from-env"),
        ("shop-uk", "--marketplace", "ebay", "--from-env", "--secret-command", "pass {name}"),
        ("shop-uk", "--marketplace", "ebay"),
        (),
    ],
)
def test_what_can_not_be_an_account_is_refused_in_one_sentence(run: Run, words: tuple[str, ...]) -> None:
    wrong = run("account", "add", *words)
    assert (wrong.code, bool(wrong.sentence)) == (2, True)


def test_signing_in_step_by_step(run: Run, market: SimulatorServer, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = called(SAFE)
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    seller = Browser(market, monkeypatch)
    done = run(*add(run, market)[:-1])
    assert done.code == 0, done.err
    assert sorted(user for _, user in ring.kept) == ["shop-uk/client_id", "shop-uk/client_secret", "shop-uk/refresh_token"]
    assert run("sync").code == 0
    kept = "".join(file.read_text("utf-8", "replace") for file in home.rglob("*") if file.is_file())
    for value in (*list(ring.kept.values())[1:], *seller.codes):
        assert value not in kept
        assert value not in done.out + done.err


@pytest.mark.parametrize("spoil", ["state", "decline", "nonsense", "again"])
def test_a_consent_that_is_not_ours_is_refused(run: Run, market: SimulatorServer, monkeypatch: pytest.MonkeyPatch, spoil: str) -> None:
    ring = called(SAFE)
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    Browser(market, monkeypatch, spoil)
    refused = run(*add(run, market)[:-1])
    assert refused.code in (2, 3)
    assert ring.kept == {}
    assert run("account", "list", "--json").json == []


def test_a_bare_code_is_accepted(run: Run, market: SimulatorServer, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = called(SAFE)
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    Browser(market, monkeypatch, "bare")
    assert run(*add(run, market)[:-1]).code == 0


def test_without_a_keyring_the_safe_ways_are_named_before_anything_is_typed(
    run: Run, market: SimulatorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_: str) -> str:
        raise AssertionError("a secret was asked for and could not have been kept")

    monkeypatch.setattr(accounts, "ask", nobody)
    monkeypatch.setattr(accounts, "ask_secret", nobody)
    refused = run(*add(run, market)[:-1])
    assert (refused.code, "--from-env" in refused.sentence, "secret_command" in refused.sentence) == (2, True, True)


def test_questions_need_somebody_to_answer(run: Run) -> None:
    with pytest.raises(Exception, match="--from-env"):
        asking.ask("Anybody?")


class Browser:
    """The seller at his keyboard and browser: reads the address from the screen, agrees, pastes."""

    def __init__(self, market: SimulatorServer, monkeypatch: pytest.MonkeyPatch, spoil: str = "") -> None:
        self._market = market
        self._spoil = spoil
        self._url = ""
        self.codes: list[str] = []
        monkeypatch.setattr(accounts, "ask", lambda question: "The-Ru-Name" if "RuName" in question else market.ebay.tokens.client_id)
        monkeypatch.setattr(accounts, "ask_secret", self._secret)
        monkeypatch.setattr(accounts.output, "note", self._note)

    def _note(self, text: str) -> None:
        self._url = text if text.startswith("http") else self._url

    def _secret(self, question: str) -> str:
        if "secret" in question:
            return self._market.ebay.tokens.client_secret
        asked = parse_qs(urlsplit(self._url).query)
        assert asked["redirect_uri"] == ["The-Ru-Name"]
        with self._market.world.lock:
            code = self._market.ebay.tokens.consent()
        self.codes.append(code)
        state = "0" * 32 if self._spoil == "state" else asked["state"][0]
        if self._spoil == "again":
            code = code + "x"
        return {
            "bare": quote(code),
            "decline": f"https://here.example/no?error=access_denied&state={state}",
            "nonsense": "https://here.example/?x=1",
        }.get(self._spoil, f"https://here.example/ok?state={quote(state)}&code={quote(code, safe='')}&expires_in=299")


def test_the_consent_address_asks_for_no_more_than_an_inbox_needs(run: Run) -> None:
    from sellerinbox.marketplaces.ebay.consent import consent_url

    address = consent_url(ACCOUNT, "client", "name", "state")
    assert address.startswith("https://auth.ebay.com/oauth2/authorize?")
    scopes = parse_qs(urlsplit(address).query)["scope"][0].split()
    assert sorted(re.sub(".*/", "", scope) for scope in scopes) == ["commerce.identity.readonly", "commerce.message", "sell.fulfillment"]
