"""Two words about a whole text: its tone and its form. Advice for the seller; neither ever stops a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sellerinbox.guard.findings import Finding

_KINDS = """
argue deny_problem defend_product blame_buyer condescend accuse sarcasm passive_aggressive excuses deflect no_empathy pressure
beg_pressure dismiss_risk denial_of_refund
"""
INFLAMING = frozenset(_KINDS.split())
"""Kinds of tone that pour oil on the fire. Others (a vague time, no apology) are only worth a word."""


def tone_of(findings: Iterable[Finding]) -> Literal["inflaming", "calming"]:
    """Whether a buyer would be angrier after reading it."""
    return "inflaming" if any(f.family == "tone" and f.kind in INFLAMING for f in findings) else "calming"


def form_of(findings: Iterable[Finding]) -> Literal["clean", "sloppy"]:
    """Whether it looks carelessly typed; a length or an empty text is not a matter of form in this sense."""
    return "sloppy" if any(f.family == "form" and f.severity == "advice" for f in findings) else "clean"
