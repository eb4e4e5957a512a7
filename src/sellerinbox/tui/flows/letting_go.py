"""The last step of answering: the send review, and what becomes of the reply after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sellerinbox.domain.errors import GuardBlocked, Interrupted, PromiseOpen, SellerInboxError
from sellerinbox.domain.models import ConversationRow
from sellerinbox.i18n import _

if TYPE_CHECKING:
    from sellerinbox.domain.snooze import Snooze
    from sellerinbox.inbox.preparing import Prepared
    from sellerinbox.inbox.review import Review
    from sellerinbox.tui.screens.inbox_actions import InboxActions
    from sellerinbox.tui.screens.review import Decision, ReviewScreen


class Draft(NamedTuple):
    """A text on its way to the review."""

    text: str
    canned: Prepared | None = None
    """The canned reply it was made from, with what happens besides sending."""
    note: str = ""
    """What the reply box says above the text."""
    written: bool = True
    """It stands in the reply box, and so is the conversation's draft, which ends with it."""


async def look_and_send(screen: InboxActions, row: ConversationRow, review: Review, draft: Draft, told: str = "") -> Draft | None:
    """The send review until something is decided; a draft when there is more to write, None when it is over."""
    while True:
        look = _review_screen(screen, row, review, draft, told)
        decision = await screen.app.push_screen_wait(look)
        review = look.review
        if decision is None:
            if draft.written:
                _save(screen, row, review.text)
            return None
        if decision.wish == "edit":
            return draft._replace(text=review.text, note="")
        snooze = await _until(screen) if decision.wish == "snooze" else None
        if decision.wish == "snooze" and snooze is None:
            continue
        try:
            return send(screen, row, review, draft, decision, snooze)
        except PromiseOpen as error:
            told = str(error)


def _review_screen(screen: InboxActions, row: ConversationRow, review: Review, draft: Draft, told: str) -> ReviewScreen:
    from sellerinbox.domain.snooze import deadline
    from sellerinbox.tui.flows.keeping import keep_canned
    from sellerinbox.tui.screens.review import ReviewScreen, Tools

    tools = Tools(
        again=lambda text: screen.inbox.replies.review(row.key, text, canned=draft.canned),
        day=lambda typed: deadline(typed, screen.clock.now(), screen.inbox.calendar),
        keep=lambda text: keep_canned(screen, row, text),
    )
    return ReviewScreen(review, tools, palette=screen.app.palette, told=told)


async def _until(screen: InboxActions) -> Snooze | None:
    from sellerinbox.tui.flows.snooze import ask_snooze

    return await ask_snooze(screen)


def send(
    screen: InboxActions,
    row: ConversationRow,
    review: Review,
    draft: Draft,
    decision: Decision | None = None,
    snooze: Snooze | None = None,
) -> Draft | None:
    """Into the outbox, with the undo window and all that belongs to it; what is stopped stays a draft.

    A draft comes back when the buyer wrote meanwhile. Raises `PromiseOpen` when the conversation can't be closed with it.
    """
    try:
        screen.inbox.replies.submit(
            review,
            undo_seconds=screen.app.undo_seconds,
            canned=draft.canned,
            from_draft=draft.written,
            wish=decision.wish if decision else "send",
            snooze=snooze,
            keep_promises=decision is None or decision.promises,
            reason=decision.reason if decision else "",
        )
    except PromiseOpen:
        raise
    except Interrupted:
        return draft._replace(text=review.text, note=overtaken(row))
    except SellerInboxError as error:
        kept = ""
        if not screen.inbox.replies.draft(row.key):
            _save(screen, row, review.text)
            kept = " " + _("Your text is kept: {key} changes it.").format(key=screen.app.key_of("reply.write"))
        screen.app.say(str(error) + (kept if isinstance(error, GuardBlocked) else ""), "error")
    else:
        _say_sent(screen, row)
        screen.after_reply(row, live=review.live, gone=_leaves(draft, decision))
    screen.reload()
    return None


def _save(screen: InboxActions, row: ConversationRow, text: str) -> None:
    screen.app.attempt(lambda: screen.inbox.replies.save_draft(row.key, text))


def overtaken(row: ConversationRow) -> str:
    """What is said when the buyer wrote before the reply was sent."""
    return _("{buyer} wrote again while you were writing. Read it above, then send.").format(buyer=row.buyer)


def _leaves(draft: Draft, decision: Decision | None) -> bool:
    """Whether the conversation is closed or put aside with its reply, by the seller or by the canned reply."""
    if decision is not None and decision.wish in ("close", "snooze"):
        return True
    return draft.canned is not None and bool(draft.canned.effects.close or draft.canned.effects.snooze)


def _say_sent(screen: InboxActions, row: ConversationRow) -> None:
    seconds = screen.app.undo_seconds
    told = _("To {buyer}: goes out in {seconds} s, {key} calls it back.") if seconds else _("To {buyer}: on its way.")
    screen.app.say(told.format(buyer=row.buyer, seconds=seconds, key=screen.app.key_of("undo")))
