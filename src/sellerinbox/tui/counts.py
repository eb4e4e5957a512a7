"""Digits in front of a movement are a count (`3j`), a digit alone is the canned reply on it.

Which of the two only the next key tells, so a digit waits a moment for it. Every other key, or
the pause, makes it the canned reply; keys keep their order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.events import Key
from textual.timer import Timer

from sellerinbox.tui.keymaps import keys_of
from sellerinbox.tui.keys import COUNTED

if TYPE_CHECKING:
    from sellerinbox.tui.app import SellerInboxApp

PAUSE = 0.4
"""Seconds after which a digit alone means its canned reply."""
_MOST = 4


class Counts:
    """Holds digits back until it is clear what they mean."""

    def __init__(self, app: SellerInboxApp, give_back: Callable[[Key], Awaitable[None]]) -> None:
        """`give_back` takes a digit that was no count after all."""
        self._app = app
        self._give_back = give_back
        self._digits: list[Key] = []
        self._timer: Timer | None = None
        self._count = 0
        self._counted = {key for name in COUNTED for key in keys_of(name, app.keymap).split(",")}
        self._canned = {key for n in range(1, 10) for key in keys_of(f"reply.canned.{n}", app.keymap).split(",")}

    def take(self) -> int | None:
        """The count typed before this movement, once; None when there was none."""
        count, self._count = self._count, 0
        return count or None

    async def hear(self, key: Key) -> bool:
        """Whether the key was a digit and waits; other keys settle what the digits before them meant."""
        if key.key.isdecimal() and len(key.key) == 1 and (key.key != "0" or self._digits) and len(self._digits) < _MOST:
            self._digits.append(key)
            self._wait()
            self._app.inbox_screen.show_count("".join(digit.key for digit in self._digits))
            return True
        self._count = 0  # one that the key before did not ask for is not for this one
        if not self._digits:
            return False
        digits, self._digits = self._digits, []
        self._stop()
        self._app.inbox_screen.show_count("")
        if key.key in self._counted:
            self._count = int("".join(digit.key for digit in digits))
        else:
            await self._settle(digits)
        return False

    def _wait(self) -> None:
        self._stop()
        self._timer = self._app.set_timer(PAUSE, self._paused)

    async def _paused(self) -> None:
        digits, self._digits = self._digits, []
        self._app.inbox_screen.show_count("")
        await self._settle(digits)

    async def _settle(self, digits: list[Key]) -> None:
        """One digit with a canned reply on it is that reply; anything else meant nothing."""
        if len(digits) == 1 and digits[0].key in self._canned:
            await self._give_back(digits[0])

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
