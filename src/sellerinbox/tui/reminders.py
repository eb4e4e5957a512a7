"""What comes up by itself: a snooze whose time has come, a promise whose time has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

if TYPE_CHECKING:
    from sellerinbox.tui.app import SellerInboxApp

_LONGEST_SLEEP = 3600.0
"""Seconds after which a snooze's time is looked at again: the machine may have slept, or its clock been set."""


class Reminders:
    """Wakes what slept, and puts forgotten promises in front; nothing ticks in between."""

    def __init__(self, app: SellerInboxApp) -> None:
        self._app = app
        self._waking: Timer | None = None

    def begin(self) -> None:
        """The program has started: look at both."""
        self._app.attempt(self.wake)
        self._app.attempt(self._promises_first)

    def wake(self) -> None:
        """Bring back what slept until now, and come again for the next."""
        if self._app.inbox.conversations.wake():
            self._app.inbox_screen.reload_soon()
        self.arm()

    def arm(self) -> None:
        """Come again when the next one wakes; that may have changed with anything the seller does."""
        conversations = self._app.inbox.conversations
        if self._waking is not None:
            self._waking.stop()
            self._waking = None
        following = conversations.next_wake()
        if following is not None:
            seconds = (following - self._app.clock.now()).total_seconds()
            self._waking = self._app.set_timer(min(max(seconds, 1.0), _LONGEST_SLEEP), lambda: self._app.attempt(self.wake))

    def _promises_first(self) -> None:
        """The first start after a promised time begins with the promises: forgotten on Monday, the buyer is lost (practice 7)."""
        if self._app.inbox.promises.take_news() and self._app.screen is self._app.inbox_screen:
            self._app.open_screen("promises")
