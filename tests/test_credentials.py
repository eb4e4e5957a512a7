"""Secrets: three ways in a fixed order, never a plain file, never a value in an error, never a frozen program."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

import keyring
import pytest
from keyring.errors import KeyringLocked

from sellerinbox import credentials
from sellerinbox.credentials import describe, forget_secrets, keyring_state, secrets_for, store_secret
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import CredentialsError, SecretMissing

SHOP = Account("shop-uk", "ebay")
VARIABLE = "SELLERINBOX_SECRET_SHOP_UK_REFRESH_TOKEN"


class Ring:
    """A keyring that keeps in memory; `called` as whatever class a test wants."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, user: str) -> str | None:
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, value: str) -> None:
        self.kept[service, user] = value

    def delete_password(self, service: str, user: str) -> None:
        del self.kept[service, user]


class Forgetful(Ring):
    def set_password(self, service: str, user: str, value: str) -> None:
        """As keyring's own null backend."""


class Locked(Ring):
    def get_password(self, service: str, user: str) -> str | None:
        raise KeyringLocked("collection SECRET-planted is locked")


def called(name: str, kind: type[Ring] = Ring, **attributes: Any) -> Any:
    """A keyring whose class has that full name."""
    module, _, own = name.rpartition(".")
    ring = type(own, (kind,), {"__module__": module})()
    for attribute, value in attributes.items():
        setattr(ring, attribute, value)
    return ring


SAFE = "keyring.backends.SecretService.Keyring"
Use = Callable[[Any], Any]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    def install(ring: Any) -> Any:
        monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
        return ring

    install(called("keyring.backends.fail.Keyring"))
    return install


def test_the_environment_goes_before_the_command_before_the_keyring(use: Use) -> None:
    ring = use(called(SAFE))
    ring.set_password("sellerinbox", "shop-uk/refresh_token", "from-keyring")
    by_command = Account("shop-uk", "ebay", secret_command=f"{sys.executable} -c 'print(\"of-{{name}}\")'")
    assert secrets_for(by_command, {VARIABLE: "from-variable"})("refresh_token") == "from-variable"
    assert secrets_for(by_command, {VARIABLE: ""})("refresh_token") == "of-refresh_token"
    assert secrets_for(SHOP, {})("refresh_token") == "from-keyring"


def test_a_missing_secret_says_how_to_get_one(use: Use) -> None:
    with pytest.raises(SecretMissing, match=f"account add shop-uk --marketplace ebay`, or set {VARIABLE}"):
        secrets_for(SHOP, {})("refresh_token")


def test_a_command_runs_without_a_shell_and_without_our_secrets(use: Use, tmp_path: Any) -> None:
    script = tmp_path / "give it.py"
    names = "(name for name in os.environ if name.startswith('SELLERINBOX_SECRET'))"
    script.write_text(f"import os, sys\nprint('+'.join([sys.argv[1], *{names}]))\nprint('second line')")
    account = Account("shop-uk", "ebay", secret_command=f"{sys.executable} '{script}' {{name}}$(id)")
    environ = {"SELLERINBOX_SECRET_OTHER_REFRESH_TOKEN": "SECRET-other"}
    assert secrets_for(account, environ)("client_id") == "client_id$(id)"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; print('SECRET-planted', file=sys.stderr); sys.exit(3)", "ended with 3"),
        ("pass", "gave no client_id"),
        ("print('SECRET planted')", "holds blanks"),
        ("print('SECRET\\u2026planted')", "holds blanks"),
        ("import threading; threading.Event().wait(20)", "gave no answer in"),
    ],
)
def test_a_command_that_fails_is_named_without_what_it_printed(use: Use, monkeypatch: pytest.MonkeyPatch, program: str, said: str) -> None:
    monkeypatch.setattr(credentials, "COMMAND_LIMIT", 0.5 if "wait" in program else 10.0)
    account = Account("shop-uk", "ebay", secret_command=f'{sys.executable} -X utf8 -c "{program}" {{name}}')
    with pytest.raises(CredentialsError, match=said) as caught:
        secrets_for(account, {})("client_id")
    assert "planted" not in str(caught.value)


