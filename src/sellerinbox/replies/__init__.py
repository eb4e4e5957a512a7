"""Canned replies: load them, see which fit, pick one by key or name, fill in what is known.

    canned = replies.load(paths.replies)
    keys = replies.nine(canned, situation)                      # "1".."9" → Ranked(reply, score, reasons, locked)
    language = language_of(buyer_texts, LANGUAGES)
    composed = replies.compose(canned, ("wismo",), language, values)
    composed.text, composed.missing, composed.language_missing

`missing` names what nobody knows: it is asked for, and still stands in the text as
`{tracking}`, which the guard does not let out. Nothing here touches the store or the network.
"""

from __future__ import annotations

from sellerinbox.domain.languages import LANGUAGES, language_of
from sellerinbox.replies.catalogue import CannedReply, Replies, variant
from sellerinbox.replies.composing import Composed, Field, alternatives, compose, missing
from sellerinbox.replies.conditions import Block, Effects, Fits, Locks, PromiseEffect
from sellerinbox.replies.finding import find
from sellerinbox.replies.loading import load
from sellerinbox.replies.outcomes import Outcome, Record, outcome_of, tally
from sellerinbox.replies.ranking import Ranked, lock, nine, rank
from sellerinbox.replies.saving import save_canned, suggest_placeholders, to_toml
from sellerinbox.replies.situation import Situation
from sellerinbox.replies.template import FLAGS, VARIABLES, Filled, fill, placeholders
from sellerinbox.replies.values import values_for

__all__ = [
    "FLAGS",
    "LANGUAGES",
    "VARIABLES",
    "Block",
    "CannedReply",
    "Composed",
    "Effects",
    "Field",
    "Filled",
    "Fits",
    "Locks",
    "Outcome",
    "PromiseEffect",
    "Ranked",
    "Record",
    "Replies",
    "Situation",
    "alternatives",
    "compose",
    "fill",
    "find",
    "language_of",
    "load",
    "lock",
    "missing",
    "nine",
    "outcome_of",
    "placeholders",
    "rank",
    "save_canned",
    "suggest_placeholders",
    "tally",
    "to_toml",
    "values_for",
    "variant",
]
