"""The guard: what must not leave, as pure functions from a text and what is known around it to findings.

    findings = guard.check(text, guard.of_profile(PROFILES["ebay"]))
    if guard.verdict(findings) == "block": ...

Every outgoing text passes here when it is queued and again right before the first byte goes
out, through `require`, which stops a text whose check fails. One file a family; what the rules
look for stands in `rules/*.toml`, what can't be said in words (numbers, addresses, spacing) in code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.errors import GuardBlocked
from sellerinbox.guard import feedback, form, off_platform, safety, template, tone
from sellerinbox.guard.catalogue import Catalogue, shipped
from sellerinbox.guard.context import Context, Facts, of_profile
from sellerinbox.guard.findings import Finding, Severity, Verdict, verdict
from sellerinbox.guard.reading import Reading

Family = Callable[[Reading], Iterable[Finding]]

FAMILIES: tuple[Family, ...] = (form.check, template.check, safety.check, off_platform.check, feedback.check, tone.check)
"""Every family there is; none of them reads anything but the reading it is given."""


_monotonic = SystemClock().monotonic
LIMIT = 2.0
"""Seconds a check may take; what takes longer counts as not checked."""


class TooSlow(Exception):
    """A check took longer than `LIMIT`; nobody knows what the rest would have said."""


def check(
    text: str, context: Context, catalogue: Catalogue | None = None, *, monotonic: Callable[[], float] = _monotonic
) -> tuple[Finding, ...]:
    """Everything that is wrong with a text where it is going, in reading order.

    Raises `TooSlow`, and whatever a family raises; `require` says what that means.
    """
    begun = monotonic()
    reading = Reading(text, context, catalogue or shipped())
    found: list[Finding] = []
    for family in FAMILIES:
        found += family(reading)
        if monotonic() - begun > LIMIT:
            raise TooSlow
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.family, finding.kind)))


def look(text: str, context: Context, catalogue: Catalogue | None = None) -> tuple[Finding, ...]:
    """As `check`, for the seller's eye. Raises `GuardBlocked` when the check itself fails: then nothing is known of the text."""
    try:
        return check(text, context, catalogue)
    except Exception as error:
        raise GuardBlocked(f"The check of the text itself failed ({type(error).__name__}), so nothing was sent.") from error


__all__ = [
    "FAMILIES",
    "NEVER_OVERRULED",
    "Catalogue",
    "Context",
    "Facts",
    "Family",
    "Finding",
    "Reading",
    "Severity",
    "TooSlow",
    "Verdict",
    "check",
    "look",
    "of_profile",
    "overridable",
    "require",
    "shipped",
    "verdict",
]


NEVER_OVERRULED = frozenset({"off_platform", "feedback"})
"""Families whose block stands whatever the reason: they cost the case, or the account."""
_IMPOSSIBLE = frozenset({"empty", "length", "unreadable"})


def overridable(findings: Iterable[Finding]) -> bool:
    """Whether a reason lets a text go in spite of what blocks it."""
    return not any(f.severity == "block" and (f.family in NEVER_OVERRULED or f.kind in _IMPOSSIBLE) for f in findings)


def require(text: str, context: Context, *, accept_warnings: bool, reason: str | None = None, catalogue: Catalogue | None = None) -> None:
    """Let a text pass or raise `GuardBlocked` with the findings: the one question every sender asks.

    `reason` is the seller's own for sending it all the same; it overrules all but contact data,
    feedback deals and what no marketplace takes. A family that fails or takes too long stops the
    text too: what could not be checked does not go out.
    """
    findings = look(text, context, catalogue)
    worst = verdict(findings)
    if reason and overridable(findings):
        return
    if worst == "block" or (worst == "warn" and not accept_warnings):
        reasons = " ".join(dict.fromkeys(finding.why for finding in findings if finding.severity == worst))
        raise GuardBlocked(f"Nothing was sent: {reasons}", findings)
