"""Public holidays by the `holidays` library: the only module that knows it, and only when a day is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from sellerinbox.domain.errors import ConfigError
from sellerinbox.i18n import _

if TYPE_CHECKING:
    from holidays import HolidayBase

KEY = "calendar.holidays"
_PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def holidays_in(place: str) -> Callable[[date], bool]:
    """Whether a day is a public holiday in a country or one of its parts: `DE`, `DE-BY`, `GB-ENG`.

    Asking loads the library; naming the place does not. Raises `ConfigError` naming the key: here
    for what can't be a place, and on the first day asked about for a place nobody knows.
    """
    if not _PLACE.fullmatch(place):
        raise ConfigError(
            _("“{key}” can't be “{place}”; it is a country and, where there is one, its part: DE, DE-BY, GB-ENG.").format(
                key=KEY, place=place
            )
        )
    return lambda day: day in _table(place)


def check_holidays(place: str) -> None:
    """Raise `ConfigError` naming the key when nobody knows the place; loads the library."""
    holidays_in(place)
    _table(place)


@lru_cache(maxsize=4)
def _table(place: str) -> HolidayBase:
    from holidays import country_holidays, list_supported_countries  # a tenth of a second: only when a promise is made

    country, _dash, part = place.partition("-")
    try:
        return country_holidays(country, subdiv=part or None)
    except NotImplementedError as error:
        parts = list_supported_countries().get(country)
        known = (
            f"; {country} has the parts {', '.join(parts)}" if parts else "" if parts is not None else f"; no country is called {country}"
        )
        raise ConfigError(
            _("“{key}” names “{place}”, whose holidays nobody knows{known}.").format(key=KEY, place=place, known=known)
        ) from error
