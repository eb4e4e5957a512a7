"""Telephone numbers, and talk of calling each other.

A row of digits counts by evidence: how it is written, what stands around it (somebody to ring, or
an order), and whether a country's numbers look like that. Numbers of goods and parcels never count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.off_platform.digits import Row, rows
from sellerinbox.guard.off_platform.scope import Scope
from sellerinbox.guard.reading import Reading

_LEAST, _MOST = 7, 15
_WORDS = 3
"""Number words that make a row of digits a disguise, whatever else it is."""
_ORDER = re.compile(r"\d{2}-\d{5}-\d{5}|\d{3}-\d{7}-\d{7}|97[89][- ]?(?:\d[- ]?){9}[\dx]")
_DATE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})"
    r"(?:\D{1,3}\d{1,2}[.h]?\d{0,2})?|(?:\d{4} ?[-/] ?){1,2}\d{4}"
)
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}|(?:19|20)\d\d")
_AMERICAN = re.compile(r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. /]{1,2}[2-9]\d\d[-. ]\d{4}")
_TRUNK = re.compile(r"\(?0\d{1,5}\)?(?:[ ./-]{1,3}\d{1,8}){1,6}|0[1-9]\d{8,9}|01[5-7]\d{8,9}")
_CHINESE = re.compile(r"(?:1[3-9]\d)[- ]?\d{4}[- ]?\d{4}|09\d\d[- ]?\d{3}[- ]?\d{3}|0\d{1,3}-\d{7,8}|400[- ]?\d{3,4}[- ]?\d{3,4}")
_SPANISH = re.compile(r"[6789]\d\d[ .]\d{3}[ .]\d{3}|[6789]\d\d(?:[ .]\d\d){3}")
_CODE = re.compile(r"(?!tel|mob|fon|wa|ph)[a-z]{1,4}\d{2,}(?:[/-]\d+)*[a-z]{0,3}")
"""A code: letters stand only at its ends."""
_REGIONS = {"en": ("GB", "US"), "de": ("DE", "AT", "CH"), "fr": ("FR", "BE"), "es": ("ES", "MX"), "zh": ("CN", "TW", "HK")}
_BEFORE, _AFTER = 7, 5
_UNIT = re.compile(r" ?(?:cm|mm|kg|g|m|v|w|a|x|%|€|\$|£|mah|ml|l|in|inch|eur|usd|元|公分|毫米|克|块)\b|[%€$£¥″]")
_MONEY = re.compile(r"[$€£¥]\s?$")


def check(reading: Reading, scope: Scope) -> Iterator[Finding]:
    """Every telephone number."""
    for row in rows(reading):
        if len(row.digits) >= _LEAST - 1 and _is_phone(row, reading, scope) and not _known(row, reading):
            rule = "off_platform.phone.disguised" if row.disguised else "off_platform.phone.number"
            if reading.has(rule):
                yield reading.finding(rule, *reading.folded.span(row.start, row.end))
    if reading.has("off_platform.phone.in_pieces"):
        yield from _in_pieces(reading, scope)


def _known(row: Row, reading: Reading) -> bool:
    plain = (re.sub(r"\D", "", known) for known in reading.context.known)
    return any(len(known) >= _LEAST - 1 and (known in row.digits or row.digits in known) for known in plain)


def _is_phone(row: Row, reading: Reading, scope: Scope) -> bool:
    count, text = len(row.digits), reading.folded.text
    piece = text[row.start : row.end]
    first, limit = scope.at(*reading.folded.span(row.start, row.end))
    rung, counted = _rung(scope, first, limit), _counted(scope, first, limit)
    if _is_code(row, text):
        return False
    if row.disguised:
        return _is_hidden(row, text, rung=rung, counted=counted)
    if count > _MOST or _ORDER.fullmatch(piece) or _DATE.fullmatch(piece) or _is_goods(row, text):
        return False
    if _is_international(row, text):
        return True
    if rung:
        return not counted and (count >= _LEAST or bool(re.fullmatch(r"\d{3}[ -]?\d{3,4}", piece)))
    if counted or count < _LEAST + 1 or _UNIT.match(text, row.end) or _MONEY.search(text, max(0, row.start - 2), row.start):
        return False
    return _looks_like_one(row, text, reading)


def _is_hidden(row: Row, text: str, *, rung: bool, counted: bool) -> bool:
    if counted and not rung:
        return False
    if row.words:
        few = row.words < _WORDS
        return len(row.digits) > (_LEAST if few else _LEAST - 1) and not _is_counting(row) and (rung or not few or row.digits[0] == "0")
    if row.letters:
        return len(row.digits) in range(_LEAST + 1, _MOST + 1) and (rung or not _is_goods(row, text)) and _mostly_digits(row, text)
    return len(row.digits) in range(_LEAST, _MOST + 1)


def _is_code(row: Row, text: str) -> bool:
    """A parcel's number such as RR123456789GB: its letters look like digits, but all stand at its ends."""
    start, end = row.start, row.end
    while start and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return end - start < 2 * _MOST and text[start] != "o" and _CODE.fullmatch(text, start, end) is not None


