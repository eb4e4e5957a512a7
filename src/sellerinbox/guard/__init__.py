"""The guard: what must not leave, as pure functions from a text to findings.

    findings = guard.check(text, PROFILES["ebay"])
    if guard.verdict(findings) == "block": ...

Every outgoing text passes here when it is queued and again right before the first byte goes
out. **A guard that raises must stop the send**: `check` never swallows a rule's error, and
whoever calls it must treat any exception as `block`, never as "nothing found". One file a
family; a new rule is a function in its family's file and a line in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sellerinbox.domain.accounts import Profile
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
