"""Learn how much words say for a deal about feedback, from the labelled texts in tests/corpora.

Run by hand, never by the tests; it needs scikit-learn, which is no dependency of sellerinbox, in an environment of its own:

    python3 -m venv /tmp/learn && /tmp/learn/bin/pip install scikit-learn
    PYTHONPATH=src /tmp/learn/bin/python -m tests.guard.learn_feedback > /tmp/weights.toml
    mv /tmp/weights.toml src/sellerinbox/guard/rules/feedback_weights.toml

(by way of another file, since the rules are read while it runs). What it writes is the same at every run. To stderr go
the figures of a cross-validation: every text is judged by weights learned without it. They say what weights may be worth
to unseen texts; they flatter where texts of two folds are alike, and where rules and concepts were written with a text in sight.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sellerinbox import guard
from sellerinbox.guard import feedback, weighing
from sellerinbox.guard.catalogue import Catalogue, shipped
from sellerinbox.guard.reading import Reading

CORPORA = Path(__file__).parent.parent / "corpora"
FOLDS = 8
UNSEEN = ("feedback.dev2.jsonl", "feedback.dev3.jsonl")
"""Sets whose authors did not see the rules: most like what is met outside, so they are what is reported."""
_HARD = (*UNSEEN, "feedback.own2.jsonl", "feedback.own3.jsonl")
"""Sets with hints and with honest texts close to them: they count more."""
_COUNTS = {"hard": 3.0, "feedback": 1.0, "other": 0.1}
_HARDNESS = 2.0
_SLIGHT = 0.3
"""How readily the case, the marketplace and a question are believed, against a word or an honest class."""
_TALKED = 0.2
"""The same of the concepts of what is talked about."""
_SELDOM = 3
"""Words of fewer texts are not learned."""
_TINY = 0.55
"""Weights below are left out."""
_WIDE = 130
BY_HAND = {"rule": 0.9, "nothing_said": -4.0, "hardly_said": -0.4, "official_request": -3.0}
LIMITS = {"enough": 0.7, "doubt": -0.4}
"""Above the first a text is stopped, above the second it is doubted; see what the cross-validation prints."""
_HEAD = """\
# How much words speak for a deal about feedback (above zero) or against it; learned from the texts in tests/corpora by
# tests/guard/learn_feedback.py and rounded. A word, or words by `_` (`~` is any one word, `*` a beginning, `#` a number),
# in groups by weight; the sum is divided by the root of how many there are in the sentences (see guard/weighing.py).

[lists.feedback_weights]
# What else counts: classes of honest sentences, what is talked of, a question, the case, the marketplace, each rule that finds something.
"""


class Text(NamedTuple):
    """A labelled text as the guard weighs it."""

    source: str
    language: str
    wrong: bool
    whole: feedback.Piece
    pieces: list[feedback.Piece]
    text: str

    @property
    def counts(self) -> float:
        """How much it counts."""
        return _COUNTS["hard" if self.source in _HARD else "feedback" if self.own else "other"]

    @property
    def own(self) -> bool:
        """It is of a set about feedback."""
        return self.source.startswith("feedback")

    @property
    def fold(self) -> int:
        """The part of the cross-validation it belongs to, whatever else is learned from."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % FOLDS


class Weights(NamedTuple):
    """What was learned."""

    words: dict[str, float]
    context: dict[str, float]

    def of(self, piece: feedback.Piece) -> float:
        """As `feedback` weighs it."""
        found = weighing.features(piece.words)
        weight = sum(self.words.get(one, 0.0) for one in found) / weighing.size(found)
        context = self.context | BY_HAND
        return weight + BY_HAND["rule"] * min(piece.rules, feedback.RULES) + sum(context.get(mark, 0.0) for mark in piece.marks)

    def of_text(self, text: Text) -> float:
        """Its heaviest piece."""
        return max((self.of(piece) for piece in text.pieces), default=-9.0) - (feedback.PART if len(text.pieces) > 1 else 0.0)


def texts() -> list[Text]:
    """All labelled texts."""
    catalogue = shipped()
    found = []
    for path in sorted(CORPORA.glob("*.jsonl")):
        if "heldout" not in path.name and "sample" not in path.name:
            items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            found += [_read(path.name, item, catalogue) for item in items if _usable(path.name, item)]
    return found


def _usable(source: str, item: dict[str, Any]) -> bool:
    return bool(item.get("text", "").strip()) and (source.startswith("feedback") or item.get("label", "ok") == "ok")


def _read(source: str, item: dict[str, Any], catalogue: Catalogue) -> Text:
    context = guard.Context(item.get("marketplace", "ebay"), case=item.get("case", "none"))
    reading = Reading(item["text"], context, catalogue)
    known = list(feedback.told(reading))
    wrong = source.startswith("feedback") and item["label"] == "violation"
    return Text(source, item["lang"], wrong, feedback.whole(reading, known), feedback.pieces(reading, known), item["text"])


