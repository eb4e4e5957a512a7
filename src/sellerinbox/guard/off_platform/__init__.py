"""Contact and deals past the marketplace: e-mail, telephone, messengers, sites, money, addresses. One file a kind.

The rules read the text without its disguises; what they find is told at its place in the text as
given. Rules of words stand in `rules/off_platform*.toml`; a sentence that refuses such contact,
warns of it or is about goods with such names takes them back, wherever the words come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sellerinbox.guard.catalogue import Catalogue
from sellerinbox.guard.disguise import undone
from sellerinbox.guard.findings import Finding
from sellerinbox.guard.fold import fold
from sellerinbox.guard.off_platform import address, email, messenger, payment, phone, url
from sellerinbox.guard.off_platform.scope import Scope
from sellerinbox.guard.reading import READ, Reading
from sellerinbox.guard.together import together

_QUOTED = 200


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    plain = undone(reading.text[:READ], reading.folded, _hidden(reading.catalogue))
    inner = reading if plain.places is None else Reading(plain.text, reading.context, reading.catalogue)
    if not inner.tokens.words:
        return
    for finding in _found(inner, plain.touched):
        start, end = plain.span(finding.start, finding.end)
        yield replace(finding, start=start, end=end, text=reading.text[start : min(end, start + _QUOTED)])


def _found(reading: Reading, touched: frozenset[int]) -> Iterator[Finding]:
    scope = Scope(reading)
    mails = email.places(reading)
    yield from email.check(reading, mails)
    yield from url.check(reading, [(start, end) for start, end, _ in mails])
    yield from phone.check(reading, scope)
    yield from messenger.check(reading, scope, touched)
    yield from payment.check(reading)
    yield from address.check(reading, scope)
    for finding in reading.rules("off_platform"):
        place = scope.at(finding.start, finding.end)
        if scope.meant(*place) and not (finding.rule == "off_platform.phone.call" and scope.carried(*place)):
            yield finding
    for finding in together(reading, "off_platform"):
        if scope.hinted(*scope.at(finding.start, finding.end)):
            yield finding


def _hidden(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(fold(word) for word in catalogue.lists.get("off_hidden", {}).get("words", ()))
