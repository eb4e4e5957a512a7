"""Reading canned replies: ours first, then the seller's own files.

A mistake in one entry or file costs that entry or file and nothing else. What it costs is
taken out altogether: if the seller's own `wismo` is broken, ours does not quietly come back
on its key, because a key must never send another text than the one he put there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sellerinbox.domain.errors import ConfigError
from sellerinbox.domain.text import clean
from sellerinbox.replies.catalogue import CannedReply, Replies
from sellerinbox.replies.template import VARIABLES, lone_braces, placeholders

STARTER = Path(__file__).with_name("starter.toml")
FIELDS = ("name", "key", "title", "text")

_NAME = re.compile(r"[\w-]{1,40}")
_KEY = re.compile(r"[1-9]")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{2,8})?")
_CLAIM = re.compile(r"""^\s*(name|key)\s*=\s*["']?([^"'#\s]+)""", re.MULTILINE)


@dataclass(slots=True)
class _Reading:
    """What came out of the seller's files so far."""

    good: list[CannedReply] = field(default_factory=list)
    problems: list[ConfigError] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """Names that broken entries claim."""
    keys: set[str] = field(default_factory=set)
    """Keys that broken entries claim."""


def load(directory: Path | None, *, strict: bool = False) -> Replies:
    """Our replies and the seller's `*.toml` in a directory (missing or None: only ours).

    An own reply replaces ours of the same name and keeps its key unless it names another; a
    key it names moves to it. Mistakes are collected in `Replies.problems`; with `strict` the
    first is raised as `ConfigError`.
    """
    reading = _Reading()
    for path in _files(directory):
        _read(path, reading)
    if strict and reading.problems:
        raise reading.problems[0]
    return _merge(tuple(parse(STARTER.read_text("utf-8"), None)), reading)


def parse(content: str, source: Path | None) -> Iterable[CannedReply]:
    """The replies of one file's content. Raises `ConfigError` at the first mistake."""
    for number, entry in enumerate(_entries(content, source), 1):
        yield _entry(entry, number, source)


def _files(directory: Path | None) -> list[Path]:
    return sorted(directory.glob("*.toml")) if directory is not None else []


def _read(path: Path, reading: _Reading) -> None:
    raw = b""
    try:
        raw = path.read_bytes()
        entries = _entries(_decoded(raw, path), path)
    except OSError as error:
        reading.problems.append(ConfigError(f"The canned replies in {path} can't be read ({error.strerror}), so none of them can be used."))
    except ConfigError as error:
        reading.problems.append(error)
        claims = _CLAIM.findall(raw.decode("utf-8", "replace"))
        _claim(reading, (value for kind, value in claims if kind == "name"), (value for kind, value in claims if kind == "key"))
    else:
        for number, entry in enumerate(entries, 1):
            _add(entry, number, path, reading)


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"The canned replies in {path} can't be read: save the file as UTF-8; until then none of them can be used."
        ) from error


def _add(entry: object, number: int, path: Path, reading: _Reading) -> None:
    try:
        reply = _entry(entry, number, path)
        _check_unclaimed(reply, reading.good, path)
    except ConfigError as error:
        reading.problems.append(error)
        claimed = entry if isinstance(entry, dict) else {}
        _claim(reading, [str(claimed.get("name", ""))], [str(claimed.get("key", ""))])
    else:
        reading.good.append(reply)


def _claim(reading: _Reading, names: Iterable[str], keys: Iterable[str]) -> None:
    reading.names.update(name.casefold() for name in names)
    reading.keys.update(keys)


def _merge(starter: tuple[CannedReply, ...], reading: _Reading) -> Replies:
    own = {reply.name.casefold(): reply for reply in reading.good if reply.name.casefold() not in reading.names}
    taken = {reply.key for reply in own.values()}
    merged: dict[str, CannedReply] = {}
    for reply in starter:
        name = reply.name.casefold()
        key = None if reply.key in taken else reply.key
        if name in own:
            mine = own.pop(name)
            merged[name] = replace(mine, key=mine.key or key)
        elif name not in reading.names:
            merged[name] = replace(reply, key=key)
    merged.update(own)
    safe = (replace(reply, key=None) if reply.key in reading.keys else reply for reply in merged.values())
    return Replies(tuple(sorted(safe, key=lambda reply: reply.key or "~")), tuple(reading.problems))


