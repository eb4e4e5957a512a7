"""What buyers write: invitations off the platform, traps, voices that are not the marketplace's, harm, complaints.

Nothing here stops anything: it is a warning line above the buyer's words, and what the canned
replies and the other families want to know of the thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sellerinbox.guard import off_platform
from sellerinbox.guard.catalogue import Catalogue, shipped
from sellerinbox.guard.context import Context
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.fold import fold
from sellerinbox.guard.reading import Reading

INVITATION = "inbound.off_platform.invitation"
NAME = "inbound.fake_sender.name"
_OFFICIAL = re.compile(r"support|secur|service|official|admin|help|team|verif|payment|center|centre|trust|safety|kundenservice|sicherheit")
REASONS = (
    "authenticity",
    "wrong-item",
    "missing-part",
    "damaged",
    "defect",
    "not-as-described",
    "not-received",
    "quality",
    "size",
    "changed-mind",
    "return",
)
"""What a message may be about, what weighs most first; named as the canned replies name it."""
NO_COMPLAINT = frozenset({"size", "changed-mind", "return"})
"""Reasons that blame nobody."""
_SHOWN = ("off_platform", "phishing", "fake_sender", "harm")


class Inbound(NamedTuple):
    """What a buyer's message is, besides its words."""

    warnings: tuple[Finding, ...] = ()
    """For the line above the message, worst first."""
    asks_elsewhere: bool = False
    harm: bool = False
    complaint: bool = False
    """Something is wrong, late or missing, or he is angry."""
    reason: str | None = None
    """The first of `REASONS` that it is about."""


def read(text: str, author: str, context: Context, catalogue: Catalogue | None = None) -> Inbound:
    """Look at one message of a buyer's; `context` tells the marketplace and the ids that are no telephone numbers."""
    return _read(text, author, context, catalogue or shipped())


@lru_cache(maxsize=256)
def _read(text: str, author: str, context: Context, catalogue: Catalogue) -> Inbound:
    reading = Reading(text, context, catalogue)
    found = [*_invitation(reading), *_name(reading, author), *reading.rules("inbound")]
    kinds = {finding.kind for finding in found}
    traps = kinds & {"off_platform", "fake_sender"}
    # To ask for a confirmation is no trap by itself: a link, or the marketplace's voice, makes it one.
    warnings = [f for f in found if f.kind in _SHOWN and (f.kind != "phishing" or traps)]
    reason = next((each for each in REASONS if each in kinds), None)
    complains = "angry" in kinds or (reason is not None and reason not in NO_COMPLAINT)
    return Inbound(tuple(_once(warnings)), "off_platform" in kinds, "harm" in kinds, complains or "harm" in kinds, reason)


def _once(findings: list[Finding]) -> Iterator[Finding]:
    seen: set[str] = set()
    for finding in sorted(findings, key=lambda finding: _SHOWN.index(finding.kind)):
        if finding.kind not in seen:
            seen.add(finding.kind)
            yield finding


def _invitation(reading: Reading) -> Iterator[Finding]:
    if not reading.has(INVITATION):
        return
    for finding in off_platform.check(reading):
        if finding.kind != "address":  # a buyer may well name his own
            yield reading.finding(INVITATION, finding.start, finding.end)


def _name(reading: Reading, author: str) -> Iterator[Finding]:
    name = fold(author)
    if reading.context.marketplace in name and _OFFICIAL.search(name) and reading.has(NAME):
        yield reading.finding(NAME, 0, 0)
