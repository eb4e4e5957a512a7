"""One conversation: messages, theirs and ours, and what of ours is still on its way.

Every line of a message stands behind a bar in its writer's colour, so that a buyer's text
can't pass for one of the program's own lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sellerinbox.domain.models import Direction
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.domain.text import marks
from sellerinbox.i18n import _, ngettext
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.text import fit, wrap
from sellerinbox.tui.widgets.pane import Pane
from sellerinbox.tui.words import full, moment, outbox_state

if TYPE_CHECKING:
    from sellerinbox.domain.views import ThreadEntry, ThreadView

_BAR = "▎ "


class ThreadKeys(NamedTuple):
    """The keys that the thread's lines name, as printed on the keyboard."""

    reply: str
    undo: str


class ThreadPane(Pane):
    """The messages of one conversation, newest at the bottom."""

    title = ""
    keys = ThreadKeys("r", "u")
    view: ThreadView | None = None
    warn: Callable[[ThreadView, ThreadEntry], Sequence[str]] = staticmethod(lambda _view, _entry: ())
    """What stands above a buyer's message: an invitation off the platform, a trap, harm."""
    _width = 0

    def show(self, view: ThreadView | None, now: datetime, *, keep_place: bool = False) -> None:
        """Show a conversation; at its newest message, or where the seller had scrolled to."""
        self.view = view
        self.now = now
        badge = "⊘ " if view and view.row.blocked else ""
        self.title = f"{badge}{view.row.buyer} · {view.row.subject}" if view else _("Messages")
        at_end = not keep_place or self.top >= self._last_top
        self._lay_out(at_end=at_end, keep_place=keep_place and not at_end)

    def countdown(self, now: datetime) -> None:
        """Draw the seconds left of an undo window."""
        if self.view is not None and any(entry.outbox is OutboxState.QUEUED for entry in self.view.entries):
            self.now = now
            self._lay_out(keep_place=True)

    def on_resize(self, _event: object) -> None:
        """Wrap again when the width changed."""
        if self.view is not None and self.size.width != self._width:
            self._lay_out(at_end=True)

    def _lay_out(self, *, at_end: bool = False, keep_place: bool = False) -> None:
        width = self.size.width
        if not width:
            return
        self._width = width
        self.show_lines(
            thread_lines(self.view, width, self.now, self.keys, self.warn) if self.view else (), at_end=at_end, keep_place=keep_place
        )


def thread_lines(
    view: ThreadView, width: int, now: datetime, keys: ThreadKeys, warn: Callable[[ThreadView, ThreadEntry], Sequence[str]] = lambda *_a: ()
) -> list[Spans]:
    """A conversation as lines, oldest message first."""
    lines: list[Spans] = []
    if view.earlier:
        earlier = ngettext(
            " … {count:,} earlier message; `sellerinbox show {key}` prints it",
            " … {count:,} earlier messages; `sellerinbox show {key}` prints them",
            view.earlier,
        )
        lines += [((fit(earlier.format(count=view.earlier, key=view.row.key), width), "muted"),), ()]
    lines += _warnings(view, width)
    for entry in view.entries:
        lines += _entry(entry, width, now, keys.undo, warn(view, entry) if entry.direction is Direction.IN else ())
    if view.draft:
        lines.append(((fit(_(" ✎ A draft is kept for this conversation: {key} goes on writing it").format(key=keys.reply), width), "due"),))
    return lines


def _warnings(view: ThreadView, width: int) -> list[Spans]:
    lines: list[Spans] = []
    if view.row.blocked:
        lines.append(((fit(_(" ⊘ You blocked this buyer"), width), "blocked"),))
    lines += [((fit(_(" ⚠ The name: {word}").format(word=_(word)), width), "warning"),) for word in marks(view.row.buyer)]
    return [*lines, ()] if lines else []


def _entry(entry: ThreadEntry, width: int, now: datetime, undo: str, warnings: Sequence[str] = ()) -> list[Spans]:
    ours = entry.direction is Direction.OUT
    role = "ours" if ours else "theirs"
    who = _("You") if ours else entry.author
    lines: list[Spans] = [((_BAR, role), (fit(who, min(32, width // 2)).rstrip(), f"{role}-name"), (f" · {full(entry.sent_at)}", "muted"))]
    if entry.outbox is not None:
        lines += [((_BAR, role), (fit(words, width - 3), tone)) for words, tone in _fate(entry, entry.outbox, now, undo)]
    lines += [((_BAR, role), (fit(f"⚠ {_(word)}", width - 3), "warning")) for word in marks(entry.text)]
    for sentence in warnings:
        first, *more = wrap(sentence, width - 5)
        lines += [((_BAR, role), (f"⚠ {first}", "warning")), *(((_BAR, role), (f"  {line}", "warning")) for line in more)]
    lines += [((_BAR, role), (line, "text")) for line in wrap(entry.text, width - 3)]
    lines += [((_BAR, role), (fit(f"[{a.kind}] {a.name}", width - 3), "muted")) for a in entry.attachments]
    if not entry.text and not entry.attachments:
        lines.append(((_BAR, role), (_("(no text)"), "muted")))
    return [*lines, ()]


def _fate(entry: ThreadEntry, state: OutboxState, now: datetime, undo: str) -> list[tuple[str, str]]:
    """Where a reply of ours stands, in words."""
    if state is OutboxState.QUEUED and entry.not_before is not None and entry.not_before > now:
        seconds = int((entry.not_before - now).total_seconds()) + 1
        if seconds <= 60:
            return [(_("→ goes out in {seconds} s · {key} calls it back").format(seconds=seconds, key=undo), "due")]
        waits = _("→ waits until {when}").format(when=moment(entry.not_before, now))
        return [(waits + (f": {entry.reason}" if entry.reason else ""), "due")]
    tone = "late" if state in (OutboxState.UNCONFIRMED, OutboxState.REJECTED) else "due"
    words = [(f"→ {outbox_state(state)}", tone)]
    return words + ([(entry.reason, tone)] if entry.reason else [])
