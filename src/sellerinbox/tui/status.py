"""What the lines at the top and the bottom say. Pure: values in, spans out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from sellerinbox.domain.views import AccountStatus, InboxCounts
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.text import fit
from sellerinbox.tui.words import moment

if TYPE_CHECKING:
    from sellerinbox.replies import Replies

KeyOf = Callable[[str], str]
"""From the name of a binding to the key that is bound to it now."""

_EVERYWHERE = (
    ("reply.write", "reply"),
    ("reply.palette", "canned"),
    ("conversation.done", "done"),
    ("undo", "undo"),
    ("buyer.block", "block"),
    ("search", "search"),
    ("orders", "orders"),
    ("quit", "quit"),
)


def top_line(view: str, counts: InboxCounts) -> Spans:
    """The program, the view, what waits."""
    words = f"{counts.open} waiting for an answer" if counts.open else "nothing waits for an answer"
    unread = f" · {counts.unread} unread" if counts.unread else ""
    return ((" sellerinbox ", "accent"), (f" {view} · ", "muted"), (words, "strong"), (unread, "unread"))


def keys_line(pane: str, key_of: KeyOf, width: int) -> Spans:
    """The keys of the pane that has them; on a small screen those that fit, and always the way to the rest."""
    first = (("Enter", "open"),) if pane == "conversations" else (("Esc", "back"), ("Tab", "pane"))
    return _whole((*first, *((key_of(name), words) for name, words in _EVERYWHERE)), width, (key_of("help"), "help"))


def canned_line(canned: Replies, key_of: KeyOf, width: int) -> Spans:
    """The one-key replies by name, as many as fit; the rest is in the palette."""
    replies = [(key_of(f"reply.canned.{number}"), canned.by_key(number)) for number in "123456789"]
    items = tuple((key, fit(reply.name, 16).rstrip()) for key, reply in replies if reply is not None)
    return _whole(items, width, (key_of("reply.palette"), "more"))


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


def status_line(counts: InboxCounts, live: Mapping[str, str], now: datetime) -> Spans:
    """How each account's sync stands, and what is on its way."""
    spans: list[tuple[str, str]] = [(" ", "muted")]
    if "" in live:
        spans.append((f"{live['']}  ", "due"))
    for account in counts.accounts:
        spans += _account(account, live.get(account.name), now)
    if not counts.accounts and "" not in live:
        spans.append(("no account yet  ", "due"))
    if counts.blocked_orders:
        many = "1 new order" if counts.blocked_orders == 1 else f"{counts.blocked_orders} new orders"
        spans.append((f"⊘ {many} by a blocked buyer (O)  ", "blocked"))
    if counts.queued:
        spans.append((f"{counts.queued} waiting to go  ", "due"))
    if counts.unconfirmed:
        spans.append((f"{counts.unconfirmed} unconfirmed  ", "late"))
    if counts.rejected:
        spans.append((f"{counts.rejected} refused  ", "late"))
    return tuple(spans)


def _account(account: AccountStatus, live: str | None, now: datetime) -> Spans:
    name = (f"{account.name} ", "strong")
    if live:
        return (name, (f"{live}  ", "due"))
    if account.problem:
        since = f" (last good sync {moment(account.last_ok_at, now)})" if account.last_ok_at else ""
        return (name, (f"✗ {account.problem}{since}  ", "late"))
    if account.last_ok_at is None:
        return (name, ("not synced yet  ", "muted"))
    following = f", next {moment(account.next_at, now)}" if account.next_at else ""
    return (name, ("✓ ", "good"), (f"synced {moment(account.last_ok_at, now)}{following}  ", "muted"))
