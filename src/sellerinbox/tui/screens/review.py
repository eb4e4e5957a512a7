"""The send review: the reply as the buyer will see it, under his own words, and all there is to say of it.

`y` sends; what stops a reply stands below it in plain words, with the key that mends it. The
screen decides nothing by itself: it gives back what the seller wants.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.text import clean_line
from sellerinbox.i18n import _
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette
from sellerinbox.tui.screens.dialogs import AskText, Dialog
from sellerinbox.tui.screens.review_lines import review_lines
from sellerinbox.tui.widgets.bars import Bar, two_lines
from sellerinbox.tui.widgets.pane import Pane
from sellerinbox.tui.words import full

if TYPE_CHECKING:
    from datetime import datetime

    from sellerinbox.domain.promises import Promised
    from sellerinbox.inbox.review import Review

_SHORTEST_REASON = 3


class Decision(NamedTuple):
    """What the seller wants done with a reply."""

    wish: str
    """`send`, `close` (send and done), `snooze` (send and snooze), `edit`."""
    text: str
    """The text, with what was mended in the review."""
    promises: bool
    """Whether its promises go into the ledger."""
    reason: str = ""
    """Why it goes in spite of what was found; kept with the reply."""


class Tools(NamedTuple):
    """What the review needs besides the text."""

    again: Callable[[str], Review]
    """Looks at a mended text."""
    day: Callable[[str], datetime]
    """Reads by when a promise is owed; raises `UsageError`."""
    keep: Callable[[str], Awaitable[None]]
    """Makes a canned reply of a text, asking for its name."""


class ReviewScreen(Dialog[Decision]):
    """A reply to be looked at once more; dismisses with a `Decision`, or None to go back."""

    CSS = """
    ReviewScreen > Vertical { width: 100; max-width: 98%; height: 94%; background: $background; border: round $primary; }
    ReviewScreen #review { height: 1fr; }
    ReviewScreen #keys { height: 2; }
    ReviewScreen #told { height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.REVIEW)
    CLOSING_KEYS = frozenset({"escape", "y", "n", "e", "d", "s", "o", "t", "c", "ctrl+s", "ctrl+l"})

    def __init__(self, review: Review, tools: Tools, *, palette: Palette, told: str = "") -> None:
        """`told` is what is to be said first."""
        super().__init__()
        self.review, self.tools, self.palette = _worst_first(review), tools, palette
        self.marked = _worst(self.review)
        self.promises = True
        self.told = told

    def compose(self) -> ComposeResult:
        """The lines, and the keys below them."""
        with Vertical():
            pane = Pane(id="review", palette=self.palette)
            pane.can_focus = False
            yield pane
            yield Static(id="told")
            yield Bar(id="keys", palette=self.palette, lines=2)

    def on_mount(self) -> None:
        """Lines need the width."""
        self.call_after_refresh(self.show)

    def on_resize(self) -> None:
        """Wrapped anew."""
        if self.is_mounted:
            self.call_after_refresh(self.show)

    def show(self) -> None:
        """Draw everything again."""
        pane = self.query_one("#review", Pane)
        if not pane.size.width:
            return
        pane.title = _("To {buyer}").format(buyer=self.review.said[-1].author) if self.review.said else _("Your reply")
        lines, focus = review_lines(self.review, pane.size.width, marked=self.marked, keep_promises=self.promises)
        # The end is what matters: what was found, and the reply above it. His words can be scrolled to.
        pane.show_lines(lines, keep_place=True)
        pane.action_scroll_to(max(0, focus - pane.body_height + 2) if focus >= pane.body_height else 0)
        self.query_one("#told", Static).update(Content.styled(clean_line(self.told or self._verdict(), 400), self._style()))
        for number, line in enumerate(two_lines(self._keys(), pane.size.width)):
            self.query_one("#keys", Bar).show(((line, "muted"),), number)

    def _verdict(self) -> str:
        if self.review.verdict == "allow":
            return _("Nothing stops it.")
        if self._overridable:
            return _("Stopped. Change it, or send it all the same with a reason that is kept.")
        return _("Stopped, and no reason lets it go: it would cost the case or the account. Change it.")

    def _style(self) -> Style:
        role = {"allow": "good", "warn": "warning", "block": "late"}[self.review.verdict]
        return Style.from_rich_style(self.palette("warning" if self.told and role == "good" else role))

    @property
    def _overridable(self) -> bool:
        return self.review.overridable

    def _keys(self) -> list[str]:
        key = self.app.key_of
        free, found = self.review.verdict == "allow", self.review.findings
        does = (
            ("review.send", _("send"), free),
            ("review.close", _("send + done"), free),
            ("review.snooze", _("send + snooze"), free),
            ("review.override", _("send, with a reason"), not free and self._overridable),
            ("review.edit", _("edit"), True),
            ("review.back", _("back"), True),
            ("review.better", _("better words"), self._marked_better() is not None),
            ("review.fix", _("mend the form"), any(f.better is not None for f in found if f.family == "form")),
            ("review.promises", _("promises or not"), bool(self.review.promises)),
            ("review.date", _("another day"), bool(self.review.promises) and self.promises),
            ("review.down", _("next finding"), len(found) > 1),
            ("review.keep", _("save as canned"), True),
        )
        return [f"{key(name)} {words}" for name, words, here in does if here]

    def _marked_better(self) -> str | None:
        found = self.review.findings
        return found[self.marked].better if self.marked < len(found) else None

    # -- keys ------------------------------------------------------------------------------

    def action_move(self, count: int) -> None:
        """Mark another finding."""
        self.marked = max(0, min(self.marked + count, len(self.review.findings) - 1))
        self.show()

    def action_scroll(self, count: int) -> None:
        """Read what does not fit."""
        self.query_one("#review", Pane).action_scroll_pages(count)

    def action_send(self, wish: str = "send") -> None:
        """Let it go, when nothing stops it."""
        if self.review.verdict == "allow":
            self._decide(wish)
        else:
            self.told = self._verdict()
            self.show()

    def action_edit(self) -> None:
        """Back to writing, with what was mended."""
        self._decide("edit")

    def action_promises(self) -> None:
        """Keep its promises in the ledger, or not."""
        self.promises = not self.promises
        self.told = ""
        self.show()

    def action_fix(self) -> None:
        """Mend spaces, marks and capitals."""
        from sellerinbox.guard import form

        self._take(form.mended(self.review.text, lambda text: self.tools.again(text).findings))

    def action_better(self) -> None:
        """Put the better words in the place of the marked ones."""
        better = self._marked_better()
        if better is not None:
            found = self.review.findings[self.marked]
            self._take(self.review.text[: found.start] + better + self.review.text[found.end :])

    def _take(self, text: str) -> None:
        if text != self.review.text:
            self.review = _worst_first(self._with_days(self.tools.again(text)))
            self.marked = _worst(self.review)
            self.told = ""
            self.show()

    @work
    async def action_override(self) -> None:
        """Send it all the same, with a reason that is kept."""
        if self.review.verdict == "allow":
            self._decide("send")
            return
        if not self._overridable:
            self.told = self._verdict()
            self.show()
            return
        whys = "\n".join(dict.fromkeys(f.why for f in self.review.findings if f.severity != "advice"))
        reason = await self.app.push_screen_wait(AskText(_("Why does it go all the same? Your reason is kept with the reply."), whys))
        if reason is not None and len(reason.strip()) >= _SHORTEST_REASON:
            self._decide("send", reason.strip())
        elif reason is not None:
            self.told = _("Not sent: without a reason it stays stopped.")
            self.show()

    def _with_days(self, review: Review) -> Review:
        """The days that the seller gave its promises outlive a mended word."""
        mine = {promise.text: promise for promise in self.review.promises}
        return review._replace(promises=tuple(mine.get(promise.text, promise) for promise in review.promises))

    @work
    async def action_date(self) -> None:
        """Give each of its promises the day that is meant."""
        from sellerinbox.domain.promises import NewPromise

        kept: list[Promised] = []
        for promise in self.review.promises if self.promises else ():
            question = _("By when? “{text}”").format(text=promise.text)
            details, value = "", full(promise.due_at) if promise.due_at else ""
            while True:
                typed = await self.app.push_screen_wait(AskText(question, details, value))
                if typed is None or typed == value == (full(promise.due_at) if promise.due_at else ""):
                    kept.append(promise)
                    break
                try:
                    kept.append(NewPromise(promise.text, self.tools.day(typed)))
                    break
                except UsageError as error:
                    details, value = str(error), typed
        if kept:
            self.review = self.review._replace(promises=tuple(kept))
            self.show()

    @work
    async def action_keep(self) -> None:
        """Make a canned reply of it, beside sending it."""
        await self.tools.keep(self.review.text)

    def _decide(self, wish: str, reason: str = "") -> None:
        self.answer(Decision(wish, self.review.text, self.promises and bool(self.review.promises), reason))


def _worst(review: Review) -> int:
    """The finding to begin with: what stops the reply must not stand below the end of a small screen."""
    order = ("block", "warn", "advice")
    return min(range(len(review.findings)), key=lambda number: order.index(review.findings[number].severity), default=0)


def _worst_first(review: Review) -> Review:
    """What stops the reply stands on top, or a small screen would show the capitals and not the reason."""
    order = ("block", "warn", "advice")
    return review._replace(findings=tuple(sorted(review.findings, key=lambda finding: order.index(finding.severity))))
