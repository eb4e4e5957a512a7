"""Promises in a text that is about to go out (practices 13 and 14): offered for the promise ledger before sending.

Only what the seller says he himself will do: not what is done, what the buyer or the carrier will do, what hangs on the
buyer's answer, or what is asked. The tables are in `promise_words`, `chinese_promises` and `day_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sellerinbox.domain import chinese_promises, latin_promises
from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.found_promises import Found
from sellerinbox.domain.sentences import lower, sentences

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_QUOTED = re.compile(r"\s*>")
_COVERED = frozenset({"check", "answer", "do"})
"""What is owed at the latest with the answer that another sentence names a day for."""


class Commitment(NamedTuple):
    """One promise the seller makes."""

    start: int
    end: int
    """Where it stands in the text (code points)."""
    text: str
    """What was said, on one line."""
    due_at: datetime
    """When it is owed (aware, UTC)."""
    what: str
    """`refund`, `send`, `check`, `answer` or `do`."""
    assumed: bool = False
    """No moment was named: `due_at` is the next working day."""


def commitments(text: str, now: datetime, calendar: Calendar) -> tuple[Commitment, ...]:
    """The promises in an outgoing text, in order; English, German, Chinese, French and Spanish.

    `now` is aware; days are the calendar's local ones. A named day is due at the calendar's
    promise hour, "tomorrow" also when the shop is closed then.
    """
    low = lower(text)
    found = [
        one for start, end in sentences(low) if not _QUOTED.match(low, start, end) for one in _in_sentence(low, start, end, now, calendar)
    ]
    answered = any(one.due_at is not None and one.what == "answer" for one in found)
    kept = [one for one in found if one.due_at is not None or not (answered and one.what in _COVERED)]
    assumed = calendar.due_on(calendar.next_working_day(now)) if kept else now
    return tuple(
        Commitment(one.start, one.end, " ".join(text[one.start : one.end].split()), one.due_at or assumed, one.what, one.due_at is None)
        for one in kept
    )


def _in_sentence(low: str, start: int, end: int, now: datetime, calendar: Calendar) -> Iterator[Found]:
    piece = low[start:end]
    found = chinese_promises.promises(piece, now, calendar) if _HAN.search(piece) else latin_promises.promises(piece, now, calendar)
    dated = any(one.due_at is not None for one in found)
    first = True
    for one in found:
        # "I'll check with the carrier and I'll write on Monday": one promise, due on Monday.
        if one.due_at is not None or (not dated and first):
            first = first and one.due_at is not None
            yield one._replace(start=one.start + start, end=one.end + start)
