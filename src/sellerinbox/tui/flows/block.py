"""Blocking a buyer: reason, confirm, the local list, and the official page for the rest.

No marketplace here has a call for it. So the name is copied, the page is shown, and "done
there?" is recorded as the seller's word, never as a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.domain.models import ConversationRow, Kind
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.inbox.buyers import REASONS
from sellerinbox.tui.screens.dialogs import AskText, Choose, Confirm

if TYPE_CHECKING:
    from sellerinbox.tui.screens.inbox_actions import InboxActions


async def block(screen: InboxActions, row: ConversationRow) -> None:
    """Block the buyer of a conversation, or unblock him when he is."""
    if row.kind is Kind.MARKETPLACE:
        screen.app.say("This is the marketplace itself; it can't be blocked.")
    elif row.blocked:
        await _unblock(screen, row)
    else:
        await _block(screen, row)
    screen.reload()


async def _block(screen: InboxActions, row: ConversationRow) -> None:
    ask = screen.app.push_screen_wait
    reason = await ask(Choose(f"Why block {row.buyer}?", tuple(REASONS.items()), screen.app.palette))
    if reason is None:
        return
    note = await ask(AskText("A note for yourself?", "Only you see it. It may stay empty."))
    if note is None:
        return
    details = (
        "He gets a badge here and a warning on his new orders. Orders that are open go on, "
        "and he may still write, so his messages still come in and still count."
    )
    if await ask(Confirm(f"Block {row.buyer}: {REASONS[reason]}?", details, yes="block", no="go back")) != "yes":
        return
    if screen.app.attempt(lambda: screen.inbox.buyers.block(row.key.account, row.buyer, reason, note.strip(), row.key)):
        await _on_the_page(screen, row)


async def _on_the_page(screen: InboxActions, row: ConversationRow) -> None:
    """The part that only the seller can do."""
    profile = PROFILES[row.marketplace]
    if profile.block_page is None:
        return
    screen.app.copy_to_clipboard(row.buyer)
    details = (
        f"{profile.label} lets no program block a buyer. Add the name on its own page:\n\n"
        f"    name   {row.buyer}   (copied)\n    page   {profile.block_page}\n\n"
        "Your country's site has the same page under its own address. Saving there replaces the whole list: add, don't overwrite."
    )
    said = await screen.app.push_screen_wait(Confirm(f"Done on {profile.label}?", details, yes="I did it there", no="not yet"))
    remote = "done by seller" if said == "yes" else "asked"
    screen.app.attempt(lambda: screen.inbox.buyers.set_remote(row.key.account, row.buyer, remote))
    done = "noted that you did it there" if said == "yes" else f"not yet on {profile.label}; `g b` shows who is still open"
    screen.app.say(f"{row.buyer} is blocked here; {done}.")


async def _unblock(screen: InboxActions, row: ConversationRow) -> None:
    page = PROFILES[row.marketplace].block_page
    details = f"If you blocked him on {page}, take him off there too." if page else ""
    if await screen.app.push_screen_wait(Confirm(f"Unblock {row.buyer}?", details, yes="unblock", no="go back")) == "yes":
        screen.app.attempt(lambda: screen.inbox.buyers.unblock(row.key.account, row.buyer))
