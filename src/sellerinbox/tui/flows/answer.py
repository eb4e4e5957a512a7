"""Answering: write or take a canned reply, look at it once more, let it go with time to call it back.

answer ── canned, complete, nothing to say of it ───────────────────────► queue
   └───── written, or something to say ──► reply box ──► send review ──► queue
                                               ▲  the buyer wrote again  │
                                               └─────────────────────────┘
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sellerinbox.domain.errors import GuardBlocked, Interrupted, SellerInboxError
from sellerinbox.domain.models import ConversationRow, Kind
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import N_, _
from sellerinbox.tui.screens.dialogs import AskValues, Choose, Confirm
from sellerinbox.tui.words import outbox_state

if TYPE_CHECKING:
    from sellerinbox.domain.snooze import Snooze
    from sellerinbox.inbox.preparing import Prepared
    from sellerinbox.inbox.review import Review
    from sellerinbox.tui.screens.inbox_actions import InboxActions
    from sellerinbox.tui.screens.review import Decision

NO_ANSWER = N_("This is a notice from the marketplace itself; it can't be answered.")
_CONTEXT = 30
"""Messages shown above a reply being written."""


class Draft(NamedTuple):
    """A text on its way to the review."""

    text: str
    canned: Prepared | None = None
    """The canned reply it was made from, with what happens besides sending."""
    note: str = ""
    """What the reply box says above the text."""
    written: bool = True
    """It stands in the reply box, and so is the conversation's draft, which ends with it."""


async def answer(screen: InboxActions, row: ConversationRow, canned: str | None, *, edit: bool = False) -> None:
    """Answer a conversation; with `canned` by that reply, at once unless something needs the seller's eye.

    A draft kept for the conversation stays what it is, unless the seller lets a canned reply take its place.
    """
    if row.kind is Kind.MARKETPLACE:
        screen.app.say(_(NO_ANSWER))
    elif canned is None:
        await write(screen, row, Draft(screen.inbox.replies.draft(row.key)))
    else:
        prepared = await _prepare(screen, row, canned)
        if prepared is not None:
            await _use(screen, row, prepared, edit=edit)


async def _use(screen: InboxActions, row: ConversationRow, prepared: Prepared, *, edit: bool) -> None:
    """A canned reply, filled: into the reply box, into the review, or straight out."""
    draft = Draft(prepared.text, prepared, _note(prepared), written=False)
    if edit or draft.note:
        if await _may_replace_draft(screen, row):
            await write(screen, row, draft._replace(written=True))
        return
    if row.blocked and not await _still_answer(screen, row):
        return
    review = screen.inbox.replies.review(row.key, prepared.text, canned=prepared.reply.name)
    silent = review.verdict == "allow" and (not review.promises or prepared.promise is not None)
    if silent and screen.app.config.review == "needed":
        _send(screen, row, review, draft)
    else:
        await _look_and_send(screen, row, review, draft)


async def _prepare(screen: InboxActions, row: ConversationRow, canned: str) -> Prepared | None:
    """The reply filled in; what is missing is asked for, and never sent empty. None when it is locked here."""
    try:
        prepared = screen.inbox.replies.prepare(row.key, canned)
    except SellerInboxError as error:
        screen.app.say(str(error), "error")
        return None
    if prepared.locked is not None:
        told = _("“{reply}” can't be sent here: {reason}.").format(reply=prepared.reply.title(), reason=_(prepared.locked))
        screen.app.say(told, "error")
        return None
    if not prepared.missing:
        return prepared
    from sellerinbox.replies import VARIABLES

    wanted = [(name, _(VARIABLES.get(name, name))) for name in prepared.missing]
    values = await screen.app.push_screen_wait(AskValues(prepared.reply.name, wanted))
    return screen.inbox.replies.prepare(row.key, canned, values) if values else None


