"""`replies list|show|check`: the canned ones. Only `--for KEY` needs the inbox file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from sellerinbox import replies
from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.models import Key
from sellerinbox.i18n import _


def canned(arguments: Namespace, context: Context) -> ExitCode:
    """List them, show one, or name the mistakes in the seller's own files."""
    if arguments.name and arguments.action != "show":
        raise UsageError(
            _("`replies {action}` takes no name; `sellerinbox replies show {name}` shows one.").format(
                action=arguments.action, name=arguments.name
            )
        )
    if arguments.key is not None:
        return _nine(arguments, context)
    if arguments.action == "check":
        return _check(arguments, context)
    loaded = replies.load(context.paths.replies)
    if arguments.action == "show":
        return _show(arguments, loaded)
    chosen = loaded.all()[: arguments.limit]
    if arguments.json:
        output.as_json([_shape(reply) for reply in chosen])
    else:
        rows = [(reply.key or "", reply.name, " ".join(reply.texts), reply.title()) for reply in chosen]
        output.table((_("KEY"), _("NAME"), _("LANGUAGES"), _("TITLE")), rows, empty=_("There are no canned replies."))
    for problem in loaded.problems:
        output.problem(str(problem))
    return ExitCode.DONE


def _nine(arguments: Namespace, context: Context) -> ExitCode:
    """What lies on the keys 1 to 9 in a conversation, and why."""
    if arguments.action != "list":
        raise UsageError(
            _("`replies {action}` takes no --for; `sellerinbox replies --for KEY` lists the nine.").format(action=arguments.action)
        )
    with context.inbox() as inbox:
        nine = inbox.replies.nine(Key.parse(arguments.key))
    if arguments.json:
        shapes = [
            {
                "key": key,
                "name": one.reply.name,
                "title": one.reply.title(),
                "score": one.score,
                "reasons": one.reasons,
                "locked": one.locked,
            }
            for key, one in nine.items()
        ]
        output.as_json(shapes)
        return ExitCode.DONE
    rows = [(key, one.reply.name, one.reply.title(), _why(one)) for key, one in nine.items()]
    output.table((_("KEY"), _("NAME"), _("TITLE"), _("WHY")), rows, empty=_("No canned reply fits here."))
    return ExitCode.DONE


def _why(one: replies.Ranked) -> str:
    return "; ".join(_(reason) for reason in (*one.reasons, one.locked) if reason)


def _check(arguments: Namespace, context: Context) -> ExitCode:
    """Every mistake with file and line; one that costs a reply ends with exit code 2, one that only may with 0."""
    from sellerinbox.replies.checking import check

    mistakes = check(context.paths.replies, _stopped)
    if arguments.json:
        output.as_json([{**mistake._asdict(), "path": str(mistake.path)} for mistake in mistakes])
    for mistake in mistakes:
        output.problem(str(mistake))
    if any(mistake.fatal for mistake in mistakes):
        return ExitCode.USAGE
    loaded = replies.load(context.paths.replies)
    told = _("{count} canned replies, no mistakes; your own belong in {folder}.")
    if mistakes:
        told = _("{count} canned replies, {mistakes} to look at; your own belong in {folder}.")
    output.note(told.format(count=len(loaded.all()), mistakes=len(mistakes), folder=context.paths.replies))
    return ExitCode.DONE


def _stopped(reply: replies.CannedReply, language: str, text: str) -> Iterator[str]:
    """What the guard would stop a text for, on any marketplace; what it stops everywhere is said once."""
    from sellerinbox import guard
    from sellerinbox.domain.profiles import PROFILES

    told: dict[str, None] = {}
    for profile in PROFILES.values():
        if profile.name in reply.locks.off:
            continue
        context = guard.of_profile(profile)._replace(
            language=language, canned=reply.name, complaint="complaint" in reply.fits.klass, safety=reply.fits.safety
        )
        try:
            told |= {finding.why: None for finding in guard.check(text, context) if finding.severity != "advice"}
        except guard.TooSlow:
            told["Its check takes too long; write it shorter and more simply."] = None
    yield from told


def _show(arguments: Namespace, loaded: replies.Replies) -> ExitCode:
    if not arguments.name:
        raise UsageError(_("Say which one: `sellerinbox replies show NAME`."))
    reply = loaded.by_key(arguments.name) or loaded.by_name(arguments.name)
    if reply is None:
        raise NotFound(_("There is no canned reply “{name}”; `sellerinbox replies` lists them.").format(name=arguments.name))
    if arguments.json:
        output.as_json(_shape(reply))
        return ExitCode.DONE
    for language, text in reply.texts.items():
        output.line(f"{reply.name} ({language}): {reply.title(language)}")
        output.lines(text, "  │ ")
    for line in _rules(reply):
        output.line(line)
    return ExitCode.DONE


def _rules(reply: replies.CannedReply) -> Iterator[str]:
    """When it fits, what locks it and what else it does, in the words of the files."""
    groups = (("fits", reply.fits._asdict()), ("locks", reply.locks._asdict()), ("effects", reply.effects._asdict()))
    for group, fields in groups:
        told = [f"{'class' if name == 'klass' else name} {_words(value)}" for name, value in fields.items() if value]
        if told:
            yield f"{group}: {'; '.join(told)}"
    for kind, names in replies.alternatives(reply).items():
        yield f"{kind}: {' or '.join(names)}"


def _words(value: object) -> str:
    if isinstance(value, replies.PromiseEffect):
        return f"“{value.text}” ({value.when})"
    return ", ".join(value) if isinstance(value, tuple) else "yes" if value is True else str(value)


def _shape(reply: replies.CannedReply) -> dict[str, object]:
    return {
        "name": reply.name,
        "key": reply.key,
        "titles": reply.titles,
        "texts": reply.texts,
        "source": None if reply.source is None else str(reply.source),
        "pinned": reply.pinned,
        "fits": reply.fits._asdict(),
        "locks": reply.locks._asdict(),
        "effects": {**reply.effects._asdict(), "promise": reply.effects.promise and reply.effects.promise._asdict()},
        "attachments": list(reply.attachments),
    }
