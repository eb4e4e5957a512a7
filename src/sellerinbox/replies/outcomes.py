"""What came after a canned reply: the words in which it is counted. Keeping the counts is the store's."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What the buyer did next."""

    QUIET = "quiet"
    """Nothing, or something that is none of the others."""
    THANKS = "thanks"
    SECOND_COMPLAINT = "second complaint"
    CASE = "case"


class Record(NamedTuple):
    """How one reply has done."""

    uses: int = 0
    thanks: int = 0
    second_complaints: int = 0
    cases: int = 0

    def words(self) -> str:
        """One line: "used 12 times: 5 thanks, 1 second complaint"."""
        if not self.uses:
            return "not used yet"
        counted = ((self.thanks, "thanks", "thanks"), (self.second_complaints, "second complaint", "second complaints"))
        told = [_many(count, one, more) for count, one, more in (*counted, (self.cases, "case", "cases")) if count]
        return f"used {_many(self.uses, 'time', 'times')}{': ' if told else ''}{', '.join(told)}"


def outcome_of(*, case_opened: bool, thanks: bool, complaint: bool) -> Outcome:
    """What followed a reply, from what is known of the time until the next one; the worst counts.

    `complaint`: the buyer's next message complains, whatever he wrote before.
    """
    if case_opened:
        return Outcome.CASE
    if complaint:
        return Outcome.SECOND_COMPLAINT
    return Outcome.THANKS if thanks else Outcome.QUIET


def tally(sent: Iterable[tuple[str, Outcome]]) -> dict[str, Record]:
    """(name of a reply, what followed) → name → how it has done."""
    records: dict[str, Record] = {}
    for name, outcome in sent:
        before = records.get(name, Record())
        records[name] = Record(
            before.uses + 1,
            before.thanks + (outcome is Outcome.THANKS),
            before.second_complaints + (outcome is Outcome.SECOND_COMPLAINT),
            before.cases + (outcome is Outcome.CASE),
        )
    return records


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
