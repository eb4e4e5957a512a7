"""What the sync process tells, in the words of the status line."""

from __future__ import annotations

from datetime import datetime

from sellerinbox.sync import events
from sellerinbox.tui.words import moment


def words_of(event: events.SyncEvent, now: datetime) -> tuple[str, str]:
    """(account, words); the account is empty for all, the words are empty when the store tells the rest."""
    match event:
        case events.Progress(account=account, what=what, done=done, total=total):
            return account, f"reading {what} {done:,}{f' of {total:,}' if total else ''}"
        case events.RateLimited(account=account, until=until):
            return account, f"asked to wait until {moment(until, now)}"
        case events.Elsewhere(message=message):
            return "", message
        case events.Problem(account=None, message=message):
            return "", message
        case events.Done():
            return "", ""
        case _:
            return getattr(event, "account", None) or "", ""
