"""Writing a reply: the buyer's last words above, the text below, its length counted.

What is typed is kept as a draft within a second, so an ssh connection that drops loses nothing.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static, TextArea

from sellerinbox.domain.text import clean
from sellerinbox.domain.views import ThreadView
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette
from sellerinbox.tui.screens.dialogs import Confirm, Dialog
from sellerinbox.tui.text import literal
from sellerinbox.tui.widgets.bars import Bar
from sellerinbox.tui.widgets.thread_view import ThreadPane

_SAVE_AFTER = 1.0
"""Seconds between typing and saving; at most 2 s of typing may be lost (faults.md, I9)."""


class ReplyScreen(Dialog[str]):
    """A reply being written; dismisses with the text to send, or None (the draft is kept)."""

    CSS = """
    ReplyScreen > Vertical { width: 100; max-width: 98%; height: 94%; background: $background; border: round $primary; }
    ReplyScreen #context { height: 2fr; }
    ReplyScreen TextArea { height: 3fr; min-height: 5; border: none; border-top: solid $rule; padding: 0 1; background: $background; }
    ReplyScreen #note { width: 1fr; height: auto; color: $warning; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.REPLY)
    CLOSING_KEYS = frozenset({"escape", "ctrl+s", "ctrl+t"})

    def __init__(
        self, view: ThreadView, text: str, save: Callable[[str], bool], *, now: datetime, limit: int, palette: Palette, note: str = ""
    ) -> None:
        """`save` keeps a draft and tells whether it is kept; `limit` is the marketplace's, in characters."""
        super().__init__()
        # A draft may have been pasted from anywhere, and TextArea hands escape sequences through (checked, 8.2.8).
        self.view, self.text, self.save, self.limit = view, clean(text), save, limit
        self.palette, self.note, self.now = palette, note, now
        self._saved = view.draft
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The thread, a note, the text, the meter."""
        with Vertical():
            yield ThreadPane(id="context", palette=self.palette)
            if self.note:
                yield Static(literal(self.note), id="note")
            yield TextArea(self.text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
            yield Bar(id="meter", palette=self.palette)

    def on_mount(self) -> None:
        """The cursor goes behind the text; it does not blink (2.3 kB/s over ssh)."""
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        area.focus()
        self._measure()
        self.call_after_refresh(self._show_thread)

    def _show_thread(self) -> None:
        self.query_one(ThreadPane).show(self.view, self.now)

    def on_text_area_changed(self) -> None:
        """Count, and save soon."""
        self.text = self.query_one(TextArea).text
        self._measure()
        if self._timer is None:
            self._timer = self.set_timer(_SAVE_AFTER, self._keep)

    def _measure(self) -> None:
        count = len(self.text.strip())
        role = "late" if count > self.limit else "muted"
        over = f" · {count - self.limit} too many" if count > self.limit else ""
        does = (("reply.send", "send"), ("reply.editor", "$EDITOR"), ("reply.leave", "back, draft kept"), ("reply.discard", "throw away"))
        keys = "".join(f" · {self.app.key_of(name)} {words}" for name, words in does)
        self.query_one("#meter", Bar).show(((f" {count:,}/{self.limit:,}{over}", role), (keys, "muted")))

    def _keep(self) -> bool:
        """Save what is typed; False when it could not be, and the box stays open with it."""
        self._timer = None
        if self.text != self._saved and self.save(self.text):
            self._saved = self.text
        return self.text == self._saved

    def _take_text(self) -> None:
        """What stands in the field now, also what no message has told of yet."""
        self.text = self.query_one(TextArea).text

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
        if await self.app.push_screen_wait(Confirm("Throw this text away?", yes="throw it away", no="keep it")) == "yes":
            self.query_one(TextArea).load_text("")
            self.action_back()

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
            self.query_one(TextArea).load_text(clean(path.read_text(encoding="utf-8", errors="replace")).rstrip("\n"))
        except (OSError, ValueError, SuspendNotSupported) as error:
            self.app.say(f"The editor “{editor}” could not be started ({error}); your text is still here.", "error")
        finally:
            path.unlink(missing_ok=True)
        self.refresh()

    def on_unmount(self) -> None:
        """However the program ends, what was typed is kept."""
        self._keep()
