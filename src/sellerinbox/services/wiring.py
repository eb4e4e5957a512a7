"""Settings made into what the inbox and the sync ask for: targets, working days, the guard's question at the wire."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sellerinbox.config import Config
from sellerinbox.domain.errors import ConfigError

if TYPE_CHECKING:
    from sellerinbox.domain.calendar import Calendar
    from sellerinbox.domain.deadlines import Targets
    from sellerinbox.domain.outbox import OutboxItem
    from sellerinbox.guard import Catalogue
    from sellerinbox.store.windows import Windows


def targets(config: Config) -> Targets:
    """How soon the seller wants to answer."""
    from sellerinbox.domain.deadlines import STANDARD, STRICT, Targets

    clocks = config.clocks
    usual = STRICT if clocks.preset == "strict" else STANDARD
    return Targets(
        reply=timedelta(hours=clocks.reply_hours) if clocks.reply_hours else usual.reply,
        accounts={name: timedelta(hours=hours) for name, hours in clocks.accounts.items()},
        classes={name: timedelta(hours=hours) for name, hours in clocks.classes.items()},
        postsale_lead=timedelta(hours=clocks.postsale_lead_hours),
    )


def calendar(config: Config) -> Calendar:
    """When the seller works. Raises `ConfigError` naming the file and the key that can't be used."""
    from sellerinbox.config.calendar import build_calendar

    try:
        return build_calendar(**config.calendar._asdict())
    except ConfigError as error:
        raise ConfigError(f"{config.paths.config_file}: {error}") from error


def rules(config: Config) -> Callable[[], Catalogue]:
    """The guard's rules, read when first asked for."""

    def load() -> Catalogue:
        from sellerinbox.guard import catalogue

        return catalogue.load(config.paths.guard, config.guard_off)

    return load


def guard_check(config: Config, windows: Windows) -> Callable[[OutboxItem], None]:
    """The guard as the sync asks it, right before the first byte: rules may have changed since the reply was queued.

    It is told of the conversation what it was told when the seller decided. A warning was accepted
    then, and so was what he gave a reason for; what else must not go out raises `GuardBlocked`.
    """
    from sellerinbox import guard
    from sellerinbox.domain.models import Key
    from sellerinbox.inbox.context import SEEN, guard_context

    load = rules(config)

    def check(item: OutboxItem) -> None:
        key = Key(item.account, item.remote_id)
        context = guard_context(windows.thread(key, SEEN), windows.order(key), canned=item.canned)
        guard.require(item.text, context, accept_warnings=True, reason=item.accepted, catalogue=load())

    return check
