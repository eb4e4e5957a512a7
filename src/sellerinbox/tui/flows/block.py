"""Blocking a buyer: reason, confirm, the local list, and the official page for the rest.

No marketplace here has a call for it. So the name is copied, the page is shown, and "done
there?" is recorded as the seller's word, never as a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.domain.models import ConversationRow, Kind
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import _
from sellerinbox.inbox.buyers import REASONS
from sellerinbox.tui.screens.dialogs import AskText, Choose, Confirm

if TYPE_CHECKING:
    from sellerinbox.tui.screens.inbox_actions import InboxActions


async def block(screen: InboxActions, row: ConversationRow) -> None:
    """Block the buyer of a conversation, or unblock him when he is."""
    if row.kind is Kind.MARKETPLACE:
        screen.app.say(_("This is the marketplace itself; it can't be blocked."))
    elif row.blocked:
        await _unblock(screen, row)
    else:
        await _block(screen, row)
    screen.reload()


async def _block(screen: InboxActions, row: ConversationRow) -> None:
    ask = screen.app.push_screen_wait
    reasons = [(name, _(words)) for name, words in REASONS.items()]
    reason = await ask(Choose(_("Why block {buyer}?").format(buyer=row.buyer), reasons, screen.app.palette))
    if reason is None:
        return
    note = await ask(AskText(_("A note for yourself?"), _("Only you see it. It may stay empty.")))
    if note is None:
        return
    question = _("Block {buyer}: {reason}?").format(buyer=row.buyer, reason=_(REASONS[reason]))
    details = _(
        "He gets a badge here and a warning on his new orders. Orders that are open go on, "
        "and he may still write, so his messages still come in and still count."
    )
    if await ask(Confirm(question, details, yes=_("block"), no=_("go back"))) != "yes":
        return
    if screen.app.attempt(lambda: screen.inbox.buyers.block(row.key.account, row.buyer, reason, note.strip(), row.key)):
        await _on_the_page(screen, row)


async def _on_the_page(screen: InboxActions, row: ConversationRow) -> None:
    """The part that only the seller can do."""
    profile = PROFILES[row.marketplace]
    if profile.block_page is None:
        return
    screen.app.copy_to_clipboard(row.buyer)
    details = _(
        "{marketplace} lets no program block a buyer. Add the name on its own page:\n\n"
        "    name   {buyer}   (copied)\n    page   {page}\n\n"
        "Your country's site has the same page under its own address. Saving there replaces the whole list: add, don't overwrite."
    ).format(marketplace=profile.label, buyer=row.buyer, page=profile.block_page)
    question = _("Done on {marketplace}?").format(marketplace=profile.label)
    said = await screen.app.push_screen_wait(Confirm(question, details, yes=_("I did it there"), no=_("not yet")))
    remote = "done by seller" if said == "yes" else "asked"
    screen.app.attempt(lambda: screen.inbox.buyers.set_remote(row.key.account, row.buyer, remote))
    if said == "yes":
        screen.app.say(_("{buyer} is blocked here; noted that you did it there.").format(buyer=row.buyer))
        return
    told = _("{buyer} is blocked here; not yet on {marketplace}; `{key} b` shows who is still open.")
    screen.app.say(told.format(buyer=row.buyer, marketplace=profile.label, key=screen.app.key_of("go")))


async def _unblock(screen: InboxActions, row: ConversationRow) -> None:
    page = PROFILES[row.marketplace].block_page
    details = _("If you blocked him on {page}, take him off there too.").format(page=page) if page else ""
    question = _("Unblock {buyer}?").format(buyer=row.buyer)
    if await screen.app.push_screen_wait(Confirm(question, details, yes=_("unblock"), no=_("go back"))) == "yes":
        screen.app.attempt(lambda: screen.inbox.buyers.unblock(row.key.account, row.buyer))