def learn(given: Sequence[Text]) -> Weights:
    """Weights from labelled texts."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped,import-not-found,unused-ignore]

    bags = [weighing.features(text.whole.words) for text in given]
    seen = Counter(feature for bag in bags for feature in bag)
    rare = {feature: math.log((1 + len(given)) / (1 + count)) + 1 for feature, count in seen.items() if count >= _SELDOM}
    rows = []
    for text, bag in zip(given, bags, strict=True):
        row = {feature: rare[feature] / weighing.size(bag) for feature in bag if feature in rare}
        rows.append(row | {f"{mark} ": _readily(mark) for mark in text.whole.marks if _readily(mark)})
    names = DictVectorizer()
    model = LogisticRegression(C=_HARDNESS, max_iter=3000)
    model.fit(names.fit_transform(rows), [text.wrong for text in given], sample_weight=[text.counts for text in given])
    found = dict(zip(names.get_feature_names_out(), model.coef_[0], strict=True))
    words = {name: _rounded(weight * rare[name]) for name, weight in found.items() if not name.endswith(" ")}
    context = {name[:-1]: weight * _readily(name[:-1]) for name, weight in found.items() if name.endswith(" ")}
    return Weights({name: weight for name, weight in words.items() if weight}, context | {"start": float(model.intercept_[0])})


def _readily(mark: str) -> float:
    if mark.startswith("fair_"):
        return 1.0
    if mark.startswith("fb_"):
        return _TALKED
    return 0.0 if mark in BY_HAND or mark == "start" else _SLIGHT


def _rounded(weight: float) -> float:
    """To a quarter, large ones to a half, larger ones to a whole: the fewer groups, the easier to read."""
    if abs(weight) < _TINY:
        return 0.0
    step = 4 if abs(weight) < 2 else 2 if abs(weight) < 5 else 1
    return round(weight * step) / step


def judged(given: Sequence[Text]) -> list[tuple[Text, float]]:
    """Each text with its weight by what was learned without it."""
    found = []
    for fold in range(FOLDS):
        weights = learn([text for text in given if text.fold != fold])
        found += [(text, weights.of_text(text)) for text in given if text.fold == fold]
    return found


def report(results: Sequence[tuple[Text, float]]) -> Iterator[str]:
    """Figures for people."""
    new = [one for one in results if one[0].source in UNSEEN]
    yield f"{FOLDS}-fold cross-validation; sets that were unseen ({', '.join(UNSEEN)}) at several limits:"
    for limit in (step / 10 for step in range(-16, 13, 2)):
        yield f"  above {limit:+.1f}  {_line(new, limit)}"
    for title, limit in LIMITS.items():
        yield f"at “{title}” ({limit:+.2f}):"
        yield f"  {'unseen sets':22} {_line(new, limit)}"
        for name, group in _groups(results, new):
            yield f"  {name:22} {_line(group, limit)}"


def _groups(results: Iterable[tuple[Text, float]], new: Iterable[tuple[Text, float]]) -> Iterator[tuple[str, list[tuple[Text, float]]]]:
    parts: dict[str, list[tuple[Text, float]]] = defaultdict(list)
    for one in results:
        parts[one[0].source if one[0].own else "other texts"].append(one)
    yield from sorted(parts.items())
    languages: dict[str, list[tuple[Text, float]]] = defaultdict(list)
    for one in new:
        languages[f"unseen, {one[0].language}"].append(one)
    yield from sorted(languages.items())
    languages.clear()
    for one in results:
        if one[0].own:
            languages[f"all, {one[0].language}"].append(one)
    yield from sorted(languages.items())


def _line(results: Sequence[tuple[Text, float]], limit: float) -> str:
    wrong = [weight > limit for text, weight in results if text.wrong]
    honest = [weight > limit for text, weight in results if not text.wrong]
    stopped = sum(wrong) + sum(honest)
    precision, recall = sum(wrong) / max(stopped, 1), sum(wrong) / max(len(wrong), 1)
    return (
        f"{len(wrong):4} wrong {len(honest):4} honest: precision {precision:.3f} "
        f"recall {recall:.3f} honest stopped {sum(honest) / max(len(honest), 1):.1%}"
    )


def written(weights: Weights) -> str:
    """The file of weights."""
    context = weights.context | BY_HAND | LIMITS
    parts = [f'"{name} = {weight:.2f}"' for name, weight in sorted(context.items())]
    lines = ["context = [", *(f"  {line}," for line in _filled(parts, ", ")), "]"]
    groups: dict[float, list[str]] = defaultdict(list)
    for name, weight in weights.words.items():
        groups[weight].append(name)
    for weight in sorted(groups, reverse=True):
        lines += [f"\"{weight:+.2f}\" = ['''", *_filled(sorted(groups[weight]), " "), "''']"]
    return _HEAD + "\n".join(lines) + "\n"


def _filled(parts: Iterable[str], between: str) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and len(line) + len(part) > _WIDE:
            yield line
            line = ""
        line += between + part if line else part
    if line:
        yield line


def main() -> None:
    """Learn, print the weights, and their worth to stderr."""
    given = texts()
    sys.stderr.write("".join(f"{line}\n" for line in report(judged(given))))
    out = written(learn(given))
    sys.stderr.write(f"{len(out.encode()) / 1000:.0f} kB of weights\n")
    sys.stdout.write(out)


if __name__ == "__main__":
    main()
