"""Times and states in words, the same in every pane.

Only fixed times ("due 14:02", never "3 s ago"): an idle screen writes nothing.
"""

from __future__ import annotations

from datetime import datetime

from sellerinbox.domain.models import ConversationRow, State
from sellerinbox.domain.outbox import OutboxState

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

OUTBOX = {
    OutboxState.QUEUED: "waiting to go",
    OutboxState.SENDING: "going out",
    OutboxState.SENT: "sent",
    OutboxState.REJECTED: "refused",
    OutboxState.UNCONFIRMED: "unconfirmed",
    OutboxState.CANCELLED: "called back",
}
"""The states of a reply as the seller reads them."""


def moment(at: datetime, now: datetime) -> str:
    """A time near enough to be understood: `14:02`, `Sat 14:02`, `3 Nov`, `3 Nov 2025`, in local time."""
    local, today = at.astimezone(), now.astimezone()
    days = abs((today.date() - local.date()).days)
    if days == 0:
        return f"{local:%H:%M}"
    if days < 7:
        return f"{DAYS[local.weekday()]} {local:%H:%M}"
    return day(at) if local.year == today.year else f"{day(at)} {local.year}"


def day(at: datetime) -> str:
    """`3 Nov`, in local time."""
    local = at.astimezone()
    return f"{local.day} {MONTHS[local.month - 1]}"


def full(at: datetime) -> str:
    """`Sat 21 Nov 14:02`, in local time."""
    local = at.astimezone()
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local:%H:%M}"


def due(row: ConversationRow, now: datetime) -> tuple[str, str]:
    """The due column of a row: its words and their role (`late`, `due`, `muted`)."""
    if row.outbox is OutboxState.UNCONFIRMED:
        return "unconfirmed", "late"
    if row.outbox is OutboxState.REJECTED:
        return "refused", "late"
    if row.outbox in (OutboxState.QUEUED, OutboxState.SENDING):
        return OUTBOX[row.outbox], "ours"
    if row.due_at is not None:
        late = row.due_at < now
        return f"{'late' if late else 'due'} {moment(row.due_at, now)}", "late" if late else "due"
    if row.state is State.CLOSED:
        return f"closed {moment(row.last_message_at, now)}", "muted"
    return moment(row.last_message_at, now), "muted"
