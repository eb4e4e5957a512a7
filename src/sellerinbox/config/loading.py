"""Read `config.toml`, check it once, name what is wrong."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from sellerinbox.config.accounts import check_account
from sellerinbox.config.paths import Paths
from sellerinbox.config.settings import CalendarSettings, ClockSettings, Config, SavedView, SnoozeSetting, SyncSettings, nearest
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import ConfigError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import _

_DAY = 86_400
_SECRETS = frozenset(secret for profile in PROFILES.values() for secret in profile.secrets)


def load(paths: Paths, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings: `SELLERINBOX_…` in the environment, then the file, then the defaults.

    No file is as good as an empty one. Raises `ConfigError` naming file, key and the nearest
    known key.
    """
    return _config(paths, _Table(paths.config_file, "", read(paths.config_file), environ))


def read(file: Path) -> dict[str, object]:
    """The file as TOML. Raises `ConfigError` naming file and line."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_("{file} can't be understood: {error}.").format(file=file, error=error)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(_("{file} is not UTF-8 text (byte {start}); save it as UTF-8.").format(file=file, start=error.start)) from error
    except OSError as error:
        raise ConfigError(_("{file} can't be read ({why}).").format(file=file, why=error.strerror)) from error


def _config(paths: Paths, table: _Table) -> Config:
    usual = Config(paths)
    keys = table.table("keys").texts()
    config = Config(
        paths=paths,
        theme=table.text("theme", None) or usual.theme,
        undo_seconds=table.number("undo_seconds", usual.undo_seconds, 0, 3600),
        review=_one_of(table, table.text("review", None) or usual.review, "review", ("needed", "always")),
        accounts=_accounts(table.tables("accounts")),
        keys={name: key for name, key in keys.items() if name != "preset"},
        keymap=_one_of(table, keys.get("preset", usual.keymap), "keys.preset", ("default", "vim", "gmail", "mutt")),
        language=_language(table),
        sync=_sync(table.table("sync")),
        clocks=_clocks(table.table("clocks")),
        calendar=_calendar(table.table("calendar")),
        snoozes=tuple(_snooze(each) for each in table.tables("snooze")),
        views=_views(table.table("views"), keys),
        guard_off=_guard_off(table.table("guard")),
    )
    table.close()
    return config


def _sync(table: _Table) -> SyncSettings:
    usual = SyncSettings()
    settings = SyncSettings(
        conversations_every=table.number("conversations_every", usual.conversations_every, 1, _DAY),
        orders_every=table.number("orders_every", usual.orders_every, 1, _DAY),
    )
    table.close()
    return settings


def _language(table: _Table) -> str | None:
    wanted = table.text("language", None)
    return None if wanted is None else _one_of(table, wanted, "language", ("en", "zh_CN"))


def _one_of(table: _Table, value: str, key: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ConfigError(
            _("{file}: “{key}” is “{value}”; it must be one of {known}.").format(
                file=table.file, key=key, value=value, known=", ".join(known)
            )
        )
    return value


def _clocks(table: _Table) -> ClockSettings:
    usual = ClockSettings()
    settings = ClockSettings(
        preset=_one_of(table, table.text("preset", None) or usual.preset, "clocks.preset", ("standard", "strict")),
        reply_hours=table.number("reply_hours", 0, 0, 24 * 30) or None,
        postsale_lead_hours=table.number("postsale_lead_hours", usual.postsale_lead_hours, 0, 24 * 7),
        accounts=table.table("accounts").numbers(1, 24 * 30),
        classes=table.table("classes").numbers(1, 24 * 30),
    )
    for name in settings.classes:
        _one_of(table, name, "clocks.classes", ("presale", "postsale"))
    table.close()
    return settings


def _calendar(table: _Table) -> CalendarSettings:
    usual = CalendarSettings()
    settings = CalendarSettings(
        timezone=table.text("timezone", None),
        closed=table.list_of_texts("closed", usual.closed),
        holidays=table.text("holidays", None),
        days_off=table.list_of_texts("days_off", usual.days_off),
        promise_hour=table.number("promise_hour", usual.promise_hour, 0, 23),
    )
    for day in settings.closed:
        _one_of(table, day, "calendar.closed", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    table.close()
    return settings


def _snooze(table: _Table) -> SnoozeSetting:
    setting = SnoozeSetting(table.required("key"), table.required("name"), table.required("when"))
    table.close()
    return setting


def _views(table: _Table, keys: Mapping[str, str]) -> tuple[SavedView, ...]:
    found: list[SavedView] = []
    for name, entry in table.named_tables():
        found.append(SavedView(name, entry.required("query"), entry.text("key", None)))
        entry.close()
    if found:  # only then is the search language imported: the first screen waits for the settings
        from sellerinbox.config.views import check_views

        check_views(table.file, found, keys)
    return tuple(found)


def _guard_off(table: _Table) -> tuple[str, ...]:
    off = table.list_of_texts("off", ())
    table.close()
    return off


def _accounts(tables: list[_Table]) -> tuple[Account, ...]:
    accounts: list[Account] = []
    for table in tables:
        account = Account(
            name=table.required("name"),
            marketplace=table.required("marketplace"),
            base_url=table.text("base_url", None),
            secret_command=table.text("secret_command", None),
        )
        table.close()
        try:
            check_account(account, accounts)
        except ConfigError as error:
            raise ConfigError(f"{table.file}: {error}") from error
        accounts.append(account)
    return tuple(accounts)


class _Table:
    """One table of the file while it is read: gives values by type, then names what nobody asked for."""

    def __init__(self, file: Path, name: str, values: Mapping[str, object], environ: Mapping[str, str]) -> None:
        self.file = file
        self._name = name
        self._values = values
        self._environ = environ
        self._known: list[str] = []

    def text(self, key: str, default: str | None) -> str | None:
        value, source = self._value(key, default)
        if value is not None and not isinstance(value, str):
            raise ConfigError(_("{source} must be a text in quotes.").format(source=source))
        return value

    def required(self, key: str) -> str:
        value = self.text(key, None)
        if not value:
            raise ConfigError(_("{where} is missing.").format(where=self._where(key)))
        return value

    def number(self, key: str, default: int, low: int, high: int) -> int:
        value, source = self._value(key, default)
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and source.startswith("SELLERINBOX_"):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ConfigError(_("{source} must be a whole number from {low} to {high}.").format(source=source, low=low, high=high))
        return value

    def table(self, key: str) -> _Table:
        self._known.append(key)
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            raise ConfigError(_("{where} must be a table: [{key}].").format(where=self._where(key), key=key))
        return _Table(self.file, key, value, self._environ)

    def tables(self, key: str) -> list[_Table]:
        self._known.append(key)
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise ConfigError(_("{where} must be tables, each under its own [[{key}]].").format(where=self._where(key), key=key))
        # Accounts take nothing from the environment: which of them would be meant?
        return [_Table(self.file, key, entry, {}) for entry in value]

    def named_tables(self) -> list[tuple[str, _Table]]:
        """Every key of a table that holds only tables, `[views.NAME]`."""
        for key, value in self._values.items():
            if not isinstance(value, dict):
                raise ConfigError(_("{where} must be a table: [{name}.{key}].").format(where=self._where(key), name=self._name, key=key))
        # The environment can't name them: which of them would be meant?
        return [
            (key, _Table(self.file, f"{self._name}.{key}", dict(value), {}))
            for key, value in self._values.items()
            if isinstance(value, dict)
        ]

    def texts(self) -> dict[str, str]:
        for key, value in self._values.items():
            if not isinstance(value, str):
                raise ConfigError(_("{where} must be a text in quotes.").format(where=self._where(key)))
        return {key: str(value) for key, value in self._values.items()}

    def numbers(self, low: int, high: int) -> dict[str, int]:
        """Every key of a table whose values are whole numbers."""
        return {key: self.number(key, low, low, high) for key in self._values}

    def list_of_texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value, source = self._value(key, list(default))
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise ConfigError(_("{source} must be a list of texts in quotes.").format(source=source))
        return tuple(value)

    def close(self) -> None:
        """Raise `ConfigError` for a key that nobody asked for."""
        for key in self._values:
            if key in _SECRETS:
                raise ConfigError(
                    _("{where}: secrets don't belong in this file; take it out and run `sellerinbox account add`.").format(
                        where=self._where(key)
                    )
                )
            if key not in self._known:
                raise ConfigError(_("{where} is not a setting{nearest}.").format(where=self._where(key), nearest=nearest(key, self._known)))

    def _value(self, key: str, default: object) -> tuple[object, str]:
        """The value and where it came from: the environment goes before the file."""
        self._known.append(key)
        variable = "_".join(part.upper() for part in ("sellerinbox", self._name, key) if part)
        if self._environ.get(variable):
            return self._environ[variable], variable
        return self._values.get(key, default), self._where(key)

    def _where(self, key: str) -> str:
        return f"{self.file}: “{self._name + '.' if self._name else ''}{key}”"
