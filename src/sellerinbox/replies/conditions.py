"""When a canned reply fits, when it is locked, and what else happens when it is sent: the words of the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

CLASSES = ("presale", "postsale", "complaint")
ORDER_STATES = ("none", "unpaid", "paid", "shipped", "delivered", "returned")
EVIDENCE = ("none", "asked", "given", "declined")
REASONS: Mapping[str, str] = {
    "question": "a question before or after buying",
    "address": "the address or the way of shipping",
    "shipping": "when it ships",
    "not-received": "not received",
    "late": "late",
    "courier": "trouble with the courier",
    "undeliverable": "came back undelivered",
    "damaged": "damaged",
    "wrong-item": "wrong item",
    "missing-part": "a part is missing or broken",
    "defect": "does not work",
    "not-as-described": "not as described",
    "quality": "bad quality",
    "authenticity": "doubts that it is genuine",
    "usage": "how to use it",
    "size": "does not fit",
    "changed-mind": "changed his mind",
    "return": "wants to return it",
    "price": "price, discount, fee",
    "service": "the service",
    "suggestion": "a suggestion",
    "safety": "safety",
    "feedback": "feedback",
    "other": "something else",
}
"""Sub-reason of a message → how a reason for a ranking names it."""
MOMENTS: Mapping[str, str] = {
    "thanks": "the buyer says thank you",
    "first": "it is his first message",
    "off-platform": "he asks to leave the marketplace",
    "weekend": "it is a closed day",
    "waiting": "he has waited for long",
    "remedy-done": "a remedy has been carried out",
    "promise-open": "a promise is open",
}
NEEDS: Mapping[str, str] = {
    "remedy": "no remedy has been carried out yet",
    "promise": "there is no open promise it could refer to",
    "order": "there is no order beside this conversation",
}
"""What must be there → why the reply is locked when it is not."""
UNLESS: Mapping[str, str] = {
    "promise": "a promise is open in this conversation",
    "case": "a case is open",
    "evidence": "a photo was asked for before",
    "remedy": "a remedy has been carried out",
}
"""What must not be there → why the reply is locked when it is."""
SKELETON = ("apology", "answer", "remedy", "guidance", "next")
"""Kinds of blocks in the order of a message: apology, facts, what the buyer gets, what he does, what happens next."""


class Fits(NamedTuple):
    """Where a reply belongs; an empty field says nothing."""

    klass: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    moment: tuple[str, ...] = ()
    safety: bool = False
    weight: int = 0
    """Added to every score: −10 for one that is seldom wanted, 10 for one that always is."""


class Locks(NamedTuple):
    """What forbids a reply."""

    once: bool = False
    """Only once in a conversation."""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    """Sub-reasons it must never answer."""
    order: tuple[str, ...] = ()
    """The only states of the order in which it may go out."""
    off: tuple[str, ...] = ()
    """Marketplaces that forbid it."""


class PromiseEffect(NamedTuple):
    """A promise that is written down with the send."""

    text: str
    """What was said, one line for the seller's own list."""
    when: str
    """`next_working_day`, `ship_by`, `deliver_by`, `date` (the value of that name), or a span such as `+2d`, `+12h`."""


class Effects(NamedTuple):
    """What happens besides the sending."""

    promise: PromiseEffect | None = None
    snooze: str | None = None
    """As typed in the snooze dialog: `+2d`, `mon 9`."""
    close: bool = False
    tags: tuple[str, ...] = ()
    ack_only: bool = False
    """It says that somebody is there and answers nothing."""


class Block(NamedTuple):
    """One paragraph or more with a job; several of one kind are alternatives, the first is taken unless swapped."""

    kind: str
    """One of `SKELETON`."""
    name: str
    texts: Mapping[str, str]
    """Language → the text as a template."""
