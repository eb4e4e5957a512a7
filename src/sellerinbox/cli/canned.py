"""`replies list|show|check`: the canned ones. Needs no inbox file."""

from __future__ import annotations

from argparse import Namespace

from sellerinbox import replies
from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.errors import NotFound, UsageError


def canned(arguments: Namespace, context: Context) -> ExitCode:
    """List them, show one, or name the mistakes in the seller's own files."""
    if arguments.name and arguments.action != "show":
        raise UsageError(f"`replies {arguments.action}` takes no name; `sellerinbox replies show {arguments.name}` shows one.")
    loaded = replies.load(context.paths.replies)
    if arguments.action == "check":
        return _check(loaded, context)
    if arguments.action == "show":
        return _show(arguments, loaded)
    chosen = loaded.all()[: arguments.limit]
    if arguments.json:
        output.as_json([_shape(reply) for reply in chosen])
    else:
        rows = [(reply.key or "", reply.name, " ".join(reply.texts), reply.title()) for reply in chosen]
        output.table(("KEY", "NAME", "LANGUAGES", "TITLE"), rows, empty="There are no canned replies.")
    for problem in loaded.problems:
        output.problem(str(problem))
    return ExitCode.DONE


def _check(loaded: replies.Replies, context: Context) -> ExitCode:
    for problem in loaded.problems:
        output.problem(str(problem))
    if loaded.problems:
        return ExitCode.USAGE
    output.note(f"{len(loaded.all())} canned replies, no mistakes; your own belong in {context.paths.replies}.")
    return ExitCode.DONE


def _show(arguments: Namespace, loaded: replies.Replies) -> ExitCode:
    if not arguments.name:
        raise UsageError("Say which one: `sellerinbox replies show NAME`.")
    reply = loaded.by_key(arguments.name) or loaded.by_name(arguments.name)
    if reply is None:
        raise NotFound(f"There is no canned reply “{arguments.name}”; `sellerinbox replies` lists them.")
    if arguments.json:
        output.as_json(_shape(reply))
        return ExitCode.DONE
    for language, text in reply.texts.items():
        output.line(f"{reply.name} ({language}): {reply.title(language)}")
        output.lines(text, "  │ ")
    return ExitCode.DONE


def _shape(reply: replies.CannedReply) -> dict[str, object]:
    return {
        "name": reply.name,
        "key": reply.key,
        "titles": reply.titles,
        "texts": reply.texts,
        "source": None if reply.source is None else str(reply.source),
    }
