"""
How buyers say thank you: the whole vocabulary of a thank-you,
per language.  A message is a thank-you only when every word of it stands in one of these tables,
so what is not here makes it "no": "but", "when", "still", "not", "please", "refund me", and "yes",
which may accept an offer. A wrong "no" costs the seller a look, a wrong "yes" a customer. Phrases are in small letters,
without punctuation, separated by `, ` or a line's end.
"""

from __future__ import annotations

from typing import NamedTuple


class ThanksWords(NamedTuple):
    """One language's thank-you."""

    thanks: str
    """At least one of these must be there."""
    beside: str
    """What may stand beside it: greetings, praise, "received", "I'll wait", "no problem", good wishes."""
    what_for: str
    """Words that open what the thanks are for ("for", "für"); only words of `gifts` may follow."""
    gifts: str
    """What one is thankful for without asking for more."""
    until: str
    """Words that open a day ("until", "bis"); only words of `days` and numbers may follow."""
    days: str
    """Words for days."""
    to_name: str
    """Words behind which one or two names may stand: greetings, thanks, closing words."""
