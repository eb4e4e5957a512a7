"""The marketplaces by name. Listing them imports none; opening one imports only its own folder."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sellerinbox.domain.errors import ConfigError
from sellerinbox.i18n import _

if TYPE_CHECKING:
    from sellerinbox.marketplaces.base import Marketplace

ADAPTERS = {"ebay": "sellerinbox.marketplaces.ebay.client:Ebay"}
"""Marketplace name → `module:class`."""


def adapter(name: str) -> type[Marketplace]:
    """The adapter's class. Raises `ConfigError` for a name we don't know."""
    if name not in ADAPTERS:
        raise ConfigError(
            _("There is no marketplace called “{name}”; this version knows {known}.").format(name=name, known=", ".join(sorted(ADAPTERS)))
        )
    module, _colon, attribute = ADAPTERS[name].partition(":")
    found: type[Marketplace] = getattr(import_module(module), attribute)
    return found
