"""How sellers promise things, in five languages: the tables behind `commitments`.

Patterns over small letters. Each language says who promises (`promises`), which verbs make a promise even without a day
(`kinds`), what takes a promise back (`never`), what makes it depend on the buyer (`condition`), and where somebody else's
part of the sentence begins (`others`).
"""

from __future__ import annotations

from typing import NamedTuple


class PromiseWords(NamedTuple):
    """One language's ways to promise."""

    hints: frozenset[str]
    """A sentence with none of these words (Chinese: signs) is not looked at any closer."""
    promises: tuple[str, ...]
    """The seller says he will do something; a day is not needed when one of `kinds` follows."""
    dated: tuple[str, ...]
    """A promise only together with a day: the same words also tell what is happening or usual."""
    kinds: dict[str, str]
    """What is promised → its verbs: `refund`, `send`, `check`, `answer`, `do`."""
    denied: str
    """Right before the beginning: it will not be done."""
    never: str
    """Right after the beginning: no promise after all (denied, away, polite)."""
    usual: str
    """Says what is usual, not what will be done for this buyer."""
    condition: str
    """It depends on what the buyer does or wants."""
    own_condition: str
    """Looks like `condition`, but depends on the seller's own news or is only polite."""
    not_arrived: str
    """A condition with a day on which the seller has to act: "if it is not there by Friday"."""
    others: str
    """Here somebody else's part of the sentence begins; days behind it are not the seller's."""
    asks: str
    """A sentence that begins like this is a question or a request, whatever mark it ends with."""


def words(spaced: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(spaced.split())
