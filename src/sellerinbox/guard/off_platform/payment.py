"""Money past the checkout: account numbers. Talk of it is a matter of words, see `rules/off_platform_payment.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sellerinbox.guard.findings import Finding
from sellerinbox.guard.reading import Reading

_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_COUNTRIES = re.compile(
    r"ad|ae|al|at|az|ba|be|bg|bh|br|by|ch|cr|cy|cz|de|dk|do|ee|eg|es|fi|fo|fr|gb|ge|gi|gl|gr|gt|hr|hu|ie|il|iq|is|it|"
    r"jo|kw|kz|lb|lc|li|lt|lu|lv|ly|mc|md|me|mk|mr|mt|mu|nl|no|pk|pl|ps|pt|qa|ro|rs|ru|sa|sc|se|si|sk|sm|st|sv|tl|tn|"
    r"tr|ua|va|vg|xk"
)
"""Countries that have such numbers."""
_LEFT_OVER = 97
"""ISO 7064: what an account number is divided by to see whether it is one."""


def check(reading: Reading) -> Iterator[Finding]:
    """Every account number."""
    text = reading.folded.text
    if reading.has("off_platform.payment.iban"):
        for match in _IBAN.finditer(text):
            if is_iban(match[0]):
                yield reading.finding("off_platform.payment.iban", *reading.folded.span(match.start(), match.end()))


def is_iban(written: str) -> bool:
    """Whether the check digits of an account number are right."""
    plain = written.replace(" ", "")
    if len(plain) not in range(15, 35) or not _COUNTRIES.fullmatch(plain[:2].lower()):
        return False
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % _LEFT_OVER == 1
