"""Which canned replies fit a conversation: the facts of the order, and what the buyer's words say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox import replies as canned
from sellerinbox.domain.models import Direction
from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.views import ThreadView
from sellerinbox.inbox.context import inbound_of, unanswered

if TYPE_CHECKING:
    from sellerinbox.inbox.facts import Facts


def situation(facts: Facts, view: ThreadView, match: OrderMatch | None) -> canned.Situation:
    """Everything the ranking asks for."""
    told = [inbound_of(entry, view, match) for entry in unanswered(view)]
    language = thread_language(view)
    known = canned.Situation(**facts._asdict())
    return known._replace(
        klass="complaint" if any(each.complaint for each in told) else facts.klass,
        sub_reason=next((each.reason for each in reversed(told) if each.reason), None),
        off_platform_asked=any(each.asks_elsewhere for each in told),
        safety=any(each.harm for each in told),
        languages=(language,) if language else (),
    )


def thread_language(view: ThreadView) -> str | None:
    """The language the buyer writes in; None when his words are too few to tell."""
    return canned.language_of([entry.text for entry in view.entries if entry.direction is Direction.IN], canned.LANGUAGES)
