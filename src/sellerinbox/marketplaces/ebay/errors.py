"""eBay's own forms of a refusal (fact sheet, sections 1.4, 5.1 and 9)."""

from __future__ import annotations

from sellerinbox.i18n import N_, _
from sellerinbox.marketplaces.ebay.fields import Entry, entries, is_entry, line, number, section

_PLAIN = {
    1100: N_("this sign-in lacks a permission; sign in again and agree to all of them."),
    355006: N_("it knows no such buyer (any more)."),
    355007: N_("it knows no such conversation (any more)."),
    355013: N_("the text is longer than eBay allows (2,000 characters)."),
    355015: N_("the text is empty."),
}
"""errorId → what it means for the seller, where eBay's own words speak to programmers."""


def error_form(answer: object) -> str | None:
    """The reason of a refusal, None when it is in neither of eBay's forms: then somebody else wrote it."""
    if not is_entry(answer):
        return None
    found = entries(answer, "errors") or entries(section(answer, "errorMessage"), "error")
    return _reason(found[0]) if found else None


def _reason(error: Entry) -> str | None:
    code = number(error, "errorId")
    words = line(error, "longMessage", 300) or line(error, "message", 300)
    if code is None and words is None:
        return None
    if code in _PLAIN:
        return f"{_(_PLAIN[code])} ({code})"
    no_words, no_number = _("no reason given"), _("no number")
    return f"{words or no_words} ({no_number if code is None else code})"
