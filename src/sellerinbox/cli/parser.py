"""Every command with its arguments. A command names its function as `module:function`, imported when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from sellerinbox import __version__
from sellerinbox.cli import output
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import N_, _, ngettext

_ARGPARSE = (
    *(N_("usage: "), N_("options"), N_("positional arguments"), N_("show this help message and exit")),
    *(N_("show program's version number and exit"), N_("the following arguments are required: %s"), N_("unrecognized arguments: %s")),
    *(N_("argument %(argument_name)s: %(message)s"), N_("expected one argument"), N_("expected at least one argument")),
    *(N_("expected at most one argument"), N_("not allowed with argument %s"), N_("one of the arguments %s is required")),
    *(N_("invalid %(type)s value: %(value)r"), N_("ignored explicit argument %r")),
)
"""Sentences of argparse, for our catalogue."""
VIEWS = ("inbox", "due", "unread", "promises", "snoozed", "drafts", "closed", "all")


_QUERY = N_("""words, "phrases", -without, and operators such as from:bob is:unread before:7d; put -- before a query that begins with -""")


_WHEN = N_("mon 9, tomorrow, +3h, 25 nov, “when tracking moves”, “if no answer in 2d”, or the name of a snooze of yours")


class Parser(argparse.ArgumentParser):
    """Raises `UsageError` with one sentence instead of printing its usage."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    signs = False
    """`+a` and `-b` are short for `--add a` and `--remove b`."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it, behind the signs."""
        return super().parse_known_args(list(_signed(args)) if self.signs and args is not None else args, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the right way stands."""
        said = _("{what}; see `{program} --help`.")
        raise UsageError(said.format(what=f"{message[:1].upper()}{message[1:400]}", program=self.prog))

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            near = get_close_matches(str(value), known, n=1)
            told = (
                _("there is no {what} “{value}”, the nearest one is {near}")
                if near
                else _("there is no {what} “{value}”, there are {known}")
            )
            filled = told.format(what=action.metavar or action.dest, value=str(value)[:40], near="".join(near), known=", ".join(known))
            raise argparse.ArgumentError(None, filled)

    def _print_message(self, message: str, _file: object = None) -> None:
        output.lines(message.rstrip("\n"))


def _signed(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if len(word) > 1 and word[0] in "+-" and word[1] != "-" and word != "-h":
            yield f"{'--add' if word[0] == '+' else '--remove'}={word[1:]}"
        else:
            yield word


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the arguments. Raises `UsageError`."""
    # argparse looks its own sentences up under these names, in a catalogue that Python does not come with.
    vars(argparse).update(_=_, ngettext=ngettext)
    arguments = _parser().parse_args(words)
    arguments.home = getattr(arguments, "home", None)
    return arguments


def _parser() -> Parser:
    parser = Parser(
        prog="sellerinbox",
        description=_("A terminal inbox for marketplace sellers. Without a command it opens the screen."),
        epilog=_("Settings, environment and exit codes stand in the documentation; `sellerinbox paths` shows where everything is kept."),
    )
    parser.add_argument("--version", action="version", version=f"sellerinbox {__version__}")
    _home(parser)
    parser.set_defaults(command="interface:interface")
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    for add in (_reading, _answering, _checking, _triage, _clocks, _buyers, _accounts, _syncing, _program):
        add(commands)
    return parser


def _reading(commands: Any) -> None:
    listing = _add(commands, "list", "conversations:listing", _("conversations, most urgent first"), limit=50)
    views = _("{views}, or a view of your own (default: inbox, everything that is not closed)").format(views=", ".join(VIEWS))
    listing.add_argument("--view", default="inbox", metavar="VIEW", help=views)
    listing.add_argument("query", nargs="*", metavar="QUERY", help=_(_QUERY))
    show = _add(commands, "show", "conversations:show", _("one conversation whole, with its order and buyer"), limit=200)
    show.add_argument("key", metavar="KEY")
    show.add_argument("--raw", action="store_true", help=_("texts as they arrived, as JSON escapes"))
    search = _add(commands, "search", "conversations:search", _("messages that a query fits, newest first"), limit=50)
    search.add_argument("query", nargs="+", metavar="QUERY", help=_(_QUERY))
    order = _add(commands, "order", "orders:order", _("orders by number, tracking number, buyer or item"), limit=20)
    order.add_argument("query", metavar="QUERY")


def _answering(commands: Any) -> None:
    reply = _add(commands, "reply", "replies:reply", _("check a reply and queue it"), json=True)
    reply.add_argument("key", metavar="KEY")
    source = reply.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", metavar="TEXT", help=_("the reply itself"))
    source.add_argument("--canned", metavar="NAME", help=_("a canned reply, by its name or key"))
    source.add_argument("--file", metavar="FILE", help=_("a file with the reply, - for standard input"))
    reply.add_argument("--set", dest="values", metavar="NAME=VALUE", action="append", default=[], help=_("a value for the canned reply"))
    reply.add_argument("--undo", metavar="SECONDS", type=_seconds, default=0, help=_("wait so long, for undo (default: 0)"))
    reply.add_argument("--wait", action="store_true", help=_("send it now and return when it is sent, rejected or unconfirmed"))
    reply.add_argument("--accept-warnings", action="store_true", help=_("send it although the guard warns"))
    reply.add_argument(
        "--reason", metavar="TEXT", help=_("send it in spite of what the guard stops, where that is possible; the reason is kept")
    )
    reply.add_argument("--promise", action="store_true", help=_("write down what the reply promises"))
    afterwards = reply.add_mutually_exclusive_group()
    afterwards.add_argument("--done", action="store_true", help=_("and close the conversation"))
    afterwards.add_argument("--snooze", metavar="WHEN", help=_("and put it off: {when}").format(when=_(_WHEN)))
    outbox = _add(commands, "outbox", "outbox:outbox", _("what waits, goes, went, is unconfirmed"), limit=50)
    outbox.add_argument("action", nargs="?", choices=("list", "cancel", "retry"), default="list")
    outbox.add_argument("id", nargs="?", type=int, metavar="ID", help=_("for cancel and retry"))
    canned = _add(commands, "replies", "canned:canned", _("the canned replies; check finds mistakes in the files"), limit=200)
    canned.add_argument("action", nargs="?", choices=("list", "show", "check"), default="list")
    canned.add_argument("name", nargs="?", metavar="NAME", help=_("for show"))
    canned.add_argument("--for", dest="key", metavar="KEY", help=_("the nine that fit this conversation, with the reasons"))


def _checking(commands: Any) -> None:
    guard = _add(commands, "guard", "guard:check", _("check texts as if they were to be sent"), json=True)
    guard.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help=_("the text; with --json one object a line (default: standard input)")
    )
    guard.add_argument("--marketplace", default="ebay", metavar="M", help=_("where it would go, for texts that don't say (default: ebay)"))
    guard.add_argument("--explain", nargs="?", const="", metavar="ID", help=_("what a rule means; without an id, all rules"))


