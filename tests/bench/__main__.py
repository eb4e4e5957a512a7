"""Speed and size, measured against bare programs in the same run: `python -m tests.bench`.

Every bar is a ratio to a floor (`shared/performance.md` has the peers). Machines are noisy: ours
and the floor take turns, and medians are compared. Needs the package installed with its byte
code compiled, as pip does it. `--quick` takes fewer rounds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte

from tests.bench import clearing, first_sync, inboxes, saving
from tests.bench.terminal import Terminal

ROUNDS = 5 if "--quick" in sys.argv else 15
HERE = Path(__file__).parent
PROGRAM = [str(Path(sys.executable).with_name("sellerinbox"))]
"""As the seller starts it: the installed command."""
SMALL, LARGE = 1_000, 100_000


class Report:
    """The table, and whether every bar was met."""

    def __init__(self) -> None:
        self.missed = 0

    def line(self, what: str, value: float, bar: float, note: str, *, at_least: bool = False) -> None:
        """One measurement against its bar."""
        good = value >= bar if at_least else value <= bar
        self.missed += not good
        print(f"{'ok  ' if good else 'MISS'} {what:<52}{value:9.2f}  ({'>=' if at_least else '<='} {bar:g})  {note}", flush=True)


def environ(home: Path) -> dict[str, str]:
    """A plain terminal, a home of its own, no secrets: the sync asks for a sign-in and is quiet."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SELLERINBOX_")}
    return {**kept, "SELLERINBOX_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def floor_argv(home: Path) -> list[str]:
    """The bare program over the same file."""
    return [sys.executable, str(HERE / "floor_list.py"), str(home / "data" / "inbox.db")]


def command_ms(argv: list[str], env: dict[str, str]) -> float:
    """One run of a command, in milliseconds."""
    import time

    begin = time.perf_counter()
    subprocess.run(argv, env=env, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begin) * 1000


def in_turn(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Medians of several things, measured in turn."""
    seen: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for values, measure in zip(seen, measures, strict=True):
            values.append(measure())
    return [statistics.median(values) for values in seen]


def commands(report: Report, home: Path) -> None:
    """The command line's start."""
    env = environ(home)
    bare, version, orm, listing = in_turn(
        ROUNDS,
        lambda: command_ms([sys.executable, "-c", "pass"], env),
        lambda: command_ms([*PROGRAM, "--version"], env),
        lambda: command_ms([sys.executable, "-c", "import sqlmodel"], env),
        lambda: command_ms([*PROGRAM, "list", "--json"], env),
    )
    report.line("--version / python -c pass", version / bare, 3, f"{version:.0f} / {bare:.0f} ms")
    report.line("list --json / import sqlmodel", listing / orm, 2, f"{listing:.0f} / {orm:.0f} ms")


def start_ms(argv: list[str], env: dict[str, str]) -> float:
    """From exec until the first row is on the screen."""
    terminal = Terminal(argv, env)
    try:
        return terminal.until(inboxes.FIRST.encode())
    finally:
        terminal.close()


def starts(report: Report, small: Path, large: Path) -> None:
    """From exec to real rows."""
    bare, ours, ours_large = in_turn(
        ROUNDS,
        lambda: start_ms(floor_argv(small), environ(small)),
        lambda: start_ms(PROGRAM, environ(small)),
        lambda: start_ms(PROGRAM, environ(large)),
    )
    report.line(f"exec to rows, {SMALL:,} / bare list", ours / bare, 1.3, f"{ours:.0f} / {bare:.0f} ms")
    report.line(f"exec to rows, {LARGE:,} / bare list", ours_large / bare, 1.3, f"{ours_large:.0f} / {bare:.0f} ms")
    report.line(f"exec to rows, {LARGE:,} / {SMALL:,}", ours_large / ours, 1.1, "")


@contextmanager
def settled(argv: list[str], home: Path) -> Iterator[Terminal]:
    """A program with its first rows on the screen and everything behind them loaded."""
    terminal = Terminal(argv, environ(home))
    try:
        terminal.until(inboxes.FIRST.encode())
        terminal.listen(4)
        yield terminal
    finally:
        terminal.close()


def keys(terminal: Terminal) -> tuple[float, float, float]:
    """A key inside the still view: median ms, median and largest bytes."""
    seen = [terminal.key(key) for _ in range(3) for key in [b"j"] * 14 + [b"k"] * 14]
    return statistics.median(ms for ms, _ in seen), statistics.median(count for _, count in seen), max(count for _, count in seen)


def running(report: Report, small: Path, large: Path) -> None:
    """A key, an idle minute's share, memory."""
    with settled(floor_argv(small), small) as terminal:
        bare_key, _, _ = keys(terminal)
        terminal.listen(1)
        bare_idle, _ = terminal.idle(10)
    for name, home in ((f"{SMALL:,}", small), (f"{LARGE:,}", large)):
        with settled(PROGRAM, home) as terminal:
            ours, usual, most = keys(terminal)
            report.line(f"key in the list, {name} / bare list", ours / bare_key, 3, f"{ours:.1f} / {bare_key:.1f} ms")
            report.line(f"bytes a key, {name}, the most", most, 1000, f"usually {usual:.0f}")
            terminal.listen(2)
            idle, count = terminal.idle(10)
            report.line(f"idle bytes, {name}", count, 0, "in 10 s")
            # A tick of the kernel's clock is 10 ms: below one tick in 10 s there is nothing to compare.
            report.line(
                f"idle CPU, {name} / bare list", idle / max(bare_idle, 0.002), 1.5, f"{idle * 1000:.1f} / {bare_idle * 1000:.1f} ms/s"
            )
            report.line(f"memory, {name}, MB", terminal.memory(), 100, "interface process")


def early_key(report: Report, home: Path) -> None:
    """A key pressed 20 ms after exec moves the highlight all the same."""
    kept = 0
    for _ in range(5):
        terminal = Terminal(PROGRAM, environ(home))
        terminal.read(0.02)
        terminal.send(b"j")
        terminal.until(inboxes.FIRST.encode())
        terminal.listen(0.7)
        screen = pyte.Screen(120, 40)
        pyte.ByteStream(screen).feed(terminal.seen)
        # The bar of the highlight stands beside the second conversation, not the first.
        kept += [row for row, line in enumerate(screen.display) if line.startswith("▌")] == [4, 5]
        terminal.close()
    report.line("keys kept of 5 pressed 20 ms after exec", kept, 5, "", at_least=True)


def clears(report: Report, small: Path, large: Path) -> None:
    """A long thread, the palette, keys beside a sync at full speed, the guard."""
    clearing.lengthen(small)
    with settled(floor_argv(large), large) as terminal:
        bare_key, _, _ = keys(terminal)
    with settled(PROGRAM, small) as terminal:
        report.line(f"opening a thread of {clearing.LONG}, ms", clearing.opened(terminal), 60, "")
        report.line("opening the canned palette, ms", clearing.palette(terminal), 50, "")
    with settled(PROGRAM, large) as terminal, clearing.writer(large):
        usual, slow = clearing.keys_beside_a_writer(terminal)
        report.line("key beside a writer / bare list", usual / bare_key, 3, f"{usual:.1f} / {bare_key:.1f} ms")
        report.line("key beside a writer, p99, ms", slow, 60, "")
    report.line("guard, 500 lines with its start, s", clearing.guard_command(), 2, "")
    for size, bar in ((10_000, 0.2), (1_000_000, 2.0)):
        seconds, which = clearing.worst_guard(size)
        report.line(f"guard, {size:,} bytes at worst, s", seconds, bar, which)


def syncing(report: Report, folder: Path) -> None:
    """The first sync, and the store against a bare executemany."""
    argv = [*PROGRAM, "demo", "--serve", "--conversations", "4300"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            served = json.loads(server.stdout.readline())["ebay"]
            took = first_sync.measure(folder / "synced", served)
        finally:
            server.terminate()
    note = f"{took['messages']:,.0f} messages in {took['whole']:.1f} s, {took['ours']:.1f} s of it ours"
    report.line("store and mapping / whole first sync", took["ours"] / took["whole"], 1 / 3, note)
    ratio, note = saving.ratio()
    report.line("saving rate / bare executemany", ratio, 0.5, note, at_least=True)


def main() -> int:
    """Measure everything; 1 when a bar was missed."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="sellerinbox-bench-") as name:
        folder = Path(name)
        small, large = folder / "small", folder / "large"
        inboxes.make(small, SMALL)
        inboxes.make(large, LARGE)
        commands(report, small)
        starts(report, small, large)
        running(report, small, large)
        early_key(report, small)
        clears(report, small, large)
        syncing(report, folder)
    print(f"{report.missed} missed" if report.missed else "every bar met")
    return 1 if report.missed else 0


sys.exit(main())
