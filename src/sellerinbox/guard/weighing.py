"""How much the words of a few sentences say for a deal about feedback: a sum of small weights, as the rules' file has them.

Who trades feedback hints at it in ever new words, so no list of phrases is long enough. What can be
learned is how much each word, and each word beside another, speaks for it or against it. The weights
stand in `rules/feedback_weights.toml`, in groups by weight, and can be read and changed there.

They come from a logistic regression over the labelled texts of tests/corpora (`tests/guard/learn_feedback.py`):
features of at least three texts, each times its log inverse frequency and divided by the root of the text's number
of features (as in `weighed`), honest texts about other things counted a tenth, concepts, the case, the marketplace and
a question as features of their own; `rule`, `enough`, `doubt`, `hardly_said`, `nothing_said`, `official_request` are set by hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from sellerinbox.guard.catalogue import Catalogue

LIST = "feedback_weights"
_FEW = 12
"""A few words say less than many that agree; with fewer than these features a sum is not scaled up further."""
_LONG = 6
_BEGINNING = 5


def features(words: Sequence[str]) -> set[str]:
    """What is weighed: words, two or three side by side, two with one between, beginnings of long words.

    >>> sorted(features(["five", "stars"]))
    ['five', 'five_stars', 'stars']
    """
    said = ["#" if word[0].isdigit() else word for word in words]
    found = set(said)
    found.update(f"{one}_{two}" for one, two in pairwise(said))
    found.update(f"{one}_{two}_{three}" for one, two, three in zip(said, said[1:], said[2:], strict=False))
    found.update(f"{one}_~_{three}" for one, three in zip(said, said[2:], strict=False))
    found.update(f"{word[:_BEGINNING]}*" for word in said if len(word) >= _LONG)
    return found


def size(found: set[str]) -> float:
    """What a sum over so many features is divided by."""
    return math.sqrt(max(len(found), _FEW))


def weighed(words: Sequence[str], catalogue: Catalogue) -> float:
    """The sum for a piece of text; above zero speaks for a deal."""
    weights = weights_of(catalogue)
    found = features(words)
    return sum(weights.get(one, 0.0) for one in found) / size(found)


@lru_cache(maxsize=8)
def weights_of(catalogue: Catalogue) -> dict[str, float]:
    """Feature → weight. Groups are named by their weight, `"+1.5"`; names that are no number belong to something else."""
    weights: dict[str, float] = {}
    for group, lines in catalogue.lists.get(LIST, {}).items():
        if group[0] in "+-":
            weights.update(dict.fromkeys(" ".join(lines).split(), float(group)))
    return weights


@lru_cache(maxsize=8)
def context_of(catalogue: Catalogue) -> dict[str, float]:
    """What else is weighed → weight: `fair_…` and `fb_…` concepts, `asks`, `amazon`, `case_open`, `start`, `rule`, what may be missing."""
    said = catalogue.lists.get(LIST, {}).get("context", ())
    return {name: float(weight) for name, weight in (one.split(" = ") for one in said)}
