"""Feedback that is bought, begged for, threatened for or written by the seller himself.

What may not be tied to what stands in `rules/feedback*.toml`; a deal needs no fixed order of
words, so most rules are concepts that stand together in one or two sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.together import together


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    yield from reading.rules("feedback")
    yield from together(reading, "feedback")
