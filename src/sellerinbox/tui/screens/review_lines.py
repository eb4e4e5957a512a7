"""The send review as lines: the buyer's words, the reply with what was found in it, the findings, promises, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.i18n import _
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.text import fit, wrap
from sellerinbox.tui.words import full

if TYPE_CHECKING:
    from sellerinbox.guard import Finding
    from sellerinbox.inbox.review import Review

_BAR = "▎ "
_SIGNS = {"block": ("✗", "late"), "warn": ("⚠", "warning"), "advice": ("·", "muted")}
"""Severity → sign and role: never colour alone."""


def review_lines(review: Review, width: int, *, marked: int, keep_promises: bool) -> tuple[list[Spans], int]:
    """All lines, and the one that should be in sight: the last of the marked finding, or of the reply when nothing was found."""
    lines = _said(review, width)
    lines.append(((_BAR, "ours"), (_("Your reply, as it arrives"), "ours-name")))
    for line in wrap(review.text, width - 3):
        lines.append(((_BAR, "ours"), *_underlined(line, review)))
    lines.append(())
    focus = len(lines)
    for number, finding in enumerate(review.findings):
        lines += _finding(finding, width, marked=number == marked)
        if number == marked:
            focus = len(lines)
    lines += _promises(review, width, keep=keep_promises)
    lines += _asked(review, width)
    return lines, max(focus, len(lines) if not review.findings else focus)


def _said(review: Review, width: int) -> list[Spans]:
    lines: list[Spans] = []
    for entry in review.said:
        lines.append(
            ((_BAR, "theirs"), (fit(entry.author, min(32, width // 2)).rstrip(), "theirs-name"), (f" · {full(entry.sent_at)}", "muted"))
        )
        lines += [((_BAR, "theirs"), (line, "text")) for line in wrap(entry.text, width - 3)]
        lines.append(())
    return lines


def _underlined(line: str, review: Review) -> Spans:
    """A line of the reply with the found pieces set off, as far as they stand whole on it."""
    spans: list[tuple[str, str]] = []
    at = 0
    for finding in sorted(review.findings, key=lambda finding: finding.start):
        piece = finding.text.strip()
        place = line.find(piece, at) if piece and "\n" not in piece else -1
        if place >= 0 and finding.severity != "advice":
            spans += [(line[at:place], "text"), (line[place : place + len(piece)], _SIGNS[finding.severity][1])]
            at = place + len(piece)
    return (*spans, (line[at:], "text"))


def _finding(finding: Finding, width: int, *, marked: bool) -> list[Spans]:
    sign, role = _SIGNS[finding.severity]
    front = "▸" if marked else " "
    first, *more = wrap(finding.why, width - 6)
    lines: list[Spans] = [((f"{front}{sign} ", role), (first, "strong" if marked else "text"))]
    lines += [(("   ", "muted"), (line, "text")) for line in more]
    quoted = finding.text.replace("\n", " ")
    if quoted.strip() and len(quoted) < len(finding.text) + 1:
        lines.append(((fit(f"   “{quoted}”", width), "muted"),))
    if marked and finding.better:
        better = _("   better: {words}").format(words=finding.better)
        lines += [((line, "good"),) for line in wrap(better, width - 3)]
    return lines


def _promises(review: Review, width: int, *, keep: bool) -> list[Spans]:
    if not review.promises:
        return []
    sign = "☑" if keep else "☐"
    head = _("Promises, kept in the ledger") if keep else _("Promises, not kept in the ledger")
    lines: list[Spans] = [(), ((f" {sign} {head}", "due"),)]
    for promise in review.promises:
        when = full(promise.due_at) if promise.due_at is not None else _("no day said")
        lines.append(((fit(f"   {when} · “{promise.text}”", width), "text"),))
    return lines


def _asked(review: Review, width: int) -> list[Spans]:
    if not review.asked:
        return []
    done = sum(asked.answered for asked in review.asked)
    lines: list[Spans] = [(), ((" " + _("{asked} asked, {answered} answered").format(asked=len(review.asked), answered=done), "due"),)]
    for asked in review.asked:
        sign, role = ("✓", "good") if asked.answered else ("?", "warning")
        lines.append(((f"  {sign} ", role), (fit(asked.text, width - 4), "text")))
    return lines
