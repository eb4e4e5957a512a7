"""Every key of the program: its name, what it does, and where it does it.

Names are what `[keys]` in the settings uses; `tui/keymaps.py` lays presets and the seller's
own keys over these and looks for what would not work.
"""

from __future__ import annotations

from textual.binding import Binding

from sellerinbox.i18n import N_, _

NAVIGATION = (
    Binding("tab", "pane(1)", N_("Next pane"), id="pane.next", show=False),
    Binding("shift+tab", "pane(-1)", N_("Previous pane"), id="pane.previous", show=False),
    Binding("escape,h,left", "back", N_("Back to the list"), id="pane.back", show=False),
    Binding("right_square_bracket,J", "step(1)", N_("Next conversation"), id="conversation.next", show=False),
    Binding("left_square_bracket,K", "step(-1)", N_("Previous conversation"), id="conversation.previous", show=False),
    Binding("slash", "search", N_("Search"), id="search"),
    Binding("O", "orders", N_("Look up an order"), id="orders"),
    Binding("g", "go", N_("Go to another list or screen"), id="go"),
    Binding("v", "saved_views", N_("Saved views"), id="views.saved", show=False),
)
ANSWERING = (
    Binding("r", "reply", N_("Reply"), id="reply.write"),
    *(Binding(str(n), f"canned('{n}')", N_("Canned reply {number}"), id=f"reply.canned.{n}", show=False) for n in range(1, 10)),
    Binding("c", "canned_palette", N_("Canned replies"), id="reply.palette"),
    Binding("W", "why", N_("Why these canned replies"), id="reply.why", show=False),
    Binding("X", "settle", N_("Decide on a reply that is stuck"), id="reply.settle", show=False),
    Binding("u,z", "undo", N_("Undo"), id="undo"),
    Binding("full_stop", "repeat", N_("Do the last thing once more"), id="repeat", show=False),
)
TRIAGE = (
    Binding("e", "done", N_("Done"), id="conversation.done"),
    Binding("E", "reopen", N_("Reopen"), id="conversation.reopen", show=False),
    Binding("s", "snooze", N_("Snooze"), id="conversation.snooze"),
    Binding("S", "wake", N_("Wake a snoozed one"), id="conversation.wake", show=False),
    Binding("n", "no_reply", N_("No reply needed"), id="conversation.no_reply", show=False),
    Binding("p", "promise", N_("Promise: add or renew"), id="promise.add", show=False),
    Binding("N", "note", N_("Note, never sent"), id="conversation.note", show=False),
    Binding("t", "tags", N_("Tags"), id="conversation.tags", show=False),
    Binding("U", "toggle_read", N_("Read/unread"), id="conversation.read", show=False),
    Binding("B", "block", N_("Block buyer"), id="buyer.block"),
    Binding("y", "copy", N_("Copy tracking or order number"), id="copy", show=False),
)
SELECTING = (
    Binding("x", "select", N_("Select"), id="select.one", show=False),
    Binding("V", "select_range", N_("Select up to here"), id="select.range", show=False),
    Binding("A", "act_on_filter", N_("Act on all that a search finds"), id="select.filter", show=False),
)
PROGRAM = (
    Binding("R", "sync_now", N_("Sync now"), id="sync.now", show=False),
    Binding("question_mark,f1", "help", N_("Help: the keys"), id="help"),
    Binding("ctrl+k,colon", "command_palette", N_("Commands"), id="palette", show=False),
    Binding("q", "quit_inbox", N_("Quit"), id="quit"),
)
OPENING = frozenset(
    {
        *("reply", "canned", "canned_palette", "why", "settle", "snooze", "promise", "note", "tags", "block", "act_on_filter"),
        *("saved_views", "go", "search", "orders", "help", "command_palette", "quit_inbox"),
    }
)
"""Actions that put another screen in front."""
INBOX = (*NAVIGATION, *ANSWERING, *TRIAGE, *SELECTING, *PROGRAM)

