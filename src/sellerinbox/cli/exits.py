"""Every exit code there is. A contract: scripts and cron jobs rely on it."""

from __future__ import annotations

from enum import IntEnum

from sellerinbox.domain import errors


class ExitCode(IntEnum):
    """What a command's exit code means."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    """What was typed or what the settings say can't be used."""
    SIGN_IN = 3
    UNREACHABLE = 4
    GUARD = 5
    UNCONFIRMED = 6
    """Sent or not, we can't tell yet."""
    INBOX_FILE = 7
    OVERDUE = 8
    INTERRUPTED = 130


_CODES: tuple[tuple[type[errors.SellerInboxError], ExitCode], ...] = (
    (errors.SecretMissing, ExitCode.SIGN_IN),
    (errors.AuthenticationFailed, ExitCode.SIGN_IN),
    (errors.NotTheMarketplace, ExitCode.UNREACHABLE),
    (errors.Unavailable, ExitCode.UNREACHABLE),
    (errors.RateLimited, ExitCode.UNREACHABLE),
    (errors.GuardBlocked, ExitCode.GUARD),
    (errors.OutcomeUnknown, ExitCode.UNCONFIRMED),
    (errors.StoreError, ExitCode.INBOX_FILE),
    (errors.UsageError, ExitCode.USAGE),
    (errors.ConfigError, ExitCode.USAGE),
    (errors.CredentialsError, ExitCode.USAGE),
)


def code_for(error: errors.SellerInboxError) -> ExitCode:
    """The exit code of an error of ours; the first class that fits counts."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), ExitCode.FAILED)
