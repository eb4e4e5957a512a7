"""Putting conversations aside: a preset with one key, or until whatever is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.domain.snooze import PRESETS, Snooze, parse
from sellerinbox.i18n import _

if TYPE_CHECKING:
    from sellerinbox.tui.screens.inbox_actions import InboxActions


async def ask_snooze(screen: InboxActions) -> Snooze | None:
    """Until when; None when the seller goes back."""
    from sellerinbox.tui.screens.snooze import SnoozeScreen

    calendar = screen.inbox.calendar
    own = [(setting.key, setting.name, setting.when) for setting in screen.app.config.snoozes]
    ours = [(str(number), _(preset.name), preset.typed) for number, preset in enumerate(PRESETS, 1)]
    taken = {key for key, *_rest in own}
    choices = [*own, *((key, name, typed) for key, name, typed in ours if key not in taken)]
    typed = await screen.app.push_screen_wait(SnoozeScreen(choices, calendar, screen.clock.now()))
    return None if typed is None else parse(typed, screen.clock.now(), calendar)
