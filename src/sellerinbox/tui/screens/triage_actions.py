"""What a key does to one conversation or to all that are chosen: done, snooze, tags, notes, promises; and once more, and all at once.

An action is for the chosen conversations, or for the highlighted one and as many below it as the
count before it says. All of it is one step for undo.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from sellerinbox.domain.models import ConversationRow, Key, State
from sellerinbox.i18n import _, ngettext
from sellerinbox.tui.screens.inbox_actions import InboxActions

if TYPE_CHECKING:
    from sellerinbox.domain.snooze import Snooze

Deed = Callable[[tuple[Key, ...]], object]
"""Something done to conversations."""


class TriageActions(InboxActions):
    """The clearing half of the inbox screen."""

    last: Callable[[], object] | None = None
    """What `.` does again."""

    # -- what an action is for -------------------------------------------------------------

    def chosen(self) -> tuple[ConversationRow, ...]:
        """The chosen conversations; without any the highlighted one and, with a count, those below it."""
        count = self.app.typeahead.counts.take() or 1
        if self.list.selected:
            return tuple(self.list.selected.values())
        rows = self.list.rows[self.list.cursor : self.list.cursor + count]
        if not rows:
            self.app.say(_("No conversation is chosen, so nothing was done."))
        return tuple(rows)

    def deal(self, rows: tuple[ConversationRow, ...], deed: Deed, said: str, *, leaves: bool) -> bool:
        """Do it to these, say so, go on to the next. False when it was refused."""
        keys = tuple(row.key for row in rows)
        if not self.app.attempt(lambda: deed(keys)):
            return False
        self.list.clear_selection()
        if leaves and self.goes_on:
            for _row in rows:
                if self.current is not None and self.current.key in keys:
                    self.list.forget_highlight()
        self.reload()
        who = (
            rows[0].buyer
            if len(rows) == 1
            else ngettext("{count} conversation", "{count} conversations", len(rows)).format(count=len(rows))
        )
        self.app.say(_("{what}: {who}. {key} takes it back.").format(what=said, who=who, key=self.app.key_of("undo")))
        return True

    def again(self, deed: Callable[[], object]) -> None:
        """Remember what `.` repeats."""
        self.last = deed

    # -- deeds -----------------------------------------------------------------------------

    def action_done(self) -> None:
        """Close, and go on to the next."""
        rows = self.chosen()
        if len(rows) == 1 and rows[0].state is State.CLOSED:
            key = self.app.key_of("conversation.reopen")
            self.app.say(_("It is closed already; {key} takes it back into the list.").format(key=key))
        elif rows:
            self.again(self.action_done)
            self.deal(rows, lambda keys: self.inbox.conversations.done(*keys), _("Done"), leaves=True)

    def action_reopen(self) -> None:
        """Take closed conversations back."""
        rows = self.chosen()
        if rows and all(row.state is not State.CLOSED for row in rows):
            self.app.say(_("It is open, so there was nothing to take back."))
        elif rows:
            self.again(self.action_reopen)
            self.deal(rows, lambda keys: self.inbox.conversations.reopen(*keys), _("Open again"), leaves=False)

    def action_toggle_read(self) -> None:
        """Read ↔ unread."""
        rows = self.chosen()
        if rows:
            self.again(self.action_toggle_read)
            unread = rows[0].unread > 0
            said = _("Read") if unread else _("Unread")
            self.deal(rows, lambda keys: self.inbox.conversations.mark_read(keys, read=unread), said, leaves=False)

    def action_no_reply(self) -> None:
        """The buyer's last words need no answer; promise and snooze stay."""
        rows = self.chosen()
        if rows:
            self.again(self.action_no_reply)
            self.deal(rows, lambda keys: self.inbox.conversations.no_reply_needed(*keys), _("No reply needed"), leaves=True)

    def action_wake(self) -> None:
        """Take a snoozed conversation back."""
        rows = self.chosen()
        if rows:
            self.deal(rows, lambda keys: self.inbox.conversations.unsnooze(*keys), _("Awake again"), leaves=False)

    @work(group="flow")
    async def action_snooze(self) -> None:
        """Put aside until a time or an event."""
        from sellerinbox.tui.flows.snooze import ask_snooze

        with self.flow():
            rows = self.chosen()
            snooze = await ask_snooze(self) if rows else None
            if snooze is not None:
                self.put_off(rows, snooze)

    def put_off(self, rows: tuple[ConversationRow, ...], snooze: Snooze) -> None:
        """Put these aside."""
        words = self.inbox.conversations.words(snooze)
        said = _("Put aside until {when}").format(when=words)
        self.again(lambda: self.put_off(self.chosen(), snooze))
        if rows:
            self.deal(rows, lambda keys: self.inbox.conversations.snooze(keys, snooze), said, leaves=True)
            self.app.reminders.wake()

    @work(group="flow")
    async def action_tags(self) -> None:
        """Put tags on, take them off."""
        from sellerinbox.tui.flows import triage

        with self.flow():
            if rows := self.chosen():
                await triage.tags(self, rows)

    @work(group="flow")
    async def action_note(self) -> None:
        """A note on the conversation or the buyer; it can never be sent."""
        from sellerinbox.tui.flows import triage

        with self.flow():
            if row := self.act(self.current):
                await triage.note(self, row)

    @work(group="flow")
    async def action_promise(self) -> None:
        """Write a promise down, or give the open one a new date."""
        from sellerinbox.tui.flows import triage

        with self.flow():
            if row := self.act(self.current):
                await triage.promise(self, row)

    # -- several at once -------------------------------------------------------------------

    def action_select(self) -> None:
        """Choose for the next action, and go on; a count chooses as many."""
        for _n in range(self.app.typeahead.counts.take() or 1):
            if self.current is not None:
                self.list.toggle(self.current)
                self.list.move(1)
        self._say_chosen()

    def action_select_range(self) -> None:
        """Choose everything from the last chosen one up to here."""
        if not self.list.select_range() and self.current is not None:
            self.list.toggle(self.current)
        self._say_chosen()

    def _say_chosen(self) -> None:
        count = len(self.list.selected)
        told = ngettext("{count} chosen; the next action is for it.", "{count} chosen; the next action is for all of them.", count)
        self.app.say(told.format(count=count) if count else _("Nothing is chosen any more."))

    def clear_chosen(self) -> bool:
        """Whether something was chosen, which now is not."""
        if not self.list.selected:
            return False
        self.list.clear_selection()
        self._say_chosen()
        return True

    @work(group="flow")
    async def action_act_on_filter(self) -> None:
        """One action for all that a search finds, after showing how many they are."""
        from sellerinbox.tui.flows import triage

        with self.flow():
            await triage.act_on_filter(self)

    @work(group="flow")
    async def action_saved_views(self) -> None:
        """Open one of the seller's own views."""
        from sellerinbox.tui.flows import triage

        with self.flow():
            await triage.saved_view(self)

    @work(group="flow")
    async def action_why(self) -> None:
        """Why these replies lie on the keys 1 to 9 here."""
        from sellerinbox.tui.flows import triage

        with self.flow():
            if row := self.act(self.current):
                await triage.why(self, row)

    def action_repeat(self) -> None:
        """Do the last thing once more, to this conversation."""
        if self.last is None:
            self.app.say(_("Nothing has been done yet that could be repeated."))
        else:
            self.last()

    def action_canned(self, name: str) -> None:
        """Send a canned reply; once more by `.`, by its name, as its key may be another one there."""
        row = self.current
        lies = self.inbox.replies.nine(row.key).get(name) if row is not None else None
        chosen = lies.reply.name if lies else name
        self.again(lambda: InboxActions.action_canned(self, chosen))
        InboxActions.action_canned(self, name)
