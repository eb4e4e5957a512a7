"""`sync`, and seeing one reply through for `reply --wait`."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.i18n import _, ngettext
from sellerinbox.services import open_services
from sellerinbox.sync.events import (
    Done,
    Elsewhere,
    Offline,
    OutboxChanged,
    Problem,
    Progress,
    RateLimited,
    SignInNeeded,
    SyncEvent,
    to_json,
)

T = TypeVar("T")

_FAILURES = {
    "sign_in_needed": ExitCode.SIGN_IN,
    "offline": ExitCode.UNREACHABLE,
    "rate_limited": ExitCode.UNREACHABLE,
    "problem": ExitCode.FAILED,
}
"""Why an account's round failed → exit code; where several failed, the first of these counts."""


def sync(arguments: Namespace, context: Context) -> ExitCode:
    """One round, or for ever."""
    if arguments.account is not None:
        context.config.account(arguments.account)
    if not context.config.accounts:
        raise UsageError(
            _("There is no account yet; sign in with `sellerinbox account add NAME --marketplace ebay`, or try `sellerinbox demo`.")
        )
    show = _json_line if arguments.json else _talk
    if arguments.watch:
        return asyncio.run(_watch(arguments, context, show))
    return asyncio.run(_stoppable(_once(arguments, context, show)))


def see_through(context: Context, item_id: int) -> ExitCode:
    """Send one reply now, or wait for the process that does; the exit code for when it still waits afterwards."""

    async def push() -> ExitCode:
        async with open_services(context.config, context.clock, _troubles, context.environ) as services:
            delivery = await services.syncer.push_one(item_id)
        if delivery.item.state is OutboxState.SENDING:
            return ExitCode.UNCONFIRMED
        return _FAILURES.get(delivery.failed or "problem", ExitCode.FAILED)

    return asyncio.run(_stoppable(push()))


async def _once(arguments: Namespace, context: Context, show: Callable[[SyncEvent], None]) -> ExitCode:
    def listen(event: SyncEvent) -> None:
        show(event)
        if arguments.json:
            _troubles(event)

    async with open_services(context.config, context.clock, listen, context.environ, arguments.account) as services:
        done = await services.syncer.once()
    if not done.failed:  # what failed has had its sentence
        _say_what_is_left(context)
    return exit_code(done)


def _say_what_is_left(context: Context) -> None:
    """Replies that still wait, and new orders by buyers the seller has blocked, until they are shipped or cancelled."""
    with context.inbox() as inbox:
        if waiting := inbox.conversations.counts().queued:
            words = ngettext(
                "{count} reply waits to go out with a later sync; `sellerinbox outbox` shows why.",
                "{count} replies wait to go out with a later sync; `sellerinbox outbox` shows why.",
                waiting,
            )
            output.note(words.format(count=waiting))
        for match in inbox.orders.by_blocked_buyers():
            order = match.order
            told = _("{buyer}, whom you blocked, has a new order {order} on {account}: cancel it or ship it.")
            output.note(told.format(buyer=order.buyer, order=order.order_id, account=order.account))


async def _watch(arguments: Namespace, context: Context, show: Callable[[SyncEvent], None]) -> ExitCode:
    from sellerinbox.sync.parent import obeying

    signals: list[int] = []
    # Only the screen reads JSON while it holds our standard input; cron and services give a pipe that is over at once.
    stdin = 0 if arguments.json else None
    async with open_services(context.config, context.clock, show, context.environ, arguments.account) as services:
        with obeying(services.syncer, stdin, signals.append):
            done = await services.syncer.watch()
    return ExitCode.INTERRUPTED if signals else exit_code(done)


def exit_code(done: Done) -> ExitCode:
    """What a round's end means for a script."""
    for failure, code in _FAILURES.items():
        if failure in done.failed.values():
            return code
    if done.problems:
        return ExitCode.FAILED
    return ExitCode.UNCONFIRMED if done.unconfirmed else ExitCode.DONE


async def _stoppable(work: Coroutine[Any, Any, T]) -> T:
    """Let SIGTERM and SIGHUP end the work as Ctrl+C does: a send in flight is finished or recorded as unclear."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def _json_line(event: SyncEvent) -> None:
    output.as_json(json.loads(to_json(event)))


def _talk(event: SyncEvent) -> None:
    """The same for people: news as data, trouble as talk."""
    if isinstance(event, Done):
        told = _("{messages} new messages, {orders} new orders, {sent} sent, {unconfirmed} unconfirmed")
        output.line(told.format(messages=event.new_messages, orders=event.new_orders, sent=event.sent, unconfirmed=event.unconfirmed))
    elif isinstance(event, Progress):
        if sys.stderr.isatty():
            words = _("{account}: {done} {what}") if event.total is None else _("{account}: {done} of {total} {what}")
            output.note(words.format(account=event.account, done=event.done, total=event.total, what=_(event.what)))
    elif isinstance(event, OutboxChanged):
        output.note(f"{event.key}: {event.outbox_id} {event.state}{f' ({event.reason})' if event.reason else ''}")
    else:
        _troubles(event)


def _troubles(event: SyncEvent) -> None:
    if isinstance(event, RateLimited):
        output.problem(_("{message} (until {when})").format(message=event.message, when=output.time(event.until)))
    elif isinstance(event, SignInNeeded | Offline | Problem):
        output.problem(event.message)
    elif isinstance(event, Elsewhere):
        output.note(event.message)
