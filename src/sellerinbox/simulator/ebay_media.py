"""Checks of what is sent beside a text: shared/apis/ebay.md sections 1.3 and 1.4."""

from __future__ import annotations

from urllib.parse import urlsplit

from sellerinbox.simulator.ebay_errors import refusal

MAX_MEDIA = 5
_FIELDS = ("mediaName", "mediaType", "mediaUrl")
_TYPES = ("IMAGE", "PDF", "DOC", "TXT")


def checked_media(entries: object) -> tuple[dict[str, str], ...]:
    """The media as they stand in the message afterwards. Raises `Refused` as eBay would."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise refusal(355012)
    if len(entries) > MAX_MEDIA:
        raise refusal(355010)
    return tuple(_checked(entry) for entry in entries)


def _checked(entry: dict[str, object]) -> dict[str, str]:
    if not all(entry.get(name) and isinstance(entry[name], str) for name in _FIELDS):
        raise refusal(355012)
    media = {name: str(entry[name]) for name in _FIELDS}
    if media["mediaType"] not in _TYPES:
        raise refusal(355011)
    if urlsplit(media["mediaUrl"]).scheme != "https":
        raise refusal(355014)
    return media
