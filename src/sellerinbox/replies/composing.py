"""One message out of one reply or several: the parts in the order of the skeleton, one greeting, one closing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.replies.catalogue import CannedReply, Replies, nearest_language, speaks
from sellerinbox.replies.conditions import SKELETON, Block, Effects, PromiseEffect
from sellerinbox.replies.template import VARIABLES, fill

_SHORT = 60
_GREETS = re.compile(r"[^\n.?]*(?:,|，|：|:|！|!)\s*")
_BUYER = re.compile(r"\{\s*buyer\b")
_ALONE = "text"
"""The name of the only part of a reply that is written in one piece."""


class Composed(NamedTuple):
    """A message, filled."""

    text: str
    missing: tuple[str, ...]
    """Variables without a value, in reading order; they stand in the text in braces and must be asked for."""
    language: str
    """The language it is in."""
    language_missing: bool
    """There is no text in the language that was asked for, or none was known."""
    names: tuple[str, ...]
    """The replies it is made of."""
    effects: Effects
    """Of all of them: any promise, snooze or tag; `close` and `ack_only` only when all of them say so."""
    attachments: tuple[str, ...]


class Field(NamedTuple):
    """A value to be asked for."""

    name: str
    question: str
    """One sentence that says what belongs there."""


def missing(reply: CannedReply, values: Mapping[str, str | None], language: str | None = None) -> tuple[Field, ...]:
    """What must be asked for before a reply can go out, in reading order; conditions are decided by the values.

    Raises `ConfigError` for a text that can't be used.
    """
    text = reply.texts[nearest_language(reply.texts, language)]
    return tuple(Field(name, VARIABLES.get(name, name)) for name in fill(text, values).missing)


def compose(
    catalogue: Replies,
    names: Sequence[str],
    language: str | None,
    values: Mapping[str, str | None],
    swaps: Mapping[str, str] | None = None,
) -> Composed:
    """One message of one or several replies, or of single blocks of them (`sorry-remedy.apology`).

    `swaps`: kind of block → name of the alternative to take instead of the first. Only the first
    apology is kept, and a paragraph that stands there already is not said again. Raises `NotFound`
    for a name that is not there, `UsageError` for a swap that is not, `ConfigError` for a text that can't be used.
    """
    chosen = [_chosen(catalogue, name) for name in names]
    if not chosen:
        raise UsageError("Name at least one canned reply to put into the message.")
    replies = [reply for reply, _ in chosen]
    used = _common(replies, language)
    swap = dict(swaps or {})
    whole = len(chosen) == 1 and chosen[0][1] is None and not swap
    template = replies[0].texts[used] if whole else _template(chosen, used, swap)
    filled = fill(template, values)
    day = values.get("next_working_day") or ""
    return Composed(
        filled.text,
        filled.missing,
        used,
        not speaks(used, language),
        tuple(dict.fromkeys(reply.name for reply in replies)),
        _effects(replies, promised=bool(day) and day in filled.text),
        tuple(dict.fromkeys(path for reply in replies for path in reply.attachments)),
    )


def alternatives(reply: CannedReply) -> dict[str, tuple[str, ...]]:
    """Kind of block → the names that can be taken, the one that is taken unless swapped first; only kinds with a choice."""
    found: dict[str, tuple[str, ...]] = {}
    for block in reply.blocks:
        found[block.kind] = (*found.get(block.kind, ()), block.name)
    return {kind: names for kind, names in found.items() if len(names) > 1}


def parts(reply: CannedReply, language: str) -> tuple[str, str, str]:
    """(greeting, the rest, closing) of a reply's text as templates.

    For a text in one piece the greeting is a first line that names the buyer and ends like one,
    the closing a last short line without a hole or a question.
    """
    text = reply.texts[language]
    if reply.blocks:
        return reply.greeting.get(language, ""), text, reply.closing.get(language, "")
    paragraphs = re.split(r"\n\s*\n", text)
    greeting = closing = ""
    if len(paragraphs) > 1 and _greets(paragraphs[0]):
        greeting = paragraphs.pop(0)
    if len(paragraphs) > 1 and _closes(paragraphs[-1]):
        closing = paragraphs.pop()
    return greeting, "\n\n".join(paragraphs), closing


def _greets(paragraph: str) -> bool:
    return len(paragraph) <= _SHORT and bool(_BUYER.search(paragraph) and _GREETS.fullmatch(re.sub(r"\{\{.*?\}\}|\{.*?\}", "", paragraph)))


def _closes(paragraph: str) -> bool:
    return len(paragraph) <= _SHORT and not re.search(r"[{?？]", paragraph) and paragraph.count("\n") <= 1


def _chosen(catalogue: Replies, name: str) -> tuple[CannedReply, str | None]:
    """A reply, and the block of it that is meant; None for all of it."""
    reply = catalogue.by_name(name) or catalogue.by_key(name)
    if reply is not None:
        return reply, None
    whole, _, block = name.rpartition(".")
    reply = catalogue.by_name(whole)
    if reply is None or block not in {one.name for one in _blocks(reply)}:
        raise NotFound(f"There is no canned reply “{name}”; `sellerinbox replies` lists them.")
    return reply, block


def _blocks(reply: CannedReply) -> tuple[Block, ...]:
    return reply.blocks or (Block("answer", _ALONE, {code: parts(reply, code)[1] for code in reply.texts}),)


def _common(replies: Iterable[CannedReply], language: str | None) -> str:
    """The one language in which all of them are written: never a message in two. Raises `UsageError`."""
    first, *others = replies
    shared = {code: text for code, text in first.texts.items() if all(code in other.texts for other in others)}
    if not shared:
        names = ", ".join(f"“{reply.name}”" for reply in (first, *others))
        raise UsageError(f"{names} have no language in common, so they can't become one message.")
    return nearest_language(shared, language)


def _template(chosen: Sequence[tuple[CannedReply, str | None]], language: str, swap: Mapping[str, str]) -> str:
    _check_swaps(chosen, swap)
    blocks = [block for reply, only in chosen for block in _taken(reply, only, swap)]
    blocks.sort(key=lambda block: SKELETON.index(block.kind))
    frames = [parts(reply, language) for reply, _ in chosen]
    greeting = next((frame[0] for frame in frames if frame[0]), "")
    closing = next((frame[2] for frame in reversed(frames) if frame[2]), "")
    first, *others = _once(blocks, language)
    # German begins small behind the comma of the greeting; anywhere else a sentence begins with a capital.
    return "\n\n".join(part for part in (greeting, first, *map(_capital, others), closing) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _check_swaps(chosen: Sequence[tuple[CannedReply, str | None]], swap: Mapping[str, str]) -> None:
    for kind, name in swap.items():
        there = [block.name for reply, _ in chosen for block in _blocks(reply) if block.kind == kind]
        if name not in there:
            raise UsageError(f"There is no {kind} “{name}” to take instead; there are: {', '.join(there) or 'none'}.")


def _taken(reply: CannedReply, only: str | None, swap: Mapping[str, str]) -> Iterator[Block]:
    """The block that is named, or of each kind the one that is swapped in, else the first.

    A block of another kind that bears the same name goes with it: the next step of "refund" is not that of "choice".
    """
    blocks = _blocks(reply)
    if only is not None:
        yield next(block for block in blocks if block.name == only)
        return
    for kind in dict.fromkeys(block.kind for block in blocks):
        of_kind = [block for block in blocks if block.kind == kind]
        wanted = (swap[kind],) if kind in swap else tuple(swap.values())
        yield next((block for block in of_kind if block.name in wanted), of_kind[0])


def _once(blocks: Sequence[Block], language: str) -> Iterator[str]:
    """The blocks' texts without a second apology and without a paragraph that another one says or contains."""
    apologies = [block for block in blocks if block.kind == "apology"]
    kept = [block.texts[language].split("\n\n") for block in blocks if block not in apologies[1:]]
    everything = [paragraph for paragraphs in kept for paragraph in paragraphs]
    said: set[str] = set()
    for paragraphs in kept:
        fresh = [one for one in paragraphs if one not in said and not any(one != other and one in other for other in everything)]
        said.update(fresh)
        if fresh:
            yield "\n\n".join(fresh)


def _effects(replies: Sequence[CannedReply], *, promised: bool) -> Effects:
    """`promised`: the text names the next working day, which is a promise whether or not its author wrote one down."""
    effects = [reply.effects for reply in replies]
    unwritten = PromiseEffect(replies[0].title(), "next_working_day") if promised else None
    return Effects(
        promise=next((effect.promise for effect in effects if effect.promise), unwritten),
        snooze=next((effect.snooze for effect in effects if effect.snooze), None),
        close=all(effect.close for effect in effects) and not promised,
        tags=tuple(dict.fromkeys(tag for effect in effects for tag in effect.tags)),
        ack_only=all(effect.ack_only for effect in effects),
    )
