"""The inbox: conversations, the thread, the order beside it.

From 100 columns on they stand side by side; below, one at a time, with keys between them.
The highlighted conversation is what every key acts on. Thread and order follow when the
highlight rests, so that moving through the list costs the same whatever they show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.domain.text import clean_line
from sellerinbox.i18n import N_, _
from sellerinbox.tui.guarded import guarded
from sellerinbox.tui.keys import INBOX
from sellerinbox.tui.screens.triage_actions import TriageActions
from sellerinbox.tui.screens.view_rows import ViewRows
from sellerinbox.tui.widgets.bars import Bar
from sellerinbox.tui.widgets.conversation_list import ConversationList
from sellerinbox.tui.widgets.order_panel import OrderPane
from sellerinbox.tui.widgets.pane import Pane
from sellerinbox.tui.widgets.thread_view import ThreadKeys, ThreadPane

if TYPE_CHECKING:
    from sellerinbox.domain.views import ThreadEntry, ThreadView
    from sellerinbox.tui.app import SellerInboxApp

REST = 0.15
"""Seconds without a key after which thread and order follow the highlight."""
TOLD = 6.0
"""Seconds for which a sentence stands in the bottom lines."""
_COALESCE = 0.25
"""Seconds in which news from the sync become one re-reading."""
_WARNED = 8
"""Messages of a buyer, the newest, that are looked at for traps; each takes the guard some milliseconds, once."""
_STAYING = ("all", "closed", "snoozed", "drafts")
"""Views that a conversation does not leave when it is dealt with."""
KEYS, CANNED, STATUS = range(3)
"""The lines at the bottom."""
VIEW_WORDS = {
    "inbox": N_("Inbox"),
    "due": N_("Due"),
    "unread": N_("Unread"),
    "snoozed": N_("Snoozed"),
    "drafts": N_("Drafts"),
    "closed": N_("Closed"),
    "all": N_("All conversations"),
}


class InboxScreen(TriageActions):
    """Conversations · thread · order."""

    AUTO_FOCUS = "#conversations"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (Textual declares it as an instance variable)
    # Not CSS: Textual does not load the CSS of an application's first screen (8.2.8).
    DEFAULT_CSS = """
    InboxScreen { layout: horizontal; background: $background; }
    InboxScreen #top { dock: top; }
    InboxScreen #bottom { dock: bottom; height: 3; }
    InboxScreen #conversations { width: 38; }
    InboxScreen #thread { border-left: solid $rule; }
    InboxScreen #order { width: 35; border-left: solid $rule; }
    InboxScreen.-narrow Pane { display: none; width: 1fr; border-left: none; }
    InboxScreen.-narrow.at-conversations #conversations { display: block; width: 1fr; }
    InboxScreen.-narrow.at-thread #thread { display: block; border-left: none; }
    InboxScreen.-narrow.at-order #order { display: block; width: 1fr; border-left: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(INBOX)

    def __init__(self, app: SellerInboxApp) -> None:
        super().__init__(classes="at-conversations")
        self.inbox = app.inbox
        self.clock = app.clock
        self.rows = ViewRows(app.inbox, app.say)
        palette = app.palette
        self.top = Bar(id="top", palette=palette)
        self.list = ConversationList(self.rows, app.clock.now, id="conversations", palette=palette)
        self.list.title = _(VIEW_WORDS["inbox"])
        self.thread = ThreadPane(id="thread", palette=palette)
        self.thread.keys = ThreadKeys(app.key_of("reply.write"), app.key_of("undo"))
        self.thread.warn = self._warnings
        self.order = OrderPane(id="order", palette=palette)
        self.bottom = Bar(id="bottom", palette=palette, lines=3)
        for pane in (self.list, self.thread, self.order):
            pane.count = self._count
        self._warned: dict[tuple[Key, str], tuple[str, ...]] = {}
        self._rest: Timer | None = None
        self._news: Timer | None = None
        self._tick: Timer | None = None
        self._told: Timer | None = None
        self._sentence = ""

    def compose(self) -> ComposeResult:
        """Three panes between the lines; as few widgets as possible, each costs the first paint."""
        yield self.top
        yield self.bottom
        yield self.list
        yield self.thread
        yield self.order

    def _warnings(self, view: ThreadView, entry: ThreadEntry) -> tuple[str, ...]:
        """What is to be said above a buyer's message; nothing until the guard's rules are there."""
        if not self.rows.settled:
            return ()
        key = view.row.key
        if (key, entry.id) not in self._warned:
            late = [each for each in view.entries if each.direction == "in"][-_WARNED:]
            told = self.inbox.replies.warnings(view, [each for each in late if (key, each.id) not in self._warned])
            self._warned |= {(key, each.id): told.get(each.id, ()) for each in view.entries if (key, each.id) not in self._warned}
        return self._warned[key, entry.id]

    def _count(self) -> int | None:
        return self.app.typeahead.counts.take()

    # -- what is shown ---------------------------------------------------------------------

    @property
    def current(self) -> ConversationRow | None:
        """The conversation every key acts on."""
        return self.list.highlighted

    @property
    def narrow(self) -> bool:
        """One pane at a time."""
        return self.has_class("-narrow")

    @on(ConversationList.Highlighted)
    def follow_soon(self) -> None:
        """Thread and order follow when the keys rest."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.follow)

    @guarded
    def follow(self) -> None:
        """Show the highlighted conversation's thread and order."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        row = self.current
        self.show_canned()
        if self.narrow and self.has_class("at-conversations"):
            return
        same = row is not None and self.thread.view is not None and self.thread.view.row.key == row.key
        now = self.clock.now()
        self.thread.show(self.inbox.conversations.thread(row.key) if row else None, now, keep_place=same)
        self.order.show(self.inbox.orders.beside(row.key) if row else None, now)
        if row is not None and row.unread and self.thread.has_focus:
            self.app.when_ready(lambda: self._mark_opened(row.key))
        self._count_down()

    @guarded
    def reload(self) -> None:
        """Read everything shown again; highlight and places stay."""
        if self._news is not None:
            self._news.stop()
            self._news = None
        if not self.is_current:
            refill = getattr(self.app.screen, "fill", None)
            if callable(refill):
                refill()
            return
        self.list.reload()
        self._say_nothing_left()
        self.follow()
        self.show_status()
        if self.rows.settled:
            self.app.reminders.arm()

    def _say_nothing_left(self) -> None:
        """An empty queue says what was done today, and what comes next."""
        if not self.list.rows and self.rows.view in ("due", "inbox", "unread") and self.rows.query is None:
            from sellerinbox.tui.status import nothing_left

            now = self.clock.now()
            wakes = self.inbox.conversations.next_wake()
            self.list.empty_lines = nothing_left(self.inbox.history.done_today(now), self.inbox.due(1), wakes, now)
            self.list.refresh()
        else:
            self.list.empty_lines = ()

    def settle(self) -> None:
        """What the first screen did not need is there: live buyers, warnings, the replies on the keys."""
        self.rows.settled = True
        self.reload()
        self.show_canned()

    def reload_soon(self) -> None:
        """News: read again, once for many."""
        if self._news is None:
            self._news = self.set_timer(_COALESCE, self.reload)

    def on_screen_resume(self) -> None:
        """Another screen was in front; things may have changed."""
        self.app.typeahead.screen_is_there(inbox=True)
        if self.list.size.width:
            self.reload()

    def on_resize(self) -> None:
        """Other keys fit, other panes show."""
        if self.bottom.lines[KEYS]:
            self.call_after_refresh(self.reload)
            self.call_after_refresh(self.show_canned)

    @guarded
    def show_status(self) -> None:
        """The lines at the top and the bottom."""
        from sellerinbox.tui.status import keys_line, status_line, top_line

        counts = self.inbox.conversations.counts()
        self.top.show(top_line(self.list.title, counts))
        self.bottom.show(keys_line(self._pane().id or "", self.app.key_of, self.size.width), KEYS)
        self.bottom.show(status_line(counts, self.app.sync_words, self.clock.now(), self.app.key_of), STATUS)

    def show_canned(self) -> None:
        """The line of one-key replies: those that fit the highlighted conversation best."""
        if self._told is not None or not self.rows.settled:  # a sentence stands there, or the rules are still being read
            return
        from sellerinbox.tui.status import canned_line

        row = self.current
        nine = self.inbox.replies.nine(row.key) if row is not None and row.kind == "buyer" else {}
        self.bottom.show(canned_line(nine, self.app.key_of, self.size.width), CANNED)

    def tell(self, sentence: str) -> None:
        """Say something in the line of the one-key replies, which comes back by itself."""
        if self._told is not None:
            self._told.stop()
        self._sentence = clean_line(sentence, 400)
        self.bottom.show(((f" {self._sentence}", "due"),), CANNED)
        self._told = self.set_timer(TOLD, self._told_enough)

    @guarded
    def show_count(self, digits: str) -> None:
        """Digits that may still become a count stand where the replies do."""
        if digits:
            words = _("{digits} … then a movement, or nothing for the canned reply").format(digits=digits)
            self.bottom.show(((f" {words}", "due"),), CANNED)
        elif self._told is not None:
            self.bottom.show(((f" {self._sentence}", "due"),), CANNED)
        else:
            self.show_canned()

    @guarded
    def _told_enough(self) -> None:
        self._told = None
        self.show_canned()

    def _count_down(self) -> None:
        """Once a second while a reply of this thread can be called back; otherwise nothing ticks."""
        entries = self.thread.view.entries if self.thread.view else ()
        now = self.clock.now()
        running = any(e.not_before is not None and e.not_before > now and e.outbox == "queued" for e in entries)
        if self._tick is not None:
            self._tick.stop()
            self._tick = None
        self.thread.countdown(now)
        if running:
            self._tick = self.set_timer(1.0, self._count_down)

    # -- moving ----------------------------------------------------------------------------

    def _pane(self) -> Pane:
        return self.focused if isinstance(self.focused, Pane) else self.list

    def on_descendant_focus(self) -> None:
        """The line of keys is that of the pane that has them."""
        from sellerinbox.tui.status import keys_line

        if self.bottom.lines[KEYS]:
            self.bottom.show(keys_line(self._pane().id or "", self.app.key_of, self.size.width), KEYS)

    def to_pane(self, name: str) -> None:
        """Give the keys to a pane; on a narrow screen it takes the screen."""
        for pane in ("conversations", "thread", "order"):
            self.set_class(pane == name, f"at-{pane}")
        self.query_one(f"#{name}", Pane).focus()
        self.call_after_refresh(self.follow)

    @on(ConversationList.Opened)
    def open(self, event: ConversationList.Opened) -> None:
        """Read it: the thread gets the keys, and it counts as read here and at the marketplace."""
        self.to_pane("thread")
        if event.row.unread:
            self.app.when_ready(lambda: self._mark_opened(event.row.key))

    @guarded
    def _mark_opened(self, key: Key) -> None:
        self.inbox.conversations.mark_read(key, undoable=False)
        self._show_row(key)

    def _show_row(self, key: Key) -> None:
        row = self.rows.row(key)
        if row is not None:
            self.list.update_row(row)
        self.show_status()

    def action_pane(self, count: int) -> None:
        """The next pane."""
        names = ["conversations", "thread", "order"]
        at = names.index(self._pane().id or "conversations")
        self.to_pane(names[(at + count) % 3])

    def action_back(self) -> None:
        """From order to thread on a narrow screen, otherwise to the list; in the list, nothing is chosen any more."""
        if self._pane() is self.list and self.clear_chosen():
            return
        self.to_pane("thread" if self.narrow and self.has_class("at-order") else "conversations")

    def action_step(self, count: int) -> None:
        """The next conversation, staying in the pane."""
        self.list.action_move(count)
        self.follow()

    def after_reply(self, row: ConversationRow, *, live: bool, gone: bool) -> None:
        """On to the next, unless the buyer is still there: then his next message is worth waiting for."""
        current = self.current
        if (not live or gone) and current is not None and current.key == row.key and self.goes_on:
            self.list.forget_highlight()

    @property
    def goes_on(self) -> bool:
        """Whether this list is there to be cleared, so that the highlight goes on from what is dealt with."""
        return self.rows.query is not None or self.rows.view not in _STAYING

    def to_top(self) -> None:
        """The top of the pane that has the keys."""
        pane = self._pane()
        if pane is self.list:
            self.list.action_first()
        else:
            pane.action_scroll_to(0)

    def open_view(self, view: str) -> None:
        """Show another list."""
        self._show_view(view, _(VIEW_WORDS[view]))

    def open_query(self, name: str, query: str) -> None:
        """Show a saved view."""
        self._show_view("all", name, query)

    def _show_view(self, view: str, title: str, query: str | None = None) -> None:
        self.rows.view, self.rows.query = view, query
        self.list.title = title
        self.list.clear_selection()
        self.to_pane("conversations")
        self.list.action_first()
        self.show_status()

    def open_key(self, key: Key) -> None:
        """Show one conversation, wherever it stands."""
        row = self.rows.row(key)
        if row is None:
            return
        if row.state == "closed" and self.rows.view != "closed":
            self.rows.view, self.rows.query = "all", None
            self.list.title = _(VIEW_WORDS["all"])
        self.list.show_key(key)
        self.open(ConversationList.Opened(row))
