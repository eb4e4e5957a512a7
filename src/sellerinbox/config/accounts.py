"""What an account in the settings may look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from sellerinbox.config.settings import nearest
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import ConfigError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import _

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_account(account: Account, others: Sequence[Account]) -> None:
    """Raise `ConfigError` with a sentence when the account can't be used beside the others."""
    _check_name(account, others)
    if account.marketplace not in PROFILES:
        raise ConfigError(
            _("There is no marketplace called “{marketplace}”{nearest}.").format(
                marketplace=account.marketplace, nearest=nearest(account.marketplace, list(PROFILES))
            )
        )
    if account.base_url is not None:
        _check_url(account.base_url)
    if account.secret_command is not None and "{name}" not in account.secret_command:
        raise ConfigError(
            _("secret_command of account “{name}” needs {{name}} in the place of the secret's name.").format(name=account.name)
        )


def _check_name(account: Account, others: Sequence[Account]) -> None:
    name = account.name
    if not _NAME.fullmatch(name):
        raise ConfigError(
            _("“{name}” can't be an account's name; use up to 40 letters, digits, - _ and . (for example shop-uk).").format(name=name)
        )
    for other in others:
        # `shop-uk` and `shop.uk` would share their environment variables: one shop's token at the other's door.
        if other.variable("") == account.variable(""):
            raise ConfigError(
                _("The account names “{name}” and “{name2}” are too alike; choose another name.").format(name=other.name, name2=name)
            )


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.query or parts.fragment:
        raise ConfigError(_("“{url}” can't be a base URL; it looks like https://host or http://127.0.0.1:8080.").format(url=url))
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise ConfigError(
            _("“{url}” would send your sign-in unencrypted over the network; use https, or http on 127.0.0.1 only.").format(url=url)
        )
