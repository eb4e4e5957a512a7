"""How one conversation is drawn in the list: on one line where there is room, on two where there is not."""

from __future__ import annotations

from datetime import datetime

from rich.cells import cell_len

from sellerinbox.domain.models import ConversationRow, Kind, State
from sellerinbox.domain.text import marked
from sellerinbox.i18n import _, ngettext
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.text import fit, right
from sellerinbox.tui.words import due

_NOTE = 26
"""Cells that tags and marks may take from the text."""
_DUE = 18
"""Cells of the due column: “promised Mon 14:02”."""


def _sign(row: ConversationRow) -> tuple[str, str]:
    if row.blocked:
        return "⊘ ", "blocked"
    if row.woke:
        return "↑ ", "due"
    if row.snoozed:
        return "z ", "muted"
    if row.thanks:
        return "♥ ", "good"
    if row.unread:
        return "● ", "unread"
    return ("· " if row.state is State.OPEN else "  "), "muted"


def _note(row: ConversationRow, width: int) -> str:
    """Marks in words, in front of the text: a draft, notes, an acknowledgement, tags; never more than the half of a narrow row."""
    parts = [_("draft")] if row.has_draft else []
    if row.acked:
        parts.append(_("ack'd"))
    if row.notes:
        parts.append(ngettext("{count} note", "{count} notes", row.notes).format(count=row.notes))
    parts += [f"#{tag}" for tag in row.tags]
    shown = " · ".join(parts)
    return f"[{fit(shown, min(_NOTE, width * 3 // 5, cell_len(shown)))}] " if parts else ""


def chosen(row: ConversationRow, width: int, now: datetime, height: int) -> Spans:
    """A chosen conversation: a tick where its sign was."""
    (_old_sign, _role), *rest = (one_line if height == 1 else first_line)(row, width, now)
    return (("✓ ", "accent"), *rest)


def first_line(row: ConversationRow, width: int, now: datetime) -> Spans:
    """Who, and when an answer is due."""
    words, role = due(row, now)
    sign, sign_role = _sign(row)
    name = fit(marked(row.buyer), width - cell_len(words) - 5)
    return ((sign, sign_role), (name, "unread" if row.unread else "strong"), (f" {words} ", role))


def second_line(row: ConversationRow, width: int, _now: datetime) -> Spans:
    """What it is about."""
    note = _note(row, width)
    text = fit(row.snippet or row.subject, width - 4 - cell_len(note))
    return (("  ", "muted"), (note, "due"), (text, "muted")) if note else ((f"  {text}", "muted"),)


def one_line(row: ConversationRow, width: int, now: datetime) -> Spans:
    """A conversation on one line."""
    words, role = due(row, now)
    sign, sign_role = _sign(row)
    name = fit(marked(row.buyer), 18)
    note = _note(row, width)
    text = row.snippet if row.kind is Kind.BUYER else row.subject
    rest = width - 1 - 2 - 18 - 1 - cell_len(note) - _DUE - 1
    return (
        (sign, sign_role),
        (name + " ", "unread" if row.unread else "strong"),
        (note, "due"),
        (fit(text, rest), "text" if row.unread else "muted"),
        (right(fit(words, _DUE).rstrip(), _DUE), role),
        (" ", "muted"),
    )
