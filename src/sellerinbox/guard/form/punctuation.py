"""Marks: in rows, of the wrong width, without their other half."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sellerinbox.guard.form.typed import Slip, Typed

_CALLS = re.compile(r"(?P<at>(?P<mark>[!?！？])(?:[ \t]?(?P=mark)){1,200})")
_MIXED_CALLS = re.compile(r"(?P<at>(?P<mark>[!?！？])[!?！？]{2,200})")
_STOPS = re.compile(r"(?<![.\d])(?P<at>\.\.(?!\.)|\.{4,200}|(?P<mark>[,;，；、。])(?P=mark){1,200})")
_WAVES = re.compile(r"(?P<at>[~～]{2,200})")
_HALF = re.compile(r"(?<=[\u3400-\u9fff])(?P<at>[,;:!?])(?=[\u3400-\u9fff\s]|$)")
_FULL = re.compile(r"(?<=[A-Za-zÀ-ÿ])(?P<at>[，；：！？])(?=[ ]?[A-Za-zÀ-ÿ])")
_WIDTHS = str.maketrans(",;:!?", "，；：！？")
_NARROW = {"，": ", ", "；": "; ", "：": ": ", "！": "! ", "？": "? "}
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"), ("「", "」"), ("《", "》"), ("«", "»"))


def check(typed: Typed) -> Iterator[Slip]:
    """Every place of this kind."""
    for match in _CALLS.finditer(typed.text):
        yield Slip("form.punctuation.row", *match.span("at"), match["mark"])
    for match in _MIXED_CALLS.finditer(typed.text):
        if len(set(match[0])) > 1:
            yield Slip("form.punctuation.row", *match.span("at"), "?" if "?" in match[0] else match["mark"])
    for match in _STOPS.finditer(typed.text):
        yield Slip("form.punctuation.row", *match.span("at"), match["mark"] or ("..." if len(match[0]) > 2 else "."))
    for match in _WAVES.finditer(typed.text):
        yield Slip("form.punctuation.wave", *match.span("at"), match[0][0])
    for match in _HALF.finditer(typed.text):
        yield Slip("form.punctuation.width", *match.span("at"), match[0].translate(_WIDTHS))
    if not typed.chinese:
        for match in _FULL.finditer(typed.text):
            yield Slip("form.punctuation.width", *match.span("at"), _NARROW[match[0]])
    yield from _halves(typed.text)


def _halves(text: str) -> Iterator[Slip]:
    """A bracket or quotation mark that stands alone. Lists count `1)`, faces smile `:)`, so a lone closing one means nothing."""
    for opening, closing in _PAIRS:
        missing = text.count(opening) - text.count(closing)
        if missing > 0 and not (opening == "(" and re.search(r"[:;=]-?\(", text)) and not (opening == "“" and "„" in text):
            at = text.rfind(opening)
            yield Slip("form.punctuation.half", at, at + 1, None)
    straight = [match.start() for match in re.finditer(r'(?<![\d½¼¾])"', text)]
    if len(straight) % 2 and not re.search(r'[\d½¼¾]"', text):
        yield Slip("form.punctuation.half", straight[-1], straight[-1] + 1, None)
