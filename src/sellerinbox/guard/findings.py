"""What the guard says: findings, and the verdict they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "warn", "advice"]
Verdict = Literal["allow", "warn", "block"]

_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a text that should not go out as it is."""

    family: str
    """`off_platform`, `feedback`, `tone`, `form`, `template`, `safety`; `inbound` for what buyers write."""
    kind: str
    severity: Severity
    start: int
    """Code points of the text as given; `text[start:end]` is the place, and always lies in the text."""
    end: int
    text: str
    """The words at that place, at most 200 characters of them."""
    why: str
    """One sentence for the seller: what is wrong and what to do."""
    rule: str = ""
    """The id of the rule, for `guard --explain` and for switching it off."""
    better: str | None = None
    """Words to put in the place of these; None when none can be given."""


def at(
    text: str, start: int, end: int, *, family: str, kind: str, severity: Severity, why: str, rule: str = "", better: str | None = None
) -> Finding:
    """A finding at a place of a text."""
    return Finding(family, kind, severity, start, end, text[start : min(end, start + _QUOTED)], why, rule, better)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """The worst severity found; advice alone, like nothing at all, is `allow`."""
    severities = {finding.severity for finding in findings}
    if "block" in severities:
        return "block"
    return "warn" if "warn" in severities else "allow"
