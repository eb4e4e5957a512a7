"""Questions on the way to clearing: tags, notes, promises, an action for all that a search finds, saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.domain.promises import PromiseState
from sellerinbox.domain.views import Found
from sellerinbox.i18n import _, ngettext
from sellerinbox.tui.screens.dialogs import AskText, Choose, Confirm
from sellerinbox.tui.words import full, reasons

if TYPE_CHECKING:
    from datetime import datetime

    from sellerinbox.tui.screens.triage_actions import Deed, TriageActions

_MOST = 1_000
"""Conversations that one action on a search is for at most."""


async def tags(screen: TriageActions, rows: tuple[ConversationRow, ...]) -> None:
    """Words put on, those behind a minus taken off."""
    add, remove = await ask_tags(screen, rows[0].tags)
    if add or remove:
        screen.again(lambda: _tag(screen, screen.chosen(), add, remove))
        _tag(screen, rows, add, remove)


async def ask_tags(screen: TriageActions, there: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Tags to put on, and to take off."""
    on = " ".join(f"#{tag}" for tag in there)
    details = _("Words put tags on, a minus takes one off: urgent -waiting.") + (_(" There are: {tags}").format(tags=on) if on else "")
    typed = await screen.app.push_screen_wait(AskText(_("Tags"), details))
    words = (typed or "").replace(",", " ").split()
    return [word for word in words if not word.startswith("-")], [word[1:] for word in words if word.startswith("-") and len(word) > 1]


def _tag(screen: TriageActions, rows: tuple[ConversationRow, ...], add: list[str], remove: list[str]) -> None:
    if rows:
        screen.deal(rows, lambda keys: screen.inbox.conversations.tag(keys, add, remove), _("Tagged"), leaves=False)


async def note(screen: TriageActions, row: ConversationRow) -> None:
    """The notes there are, and a new one; beginning with `@` it is about the buyer, beside all his conversations."""
    notes = screen.inbox.notes.list(row.key)
    lines = [f"· {full(each.at)}{' @' if each.about == 'buyer' else ''} {each.text}" for each in notes[-8:]]
    details = "\n".join([*lines, _("Only you ever see it. Begin with @ to note it about the buyer, beside all his conversations.")])
    typed = await screen.app.push_screen_wait(AskText(_("Note on {buyer}").format(buyer=row.buyer), details))
    text = (typed or "").strip()
    about_buyer = text.startswith("@")
    if text.lstrip("@ "):
        if screen.app.attempt(lambda: screen.inbox.notes.add(row.key, text.lstrip("@ "), buyer=about_buyer)):
            screen.app.say(_("Noted."))
        screen.reload()


async def promise(screen: TriageActions, row: ConversationRow) -> None:
    """Write down what was promised, or give the open promise a new date or a reason to drop it."""
    open_ = [each for each in screen.inbox.promises.of(row.key) if each.state is PromiseState.OPEN]
    if not open_:
        words = await screen.app.push_screen_wait(AskText(_("What did you promise {buyer}?").format(buyer=row.buyer)))
        if words and words.strip():
            due = await ask_date(screen)
            if due is not None:
                if screen.app.attempt(lambda: screen.inbox.promises.add(row.key, words.strip(), due)):
                    screen.app.say(_("Promised until {when}.").format(when=full(due)))
                screen.reload()
        return
    choices = [("renew", _("give it a new date")), ("drop", _("drop it, with a reason"))]
    question = _("Open promise, due {when}: “{text}”").format(when=full(open_[0].due_at), text=open_[0].text)
    wish = await screen.app.push_screen_wait(Choose(question, choices, screen.app.palette))
    if wish == "renew":
        await renew(screen, open_[0].id)
    elif wish == "drop":
        await drop(screen, open_[0].id)


async def renew(screen: TriageActions, promise_id: int) -> None:
    """A new date for a promise; the buyer should hear of it, so the reply box follows from the seller's own key."""
    due = await ask_date(screen)
    if due is not None and screen.app.attempt(lambda: screen.inbox.promises.renew(promise_id, due)):
        screen.app.say(_("Promised until {when}; tell the buyer, with an apology.").format(when=full(due)))
    screen.reload()


async def drop(screen: TriageActions, promise_id: int) -> None:
    """Close a promise unkept, with a reason."""
    why = await screen.app.push_screen_wait(AskText(_("Why need this promise not be kept any more?"), _("Your reason is kept.")))
    if why is not None and screen.app.attempt(lambda: screen.inbox.promises.drop(promise_id, why)):
        screen.app.say(_("Dropped."))
    screen.reload()


