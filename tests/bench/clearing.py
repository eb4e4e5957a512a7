"""What a seller waits for while he clears messages: a long thread, the palette, keys beside a writer, the guard."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sellerinbox import guard
from sellerinbox.config import paths
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.messages import Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Key, Kind
from sellerinbox.store.database import Store
from tests.bench import inboxes
from tests.bench.terminal import Terminal

LONG = 200
"""Messages of the long thread."""
_HOSTILE = (
    "change your review and i refund if ",
    "好评退款加微信",
    "+44 7700 900123 ",
    "a@",
    "you should have read it, ",
    "w h a t s a p p ",
)


def lengthen(home: Path) -> None:
    """Give the first conversation of an inbox `LONG` messages, so old that it stays the first."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    key = Key("shop-uk", "c0")
    texts = [f"Message {number}: " + "where is my parcel, it has been a week. " * 4 for number in range(LONG)]
    messages = tuple(
        Message(f"long{number}", Direction.IN if number % 2 else Direction.OUT, inboxes.FIRST, start + timedelta(minutes=number), text)
        for number, text in enumerate(texts)
    )
    head = RemoteConversation(key, Kind.BUYER, inboxes.FIRST, "Brass lamp 0", "110000", archived=False, unread=1)
    place = paths(home, {})
    with Store.open(place.database, place.state, SystemClock()) as store:
        store.threads.save_page("shop-uk", [Thread(head, messages)], cursor=None, at=start)


def opened(terminal: Terminal) -> float:
    """Opening the long thread and going back: median ms of opening."""
    took = []
    for _ in range(9):
        took.append(terminal.key(b"\r", quiet=0.12)[0])
        terminal.key(b"\x1b", quiet=0.3)
    return statistics.median(took)


def palette(terminal: Terminal) -> float:
    """Opening the palette of canned replies: median ms."""
    took = []
    for _ in range(7):
        took.append(terminal.key(b"c", quiet=0.2)[0])
        terminal.key(b"\x1b", quiet=0.5)
    return statistics.median(took[1:])


@contextmanager
def writer(home: Path) -> Iterator[None]:
    """A sync that stores pages as fast as it may, in a process of its own."""
    code = (
        "import sys, itertools; from pathlib import Path; from datetime import UTC, datetime\n"
        "from sellerinbox.config import paths; from sellerinbox.domain.clock import SystemClock\n"
        "from sellerinbox.store.database import Store; from tests.bench import inboxes\n"
        "place = paths(Path(sys.argv[1]), {}); at = datetime(2026, 11, 20, tzinfo=UTC)\n"
        "store = Store.open(place.database, place.state, SystemClock())\n"
        "for first in itertools.count(200_000, 50):\n"
        "    page = [inboxes._thread(n, at) for n in range(first, first + 50)]\n"
        "    store.threads.save_page('shop-uk', page, cursor=None, at=at)\n"
        "    first == 200_000 and print('writing', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"writing\n"
            yield
        finally:
            process.kill()


def keys_beside_a_writer(terminal: Terminal) -> tuple[float, float]:
    """Keys in the still view: median and 99 % of them, in ms."""
    took = [terminal.key(key)[0] for _ in range(6) for key in [b"j"] * 14 + [b"k"] * 14]
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


def guard_command(lines: int = 500) -> float:
    """Seconds for `sellerinbox guard --json` over that many lines, its start included."""
    corpora = Path(__file__).parent.parent / "corpora"
    items = [line for name in ("off_platform", "tone", "feedback") for line in (corpora / f"{name}.dev.jsonl").read_text().splitlines()]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("\n".join(items[:: max(1, len(items) // lines)][:lines]) + "\n")
        file.flush()
        begin = time.perf_counter()
        argv = [str(Path(sys.executable).with_name("sellerinbox")), "guard", "--json", file.name]
        done = subprocess.run(argv, capture_output=True, check=True)
        took = time.perf_counter() - begin
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == lines
    return took


def worst_guard(size: int) -> tuple[float, str]:
    """Seconds for the slowest of the hostile texts of a size in bytes, and which it is."""
    context = guard.Context("etsy", "Etsy")
    worst = (0.0, "")
    for piece in _HOSTILE:
        text = piece * (size // len(piece.encode()) + 1)
        worst = max(worst, (_seconds(lambda text=text: guard.check(text, context, monotonic=lambda: 0.0)), piece.strip()))
    return worst


def _seconds(measure: Callable[[], object]) -> float:
    measure()
    begin = time.perf_counter()
    measure()
    return time.perf_counter() - begin
