"""The guard on texts that no rule, concept or weight was made from: the only figures that say how good it is.

Their author saw neither the rules nor any other set; `learn.py` leaves them out. Floors are what was measured, less a little
for what another machine's libraries may do; a better guard raises them, and nobody looks at the texts to get there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.guard import figures, learn

CORPORA = Path(__file__).parent.parent / "corpora"


def measured(family: str, way: str = "plain") -> figures.Figures:
    path = CORPORA / f"{'tone' if family == 'form' else family}.unseen.jsonl"
    assert path.name.endswith(learn.JUDGES)
    return figures.measure(figures.load(path), family, way)


@pytest.mark.parametrize(
    ("family", "precision", "recall", "blocked"),
    [("off_platform", 0.96, 0.92, 0.03), ("feedback", 0.97, 0.95, 0.03), ("tone", 0.94, 0.91, 0.0), ("form", 0.99, 0.99, 0.0)],
)
def test_unseen_texts_are_told_apart(family: str, precision: float, recall: float, blocked: float) -> None:
    result = measured(family)

    assert result.precision >= precision
    assert result.recall >= recall
    assert result.honest("block") <= blocked
    assert result.honest("warn") <= 0.02


@pytest.mark.parametrize("family", ["off_platform", "feedback", "tone", "form"])
@pytest.mark.parametrize("way", ["doubled", "padded"])
def test_neither_a_repetition_nor_honest_words_before_it_hide_anything(family: str, way: str) -> None:
    assert measured(family, way).recall >= measured(family).recall - 0.02
