"""Postal addresses in a text: where goods shall be sent, past the return that the marketplace runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.off_platform.scope import Scope
from sellerinbox.guard.reading import Reading

_STREETS = {
    "en": (
        r"(?<![\d-])\b\d{1,5}[a-z]?,? (?:(?!is |are |was |its |the way|their |on )[a-z']+ ){1,3}"
        r"(?:street|st|road|rd|lane|ln|row|avenue|ave|close|drive|dr|way|works|end|court|ct|place|pl|"
        r"terrace|square|crescent|grove|gardens|hill|mews|park|walk|yard|wharf|mill|estate|boulevard|blvd|parade|rise|green)\b|"
        r"\bunit \d+|\bpo box \d+|"
        r"(?P<code>\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b|(?<=, )[a-z]{2} \d{5}(?:-\d{4})?\b)"
    ),
    "de": (
        r"\b[a-zß-]{2,}(?:weg|strasse|straße|str\.|gasse|platz|allee|ring|hof|damm|ufer|steig|markt|berg|winkel) ?\d{1,4}[a-z]?\b|"
        r"\b(?:am|im|an der|auf der|zum|zur|in der) [a-zß]+ \d{1,4}[a-z]?, |(?<=[,\n] )\d{5} [a-zß]{3,}|\bpostfach \d+"
    ),
    "fr": r"\b\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|av\.|bd|boulevard|chemin|place|impasse|allee|route|"
    r"quai|cours|passage|square)\b|(?<=[,\n] )\d{5} [a-z]{3,}",
    "es": r"\b(?:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|camino|carretera|"
    r"ronda|poligono|travesia) ?[a-z ]{2,40},? ?(?:n\S? ?)?\d+|(?<=[,\n] )\d{5} [a-z]{3,}",
    "zh": (
        r"(?:[省市县区镇乡村].{0,14}){1,3}[路街道巷弄段园里村区栋号].{0,8}?\d+ ?[号楼栋室弄巷]|"
        r"[路街道巷弄段] ?\d+ ?[号弄巷]|\d+ ?号 ?\d+ ?(?:楼|室|栋)"
    ),
}
_BUILT = {language: re.compile(pattern) for language, pattern in _STREETS.items()}
_RULE = "off_platform.address.send_to"


def check(reading: Reading, scope: Scope) -> Iterator[Finding]:
    """An address that goods shall be sent to."""
    if not reading.has(_RULE) or not scope.of("off_send"):
        return
    text = reading.folded.text
    for language in reading.languages:
        for match in _BUILT[language].finditer(text) if language in _BUILT else ():
            span = reading.folded.span(match.start(), match.end())
            if match.lastgroup == "code" and not reading.text[span[0] : span[1]].isupper():
                continue
            first, _ = scope.at(*span)
            begin, limit = scope.sentence(first)
            sends = [place for place in range(begin, limit) if place in scope.of("off_send")]
            meant = [place for place in sends if not scope.refused(place, place + 1)]
            if meant and not scope.within("off_on_file", begin, limit):
                start = min(scope.tokens.starts[meant[0]], match.start())
                yield reading.finding(_RULE, *reading.folded.span(start, match.end()))
                break
