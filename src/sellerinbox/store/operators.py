"""What each operator of the search language asks of a conversation, in SQL.

Every operator is a test of one conversation `c`. One that fits few conversations has a start
as well: a question for the row numbers of all that may pass, so that a plan can begin there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

from sellerinbox.domain.models import HOT
from sellerinbox.domain.query import Filter, Word
from sellerinbox.domain.times import by, since
from sellerinbox.store.listing import VIEWS
from sellerinbox.store.search import expression
from sellerinbox.store.values import first_key, storable, to_ms, tracking_key

_LAST = "\U0010ffff"


class Today(NamedTuple):
    """What `yesterday`, `due:2h` and `is:hot` are counted from."""

    now: datetime
    zone: tzinfo


class Condition(NamedTuple):
    """A test of a conversation `c` (or, where a message is looked for, of a message `m`)."""

    test: str
    parameters: tuple[object, ...] = ()
    start: str | None = None
    """A question for the row numbers of all conversations that may pass, each once or more."""
    start_parameters: tuple[object, ...] = ()
    walked: str | None = None
    """The same test, for whoever is done after a few: costs more for each, and nothing before the first."""

    def negated(self) -> Condition:
        """Its opposite, which fits too many to start from."""
        # Not NOT: an item that a conversation does not have is neither this one nor another.
        return Condition(f"({self.test}) IS NOT TRUE", self.parameters)


def of_conversation(asked: Filter, today: Today) -> Condition:
    """An operator as a test of a conversation; times are those of its newest message."""
    found = _MAKERS[asked.operator](storable(asked.value), today)
    return found.negated() if asked.negated else found


def of_message(asked: Filter, today: Today, key: str) -> Condition | None:
    """An operator as a test of one message, where it asks that and not the conversation; `key` is the column to compare times with."""
    if asked.operator in ("before", "after"):
        sign = "<" if (asked.operator == "before") is not asked.negated else ">="
        return Condition(f"{key} {sign} ?", (first_key(to_ms(since(asked.value, *today))),))
    if (asked.operator, asked.value) == ("has", "attachment"):
        return Condition(f"m.attachments {'=' if asked.negated else '<>'} ''")
    return None


def in_heads(words: str, column: str = "") -> Condition:
    """Words, as for MATCH, in the conversations' heads or one column of them."""
    match = (f"{column} : ({words})" if column else words,)
    held = "SELECT rowid FROM conversation_fts WHERE conversation_fts MATCH ?"
    one = f"EXISTS ({held} AND conversation_fts.rowid = c.id)"
    return Condition(f"c.id IN ({held})", match, held, match, one)


def _from(value: str, _today: Today) -> Condition:
    """A buyer by the words of his name, the last one perhaps unfinished."""
    words = _words(value)
    return Condition("c.buyer = ? COLLATE NOCASE", (value.strip(),)) if words is None else in_heads(words, "buyer")


def _item(value: str, _today: Today) -> Condition:
    """An item by its listing id, the words of the subject, or those of the title it was sold under."""
    words = _words(value)
    titles = [f"% {word}%" for word in value.replace("%", " ").replace("_", " ").split()]
    listings = _LISTINGS.format(" AND ".join(["' ' || t.title LIKE ?"] * len(titles)) or "0")
    sold = Condition(f"c.listing_id IN ({listings})", tuple(titles))
    if words is None:
        return sold
    heads = in_heads(words, "{subject listing_id}")
    parameters = (*heads.parameters, *titles)
    start = f"{heads.start} UNION ALL SELECT k.id FROM conversation k WHERE k.listing_id IN ({listings})"
    return Condition(f"({heads.test} OR {sold.test})", parameters, start, parameters)


def _words(value: str) -> str | None:
    return expression([Word(0, 0, False, word) for word in value.split()])


def _in_orders(source: str, column: str, value: str) -> Condition:
    """What begins so in the orders that fit a conversation by buyer and item."""
    test, parameters = f"{column} >= ? AND {column} < ?", (value, value + _LAST)
    return Condition(
        f"EXISTS (SELECT 1 FROM {source} WHERE {_ITS_LINES} AND {test})", parameters, _ORDERED.format(source, test), parameters
    )


def _is(value: str, today: Today) -> Condition:
    if value == "overdue":
        return _due("overdue", today)
    if value == "hot":
        written = (to_ms(today.now - HOT),)
        return _column("c.state = 'open' AND c.last_inbound_at > ?", written)
    return _IS[value]


def _due(value: str, today: Today) -> Condition:
    """An answer or a promise that is due by then, or was."""
    end = to_ms(today.now if value == "overdue" else by(value, *today))
    answers, promises = "c.reply_due_at IS NOT NULL AND c.snoozed = 0 AND c.reply_due_at <= ?", "c.promise_due_at <= ?"
    start = " UNION ALL ".join(f"SELECT c.id FROM conversation c WHERE {each}" for each in (answers, promises))
    return Condition(f"(({answers}) OR {promises})", (end, end), start, (end, end))


def _promise(value: str, today: Today) -> Condition:
    """`due` is what is promised for today or was for a day before."""
    if value == "kept":
        kept = "SELECT p.conversation_id FROM promise p WHERE p.state = 'kept'"
        return Condition(f"EXISTS ({kept} AND p.conversation_id = c.id)", start=kept)
    if value == "open":
        return _PROMISED
    end = today.now if value == "overdue" else by("today", *today)
    return _column("c.promise_due_at <= ?", (to_ms(end),))


