"""What the made-up shop can draw on: listings, carriers, sites and parts of people.

The material lies in `material/*.toml`, so that a word is changed without touching code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from sellerinbox.simulator.shop import Item, Person

_FIRST_LISTING = 385_602_117_044
_LISTING_STEP = 1_730_411


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries parcels to a country, in eBay's words."""

    code: str
    service: str
    form: str
    """The form of the tracking number; see `tracking.number`."""


@cache
def material(name: str) -> dict[str, Any]:
    """One file of the material, read once."""
    return tomllib.loads((files("sellerinbox.simulator") / "material" / f"{name}.toml").read_text("utf-8"))


@cache
def items() -> dict[str, Item]:
    """The listings by their short key."""
    return {
        entry["key"]: Item(
            listing_id=str(_FIRST_LISTING + number * _LISTING_STEP),
            sku=entry["sku"],
            price=Decimal(entry["price"]),
            titles={language: entry[language] for language in ("en", "de", "fr", "es", "zh")},
        )
        for number, entry in enumerate(material("catalogue")["item"])
    }


@cache
def carrier(country: str) -> Carrier:
    """Who carries to that country."""
    return Carrier(**material("catalogue")["carriers"][country])


def site(country: str) -> tuple[str, str]:
    """eBay's site on which buyers of a country shop, and its currency."""
    entry = material("catalogue")["sites"][country]
    return entry["site"], entry["currency"]


def person(
    rng: Random, language: str, username: str | None = None, name: tuple[str, str] | None = None, country: str | None = None
) -> Person:
    """A made-up buyer; what is not given is drawn."""
    parts = material("people")[language]
    country = country or rng.choice(parts["countries"])
    place = material("people")["places"][country]
    town, region, postcode = rng.choice(place["towns"])
    first, last = name or (rng.choice(parts["first"]), rng.choice(parts["last"]))
    street, house = rng.choice(place["streets"]), rng.randint(1, 88)
    return Person(
        username=username or f"{rng.choice(parts['handles'])}_{rng.randint(10, 99999)}",
        first=first,
        last=last,
        language=language,
        country=country,
        street=f"{house} {street}" if country in ("GB", "US", "FR") else f"{street} {house}",
        city=town,
        region=region,
        postcode=_digits(rng, postcode),
        phone=_digits(rng, place["phone"]),
    )


def _digits(rng: Random, pattern: str) -> str:
    return "".join(str(rng.randint(0, 9)) if char == "#" else char for char in pattern)
