"""Writing a reply: the buyer's last words above, the text below, its length counted.

What is typed is kept as a draft within a second, so an ssh connection that drops loses nothing.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from sellerinbox.domain.text import clean
from sellerinbox.domain.views import ThreadView
from sellerinbox.i18n import _
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette
from sellerinbox.tui.screens.dialogs import Confirm, Dialog
from sellerinbox.tui.text import literal
from sellerinbox.tui.widgets.bars import Bar, two_lines
from sellerinbox.tui.widgets.composer import Composer
from sellerinbox.tui.widgets.thread_view import ThreadPane

if TYPE_CHECKING:
    from sellerinbox.guard import Finding

_SAVE_AFTER = 1.0
"""Seconds between typing and saving; at most 2 s of typing may be lost (faults.md, I9)."""


class Desk(NamedTuple):
    """What the reply box needs besides the text."""

    save: Callable[[str], bool]
    """Keeps a draft, and tells whether it is kept."""
    look: Callable[[str], Sequence[Finding]]
    """The guard."""
    keep: Callable[[str], Awaitable[None]]
    """Makes a canned reply of a text, asking for its name."""


class ReplyScreen(Dialog[str]):
    """A reply being written; dismisses with the text to send, or None (the draft is kept)."""

    CSS = """
    ReplyScreen > Vertical { width: 100; max-width: 98%; height: 94%; background: $background; border: round $primary; }
    ReplyScreen #context { height: 2fr; }
    ReplyScreen Composer { height: 3fr; min-height: 5; border: none; border-top: solid $rule; padding: 0 1; background: $background; }
    ReplyScreen #meter { height: 2; }
    ReplyScreen #note { width: 1fr; height: auto; color: $warning; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.REPLY)
    CLOSING_KEYS = frozenset({"escape", "ctrl+s", "ctrl+t", "ctrl+l"})

    def __init__(
        self,
        view: ThreadView,
        text: str,
        desk: Desk,
        *,
        now: datetime,
        limit: int,
        palette: Palette,
        note: str = "",
    ) -> None:
        """`limit` is the marketplace's, in characters."""
        super().__init__()
        # A draft may have been pasted from anywhere, and TextArea hands escape sequences through (checked, 8.2.8).
        self.view, self.text, self.desk, self.limit = view, clean(text), desk, limit
        self.palette, self.note, self.now = palette, note, now
        self._saved = view.draft
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The thread, a note, the text, the meter."""
        with Vertical():
            yield ThreadPane(id="context", palette=self.palette)
            if self.note:
                yield Static(literal(self.note), id="note")
            yield Composer(self.text, self.desk.look, self.palette)
            yield Bar(id="found", palette=self.palette)
            yield Bar(id="meter", palette=self.palette, lines=2)

    def on_mount(self) -> None:
        """Ready to write."""
        self.query_one(Composer).focus()
        self._measure()
        self.call_after_refresh(self._show_thread)

    def on_resize(self) -> None:
        """Other keys fit on a line."""
        if self.is_mounted:
            self.call_after_refresh(self._measure)

    def _show_thread(self) -> None:
        self.query_one(ThreadPane).show(self.view, self.now)

    def on_text_area_changed(self) -> None:
        """Count, and save soon."""
        self.text = self.query_one(Composer).text
        self._measure()
        if self._timer is None:
            self._timer = self.set_timer(_SAVE_AFTER, self._keep)

    def on_composer_looked(self, event: Composer.Looked) -> None:
        """The worst of what the guard found, in one line; the review has all of it."""
        worst = min(event.findings, key=lambda finding: ("block", "warn", "advice").index(finding.severity), default=None)
        found = (
            ()
            if worst is None
            else ((f" {'✗' if worst.severity == 'block' else '⚠' if worst.severity == 'warn' else '·'} {worst.why}", "due"),)
        )
        self.query_one("#found", Bar).show(found)

    def _measure(self) -> None:
        count = len(self.text.strip())
        role = "late" if count > self.limit else "muted"
        over = _(" · {count} too many").format(count=count - self.limit) if count > self.limit else ""
        does = (
            ("reply.send", _("send")),
            ("reply.mend", _("mend")),
            ("reply.editor", "$EDITOR"),
            ("reply.leave", _("back, draft kept")),
            ("reply.keep", _("save as canned")),
            ("reply.discard", _("throw away")),
        )
        keys = [f"{self.app.key_of(name)} {words}" for name, words in does]
        length = f" {count:,}/{self.limit:,}{over}"
        first, second = two_lines(keys, self.query_one("#meter", Bar).size.width - cell_len(length) - 2)
        self.query_one("#meter", Bar).show(((length, role), (f" ·{first}", "muted")))
        self.query_one("#meter", Bar).show(((second, "muted"),), 1)

    def _keep(self) -> bool:
        """Save what is typed; False when it could not be, and the box stays open with it."""
        self._timer = None
        if self.text != self._saved and self.desk.save(self.text):
            self._saved = self.text
        return self.text == self._saved

    def _take_text(self) -> None:
        """What stands in the field now, also what no message has told of yet."""
        self.text = self.query_one(Composer).text

    def action_send(self) -> None:
        """Hand the text back to be checked and queued."""
        self._take_text()
        if self._keep():
            self.answer(self.text)

    def action_back(self) -> None:
        """Go back; the draft stays."""
        self._take_text()
        if self._keep():
            self.answer(None)

    @work
    async def action_discard(self) -> None:
        """Go back without a draft, after a question."""
        if await self.app.push_screen_wait(Confirm(_("Throw this text away?"), yes=_("throw it away"), no=_("keep it"))) == "yes":
            self.query_one(Composer).load_text("")
            self.action_back()

    @work
    async def action_keep(self) -> None:
        """Make a canned reply of it."""
        self._take_text()
        await self.desk.keep(self.text)

    def action_editor(self) -> None:
        """Go on writing in the seller's own editor."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        handle, name = tempfile.mkstemp(prefix="sellerinbox-", suffix=".txt")
        path = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(self.text)
            with self.app.suspend():
                subprocess.run([*shlex.split(editor), name], check=False)  # noqa: S603  (the seller's own editor)
            self.query_one(Composer).load_text(clean(path.read_text(encoding="utf-8", errors="replace")).rstrip("\n"))
        except (OSError, ValueError, SuspendNotSupported) as error:
            told = _("The editor “{editor}” could not be started ({error}); your text is still here.")
            self.app.say(told.format(editor=editor, error=error), "error")
        finally:
            path.unlink(missing_ok=True)
        self.refresh()

    def on_unmount(self) -> None:
        """However the program ends, what was typed is kept."""
        self._keep()
