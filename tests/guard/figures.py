"""How good the guard is on labelled texts: `python -m tests.guard.figures [--way plain|doubled|padded] [--wrong] FILE...`.

A file is JSON Lines as `shared/corpora/README.md` has them; what is measured follows from its fields: `kinds` that
of feedback or of contact, `tone` both tone and form.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sellerinbox import guard

_LABELS = {"ebay": "eBay", "amazon": "Amazon", "aliexpress": "AliExpress", "etsy": "Etsy", "kleinanzeigen": "Kleinanzeigen"}
_CONTACT = frozenset({"email", "phone", "messenger", "url", "payment", "address"})
_HONEST = {
    "en": "Thank you for your message. The parcel was packed with care and left our shelf on the same day. ",
    "de": "Vielen Dank für Ihre Nachricht. Das Paket wurde sorgfältig gepackt und ging noch am selben Tag hinaus. ",
    "fr": "Merci pour votre message. Le colis a été emballé avec soin et il est parti le jour même de chez nous. ",
    "es": "Gracias por su mensaje. El paquete se preparó con cuidado y salió de nuestro almacén ese mismo día. ",
    "zh-Hans": "谢谢您的消息。包裹是仔细包好的，当天就从仓库发出了。",
    "zh-Hant": "謝謝您的訊息。包裹是仔細包好的，當天就從倉庫寄出了。",
}


def plain(text: str, _language: str) -> str:
    """The text as it is."""
    return text


def doubled(text: str, _language: str) -> str:
    """The text twice, as two paragraphs."""
    return f"{text}\n\n{text}"


def padded(text: str, language: str) -> str:
    """An honest paragraph of some 120 words before the text."""
    honest = _HONEST.get(language, _HONEST["en"])
    return honest * (7 if not language.startswith("zh") else 8) + text


WAYS: dict[str, Callable[[str, str], str]] = {"plain": plain, "doubled": doubled, "padded": padded}


class Judged(NamedTuple):
    """One text of a corpus, what it is and what the guard said of it."""

    item: dict[str, Any]
    wrong: bool
    """It is labelled as one that must not leave as it is."""
    findings: tuple[guard.Finding, ...]

    @property
    def stopped(self) -> bool:
        """The guard found something of the family."""
        return bool(self.findings)


@dataclass
class Figures:
    """What a family does on a corpus."""

    judged: list[Judged] = field(default_factory=list)

    @property
    def missed(self) -> list[Judged]:
        """Wrong texts nothing was found in."""
        return [one for one in self.judged if one.wrong and not one.stopped]

    @property
    def false_stops(self) -> list[Judged]:
        """Honest texts something was found in."""
        return [one for one in self.judged if not one.wrong and one.stopped]

    @property
    def recall(self) -> float:
        """The part of the wrong texts that was found; 1 when there is none."""
        wrong = [one for one in self.judged if one.wrong]
        return sum(one.stopped for one in wrong) / len(wrong) if wrong else 1.0

    @property
    def precision(self) -> float:
        """The part of what was found that is wrong; 1 when nothing was."""
        stopped = [one for one in self.judged if one.stopped]
        return sum(one.wrong for one in stopped) / len(stopped) if stopped else 1.0

    def honest(self, verdict: str) -> float:
        """The part of honest texts with this verdict by this family alone."""
        honest = [one for one in self.judged if not one.wrong]
        return sum(guard.verdict(one.findings) == verdict for one in honest) / len(honest) if honest else 0.0

    def by(self, groups: Callable[[Judged], Iterable[str]]) -> dict[str, Figures]:
        """The same figures for parts of the corpus."""
        parts: dict[str, Figures] = defaultdict(Figures)
        for one in self.judged:
            for group in groups(one):
                parts[group].judged.append(one)
        return dict(sorted(parts.items()))


def load(path: Path) -> list[dict[str, Any]]:
    """The items of a corpus."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def families(items: list[dict[str, Any]]) -> tuple[str, ...]:
    """What the items are labelled for."""
    if items and "tone" in items[0]:
        return ("tone", "form")
    kinds = {kind for item in items for kind in item.get("kinds", ())}
    return ("off_platform",) if kinds & _CONTACT else ("feedback",)


