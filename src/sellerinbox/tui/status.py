"""What the lines at the top and the bottom say. Pure: values in, spans out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from sellerinbox.domain.views import AccountStatus, DueItem, InboxCounts
from sellerinbox.i18n import N_, _, ngettext
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.text import fit
from sellerinbox.tui.words import moment

if TYPE_CHECKING:
    from sellerinbox.replies import Ranked

KeyOf = Callable[[str], str]
"""From the name of a binding to the key that is bound to it now."""

_EVERYWHERE = (
    ("reply.write", N_("reply")),
    ("reply.palette", N_("canned")),
    ("conversation.done", N_("done")),
    ("conversation.snooze", N_("snooze")),
    ("undo", N_("undo")),
    ("search", N_("search")),
    ("buyer.block", N_("block")),
    ("orders", N_("orders")),
    ("quit", N_("quit")),
)


def top_line(view: str, counts: InboxCounts) -> Spans:
    """The program, the view, what waits."""
    many = ngettext("{count} waiting for an answer", "{count} waiting for an answer", counts.open)
    words = many.format(count=counts.open) if counts.open else _("nothing waits for an answer")
    unread = _(" · {count} unread").format(count=counts.unread) if counts.unread else ""
    hot = ngettext(" · {count} live", " · {count} live", counts.hot).format(count=counts.hot) if counts.hot else ""
    acked = ngettext(" · {count} ack'd", " · {count} ack'd", counts.acked).format(count=counts.acked) if counts.acked else ""
    return (
        (" sellerinbox ", "accent"),
        (f" {view} · ", "muted"),
        (words, "strong"),
        (unread, "unread"),
        (acked, "muted"),
        (hot, "due"),
        *_promises(counts),
    )


def _promises(counts: InboxCounts) -> Spans:
    """How many promises are open, and in words when some are overdue."""
    if counts.promises_overdue:
        late = ngettext(" · {count} promise overdue", " · {count} promises overdue", counts.promises_overdue)
        return ((late.format(count=counts.promises_overdue), "late"),)
    if counts.promises_open:
        open_ = ngettext(" · {count} promise", " · {count} promises", counts.promises_open)
        return ((open_.format(count=counts.promises_open), "due"),)
    return ()


def keys_line(pane: str, key_of: KeyOf, width: int) -> Spans:
    """The keys of the pane that has them; on a small screen those that fit, and always the way to the rest."""
    first = (("list.open", N_("open")),) if pane == "conversations" else (("pane.back", N_("back")), ("pane.next", N_("pane")))
    return _whole(tuple((key_of(name), _(words)) for name, words in (*first, *_EVERYWHERE)), width, (key_of("help"), _("help")))


def canned_line(nine: Mapping[str, Ranked], key_of: KeyOf, width: int) -> Spans:
    """The replies on the keys 1 to 9 here and now, as many as fit; a locked one says so. The rest is in the palette."""
    items = tuple(
        (key_of(f"reply.canned.{number}"), fit(ranked.reply.name, 16).rstrip() + ("⊘" if ranked.locked else ""))
        for number, ranked in sorted(nine.items())
    )
    return _whole(items, width, (key_of("reply.palette"), _("more")))


def _whole(items: Sequence[tuple[str, str]], width: int, last: tuple[str, str]) -> Spans:
    """(key, words) one behind the other, none of them cut; `last` closes the line."""
    spans: list[tuple[str, str]] = [(" ", "muted")]
    left = width - 1 - _cells(last)
    for item in items:
        if (left := left - _cells(item)) < 0:
            break
        spans += [(item[0], "accent"), (f" {item[1]}  ", "muted")]
    return (*spans, (last[0], "accent"), (f" {last[1]}", "muted"))


def _cells(item: tuple[str, str]) -> int:
    return cell_len(item[0]) + cell_len(item[1]) + 3


def status_line(counts: InboxCounts, live: Mapping[str, str], now: datetime, key_of: KeyOf) -> Spans:
    """How each account's sync stands, and what is on its way."""
    spans: list[tuple[str, str]] = [(" ", "muted")]
    if "" in live:
        spans.append((f"{live['']}  ", "due"))
    for account in counts.accounts:
        spans += _account(account, live.get(account.name), now)
    if not counts.accounts and "" not in live:
        spans.append((_("no account yet") + "  ", "due"))
    if counts.blocked_orders:
        many = ngettext(
            "⊘ {count} new order by a blocked buyer ({key})", "⊘ {count} new orders by a blocked buyer ({key})", counts.blocked_orders
        )
        spans.append((many.format(count=counts.blocked_orders, key=key_of("orders")) + "  ", "blocked"))
    if counts.queued:
        spans.append((_("{count} waiting to go").format(count=counts.queued) + "  ", "due"))
    if counts.unconfirmed:
        spans.append((_("{count} unconfirmed").format(count=counts.unconfirmed) + "  ", "late"))
    if counts.rejected:
        spans.append((_("{count} refused").format(count=counts.rejected) + "  ", "late"))
    return tuple(spans)


def _account(account: AccountStatus, live: str | None, now: datetime) -> Spans:
    name = (f"{account.name} ", "strong")
    if live:
        return (name, (f"{live}  ", "due"))
    if account.problem:
        since = _(" (last good sync {when})").format(when=moment(account.last_ok_at, now)) if account.last_ok_at else ""
        return (name, (f"✗ {account.problem}{since}  ", "late"))
    if account.last_ok_at is None:
        return (name, (_("not synced yet") + "  ", "muted"))
    words = _("synced {when}").format(when=moment(account.last_ok_at, now))
    if account.next_at:
        words += _(", next {when}").format(when=moment(account.next_at, now))
    return (name, ("✓ ", "good"), (f"{words}  ", "muted"))


_DEEDS = (
    ("reply", N_("{count} answered")),
    ("done", N_("{count} closed")),
    ("snooze", N_("{count} put aside")),
    ("no_reply", N_("{count} needed no reply")),
    ("promise", N_("{count} promised")),
)
"""Action in the journal → what the end of the queue says of it."""


def nothing_left(done: Mapping[str, int], coming: Sequence[DueItem], wakes: datetime | None, now: datetime) -> tuple[str, ...]:
    """The end of the queue: that nothing is left, what was done today, what is due next."""
    said = ", ".join(_(words).format(count=done[action]) for action, words in _DEEDS if done.get(action))
    lines = [_("Nothing left."), _("Today: {said}.").format(said=said) if said else _("Nothing had to be done today.")]
    if coming and (wakes is None or coming[0].due_at <= wakes):
        lines.append(_("Next: {buyer}, {when}.").format(buyer=coming[0].buyer, when=moment(coming[0].due_at, now)))
    elif wakes is not None:
        lines.append(_("Next: what was put aside comes back, {when}.").format(when=moment(wakes, now)))
    return tuple(lines)