def _triage(commands: Any) -> None:
    verbs = {
        "done": _("close conversations"),
        "reopen": _("take closed conversations back into the list"),
        "read": _("mark as read"),
        "no-reply": _("the buyer's last words need no answer"),
        "snooze": _("put conversations off until a time or an event"),
        "wake": _("take back what is put off"),
    }
    made = {name: _add(commands, name, f"triage:{name.replace('-', '_')}", text) for name, text in verbs.items()}
    made["tag"] = _add(commands, "tag", "triage:tag", _("+a puts a tag on, -b takes one off"), json=True)
    for command in made.values():
        command.add_argument("keys", nargs="+", metavar="KEY")
    made["read"].add_argument("--unread", action="store_true", help=_("mark as unread instead"))
    made["snooze"].add_argument("--until", required=True, metavar="WHEN", help=_(_WHEN))
    made["tag"].signs = True
    made["tag"].add_argument("--add", action="append", default=[], metavar="TAG", help=_("the same as +TAG"))
    made["tag"].add_argument("--remove", action="append", default=[], metavar="TAG", help=_("the same as -TAG"))
    note = _add(commands, "note", "notes:note", _("keep a note for yourself, or list them"), json=True)
    note.add_argument("key", metavar="KEY")
    note.add_argument("text", nargs="*", metavar="TEXT", help=_("the note; without it, those there are"))
    note.add_argument("--buyer", action="store_true", help=_("about the buyer, beside all his conversations in this account"))
    note.add_argument("--remove", type=_count, metavar="ID", help=_("take a note away"))
    _add(commands, "undo", "triage:undo", _("take back the last local action"))


def _clocks(commands: Any) -> None:
    _add(commands, "due", "due:due", _("all clocks in one list; exit code 8 when any is over"), limit=50)
    text = _("what you promised buyers, the first due on top")
    promises = _add(commands, "promises", "promises:listing", text, limit=50)
    due = _("only what is due today or overdue; exit code 8 when any is overdue")
    promises.add_argument("--due", action="store_true", help=due)
    actions = promises.add_subparsers(title=_("actions"), metavar="ACTION")
    add = _add(actions, "add", "promises:add", _("write a promise down"))
    add.add_argument("key", metavar="KEY")
    add.add_argument("--text", required=True, metavar="TEXT", help=_("what you said you would do"))
    renew = _add(actions, "renew", "promises:renew", _("the same promise with a new date"))
    drop = _add(actions, "drop", "promises:drop", _("close a promise unkept"))
    drop.add_argument("--reason", required=True, metavar="TEXT", help=_("why it need not be kept any more"))
    for action in (renew, drop):
        action.add_argument("id", type=_count, metavar="ID", help=_("as in `sellerinbox promises`"))
    for action in (add, renew):
        action.add_argument("--by", required=True, metavar="WHEN", help=_("mon, tomorrow 12:00, 25 nov, +2d …"))
    for action in (add, renew, drop):
        # Without a default, or it would hide one given before the action.
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("machine-readable"))


