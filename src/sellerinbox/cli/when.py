"""Times as typed behind `--until`, `--snooze` and `--by`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sellerinbox.cli.context import Context
from sellerinbox.inbox import Inbox

if TYPE_CHECKING:
    from sellerinbox.domain.snooze import Snooze


def snooze_of(typed: str, inbox: Inbox, context: Context) -> Snooze:
    """A snooze as typed: one of the settings or of ours by its name, or a time. Raises `UsageError`."""
    from sellerinbox.domain.snooze import PRESETS, parse

    named = {preset.name.casefold(): preset.typed for preset in PRESETS}
    named |= {own.name.casefold(): own.when for own in context.config.snoozes}
    return parse(named.get(typed.strip().casefold(), typed), context.clock.now(), inbox.calendar)


def deadline_of(typed: str, inbox: Inbox, context: Context) -> datetime:
    """By when a promise is owed; a day without an hour is due at the settings' promise hour. Raises `UsageError`."""
    from sellerinbox.domain.snooze import deadline

    return deadline(typed, context.clock.now(), inbox.calendar)


def end_of_today(inbox: Inbox, context: Context) -> datetime:
    """When the seller's own day ends."""
    from datetime import time, timedelta

    calendar = inbox.calendar
    return datetime.combine(calendar.today(context.clock.now()) + timedelta(days=1), time(), calendar.timezone)
