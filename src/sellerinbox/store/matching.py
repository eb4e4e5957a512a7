"""A search of the list: the conversations of a view that a query fits, in the view's order, a page at a time.

There are two ways through a hundred thousand conversations. Where something asked for fits few
of them (a buyer, an order, a rare word), those are looked up and sorted; else the view is walked
in its order, testing each, until the page is full. Both go by key, as a list without a query.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.domain.query import Query, Word
from sellerinbox.domain.views import Found
from sellerinbox.store import listing
from sellerinbox.store.listing import Ask, Position
from sellerinbox.store.operators import Condition, Today, of_conversation
from sellerinbox.store.patience import Patience
from sellerinbox.store.search import alternatives, expression
from sellerinbox.store.values import storable, tracking_key
from sellerinbox.store.vocabulary import Vocabulary

_FEW = 2_000
"""Conversations that are better looked up than come upon."""
_ROWS = 20_000
"""Rows looked through for them (50 ms); a word in more messages than this is tested one conversation at a time."""


class Looking(NamedTuple):
    """What a search needs besides its query."""

    patience: Patience
    vocabulary: Vocabulary
    today: Today

    @property
    def ask(self) -> Ask:
        """Asks until the time is over."""
        return self.patience.ask

    def match(self, table: str, words: Sequence[Word], unwanted: Sequence[Word] = ()) -> str | None:
        """Words for a full-text table, with what the last one may become."""
        return expression(words, unwanted, lambda begin: self.vocabulary.completions(table, begin))


def page(looking: Looking, query: Query, view: str, limit: int, after: Position | None, before: Position | None) -> Found[ConversationRow]:
    """Up to `limit` rows of a view that the query fits, as `Windows.page`."""
    numbers = _page(looking.ask, conditions_of(looking, query), view, limit, after, before)
    order = listing.order_of(view)
    sql = f"SELECT {listing.ROW.replace('c.rank', order)} FROM {STARTED} ORDER BY {order}, c.id"
    rows = looking.ask(sql, (json.dumps(numbers),))
    return Found(map(listing.conversation_row, rows), more=len(rows) == limit, late=looking.patience.late)


def keys(looking: Looking, query: Query, view: str, limit: int) -> Found[Key]:
    """Up to `limit` conversations of a view that the query fits, in the view's order."""
    numbers = _page(looking.ask, conditions_of(looking, query, all_of_them=True), view, limit + 1, None, None)
    sql = f"SELECT c.account, c.remote_id FROM {STARTED} ORDER BY {listing.order_of(view)}, c.id"
    found = looking.ask(sql, (json.dumps(numbers),))
    return Found((Key(*row) for row in found[:limit]), more=len(found) > limit, late=looking.patience.late)


def conditions_of(looking: Looking, query: Query, *, all_of_them: bool = False) -> list[Condition]:
    """Everything that a query asks of a conversation. `all_of_them`: every conversation that fits is wanted, not a page."""
    found = [of_conversation(asked, looking.today) for asked in query.filters]
    wanted = [looking.match(table, query.words) for table in _TABLES]
    unwanted = [alternatives(query.unwanted) for _ in _TABLES]
    if condition := _holds(looking.ask, wanted, whole(looking.ask, query.plain), all_of_them):
        found.append(condition)
    if condition := _holds(looking.ask, unwanted, [], all_of_them):
        found.append(condition.negated())
    return found


def whole(ask: Ask, plain: str) -> list[int]:
    """The row numbers of conversations that have this very number: of an order, a parcel, a listing, a message, or their own."""
    wanted = storable(plain.strip())
    account, _, remote_id = wanted.partition(":")
    return [row[0] for row in ask(_WHOLE, (wanted, tracking_key(wanted), account, remote_id))] if wanted else []


