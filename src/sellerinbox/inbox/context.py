"""What the guard is told of a conversation: its marketplace, its buyer's names, its order, what he last wrote."""

from __future__ import annotations

import re

from sellerinbox import guard
from sellerinbox.domain.models import Direction
from sellerinbox.domain.orders import Order, OrderMatch
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.domain.views import ThreadEntry, ThreadView
from sellerinbox.guard import inbound, template
from sellerinbox.guard.inbound import Inbound
from sellerinbox.i18n import language

SEEN = 30
"""Messages of a conversation that are looked at."""
_LATEST = 3
"""Messages of the buyer's that tell how things stand; what was before them is settled."""
_SIGNED = 40
"""Characters at the end of a message in which its writer may have put his name."""
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{4,39}")


def guard_context(view: ThreadView, match: OrderMatch | None, *, canned: str | None = None) -> guard.Context:
    """Everything the guard may know of a reply to this conversation."""
    order = match.order if match else None
    context = _context_of(view)._replace(known=_known(view, order), names=_names(view, order), facts=_facts(match), canned=canned)
    looked = [_looked(entry, context) for entry in unanswered(view)]
    return context._replace(complaint=any(told.complaint for told in looked), safety=any(told.harm for told in looked))


def inbound_of(entry: ThreadEntry, view: ThreadView, match: OrderMatch | None) -> Inbound:
    """What is to be said of one message; nothing of ours is ever warned of."""
    if entry.direction is Direction.OUT or view.row.kind != "buyer":
        return Inbound()
    context = _context_of(view)
    return _looked(entry, context._replace(known=_known(view, match.order if match else None)))


def unanswered(view: ThreadView) -> tuple[ThreadEntry, ...]:
    """The buyer's messages that a reply now would answer, oldest first; the last one when all are answered."""
    waiting: list[ThreadEntry] = []
    for entry in reversed(view.entries):
        if entry.direction is Direction.IN:
            waiting.append(entry)
        elif waiting:
            break
    return tuple(reversed(waiting[:_LATEST]))


def _context_of(view: ThreadView) -> guard.Context:
    """The marketplace, and the language in which the seller is told."""
    return guard.of_profile(PROFILES[view.row.marketplace])._replace(tells=language().partition("_")[0])


def _looked(entry: ThreadEntry, context: guard.Context) -> Inbound:
    return inbound.read(entry.text, entry.author, context._replace(names=(), facts=None, canned=None, complaint=False, safety=False))


def _known(view: ThreadView, order: Order | None) -> tuple[str, ...]:
    """Ids that look like telephone numbers and are none."""
    ids = [view.row.order_id, view.row.listing_id, view.row.key.remote_id]
    if order is not None:
        ids += [order.order_id, *(line.sku for line in order.lines), *(line.listing_id for line in order.lines)]
        ids += [shipment.tracking_number for shipment in order.shipments]
    return tuple(sorted({each for each in ids if each and _NUMBER.fullmatch(each)}))


def _names(view: ThreadView, order: Order | None) -> tuple[str, ...]:
    """What this buyer may be called; nothing while all that is known of him is his user name, which tells no name."""
    ours = (template.greeted(entry.text) for entry in view.entries if entry.direction is Direction.OUT and entry.outbox_id is None)
    known = [name for name in (order.buyer_name if order else None, *ours) if name]
    signed = (entry.text.rstrip().rpartition("\n")[2][-_SIGNED:] for entry in view.entries if entry.direction is Direction.IN)
    return (view.row.buyer, *known, *signed) if known else ()


def _facts(match: OrderMatch | None) -> guard.Facts | None:
    """What the order says; None where several fit, as the one shown may be another."""
    if match is None or match.candidates > 1:
        return None
    order = match.order
    statuses = {(shipment.status or "").casefold() for shipment in order.shipments}
    shipped = bool(order.shipments) or order.fulfillment in ("FULFILLED", "IN_PROGRESS")
    told = {status for status in statuses if status}
    return guard.Facts(
        shipped=shipped,
        delivered="delivered" in told if told else None,
        refunded=order.payment in ("FULLY_REFUNDED", "PARTIALLY_REFUNDED") or order.cancel == "CANCELED" or None,
        cancelled=order.cancel == "CANCELED",
    )
