"""Saving a reply as a canned one: it asks for a name, and says where the file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.domain.errors import SellerInboxError, UsageError
from sellerinbox.domain.models import ConversationRow
from sellerinbox.i18n import _
from sellerinbox.tui.screens.dialogs import AskText

if TYPE_CHECKING:
    from sellerinbox.tui.screens.inbox_actions import InboxActions


async def keep_canned(screen: InboxActions, row: ConversationRow, text: str) -> None:
    """Make a canned reply of a text; its name, number and days become variables. Asks again for a name that can't be one."""
    if not text.strip():
        screen.app.say(_("There is no text yet that could be saved."), "warning")
        return
    example = _("One word for it, such as spare-lid. Names, numbers and days in the text become variables.")
    details, name = example, ""
    while True:
        typed = await screen.app.push_screen_wait(AskText(_("Save it as a canned reply: under which name?"), details, name))
        if typed is None:
            return
        name = "-".join(typed.split())
        try:
            path = screen.inbox.replies.keep(row.key, name, text, screen.app.config.paths.replies)
        except UsageError as error:
            details = f"{error}\n{example}"
        except SellerInboxError as error:
            screen.app.say(str(error), "error")
            return
        else:
            screen.app.say(_("Saved as “{name}” in {path}; change its words there.").format(name=path.stem, path=path))
            return