def _check_unclaimed(reply: CannedReply, good: list[CannedReply], path: Path) -> None:
    for other in good:
        if other.name.casefold() == reply.name.casefold():
            raise _wrong(path, reply.name, f"the name is used twice (also in {other.source}); give one of them another name")
        if reply.key is not None and other.key == reply.key:
            raise _wrong(path, reply.name, f"key {reply.key} is also taken by “{other.name}”; give one of them another key")


def _entries(content: str, source: Path | None) -> list[object]:
    try:
        document = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"The canned replies in {source} can't be read: {error}. None of this file's replies can be used.") from error
    for unknown in document.keys() - {"reply"}:
        raise ConfigError(f"{source}: “{unknown}” is not known here; every canned reply begins with [[reply]].")
    entries = document.get("reply", [])
    if not isinstance(entries, list):
        raise ConfigError(f"{source}: write [[reply]] with two brackets; every canned reply begins with it.")
    return entries


def _entry(entry: object, number: int, source: Path | None) -> CannedReply:
    if not isinstance(entry, dict):
        raise _wrong(source, f"number {number}", "it is not a [[reply]]")
    name = entry.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _wrong(source, f"number {number}", 'it needs a name of letters, digits and hyphens, such as name = "wismo"')
    if _KEY.fullmatch(name):
        raise _wrong(source, name, "a name can't be a single digit, because that is a key")
    for unknown in entry.keys() - set(FIELDS):
        raise _wrong(source, name, f"“{unknown}” is not known{nearest(unknown, FIELDS)}")
    texts = _variants(entry, "text", name, source)
    for language, text in texts.items():
        _check_placeholders(text, f"{name}, text {language}", source)
    return CannedReply(name, _key(entry, name, source), _variants(entry, "title", name, source), texts, source)


def _key(entry: dict[str, object], name: str, source: Path | None) -> str | None:
    key = entry.get("key")
    if key is None:
        return None
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise _wrong(source, name, f'key = {key!r} can\'t be used; write "1" to "9", or leave it out')
    return key


def _variants(entry: dict[str, object], part: str, name: str, source: Path | None) -> dict[str, str]:
    variants = entry.get(part)
    if not isinstance(variants, dict) or not variants:
        raise _wrong(source, name, f'it needs a {part} per language, such as {part}.en = "…"')
    return {str(language): _variant(text, part, str(language), name, source) for language, text in variants.items()}


def _variant(text: object, part: str, language: str, name: str, source: Path | None) -> str:
    if not _LANGUAGE.fullmatch(language):
        raise _wrong(source, name, f"“{part}.{language}” is not a language; use two letters such as en, de or zh")
    if not isinstance(text, str) or not clean(text).strip():
        raise _wrong(source, name, f"{part}.{language} is empty or not a text")
    return clean(text).strip()


def _check_placeholders(text: str, place: str, source: Path | None) -> None:
    for name in placeholders(text):
        if name not in VARIABLES:
            raise _wrong(source, place, f"{{{name}}} is not a known variable{nearest(name, tuple(VARIABLES))}")
    for position in lone_braces(text):
        near = text[max(0, position - 15) : position + 15].replace("\n", " ")
        raise _wrong(source, place, f"a brace stands alone near “{near}”; a brace that is meant to be read is written twice")


def nearest(word: str, known: tuple[str, ...]) -> str:
    """The end of an error's sentence that names what was probably meant."""
    from difflib import get_close_matches  # only for a mistake, never on the way to a reply

    close = get_close_matches(word, known, n=1)
    return f"; did you mean “{close[0]}”?" if close else f"; known are {', '.join(known)}"


def _wrong(source: Path | None, entry: str, what: str) -> ConfigError:
    ending = "" if what.endswith("?") else "."
    return ConfigError(f"{source or STARTER.name}: the canned reply “{entry}” can't be used: {what}{ending}")
