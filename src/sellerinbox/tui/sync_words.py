"""What the sync process tells, in the words of the status line."""

from __future__ import annotations

from datetime import datetime

from sellerinbox.i18n import N_, _
from sellerinbox.sync import events
from sellerinbox.tui.words import moment

_READ = (N_("conversations"), N_("orders"))
"""What a progress may be of, for the catalogue."""


def words_of(event: events.SyncEvent, now: datetime) -> tuple[str, str]:
    """(account, words); the account is empty for all, the words are empty when the store tells the rest."""
    match event:
        case events.Progress(account=account, what=what, done=done, total=total):
            words = _("reading {what} {done:,} of {total:,}") if total else _("reading {what} {done:,}")
            return account, words.format(what=_(what), done=done, total=total)
        case events.RateLimited(account=account, until=until):
            return account, _("asked to wait until {when}").format(when=moment(until, now))
        case events.Elsewhere(message=message):
            return "", message
        case events.Problem(account=None, message=message):
            return "", message
        case events.Done():
            return "", ""
        case _:
            return getattr(event, "account", None) or "", ""
