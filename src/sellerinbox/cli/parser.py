"""Every command with its arguments. A command names its function as `module:function`, imported when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from sellerinbox import __version__
from sellerinbox.cli import output
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.profiles import PROFILES

VIEWS = ("inbox", "due", "unread", "closed", "all")


class Parser(argparse.ArgumentParser):
    """Raises `UsageError` with one sentence instead of printing its usage."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the right way stands."""
        raise UsageError(f"{message[:1].upper()}{message[1:400]}; see `{self.prog} --help`.")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            near = get_close_matches(str(value), known, n=1)
            there = f"the nearest one is {near[0]}" if near else f"there are {', '.join(known)}"
            raise argparse.ArgumentError(None, f"there is no {action.metavar or action.dest} “{str(value)[:40]}”, {there}")

    def _print_message(self, message: str, _file: object = None) -> None:
        output.lines(message.rstrip("\n"))


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the arguments. Raises `UsageError`."""
    arguments = _parser().parse_args(words)
    arguments.home = getattr(arguments, "home", None)
    return arguments


def _parser() -> Parser:
    parser = Parser(
        prog="sellerinbox",
        description="A terminal inbox for marketplace sellers. Without a command it opens the screen.",
        epilog="Settings, environment and exit codes stand in the documentation; `sellerinbox paths` shows where everything is kept.",
    )
    parser.add_argument("--version", action="version", version=f"sellerinbox {__version__}")
    _home(parser)
    parser.set_defaults(command="interface:interface")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in (_reading, _answering, _checking, _triage, _buyers, _accounts, _syncing, _program):
        add(commands)
    return parser


def _reading(commands: Any) -> None:
    listing = _add(commands, "list", "conversations:listing", "conversations, most urgent first", limit=50)
    listing.add_argument("--view", choices=VIEWS, default="inbox", help="which ones (default: inbox, everything that is not closed)")
    listing.add_argument("query", nargs="?", metavar="QUERY", help="only those in which these words are found")
    show = _add(commands, "show", "conversations:show", "one conversation whole, with its order and buyer", limit=200)
    show.add_argument("key", metavar="KEY")
    show.add_argument("--raw", action="store_true", help="texts as they arrived, as JSON escapes")
    search = _add(commands, "search", "conversations:search", "messages in which words are found", limit=50)
    search.add_argument("query", metavar="QUERY")
    order = _add(commands, "order", "orders:order", "orders by number, tracking number, buyer or item", limit=20)
    order.add_argument("query", metavar="QUERY")


def _answering(commands: Any) -> None:
    reply = _add(commands, "reply", "replies:reply", "check a reply and queue it", json=True)
    reply.add_argument("key", metavar="KEY")
    source = reply.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", metavar="TEXT", help="the reply itself")
    source.add_argument("--canned", metavar="NAME", help="a canned reply, by its name or key")
    source.add_argument("--file", metavar="FILE", help="a file with the reply, - for standard input")
    reply.add_argument("--set", dest="values", metavar="NAME=VALUE", action="append", default=[], help="a value for the canned reply")
    reply.add_argument("--undo", metavar="SECONDS", type=_seconds, default=0, help="wait so long, for undo (default: 0)")
    reply.add_argument("--wait", action="store_true", help="send it now and return when it is sent, rejected or unconfirmed")
    reply.add_argument("--accept-warnings", action="store_true", help="send it although the guard warns")
    outbox = _add(commands, "outbox", "outbox:outbox", "what waits, goes, went, is unconfirmed", limit=50)
    outbox.add_argument("action", nargs="?", choices=("list", "cancel", "retry"), default="list")
    outbox.add_argument("id", nargs="?", type=int, metavar="ID", help="for cancel and retry")
    canned = _add(commands, "replies", "canned:canned", "the canned replies; check finds mistakes in the files", limit=200)
    canned.add_argument("action", nargs="?", choices=("list", "show", "check"), default="list")
    canned.add_argument("name", nargs="?", metavar="NAME", help="for show")


def _checking(commands: Any) -> None:
    guard = _add(commands, "guard", "guard:check", "check texts as if they were to be sent", json=True)
    guard.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="the text; with --json one object a line (default: standard input)"
    )
    guard.add_argument("--marketplace", default="ebay", metavar="M", help="where it would go, for texts that don't say (default: ebay)")
    guard.add_argument("--explain", nargs="?", const="", metavar="ID", help="what a rule means; without an id, all rules")


def _triage(commands: Any) -> None:
    verbs = {"done": "close conversations", "reopen": "take closed conversations back into the list", "read": "mark as read"}
    for name, text in verbs.items():
        command = _add(commands, name, f"conversations:{name}", text)
        command.add_argument("keys", nargs="+", metavar="KEY")
        if name == "read":
            command.add_argument("--unread", action="store_true", help="mark as unread instead")
    _add(commands, "undo", "conversations:undo", "take back the last local action")


def _buyers(commands: Any) -> None:
    buyer = _add(commands, "buyer", "buyers:buyer", "a buyer's conversations and orders", limit=50)
    buyer.add_argument("buyer", metavar="NAME")
    block = _add(commands, "block", "buyers:block", "put a buyer on the local block list")
    _buyer(block)
    block.add_argument("--reason", default="other", metavar="REASON", help="abuse, fraud, returns, unpaid, off-platform or other")
    block.add_argument("--note", default="", metavar="TEXT", help="for yourself")
    block.add_argument("--done-there", action="store_true", help="you have blocked him on the marketplace's own page as well")
    _buyer(_add(commands, "unblock", "buyers:unblock", "take a buyer off the local block list"))
    _add(commands, "blocked", "buyers:blocked", "the local block list", limit=200)


def _accounts(commands: Any) -> None:
    parser = commands.add_parser("account", help="sign in, list, test, remove accounts", description="Your accounts on the marketplaces.")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    add = _add(actions, "add", "accounts:add", "sign in, step by step")
    add.add_argument("name", metavar="NAME", nargs="?", help="your own name for it: letters, digits, - _ .")
    add.add_argument("--marketplace", choices=sorted(PROFILES), help="where it is")
    add.add_argument("--base-url", metavar="URL", help="point every host of the marketplace at another server")
    add.add_argument("--from-env", action="store_true", help="ask nothing; take the secrets from SELLERINBOX_SECRET_…")
    add.add_argument("--secret-command", metavar="COMMAND", help="ask nothing; this command prints a secret, {name} becomes its name")
    _add(actions, "list", "accounts:listing", "the accounts and how their sync stands", limit=200)
    for name, text in (("test", "sign in once and say who is signed in"), ("remove", "forget an account's sign-in; its messages stay")):
        _add(actions, name, f"accounts:{name}", text).add_argument("name", metavar="NAME")


def _syncing(commands: Any) -> None:
    sync = _add(commands, "sync", "sync:sync", "one round with the marketplaces, or for ever", json=True)
    sync.add_argument("--account", metavar="NAME", help="only this account")
    sync.add_argument("--watch", action="store_true", help="go on until interrupted")


def _program(commands: Any) -> None:
    demo = _add(commands, "demo", "demo:demo", "the screen over simulated marketplaces, in a throw-away home")
    demo.add_argument("--serve", action="store_true", help="only the simulated marketplaces, until interrupted")
    demo.add_argument("--port", type=_port, default=0, metavar="P", help="for --serve (default: any free one)")
    demo.add_argument("--conversations", type=_count, metavar="N", help="how many conversations the shop has")
    demo.add_argument("--seed", type=int, metavar="S", help="another seed makes another shop")
    # For the demo's screen, whose child the server is: it ends with its standard input, however the parent went.
    demo.add_argument("--follow-stdin", action="store_true", help=argparse.SUPPRESS)
    _add(commands, "doctor", "doctor:doctor", "what this machine offers and what stands in the way", json=True)
    _add(commands, "paths", "doctor:paths", "where everything is kept", json=True)


def _add(commands: Any, name: str, command: str, text: str, *, limit: int | None = None, json: bool = False) -> Parser:
    """One command; a listing has `--json` and `--limit`."""
    parser: Parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    _home(parser)
    parser.set_defaults(command=command)
    if limit is not None:
        parser.add_argument("--limit", type=_count, default=limit, metavar="N", help=f"at most this many (default: {limit})")
    if json or limit is not None:
        parser.add_argument("--json", action="store_true", help="machine-readable")
    return parser


def _home(parser: Parser) -> None:
    # Without a default, or the command's own would hide one given before it.
    parser.add_argument("--home", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="keep everything under this folder")


def _buyer(parser: Parser) -> None:
    parser.add_argument("buyer", metavar="KEY|NAME", help="a conversation with the buyer, or his user name")
    parser.add_argument("--account", metavar="NAME", help="for a user name: the account he bought from")


def _count(text: str) -> int:
    return _number(text, 1, 1_000_000)


def _seconds(text: str) -> int:
    return _number(text, 0, 3600)


def _port(text: str) -> int:
    return _number(text, 0, 65535)


def _number(text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is not a whole number from {low} to {high}")
    return int(text)
