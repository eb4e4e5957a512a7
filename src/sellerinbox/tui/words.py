"""Times and states in words, the same in every pane.

Only fixed times ("due 14:02", never "3 s ago"): an idle screen writes nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sellerinbox.domain.models import ConversationRow, State
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.i18n import N_, _

if TYPE_CHECKING:
    from sellerinbox.replies import Ranked

DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip

OUTBOX = {
    OutboxState.QUEUED: N_("waiting to go"),
    OutboxState.SENDING: N_("going out"),
    OutboxState.SENT: N_("sent"),
    OutboxState.REJECTED: N_("refused"),
    OutboxState.UNCONFIRMED: N_("unconfirmed"),
    OutboxState.CANCELLED: N_("called back"),
}
"""The states of a reply as the seller reads them; shown through `outbox_state`."""


def moment(at: datetime, now: datetime) -> str:
    """A time near enough to be understood: `14:02`, `Sat 14:02`, `3 Nov`, `3 Nov 2025`, in local time."""
    local, today = at.astimezone(), now.astimezone()
    days = abs((today.date() - local.date()).days)
    if days == 0:
        return f"{local:%H:%M}"
    if days < 7:
        return f"{_(DAYS[local.weekday()])} {local:%H:%M}"
    if local.year == today.year:
        return day(at)
    return _("{day} {year}").format(day=day(at), year=local.year)


def day(at: datetime) -> str:
    """`3 Nov`, in local time."""
    local = at.astimezone()
    return _("{day} {month}").format(day=local.day, month=_(MONTHS[local.month - 1]))


def full(at: datetime) -> str:
    """`Sat 21 Nov 14:02`, in local time."""
    local = at.astimezone()
    return f"{date(at)} {local:%H:%M}"


def date(at: datetime) -> str:
    """`Sat 21 Nov`, in local time."""
    return _("{weekday} {day}").format(weekday=_(DAYS[at.astimezone().weekday()]), day=day(at))


def outbox_state(state: OutboxState) -> str:
    """A reply's state in words."""
    return _(OUTBOX[state])


def due(row: ConversationRow, now: datetime) -> tuple[str, str]:
    """The due column of a row: its words and their role (`late`, `due`, `muted`)."""
    if row.outbox is OutboxState.UNCONFIRMED:
        return outbox_state(row.outbox), "late"
    if row.outbox is OutboxState.REJECTED:
        return outbox_state(row.outbox), "late"
    if row.outbox in (OutboxState.QUEUED, OutboxState.SENDING):
        return outbox_state(row.outbox), "ours"
    if row.snoozed:
        return _asleep(row, now), "muted"
    if row.woke:
        return _("back {when}").format(when=moment(row.due_at or row.last_message_at, now)), "due"
    if row.hot(now):
        return _("live {when}").format(when=moment(row.last_inbound_at or now, now)), "due"
    if row.due_at is not None and row.due_kind == "promise":
        late = row.due_at < now
        words = _("broken {when}") if late else _("promised {when}")
        return words.format(when=moment(row.due_at, now)), "late" if late else "due"
    if row.due_at is not None:
        late = row.due_at < now
        words = _("late {when}") if late else _("due {when}")
        return words.format(when=moment(row.due_at, now)), "late" if late else "due"
    if row.state is State.CLOSED:
        return _("closed {when}").format(when=moment(row.last_message_at, now)), "muted"
    return moment(row.last_message_at, now), "muted"


def _asleep(row: ConversationRow, now: datetime) -> str:
    """Short enough for the column; the snooze's own words may be longer."""
    if row.snoozed_until is None:
        return _("till tracking moves")
    return _("until {when}").format(when=moment(row.snoozed_until, now))


def reasons(ranked: Ranked) -> str:
    """Why a canned reply stands where it stands: its lock, or what fits, what does not, what else counts."""
    if ranked.locked:
        return _("locked, {reason}").format(reason=_(ranked.locked))
    groups: dict[str, list[str]] = {}
    for reason in ranked.reasons:
        kind, colon, what = reason.partition(": ")
        groups.setdefault(kind if colon else "", []).append(_(what if colon else reason))
    said = [f"{_(kind)}: {'; '.join(whats)}" if kind else "; ".join(whats) for kind, whats in groups.items()]
    return " · ".join(said) or _("often used")