def _mostly_digits(row: Row, text: str) -> bool:
    piece = text[row.start : row.end]
    digits = sum(char.isdigit() for char in piece)
    return digits * 5 >= len(row.digits) * 2


def _is_counting(row: Row) -> bool:
    """One, two, three, four."""
    groups = [int(group) for group in row.groups if len(group) < 4]
    return len(groups) > 3 and all(after - before == 1 for before, after in pairwise(groups))


def _is_goods(row: Row, text: str) -> bool:
    """Letters glued to it, or fractions and lists: a part number, a price, sizes."""
    before, after = text[max(0, row.start - 2) : row.start], text[row.end : row.end + 2]
    glued = re.search(r"[a-z][-/.#]?$|#$|[.,]$", before) or re.match(r"[-/_]?[a-z]|[,.]\d", after)
    return bool(glued) and not re.search(r"[^a-z](?:tel|wa|t|ph|m|p)[.:]?$", " " + text[max(0, row.start - 6) : row.start])


def _is_measure(row: Row, text: str) -> bool:
    """A price, a weight, a day, a year."""
    return bool(_UNIT.match(text, row.end) or _DAY.fullmatch(text, row.start, row.end)) or _is_goods(row, text)


def _rung(scope: Scope, first: int, limit: int) -> bool:
    begin, end = scope.sentence(first)
    return scope.within("off_phone_cue", max(begin, first - 2 * _BEFORE), min(end, limit + 2 * _AFTER))


def _counted(scope: Scope, first: int, limit: int) -> bool:
    begin, end = scope.sentence(first)
    near = scope.within("off_id_cue", max(begin, first - _BEFORE), first)
    return near or scope.within("off_id_after", limit, min(end, limit + 3))


def _is_international(row: Row, text: str) -> bool:
    """A country's code behind a plus, whatever is said of it."""
    before = text[max(0, row.start - 3) : row.start].rstrip(" (")
    return before.endswith("+") and not before[-2:-1].isalnum() and _LEAST < len(row.digits) <= _MOST


def _looks_like_one(row: Row, text: str, reading: Reading) -> bool:
    piece = text[row.start : row.end]
    if row.digits.startswith("00") and len(row.digits) > 10:
        return len(row.digits) <= _MOST and ("-" in piece or " " in piece)
    if _AMERICAN.fullmatch(piece) or (_TRUNK.fullmatch(piece) and len(row.digits) in range(9, 13) and len(row.groups[0]) > 1):
        return True
    if "zh" in reading.languages and _CHINESE.fullmatch(piece):
        return True
    return ("es" in reading.languages and _SPANISH.fullmatch(piece) is not None) or (len(row.groups) > 1 and _valid(piece, reading))


def _valid(piece: str, reading: Reading) -> bool:
    import phonenumbers

    regions = [region for language in reading.languages for region in _REGIONS.get(language, ())]
    matches = (
        found
        for region in regions
        for found in phonenumbers.PhoneNumberMatcher(piece, region, leniency=phonenumbers.Leniency.STRICT_GROUPING)
    )
    return any(found.raw_string == piece for found in matches)


def _in_pieces(reading: Reading, scope: Scope) -> Iterator[Finding]:
    """A number given bit by bit: "it begins with 0770, then 900, the end is 461"."""
    cues = list(scope.of("off_pieces"))
    if not cues:
        return
    text = reading.folded.text
    found = [row for row in rows(reading) if len(row.digits) > 1 and not _is_measure(row, text)]
    for cue in cues:
        place = scope.tokens.starts[cue]
        near = [row for row in found if abs(row.start - place) < 90]
        digits = sum(len(row.digits) for row in near)
        first, limit = max(0, cue - 12), min(len(scope.tokens.words), cue + 12)
        if (
            len(near) > 1
            and digits in range(_LEAST, _MOST + 1)
            and sum(len(row.digits) > 2 for row in near) > 1
            and not scope.within("off_id_cue", first, limit)
            and (digits > _LEAST + 1 or near[0].digits[0] == "0" or scope.within("off_phone_cue", first, limit))
        ):
            yield reading.finding("off_platform.phone.in_pieces", *reading.folded.span(near[0].start, near[-1].end))
            return
