"""Where a conversation stands: open, waiting or closed, read or unread.

Two parties move a conversation: the seller here, and the marketplace's pages, which may be
older than what he did a moment ago. What he wants is kept as a wish until a page agrees with
it; until then pages that say otherwise are stale. A new message from the other party beats both.
"""

from __future__ import annotations

from dataclasses import dataclass

from sellerinbox.domain.models import Direction, State


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of closed and unread, here and at the marketplace."""

    closed: bool
    unread: int
    archived: bool
    """What the last page said."""
    wants_closed: bool | None = None
    """What the seller asked for here and no page has confirmed yet."""
    wants_unread: bool | None = None


def first_marks(archived: bool, unread: int) -> Marks:
    """The marks of a conversation never seen before: the marketplace's word."""
    return Marks(closed=archived, unread=unread, archived=archived)


def merge_page(marks: Marks, *, archived: bool, unread: int, new_inbound: int) -> Marks:
    """The marks after a page that says `archived` and `unread` and brought `new_inbound` messages we never had."""
    closed, wants_closed = _closed(marks, archived, new_inbound)
    unread, wants_unread = _unread(marks, unread, new_inbound)
    return Marks(closed, unread, archived, wants_closed, wants_unread)


def state_of(closed: bool, newest: Direction | None) -> State:
    """The state from who wrote last; a conversation whose messages can't be read counts as open."""
    if closed:
        return State.CLOSED
    return State.WAITING if newest is Direction.OUT else State.OPEN


def _closed(marks: Marks, archived: bool, new_inbound: int) -> tuple[bool, bool | None]:
    if new_inbound and marks.closed:
        # The wish to be open outlives this page: an archive request on its way would
        # otherwise close the conversation over the new message.
        return False, False
    if marks.wants_closed is not None:
        return marks.closed, None if archived == marks.wants_closed else marks.wants_closed
    if archived and not marks.archived and new_inbound:
        return False, False
    return (archived if archived != marks.archived else marks.closed), None


def _unread(marks: Marks, unread: int, new_inbound: int) -> tuple[int, bool | None]:
    if marks.wants_unread is None or marks.wants_unread == (unread > 0):
        return unread, None
    if marks.wants_unread:
        return max(1, marks.unread) + new_inbound, True
    return min(unread, marks.unread + new_inbound), False
