"""Saved views: searches with a name and perhaps a key, checked when the settings are read.

[views.late-parcels]
query = "is:open has:tracking before:5d"
key = "f5"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sellerinbox.config.settings import SavedView
from sellerinbox.domain.errors import ConfigError, QueryError
from sellerinbox.domain.query import Query, parse
from sellerinbox.i18n import _

BUILT_IN = frozenset({"inbox", "due", "unread", "promises", "snoozed", "closed", "all", "drafts"})
"""The lists there are without any settings."""


def check_views(file: Path, views: Sequence[SavedView], keys: Mapping[str, str]) -> None:
    """Raise `ConfigError`, naming file and key, for a query that asks for what does not exist, a name or a key that is taken.

    `keys`: the seller's own keys for other things.
    """
    taken = {key: f"keys.{name}" for name, key in keys.items() if name != "preset"}
    for view in views:
        _check_name(file, view.name)
        _check_query(file, view)
        if view.key is None:
            continue
        if not view.key.strip():
            raise ConfigError(
                _("{file}: “views.{name}.key” is empty; name a key such as f5, or take the line out.").format(file=file, name=view.name)
            )
        if other := taken.get(view.key):
            raise ConfigError(
                _("{file}: “views.{name}.key” is “{key}”, as “{other}” is already; choose another one.").format(
                    file=file, name=view.name, key=view.key, other=other
                )
            )
        taken[view.key] = f"views.{view.name}.key"


def _check_name(file: Path, name: str) -> None:
    if name in BUILT_IN:
        raise ConfigError(
            _("{file}: “views.{name}” has the name of a list that is there already; choose another one.").format(file=file, name=name)
        )
    if not name.strip() or not name.isprintable():
        raise ConfigError(_("{file}: “views.{name!r}” needs a name that can be typed.").format(file=file, name=name))


def _check_query(file: Path, view: SavedView) -> None:
    try:
        query: Query = parse(view.query, strict=True)
    except QueryError as error:
        raise ConfigError(_("{file}: “views.{name}.query”: {error}").format(file=file, name=view.name, error=error)) from error
    if not query:
        raise ConfigError(
            _("{file}: “views.{name}.query” asks for nothing; write what to look for, such as is:unread.").format(file=file, name=view.name)
        )
