"""Quitting: back to the list first; with replies still waiting, the seller decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sellerinbox.tui.screens.inbox import InboxScreen


async def leave(screen: InboxScreen) -> None:
    """One step back, or out of the program."""
    if screen.narrow and not screen.has_class("at-conversations"):
        screen.action_back()
        return
    waiting = screen.inbox.conversations.counts().queued
    if waiting and not await _decided(screen, waiting):
        return
    screen.app.exit(None)


async def _decided(screen: InboxScreen, waiting: int) -> bool:
    from sellerinbox.tui.screens.dialogs import Choose

    words = "1 reply is" if waiting == 1 else f"{waiting} replies are"
    choices = [
        ("stay", "stay here until they are gone"),
        ("leave", "quit; they wait and go out when sellerinbox or `sellerinbox sync` runs again"),
    ]
    return await screen.app.push_screen_wait(Choose(f"{words} still waiting to go.", choices, screen.app.palette)) == "leave"
