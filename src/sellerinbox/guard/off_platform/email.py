"""E-mail addresses, however they are written."""

from __future__ import annotations

from collections.abc import Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.off_platform.hosts import patterns
from sellerinbox.guard.reading import Reading


def places(reading: Reading) -> list[tuple[int, int, str]]:
    """Where addresses stand in the folded text, and the rule that says so."""
    made, text = patterns(reading.catalogue), reading.folded.text
    found = [(match.start(), match.end(), "off_platform.email.address") for match in made.email.finditer(text)]
    for match in made.spoken.finditer(text):
        user = match[1] or match[2]
        if user is None or user not in made.before:
            found.append((match.start(), match.end(), "off_platform.email.spelled"))
    return found


def check(reading: Reading, found: list[tuple[int, int, str]]) -> Iterator[Finding]:
    """Every address found, once."""
    last = -1
    for start, end, rule in sorted(found):
        if start >= last and reading.has(rule):
            last = end
            yield reading.finding(rule, *reading.folded.span(start, end))
