"""Keys typed faster than screens open wait for the screen they were meant for.

Textual hands a burst of keys (a slow ssh line, a paste, quick fingers) to whatever has the
focus now: "r", then a word, would run the word's letters as commands on the inbox, and close
or answer conversations. So a key that opens or closes something holds those behind it until
the next screen is there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.events import Key
from textual.timer import Timer

from sellerinbox.tui.counts import Counts
from sellerinbox.tui.keymaps import keys_of
from sellerinbox.tui.keys import INBOX, OPENING

if TYPE_CHECKING:
    from sellerinbox.tui.app import SellerInboxApp

PATIENCE = 0.4
"""Seconds after which held keys go on although no screen changed: the key did something else."""


class Typeahead:
    """Holds keys back; made by the application, which asks it about every key."""

    def __init__(self, app: SellerInboxApp, dispatch: Callable[[Key], Awaitable[None]], *, holding: bool) -> None:
        """`dispatch` hands a key to Textual; `holding` from the start, until the first rows are there."""
        self._app = app
        self._dispatch = dispatch
        self._held: list[Key] | None = [] if holding else None
        self._timer: Timer | None = None
        self._flows = 0
        self.counts = Counts(app, self._go)
        bound = [(keys_of(b.id or "", app.keymap), b.action.partition("(")[0]) for b in INBOX]
        self._opening = {key for keys, action in bound if action in OPENING for key in keys.split(",")}

    async def take(self, key: Key) -> None:
        """Hand a key on, or hold it."""
        if self._held is not None:
            self._held.append(key)
            return
        await self._pass(key)

    async def _pass(self, key: Key) -> None:
        """A key whose turn it is: digits wait for what they mean, the rest goes on."""
        if self._app.screen is self._app.screen_stack[0]:
            if await self.counts.hear(key):
                return
            if self._held is not None:  # the digit before it opened something
                self._held.append(key)
                return
        await self._go(key)

    async def _go(self, key: Key) -> None:
        if self._changes_screen(key):
            self._hold([])
        await self._dispatch(key)

    async def release(self) -> None:
        """A screen is there that waits for keys: give it what was typed for it."""
        if self._held is None:
            return
        held, self._held = self._held, None
        self._stop()
        while held:
            await self._pass(held.pop(0))
            if self._held is not None:  # one of them opened something: the rest is meant for that
                self._held.extend(held)
                return

    def flow_begins(self) -> None:
        """Several questions may follow one another: the inbox between two of them is not where keys belong."""
        self._flows += 1

    def flow_ends(self) -> None:
        """The inbox has the keys again."""
        self._flows -= 1
        self._app.call_later(self.release)

    def screen_is_there(self, *, inbox: bool) -> None:
        """A screen has come to the front."""
        if not (inbox and self._flows):
            self._app.call_after_refresh(self.release)

    def _changes_screen(self, key: Key) -> bool:
        screen = self._app.screen
        if screen is self._app.screen_stack[0]:
            return key.key in self._opening
        holds: frozenset[str] | None = getattr(screen, "CLOSING_KEYS", frozenset({"escape"}))
        return holds is None or key.key in holds

    def _hold(self, held: list[Key]) -> None:
        self._held = held
        self._stop()
        self._timer = self._app.set_timer(PATIENCE, self._soon)

    def _soon(self) -> None:
        # A timer's callback runs in the timer's own task, which `_stop` would end between two keys.
        self._timer = None
        self._app.call_later(self._waited)

    async def _waited(self) -> None:
        """No screen has changed: the key did something else. Between two questions of a flow the inbox is not where keys belong."""
        if self._flows and self._app.screen is self._app.screen_stack[0]:
            self._timer = self._app.set_timer(PATIENCE, self._soon)
        else:
            await self.release()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