async def ask_date(screen: TriageActions) -> datetime | None:
    """By when; asks again for what can't be read, None when the seller goes back."""
    from sellerinbox.domain.snooze import deadline

    example = _("For example: tomorrow, mon, 25 nov, +2d. Without an hour it is due at {hour}:00.").format(
        hour=screen.inbox.calendar.promise_hour
    )
    details, value = example, _("next working day")
    while True:
        typed = await screen.app.push_screen_wait(AskText(_("By when?"), details, value))
        if typed is None:
            return None
        try:
            return deadline(typed, screen.clock.now(), screen.inbox.calendar)
        except UsageError as error:
            details, value = f"{error}\n{example}", typed


async def act_on_filter(screen: TriageActions) -> None:
    """A search, how many it finds, what to do with them, and a yes."""
    found = await _ask_filter(screen)
    if not found:
        return
    keys = tuple(found)
    count = ngettext("{count} conversation", "{count} conversations", len(keys)).format(count=len(keys))
    if found.more:
        count = _("the first {count}; there are more").format(count=count)
    choices = [(name, words) for name, (words, _deed) in _deeds(screen).items()]
    choices += [("tag", _("put tags on, take them off")), ("snooze", _("put them aside"))]
    question = _("{count} found. What is to be done with them?").format(count=count)
    wish = await screen.app.push_screen_wait(Choose(question, choices, screen.app.palette))
    chosen = await _deed(screen, wish) if wish is not None else None
    if chosen is None:
        return
    words, deed = chosen
    question = _("{what}: {count}?").format(what=words, count=count)
    if await screen.app.push_screen_wait(Confirm(question, _("One undo takes all of it back."))) == "yes":
        if screen.app.attempt(lambda: deed(keys)):
            screen.app.say(_("{what}: {who}. {key} takes it back.").format(what=words, who=count, key=screen.app.key_of("undo")))
        screen.reload()


async def _ask_filter(screen: TriageActions) -> Found[Key]:
    """What is found; asks again for a search that can't be read, nothing when the seller goes back."""
    example = _("As in the search: tag:waiting, is:open, before:7d, order:…")
    details, typed = example, ""
    while True:
        asked = await screen.app.push_screen_wait(AskText(_("Act on all conversations that …"), details, typed))
        if asked is None or not asked.strip():
            return Found()
        typed = asked
        try:
            found = screen.inbox.conversations.matching(typed, _MOST)
        except UsageError as error:
            details = f"{error}\n{example}"
            continue
        if found:
            return found
        details = _("Nothing was found for it.") + f"\n{example}"


def _deeds(screen: TriageActions) -> dict[str, tuple[str, Deed]]:
    conversations = screen.inbox.conversations
    return {
        "done": (_("close them"), lambda keys: conversations.done(*keys)),
        "reopen": (_("take them back into the list"), lambda keys: conversations.reopen(*keys)),
        "read": (_("mark them as read"), lambda keys: conversations.mark_read(keys, read=True)),
        "no-reply": (_("no reply needed"), lambda keys: conversations.no_reply_needed(*keys)),
        "wake": (_("wake them"), lambda keys: conversations.unsnooze(*keys)),
    }


async def _deed(screen: TriageActions, wish: str) -> tuple[str, Deed] | None:
    """What is to be done, with what it needs to know; None when the seller goes back."""
    if wish == "snooze":
        from sellerinbox.tui.flows.snooze import ask_snooze

        snooze = await ask_snooze(screen)
        words = _("put aside until {when}").format(when=screen.inbox.conversations.words(snooze)) if snooze else ""
        return (words, lambda keys: screen.inbox.conversations.snooze(keys, snooze)) if snooze else None
    if wish == "tag":
        add, remove = await ask_tags(screen, ())
        words = " ".join([*(f"#{tag}" for tag in add), *(f"-#{tag}" for tag in remove)])
        return (words, lambda keys: screen.inbox.conversations.tag(keys, add, remove)) if words else None
    return _deeds(screen)[wish]


async def saved_view(screen: TriageActions) -> None:
    """Choose one of the views in the settings."""
    views = screen.app.config.views
    if not views:
        screen.app.say(_("There are no saved views; write [views.NAME] with a query into the settings."))
        return
    choices = [(view.name, view.query + (f"  ({view.key})" if view.key else "")) for view in views]
    chosen = await screen.app.push_screen_wait(Choose(_("Saved views"), choices, screen.app.palette))
    view = next((view for view in views if view.name == chosen), None)
    if view is not None:
        screen.open_query(view.name, view.query)


async def why(screen: TriageActions, row: ConversationRow) -> None:
    """The keys 1 to 9 with the reason each reply lies there; Enter takes one."""
    nine = screen.inbox.replies.nine(row.key)
    choices = [(key, f"{ranked.reply.name} · {reasons(ranked)}") for key, ranked in nine.items()]
    chosen = await screen.app.push_screen_wait(Choose(_("Why these replies, here and now"), choices, screen.app.palette))
    if chosen is not None:
        screen.action_canned(chosen)
