"""The guard: what must not leave, as pure functions from a text to findings.

    findings = guard.check(text, PROFILES["ebay"])
    if guard.verdict(findings) == "block": ...

Every outgoing text passes here when it is queued and again right before the first byte goes
out, through `require`, which stops a text whose check fails. One file a family; a new
rule is a function in its family's file and a line in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sellerinbox.domain.accounts import Profile
from sellerinbox.domain.errors import GuardBlocked
from sellerinbox.guard import form, template
from sellerinbox.guard.findings import Finding, Severity, Verdict, verdict

Rule = Callable[[str, Profile], Iterable[Finding]]

RULES: tuple[Rule, ...] = (form.empty, form.length, template.leftover)
"""Every rule there is; none of them reads anything but its arguments."""


def check(text: str, profile: Profile) -> tuple[Finding, ...]:
    """Everything that is wrong with a text for a marketplace, in reading order.

    Raises whatever a rule raises; see the module's own words on what that means.
    """
    found = [finding for rule in RULES for finding in rule(text, profile)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.family)))


__all__ = ["RULES", "Finding", "Rule", "Severity", "Verdict", "check", "verdict"]


def require(text: str, profile: Profile, *, accept_warnings: bool) -> None:
    """Let a text pass or raise `GuardBlocked` with the findings: the one question every sender asks.

    A rule that fails stops the text too: what could not be checked does not go out.
    """
    try:
        findings = check(text, profile)
    except Exception as error:
        raise GuardBlocked(f"The check of the text itself failed ({type(error).__name__}), so nothing was sent.") from error
    worst = verdict(findings)
    if worst == "block" or (worst == "warn" and not accept_warnings):
        reasons = " ".join(finding.why for finding in findings if finding.severity == worst)
        raise GuardBlocked(f"Nothing was sent: {reasons}", findings)
