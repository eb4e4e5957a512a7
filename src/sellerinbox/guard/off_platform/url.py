"""Links and names of sites: none but the thread's own marketplace and the carriers' official pages."""

from __future__ import annotations

from collections.abc import Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.off_platform.hosts import allowed, hosts
from sellerinbox.guard.reading import Reading


def check(reading: Reading, taken: list[tuple[int, int]]) -> Iterator[Finding]:
    """Every site that is not fine here; `taken` are places in the folded text that belong to e-mail addresses."""
    seen: set[int] = set()
    for host in hosts(reading):
        rule = "off_platform.url.spelled" if host.spelled else "off_platform.url.link"
        inside = any(start <= host.start < end or host.start < start < host.end for start, end in taken)
        if inside or not reading.has(rule) or not seen.isdisjoint(range(host.start, host.end)):
            continue
        seen.update(range(host.start, host.end))
        if host.spelled or not allowed(host.name, reading):
            yield reading.finding(rule, *reading.folded.span(host.start, host.end))
