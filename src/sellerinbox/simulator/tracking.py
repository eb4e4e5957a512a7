"""Tracking numbers that pass the carriers' own check digits and belong to nobody we know."""

from __future__ import annotations

from random import Random

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def number(rng: Random, form: str) -> str:
    """A number of that form: `S10GB` (and other countries), `UPS`, `DHL`."""
    if form.startswith("S10"):
        return s10(rng.choice(("RR", "LX", "CP")), rng.randrange(10**8), form[3:])
    if form == "UPS":
        return ups(f"{rng.randrange(10**6):06}", f"{rng.randrange(10**9):09}")
    return dhl(rng.randrange(10**10))


def s10(service: str, serial: int, country: str) -> str:
    """A postal number after UPU standard S10: two letters, eight digits, check digit, country."""
    digits = f"{serial:08}"
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_S10_WEIGHTS, digits, strict=True)) % 11
    check = {10: 0, 11: 5}.get(rest, rest)
    return f"{service}{digits}{check}{country}"


def ups(shipper: str, serial: str) -> str:
    """A UPS number: `1Z`, shipper, service and package, check digit modulo 10 with every second digit doubled."""
    body = shipper + serial
    # A letter counts as its place in the alphabet plus one, modulo 10.
    values = [int(char) if char.isdigit() else (ord(char) - 63) % 10 for char in body]
    total = sum(value * (2 if place % 2 else 1) for place, value in enumerate(values))
    return f"1Z{body}{-total % 10}"


def dhl(serial: int) -> str:
    """A German DHL parcel's number: 20 digits, an SSCC of prefix 00340434 with its check digit."""
    body = f"003404341{serial:010}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(body), start=1))
    return f"{body}{-total % 10}"
