"""The line between the interface and its sync child: real processes, tiny scripts."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from sellerinbox.domain.clock import SystemClock
from sellerinbox.sync.events import Problem, Synced, SyncEvent
from sellerinbox.sync.feed import ChildSync
from tests.fakes import FakeClock

# A stand-in for `sellerinbox sync --watch --json`: says that it runs, repeats what it hears, ends with its input.
CHILD = """
import os, sys
def say(word): print('{"event": "synced", "account": "%s", "new_messages": %d, "new_orders": 0}' % (word, os.getpid()), flush=True)
print("not an event", "x" * 3_000_000, flush=True)
say("started")
while heard := os.read(0, 1): say(heard.decode())
"""
# The same, the way our own child listens.
LISTENER = """
import asyncio, os, sys
from sellerinbox.sync.parent import obeying
class Syncer:
    def __init__(self): self.over = asyncio.Event()
    def wake(self, *, pull=False): print('{"event": "synced", "account": "%s", "new_messages": 0, "new_orders": 0}' % pull, flush=True)
    def stop(self): self.over.set()
async def main():
    syncer = Syncer()
    with obeying(syncer):
        print('{"event": "synced", "account": "started", "new_messages": %d, "new_orders": 0}' % os.getpid(), flush=True)
        await syncer.over.wait()
asyncio.run(main())
"""

# One that doesn't care that its input is over.
DEAF = (
    CHILD
    + """
while True: __import__("signal").pause()
"""
)


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], list[str]]:
    def write(text: str) -> list[str]:
        path = tmp_path / "child.py"
        path.write_text(text)
        return [sys.executable, str(path)]

    return write


async def expect(events: AsyncIterator[SyncEvent]) -> SyncEvent:
    return await asyncio.wait_for(anext(events), 20)


async def _first(event: Awaitable[SyncEvent], rest: AsyncIterator[SyncEvent]) -> AsyncIterator[SyncEvent]:
    yield await event
    async for later in rest:
        yield later


async def started(events: AsyncIterator[SyncEvent]) -> int:
    """The process id of the child that says it has started."""
    event = await expect(events)
    assert isinstance(event, Synced)
    assert event.account == "started"
    return event.new_messages


async def test_events_come_in_and_wakes_go_out(script: Callable[[str], list[str]]) -> None:
    feed = ChildSync(script(LISTENER), SystemClock())
    events = feed.events()
    await started(events)
    feed.wake()
    assert await expect(events) == Synced("False", 0, 0)
    feed.wake(pull=True)
    assert await expect(events) == Synced("True", 0, 0)
    await feed.close()
    assert [event async for event in events] == []


async def test_a_killed_child_is_told_of_and_started_again(script: Callable[[str], list[str]], clock: FakeClock) -> None:
    feed = ChildSync(script(CHILD), clock)
    events = feed.events()
    pid = await started(events)
    os.kill(pid, signal.SIGKILL)
    told = await expect(events)
    assert isinstance(told, Problem)
    assert "Nothing is lost" in told.message
    again = asyncio.ensure_future(started(events))
    await clock.advance(0.9)
    assert not again.done()
    await clock.advance(0.2)
    assert await again != pid
    await feed.close()


async def test_a_child_that_cannot_live_is_tried_less_and_less(script: Callable[[str], list[str]], clock: FakeClock) -> None:
    feed = ChildSync(script("import sys; sys.exit('The settings name no account.')"), clock)
    events = feed.events()
    for pause in (1, 2, 4, 8):
        told = await expect(events)
        assert isinstance(told, Problem)
        assert f"in {pause} s: The settings name no account." in told.message
        again = asyncio.ensure_future(anext(events))
        await clock.advance(pause - 0.1)
        assert feed._child is not None
        assert feed._child.returncode == 1
        await clock.advance(0.1)
        events = _first(again, events)
    await feed.close()


async def test_a_crash_shows_no_inner_workings(script: Callable[[str], list[str]], clock: FakeClock) -> None:
    feed = ChildSync(script("token = 'SECRET-1'; raise KeyError(token)"), clock)
    told = await expect(feed.events())
    assert isinstance(told, Problem)
    assert "SECRET" not in told.message
    assert "Traceback" not in told.message
    await feed.close()


async def test_a_program_that_is_not_there_is_told_of(clock: FakeClock, tmp_path: Path) -> None:
    feed = ChildSync([str(tmp_path / "gone")], clock)
    assert isinstance(await expect(feed.events()), Problem)
    await feed.close()


async def test_a_child_that_does_not_end_is_ended(script: Callable[[str], list[str]], clock: FakeClock) -> None:
    feed = ChildSync(script(DEAF), clock)
    pid = await started(feed.events())
    closing = asyncio.ensure_future(feed.close())
    await clock.advance(4.9)
    os.kill(pid, 0)
    await clock.advance(0.2)
    await asyncio.wait_for(closing, 20)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_child_ends_by_itself_when_the_interface_is_killed(script: Callable[[str], list[str]], tmp_path: Path) -> None:
    argv = script(LISTENER)
    parent = tmp_path / "parent.py"
    parent.write_text(
        "import asyncio, sys\n"
        "from sellerinbox.domain.clock import SystemClock\n"
        "from sellerinbox.sync.feed import ChildSync\n"
        "async def main():\n"
        "    async for event in ChildSync(sys.argv[1:], SystemClock()).events(): print(event.new_messages, flush=True)\n"
        "asyncio.run(main())\n"
    )
    interface = subprocess.Popen([sys.executable, str(parent), *argv], stdout=subprocess.PIPE, text=True)
    assert interface.stdout is not None
    child = os.pidfd_open(int(interface.stdout.readline()))
    try:
        interface.kill()
        interface.wait()
        assert select.select([child], [], [], 20)[0], "the child lives on without its interface"
    finally:
        os.close(child)
        interface.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_the_child_ends_in_good_order_on_a_signal(script: Callable[[str], list[str]], number: signal.Signals) -> None:
    child = await asyncio.create_subprocess_exec(*script(LISTENER), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    await child.stdout.readline()
    child.send_signal(number)
    assert await asyncio.wait_for(child.wait(), 20) == 0


async def test_ctrl_c_at_the_interface_does_not_reach_the_child(script: Callable[[str], list[str]]) -> None:
    feed = ChildSync(script(CHILD), SystemClock())
    pid = await started(feed.events())
    assert os.getpgid(pid) != os.getpgid(0)
    await feed.close()


def test_the_feed_costs_the_interface_nothing() -> None:
    code = "import sys, sellerinbox.sync.feed; print({'httpx', 'sqlmodel', 'sqlalchemy', 'keyring', 'textual'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "set()"
