"""The last look at a reply before it goes: what the guard says, what it promises, what it leaves unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sellerinbox import guard
from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.commitments import commitments
from sellerinbox.domain.models import Direction, Key
from sellerinbox.domain.promises import Promised
from sellerinbox.domain.questions import answered, questions
from sellerinbox.domain.text import clean
from sellerinbox.domain.views import ThreadEntry, ThreadView
from sellerinbox.inbox.context import unanswered

LIVE = timedelta(minutes=10)
"""A buyer who wrote so lately is still at his screen (practice 16)."""


class Asked(NamedTuple):
    """A question of the buyer's and whether the reply seems to answer it."""

    text: str
    answered: bool


class Review(NamedTuple):
    """Everything the seller should see before he says yes."""

    key: Key
    text: str
    """As it will arrive: cleaned, without blanks around it."""
    findings: tuple[guard.Finding, ...]
    promises: tuple[Promised, ...]
    """What goes into the ledger with it, unless the seller says no."""
    asked: tuple[Asked, ...]
    said: tuple[ThreadEntry, ...]
    """The buyer's messages it answers, oldest first."""
    seen_id: str | None
    """The newest message of the thread that this review shows."""
    live: bool
    """The buyer wrote within the last ten minutes."""

    @property
    def verdict(self) -> guard.Verdict:
        """The worst of the findings."""
        return guard.verdict(self.findings)

    @property
    def overridable(self) -> bool:
        """Whether a typed reason lets it go all the same."""
        return guard.overridable(self.findings)

    @property
    def quiet(self) -> bool:
        """Nothing to say: the reply may go with one key."""
        return not self.findings and not self.promises


def review(
    view: ThreadView, text: str, context: guard.Context, calendar: Calendar, now: datetime, rules: guard.Catalogue | None = None
) -> Review:
    """Look at a reply to a thread. Raises `GuardBlocked` when the check itself fails."""
    text = clean(text).strip()
    said = unanswered(view)
    asked = [question for entry in said for question in questions(entry.text)]
    last_in = max((entry.sent_at for entry in view.entries if entry.direction is Direction.IN), default=None)
    return Review(
        key=view.row.key,
        text=text,
        findings=guard.look(text, context, rules),
        promises=tuple(commitments(text, now, calendar)),
        asked=_ticked(asked, text),
        said=said,
        seen_id=newest_id(view),
        live=last_in is not None and now - last_in < LIVE,
    )


def _worst_first(findings: Sequence[guard.Finding]) -> tuple[guard.Finding, ...]:
    """What stops a reply before what only could be better; worst first, each kind in reading order."""
    return tuple(sorted(findings, key=lambda finding: ("block", "warn", "advice").index(finding.severity)))


def newest_id(view: ThreadView) -> str | None:
    """The id of the newest message that has arrived; what is still on its way has none."""
    return next((entry.id for entry in reversed(view.entries) if entry.outbox_id is None), None)


def newest_inbound(view: ThreadView) -> str | None:
    """The id of the buyer's newest message."""
    return next((entry.id for entry in reversed(view.entries) if entry.direction is Direction.IN), None)


def _ticked(asked: Sequence[str], text: str) -> tuple[Asked, ...]:
    return tuple(Asked(question, tick) for question, tick in zip(asked, answered(tuple(asked), text), strict=True))
