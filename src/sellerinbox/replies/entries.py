"""One entry of a file: from what TOML made of it to a canned reply. Every mistake is a `Wrong`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sellerinbox.domain.text import clean
from sellerinbox.replies import fragments as shared
from sellerinbox.replies.catalogue import CannedReply
from sellerinbox.replies.conditions import SKELETON, Block
from sellerinbox.replies.nearest import nearest
from sellerinbox.replies.rules import effects_of, fits_of, locks_of
from sellerinbox.replies.template import quick_mistake
from sellerinbox.replies.wrong import Wrong

FIELDS = ("name", "key", "pinned", "title", "text", "block", "greeting", "closing", "fits", "locks", "effects", "attachments")
_BLOCK_FIELDS = ("kind", "name")
_NAME = re.compile(r"[\w-]{1,40}")
_KEY = re.compile(r"[1-9]")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{2,8})?")


def entry_of(entry: Mapping[str, object], source: Path | None, fragments: shared.Fragments) -> CannedReply:
    """A canned reply, its fragments in place. Raises `Wrong`."""
    name = name_of(entry)
    for unknown in entry.keys() - set(FIELDS):
        raise Wrong(unknown, f"“{unknown}” is not known{nearest(unknown, FIELDS)}")
    key = _key(entry)
    blocks = _blocks(entry, fragments)
    greeting, closing = (_frame(entry, part, blocks) for part in (shared.GREETING, shared.CLOSING))
    texts = _whole(blocks, greeting, closing, fragments) if blocks else _variants(entry, "text", fragments)
    return CannedReply(
        name, key, _variants(entry, "title", None), texts, source,
        pinned=_pinned(entry, key, source), fits=fits_of(entry), locks=locks_of(entry), effects=effects_of(entry),
        attachments=_attachments(entry), blocks=blocks,
        greeting=_frames(greeting, texts, fragments), closing=_frames(closing, texts, fragments),
    )  # fmt: skip


def name_of(entry: Mapping[str, object]) -> str:
    """The entry's name. Raises `Wrong`."""
    name = entry.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise Wrong("name", 'it needs a name of letters, digits and hyphens, such as name = "wismo"')
    if _KEY.fullmatch(name):
        raise Wrong("name", "a name can't be a single digit, because that is a key")
    return name


def fragment_of(name: str, variants: object) -> dict[str, str]:
    """One of a file's `[fragments]`, language → text; an empty text is one too. Raises `Wrong`."""
    field = f"fragments.{name}"
    if not _NAME.fullmatch(name):
        raise Wrong(field, f"“{name}” can't be the name of a fragment; use letters, digits and hyphens")
    if not isinstance(variants, dict) or not variants:
        raise Wrong(field, f'the fragment “{name}” needs a text per language, such as {name}.en = "…"')
    return {language: "" if text == "" else _variant(text, field, language) for language, text in variants.items()}


def _key(entry: Mapping[str, object]) -> str | None:
    key = entry.get("key")
    if key is not None and (not isinstance(key, str) or not _KEY.fullmatch(key)):
        raise Wrong("key", f'key = {key!r} can\'t be used; write "1" to "9", or leave it out')
    return key


def _pinned(entry: Mapping[str, object], key: str | None, source: Path | None) -> bool:
    """A key in the seller's own file stays where he put it, unless he says otherwise; ours only have a home."""
    pinned = entry.get("pinned", source is not None and key is not None)
    if not isinstance(pinned, bool):
        raise Wrong("pinned", f"pinned = {pinned!r} can't be used; write true or false")
    if pinned and key is None:
        raise Wrong("pinned", 'pinned needs a key, such as key = "3"')
    return pinned


def _variants(entry: Mapping[str, object], part: str, fragments: shared.Fragments | None) -> dict[str, str]:
    variants = entry.get(part)
    if not isinstance(variants, dict) or not variants:
        raise Wrong(part, f'it needs a {part} per language, such as {part}.en = "…"')
    texts = {str(language): _variant(text, part, str(language)) for language, text in variants.items()}
    return texts if fragments is None else {code: _inline(text, f"{part}.{code}", code, fragments) for code, text in texts.items()}


