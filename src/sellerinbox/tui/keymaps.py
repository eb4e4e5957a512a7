"""Presets for hands that learnt their keys elsewhere, the seller's own keys on top, and a check of both.

A preset names only what differs from `tui/keys.py`. Textual ignores unknown names and steals
a key that two bindings share without a word (checked, 8.2.8), so both are looked for here.

- `vim`: digits are counts and nothing else, so the canned replies are on F1-F9; `i` writes a
  reply, `'` opens a saved view as one jumps to a mark, `u` alone undoes.
- `gmail`: `u` goes back to the list and `z` undoes, `b` snoozes, `l` tags, `m` mutes (no reply
  needed), `!` blocks, `I` and `U` read and unread.
- `mutt`: `d` is done and `u` takes it back, `t` selects and `T` selects by a search, `l`
  searches (limit), `N` read/unread, `$` syncs, `Y` tags, `a` notes; `z` and `Z` page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from textual.binding import Binding

from sellerinbox.i18n import _
from sellerinbox.tui.keys import BY_NAME, NAMED, PLACES, SIGNS

PRESETS: dict[str, Mapping[str, str]] = {
    "default": {},
    "vim": {
        **{f"reply.canned.{n}": f"f{n}" for n in range(1, 10)},
        "help": "question_mark",
        "reply.write": "i,r",
        "undo": "u",
        "views.saved": "apostrophe",
        "select.one": "x,v",
        "list.page_down": "pagedown,ctrl+d,ctrl+f",
        "list.page_up": "pageup,ctrl+u,ctrl+b",
        "pane.page_down": "pagedown,space,ctrl+d,ctrl+f",
        "pane.page_up": "pageup,ctrl+u,ctrl+b",
        "choice.page_down": "pagedown,ctrl+d,ctrl+f",
        "choice.page_up": "pageup,ctrl+u,ctrl+b",
    },
    "gmail": {
        "undo": "z",
        "pane.back": "escape,h,left,u",
        "reply.write": "r,a",
        "conversation.snooze": "b",
        "conversation.tags": "l",
        "list.open": "enter,o,right",
        "conversation.no_reply": "m",
        "conversation.read": "I,U",
        "buyer.block": "exclamation_mark,B",
    },
    "mutt": {
        "conversation.done": "d",
        "undo": "u",
        "select.one": "t",
        "select.filter": "T",
        "conversation.tags": "Y",
        "conversation.note": "a",
        "conversation.read": "N",
        "search": "slash,l",
        "list.open": "enter,o,right",
        "pane.back": "escape,h,left,i",
        "sync.now": "dollar_sign",
        "list.first": "home,equals_sign",
        "list.last": "end,G,asterisk",
        "list.page_down": "pagedown,ctrl+d,z",
        "list.page_up": "pageup,ctrl+u,Z",
        "pane.page_down": "pagedown,space,ctrl+d,z",
        "pane.page_up": "pageup,ctrl+u,Z,minus",
    },
}
"""Preset → name of a binding → its keys."""
_NAME_OF = {sign: name for name, sign in SIGNS.items()}
_KEY = re.compile(r"(ctrl\+|shift\+|alt\+)*([a-zA-Z0-9]|f\d{1,2}|[a-z_]{2,30})")
_FUNCTION = re.compile(r"f([1-9]|1\d|2[0-4])")


def keymap(preset: str, own: Mapping[str, str]) -> dict[str, str]:
    """Name of a binding → its keys as Textual names them: the preset with the seller's own keys over it."""
    typed = {name: ",".join(map(_named, keys.split(","))) for name, keys in own.items()}
    return {**PRESETS[preset], **typed}


def keys_of(name: str, keymap: Mapping[str, str]) -> str:
    """All keys bound to a name now. Raises `KeyError` for a name that no key has."""
    return keymap.get(name) or BY_NAME[name].key


def with_keys(words: str, key_of: Callable[[str], str]) -> str:
    """A line of keys with `{page_back}` in it replaced by the key of `page.back`."""
    return re.sub(r"\{([a-z]+)_([a-z_]+)\}", lambda found: key_of(f"{found[1]}.{found[2]}"), words)


def check_keymap(own: Mapping[str, str], preset: str = "default") -> list[str]:
    """What is wrong with `[keys]`: unknown names, words that are no key, keys taken twice. A plain sentence each."""
    said = [sentence for name, wanted in own.items() for sentence in _check_one(name, wanted)]
    clashes: dict[tuple[str, ...], str] = {}
    for place, bindings in PLACES.items():
        for clash in _clashes(bindings, keymap(preset, own)):
            clashes.setdefault(clash, place)
    told = _("[keys] gives “{key}” to both “{one}” and “{other}” in {place}; only one of them will work.")
    return [*said, *(told.format(key=key, one=one, other=other, place=_(place)) for (key, one, other), place in clashes.items())]


def _check_one(name: str, wanted: str) -> Iterator[str]:
    if name not in BY_NAME:
        from difflib import get_close_matches  # only for a mistake, never at start-up

        near = get_close_matches(name, BY_NAME, 1)
        if near:
            yield _("[keys] names “{name}”, which no key is called; did you mean “{near}”?").format(name=name, near=near[0])
        else:
            yield _("[keys] names “{name}”, which no key is called; `?` on the screen shows the names.").format(name=name)
    for key in wanted.split(","):
        if not _is_key(_named(key)):
            yield _("[keys] gives “{name}” the key “{key}”, which is none.").format(name=name, key=key.strip())


def _named(key: str) -> str:
    """A key as typed into the settings, by Textual's name: `?`, `Ctrl+K`, `shift+a`."""
    key = key.strip()
    if len(key) == 1:
        return _NAME_OF.get(key, key)
    *held, base = key.split("+")
    if [each.lower() for each in held] == ["shift"] and len(base) == 1 and base.isalpha():
        return base.upper()  # what a terminal sends for it
    return "+".join([*(each.lower() for each in held), base.lower()])


def _is_key(key: str) -> bool:
    base = key.split("+")[-1]
    known = len(base) == 1 or base in NAMED or _FUNCTION.fullmatch(base)
    return bool(_KEY.fullmatch(key) and known)


def _clashes(bindings: tuple[Binding, ...], keymap: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(key, name, name) of every key that a preset or the seller gives to two things."""
    taken: dict[str, str] = {}
    for binding in bindings:
        name = binding.id or ""
        for key in (keymap.get(name) or binding.key).split(","):
            other = taken.setdefault(key, name)
            if other != name and (name in keymap or other in keymap):
                yield key, other, name
