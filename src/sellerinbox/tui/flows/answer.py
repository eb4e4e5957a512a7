"""Answering: write or take a canned reply, look at it once more, let it go with time to call it back.

answer ── canned, complete, nothing to say of it ───────────────────────► queue
   └───── written, or something to say ──► reply box ──► send review ──► queue
                                               ▲  the buyer wrote again  │
                                               └─────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sellerinbox.domain.errors import SellerInboxError
from sellerinbox.domain.models import ConversationRow, Kind
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import N_, _
from sellerinbox.tui.flows.letting_go import Draft, look_and_send, overtaken, send
from sellerinbox.tui.screens.dialogs import AskValues, Choose, Confirm
from sellerinbox.tui.words import outbox_state

if TYPE_CHECKING:
    from sellerinbox.domain.views import ThreadView
    from sellerinbox.guard import Finding
    from sellerinbox.inbox.preparing import Prepared
    from sellerinbox.tui.screens.inbox_actions import InboxActions

NO_ANSWER = N_("This is a notice from the marketplace itself; it can't be answered.")
_CONTEXT = 30
"""Messages shown above a reply being written."""


class Wanted(NamedTuple):
    """A canned reply as chosen: one or several as one message, other blocks swapped in, to be changed first or not."""

    names: tuple[str, ...]
    """Of the first also the key it lies on."""
    swaps: Mapping[str, str]
    edit: bool = False


async def answer(screen: InboxActions, row: ConversationRow, canned: Wanted | None) -> None:
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
            await _use(screen, row, prepared, edit=canned.edit)


async def _use(screen: InboxActions, row: ConversationRow, prepared: Prepared, *, edit: bool) -> None:
    """A canned reply, filled: into the reply box, into the review, or straight out."""
    draft = Draft(prepared.text, prepared, _note(prepared), written=False)
    if edit or draft.note:
        await _write_over(screen, row, draft)
        return
    if row.blocked and not await _still_answer(screen, row):
        return
    review = screen.inbox.replies.review(row.key, prepared.text, canned=prepared)
    silent = review.verdict == "allow" and (not review.promises or prepared.promise is not None)
    # What came in since the list was drawn has not been on the screen yet (practice 53).
    unseen = screen.inbox.conversations.row(row.key).last_inbound_at != row.last_inbound_at
    if silent and not unseen and screen.app.config.review == "needed":
        left = send(screen, row, review, draft)
    else:
        told = _("{buyer} wrote again just now. Read it, then send.").format(buyer=row.buyer) if unseen else ""
        left = await look_and_send(screen, row, review, draft, told)
    if left is not None:
        await _write_over(screen, row, left)


async def _write_over(screen: InboxActions, row: ConversationRow, draft: Draft) -> None:
    """Go on in the reply box, when the draft that stands there may go."""
    if await _may_replace_draft(screen, row):
        await write(screen, row, draft._replace(written=True))


async def _prepare(screen: InboxActions, row: ConversationRow, wanted: Wanted) -> Prepared | None:
    """The reply filled in; what is missing is asked for, and never sent empty. None when it is locked here."""
    first, *more = wanted.names

    def filled(given: Mapping[str, str]) -> Prepared:
        return screen.inbox.replies.prepare(row.key, first, given, more=more, swaps=wanted.swaps)

    prepared = filled({})
    if prepared.locked is not None:
        told = _("“{reply}” can't be sent here: {reason}.").format(reply=prepared.reply.title(), reason=_(prepared.locked))
        screen.app.say(told, "error")
        return None
    values: dict[str, str] = {}
    while prepared.missing:  # a value may bring a sentence with it that asks for another
        from sellerinbox.replies import VARIABLES

        asked = [(name, _(VARIABLES.get(name, name))) for name in prepared.missing]
        given = await screen.app.push_screen_wait(AskValues(prepared.reply.name, asked))
        if not given:
            return None
        values |= given
        prepared = filled(values)
    return prepared


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
        written = await _box(screen, row, draft, view)
        if written is None:
            break
        draft = draft._replace(text=written, note="")
        if newest_inbound(screen.inbox.conversations.thread(row.key, _CONTEXT)) != newest_inbound(view):
            draft = draft._replace(note=overtaken(row))
            continue
        review = screen.inbox.replies.review(row.key, written, canned=draft.canned)
        again = await look_and_send(screen, row, review, draft)
        if again is None:
            break
        draft = again
    screen.reload()


async def _box(screen: InboxActions, row: ConversationRow, draft: Draft, view: ThreadView) -> str | None:
    from sellerinbox.tui.flows.keeping import keep_canned
    from sellerinbox.tui.screens.reply import Desk, ReplyScreen

    desk = Desk(
        save=lambda typed: screen.app.attempt(lambda: screen.inbox.replies.save_draft(row.key, typed)),
        look=lambda typed: _look(screen, row, typed),
        keep=lambda typed: keep_canned(screen, row, typed),
    )
    limit = PROFILES[row.marketplace].policy.max_length
    box = ReplyScreen(view, draft.text, desk, now=screen.clock.now(), limit=limit, palette=screen.app.palette, note=draft.note)
    return await screen.app.push_screen_wait(box)


def _look(screen: InboxActions, row: ConversationRow, typed: str) -> Sequence[Finding]:
    """What the guard says of a text as it is typed; a check that fails is said like a finding, and never ends the writing."""
    if not typed.strip():
        return ()
    try:
        return screen.inbox.replies.check(row.key, typed)
    except SellerInboxError as error:
        from sellerinbox.guard import Finding

        return (Finding("guard", "failed", "block", 0, 0, "", str(error)),)


async def choose_canned(screen: InboxActions, row: ConversationRow) -> None:
    """All canned replies, filled in for this conversation."""
    from sellerinbox.tui.screens.canned import CannedScreen

    if row.kind is Kind.MARKETPLACE:
        screen.app.say(_(NO_ANSWER))
        return
    chosen = await screen.app.push_screen_wait(CannedScreen(screen.inbox.replies, row.key, screen.app.palette))
    if chosen is not None:
        await answer(screen, row, chosen)


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