def _variant(text: object, part: str, language: str) -> str:
    field = f"{part}.{language}"
    if not _LANGUAGE.fullmatch(language):
        raise Wrong(field, f"“{field}” is not a language; use two letters such as en, de or zh")
    if not isinstance(text, str) or not clean(text).strip():
        raise Wrong(field, f"{field} is empty or not a text")
    tidy = clean(text).strip()
    mistake = quick_mistake(shared.without(tidy)) if part != "title" else None
    if mistake:
        before = clean(text)[: len(clean(text)) - len(clean(text).lstrip())]
        line = before.count("\n") + shared.without(tidy).count("\n", 0, mistake[0])
        raise Wrong(field, f"{field}: {mistake[1]}", line)
    return tidy


def _inline(text: str, field: str, language: str, fragments: shared.Fragments) -> str:
    try:
        return shared.inline(text, language, fragments)
    except Wrong as wrong:
        raise Wrong(field, f"{field}: {wrong.what}") from wrong


def _blocks(entry: Mapping[str, object], fragments: shared.Fragments) -> tuple[Block, ...]:
    tables = entry.get("block", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise Wrong("block", "write [[reply.block]] with two brackets")
    if tables and "text" in entry:
        raise Wrong("text", "it has a text and blocks; only one of the two can be meant")
    blocks = tuple(_block(table, f"block.{number}", fragments) for number, table in enumerate(tables))
    _same_languages(blocks)
    return blocks


def _block(table: Mapping[str, object], field: str, fragments: shared.Fragments) -> Block:
    kind, name = table.get("kind"), table.get("name", table.get("kind"))
    if not isinstance(kind, str) or kind not in SKELETON:
        raise Wrong(f"{field}.kind", f"a block needs a kind: {', '.join(SKELETON)}")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise Wrong(f"{field}.name", f"name = {name!r} can't be used; use letters, digits and hyphens")
    texts = {code: _variant(text, field, code) for code, text in table.items() if code not in _BLOCK_FIELDS}
    if not texts:
        raise Wrong(field, 'a block needs a text per language, such as en = "…"')
    return Block(kind, name, {code: _inline(text, f"{field}.{code}", code, fragments) for code, text in texts.items()})


def _same_languages(blocks: tuple[Block, ...]) -> None:
    everywhere = {code for block in blocks for code in block.texts}
    for number, block in enumerate(blocks):
        for code in sorted(everywhere - block.texts.keys()):
            raise Wrong(f"block.{number}", f"its block “{block.name}” has no text in {code}, the others have")


def _frame(entry: Mapping[str, object], part: str, blocks: tuple[Block, ...]) -> str:
    """The name of the fragment that opens or ends a reply made of blocks; empty for none."""
    named = entry.get(part, part if blocks else "")
    if not isinstance(named, str) or (named and not blocks):
        raise Wrong(part, f'{part} names a fragment and needs blocks, such as {part} = "{part}"')
    return named


def _frames(name: str, texts: Iterable[str], fragments: shared.Fragments) -> dict[str, str]:
    if not name:
        return {}
    return {code: _inline(f'{{{{ fragment("{name}") }}}}', name, code, fragments) for code in texts}


def _whole(blocks: tuple[Block, ...], greeting: str, closing: str, fragments: shared.Fragments) -> dict[str, str]:
    """Language → the whole text: greeting, the first block of each kind, closing."""
    first = tuple({block.kind: block for block in reversed(blocks)}.values())[::-1]
    opened, closed = (_frames(name, blocks[0].texts, fragments) for name in (greeting, closing))
    return {
        code: "\n\n".join(part for part in (opened.get(code), *(block.texts[code] for block in first), closed.get(code)) if part)
        for code in blocks[0].texts
    }


def _attachments(entry: Mapping[str, object]) -> tuple[str, ...]:
    paths = entry.get("attachments", [])
    if not isinstance(paths, list) or not all(isinstance(path, str) and path for path in paths):
        raise Wrong("attachments", 'write a list of files, such as attachments = ["steps.png"]')
    for path in paths:
        parts = Path(path).parts
        if Path(path).is_absolute() or ".." in parts or "\\" in path:
            raise Wrong("attachments", f"“{path}” lies outside of the folder of the replies")
    return tuple(paths)
