"""Pictures of the screens over the demo, to be looked at: `python -m tests.e2e.pictures FOLDER [--readme]`.

Each at 80x24 and 120x40, in a light, a dark and the 16-colour theme, as SVG, and as PNG where
`rsvg-convert` is installed. `--readme` also draws docs/inbox.svg. Run by hand, no test.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from sellerinbox import services
from sellerinbox.config import Config
from sellerinbox.domain.clock import Clock, clock_for
from sellerinbox.services.demo import demo
from sellerinbox.tui.app import SellerInboxApp

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SIZES = ((80, 24), (120, 40))
THEMES = ("ledger", "paper", "sixteen")
FOUND = "Hello there, your radio was sent last week. Call me at +44 7700 900123 and i refund you tomorrow."
SCREENS: Mapping[str, tuple[str, ...]] = {
    "inbox": ("j",),
    "thread": ("j", "j", "enter"),
    "review": ("j", "r", f"text:{FOUND}", "ctrl+s"),
    "promises": ("j", "2", "j", "2", "g", "p"),
    "canned": ("j", "j", "j", "c"),
    "snooze": ("j", "s"),
    "reply": ("j", "r", f"text:{FOUND}"),
}
"""Screen → the keys that lead to it."""
README = Path(__file__).parents[2] / "docs" / "inbox.svg"


@asynccontextmanager
async def opened(config: Config, clock: Clock, size: tuple[int, int]) -> AsyncIterator[tuple[SellerInboxApp, Pilot[str | None]]]:
    """The screen over a home that is synced; nothing is sent while it is drawn."""
    with closing(services.open_inbox(config, clock)) as inbox:
        app = SellerInboxApp(inbox, config, clock, None)
        async with app.run_test(size=size) as pilot:
            while not app._orm_ready:
                await pilot.pause(0.05)
            yield app, pilot


async def draw(config: Config, clock: Clock, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """One screen as SVG."""
    async with opened(config, clock, size) as (app, pilot):
        for key in keys:
            await pilot.press(*key.removeprefix("text:")) if key.startswith("text:") else await pilot.press(key)
            await pilot.pause(0.5)  # what follows the keys at rest: messages, order, findings
        await pilot.pause(0.3)
        drawn = app.export_screenshot(title="sellerinbox")
    drawn = re.sub(r"@font-face\s*\{.*?\}\s*", "", drawn, flags=re.DOTALL).replace("Fira Code, monospace", "monospace")
    return drawn.replace("<svg ", '<svg xml:space="preserve" ', 1)  # or blanks at the ends of runs are lost


def sync() -> None:
    """Bring the demo's messages into its home."""
    subprocess.run([sys.executable, "-m", "sellerinbox", "sync"], check=True)  # its home stands in the environment


def save(drawn: str, file: Path) -> None:
    """As SVG, and as PNG where that can be made."""
    file.write_text(drawn, encoding="utf-8")
    if convert := shutil.which("rsvg-convert"):
        subprocess.run([convert, "-o", str(file.with_suffix(".png")), str(file)], check=True)


def main(folder: Path, readme: bool) -> None:
    """All pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo(AT) as config:
        clock = clock_for(os.environ)
        sync()
        before = config.paths.data.with_name("before")
        shutil.copytree(config.paths.data, before)
        for theme in THEMES:
            for columns, lines in SIZES:
                for name, keys in SCREENS.items():
                    shutil.rmtree(config.paths.data)
                    shutil.copytree(before, config.paths.data)
                    drawn = asyncio.run(draw(replace(config, theme=theme), clock, (columns, lines), keys))
                    save(drawn, folder / f"{name}-{theme}-{columns}x{lines}.svg")
                    if readme and (name, theme, columns) == ("thread", "ledger", 120):
                        README.write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--readme" in sys.argv)
