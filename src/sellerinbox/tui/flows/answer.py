"""Answering: write or take a canned reply, have it checked, let it go with time to call it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.domain.errors import GuardBlocked, SellerInboxError
from sellerinbox.domain.models import ConversationRow, Kind
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.tui.screens.dialogs import AskValues, Choose, Confirm

if TYPE_CHECKING:
    from sellerinbox.inbox.replies import Prepared
    from sellerinbox.tui.screens.inbox_actions import InboxActions

NO_ANSWER = "This is a notice from the marketplace itself; it can't be answered."


async def answer(screen: InboxActions, row: ConversationRow, canned: str | None, *, edit: bool = False) -> None:
    """Answer a conversation; with `canned` by that reply, at once unless something needs the seller's eye.

    A draft kept for the conversation stays what it is, unless the seller lets a canned reply take its place.
    """
    if row.kind is Kind.MARKETPLACE:
        screen.app.say(NO_ANSWER)
        return
    if canned is None:
        await write(screen, row, screen.inbox.replies.draft(row.key))
        return
    prepared = await _prepare(screen, row, canned)
    if prepared is None:
        return
    note = _note(prepared)
    if edit or note:
        if await _may_replace_draft(screen, row):
            await write(screen, row, prepared.text, note)
    elif not row.blocked or await _still_answer(screen, row):
        await queue(screen, row, prepared.text)


async def _prepare(screen: InboxActions, row: ConversationRow, canned: str) -> Prepared | None:
    """The reply filled in; what is missing is asked for, and never sent empty."""
    try:
        prepared = screen.inbox.replies.prepare(row.key, canned)
    except SellerInboxError as error:
        screen.app.say(str(error), "error")
        return None
    if not prepared.missing:
        return prepared
    from sellerinbox.replies import VARIABLES

    wanted = [(name, VARIABLES.get(name, name)) for name in prepared.missing]
    values = await screen.app.push_screen_wait(AskValues(prepared.reply.name, wanted))
    return screen.inbox.replies.prepare(row.key, canned, values) if values else None


async def _may_replace_draft(screen: InboxActions, row: ConversationRow) -> bool:
    if not screen.inbox.replies.draft(row.key):
        return True
    question = "A draft is kept for this conversation. Write over it with this reply?"
    return await screen.app.push_screen_wait(Confirm(question, yes="write over it", no="keep the draft")) == "yes"


def _note(prepared: Prepared) -> str:
    if prepared.exact:
        return ""
    if prepared.thread_language is None:
        return f"The buyer's language could not be told from so few words; this one is in {prepared.language}. Read it before you send it."
    theirs, ours = prepared.thread_language, prepared.language
    return f"There is no text in this buyer's language ({theirs}); this one is in {ours}. Read it before you send it."


async def _still_answer(screen: InboxActions, row: ConversationRow) -> bool:
    question = f"You blocked {row.buyer}. Send this canned reply all the same?"
    details = "An open order goes on although the buyer is blocked, so an answer may still be owed."
    return await screen.app.push_screen_wait(Confirm(question, details, yes="send", no="don't send")) == "yes"


async def write(screen: InboxActions, row: ConversationRow, text: str, note: str = "") -> None:
    """The reply box; what comes back is checked and queued, what is left stays a draft."""
    from sellerinbox.tui.screens.reply import ReplyScreen

    view = screen.inbox.conversations.thread(row.key, 30)
    limit = PROFILES[row.marketplace].policy.max_length

    def save(typed: str) -> bool:
        return screen.app.attempt(lambda: screen.inbox.replies.save_draft(row.key, typed))

    box = ReplyScreen(view, text, save, now=screen.clock.now(), limit=limit, palette=screen.app.palette, note=note)
    written = await screen.app.push_screen_wait(box)
    if written is not None:
        await queue(screen, row, written, from_draft=True)
    screen.reload()


async def queue(screen: InboxActions, row: ConversationRow, text: str, *, from_draft: bool = False) -> None:
    """Into the outbox, with the undo window; what the guard stops stays a draft."""
    seconds = screen.app.undo_seconds
    try:
        screen.inbox.replies.queue(row.key, text, undo_seconds=seconds, from_draft=from_draft)
    except GuardBlocked as error:
        if not screen.inbox.replies.draft(row.key):
            screen.app.attempt(lambda: screen.inbox.replies.save_draft(row.key, text))
        screen.app.say(f"{error} Your text is kept: {screen.app.key_of('reply.write')} changes it.", "error")
    except SellerInboxError as error:
        screen.app.say(str(error), "error")
    else:
        screen.app.say(
            f"To {row.buyer}: goes out in {seconds} s, {screen.app.key_of('undo')} calls it back."
            if seconds
            else f"To {row.buyer}: on its way."
        )
    screen.reload()


async def choose_canned(screen: InboxActions, row: ConversationRow) -> None:
    """All canned replies, filled in for this conversation."""
    from sellerinbox.tui.screens.canned import CannedScreen

    if row.kind is Kind.MARKETPLACE:
        screen.app.say(NO_ANSWER)
        return
    chosen = await screen.app.push_screen_wait(CannedScreen(screen.inbox.replies, row.key, screen.app.palette))
    if chosen is not None:
        name, edit = chosen
        await answer(screen, row, name, edit=edit)


async def settle(screen: InboxActions, row: ConversationRow) -> None:
    """A refused or unfound reply: send again, or give it up."""
    entries = [e for e in screen.inbox.conversations.thread(row.key, 30).entries if e.outbox_id is not None]
    stuck = next((e for e in reversed(entries) if e.outbox in (OutboxState.REJECTED, OutboxState.UNCONFIRMED)), None)
    if stuck is None or stuck.outbox_id is None:
        screen.app.say("No reply in this conversation is stuck, so there is nothing to decide.")
        return
    choices = [("retry", "send it again"), ("cancel", "give it up; its text becomes the draft"), ("wait", "leave it as it is")]
    item_id = stuck.outbox_id
    answered = await screen.app.push_screen_wait(Choose(f"This reply is {stuck.outbox}. {stuck.reason or ''}", choices, screen.app.palette))
    if answered == "retry":
        screen.app.attempt(lambda: screen.inbox.replies.retry(item_id))
    elif answered == "cancel":
        screen.app.attempt(lambda: screen.inbox.replies.cancel(item_id))
    screen.reload()
