"""Settings: a mistake is named, never guessed at; a change never costs the seller his file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sellerinbox.config import Paths, add_account, load, make_private, paths, private_folder, remove_account, write_private
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import ConfigError

SHOP = Account("shop-uk", "ebay")


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    return paths(tmp_path, {})


def settings(home: Paths, text: str) -> Paths:
    home.config.mkdir(parents=True, exist_ok=True)
    home.config_file.write_text(text, "utf-8")
    return home


def mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


def test_no_file_is_as_good_as_an_empty_one(home: Paths) -> None:
    config = load(home, {})
    assert (config.undo_seconds, config.accounts, config.sync.conversations_every) == (10, (), 120)


def test_everything_of_a_home_lies_under_it_and_the_flag_wins(tmp_path: Path) -> None:
    by_flag = paths(tmp_path / "flag", {"SELLERINBOX_HOME": str(tmp_path / "variable")})
    by_variable = paths(None, {"SELLERINBOX_HOME": str(tmp_path / "variable")})
    assert by_flag.database == tmp_path / "flag" / "data" / "inbox.db"
    assert by_variable.config_file == tmp_path / "variable" / "config" / "config.toml"
    assert by_variable.sync_lock.parent == by_variable.write_lock.parent == by_variable.log.parent == tmp_path / "variable" / "state"


def test_a_relative_home_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths(Path("shop two"), {}).database == tmp_path / "shop two" / "data" / "inbox.db"


def test_a_relative_system_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: Path("relative"))
    with pytest.raises(ConfigError, match="SELLERINBOX_HOME"):
        paths(None, {})


def test_the_environment_goes_before_the_file(home: Paths) -> None:
    settings(home, 'theme = "paper"\nundo_seconds = 3\n[sync]\norders_every = 60\n')
    config = load(home, {"SELLERINBOX_UNDO_SECONDS": "0", "SELLERINBOX_SYNC_ORDERS_EVERY": "7"})
    assert (config.theme, config.undo_seconds, config.sync.orders_every) == ("paper", 0, 7)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("undo_second = 3", "undo_second” is not a setting; the nearest one is “undo_seconds”"),
        ('[sync]\nconversation_every = "x"', "sync.conversation_every” is not a setting; the nearest one is “conversations_every”"),
        ('undo_seconds = "3"', "undo_seconds” must be a whole number from 0 to 3600"),
        ("undo_seconds = true", "whole number"),
        ("undo_seconds = -1", "whole number"),
        ("theme = 3", "theme” must be a text"),
        ("theme = [", "can't be understood"),
        ("sync = 3", "must be a table"),
        ('[accounts]\nname = "x"', "[[accounts]]"),
        ("[keys]\na = 1", "keys.a” must be a text"),
        ('[[accounts]]\nmarketplace = "ebay"', "accounts.name” is missing"),
        ('[[accounts]]\nname = "a"\nmarketplace = "ebey"', "the nearest one is “ebay”"),
        ('[[accounts]]\nname = "a:b"\nmarketplace = "ebay"', "can't be an account's name"),
        ('[[accounts]]\nname = "a"\nmarketplace = "ebay"\nbase_url = "http://example.com"', "unencrypted"),
        ('[[accounts]]\nname = "a"\nmarketplace = "ebay"\nbase_url = "http://[::"', "can't be a base URL"),
        ('[[accounts]]\nname = "a"\nmarketplace = "ebay"\nsecret_command = "pass show it"', "{name}"),
        ('[[accounts]]\nname = "a.b"\nmarketplace = "ebay"\n[[accounts]]\nname = "A-B"\nmarketplace = "ebay"', "too alike"),
    ],
)
def test_a_mistake_is_named_with_its_file(home: Paths, text: str, named: str) -> None:
    settings(home, text)
    with pytest.raises(ConfigError) as caught:
        load(home, {})
    assert named in str(caught.value)
    assert str(home.config_file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_secret_in_the_settings_is_refused_and_not_repeated(home: Paths) -> None:
    settings(home, '[[accounts]]\nname = "a"\nmarketplace = "ebay"\nrefresh_token = "SECRET-planted"')
    with pytest.raises(ConfigError) as caught:
        load(home, {})
    assert "refresh_token" in str(caught.value)
    assert "SECRET-planted" not in str(caught.value)


def test_a_wrong_variable_is_named_itself(home: Paths) -> None:
    with pytest.raises(ConfigError, match=r"^SELLERINBOX_UNDO_SECONDS must be"):
        load(home, {"SELLERINBOX_UNDO_SECONDS": "ten"})


def test_settings_that_are_not_text_or_not_a_file(home: Paths) -> None:
    home.config_file.mkdir(parents=True)
    with pytest.raises(ConfigError, match="can't be read"):
        load(home, {})
    home.config_file.rmdir()
    home.config_file.write_bytes(b'theme = "\xff"')
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(home, {})


def test_an_account_added_and_removed_leaves_the_rest_as_the_seller_wrote_it(home: Paths) -> None:
    head = '# my own words\ntheme   = "paper"  # evening\n'
    mine = head + '\n[[accounts]]\nname = "old"  # since 2019\nmarketplace = "ebay"\n\n[keys]\n"a" = "f1"\n'
    settings(home, mine)
    add_account(home, Account("shop-uk", "ebay", base_url="http://127.0.0.1:8080", secret_command="pass show {name}"))
    assert [account.name for account in load(home, {}).accounts] == ["old", "shop-uk"]
    assert load(home, {}).account("shop-uk").base_url == "http://127.0.0.1:8080"
    for words in ("# my own words", "# evening", "# since 2019", '"a" = "f1"'):
        assert words in home.config_file.read_text("utf-8")
    remove_account(home, "shop-uk")
    assert [account.name for account in load(home, {}).accounts] == ["old"]
    assert "# since 2019" in home.config_file.read_text("utf-8")


def test_accounts_written_on_one_line_can_be_added_to(home: Paths) -> None:
    settings(home, 'accounts = [{name = "old", marketplace = "ebay"}]\ntheme = "paper"\n')
    add_account(home, SHOP)
    assert [account.name for account in load(home, {}).accounts] == ["old", "shop-uk"]
    remove_account(home, "old")
    assert [account.name for account in load(home, {}).accounts] == ["shop-uk"]


def test_an_account_added_again_replaces_itself(home: Paths) -> None:
    add_account(home, SHOP)
    add_account(home, Account("shop-uk", "ebay", base_url="https://localhost:1"))
    assert [account.base_url for account in load(home, {}).accounts] == ["https://localhost:1"]


def test_the_last_account_can_go_and_come_back(home: Paths) -> None:
    add_account(home, SHOP)
    remove_account(home, "shop-uk")
    assert load(home, {}).accounts == ()
    add_account(home, SHOP)
    assert load(home, {}).accounts == (SHOP,)


def test_an_unknown_account_is_named_with_the_nearest(home: Paths) -> None:
    add_account(home, SHOP)
    with pytest.raises(ConfigError, match="“shop-u”; the nearest one is “shop-uk”"):
        remove_account(home, "shop-u")


def test_a_broken_file_is_never_written_over(home: Paths) -> None:
    settings(home, "theme = [")
    with pytest.raises(ConfigError):
        add_account(home, SHOP)
    assert home.config_file.read_text("utf-8") == "theme = ["


def test_settings_and_folders_are_private_whatever_the_umask(home: Paths) -> None:
    before = os.umask(0)
    try:
        add_account(home, SHOP)
    finally:
        os.umask(before)
    assert (mode(home.config_file), mode(home.config), mode(home.config.parent) & 0o077) == (0o600, 0o700, mode(home.config.parent) & 0o077)


def test_folders_above_are_private_too(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        private_folder(tmp_path / "new" / "home" / "config")
    finally:
        os.umask(before)
    assert [mode(tmp_path / "new"), mode(tmp_path / "new" / "home")] == [0o700, 0o700]


def test_a_failed_write_leaves_the_old_settings_and_no_litter(home: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    add_account(home, SHOP)
    before = home.config_file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="No space left"):
        add_account(home, Account("second", "ebay"))
    assert home.config_file.read_bytes() == before
    assert list(home.config.iterdir()) == [home.config_file]


def test_settings_kept_elsewhere_stay_there(home: Paths, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles.toml"
    elsewhere.write_text("undo_seconds = 4\n", "utf-8")
    private_folder(home.config)
    home.config_file.symlink_to(elsewhere)
    add_account(home, SHOP)
    assert home.config_file.is_symlink()
    assert "shop-uk" in elsewhere.read_text("utf-8")
    assert load(home, {}).undo_seconds == 4


def test_what_others_can_read_is_closed_and_named(home: Paths) -> None:
    write_private(home.config_file, "")
    home.config_file.chmod(0o644)
    home.config.chmod(0o755)
    assert make_private((home.config, home.config_file, home.data)) == (home.config, home.config_file)
    assert (mode(home.config), mode(home.config_file)) == (0o700, 0o600)


def test_a_folder_shared_on_purpose_stays_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    private_folder(shared)
    assert mode(shared) == 0o1777
