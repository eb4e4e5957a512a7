"""Every key of the inbox: its name, what it does, and whether a remapping makes sense.

Names are what `[keys]` in the settings uses. Textual ignores unknown names and steals a key
that two bindings share without a word (checked, 8.2.8), so both are looked for here at start.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

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
INBOX = (*NAVIGATION, *ANSWERING, *TRIAGE, *PROGRAM)

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


def check_keymap(keymap: Mapping[str, str], bindings: tuple[Binding, ...] = INBOX) -> list[str]:
    """What is wrong with `[keys]`: unknown names, keys taken twice. A plain sentence each."""
    known = {binding.id: binding for binding in bindings if binding.id}
    said = []
    for name in keymap:
        if name not in known:
            near = difflib.get_close_matches(name, [k for k in known if k], 1)
            hint = f"; did you mean “{near[0]}”?" if near else "."
            said.append(f"[keys] names “{name}”, which no key is called{hint}")
    taken: dict[str, str] = {}
    for name, binding in known.items():
        for key in keymap.get(name or "", binding.key).split(","):
            if key in taken and (name in keymap or taken[key] in keymap):
                said.append(f"[keys] gives “{key}” to both “{taken[key]}” and “{name}”; only one of them will work.")
            taken.setdefault(key, name or "")
    return said
