"""Quitting: back to the list first; with replies still waiting, the seller decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.i18n import _, ngettext

if TYPE_CHECKING:
    from sellerinbox.tui.screens.inbox_actions import InboxActions

PATIENCE = 8
"""Seconds that replies get to go out before a quit."""


async def leave(screen: InboxActions) -> None:
    """One step back, or out of the program."""
    if not screen.has_class("at-conversations"):
        screen.action_back()
        return
    waiting = screen.inbox.conversations.counts().queued
    if waiting and not await _decided(screen, waiting):
        return
    screen.app.exit(None)


async def _decided(screen: InboxActions, waiting: int) -> bool:
    from sellerinbox.tui.screens.dialogs import Choose

    many = ngettext("{count} reply is still waiting to go.", "{count} replies are still waiting to go.", waiting)
    choices = [
        ("stay", _("stay here")),
        ("now", _("send now, then quit")),
        ("later", _("quit; they go out when sellerinbox or `sellerinbox sync` runs again")),
    ]
    chosen = await screen.app.push_screen_wait(Choose(many.format(count=waiting), choices, screen.app.palette))
    return await _sent(screen) if chosen == "now" else chosen == "later"


async def _sent(screen: InboxActions) -> bool:
    """Send what waits; False, staying here, when it can't go out within a few seconds."""
    if not screen.app.attempt(screen.inbox.replies.send_now):
        return False
    screen.app.say(_("Sending what waits …"))
    for _quarter in range(PATIENCE * 4):
        if not screen.inbox.conversations.counts().queued:
            return True
        await screen.clock.sleep(0.25)
    screen.app.say(_("They could not go out yet; the line at the bottom says why. They stay in the outbox."), "error")
    return False
