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


def first_key(ms: int) -> int:
    """The lowest key of that time: what is not older has it or a higher one."""
    return min(max(ms, 0), _LATEST) << _SEQUENCE_BITS


def next_key(key: int) -> int:
    """The key to try when `key` is taken; the time in it stays."""
    return key & ~_SEQUENCE | (key + 1) & _SEQUENCE


def time_of(key: int) -> int:
    """The milliseconds in a key of `time_key`."""
    return key >> _SEQUENCE_BITS


def rank_due(due_ms: int) -> int:
    """Place in the list of what is due: the earliest first."""
    return due_ms


def rank_woken(woken_ms: int) -> int:
    """Place in the list of a conversation that came back from sleep: above everything, the first one back at the top."""
    return woken_ms - _OTHERS


def rank_other(last_message_ms: int) -> int:
    """Place in the list of everything else: behind all that is due, newest message first."""
    return _OTHERS - last_message_ms


def storable(text: str) -> str:
    """`text` with halves of surrogate pairs replaced: SQLite takes UTF-8 only, and a key typed in a terminal may hold them."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def tracking_key(number: str | None) -> str | None:
    """A tracking number as compared: people copy it with spaces and in small letters."""
    return storable("".join(number.split()).upper()) if number else None


def raw_blob(raw: str | None) -> bytes | None:
    """The original text as bytes; what is not Unicode in it survives."""
    return None if raw is None else raw.encode("utf-8", "surrogatepass")


def raw_text(blob: bytes | None) -> str | None:
    """The original text, unchanged."""
    return None if blob is None else blob.decode("utf-8", "surrogatepass")
