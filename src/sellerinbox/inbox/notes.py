"""Notes: the seller's own words about a conversation or its buyer. They never leave this machine."""

from __future__ import annotations

from collections.abc import Callable

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.notes import Note
from sellerinbox.domain.text import clean
from sellerinbox.i18n import _
from sellerinbox.inbox.desk import Desk
from sellerinbox.inbox.files import Files


class Notes:
    """Notes of all conversations; nothing here leads to the outbox or to a text of a reply."""

    def __init__(self, files: Files, clock: Clock, enqueued: Callable[[], None]) -> None:
        self._files = files
        self._desk = Desk(files, clock, enqueued)

    def add(self, key: Key, text: str, buyer: bool = False) -> int:
        """Keep a note about the conversation, or (`buyer`) about its buyer in this account. Returns its id.

        Raises `NotFound`, `UsageError` for an empty one.
        """
        words = clean(text).strip()
        if not words:
            raise UsageError(_("The note is empty, so none was kept; write something first."))
        with self._desk.act() as act:
            number = act.store.notes.add(key, words, buyer=buyer, at=act.now, session=act.session)
            act.note("note", key, {"note": number})
        return number

    def list(self, key: Key) -> tuple[Note, ...]:
        """The notes about a conversation and its buyer, the oldest first."""
        return self._files.windows.notes_of(key)

    def remove(self, note_id: int) -> None:
        """Take a note away; undo brings it back. Raises `NotFound`."""
        with self._desk.act() as act:
            if not act.store.notes.set_removed(note_id, removed=True, session=act.session):
                raise NotFound(_("There is no note {note_id}; it may have been removed before.").format(note_id=note_id))
            act.note("unnote", act.store.notes.about(note_id, act.session), {"note": note_id})
