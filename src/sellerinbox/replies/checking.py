"""`replies check`: everything that is wrong in the seller's own files, with file and line, before a buyer meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sellerinbox.replies import sandbox
from sellerinbox.replies.catalogue import FALLBACK, CannedReply
from sellerinbox.replies.fragments import without
from sellerinbox.replies.loading import File, Reading, read
from sellerinbox.replies.nearest import nearest
from sellerinbox.replies.template import FLAGS, VARIABLES, TemplateMistake, fill, modern
from sellerinbox.replies.wrong import Mistake, Wrong

Judge = Callable[[CannedReply, str, str], Iterable[str]]
"""(reply, language, filled text) → what would stop it on its way out, one sentence each."""

SAMPLES = dict.fromkeys(VARIABLES, "Sample") | {
    "buyer": "Anna",
    "order": "12-34567-89012",
    "item": "Brass lamp",
    "carrier": "Royal Mail",
    "tracking": "AB123456789GB",
    "shipped_on": "Tuesday 19 Nov",
    "ship_by": "Tuesday 26 Nov",
    "deliver_by": "Thursday 28 Nov",
    "marketplace": "eBay",
    "next_working_day": "Monday 25 Nov",
    "last_scan": "Arrived at the depot, Leeds",
    "last_scan_on": "Friday 22 Nov",
    "delivered_on": "Friday 22 Nov",
    "service": "Tracked 48",
    "address": "A. S., L*** 1AA",
    "total": "20.00 GBP",
    "amount": "5.00 GBP",
    "date": "Monday 25 Nov",
}
"""A value for every variable, as long as real ones are."""
_KINDS = {
    "image": {".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp", ".avif"},
    "document": {".pdf", ".doc", ".docx", ".txt"},
}
_TAKEN = frozenset(_KINDS["image"] | _KINDS["document"])
_MOST = 5
"""Files a message may carry on eBay (Message API: five media, IMAGE, PDF, DOC or TXT)."""


def check(directory: Path | None, judge: Judge | None = None) -> tuple[Mistake, ...]:
    """Every mistake in a directory, file by file and line by line; those that cost a reply and those that only may.

    `judge` says what would stop a filled text; without it that is not looked at.
    """
    reading = read(directory)
    found = [*reading.mistakes]
    for file in reading.files:
        found += _in_fragments(file)
    for file, number, reply in reading.good:
        found += [file.mistake(number, wrong, fatal=fatal) for wrong, fatal in _in_reply(reply, file, number, reading, judge)]
    return tuple(sorted(dict.fromkeys(found), key=lambda mistake: (str(mistake.path), mistake.line)))


def _in_reply(reply: CannedReply, file: File, number: int, reading: Reading, judge: Judge | None) -> Iterator[tuple[Wrong, bool]]:
    broken = False
    for field, text in _written(file.entries[number - 1]):
        for wrong in _in_text(text, field):
            broken = True
            yield wrong, True
    if FALLBACK not in reply.texts:
        yield (
            Wrong(
                "text" if not reply.blocks else "block.0", "it has no English text, which is taken where the buyer's language is missing"
            ),
            False,
        )
    if reply.key in reading.keys:
        yield Wrong("key", f"key {reply.key} is also claimed by a reply that can't be used, so it lies on none"), False
    for path in _attachment_mistakes(reply, file.path.parent):
        yield Wrong("attachments", path), False
    if judge is not None and not broken:
        yield from ((wrong, False) for wrong in _judged(reply, judge))


def _in_fragments(file: File) -> Iterator[Mistake]:
    table = file.fragments if isinstance(file.fragments, dict) else {}
    for name, variants in table.items():
        for language, text in variants.items() if isinstance(variants, dict) else ():
            for wrong in _in_text(text, f"fragments.{name}.{language}") if isinstance(text, str) else ():
                yield file.mistake(0, wrong)


def _written(entry: object) -> Iterator[tuple[str, str]]:
    """(field, text) of an entry as it stands in the file: line numbers count there, not in what became of it."""
    table = entry if isinstance(entry, dict) else {}
    groups = [("text", table.get("text", {}))] + [(f"block.{number}", block) for number, block in enumerate(table.get("block", []))]
    for field, variants in groups:
        yield from ((f"{field}.{code}", text) for code, text in variants.items() if code not in ("kind", "name"))


def _in_text(raw: str, field: str) -> Iterator[Wrong]:
    """What the template language has to say of a text."""
    text = modern(without(raw))
    try:
        names = sandbox.names(text)
        flags = sandbox.printed_flags(text)
        fill(text, SAMPLES)
    except TemplateMistake as mistake:
        # TOML has dropped a line break right behind the opening quotes; Jinja counts from there.
        yield Wrong(field, f"{field}: {mistake.why}", mistake.line - 1)
        return
    for name in names:
        if name not in VARIABLES and name not in FLAGS:
            line = text[: max(0, text.find(name))].count("\n")
            yield Wrong(field, f"{field}: {{{name}}} is not a known variable{nearest(name, (*VARIABLES, *FLAGS))}", line)
    for flag in flags:
        yield Wrong(field, f"{field}: {{{flag}}} is yes or no and can't be printed; write {{% if {flag} %}}…{{% endif %}}", 0)


def _judged(reply: CannedReply, judge: Judge) -> Iterator[Wrong]:
    for code, text in reply.texts.items():
        field = f"text.{code}" if not reply.blocks else f"block.0.{code}"
        for values in situations(reply):
            for sentence in judge(reply, code, fill(text, values).text):
                yield Wrong(field, f"in {code} it would be stopped: {sentence}")


def situations(reply: CannedReply) -> tuple[dict[str, str], ...]:
    """Values for two plausible moments: nothing has happened to the order yet, and everything has."""
    complaint = {"complaint": "yes"} if "complaint" in reply.fits.klass else {}
    return {**SAMPLES, **complaint}, {**SAMPLES, **complaint, "paid": "yes", "shipped": "yes", "delivered": "yes"}


def _attachment_mistakes(reply: CannedReply, folder: Path) -> Iterator[str]:
    for name in reply.attachments:
        path = folder / name
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            yield f"the attachment “{name}” is not in {folder}"
        elif path.suffix.casefold() not in _TAKEN:
            yield f"the attachment “{name}” is of a kind that marketplaces don't take; use pictures, PDF, DOC or TXT"
    if len(reply.attachments) > _MOST:
        yield f"it has {len(reply.attachments)} attachments and a message carries {_MOST} at most"
