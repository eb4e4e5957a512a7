"""How values lie in SQLite: times as milliseconds, time in the key, text that always fits."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zlib import crc32

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SEQUENCE_BITS = 20
_SEQUENCE = (1 << _SEQUENCE_BITS) - 1
# 43 bits of milliseconds reach the year 2248; a date beyond that sorts last instead of overflowing.
_LATEST = (1 << 43) - 1
_OTHERS = 1 << 50


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware time."""
    return (moment - EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """The aware UTC time of milliseconds since 1970."""
    return EPOCH + timedelta(milliseconds=ms)


def maybe_ms(moment: datetime | None) -> int | None:
    """As `to_ms`; None stays None."""
    return None if moment is None else to_ms(moment)


def maybe_time(ms: int | None) -> datetime | None:
    """As `from_ms`; None stays None."""
    return None if ms is None else EPOCH + timedelta(milliseconds=ms)


def time_key(ms: int, account: str, remote_id: str) -> int:
    """A primary key whose order is time: milliseconds, then 20 bits that tell equal times apart."""
    return min(max(ms, 0), _LATEST) << _SEQUENCE_BITS | crc32(f"{account}\0{remote_id}".encode(errors="replace")) & _SEQUENCE


def next_key(key: int) -> int:
    """The key to try when `key` is taken; the time in it stays."""
    return key & ~_SEQUENCE | (key + 1) & _SEQUENCE


def rank_waiting(oldest_unanswered_ms: int) -> int:
    """Place in the list of a buyer who waits: the longest wait first."""
    return oldest_unanswered_ms


def rank_other(last_message_ms: int) -> int:
    """Place in the list of everything else: behind all who wait, newest message first."""
    return _OTHERS - last_message_ms


def storable(text: str) -> str:
    """`text` with halves of surrogate pairs replaced: SQLite takes UTF-8 only, and a key typed in a terminal may hold them."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def raw_blob(raw: str | None) -> bytes | None:
    """The original text as bytes; what is not Unicode in it survives."""
    return None if raw is None else raw.encode("utf-8", "surrogatepass")


def raw_text(blob: bytes | None) -> str | None:
    """The original text, unchanged."""
    return None if blob is None else blob.decode("utf-8", "surrogatepass")
