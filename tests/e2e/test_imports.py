"""What the interface's process has in memory: nothing heavy before the first rows, the network and the secrets never."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.e2e.market import Market
from tests.e2e.seller import Seller
from tests.e2e.terminal import PATIENCE

SESSION = f"""
import asyncio, json, os, sys

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "httpx", "httpcore", "keyring", "selectolax", "tomlkit")

def loaded():
    return sorted(name for name in HEAVY if name in sys.modules)

async def true(what, pilot):
    async with asyncio.timeout({PATIENCE}):
        while not what():
            await pilot.pause(0.02)

async def session():
    from sellerinbox import services
    from sellerinbox.config import load, paths
    from sellerinbox.domain.clock import SystemClock
    from sellerinbox.tui.app import SellerInboxApp

    config, clock = load(paths(None, os.environ), os.environ), SystemClock()
    inbox = services.open_inbox(config, clock)
    app = SellerInboxApp(inbox, config, clock, lambda: services.child_sync(config, clock))
    first = []
    rows = lambda: "".join(strip.text for strip in map(app.screen.list.render_line, range(3)))
    async with app.run_test(size=(120, 40)) as pilot:
        await true(lambda: app.screen.list.rows and app.screen.list.rows[0].buyer in rows(), pilot)
        first += loaded()
        await pilot.press("enter", "2")
        await true(lambda: [item.state for item in inbox.replies.outbox() if item.kind == "reply"] == ["sent"], pilot)
        await pilot.press("slash", "x", "escape", "question_mark", "escape")
    inbox.close()
    return first

first = asyncio.run(session())
print(json.dumps([first, loaded()]))
"""


@pytest.fixture
def loaded(seller: Seller, market: Market) -> tuple[list[str], list[str]]:
    """Modules in memory: when the first rows are there, and after a session with a reply."""
    seller.settings(undo_seconds=0)
    done = subprocess.run([sys.executable, "-c", SESSION], capture_output=True, text=True, timeout=60, env=seller.environ)
    assert done.returncode == 0, done.stderr
    assert len(market.sends()) == 1
    first, after = json.loads(done.stdout.splitlines()[-1])
    return first, after


def test_the_first_rows_cost_nothing_heavy_and_the_network_stays_in_the_other_process(loaded: tuple[list[str], list[str]]) -> None:
    first, after = loaded
    assert first == []
    assert {"sqlmodel", "sqlalchemy"} <= set(after)  # the session did write, so the question was a real one
    assert not {"httpx", "httpcore", "keyring"} & set(after)
