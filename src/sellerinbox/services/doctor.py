"""What this machine offers, and what stands in the way. Changes nothing, shows no secret's value."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sellerinbox import __version__
from sellerinbox.config import Config, Paths, load, open_to_others
from sellerinbox.credentials import KeyringState, describe, keyring_state
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.errors import ConfigError, SellerInboxError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import _
from sellerinbox.store.locks import FileLock
from sellerinbox.store.windows import is_ready

_DEFECT = ((3, 7, 0), (3, 51, 2))
"""SQLite versions with the WAL-reset defect: two connections that write or checkpoint at once may damage the file."""


@dataclass(slots=True)
class Examination:
    """Facts by name, and a sentence for each thing the seller should know."""

    facts: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def examine(paths: Paths, environ: Mapping[str, str]) -> Examination:
    """Look at everything. Broken settings or a damaged inbox are findings, not errors."""
    found = Examination()
    _versions(found)
    _places(found, paths)
    _inbox(found, paths)
    _settings(found, paths, environ)
    found.facts["locks"] = {lock.name: FileLock(lock).holder_pid() for lock in (paths.sync_lock, paths.write_lock)}
    return found


def _versions(found: Examination) -> None:
    found.facts["sellerinbox"] = __version__
    found.facts["python"] = platform.python_version()
    found.facts["textual"] = _installed("textual")
    defect = _DEFECT[0] <= sqlite3.sqlite_version_info <= _DEFECT[1]
    found.facts["sqlite"] = {"version": sqlite3.sqlite_version, "wal_reset_defect": defect}
    if defect:
        found.warnings.append(
            _(
                "SQLite {version} has the WAL-reset defect (3.7.0 to 3.51.2) unless your system patched it: two programs "
                "writing at once could damage the inbox. sellerinbox writes one at a time behind write.lock; "
                "let no other program write to inbox.db."
            ).format(version=sqlite3.sqlite_version)
        )


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _places(found: Examination, paths: Paths) -> None:
    found.facts["paths"] = paths.all()
    inside = [paths.config_file, paths.database, paths.log, *(Path(f"{paths.database}{end}") for end in ("-wal", "-shm"))]
    open_ones = [str(place) for place in (paths.config, paths.data, paths.state, *inside) if open_to_others(place)]
    found.facts["readable_by_others"] = open_ones
    told = _("Other users of this machine can read {place}; close it with chmod go= (folders and files).")
    found.warnings += [told.format(place=place) for place in open_ones]


def _inbox(found: Examination, paths: Paths) -> None:
    if not paths.database.exists():
        found.facts["inbox"] = "none yet"
        return
    try:
        found.facts["inbox"] = "ready" if is_ready(paths.database) else "needs an upgrade at the next start"
    except SellerInboxError as error:
        found.facts["inbox"] = "can't be used"
        found.warnings.append(str(error))


def _settings(found: Examination, paths: Paths, environ: Mapping[str, str]) -> None:
    accounts: tuple[Account, ...] = ()
    try:
        config = load(paths, environ)
        accounts = config.accounts
        found.facts["calendar"] = _calendar(config)
    except SellerInboxError as error:
        found.warnings.append(str(error))
    _accounts(found, accounts, environ)


def _calendar(config: Config) -> dict[str, Any]:
    """The seller's days. Raises `ConfigError` for a zone that is none and holidays that nobody knows: else the first promise would."""
    from sellerinbox.config.holidays import check_holidays
    from sellerinbox.services.wiring import calendar

    working = calendar(config)
    place = config.calendar.holidays
    if place:
        try:
            check_holidays(place)
        except ConfigError as error:
            raise ConfigError(f"{config.paths.config_file}: {error}") from error
    now = SystemClock().now()
    return {
        "timezone": str(working.timezone),
        "holidays": place,
        "next_working_day": working.next_working_day(now).isoformat(),
        "promises_due_at_hour": working.promise_hour,
    }


def _accounts(found: Examination, accounts: tuple[Account, ...], environ: Mapping[str, str]) -> None:
    ring = keyring_state()
    found.facts["keyring"] = asdict(ring)
    found.facts["accounts"] = [_account(found, account, ring, environ) for account in accounts]
    ways = {place["way"] for account in found.facts["accounts"] for place in account["secrets"]}
    if not ring.accepted and not ways <= {"environment", "command"}:
        found.warnings.append(ring.sentence)


def _account(found: Examination, account: Account, ring: KeyringState, environ: Mapping[str, str]) -> dict[str, Any]:
    names = PROFILES[account.marketplace].secrets
    ways = [asdict(place) for place in describe(account, names, environ, ring)]
    missing = [place["name"] for place in ways if place["way"] == "missing"]
    if missing:
        command = f"sellerinbox account add {account.name} --marketplace {account.marketplace}"
        told = _("Account {account} lacks {secrets}; sign in with `{command}`.")
        found.warnings.append(told.format(account=account.name, secrets=", ".join(missing), command=command))
    return {"name": account.name, "marketplace": account.marketplace, "base_url": account.base_url, "secrets": ways}
