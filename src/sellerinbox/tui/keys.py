"""Every key of the inbox: its name, what it does, and whether a remapping makes sense.

Names are what `[keys]` in the settings uses. Textual ignores unknown names and steals a key
that two bindings share without a word (checked, 8.2.8), so both are looked for here at start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from textual.binding import Binding

NAVIGATION = (
    Binding("tab", "pane(1)", "Next pane", id="pane.next", show=False),
    Binding("shift+tab", "pane(-1)", "Previous pane", id="pane.previous", show=False),
    Binding("escape,h,left", "back", "Back to the list", id="pane.back", show=False),
    Binding("right_square_bracket,J", "step(1)", "Next conversation", id="conversation.next", show=False),
    Binding("left_square_bracket,K", "step(-1)", "Previous conversation", id="conversation.previous", show=False),
    Binding("slash", "search", "Search", id="search"),
    Binding("O", "orders", "Look up an order", id="orders"),
    Binding("g", "go", "Go to another list or screen", id="go"),
)
ANSWERING = (
    Binding("r", "reply", "Reply", id="reply.write"),
    *(Binding(str(n), f"canned('{n}')", f"Canned reply {n}", id=f"reply.canned.{n}", show=False) for n in range(1, 10)),
    Binding("c", "canned_palette", "Canned replies", id="reply.palette"),
    Binding("u,z", "undo", "Undo", id="undo"),
    Binding("x", "settle", "Cancel or resend a reply that is stuck", id="reply.settle", show=False),
)
TRIAGE = (
    Binding("e", "done", "Done", id="conversation.done"),
    Binding("E", "reopen", "Reopen", id="conversation.reopen", show=False),
    Binding("U", "toggle_read", "Read/unread", id="conversation.read", show=False),
    Binding("B", "block", "Block buyer", id="buyer.block"),
    Binding("y", "copy", "Copy tracking or order number", id="copy", show=False),
)
PROGRAM = (
    Binding("R", "sync_now", "Sync now", id="sync.now", show=False),
    Binding("question_mark,f1", "help", "Help", id="help"),
    Binding("ctrl+k,colon", "command_palette", "Commands", id="palette", show=False),
    Binding("q", "quit_inbox", "Quit", id="quit"),
)
OPENING = frozenset(
    {"reply", "canned", "canned_palette", "settle", "block", "go", "search", "orders", "help", "command_palette", "quit_inbox"}
)
"""Actions that put another screen in front."""
INBOX = (*NAVIGATION, *ANSWERING, *TRIAGE, *PROGRAM)

LIST = (
    Binding("down,j", "move(1)", "Next conversation", show=False, id="list.down"),
    Binding("up,k", "move(-1)", "Previous conversation", show=False, id="list.up"),
    Binding("pagedown,ctrl+d", "move_page(1)", "Page down", show=False, id="list.page_down"),
    Binding("pageup,ctrl+u", "move_page(-1)", "Page up", show=False, id="list.page_up"),
    Binding("home", "first", "First conversation", show=False, id="list.first"),
    Binding("end,G", "last", "Last conversation", show=False, id="list.last"),
    Binding("enter,o,right,l", "open", "Open", show=False, id="list.open"),
)
PANE = (
    Binding("down,j", "scroll_lines(1)", "Down", show=False, id="pane.down"),
    Binding("up,k", "scroll_lines(-1)", "Up", show=False, id="pane.up"),
    Binding("pagedown,space,ctrl+d", "scroll_pages(1)", "Page down", show=False, id="pane.page_down"),
    Binding("pageup,ctrl+u", "scroll_pages(-1)", "Page up", show=False, id="pane.page_up"),
    Binding("home", "scroll_to(0)", "Top", show=False, id="pane.top"),
    Binding("end,G", "scroll_to(-1)", "Bottom", show=False, id="pane.bottom"),
)
CHOICE = (
    Binding("down,j", "move(1)", "Down", show=False, id="choice.down"),
    Binding("up,k", "move(-1)", "Up", show=False, id="choice.up"),
    Binding("pagedown,ctrl+d", "move(10)", "Page down", show=False, id="choice.page_down"),
    Binding("pageup,ctrl+u", "move(-10)", "Page up", show=False, id="choice.page_up"),
    Binding("home", "move(-100000)", "First", show=False, id="choice.first"),
    Binding("end,G", "move(100000)", "Last", show=False, id="choice.last"),
    Binding("enter,l", "choose", "Choose", show=False, id="choice.choose"),
)
REPLY = (
    # None of them has priority: they come behind the letters typed before them.
    Binding("ctrl+s", "send", "Send", id="reply.send"),
    Binding("ctrl+o", "editor", "Open in $EDITOR", id="reply.editor"),
    Binding("escape", "back", "Back, draft kept", id="reply.leave"),
    Binding("ctrl+t", "discard", "Throw the draft away", id="reply.discard"),
)
CANNED = (
    Binding("down", "move(1)", "Down", show=False, priority=True, id="canned.down"),
    Binding("up", "move(-1)", "Up", show=False, priority=True, id="canned.up"),
    Binding("tab", "edit", "Change it first", priority=True, id="canned.edit"),
)
PAGE = (Binding("escape,q", "leave", "Back", id="page.back"),)
QUERY = (Binding("down", "into_list", "Results", show=False, id="page.into_list"),)
OUTBOX = (
    Binding("x", "cancel", "Call back", id="outbox.cancel"),
    Binding("R", "retry", "Send again", id="outbox.retry"),
)
BLOCKED = (
    Binding("d", "done", "Done on the page", id="blocked.done"),
    Binding("x", "unblock", "Unblock", id="blocked.unblock"),
    Binding("y", "copy", "Copy the name", id="blocked.copy"),
)
DIALOG = (Binding("escape", "back", "Back", id="dialog.back"),)
CONFIRM = (
    Binding("y", "yes", "Yes", id="dialog.yes"),
    Binding("n", "back", "No", id="dialog.no"),
)

GO = {
    "g": ("top", "", "the top of this pane"),
    "i": ("view", "inbox", "inbox: everything open, most urgent first"),
    "d": ("view", "due", "due: buyers who wait for an answer"),
    "u": ("view", "unread", "unread"),
    "c": ("view", "closed", "closed"),
    "a": ("view", "all", "all conversations"),
    "o": ("screen", "outbox", "outbox: what waits, went, or is stuck"),
    "b": ("screen", "blocked", "blocked buyers"),
    "p": ("screen", "orders", "orders and parcels"),
}
"""`g`, then a letter: (kind, target, words)."""


PLACES: dict[str, tuple[Binding, ...]] = {
    "the list": (*INBOX, *LIST),
    "the messages and the order": (*INBOX, *PANE),
    "the reply box": REPLY,
    "the canned replies": (*DIALOG, *CANNED),
    "search and orders": (*PAGE, *QUERY, *CHOICE),
    "the outbox": (*PAGE, *CHOICE, *OUTBOX),
    "the blocked buyers": (*PAGE, *CHOICE, *BLOCKED),
    "questions": (*DIALOG, *CONFIRM),
}
"""Where keys are bound together: within one place a key can mean one thing only."""
BY_NAME = {binding.id: binding for place in PLACES.values() for binding in place if binding.id}
_NAMES = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}
_KEY = re.compile(r"(ctrl\+|shift\+|alt\+)*([a-zA-Z0-9]|f\d{1,2}|[a-z_]{3,30})")


def key_name(key: str) -> str:
    """A key, or several, as printed on the keyboard."""
    parts = [part.strip() for part in key.split(",")]
    return " ".join(_NAMES.get(part) or (f"Ctrl+{part[5:].upper()}" if part.startswith("ctrl+") else part) for part in parts)


def check_keymap(keymap: Mapping[str, str]) -> list[str]:
    """What is wrong with `[keys]`: unknown names, words that are no key, keys taken twice. A plain sentence each."""
    said = []
    for name, wanted in keymap.items():
        if name not in BY_NAME:
            from difflib import get_close_matches  # only for a mistake, never at start-up

            near = get_close_matches(name, BY_NAME, 1)
            said.append(f"[keys] names “{name}”, which no key is called{f'; did you mean “{near[0]}”?' if near else '.'}")
        said += [f"[keys] gives “{name}” the key “{key}”, which is none." for key in wanted.split(",") if not _is_key(key.strip())]
    clashes: dict[tuple[str, ...], str] = {}
    for place, bindings in PLACES.items():
        for clash in _clashes(bindings, keymap):
            clashes.setdefault(clash, place)
    told = "[keys] gives “{}” to both “{}” and “{}” in {}; only one of them will work."
    return [*said, *(told.format(*clash, place) for clash, place in clashes.items())]


_OTHERS = frozenset({"delete", "insert", "backspace", "full_stop", "comma", "minus", "plus", "semicolon", "at", "number_sign", "asterisk"})
_FUNCTION = re.compile(r"f\d{1,2}")


def _is_key(key: str) -> bool:
    base = key.split("+")[-1]
    known = len(base) == 1 or base in _NAMES or base in _OTHERS or _FUNCTION.fullmatch(base)
    return bool(_KEY.fullmatch(key) and known)


def _clashes(bindings: tuple[Binding, ...], keymap: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(key, name, name) of every key that a remapping gives to two things."""
    taken: dict[str, str] = {}
    for binding in bindings:
        name = binding.id or ""
        for key in keymap.get(name, binding.key).split(","):
            other = taken.setdefault(key.strip(), name)
            if other != name and (name in keymap or other in keymap):
                yield key.strip(), other, name
