"""The seller's own marks on conversations: kept as they were before an action, and put back as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from sellerinbox.domain.errors import NotFound
from sellerinbox.domain.models import Key
from sellerinbox.i18n import _
from sellerinbox.store.deriving import recompute
from sellerinbox.store.sessions import Sessions, execute, execute_many, rows
from sellerinbox.store.threads import conversation_id
from sellerinbox.store.values import storable

CLOSING = ("settled_id",)
WAIVING = ("waived_id", "thanked_id")
SLEEP = ("snoozed", "snoozed_until", "snooze_condition", "snooze_when")
WAKING = ("woken_at", "woke")
_KEPT = ("closed", "unread", *CLOSING, *WAIVING, *SLEEP, *WAKING)


class Marks:
    """Marks that only this program knows, of one or many conversations, always inside the caller's transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of(self, key: Key, session: Session) -> dict[str, Any]:
        """A conversation's marks as they are, fit for the journal; `seen` is the buyer's newest message. Raises `NotFound`."""
        found = rows(session, _OF, (storable(key.account), storable(key.remote_id)))
        if not found:
            raise NotFound(_("There is no conversation {key} here; copy a KEY from `sellerinbox list`.").format(key=key))
        return dict(zip((*_KEPT, "seen"), found[0], strict=True))

    def number(self, key: Key, session: Session) -> int:
        """The row number of a conversation. Raises `NotFound`."""
        return conversation_id(session, key)

    def put_back(self, key: Key, before: Mapping[str, Any], columns: Sequence[str], session: Session) -> None:
        """Set these columns to what they were."""
        number = conversation_id(session, key)
        places = ", ".join(f"{column} = ?" for column in columns)
        execute(session, f"UPDATE conversation SET {places} WHERE id = ?", (*(before[column] for column in columns), number))
        recompute(session, [number])

    def has_news(self, key: Key, seen: int, session: Session) -> bool:
        """Whether the buyer wrote after the message `seen`."""
        return bool(rows(session, _NEWS, (conversation_id(session, key), seen)))

    def waive(self, key: Key, session: Session) -> None:
        """The buyer's last messages need no answer.

        After a greeting or holding reply only the thank-yous since then are meant: the question is still owed.
        """
        number = conversation_id(session, key)
        execute(session, _WAIVE, (number,))
        recompute(session, [number])

    def awake(self, key: Key, session: Session) -> None:
        """Neither asleep nor lately woken."""
        number = conversation_id(session, key)
        execute(session, _AWAKE, (number,))
        recompute(session, [number])

    def seen_awake(self, key: Key, session: Session) -> None:
        """The seller has dealt with it: no longer on top for having woken."""
        number = conversation_id(session, key)
        if execute(session, "UPDATE conversation SET woken_at = NULL, woke = NULL WHERE id = ? AND woken_at IS NOT NULL", (number,)):
            recompute(session, [number])

    def tags(self, key: Key, session: Session) -> tuple[str, ...]:
        """The conversation's tags, in alphabetical order."""
        return tuple(row[0] for row in rows(session, _TAGS, (conversation_id(session, key),)))

    def set_tags(self, key: Key, tags: Iterable[str], session: Session) -> None:
        """Make these its tags."""
        number = conversation_id(session, key)
        names = sorted({storable(tag) for tag in tags})
        execute(session, "DELETE FROM tag WHERE conversation_id = ?", (number,))
        execute_many(session, "INSERT INTO tag (conversation_id, name) VALUES (?, ?)", [(number, name) for name in names])
        execute(session, "UPDATE conversation SET tags = ? WHERE id = ?", (" ".join(names), number))


_NEWEST = "coalesce((SELECT m.id FROM message m WHERE m.conversation_id = c.id AND m.direction = 'in' ORDER BY m.id DESC LIMIT 1), 0)"
_OF = f"SELECT {', '.join(f'c.{name}' for name in _KEPT)}, {_NEWEST} FROM conversation c WHERE c.account = ? AND c.remote_id = ?"
_NEWS = "SELECT 1 FROM message m WHERE m.conversation_id = ? AND m.id > ? AND m.direction = 'in' LIMIT 1"
_WAIVE = f"""UPDATE conversation AS c SET
 thanked_id = CASE WHEN c.acked_at IS NOT NULL AND c.thanks = 1 THEN {_NEWEST} ELSE c.thanked_id END,
 waived_id = CASE WHEN c.acked_at IS NOT NULL AND c.thanks = 1 THEN c.waived_id ELSE {_NEWEST} END WHERE c.id = ?"""
_AWAKE = """UPDATE conversation SET snoozed = 0, snoozed_until = NULL, snooze_condition = NULL, snooze_when = NULL,
 woken_at = NULL, woke = NULL WHERE id = ?"""
_TAGS = "SELECT name FROM tag WHERE conversation_id = ? ORDER BY name"
