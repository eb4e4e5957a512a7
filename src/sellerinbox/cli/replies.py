"""`reply`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.cli.outbox import tell
from sellerinbox.cli.triage import name_promises
from sellerinbox.cli.when import snooze_of
from sellerinbox.domain.errors import GuardBlocked, PromiseOpen, UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.outbox import OutboxItem, OutboxState
from sellerinbox.i18n import _
from sellerinbox.inbox import Inbox

if TYPE_CHECKING:
    from sellerinbox.inbox.preparing import Prepared

_BIGGEST = 1_000_000
"""Bytes read from a file: no marketplace takes a reply of a hundredth of it."""
_CODES = {
    OutboxState.SENT: ExitCode.DONE,
    OutboxState.UNCONFIRMED: ExitCode.UNCONFIRMED,
    OutboxState.REJECTED: ExitCode.FAILED,
    OutboxState.CANCELLED: ExitCode.FAILED,
}


def reply(arguments: Namespace, context: Context) -> ExitCode:
    """Check a reply, queue it with what belongs to it, and with `--wait` see it through."""
    key = Key.parse(arguments.key)
    if arguments.values and arguments.canned is None:
        raise UsageError(_("--set fills in a canned reply, so it goes with --canned only."))
    with context.inbox() as inbox:
        try:
            item = _queue(arguments, inbox, context, key)
        except GuardBlocked as stopped:
            _explain(stopped, json=arguments.json)
            raise
        except PromiseOpen as refused:
            name_promises(inbox, refused.keys)
            raise
        if not arguments.wait:
            _tell(item, inbox, context, json=arguments.json)
            output.note(_("It is queued and goes out with the next sync; `sellerinbox undo` calls it back until then."))
            return ExitCode.DONE
        from sellerinbox.cli.sync import see_through

        trouble = see_through(context, item.id)
        item = inbox.replies.get(item.id)
        _tell(item, inbox, context, json=arguments.json)
    return _CODES.get(item.state, trouble)


def _queue(arguments: Namespace, inbox: Inbox, context: Context, key: Key) -> OutboxItem:
    """What is sent, and what is done with it: one action for undo."""
    text, prepared = _text(arguments, inbox, key)
    review = inbox.replies.review(key, text, canned=prepared)
    own = prepared is not None and prepared.promise is not None
    snooze = snooze_of(arguments.snooze, inbox, context) if arguments.snooze else None
    if not (arguments.promise or own) and review.promises:
        output.note(_("This reply promises something; with --promise it is written down."))
    if arguments.promise and not review.promises:
        output.note(_("No promise was found in this reply, so none is written down; `sellerinbox promises add` takes one by hand."))
    return inbox.replies.submit(
        review,
        undo_seconds=arguments.undo,
        canned=prepared,
        wish="close" if arguments.done else "send",
        snooze=snooze,
        keep_promises=arguments.promise or own,
        reason=arguments.reason or "",
        accept_warnings=arguments.accept_warnings,
    )


def _tell(item: OutboxItem, inbox: Inbox, context: Context, *, json: bool) -> None:
    """Where the reply stands, and what was written down with it."""
    made = [promise for promise in inbox.promises.of(Key(item.account, item.remote_id)) if promise.made_by == item.id]
    if json:
        now = context.clock.now()
        output.as_json({**shapes.outbox(item), "promises": [shapes.promise(promise, now) for promise in made]})
        return
    tell(item, json=False)
    for promise in made:
        told = _("promise {id}, due {when}: {text}")
        output.line(told.format(id=promise.id, when=output.time(promise.due_at), text=promise.text))


def _explain(stopped: GuardBlocked, *, json: bool) -> None:
    """Everything the guard found, and how the reply may still go."""
    from sellerinbox import guard

    found = [finding for finding in stopped.findings if isinstance(finding, guard.Finding)]
    if json:
        output.as_json({"verdict": guard.verdict(found), "findings": [shapes.finding(finding) for finding in found]})
    for finding in found:
        rule = finding.rule or finding.kind
        told = _("{severity}: {why} “{text}” (at {place}; {rule})")
        output.note(told.format(severity=finding.severity, why=finding.why, text=finding.text, place=finding.start, rule=rule))
        if finding.better:
            output.note(_("    better: {text}").format(text=finding.better))
    if found and guard.verdict(found) == "warn":
        output.note(_("--accept-warnings sends it all the same."))
    elif found and guard.overridable(found):
        output.note(_("--reason TEXT sends it all the same; the reason is kept."))


def _text(arguments: Namespace, inbox: Inbox, key: Key) -> tuple[str, Prepared | None]:
    """The words, and the canned reply they come from. Raises `UsageError` for one that can't be sent here."""
    if arguments.text is not None:
        return str(arguments.text), None
    if arguments.file is not None:
        return _read(arguments.file), None
    prepared = inbox.replies.prepare(key, arguments.canned, dict(_value(pair) for pair in arguments.values))
    if prepared.locked is not None:
        told = _("“{reply}” can't be sent here: {reason}.")
        raise UsageError(told.format(reply=prepared.reply.name, reason=_(prepared.locked)))
    if prepared.missing:
        wanted = " ".join(f"--set {name}=…" for name in prepared.missing)
        told = _("Nothing was sent: the canned reply needs what is not known here; add {wanted}.")
        raise UsageError(told.format(wanted=wanted))
    if not prepared.exact and prepared.thread_language:
        told = _("There is no text in the buyer's language ({theirs}); the one in {ours} was taken.")
        output.note(told.format(theirs=prepared.thread_language, ours=prepared.language))
    return prepared.text, prepared


def _value(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not (name and equals and value.strip()):
        raise UsageError(_("“{pair}” is not NAME=VALUE with a value; write for example --set tracking=1Z999.").format(pair=pair))
    return name, value


def _read(name: str) -> str:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(_BIGGEST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(_BIGGEST + 1)
        if len(content) > _BIGGEST:
            raise UsageError(_("{file} is far too long for a reply, so nothing was sent.").format(file=name))
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(_("{file} is not UTF-8 text, so nothing was sent.").format(file=name)) from error
    except OSError as error:
        raise UsageError(_("{file} can't be read ({why}), so nothing was sent.").format(file=name, why=error.strerror)) from error