async def _may_replace_draft(screen: InboxActions, row: ConversationRow) -> bool:
    if not screen.inbox.replies.draft(row.key):
        return True
    question = _("A draft is kept for this conversation. Write over it with this reply?")
    return await screen.app.push_screen_wait(Confirm(question, yes=_("write over it"), no=_("keep the draft"))) == "yes"


def _note(prepared: Prepared) -> str:
    if prepared.exact:
        return ""
    if prepared.thread_language is None:
        told = _("The buyer's language could not be told from so few words; this one is in {language}. Read it before you send it.")
        return told.format(language=prepared.language)
    theirs, ours = prepared.thread_language, prepared.language
    told = _("There is no text in this buyer's language ({theirs}); this one is in {ours}. Read it before you send it.")
    return told.format(theirs=theirs, ours=ours)


async def _still_answer(screen: InboxActions, row: ConversationRow) -> bool:
    question = _("You blocked {buyer}. Send this canned reply all the same?").format(buyer=row.buyer)
    details = _("An open order goes on although the buyer is blocked, so an answer may still be owed.")
    return await screen.app.push_screen_wait(Confirm(question, details, yes=_("send"), no=_("don't send"))) == "yes"


async def write(screen: InboxActions, row: ConversationRow, draft: Draft) -> None:
    """The reply box, then the review; what is left stays a draft.

    When the buyer writes in the meantime, the box comes back with his message above the text:
    nothing goes out that he has overtaken without the seller having seen it.
    """
    from sellerinbox.inbox.review import newest_inbound

    while True:
        view = screen.inbox.conversations.thread(row.key, _CONTEXT)
        written = await _box(screen, row, draft)
        if written is None:
            break
        now = screen.inbox.conversations.thread(row.key, _CONTEXT)
        if newest_inbound(now) != newest_inbound(view):
            draft = draft._replace(
                text=written, note=_("{buyer} wrote again while you were writing. Read it above, then send.").format(buyer=row.buyer)
            )
            continue
        draft = draft._replace(text=written, note="")
        review = screen.inbox.replies.review(row.key, written, canned=None if draft.canned is None else draft.canned.reply.name)
        again = await _look_and_send(screen, row, review, draft)
        if again is None:
            break
        draft = again
    screen.reload()


async def _box(screen: InboxActions, row: ConversationRow, draft: Draft) -> str | None:
    from sellerinbox.tui.screens.reply import ReplyScreen

    replies = screen.inbox.replies

    def save(typed: str) -> bool:
        return screen.app.attempt(lambda: replies.save_draft(row.key, typed))

    box = ReplyScreen(
        screen.inbox.conversations.thread(row.key, _CONTEXT),
        draft.text,
        save,
        lambda typed: replies.check(row.key, typed) if typed.strip() else (),
        now=screen.clock.now(),
        limit=PROFILES[row.marketplace].policy.max_length,
        palette=screen.app.palette,
        note=draft.note,
    )
    return await screen.app.push_screen_wait(box)


async def _look_and_send(screen: InboxActions, row: ConversationRow, review: Review, draft: Draft) -> Draft | None:
    """The send review and what it decides; a draft when there is more to write, None when it is over."""
    from sellerinbox.tui.screens.review import ReviewScreen

    name = None if draft.canned is None else draft.canned.reply.name
    look = ReviewScreen(review, lambda text: screen.inbox.replies.review(row.key, text, canned=name), palette=screen.app.palette)
    decision = await screen.app.push_screen_wait(look)
    if decision is None or decision.wish == "edit":
        text = look.review.text
        if draft.written or decision is not None:
            screen.app.attempt(lambda: screen.inbox.replies.save_draft(row.key, text))
        if decision is None:
            return None
        if draft.canned is not None:
            await write(screen, row, draft._replace(text=text, written=True))
            return None
        return draft._replace(text=text)
    return await _decide(screen, row, look.review, draft, decision)