def measure(items: Iterable[dict[str, Any]], family: str, way: str = "plain") -> Figures:
    """What the guard says to each item, changed in one way."""
    return Figures([_judge(item, family, WAYS[way]) for item in items])


def _judge(item: dict[str, Any], family: str, way: Callable[[str, str], str]) -> Judged:
    marketplace = item.get("marketplace", "ebay")
    context = guard.Context(marketplace, _LABELS.get(marketplace, marketplace), case=item.get("case", "none"))
    findings = guard.check(way(item["text"], item["lang"]), context)
    return Judged(item, _is_wrong(item, family), tuple(finding for finding in findings if finding.family == family))


def _is_wrong(item: dict[str, Any], family: str) -> bool:
    if family == "tone":
        return bool(item["tone"] == "inflaming")
    if family == "form":
        return bool(item["form"] == "sloppy")
    return bool(item["label"] == "violation")


def report(figures: Figures) -> Iterator[str]:
    """The figures in lines to print."""
    yield _line("all", figures)
    yield f"{'':24} honest texts blocked {figures.honest('block'):.1%}, warned {figures.honest('warn'):.1%}"
    for title, groups in _GROUPS.items():
        parts = figures.by(groups)
        if parts:
            yield f"  by {title}"
            for name, part in parts.items():
                yield _line(f"    {name}", part)
    hit = [one for one in figures.judged if one.wrong and one.stopped and one.item.get("kinds")]
    if hit:
        right = sum(not {finding.kind for finding in one.findings}.isdisjoint(one.item["kinds"]) for one in hit)
        yield f"  of {len(hit)} found, {right / len(hit):.1%} under a kind they are labelled with"


_GROUPS: dict[str, Callable[[Judged], Iterable[str]]] = {
    "kind": lambda one: one.item.get("kinds", ()) or one.item.get("issues", ()),
    "language": lambda one: (one.item["lang"],),
    "disguise": lambda one: (one.item["obfuscation"],) if one.item.get("obfuscation") else (),
    "honest category": lambda one: (one.item["category"],) if one.item.get("category") else (),
}


def _line(name: str, figures: Figures) -> str:
    wrong = sum(one.wrong for one in figures.judged)
    honest = len(figures.judged) - wrong
    return (
        f"{name:24} {wrong:4} wrong, {honest:4} honest: precision {figures.precision:.3f}, "
        f"recall {figures.recall:.3f}, false stops {len(figures.false_stops)}"
    )


def mistakes(figures: Figures) -> Iterator[str]:
    """Every text that was judged wrongly."""
    for one in figures.missed:
        yield f"MISSED {one.item['id']} {one.item['lang']} {one.item.get('kinds', '')}: {one.item['text']}"
    for one in figures.false_stops:
        said = ", ".join(f"{finding.rule} “{finding.text}”" for finding in one.findings)
        yield f"FALSE  {one.item['id']} {one.item['lang']}: {one.item['text']}\n       {said}"


def main(arguments: list[str]) -> None:
    """Print the figures of the files named."""
    parser = argparse.ArgumentParser(prog="python -m tests.guard.figures")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--way", choices=sorted(WAYS), default="plain")
    parser.add_argument("--wrong", action="store_true", help="list every text that was judged wrongly")
    chosen = parser.parse_args(arguments)
    for path in chosen.files:
        items = load(path)
        for family in families(items):
            figures = measure(items, family, chosen.way)
            sys.stdout.write("\n".join([f"{path.name}: {family} ({chosen.way})", *report(figures), ""]))
            if chosen.wrong:
                sys.stdout.write("".join(f"{line}\n" for line in mistakes(figures)))


if __name__ == "__main__":
    main(sys.argv[1:])