def _tag(value: str, _today: Today) -> Condition:
    """A whole tag, as `triage.tag_name` writes it."""
    name = ("-".join(value.casefold().lstrip("#").split()),)
    tagged = "SELECT t.conversation_id FROM tag t WHERE t.name = ?"
    return Condition(f"EXISTS ({tagged} AND t.conversation_id = c.id)", name, tagged, name)


def _column(test: str, parameters: tuple[object, ...] = ()) -> Condition:
    """A test of columns that an index of its own knows."""
    return Condition(test, parameters, f"SELECT c.id FROM conversation c WHERE {test}", parameters)


def _before(value: str, today: Today) -> Condition:
    return Condition("c.last_message_at < ?", (to_ms(since(value, *today)),))


def _after(value: str, today: Today) -> Condition:
    begin = to_ms(since(value, *today))
    return Condition("c.last_message_at >= ?", (begin,), "SELECT m.conversation_id FROM message m WHERE m.id >= ?", (first_key(begin),))


_LISTINGS = """SELECT d.listing_id FROM (SELECT DISTINCT listing_id FROM order_line WHERE listing_id IS NOT NULL) d
 JOIN order_line t ON t.id = (SELECT max(l.id) FROM order_line l WHERE l.listing_id = d.listing_id) WHERE {}"""
# By the buyer: one who bought has few conversations, an item may have thousands.
_ORDERED = """SELECT k.id FROM {} CROSS JOIN conversation k INDEXED BY conversation_buyer
 ON k.buyer = l.buyer COLLATE NOCASE AND k.listing_id = l.listing_id AND k.account = l.account WHERE {}"""
_ITS_LINES = "l.account = c.account AND l.listing_id = c.listing_id AND l.buyer = c.buyer"
_REPLY = "EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.kind = 'reply' AND o.state IN ({}))"
_REPLIES = "SELECT o.conversation_id FROM outbox o WHERE o.kind = 'reply' AND o.state IN ({})"
_PARCELS = "order_line l JOIN shipment s ON s.order_row = l.order_row"
_DRAFT = _column("c.drafted = 1")
_PROMISED = _column("c.promise_due_at IS NOT NULL")
_IS: Mapping[str, Condition] = {
    "unread": Condition("c.unread > 0"),
    "open": Condition("c.state = 'open'"),
    "waiting": Condition("c.state = 'waiting'"),
    "closed": Condition("c.state = 'closed'"),
    "due": _column(VIEWS["due"]),
    "snoozed": _column("c.snoozed = 1"),
    "acked": _column("c.acked_at IS NOT NULL"),
    "thanks": Condition("c.thanks = 1"),
    "blocked": Condition(
        "EXISTS (SELECT 1 FROM block b WHERE b.account = c.account AND b.buyer = c.buyer)",
        start="SELECT k.id FROM block b JOIN conversation k ON k.buyer = b.buyer COLLATE NOCASE AND k.account = b.account",
    ),
    "draft": _DRAFT,
    "queued": Condition(_REPLY.format("'queued', 'sending'"), start=_REPLIES.format("'queued', 'sending'")),
    "unconfirmed": Condition(_REPLY.format("'unconfirmed'"), start=_REPLIES.format("'unconfirmed'")),
}
_HAS: Mapping[str, Condition] = {
    "attachment": Condition("EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.attachments <> '')"),
    "order": Condition(f"EXISTS (SELECT 1 FROM order_line l WHERE {_ITS_LINES})"),
    "tracking": Condition(f"EXISTS (SELECT 1 FROM {_PARCELS} WHERE {_ITS_LINES} AND s.tracking_key IS NOT NULL)"),
    "note": Condition(
        """(EXISTS (SELECT 1 FROM note n WHERE n.conversation_id = c.id AND n.removed = 0)
 OR EXISTS (SELECT 1 FROM note n WHERE n.conversation_id IS NULL AND n.removed = 0 AND n.account = c.account AND n.buyer = c.buyer))""",
        start="""SELECT n.conversation_id FROM note n WHERE n.conversation_id IS NOT NULL AND n.removed = 0 UNION ALL
 SELECT k.id FROM note n JOIN conversation k ON k.buyer = n.buyer COLLATE NOCASE AND k.account = n.account
 WHERE n.conversation_id IS NULL AND n.removed = 0""",
    ),
    "draft": _DRAFT,
    "promise": _PROMISED,
}
_MAKERS: Mapping[str, Callable[[str, Today], Condition]] = {
    "from": _from,
    "order": lambda value, _: _in_orders("order_line l JOIN customer_order o ON o.id = l.order_row", "o.order_id", value.strip()),
    "track": lambda value, _: _in_orders(_PARCELS, "s.tracking_key", tracking_key(value) or ""),
    "sku": lambda value, _: _in_orders("order_line l", "l.sku COLLATE NOCASE", value.strip()),
    "item": _item,
    "account": lambda value, _: Condition("c.account = ? COLLATE NOCASE", (value.strip(),)),
    "is": _is,
    "has": lambda value, _: _HAS[value],
    "due": _due,
    "promise": _promise,
    "tag": _tag,
    "before": _before,
    "after": _after,
}
