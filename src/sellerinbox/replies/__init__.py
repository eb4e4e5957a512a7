"""Canned replies: load them, pick one by key or name, fill in what is known.

    canned = replies.load(paths.replies)
    reply = canned.by_key("1")
    language = replies.language_of(buyer_texts, replies.LANGUAGES)
    text, used, exact = replies.variant(reply, language)
    filled = replies.fill(text, replies.values_for(row, match, "eBay", now, used))

`filled.missing` names what nobody knows: it is asked for, and still stands in the text as
`{tracking}`, which the guard does not let out. Nothing here touches the store or the network.
"""

from __future__ import annotations

from sellerinbox.replies.catalogue import CannedReply, Replies, variant
from sellerinbox.replies.languages import LANGUAGES, language_of
from sellerinbox.replies.loading import load
from sellerinbox.replies.template import VARIABLES, Filled, fill, placeholders
from sellerinbox.replies.values import values_for

__all__ = [
    "LANGUAGES",
    "VARIABLES",
    "CannedReply",
    "Filled",
    "Replies",
    "fill",
    "language_of",
    "load",
    "placeholders",
    "values_for",
    "variant",
]
