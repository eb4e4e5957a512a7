"""What the tests of the finders share: hostile texts, the labelled sets, a watch."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from sellerinbox.domain.calendar import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=BERLIN).astimezone(UTC)
"""A Friday morning: "tomorrow" is a closed day, the next working day a Monday."""
CALENDAR = Calendar(BERLIN)

PARTS = """
i will |we'll |refund |you |by |friday |tomorrow |within |2 |-|3 |working days|if |not |, |. |? |25.11. |25/11 |nov |the |at |10 |am
and |please |ich |werde |melde |mich |bis |morgen |früh |wenn |nicht |am |montag |je |vous |nous |rembourserai |demain |le |à |18h |si
la |le |les |mañana |voy a |enviaremos |no |se |我们|会|给您|周|一|退款|，|。|11月|25日|内|下|如果|的|谢谢|了|thank |thanks |danke |für
for |your |'|"|İ|ß|👍|🙄|\ud83e|\u0301|\u200b|mon |+|d|h|9|:|wann |ist |can |when |how much |什么时候|吗|？|¿|nächste woche |next week
31|02|2026-|9999|00
"""
SNIPPETS = st.lists(st.sampled_from(["\n", *PARTS.strip().replace("\n", "|").split("|")]), max_size=40).map("".join)
HOSTILE = st.one_of(SNIPPETS, st.text(st.characters(exclude_categories=()), max_size=120))
"""Pieces of promises, thanks and dates in any order, and text of any kind."""
LONG = 10_000
_RUNS = 3
REPEATED = [
    "i will ",
    "I will refund you tomorrow. ",
    "i'll check and ",
    "if you ",
    "ich werde bis ",
    "wird bald ",
    "je vous ",
    "nous nous le la ",
    "le 25 ",
    "voy a ",
    "le le le ",
    "我们会周一",
    "我会给您",
    "周一，",
    "11月",
    "monday ",
    "1.1.",
    "25 nov ",
    "in 2 ",
    "3-",
    " ",
    "\n",
    ".",
    ",",
    "，",
    "'",
    "a",
    "a b ",
    "İ",
    "été ",
    "thank you ",
    "thanks for your ",
    "谢谢",
    "👍",
    "can you tell me ",
    "ob das ",
    "什么",
    "?",
    "when ",
    "mon 9 ",
    "+3h ",
    "9:",
    "no answer in ",
    "和您",
]
"""What a finder may stumble over when it comes ten thousand letters long."""


def labelled(name: str) -> list[dict[str, Any]]:
    """A labelled set from tests/corpora."""
    file = Path(__file__).parents[1] / "corpora" / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def slowest(work: Callable[[str], object]) -> tuple[float, str]:
    """Seconds for the repeated text of `LONG` characters that takes longest, best of a few runs each; and that text's piece."""
    times = [(min(_once(work, piece) for _ in range(_RUNS)), piece) for piece in REPEATED]
    return max(times)


def growth(work: Callable[[str], object], piece: str) -> float:
    """How many times longer four times the text takes: about 4 when linear, 16 when square."""
    once, four = (min(_once(work, piece, length) for _ in range(_RUNS)) for length in (LONG, 4 * LONG))
    return four / once


def _once(work: Callable[[str], object], piece: str, length: int = LONG) -> float:
    text = (piece * length)[:length]
    started = time.process_time()
    work(text)
    return time.process_time() - started