def few(ask: Ask, conditions: Iterable[Condition], most: int, rows: int) -> list[int] | None:
    """The row numbers that the narrowest condition leaves, each once; None when none leaves at most `most`.

    No more than `rows` are looked at for each condition.
    """
    narrowest: list[int] | None = None
    for condition in conditions:
        if condition.start is not None and (narrowest is None or len(narrowest) > most // 10):
            found = ask(f"SELECT * FROM ({condition.start}) LIMIT ?", (*condition.start_parameters, rows + 1))
            distinct = list(dict.fromkeys(row[0] for row in found))
            if len(found) <= rows and len(distinct) <= (most if narrowest is None else len(narrowest)):
                narrowest = distinct
    return narrowest


def together(conditions: Iterable[Condition], *, walking: bool = False) -> tuple[str, tuple[Any, ...]]:
    """All conditions behind others, and their parameters. `walking`: few conversations are tested before enough have passed."""
    every = list(conditions)
    test = "".join(f" AND {(walking and condition.walked) or condition.test}" for condition in every)
    return test, tuple(value for condition in every for value in condition.parameters)


def _page(ask: Ask, conditions: list[Condition], view: str, limit: int, after: Position | None, before: Position | None) -> list[int]:
    """The row numbers of a page, from the place asked for on."""
    position = before or after
    place, way = listing.order_of(view), "DESC" if before else "ASC"
    beyond = "" if position is None else f" AND ({place}, c.id) {'<' if before else '>'} (?, ?)"
    where = f"WHERE {listing.VIEWS[view]}{beyond}"
    order = f"ORDER BY {place} {way}, c.id {way}"
    test, parameters = together(conditions)
    start = few(ask, conditions, _FEW, _ROWS)
    if start is None:
        walked = f"SELECT c.id FROM conversation c INDEXED BY conversation_{view} {where}{test} {order} LIMIT ?"
        return [row[0] for row in ask(walked, (*(position or ()), *parameters, limit))]
    placed = [row[0] for row in ask(f"SELECT c.id FROM {STARTED} {where} {order}", (json.dumps(start), *(position or ())))]
    passed: list[int] = []
    # The first of them fill most pages, so that a costly test is not made two thousand times.
    for some in (placed[: limit * 4], placed[limit * 4 :]):
        if some and len(passed) < limit:
            passed += _passing(ask, some, test, parameters)
    return passed[:limit]


def _passing(ask: Ask, numbers: Sequence[int], test: str, parameters: Sequence[object]) -> list[int]:
    """Those that pass, in the same order."""
    passed = {row[0] for row in ask(f"SELECT c.id FROM {STARTED} WHERE 1{test}", (json.dumps(numbers), *parameters))}
    return [number for number in numbers if number in passed]


def _holds(ask: Ask, expressions: Sequence[str | None], numbers: list[int], all_of_them: bool) -> Condition | None:
    """Whether a conversation holds words in its head or in one message, or is one of these."""
    heads, messages = expressions
    if heads is None or messages is None:
        return None
    parameters = (heads, messages, json.dumps(numbers))
    if all_of_them or len(ask(_SOME, (messages, _ROWS + 1))) <= _ROWS:
        return Condition(f"c.id IN ({_HOLDING})", parameters, _HOLDING, parameters)
    return Condition(_HOLDS, parameters)


STARTED = "json_each(?) j CROSS JOIN conversation c ON c.id = j.value"
"""Where a plan begins that has its row numbers already."""
_TABLES = ("conversation_fts", "message_fts")
_SOME = "SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ?"
_HOLDING = """SELECT rowid FROM conversation_fts WHERE conversation_fts MATCH ?
 UNION ALL SELECT m.conversation_id FROM message_fts CROSS JOIN message m ON m.id = message_fts.rowid WHERE message_fts MATCH ?
 UNION ALL SELECT value FROM json_each(?)"""
_HOLDS = """(EXISTS (SELECT 1 FROM conversation_fts WHERE conversation_fts MATCH ? AND conversation_fts.rowid = c.id)
 OR EXISTS (SELECT 1 FROM message m CROSS JOIN message_fts ON message_fts.rowid = m.id
  WHERE m.conversation_id = c.id AND message_fts MATCH ?)
 OR c.id IN (SELECT value FROM json_each(?)))"""
_WHOLE = """WITH ordered (account, listing_id, buyer) AS (
  SELECT l.account, l.listing_id, l.buyer FROM order_line l WHERE l.order_row IN (
   SELECT o.id FROM customer_order o WHERE o.order_id = ?1 UNION SELECT s.order_row FROM shipment s WHERE s.tracking_key = ?2))
 SELECT k.id FROM conversation k JOIN ordered o ON k.account = o.account AND k.listing_id = o.listing_id AND k.buyer = o.buyer
 UNION SELECT k.id FROM conversation k WHERE k.remote_id = ?1
 UNION SELECT k.id FROM conversation k WHERE k.remote_id = ?4 AND k.account = ?3
 UNION SELECT m.conversation_id FROM message m WHERE m.remote_id = ?1
 UNION SELECT k.id FROM conversation k WHERE k.listing_id = ?1"""
