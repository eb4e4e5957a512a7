"""How each step of an action is taken back: exactly, unless the buyer wrote since; then nothing hides what he wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.domain.promises import PromiseState
from sellerinbox.i18n import N_, _
from sellerinbox.inbox.buyers import block_from
from sellerinbox.inbox.desk import Act
from sellerinbox.inbox.sending import keep_text, too_late
from sellerinbox.store.marks import CLOSING, SLEEP, WAIVING, WAKING

if TYPE_CHECKING:
    from sellerinbox.store.journal import JournalEntry
    from sellerinbox.store.threads import Threads


class Taken(NamedTuple):
    """What taking back a step came to."""

    sentence: str
    done: bool = True


def undo_step(act: Act, step: JournalEntry) -> Taken:
    """Take one step back, inside the caller's action."""
    return _STEPS[step.action].undo(act, step.key, step.undo)


def part_of(step: JournalEntry) -> str:
    """A step in two or three words, beside a greater one."""
    return _(_STEPS[step.action].part).format(tags=_tags(step.undo))


def words_of(threads: Threads, step: JournalEntry) -> str:
    """A step as the thing that would be taken back: `closing bob`."""
    who = step.undo.get("buyer") or ("" if step.key is None else threads.row(step.key).buyer)
    return _(_STEPS[step.action].words).format(who=who, tags=_tags(step.undo))


def _reply(act: Act, key: Key | None, undo: dict[str, Any]) -> Taken:
    item = act.store.outbox.get(undo["outbox"], act.session)
    if item.state is not OutboxState.QUEUED or not act.store.outbox.cancel(item.id, session=act.session, aside=True):
        return Taken(too_late(item), done=False)
    key = Key(item.account, item.remote_id)
    if before := undo.get("before"):
        _put_back(act, key, before, WAKING)
    said = (
        _("The reply to {buyer} was called back and did not go out; its text is the draft again.")
        if keep_text(act, item)
        else _("The reply to {buyer} was called back and did not go out; your draft is as it was, the text stays in the outbox.")
    )
    promised = " " + _("What it promised is off the list.") if undo.get("promises") else ""
    return Taken(said.format(buyer=_who(act, key)) + promised)


