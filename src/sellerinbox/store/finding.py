"""What a search shows: whole ids first, then conversations by their heads, then messages, newest first; orders by any number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sellerinbox.domain.orders import Order
from sellerinbox.domain.views import SearchHit
from sellerinbox.store.listing import ROW, ROW_WIDTH, Ask, conversation_row
from sellerinbox.store.rows import orders
from sellerinbox.store.search import match_expression, snippet, words_of
from sellerinbox.store.values import from_ms, storable

_HEADS_LOOKED_AT = 2_000
"""A word in every subject would otherwise sort the whole inbox by time."""


def search(ask: Ask, query: str, limit: int) -> tuple[SearchHit, ...]:
    """Up to `limit` hits, each conversation or message once."""
    wanted = storable(query.strip())
    hits: dict[tuple[object, str | None], SearchHit] = {}
    expression = match_expression(query)
    if wanted and limit > 0:
        _add(hits, [_head(row) for row in ask(_WHOLE, (wanted, tracking_key(wanted), limit))])
    if expression and len(hits) < limit:
        _add(hits, [_head(row) for row in ask(_HEADS, (expression, _HEADS_LOOKED_AT, limit))])
    if expression and len(hits) < limit:
        words = words_of(query)
        _add(hits, [_message(row, words) for row in ask(_MESSAGES, (expression, limit))])
    return tuple(hits.values())[:limit]


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


def tracking_key(number: str | None) -> str | None:
    """A tracking number as compared: people copy it with spaces and in small letters."""
    return storable("".join(number.split()).upper()) if number else None


def _add(hits: dict[tuple[object, str | None], SearchHit], found: Sequence[SearchHit]) -> None:
    for hit in found:
        hits.setdefault((hit.row.key, hit.message_id), hit)


def _head(row: Sequence[Any]) -> SearchHit:
    conversation = conversation_row(row)
    return SearchHit(conversation, None, conversation.last_message_at, conversation.snippet)


def _message(row: Sequence[Any], words: tuple[str, ...]) -> SearchHit:
    remote_id, sent_at, text = row[ROW_WIDTH:]
    return SearchHit(conversation_row(row), remote_id, from_ms(sent_at), snippet(text, words))


_WHOLE = f"""WITH ordered (account, listing_id, buyer) AS (
  SELECT l.account, l.listing_id, l.buyer FROM order_line l WHERE l.order_row IN (
   SELECT o.id FROM customer_order o WHERE o.order_id = ?1 UNION SELECT s.order_row FROM shipment s WHERE s.tracking_key = ?2))
 SELECT {ROW} FROM conversation c WHERE c.id IN (
   SELECT k.id FROM conversation k JOIN ordered o ON k.account = o.account AND k.listing_id = o.listing_id AND k.buyer = o.buyer
   UNION SELECT k.id FROM conversation k WHERE k.remote_id = ?1
   UNION SELECT m.conversation_id FROM message m WHERE m.remote_id = ?1
   UNION SELECT k.id FROM conversation k WHERE k.listing_id = ?1)
 ORDER BY c.last_message_at DESC LIMIT ?3"""
_HEADS = f"""SELECT {ROW} FROM (SELECT rowid AS id FROM conversation_fts WHERE conversation_fts MATCH ? ORDER BY rowid DESC LIMIT ?) f
 JOIN conversation c ON c.id = f.id ORDER BY c.last_message_at DESC LIMIT ?"""
_MESSAGES = f"""SELECT {ROW}, m.remote_id, m.sent_at, m.text
 FROM (SELECT rowid AS id FROM message_fts WHERE message_fts MATCH ? ORDER BY rowid DESC LIMIT ?) f
 JOIN message m ON m.id = f.id JOIN conversation c ON c.id = m.conversation_id ORDER BY m.id DESC"""
_BY_NUMBER = "SELECT id FROM customer_order WHERE order_id = ? ORDER BY id DESC LIMIT ?"
_BY_TRACKING = "SELECT DISTINCT order_row FROM shipment WHERE tracking_key = ? ORDER BY order_row DESC LIMIT ?"
_BY_BUYER = "SELECT id FROM customer_order WHERE buyer = ? COLLATE NOCASE ORDER BY id DESC LIMIT ?"
_BY_LISTING = "SELECT DISTINCT order_row FROM order_line WHERE listing_id = ? ORDER BY order_row DESC LIMIT ?"
_BY_SKU = "SELECT DISTINCT order_row FROM order_line WHERE sku = ? COLLATE NOCASE ORDER BY order_row DESC LIMIT ?"
_BY_WORDS = "SELECT rowid FROM order_fts WHERE order_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
