"""The settings as values: one field each, with its default and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sellerinbox.config.paths import Paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.errors import ConfigError
from sellerinbox.i18n import _


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """How often each thing is asked for."""

    conversations_every: int = 120
    """Seconds between two looks for changed conversations (eBay: 720 calls a day)."""
    orders_every: int = 300
    """Seconds between two looks for changed orders."""


class ClockSettings(NamedTuple):
    """How soon an answer is owed."""

    preset: str = "standard"
    """`standard` (24 h) or `strict` (12 h)."""
    reply_hours: int | None = None
    """The seller's own target in hours; goes before the preset."""
    postsale_lead_hours: int = 1
    """Hours by which somebody who bought goes before somebody who only asks, both waiting equally long."""
    accounts: Mapping[str, int] = {}
    """Account → its own target in hours."""
    classes: Mapping[str, int] = {}
    """`presale` or `postsale` → its own target in hours."""


class CalendarSettings(NamedTuple):
    """When the seller works; promises are made for such days, the reply clock never stops."""

    timezone: str | None = None
    """As in the IANA list, `Europe/Berlin`; None is the machine's own."""
    closed: tuple[str, ...] = ("sat", "sun")
    """Days of the week without work."""
    holidays: str | None = None
    """Whose public holidays are kept: `DE`, `DE-BY`, `GB-SCT`; None keeps none."""
    days_off: tuple[str, ...] = ()
    """More days without work, `2026-12-24`."""
    promise_hour: int = 17
    """The hour at which a promise for a day is due."""


class SnoozeSetting(NamedTuple):
    """One of the seller's own snoozes."""

    key: str
    name: str
    when: str
    """As typed: `mon 9`, `+7d`, `when tracking moves`."""


class SavedView(NamedTuple):
    """A search that the seller keeps as a list of its own."""

    name: str
    query: str
    key: str | None = None
    """The key that opens it."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the seller decides, checked once at start."""

    paths: Paths
    """Where everything is kept; not in the file."""
    theme: str = "ledger"
    """Name of the colour theme; Ctrl+P in the program lists them."""
    undo_seconds: int = 10
    """Seconds in which a reply sent from the screen can be called back; 0 sends at once."""
    review: str = "needed"
    """`needed`: a canned reply of which there is nothing to say goes out at once; `always`: the review comes before every reply."""
    accounts: tuple[Account, ...] = ()
    """The seller's accounts, in the order of the file."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys for a binding: `"reply.canned.1" = "f1"`."""
    keymap: str = "default"
    """The preset the keys come from: `default`, `vim`, `gmail` or `mutt`."""
    language: str | None = None
    """The language of the screen, `en` or `zh_CN`; None follows the machine."""
    sync: SyncSettings = field(default_factory=SyncSettings)
    """How often each thing is asked for."""
    clocks: ClockSettings = field(default_factory=ClockSettings)
    """How soon an answer is owed."""
    calendar: CalendarSettings = field(default_factory=CalendarSettings)
    """When the seller works."""
    snoozes: tuple[SnoozeSetting, ...] = ()
    """The seller's own snoozes, offered beside ours."""
    views: tuple[SavedView, ...] = ()
    """The seller's own lists, each a search."""
    guard_off: tuple[str, ...] = ()
    """Rules of the guard that are switched off, by id."""

    def account(self, name: str) -> Account:
        """The account of that name. Raises `ConfigError` naming the nearest known one."""
        for account in self.accounts:
            if account.name == name:
                return account
        raise ConfigError(
            _("There is no account called “{name}”{nearest}.").format(
                name=name, nearest=nearest(name, [account.name for account in self.accounts])
            )
        )


def nearest(wrong: str, known: list[str]) -> str:
    """What was probably meant, as the tail of a sentence; empty when nothing is near."""
    from difflib import get_close_matches  # only for a mistake, never at start-up

    found = get_close_matches(wrong, known, n=1, cutoff=0.5)
    if found:
        return _("; the nearest one is “{found}”").format(found=found[0])
    return f"; there are: {', '.join(sorted(known))}" if known else ""