@pytest.mark.parametrize(("command", "said"), [("no-such-program {name}", "can't be started"), ("pass 'show {name}", "quotes")])
def test_a_command_that_is_none(use: Use, command: str, said: str) -> None:
    with pytest.raises(CredentialsError, match=said):
        secrets_for(Account("shop-uk", "ebay", secret_command=command), {})("client_id")


@pytest.mark.parametrize(
    "backend",
    [
        "keyring.backends.null.Keyring",
        "keyrings.alt.file.PlaintextKeyring",
        "keyrings.alt.file.EncryptedKeyring",
        "keyring.backends.SecretService.Other",
        "evil.SecretService.Keyring",
        "keyring.backends.fail.Keyring",
    ],
)
def test_a_keyring_not_on_the_list_keeps_nothing_and_names_the_safe_ways(use: Use, backend: str) -> None:
    ring = use(called(backend))
    with pytest.raises(CredentialsError, match=r"SELLERINBOX_SECRET_.*secret_command"):
        store_secret(SHOP, "client_id", "value")
    assert ring.kept == {}
    assert not keyring_state().accepted


def test_of_a_chain_only_the_safe_link_is_used(use: Use) -> None:
    plain, safe = called("keyrings.alt.file.PlaintextKeyring"), called(SAFE)
    use(called("keyring.backends.chainer.ChainerBackend", backends=[plain, safe]))
    store_secret(SHOP, "client_id", "value")
    assert (plain.kept, list(safe.kept.values())) == ({}, ["value"])
    use(called("keyring.backends.chainer.ChainerBackend", backends=[plain]))
    assert not keyring_state().accepted


def test_a_keyring_that_forgets_is_found_out(use: Use) -> None:
    use(called(SAFE, Forgetful))
    with pytest.raises(CredentialsError, match="does not give it back"):
        store_secret(SHOP, "client_id", "value")


def test_what_is_stored_can_be_read_and_forgotten(use: Use) -> None:
    ring = use(called(SAFE))
    store_secret(SHOP, "client_id", "value")
    assert ring.kept == {("sellerinbox", "shop-uk/client_id"): "value"}
    forget_secrets(SHOP, ["client_id", "refresh_token"])
    with pytest.raises(SecretMissing):
        secrets_for(SHOP, {})("client_id")


def test_a_keyring_that_never_answers_does_not_freeze_the_program(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "KEYRING_LIMIT", 0.05)
    never = threading.Event()

    class Silent(Ring):
        def get_password(self, service: str, user: str) -> str | None:
            never.wait()
            return None

    use(called(SAFE, Silent))
    try:
        with pytest.raises(CredentialsError, match="most likely locked"):
            secrets_for(SHOP, {})("client_id")
    finally:
        never.set()


def test_a_locked_or_broken_keyring_is_one_sentence_without_its_words(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    use(called(SAFE, Locked))
    with pytest.raises(CredentialsError, match="locked or broken") as caught:
        secrets_for(SHOP, {})("client_id")
    assert "planted" not in str(caught.value)

    def broken() -> None:
        raise ModuleNotFoundError("keyrings.gone")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert not keyring_state().accepted


def test_an_entry_of_another_format_is_not_used(use: Use) -> None:
    ring = use(called(SAFE))
    ring.set_password("sellerinbox", "shop-uk/client_id", "line\r\nX-Header: SECRET-planted")
    with pytest.raises(CredentialsError, match="set it again") as caught:
        secrets_for(SHOP, {})("client_id")
    assert "planted" not in str(caught.value)


def test_the_doctor_learns_the_way_and_never_the_value(use: Use) -> None:
    ring = use(called(SAFE))
    ring.set_password("sellerinbox", "shop-uk/client_id", "SECRET-planted")
    found = describe(SHOP, ("client_id", "client_secret", "refresh_token"), {VARIABLE: "SECRET-planted"}, keyring_state())
    assert [place.way for place in found] == ["keyring", "missing", "environment"]
    assert "planted" not in repr(found)
