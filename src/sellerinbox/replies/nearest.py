"""What was probably meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of an error's sentence that names what was probably meant, or all there is."""
    from difflib import get_close_matches  # only for a mistake, never on the way to a reply

    names = tuple(known)
    close = get_close_matches(word, names, n=1)
    return f"; did you mean “{close[0]}”?" if close else f"; known are {', '.join(names)}"