def _buyers(commands: Any) -> None:
    buyer = _add(commands, "buyer", "buyers:buyer", _("a buyer's conversations and orders"), limit=50)
    buyer.add_argument("buyer", metavar="NAME")
    block = _add(commands, "block", "buyers:block", _("put a buyer on the local block list"))
    _buyer(block)
    block.add_argument("--reason", default="other", metavar="REASON", help=_("abuse, fraud, returns, unpaid, off-platform or other"))
    block.add_argument("--note", default="", metavar="TEXT", help=_("for yourself"))
    block.add_argument("--done-there", action="store_true", help=_("you have blocked him on the marketplace's own page as well"))
    _buyer(_add(commands, "unblock", "buyers:unblock", _("take a buyer off the local block list")))
    _add(commands, "blocked", "buyers:blocked", _("the local block list"), limit=200)


def _accounts(commands: Any) -> None:
    parser = commands.add_parser(
        "account", help=_("sign in, list, test, remove accounts"), description=_("Your accounts on the marketplaces.")
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    add = _add(actions, "add", "accounts:add", _("sign in, step by step"))
    add.add_argument("name", metavar="NAME", nargs="?", help=_("your own name for it: letters, digits, - _ ."))
    add.add_argument("--marketplace", choices=sorted(PROFILES), help=_("where it is"))
    add.add_argument("--base-url", metavar="URL", help=_("point every host of the marketplace at another server"))
    add.add_argument("--from-env", action="store_true", help=_("ask nothing; take the secrets from SELLERINBOX_SECRET_…"))
    add.add_argument("--secret-command", metavar="COMMAND", help=_("ask nothing; this command prints a secret, {name} becomes its name"))
    _add(actions, "list", "accounts:listing", _("the accounts and how their sync stands"), limit=200)
    for name, text in (
        ("test", _("sign in once and say who is signed in")),
        ("remove", _("forget an account's sign-in; its messages stay")),
    ):
        _add(actions, name, f"accounts:{name}", text).add_argument("name", metavar="NAME")


def _syncing(commands: Any) -> None:
    sync = _add(commands, "sync", "sync:sync", _("one round with the marketplaces, or for ever"), json=True)
    sync.add_argument("--account", metavar="NAME", help=_("only this account"))
    sync.add_argument("--watch", action="store_true", help=_("go on until interrupted"))


def _program(commands: Any) -> None:
    demo = _add(commands, "demo", "demo:demo", _("the screen over simulated marketplaces, in a throw-away home"))
    demo.add_argument("--serve", action="store_true", help=_("only the simulated marketplaces, until interrupted"))
    demo.add_argument("--port", type=_port, default=0, metavar="P", help=_("for --serve (default: any free one)"))
    demo.add_argument("--conversations", type=_count, metavar="N", help=_("how many conversations the shop has"))
    demo.add_argument("--seed", type=int, metavar="S", help=_("another seed makes another shop"))
    demo.add_argument("--at", type=_moment, metavar="TIME", help=_("begin at this time, such as 2026-11-21T10:00 (UTC without an offset)"))
    # For the demo's screen, whose child the server is: it ends with its standard input, however the parent went.
    demo.add_argument("--follow-stdin", action="store_true", help=argparse.SUPPRESS)
    _add(commands, "doctor", "doctor:doctor", _("what this machine offers and what stands in the way"), json=True)
    _add(commands, "paths", "doctor:paths", _("where everything is kept"), json=True)


def _add(commands: Any, name: str, command: str, text: str, *, limit: int | None = None, json: bool = False) -> Parser:
    """One command; a listing has `--json` and `--limit`."""
    parser: Parser = commands.add_parser(name, help=text, description=_("{sentence}.").format(sentence=text[0].upper() + text[1:]))
    _home(parser)
    parser.set_defaults(command=command)
    if limit is not None:
        parser.add_argument(
            "--limit", type=_count, default=limit, metavar="N", help=_("at most this many (default: {limit})").format(limit=limit)
        )
    if json or limit is not None:
        parser.add_argument("--json", action="store_true", help=_("machine-readable"))
    return parser


def _home(parser: Parser) -> None:
    # Without a default, or the command's own would hide one given before it.
    parser.add_argument("--home", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=_("keep everything under this folder"))


def _buyer(parser: Parser) -> None:
    parser.add_argument("buyer", metavar="KEY|NAME", help=_("a conversation with the buyer, or his user name"))
    parser.add_argument("--account", metavar="NAME", help=_("for a user name: the account he bought from"))


def _count(text: str) -> int:
    return _number(text, 1, 1_000_000)


def _seconds(text: str) -> int:
    return _number(text, 0, 3600)


def _moment(text: str) -> datetime:
    from datetime import UTC

    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is no time such as 2026-11-21T10:00").format(text=text[:40])) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _port(text: str) -> int:
    return _number(text, 0, 65535)


def _number(text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a whole number from {low} to {high}").format(text=text[:40], low=low, high=high)
        )
    return int(text)