async def _decide(screen: InboxActions, row: ConversationRow, review: Review, draft: Draft, decision: Decision) -> Draft | None:
    snooze = None
    if decision.wish == "snooze":
        from sellerinbox.tui.flows.snooze import ask_snooze

        snooze = await ask_snooze(screen)
        if snooze is None:
            return draft._replace(text=decision.text)
    return _send(screen, row, review, draft, decision, snooze)


def _send(
    screen: InboxActions,
    row: ConversationRow,
    review: Review,
    draft: Draft,
    decision: Decision | None = None,
    snooze: Snooze | None = None,
) -> Draft | None:
    """Into the outbox, with the undo window and all that belongs to it; what is stopped stays a draft."""
    try:
        screen.inbox.replies.send(
            review,
            undo_seconds=screen.app.undo_seconds,
            canned=draft.canned,
            from_draft=draft.written,
            wish=decision.wish if decision else "send",
            snooze=snooze,
            keep_promises=decision is None or decision.promises,
            reason=decision.reason if decision else "",
        )
    except Interrupted:
        note = _("{buyer} wrote again while you were writing. Read it above, then send.").format(buyer=row.buyer)
        screen.app.say(note, "warning")
        return draft._replace(text=review.text, note=note)
    except GuardBlocked as error:
        _keep(screen, row, review.text)
        kept = _("{error} Your text is kept: {key} changes it.").format(error=error, key=screen.app.key_of("reply.write"))
        screen.app.say(kept, "error")
    except SellerInboxError as error:
        _keep(screen, row, review.text)
        screen.app.say(str(error), "error")
    else:
        _say_sent(screen, row)
        screen.after_reply(row, live=review.live, gone=decision is not None and decision.wish in ("close", "snooze"))
    screen.reload()
    return None


def _keep(screen: InboxActions, row: ConversationRow, text: str) -> None:
    if not screen.inbox.replies.draft(row.key):
        screen.app.attempt(lambda: screen.inbox.replies.save_draft(row.key, text))


def _say_sent(screen: InboxActions, row: ConversationRow) -> None:
    seconds = screen.app.undo_seconds
    told = _("To {buyer}: goes out in {seconds} s, {key} calls it back.") if seconds else _("To {buyer}: on its way.")
    screen.app.say(told.format(buyer=row.buyer, seconds=seconds, key=screen.app.key_of("undo")))


async def choose_canned(screen: InboxActions, row: ConversationRow) -> None:
    """All canned replies, filled in for this conversation."""
    from sellerinbox.tui.screens.canned import CannedScreen

    if row.kind is Kind.MARKETPLACE:
        screen.app.say(_(NO_ANSWER))
        return
    chosen = await screen.app.push_screen_wait(CannedScreen(screen.inbox.replies, row.key, screen.app.palette))
    if chosen is not None:
        name, edit = chosen
        await answer(screen, row, name, edit=edit)


async def settle(screen: InboxActions, row: ConversationRow) -> None:
    """A refused or unfound reply: send again, or give it up."""
    entries = [e for e in screen.inbox.conversations.thread(row.key, _CONTEXT).entries if e.outbox_id is not None]
    stuck = next((e for e in reversed(entries) if e.outbox in (OutboxState.REJECTED, OutboxState.UNCONFIRMED)), None)
    if stuck is None or stuck.outbox_id is None or stuck.outbox is None:
        screen.app.say(_("No reply in this conversation is stuck, so there is nothing to decide."))
        return
    choices = [("retry", _("send it again")), ("cancel", _("give it up; its text becomes the draft")), ("wait", _("leave it as it is"))]
    item_id = stuck.outbox_id
    question = _("This reply is {state}. {reason}").format(state=outbox_state(stuck.outbox), reason=stuck.reason or "")
    answered = await screen.app.push_screen_wait(Choose(question, choices, screen.app.palette))
    if answered == "retry":
        screen.app.attempt(lambda: screen.inbox.replies.retry(item_id))
    elif answered == "cancel":
        screen.app.attempt(lambda: screen.inbox.replies.cancel(item_id))
    screen.reload()