def _done(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    act.set_closed(key, closed=False)
    if before := undo.get("before"):
        if not act.store.marks.has_news(key, before["seen"], act.session):
            act.store.marks.put_back(key, before, CLOSING, act.session)
        _put_back(act, key, before, (*SLEEP, *WAKING))
    return Taken(_("{buyer} is back in the list.").format(buyer=_who(act, key)))


def _reopen(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    before = undo.get("before")
    if before is not None and act.store.marks.has_news(key, before["seen"], act.session):
        return Taken(_("{buyer} wrote since, so the conversation stays open.").format(buyer=_who(act, key)), done=False)
    act.set_closed(key, closed=True)
    if before is not None:
        act.store.marks.put_back(key, before, CLOSING, act.session)
    return Taken(_("{buyer} is closed again.").format(buyer=_who(act, key)))


def _read(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    act.set_read(key, read=False)
    if before := undo.get("before"):
        now = act.store.marks.of(key, act.session)
        act.store.marks.put_back(key, {"unread": max(now["unread"], before["unread"])}, ("unread",), act.session)
    return Taken(_("{buyer} is marked unread again.").format(buyer=_who(act, key)))


def _unread(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    before = undo.get("before")
    if before is not None and act.store.marks.has_news(key, before["seen"], act.session):
        return Taken(_("{buyer} wrote since, so the conversation stays unread.").format(buyer=_who(act, key)), done=False)
    act.set_read(key, read=True)
    return Taken(_("{buyer} is marked read again.").format(buyer=_who(act, key)))


def _snooze(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    act.store.marks.awake(key, act.session)
    _put_back(act, key, undo["before"], (*SLEEP, *WAKING))
    if act.store.marks.of(key, act.session)["snoozed"]:
        return Taken(_("{buyer} sleeps as before.").format(buyer=_who(act, key)))
    return Taken(_("{buyer} is not put off any more.").format(buyer=_who(act, key)))


def _unsnooze(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    if not _put_back(act, key, undo["before"], (*SLEEP, *WAKING)):
        return Taken(_("{buyer} wrote since, so the conversation stays in the list.").format(buyer=_who(act, key)), done=False)
    said = _("{buyer} is put off again.") if undo["before"]["snoozed"] else _("{buyer} is back on top.")
    return Taken(said.format(buyer=_who(act, key)))


def _no_reply(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    act.store.marks.put_back(key, undo["before"], WAIVING, act.session)
    _put_back(act, key, undo["before"], WAKING)
    return Taken(_("{buyer} waits for a reply again.").format(buyer=_who(act, key)))


def _tag(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    act.store.marks.set_tags(key, undo["tags"], act.session)
    return Taken(_("{buyer} has the tags of before again.").format(buyer=_who(act, key)))


def _note(act: Act, _about: Key | None, undo: dict[str, Any]) -> Taken:
    act.store.notes.set_removed(undo["note"], removed=True, session=act.session)
    return Taken(_("The note is gone again."))


def _unnote(act: Act, _about: Key | None, undo: dict[str, Any]) -> Taken:
    act.store.notes.set_removed(undo["note"], removed=False, session=act.session)
    return Taken(_("The note is there again."))


def _promise(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    if not _withdraw(act, undo["promise"]):
        return Taken(_("The promise to {buyer} is closed already, so nothing was changed.").format(buyer=_who(act, key)), done=False)
    return Taken(_("The promise to {buyer} is off the list again.").format(buyer=_who(act, key)))


def _renewed(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    if not _withdraw(act, undo["promise"]):
        return Taken(_("The promise to {buyer} is closed already, so its date stays.").format(buyer=_who(act, key)), done=False)
    act.store.promises.reopen(undo["before"], act.session)
    return Taken(_("The promise to {buyer} has its old date again.").format(buyer=_who(act, key)))


def _dropped(act: Act, key: Key, undo: dict[str, Any]) -> Taken:
    act.store.promises.reopen(undo["promise"], act.session)
    return Taken(_("The promise to {buyer} is open again.").format(buyer=_who(act, key)))


def _block(act: Act, _about: Key | None, undo: dict[str, Any]) -> Taken:
    if before := undo.get("before"):
        act.store.blocks.block(block_from(before), session=act.session)
        return Taken(_("The block of {buyer} is as it was before.").format(buyer=undo["buyer"]))
    act.store.blocks.unblock(undo["account"], undo["buyer"], session=act.session)
    said = _("{buyer} is off the local block list again; if you blocked him on the marketplace's page, undo it there too.")
    return Taken(said.format(buyer=undo["buyer"]))


def _unblock(act: Act, key: Key | None, undo: dict[str, Any]) -> Taken:
    made = {"conversation": None if key is None else key.remote_id, "order_id": None, "blocked_at": act.now.isoformat()}
    act.store.blocks.block(block_from({**made, **undo}), session=act.session)
    return Taken(_("{buyer} is on the local block list again.").format(buyer=undo["buyer"]))


def _put_back(act: Act, key: Key, before: dict[str, Any], columns: tuple[str, ...]) -> bool:
    """Put sleeping and waking back, unless that would hide what the buyer wrote since."""
    if before["snoozed"] and act.store.marks.has_news(key, before["seen"], act.session):
        return False
    act.store.marks.put_back(key, before, columns, act.session)
    return True


def _withdraw(act: Act, promise_id: int) -> bool:
    if act.store.promises.get(promise_id, act.session).state is not PromiseState.OPEN:
        return False
    act.store.promises.close(promise_id, PromiseState.WITHDRAWN, at=act.now, session=act.session)
    return True


def _who(act: Act, key: Key) -> str:
    return act.store.threads.row(key, act.session).buyer


def _tags(undo: dict[str, Any]) -> str:
    return ", ".join(f"“{name}”" for name in (*undo.get("added", ()), *undo.get("removed", ())))


class _Step(NamedTuple):
    undo: Callable[[Act, Any, dict[str, Any]], Taken]
    words: str
    """What would be taken back."""
    part: str
    """The same beside a greater one."""


_STEPS = {
    "reply": _Step(_reply, N_("the reply to {who}"), N_("the reply")),
    "done": _Step(_done, N_("closing {who}"), N_("the closing")),
    "reopen": _Step(_reopen, N_("reopening {who}"), N_("the reopening")),
    "read": _Step(_read, N_("marking {who} read"), N_("the mark “read”")),
    "unread": _Step(_unread, N_("marking {who} unread"), N_("the mark “unread”")),
    "snooze": _Step(_snooze, N_("putting off {who}"), N_("the snooze")),
    "unsnooze": _Step(_unsnooze, N_("waking {who}"), N_("the waking")),
    "no_reply": _Step(_no_reply, N_("that {who} needs no reply"), N_("the mark “no reply needed”")),
    "tag": _Step(_tag, N_("tagging {who} ({tags})"), N_("the tags ({tags})")),
    "note": _Step(_note, N_("the note"), N_("the note")),
    "unnote": _Step(_unnote, N_("the removal of a note"), N_("the removal of a note")),
    "promise": _Step(_promise, N_("the promise to {who}"), N_("the promise")),
    "renewed": _Step(_renewed, N_("the new date of the promise to {who}"), N_("the new date")),
    "dropped": _Step(_dropped, N_("dropping the promise to {who}"), N_("the dropped promise")),
    "block": _Step(_block, N_("the block of {who}"), N_("the block")),
    "unblock": _Step(_unblock, N_("unblocking {who}"), N_("the unblocking")),
}
