"""The keys of the place the seller is in, as they are bound now: for the help and for the palette of commands."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from sellerinbox.i18n import N_
from sellerinbox.tui import keys


class KeyHere(NamedTuple):
    """Something that keys do here."""

    binding: Binding
    keys: str
    """As printed on the keyboard, those that another binding shadows left out."""
    node: DOMNode
    """Whose action it is."""


def keys_here(screen: Screen[Any]) -> list[KeyHere]:
    """Every binding of ours that reaches the screen or its focused widget, in the order in which they are bound."""
    found: dict[str, KeyHere] = {}
    taken: set[str] = set()
    # `active_bindings`, the public way, takes a field for the receiver of keys that it hands on (checked, 8.2.8).
    for node, bindings in screen._modal_binding_chain:  # noqa: SLF001
        for key, binding in bindings:
            if key in taken or _steps_aside(binding):
                continue
            taken.add(key)
            name = binding.id or ""
            if name in keys.BY_NAME and _has_action(node, binding.action):
                before = f"{found[name].keys} " if name in found else ""
                found[name] = KeyHere(binding, before + keys.key_name(key), node)
    return list(found.values())


def sections(here: list[KeyHere]) -> list[tuple[str, list[KeyHere]]]:
    """The keys under their headings, in the order of `keys.SECTIONS`; empty ones left out."""
    by_name = {each.binding.id: each for each in here}
    grouped = [(title, [by_name.pop(binding.id) for binding in bindings if binding.id in by_name]) for title, bindings in keys.SECTIONS]
    return [(title, those) for title, those in (*grouped, (N_("Here"), list(by_name.values()))) if those]


def _steps_aside(binding: Binding) -> bool:
    """Textual's own scrolling of a field with one line gives the key to the screen behind it."""
    return not binding.id and binding.action.startswith("scroll_")


def _has_action(node: DOMNode, action: str) -> bool:
    target, _dot, name = action.partition("(")[0].rpartition(".")
    return hasattr(node.app if target == "app" else node, f"action_{name}")
