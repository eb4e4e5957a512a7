"""What a search shows: whole numbers first, then conversations by their heads, then messages, newest first; orders by any number.

Messages stream out of the full-text index newest first, so a page of a word that is in every
message costs no more than one of a rare word. Operators are tested on the way, unless one fits
so few conversations that their messages are gone through instead.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sellerinbox.domain.orders import Order
from sellerinbox.domain.query import Query
from sellerinbox.domain.views import Found, SearchHit
from sellerinbox.store import matching
from sellerinbox.store.listing import ROW, ROW_WIDTH, Ask, conversation_row
from sellerinbox.store.matching import Looking
from sellerinbox.store.operators import Condition, in_heads, of_conversation, of_message
from sellerinbox.store.patience import Patience
from sellerinbox.store.rows import orders
from sellerinbox.store.search import match_expression, snippet
from sellerinbox.store.values import from_ms, storable, tracking_key

_HEADS = 500
"""More heads than this are not sorted by time, but come upon in the order of time."""
_CONVERSATIONS = 100
"""Conversations whose messages are gone through one by one."""
_ROWS = 5_000
_WALK = 0.06
"""Seconds to come upon enough conversations in the order of time, before all of them are sorted."""


def search(looking: Looking, query: Query, limit: int) -> Found[SearchHit]:
    """Up to `limit` hits, each conversation or message once. Operators alone find the newest message of each conversation they fit."""
    if not query or limit <= 0:
        return Found()
    conditions = matching.conditions_of(looking, query.rest)
    hits = _whole(looking.ask, query.plain, conditions, limit)
    if expression := looking.match("message_fts", query.words, query.unwanted):
        messages = _messages(looking, query, expression, limit)
        hits += [*_heads(looking, query, conditions, max(limit // 3, limit - len(hits) - len(messages), 1)), *messages]
    elif conditions:
        hits += [_message(row, ()) for row in _newest(looking.patience, conditions, limit)]
    found: dict[tuple[object, str | None], SearchHit] = {}
    for hit in hits:
        found.setdefault((hit.row.key, hit.message_id), hit)
    return Found(list(found.values())[:limit], more=len(found) >= limit, late=looking.patience.late)


def find_orders(ask: Ask, query: str, limit: int) -> list[Order]:
    """Orders by whole order number, then whole tracking number, then buyer, item id, SKU, and words of all these and the titles."""
    wanted = storable(query.strip())
    if not wanted:
        return []
    questions: list[tuple[str, str]] = [(_BY_NUMBER, wanted), (_BY_TRACKING, tracking_key(wanted) or "")]
    questions += [(sql, wanted) for sql in (_BY_BUYER, _BY_LISTING, _BY_SKU)]
    if expression := match_expression(query):
        questions.append((_BY_WORDS, expression))
    found: dict[int, None] = {}
    for sql, parameter in questions:
        if len(found) < limit:
            found.update((row[0], None) for row in ask(sql, (parameter, limit)))
    return orders(ask, list(found)[:limit])


def _whole(ask: Ask, plain: str, conditions: Sequence[Condition], limit: int) -> list[SearchHit]:
    """Conversations that have this very number."""
    numbers = matching.whole(ask, plain)
    if not numbers:
        return []
    test, parameters = matching.together(conditions)
    sql = f"SELECT {ROW} FROM {matching.STARTED} WHERE 1{test} ORDER BY c.last_message_at DESC LIMIT ?"
    return [_head(row) for row in ask(sql, (json.dumps(numbers), *parameters, limit))]


def _heads(looking: Looking, query: Query, conditions: Sequence[Condition], limit: int) -> list[SearchHit]:
    """Conversations whose buyer, subject or item holds the words."""
    words = looking.match("conversation_fts", query.words) or ""
    return [_head(row) for row in _newest(looking.patience, [in_heads(words), *conditions], limit)]


def _messages(looking: Looking, query: Query, expression: str, limit: int) -> list[SearchHit]:
    """Messages that hold the words, newest first."""
    today = looking.today
    asked = [of_message(one, today, "message_fts.rowid") or of_conversation(one, today) for one in query.filters]
    start = _few(looking.ask, expression, asked)
    test, parameters = matching.together(asked)
    if start is None:
        rows = looking.ask(f"{_MATCHING}{test} ORDER BY message_fts.rowid DESC LIMIT ?", (expression, *parameters, limit))
    else:
        rows = looking.ask(f"{_AMONG}{test} ORDER BY m.id DESC LIMIT ?", (json.dumps(start), expression, *parameters, limit))
    words = [word.text for word in query.words]
    return [_message(row, words) for row in rows]


def _few(ask: Ask, expression: str, conditions: Sequence[Condition]) -> list[int] | None:
    """The conversations to go through, where they are few and the messages with the words many."""
    if not any(condition.start for condition in conditions) or len(ask(_SOME, (expression, _ROWS))) < _ROWS:
        return None
    return matching.few(ask, conditions, _CONVERSATIONS, _ROWS)


def _newest(patience: Patience, conditions: Sequence[Condition], limit: int) -> list[Any]:
    """Conversations that pass, newest message first, each with that message."""
    start = matching.few(patience.ask, conditions, _HEADS, _ROWS)
    met: list[Any] = []
    if start is None:
        test, parameters = matching.together(conditions, walking=True)
        met, all_of_them = patience.attempt(_WALK, f"{_WALKED}{test} ORDER BY m.id DESC LIMIT ?", (*parameters, limit))
        if all_of_them:
            return met
    test, parameters = matching.together(conditions)
    source, given = ("conversation c", ()) if start is None else (matching.STARTED, (json.dumps(start),))
    chosen = f"SELECT c.id FROM {source} WHERE 1{test} ORDER BY c.last_message_at DESC LIMIT ?"
    return patience.ask(_SORTED.format(chosen), (*given, *parameters, limit)) or met


def _head(row: Sequence[Any]) -> SearchHit:
    conversation = conversation_row(row)
    return SearchHit(conversation, None, conversation.last_message_at, conversation.snippet)


def _message(row: Sequence[Any], words: Sequence[str]) -> SearchHit:
    remote_id, sent_at, text = row[ROW_WIDTH:]
    if remote_id is None:  # a conversation none of whose messages could be read
        return _head(row)
    return SearchHit(conversation_row(row), remote_id, from_ms(sent_at), snippet(text, words))


_FOUND = f"SELECT {ROW}, m.remote_id, m.sent_at, m.text"
# The order of the tables is ours (CROSS JOIN): the planner does not know how many rows a word has.
_MATCHING = f"""{_FOUND} FROM message_fts CROSS JOIN message m ON m.id = message_fts.rowid
 CROSS JOIN conversation c ON c.id = m.conversation_id
 WHERE message_fts MATCH ?"""
_AMONG = f"""{_FOUND} FROM json_each(?) j CROSS JOIN message m ON m.conversation_id = j.value
 CROSS JOIN message_fts ON message_fts.rowid = m.id
 CROSS JOIN conversation c ON c.id = m.conversation_id WHERE message_fts MATCH ?"""
_SOME = "SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ?"
_WALKED = f"""{_FOUND} FROM message m CROSS JOIN conversation c ON c.id = m.conversation_id
 WHERE NOT EXISTS (SELECT 1 FROM message n WHERE n.conversation_id = m.conversation_id AND n.id > m.id)"""
_SORTED = f"""{_FOUND} FROM ({{}}) f CROSS JOIN conversation c ON c.id = f.id LEFT JOIN message m
 ON m.id = (SELECT n.id FROM message n WHERE n.conversation_id = c.id ORDER BY n.id DESC LIMIT 1) ORDER BY c.last_message_at DESC"""
_BY_NUMBER = "SELECT id FROM customer_order WHERE order_id = ? ORDER BY id DESC LIMIT ?"
_BY_TRACKING = "SELECT DISTINCT order_row FROM shipment WHERE tracking_key = ? ORDER BY order_row DESC LIMIT ?"
_BY_BUYER = "SELECT id FROM customer_order WHERE buyer = ? COLLATE NOCASE ORDER BY id DESC LIMIT ?"
_BY_LISTING = "SELECT DISTINCT order_row FROM order_line WHERE listing_id = ? ORDER BY order_row DESC LIMIT ?"
_BY_SKU = "SELECT DISTINCT order_row FROM order_line WHERE sku = ? COLLATE NOCASE ORDER BY order_row DESC LIMIT ?"
_BY_WORDS = "SELECT rowid FROM order_fts WHERE order_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
