"""Which replies fit here and now, why, and which are locked: pure, well under a millisecond for forty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sellerinbox.replies.catalogue import CannedReply, Replies, base
from sellerinbox.replies.conditions import MOMENTS, NEEDS, REASONS, UNLESS
from sellerinbox.replies.situation import Situation

KEYS = "123456789"
_LONG = 12.0
"""Hours after which a buyer has waited for long: the stricter of the two presets."""
# A message that is nothing but a thank-you asks for nothing else; one that asks to leave the marketplace needs that answer first.
_MOMENT_POINTS = {"thanks": 20, "off-platform": 12}
_CLASS_WORDS = {"presale": "a question before buying", "postsale": "a message after buying", "complaint": "a complaint"}
_ORDER_WORDS = {
    "none": "there is no order",
    "unpaid": "the order is not paid",
    "paid": "the order is paid and not shipped",
    "shipped": "the parcel is on its way",
    "delivered": "the parcel was delivered",
    "returned": "the parcel came back",
}
_EVIDENCE_WORDS = {
    "none": "no photo was asked for yet",
    "asked": "a photo was asked for",
    "given": "the buyer sent a photo",
    "declined": "the buyer sends no photo",
}


class Ranked(NamedTuple):
    """A reply's place in a conversation."""

    reply: CannedReply
    score: int
    reasons: tuple[str, ...]
    """Why it stands where it stands, in words, what weighs most first."""
    locked: str | None
    """Why it can't be sent here; None when it can."""


class _Point(NamedTuple):
    points: int
    reason: str


def rank(catalogue: Replies, situation: Situation, counts: Mapping[str, int] | None = None) -> tuple[Ranked, ...]:
    """All replies, those that fit best first, locked ones last.

    Equal scores: the one used more often (`counts`, name → times), then the catalogue's own order.
    """
    often = counts or {}
    ranked = [_ranked(reply, situation) for reply in catalogue.entries]
    return tuple(sorted(ranked, key=lambda one: (one.locked is not None, -one.score, -often.get(one.reply.name, 0))))


def nine(catalogue: Replies, situation: Situation, counts: Mapping[str, int] | None = None) -> dict[str, Ranked]:
    """Key `1` to `9` → what lies on it here and now.

    A pinned reply is on its own key, locked or not. Of the rest the best take the keys that are
    left, a reply whose home is free its home, so that fingers find it where it mostly is. A key
    claimed by a broken entry of the seller stays empty.
    """
    ranked = rank(catalogue, situation, counts)
    keys = {one.reply.key: one for one in ranked if one.reply.pinned and one.reply.key is not None}
    free = [key for key in KEYS if key not in keys and key not in catalogue.dead_keys]
    best = [one for one in ranked if not one.reply.pinned and one.locked is None][: len(free)]
    at_home = {one.reply.key: one for one in best if one.reply.key in free}
    others = iter([one for one in best if one.reply.key not in free])
    for key in free:
        one = at_home.get(key) or next(others, None)
        if one is not None:
            keys[key] = one
    return {key: keys[key] for key in KEYS if key in keys}


def lock(reply: CannedReply, situation: Situation) -> str | None:
    """Why a reply can't be sent in a situation, as the end of a sentence; None when it can."""
    return next(_locks(reply, situation), None)


def _locks(reply: CannedReply, now: Situation) -> Iterator[str]:
    locks = reply.locks
    if now.safety and not reply.fits.safety:
        yield "the buyer writes of an injury or a danger; only replies made for that may go out"
    if now.marketplace in locks.off:
        yield "this marketplace does not allow it"
    if locks.once and reply.name in now.used:
        yield "it has been sent in this conversation before"
    if now.sub_reason in locks.not_for:
        yield f"it must not answer the reason “{REASONS.get(now.sub_reason or '', now.sub_reason)}”"
    if locks.order and now.order_state is not None and now.order_state not in locks.order:
        yield _ORDER_WORDS.get(now.order_state, now.order_state)
    yield from (NEEDS[need] for need in locks.needs if not _has(need, now))
    yield from (UNLESS[thing] for thing in locks.unless if _has(thing, now))
    if reply.effects.close and now.open_promise and "promise" not in locks.unless:
        yield "it closes the conversation, and a promise is open in it"


def _has(thing: str, now: Situation) -> bool:
    match thing:
        case "remedy":
            return now.remedy_executed
        case "promise":
            return now.open_promise
        case "case":
            return now.open_case
        case "evidence":
            return now.evidence != "none"
    return now.order_state not in (None, "none")


def _ranked(reply: CannedReply, now: Situation) -> Ranked:
    points = sorted(_points(reply, now), key=lambda point: -abs(point.points))
    reasons = tuple(point.reason for point in points if point.reason)
    return Ranked(reply, sum(point.points for point in points), reasons, lock(reply, now))


def _points(reply: CannedReply, now: Situation) -> Iterator[_Point]:
    fits = reply.fits
    yield _Point(fits.weight, "")
    if fits.klass and now.klass:
        yield _either(now.klass in fits.klass, 3, -5, _CLASS_WORDS.get(now.klass, now.klass))
    if fits.reason and now.sub_reason:
        yield _either(now.sub_reason in fits.reason, 6, -4, f"the reason “{REASONS.get(now.sub_reason, now.sub_reason)}”")
    if fits.order and now.order_state:
        yield _either(now.order_state in fits.order, 2, -4, _ORDER_WORDS.get(now.order_state, now.order_state))
    if fits.evidence:
        yield _either(now.evidence in fits.evidence, 1, -3, _EVIDENCE_WORDS.get(now.evidence, now.evidence))
    yield from _moments(reply, now)
    if fits.safety:
        yield _Point(20, "made for injuries and dangers") if now.safety else _Point(-8, "only for injuries and dangers")
    if reply.name in now.used:
        yield _Point(-3, "sent in this conversation before")
    if now.languages and not any(base(code) == base(now.languages[0]) for code in reply.texts):
        yield _Point(-2, f"has no text in the buyer's language ({now.languages[0]})")


def _moments(reply: CannedReply, now: Situation) -> Iterator[_Point]:
    if not reply.fits.moment:
        return
    here = [moment for moment in reply.fits.moment if _is(moment, now)]
    if here:
        yield _Point(max(_MOMENT_POINTS.get(moment, 7) for moment in here), f"fits: {MOMENTS[here[0]]}")
    else:
        yield _Point(-5, f"not now: {' or '.join(MOMENTS[moment] for moment in reply.fits.moment)}")


def _is(moment: str, now: Situation) -> bool:
    return {
        "thanks": now.last_is_thanks,
        "first": now.is_first_message,
        "off-platform": now.off_platform_asked,
        "weekend": now.weekend,
        "waiting": now.hours_waiting >= _LONG,
        "remedy-done": now.remedy_executed,
        "promise-open": now.open_promise,
    }[moment]


def _either(fits: bool, plus: int, minus: int, reason: str) -> _Point:
    return _Point(plus, f"fits: {reason}") if fits else _Point(minus, f"does not fit: {reason}")
