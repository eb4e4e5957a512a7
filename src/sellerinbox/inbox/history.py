"""Taking back what the seller did, action by action, as far back as the journal goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound
from sellerinbox.i18n import _, ngettext
from sellerinbox.inbox.desk import Desk
from sellerinbox.inbox.files import Files
from sellerinbox.inbox.undoing import Taken, part_of, undo_step, words_of

if TYPE_CHECKING:
    from sellerinbox.domain.models import Key
    from sellerinbox.store.journal import JournalEntry


class History:
    """The append-only list of what the seller did, read backwards."""

    def __init__(self, files: Files, clock: Clock, enqueued: Callable[[], None]) -> None:
        self._files = files
        self._desk = Desk(files, clock, enqueued)

    def undo(self) -> str:
        """Take back the last action, all of it, and say what that was, as a plain sentence.

        A reply that has gone out can't be taken back; it says so, takes back the rest of the
        action, and the next undo goes on behind it. Raises `NotFound` when there is nothing left.
        """
        with self._desk.act() as act:
            steps = act.store.journal.last_group(act.session)
            if not steps:
                raise NotFound(_("There is nothing to take back."))
            taken = [undo_step(act, step) for step in reversed(steps)][::-1]
            for step in steps:
                act.store.journal.mark_undone(step.id, session=act.session)
            act.told = True
            return _said(steps, taken)

    def about(self) -> Key | None:
        """The one conversation that the next undo is about; None when there is none, or several."""
        keys = {step.key for step in self._files.store.journal.last_group()}
        return keys.pop() if len(keys) == 1 else None

    def done_today(self, now: datetime) -> dict[str, int]:
        """Action → how often since the local midnight, what was taken back left out."""
        midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        return self._files.windows.done_since(midnight)

    def last(self) -> str:
        """What the next undo would take back, in words; empty when there is nothing."""
        steps = self._files.store.journal.last_group()
        if not steps:
            return ""
        if _alike(steps):
            return _MANY[steps[0].action].words(len(steps))
        first = words_of(self._files.store.threads, steps[0])
        others = ", ".join(map(part_of, steps[1:]))
        return _("{what}, with it {others}").format(what=first, others=others) if others else first


def _said(steps: Sequence[JournalEntry], taken: Sequence[Taken]) -> str:
    if not _alike(steps):
        others = ", ".join(part_of(step) for step, each in zip(steps[1:], taken[1:], strict=True) if each.done)
        return taken[0].sentence + (" " + _("Taken back with it: {others}.").format(others=others) if others else "")
    done = sum(each.done for each in taken)
    left = len(taken) - done
    said = _MANY[steps[0].action].said(done)
    return said + (" " + _("As they are, because their buyers wrote since: {n}.").format(n=left) if left else "")


def _alike(steps: Sequence[JournalEntry]) -> bool:
    return len(steps) > 1 and len({step.action for step in steps}) == 1 and steps[0].action in _MANY


class _Many(NamedTuple):
    """One action on many conversations, and taking it back; both for a count of them."""

    words: Callable[[int], str]
    said: Callable[[int], str]


_MANY = {
    "done": _Many(
        lambda n: _("closing {n} conversations").format(n=n),
        lambda n: ngettext("{n} conversation is back in the list.", "{n} conversations are back in the list.", n).format(n=n),
    ),
    "reopen": _Many(
        lambda n: _("reopening {n} conversations").format(n=n),
        lambda n: ngettext("{n} conversation is closed again.", "{n} conversations are closed again.", n).format(n=n),
    ),
    "read": _Many(
        lambda n: _("marking {n} conversations read").format(n=n),
        lambda n: ngettext("{n} conversation is marked unread again.", "{n} conversations are marked unread again.", n).format(n=n),
    ),
    "unread": _Many(
        lambda n: _("marking {n} conversations unread").format(n=n),
        lambda n: ngettext("{n} conversation is marked read again.", "{n} conversations are marked read again.", n).format(n=n),
    ),
    "snooze": _Many(
        lambda n: _("putting off {n} conversations").format(n=n),
        lambda n: ngettext("{n} conversation is not put off any more.", "{n} conversations are not put off any more.", n).format(n=n),
    ),
    "unsnooze": _Many(
        lambda n: _("waking {n} conversations").format(n=n),
        lambda n: ngettext("{n} conversation is put off again.", "{n} conversations are put off again.", n).format(n=n),
    ),
    "no_reply": _Many(
        lambda n: _("that {n} conversations need no reply").format(n=n),
        lambda n: ngettext("{n} conversation waits for a reply again.", "{n} conversations wait for a reply again.", n).format(n=n),
    ),
    "tag": _Many(
        lambda n: _("tagging {n} conversations").format(n=n),
        lambda n: ngettext("{n} conversation has the tags of before.", "{n} conversations have the tags of before.", n).format(n=n),
    ),
}
