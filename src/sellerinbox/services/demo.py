"""The demo: simulated marketplaces in a process of their own, and a throw-away home whose accounts point at them."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sellerinbox.config import Config, add_account, load, paths
from sellerinbox.domain.accounts import Account
from sellerinbox.domain.clock import DEMO_CLOCK, Clock
from sellerinbox.domain.errors import SellerInboxError, UsageError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.i18n import _

_START_LIMIT = 20.0
"""Seconds until the simulator must have said where it listens."""
_END_LIMIT = 5.0
"""Seconds it gets to end once nobody holds its standard input."""


@contextmanager
def demo(at: datetime | None = None) -> Iterator[Config]:
    """Settings whose accounts point at simulated marketplaces; all of it is gone at the end.

    Child processes (the sync) find home, clock and made-up secrets in the environment. It is now,
    or `at`, and later when the simulator's time is advanced. Raises
    `SellerInboxError` when the simulator does not start.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sellerinbox-demo-") as folder,
        _environment({DEMO_CLOCK: str(Path(folder, "clock"))}),
        _simulator(at) as served,
    ):
        place = paths(Path(folder), os.environ)
        accounts = [Account(f"{name}-demo", name, base_url=served[name]["base_url"]) for name in PROFILES if name in served]
        for account in accounts:
            add_account(place, account)
        secrets = {account.variable(name): served[account.marketplace][name] for account in accounts for name in _secrets(account)}
        with _environment({"SELLERINBOX_HOME": folder, **secrets}):
            yield load(place, os.environ)


def _secrets(account: Account) -> tuple[str, ...]:
    return PROFILES[account.marketplace].secrets


@contextmanager
def _simulator(at: datetime | None) -> Iterator[dict[str, dict[str, str]]]:
    """`demo --serve` as a child that ends with its standard input, so that not even a kill leaves it behind."""
    words = [sys.executable, "-m", "sellerinbox", "demo", "--serve", "--follow-stdin", *(("--at", at.isoformat()) if at else ())]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield _first_line(child)
    finally:
        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(_END_LIMIT)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _first_line(child: subprocess.Popen[bytes]) -> dict[str, dict[str, str]]:
    served = None
    if child.stdout is not None and select.select([child.stdout], [], [], _START_LIMIT)[0]:
        with suppress(ValueError):
            served = json.loads(child.stdout.readline())
    if not isinstance(served, dict):
        raise SellerInboxError(_("The simulated marketplaces did not start; try `sellerinbox demo --serve` to see why."))
    return served


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables for us and our children, and put back what was there."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def serve(
    port: int,
    conversations: int | None,
    seed: int | None,
    announce: Callable[[dict[str, Any]], None],
    wait: Callable[[], None],
    clock: Clock,
) -> None:
    """Run the simulated marketplaces until `wait` returns; `announce` gets what a client needs to know.

    Raises `UsageError` when the port is taken.
    """
    from sellerinbox.simulator.demo import SEED, announcement, simulator

    server = simulator(port, conversations, SEED if seed is None else seed, clock)
    try:
        server.start()
    except OSError as error:
        raise UsageError(
            _("Port {port} can't be used ({why}); choose another with --port, or none.").format(port=port, why=error.strerror)
        ) from error
    try:
        announce(announcement(server))
        wait()
    finally:
        server.stop()
