"""Change the settings file without losing the seller's comments and order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.config.accounts import check_account
from sellerinbox.config.files import write_private
from sellerinbox.config.loading import load
from sellerinbox.config.paths import Paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import ConfigError
from sellerinbox.i18n import _

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def add_account(paths: Paths, account: Account) -> None:
    """Write an account into the settings; one of the same name is replaced.

    Raises `ConfigError` when the account can't be used or the file can't be read or written.
    """
    import tomlkit
    from tomlkit.items import AoT

    others = [other for other in load(paths).accounts if other.name != account.name]
    check_account(account, others)
    document = _without(paths, account.name)
    accounts = document.setdefault("accounts", tomlkit.aot())
    # A seller may have written his accounts on one line, as an array of inline tables.
    entry = tomlkit.table() if isinstance(accounts, AoT) else tomlkit.inline_table()
    for key in ("name", "marketplace", "base_url", "secret_command"):
        value = getattr(account, key)
        if value is not None:
            entry.add(key, value)
    accounts.append(entry)
    write_private(paths.config_file, tomlkit.dumps(document))


def remove_account(paths: Paths, name: str) -> None:
    """Take an account out of the settings. Raises `ConfigError` when there is none of that name."""
    import tomlkit

    load(paths).account(name)
    write_private(paths.config_file, tomlkit.dumps(_without(paths, name)))


def _without(paths: Paths, name: str) -> TOMLDocument:
    """The settings file, less the account of that name."""
    import tomlkit

    try:
        document = tomlkit.parse(paths.config_file.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except OSError as error:
        raise ConfigError(_("{config_file} can't be read ({why}).").format(config_file=paths.config_file, why=error.strerror)) from error
    accounts = document.get("accounts", [])
    for index in reversed(range(len(accounts))):
        if accounts[index].get("name") == name:
            del accounts[index]
    if "accounts" in document and not accounts:
        del document["accounts"]
    return document
