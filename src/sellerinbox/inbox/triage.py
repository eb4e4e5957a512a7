"""What a seller does to conversations besides answering: close, put off, mark, tag. One or many, each call one action."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sellerinbox.domain.errors import PromiseOpen, UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.text import clean_line
from sellerinbox.i18n import _
from sellerinbox.inbox.desk import Act, Desk, Keys, each

if TYPE_CHECKING:
    from sellerinbox.domain.snooze import Snooze

_TAG = re.compile(r"[^\s:,\"“”]{1,40}")
_MOST_TAGS = 20


def mark_read(desk: Desk, keys: Keys, *, read: bool, undoable: bool) -> int:
    """Mark as read, or unread; returns how many were not so already."""
    with desk.act() as act:
        marks = {key: act.store.marks.of(key, act.session) for key in each(keys)}
        changed = [(key, before) for key, before in marks.items() if read is (before["unread"] > 0)]
        for key, before in changed:
            act.set_read(key, read=read)
            if undoable:
                act.note("read" if read else "unread", key, {"before": before})
    return len(changed)


def set_closed(desk: Desk, keys: Keys, *, closed: bool) -> int:
    """Close, or open again; returns how many were not so already. Raises `PromiseOpen`, and then none is closed."""
    with desk.act() as act:
        marks = {key: act.store.marks.of(key, act.session) for key in each(keys)}
        changed = [(key, before) for key, before in marks.items() if bool(before["closed"]) is not closed]
        if closed:
            refuse_promises(act, [key for key, _state in changed])
        for key, before in changed:
            act.set_closed(key, closed=closed)
            act.note("done" if closed else "reopen", key, {"before": before})
    return len(changed)


def refuse_promises(act: Act, keys: Iterable[Key]) -> None:
    """Raise `PromiseOpen` when any of these conversations has a promise that is still to be kept."""
    bound = tuple(key for key in keys if act.store.promises.open_in(key, act.session))
    if not bound:
        return
    buyer = act.store.threads.row(bound[0], act.session).buyer
    who = f"What you promised {buyer} is still open" if len(bound) == 1 else f"{len(bound)} of these buyers still have a promise of yours"
    raise PromiseOpen(
        _("{who}, so nothing was closed; answer, give the promise a new date, or drop it with a reason.").format(who=who), bound
    )


def snooze(desk: Desk, keys: Keys, wanted: Snooze, words: str) -> None:
    """Put off until a time or an event. Raises `UsageError` for a closed conversation."""
    with desk.act() as act:
        for key in each(keys):
            put_off(act, key, wanted, words)


def put_off(act: Act, key: Key, wanted: Snooze, words: str) -> None:
    """The snooze of one conversation, as a step of an action."""
    before = act.store.marks.of(key, act.session)
    if before["closed"]:
        raise UsageError(_("{key} is closed, so it can't be put off; reopen it first.").format(key=key))
    act.store.snoozes.set([act.store.marks.number(key, act.session)], wanted.until, wanted.condition, words, act.session)
    act.note("snooze", key, {"before": before})


def unsnooze(desk: Desk, keys: Keys) -> int:
    """Take back into the list what sleeps, and off the top what has woken; returns how many that were."""
    with desk.act() as act:
        marks = {key: act.store.marks.of(key, act.session) for key in each(keys)}
        changed = [(key, before) for key, before in marks.items() if before["snoozed"] or before["woken_at"] is not None]
        for key, before in changed:
            act.store.marks.awake(key, act.session)
            act.note("unsnooze", key, {"before": before})
    return len(changed)


def no_reply_needed(desk: Desk, keys: Keys) -> None:
    """The buyer's last words need no answer: the reply clock stops; promises and snoozes stay."""
    with desk.act() as act:
        for key in each(keys):
            before = act.store.marks.of(key, act.session)
            act.store.marks.waive(key, act.session)
            act.store.marks.seen_awake(key, act.session)
            act.note("no_reply", key, {"before": before})


def tag(desk: Desk, keys: Keys, add: Iterable[str], remove: Iterable[str]) -> int:
    """Put tags on and take them off; returns how many conversations that changed. Raises `UsageError` for what can't be a tag."""
    wanted, unwanted = set(map(tag_name, add)), set(map(tag_name, remove))
    with desk.act() as act:
        return sum(change_tags(act, key, wanted, unwanted) for key in each(keys))


def change_tags(act: Act, key: Key, wanted: set[str], unwanted: set[str]) -> bool:
    """The tags of one conversation, as a step of an action; False when they were so already."""
    before = act.store.marks.tags(key, act.session)
    after = (set(before) | wanted) - unwanted
    if after == set(before):
        return False
    if len(after) > _MOST_TAGS:
        raise UsageError(
            _("A conversation can have {most_tags} tags, so nothing was changed; take one off first.").format(most_tags=_MOST_TAGS)
        )
    act.store.marks.set_tags(key, after, act.session)
    act.note("tag", key, {"tags": list(before), "added": sorted(after - set(before)), "removed": sorted(set(before) - after)})
    return True


def tag_name(typed: str) -> str:
    """A tag as it is kept: small letters, hyphens for spaces. Raises `UsageError`."""
    name = "-".join(clean_line(typed).casefold().lstrip("#").split())
    if not _TAG.fullmatch(name):
        raise UsageError(_("“{typed}” can't be a tag; take a short word without commas, colons and quotation marks.").format(typed=typed))
    return name