LIST = (
    Binding("down,j", "move(1)", N_("Next conversation"), show=False, id="list.down"),
    Binding("up,k", "move(-1)", N_("Previous conversation"), show=False, id="list.up"),
    Binding("pagedown,ctrl+d", "move_page(1)", N_("Page down"), show=False, id="list.page_down"),
    Binding("pageup,ctrl+u", "move_page(-1)", N_("Page up"), show=False, id="list.page_up"),
    Binding("home", "first", N_("First conversation"), show=False, id="list.first"),
    Binding("end,G", "last", N_("Last conversation"), show=False, id="list.last"),
    Binding("enter,o,right,l", "open", N_("Open"), show=False, id="list.open"),
)
PANE = (
    Binding("down,j", "scroll_lines(1)", N_("Down"), show=False, id="pane.down"),
    Binding("up,k", "scroll_lines(-1)", N_("Up"), show=False, id="pane.up"),
    Binding("pagedown,space,ctrl+d", "scroll_pages(1)", N_("Page down"), show=False, id="pane.page_down"),
    Binding("pageup,ctrl+u", "scroll_pages(-1)", N_("Page up"), show=False, id="pane.page_up"),
    Binding("home", "scroll_to(0)", N_("Top"), show=False, id="pane.top"),
    Binding("end,G", "scroll_to(-1)", N_("Bottom"), show=False, id="pane.bottom"),
)
CHOICE = (
    Binding("down,j", "move(1)", N_("Down"), show=False, id="choice.down"),
    Binding("up,k", "move(-1)", N_("Up"), show=False, id="choice.up"),
    Binding("pagedown,ctrl+d", "move(10)", N_("Page down"), show=False, id="choice.page_down"),
    Binding("pageup,ctrl+u", "move(-10)", N_("Page up"), show=False, id="choice.page_up"),
    Binding("home", "move(-100000)", N_("First"), show=False, id="choice.first"),
    Binding("end,G", "move(100000)", N_("Last"), show=False, id="choice.last"),
    Binding("enter,l", "choose", N_("Choose"), show=False, id="choice.choose"),
)
REPLY = (
    # None of them has priority: they come behind the letters typed before them.
    Binding("ctrl+s", "send", N_("Send"), id="reply.send"),
    Binding("ctrl+o", "editor", N_("Open in $EDITOR"), id="reply.editor"),
    Binding("escape", "back", N_("Back, draft kept"), id="reply.leave"),
    Binding("ctrl+t", "discard", N_("Throw the draft away"), id="reply.discard"),
    Binding("ctrl+l", "keep", N_("Save it as a canned reply"), id="reply.keep"),
)
COMPOSER = (Binding("ctrl+g", "mend", N_("Mend what was found"), id="reply.mend"),)
REVIEW = (
    Binding("y,ctrl+s", "send('send')", N_("Send"), id="review.send"),
    Binding("d", "send('close')", N_("Send, and done"), id="review.close"),
    Binding("s", "send('snooze')", N_("Send, and snooze"), id="review.snooze"),
    Binding("e", "edit", N_("Go on writing"), id="review.edit"),
    Binding("n,escape", "back", N_("Back"), id="review.back"),
    Binding("f", "fix", N_("Mend spaces, marks and capitals"), id="review.fix"),
    Binding("b", "better", N_("Take the better words"), id="review.better"),
    Binding("o", "override", N_("Send all the same, with a reason"), id="review.override"),
    Binding("p", "promises", N_("Keep its promises, or not"), id="review.promises"),
    Binding("t", "date", N_("Another day for its promises"), id="review.date"),
    Binding("c,ctrl+l", "keep", N_("Save it as a canned reply"), id="review.keep"),
    Binding("down,j", "move(1)", N_("Next finding"), show=False, id="review.down"),
    Binding("up,k", "move(-1)", N_("Previous finding"), show=False, id="review.up"),
    Binding("pagedown,space", "scroll(1)", N_("Page down"), show=False, id="review.page_down"),
    Binding("pageup", "scroll(-1)", N_("Page up"), show=False, id="review.page_up"),
)
CANNED = (
    Binding("down", "move(1)", N_("Down"), show=False, priority=True, id="canned.down"),
    Binding("up", "move(-1)", N_("Up"), show=False, priority=True, id="canned.up"),
    Binding("tab", "edit", N_("Change it first"), priority=True, id="canned.edit"),
    Binding("space", "stack", N_("Add it to the message"), priority=True, show=False, id="canned.stack"),
    Binding("ctrl+r", "swap", N_("Take another block"), priority=True, show=False, id="canned.swap"),
)
PAGE = (
    Binding("escape,q", "leave", N_("Back"), id="page.back"),
    Binding("question_mark,f1", "app.keys_here", N_("Help: the keys"), show=False, id="page.help"),
    Binding("ctrl+k,colon", "app.command_palette", N_("Commands"), show=False, id="page.palette"),
)
QUERY = (Binding("down", "into_list", N_("Into the results"), show=False, id="page.into_list"),)
OUTBOX = (
    Binding("x", "cancel", N_("Call back"), id="outbox.cancel"),
    Binding("R", "retry", N_("Send again"), id="outbox.retry"),
)
BLOCKED = (
    Binding("d", "done", N_("Done on the page"), id="blocked.done"),
    Binding("x", "unblock", N_("Unblock"), id="blocked.unblock"),
    Binding("y", "copy", N_("Copy the name"), id="blocked.copy"),
)
DIALOG = (
    Binding("escape", "back", N_("Back"), id="dialog.back"),
    Binding("question_mark,f1", "app.keys_here", N_("Help: the keys"), show=False, id="dialog.help"),
    Binding("ctrl+k", "app.command_palette", N_("Commands"), show=False, id="dialog.palette"),
)
ASKING = (
    Binding("pagedown", "scroll_question(1)", N_("Page down"), show=False, id="dialog.page_down"),
    Binding("pageup", "scroll_question(-1)", N_("Page up"), show=False, id="dialog.page_up"),
)
CONFIRM = (
    *ASKING,
    Binding("y", "yes", N_("Yes"), id="dialog.yes"),
    Binding("n", "back", N_("No"), id="dialog.no"),
)
EVERYWHERE = (Binding("ctrl+q", "quit", N_("Quit"), show=False, priority=True, id="program.quit"),)
WELCOME = (
    Binding("d", "app.exit_with('demo')", N_("Open the demo"), id="welcome.demo"),
    Binding("a", "app.exit_with('account')", N_("Sign in to an account"), id="welcome.account"),
    Binding("q,escape", "app.exit_with('')", N_("Quit"), id="welcome.quit"),
)

