"""The send review: the reply as the buyer will see it, under his own words, and all there is to say of it.

`y` sends; what stops a reply stands below it in plain words, with the key that mends it. The
screen decides nothing by itself: it gives back what the seller wants.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from sellerinbox.i18n import _
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette
from sellerinbox.tui.screens.dialogs import AskText, Dialog
from sellerinbox.tui.screens.review_lines import review_lines
from sellerinbox.tui.widgets.bars import Bar
from sellerinbox.tui.widgets.pane import Pane

if TYPE_CHECKING:
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


class ReviewScreen(Dialog[Decision]):
    """A reply to be looked at once more; dismisses with a `Decision`, or None to go back."""

    CSS = """
    ReviewScreen > Vertical { width: 100; max-width: 98%; height: 94%; background: $background; border: round $primary; }
    ReviewScreen #review { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.REVIEW)
    CLOSING_KEYS = frozenset({"escape", "y", "n", "e", "d", "s", "o", "ctrl+s"})

    def __init__(self, review: Review, again: Callable[[str], Review], *, palette: Palette) -> None:
        """`again` looks at a mended text."""
        super().__init__()
        self.review, self.again, self.palette = review, again, palette
        self.marked = 0
        self.promises = True
        self.told = ""

    def compose(self) -> ComposeResult:
        """The lines, and the keys below them."""
        with Vertical():
            pane = Pane(id="review", palette=self.palette)
            pane.can_focus = False
            yield pane
            yield Bar(id="told", palette=self.palette)
            yield Bar(id="keys", palette=self.palette)

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
        self.query_one("#told", Bar).show(((f" {self.told or self._verdict()}", self._role()),))
        self.query_one("#keys", Bar).show(((f" {self._keys()}", "muted"),))

    def _verdict(self) -> str:
        if self.review.verdict == "allow":
            return _("Nothing stops it.")
        if self._overridable:
            return _("Stopped. Change it, or send it all the same with a reason that is kept.")
        return _("Stopped, and no reason lets it go: it would cost the case or the account. Change it.")

    def _role(self) -> str:
        return {"allow": "good", "warn": "warning", "block": "late"}[self.review.verdict]

    @property
    def _overridable(self) -> bool:
        return self.review.overridable

    def _keys(self) -> str:
        key = self.app.key_of
        free = self.review.verdict == "allow"
        words = [(key("review.edit"), _("edit")), (key("review.back"), _("back"))]
        if free:
            first = [("review.send", _("send")), ("review.close", _("send + done")), ("review.snooze", _("send + snooze"))]
            words = [*((key(name), said) for name, said in first), *words]
        elif self._overridable:
            words.insert(0, (key("review.override"), _("send, with a reason")))
        if any(f.better for f in self.review.findings if f.family == "form"):
            words.append((key("review.fix"), _("mend the form")))
        if self._marked_better():
            words.append((key("review.better"), _("take the better words")))
        if self.review.promises:
            words.append((key("review.promises"), _("promises")))
        return " · ".join(f"{name} {said}" for name, said in words)

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
        self.show()

    def action_fix(self) -> None:
        """Mend spaces, marks and capitals."""
        from sellerinbox.guard import form

        self._take(form.mended(self.review.text, lambda text: self.again(text).findings))

    def action_better(self) -> None:
        """Put the better words in the place of the marked ones."""
        better = self._marked_better()
        if better is not None:
            found = self.review.findings[self.marked]
            self._take(self.review.text[: found.start] + better + self.review.text[found.end :])

    def _take(self, text: str) -> None:
        if text != self.review.text:
            self.review = self.again(text)
            self.marked = 0
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

    def _decide(self, wish: str, reason: str = "") -> None:
        self.answer(Decision(wish, self.review.text, self.promises and bool(self.review.promises), reason))
