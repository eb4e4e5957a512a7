"""Reading canned replies: ours first, then the seller's own files.

A mistake in one entry or file costs that entry or file and nothing else. What it costs is
taken out altogether: if the seller's own `wismo` is broken, ours does not quietly come back
on its key, because a key must never send another text than the one he put there.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sellerinbox.replies.catalogue import CannedReply, Replies
from sellerinbox.replies.entries import entry_of, fragment_of
from sellerinbox.replies.lines import Lines
from sellerinbox.replies.wrong import Mistake, Wrong

STARTER = Path(__file__).with_name("starter")
_LINE = re.compile(r"at line (\d+)")
_CLAIM = re.compile(r"""^\s*(name|key)\s*=\s*["']?([^"'#\s]+)""", re.MULTILINE)


class File(NamedTuple):
    """One file of the seller: what TOML made of it."""

    path: Path
    content: str
    entries: list[object]
    fragments: object

    def mistake(self, number: int, wrong: Wrong, *, fatal: bool = True) -> Mistake:
        """Where and what; `number` is the entry's, from 1, or 0 for a fragment."""
        name = ""
        if number:
            entry = self.entries[number - 1]
            named = entry.get("name") if isinstance(entry, dict) else None
            name = named if isinstance(named, str) and named else f"number {number}"
        line = Lines(self.content).of(number, wrong.field, wrong.line)
        return Mistake(self.path, line, name, wrong.what, fatal)


class Reading:
    """What came out of our files and the seller's so far."""

    def __init__(self, ours: list[dict[str, Any]]) -> None:
        self.ours = ours
        self.files: list[File] = []
        self.good: list[tuple[File, int, CannedReply]] = []
        self.mistakes: list[Mistake] = []
        self.fragments: dict[str, dict[str, str]] = {}
        """Ours, with the seller's own in their places."""
        self.broken: set[str] = set()
        """Fragments of the seller that can't be used."""
        self.names: set[str] = set()
        """Names that broken entries claim."""
        self.keys: set[str] = set()
        """Keys that broken entries claim."""


def load(directory: Path | None, *, strict: bool = False) -> Replies:
    """Our replies and the seller's `*.toml` in a directory (missing or None: only ours).

    An own reply replaces ours of the same name and keeps its key unless it names another; a
    key it names moves to it. Own `[fragments]` take the places of ours, language by language.
    Mistakes are collected in `Replies.problems`; with `strict` the first is raised as
    `ConfigError`. Texts are read as templates when they are used, or by `checking.check`.
    """
    reading = read(directory)
    if strict and reading.mistakes:
        raise reading.mistakes[0].error()
    return merge(reading)


def read(directory: Path | None) -> Reading:
    """All of the seller's files, entry by entry."""
    ours = [tomllib.loads(path.read_text("utf-8")) for path in sorted(STARTER.glob("*.toml"))]
    reading = Reading(ours)
    for document in ours:
        reading.fragments |= {name: fragment_of(name, texts) for name, texts in document.get("fragments", {}).items()}
    for path in _paths(directory):
        _read(path, reading)
    for file in reading.files:
        _add_fragments(file, reading)
    for name in reading.broken:
        reading.fragments.pop(name, None)
    for file in reading.files:
        for number, entry in enumerate(file.entries, 1):
            _add(entry, number, file, reading)
    return reading


def merge(reading: Reading) -> Replies:
    """Ours and the seller's as one catalogue."""
    own = {reply.name.casefold(): reply for _, _, reply in reading.good if reply.name.casefold() not in reading.names}
    taken = {reply.key for reply in own.values()}
    merged: dict[str, CannedReply] = {}
    for reply in _starter_replies(reading):
        name = reply.name.casefold()
        key = None if reply.key in taken else reply.key
        if name in own:
            mine = own.pop(name)
            merged[name] = mine._replace(key=mine.key or key)
        elif name not in reading.names:
            merged[name] = reply._replace(key=key)
    merged.update(own)
    safe = (reply._replace(key=None, pinned=False) if reply.key in reading.keys else reply for reply in merged.values())
    entries = tuple(sorted(safe, key=lambda reply: reply.key or "~"))
    return Replies(entries, tuple(mistake.error() for mistake in reading.mistakes), frozenset(reading.keys))


def _starter_replies(reading: Reading) -> Iterable[CannedReply]:
    for document in reading.ours:
        for entry in document.get("reply", ()):
            # Our own files hold no mistake, a test sees to that: it is a fragment of the seller that can't be used.
            with contextlib.suppress(Wrong):
                yield entry_of(entry, None, reading.fragments)


def _paths(directory: Path | None) -> list[Path]:
    return sorted(directory.glob("*.toml")) if directory is not None else []


def _read(path: Path, reading: Reading) -> None:
    raw = b""
    try:
        raw = path.read_bytes()
        file = _file(path, raw)
    except OSError as error:
        reading.mistakes.append(Mistake(path, 0, "", f"the file can't be read ({error.strerror}), so none of its replies can be used"))
    except Wrong as wrong:
        reading.mistakes.append(Mistake(path, wrong.line or 0, "", f"{wrong.what}; until then none of this file's replies can be used"))
        claims = _CLAIM.findall(raw.decode("utf-8", "replace"))
        _claim(reading, (value for kind, value in claims if kind == "name"), (value for kind, value in claims if kind == "key"))
    else:
        reading.files.append(file)


def _file(path: Path, raw: bytes) -> File:
    try:
        content = raw.decode("utf-8-sig")
        document = tomllib.loads(content)
    except UnicodeDecodeError as error:
        raise Wrong("", "save the file as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _LINE.search(str(error))
        raise Wrong("", f"this is not TOML: {error}", int(found[1]) if found else None) from error
    for unknown in document.keys() - {"reply", "fragments"}:
        line = Lines(content).of(1, unknown) or None
        raise Wrong("", f"“{unknown}” is not known here; every canned reply begins with [[reply]]", line)
    entries = document.get("reply", [])
    if not isinstance(entries, list):
        raise Wrong("", "write [[reply]] with two brackets; every canned reply begins with it")
    return File(path, content, entries, document.get("fragments", {}))


def _add_fragments(file: File, reading: Reading) -> None:
    """The seller's own shared words; a broken one is nobody's, so that no reply goes out with words he replaced."""
    if not isinstance(file.fragments, dict):
        wrong = Wrong("fragments", 'write [fragments] with one name and language a line, such as closing.en = "Best wishes"')
        reading.mistakes.append(file.mistake(0, wrong))
        return
    for name, variants in file.fragments.items():
        try:
            texts = fragment_of(name, variants)
        except Wrong as wrong:
            reading.mistakes.append(file.mistake(0, wrong))
            reading.broken.add(name)
        else:
            reading.fragments[name] = {**reading.fragments.get(name, {}), **texts}


def _add(entry: object, number: int, file: File, reading: Reading) -> None:
    try:
        if not isinstance(entry, dict):
            raise Wrong("", "it is not a [[reply]]")
        reply = entry_of(entry, file.path, reading.fragments)
        _check_unclaimed(reply, reading.good)
    except Wrong as wrong:
        reading.mistakes.append(file.mistake(number, wrong))
        claimed = entry if isinstance(entry, dict) else {}
        _claim(reading, [str(claimed.get("name", ""))], [str(claimed.get("key", ""))])
    else:
        reading.good.append((file, number, reply))


def _claim(reading: Reading, names: Iterable[str], keys: Iterable[str]) -> None:
    reading.names.update(name.casefold() for name in names)
    reading.keys.update(key for key in keys if key)


def _check_unclaimed(reply: CannedReply, good: list[tuple[File, int, CannedReply]]) -> None:
    for _, _, other in good:
        if other.name.casefold() == reply.name.casefold():
            raise Wrong("name", f"the name is used twice (also in {other.source}); give one of them another name")
        if reply.key is not None and other.key == reply.key:
            raise Wrong("key", f"key {reply.key} is also taken by “{other.name}”; give one of them another key")