PROMISES = (
    Binding("d", "drop", N_("Drop, with a reason"), id="promises.drop"),
    Binding("n", "renew", N_("A new date"), id="promises.renew"),
)
COUNTED = (
    *("list.down", "list.up", "list.page_down", "list.page_up", "conversation.next", "conversation.previous", "conversation.done"),
    *("select.one", "pane.down", "pane.up", "pane.page_down", "pane.page_up", "undo", "conversation.read", "list.last", "pane.bottom"),
)
"""Names of what a count may stand before."""

GO = {
    "g": ("top", "", N_("the top of this pane")),
    "i": ("view", "inbox", N_("inbox: everything open, most urgent first")),
    "d": ("view", "due", N_("due: buyers who wait for an answer")),
    "u": ("view", "unread", N_("unread")),
    "p": ("screen", "promises", N_("promises: what you told buyers you would do")),
    "s": ("view", "snoozed", N_("snoozed")),
    "f": ("view", "drafts", N_("drafts")),
    "c": ("view", "closed", N_("closed")),
    "a": ("view", "all", N_("all conversations")),
    "o": ("screen", "outbox", N_("outbox: what waits, went, or is stuck")),
    "b": ("screen", "blocked", N_("blocked buyers")),
    "k": ("screen", "orders", N_("orders and parcels")),
}
"""`g`, then a letter: (kind, target, words)."""


PLACES: dict[str, tuple[Binding, ...]] = {
    N_("the list"): (*INBOX, *LIST),
    N_("the messages and the order"): (*INBOX, *PANE),
    N_("the reply box"): (*DIALOG[1:], *REPLY, *COMPOSER),  # its Escape is `reply.leave`
    N_("the send review"): (*DIALOG[1:], *REVIEW),
    N_("the canned replies"): (*DIALOG, *CANNED),
    N_("a search field"): (*PAGE, *QUERY),
    N_("search and orders"): (*PAGE, *CHOICE),
    N_("the outbox"): (*PAGE, *CHOICE, *OUTBOX),
    N_("the blocked buyers"): (*PAGE, *CHOICE, *BLOCKED),
    N_("the promises"): (*PAGE, *CHOICE, *PROMISES),
    N_("questions"): (*DIALOG, *CONFIRM),
    N_("the welcome"): WELCOME,
    N_("everywhere"): EVERYWHERE,
}
"""Where keys are bound together: within one place a key can mean one thing only."""
BY_NAME = {binding.id: binding for place in PLACES.values() for binding in place if binding.id}
SECTIONS: tuple[tuple[str, tuple[Binding, ...]], ...] = (
    (N_("In the list"), LIST),
    (N_("In the messages and the order"), PANE),
    (N_("While you write"), (*COMPOSER, *REPLY)),
    (N_("In the send review"), REVIEW),
    (N_("In the canned replies"), CANNED),
    (N_("In the outbox"), OUTBOX),
    (N_("Among the blocked buyers"), BLOCKED),
    (N_("Among the promises"), PROMISES),
    (N_("In the results"), (*QUERY, *CHOICE)),
    (N_("In this question"), (*CONFIRM, *DIALOG)),
    (N_("On this page"), PAGE),
    (N_("Answering"), ANSWERING),
    (N_("Clearing"), TRIAGE),
    (N_("Several at once"), SELECTING),
    (N_("Getting around"), NAVIGATION),
    (N_("The program"), (*PROGRAM, *WELCOME, *EVERYWHERE)),
)
"""How the help groups them; what is bound in none of these stands under “Here”."""
SIGNS = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "semicolon": ";",
    "full_stop": ".",
    "minus": "-",
    "plus": "+",
    "at": "@",
    "number_sign": "#",
    "asterisk": "*",
    "apostrophe": "'",
    "exclamation_mark": "!",
    "dollar_sign": "$",
    "equals_sign": "=",
    "ampersand": "&",
    "underscore": "_",
    "vertical_line": "|",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
"""Textual's name of a key → the sign on it."""
_NAMES = {
    **SIGNS,
    "comma": ",",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "insert": "Ins",
    "backspace": "Backspace",
}
NAMED = frozenset(_NAMES)
"""Keys that have a name instead of a letter."""


def key_name(key: str) -> str:
    """A key, or several, as printed on the keyboard."""
    return " ".join(_one_name(part.strip()) for part in key.split(","))


def _one_name(key: str) -> str:
    *held, base = key.split("+")
    shown = _NAMES.get(base) or (base.upper() if held or (base[0] == "f" and base[1:].isdigit()) else base)
    return "+".join([*(each.capitalize() for each in held), shown])


def words(binding: Binding) -> str:
    """What a key does, in the seller's language."""
    return _(binding.description).replace("{number}", (binding.id or "")[-1:])
