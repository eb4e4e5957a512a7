"""Learn how much words say for a fault of one family, from the labelled texts in tests/corpora.

Run by hand, never by the tests; it needs scikit-learn, which is no dependency of sellerinbox, in an environment that has both:

    python3 -m venv /tmp/learn && /tmp/learn/bin/pip install scikit-learn -e .
    /tmp/learn/bin/python -m tests.guard.learn feedback > /tmp/weights.toml
    mv /tmp/weights.toml src/sellerinbox/guard/rules/feedback_weights.toml

(by way of another file, since the rules are read while it runs; likewise `off_platform` and `tone`). What it writes is the
same at every run. To stderr go the figures of a cross-validation: every text is judged by weights learned without it. They say
what weights may be worth to unseen texts; they flatter where texts of two folds are alike, and where rules and concepts were
written with a text in sight, which is why they are reported for the sets whose authors and rules knew nothing of each other.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

from tests.guard.figures import WAYS

from sellerinbox import guard
from sellerinbox.guard import feedback, off_platform, tone
from sellerinbox.guard.bearing import sentences, weigh, weights_of
from sellerinbox.guard.off_platform import senses
from sellerinbox.guard.reading import Reading
from sellerinbox.guard.weighing import UNSPOKEN, Piece, Scale, Window, size, window

CORPORA = Path(__file__).parent.parent / "corpora"
FOLDS = 5
UNSEEN = (".wide.jsonl", ".plain.jsonl")
"""The ends of the names of the sets that no rule or concept was written from: hard ones, and what is said outright."""
JUDGES = ".unseen.jsonl"
"""The end of the names of the sets that nothing may be learned from: they say how good the guard is."""
_REPORTED = ".wide.jsonl"
_COUNTS = {"unseen": 2.0, "own": 1.0, "service": 1.0, "other": 0.2}
"""How much a text counts: of such a set, of another of the family, a long honest one, of another family (honest ones alone)."""
_PART = 0.5
"""How much the parts of an honest text count, together: they are honest too."""
_PARTS = (1, 2, 3)
_HARDNESS = 3.0
_MARKS = 0.3
"""How readily concepts, the case, the marketplace and a question are believed, against a word."""
_RULES = 1.0
"""The same of rules that found something, which is only told of unseen sets: on the others the rules are too good to be true."""
_UNSPOKEN = {"feedback": 0.8, "off_platform": 0.8, "tone": 0.0}
"""What everyday words alone must weigh more, besides what is learned: there are more kinds of them than in any corpus."""
_SELDOM = 2
"""Words of fewer texts are not learned."""
_TINY = 0.9
"""Weights below are left out."""
_WIDE = 130
LIMITS = {
    "feedback": {"enough": 1.2, "doubt": 0.6, "part": 0.5, "plain": 0.5},
    "off_platform": {"enough": 1.8, "doubt": 0.8, "part": 0.5, "other sense": 0.2, "unsure": 1.2},
    "tone": {"enough": -0.4, "doubt": -0.4, "part": 0.5},
}
"""See what the cross-validation prints. Above `enough` a text is stopped, above `doubt` it is warned of (tone: told of)."""
_HEAD = """\
# How much words speak for a fault of this family (above zero) or against it; learned from the texts in tests/corpora by
# tests/guard/learn.py and rounded. A word, or words by `_` (`~` is any one word, `*` a beginning, `#` a number),
# in groups by weight; the sum is divided by the root of how many there are in the sentences (see guard/weighing.py).

[lists.{family}_weights]
# What else counts: concepts, a question, brevity, the case, the marketplace, rules that found something; and the limits.
"""


class Text(NamedTuple):
    """A labelled text as the guard weighs it."""

    source: str
    language: str
    wrong: bool
    own: bool
    """It is of a set about this family."""
    fold: int
    """The part of the cross-validation it belongs to, whatever else is learned from."""
    whole: Piece
    parts: tuple[Piece, ...]
    ways: dict[str, tuple[tuple[Piece, ...], tuple[str, ...]]]
    """Way of changing it → the pieces as the guard weighs them, and the rules that stand whatever they weigh."""

    @property
    def counts(self) -> float:
        """How much it counts."""
        return _COUNTS["unseen" if self.unseen else "own" if self.own else "service" if self.source.startswith("service") else "other"]

    @property
    def unseen(self) -> bool:
        """No rule was written from it."""
        return self.own and self.source.endswith(UNSEEN)


def texts(family: str) -> list[Text]:
    """All labelled texts that say something about a family."""
    items = [
        (family, path.name, json.loads(line))
        for path in sorted(CORPORA.glob("*.jsonl"))
        if path.name.startswith(("feedback", "off_platform", "tone", "service")) and not path.name.endswith(JUDGES)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    with Pool(2) as pool:
        found = pool.starmap(_read, [item for item in items if _usable(*item)], chunksize=50)
    return [text for text in found if text is not None]


def _usable(family: str, source: str, item: dict[str, Any]) -> bool:
    """Texts of the family; of others those with nothing wrong in them. Tone is not labelled elsewhere, but honest texts are calm."""
    own = source.startswith(family)
    return own or not _wrong(item) or (family == "off_platform" and source.startswith("tone"))


def _wrong(item: dict[str, Any]) -> bool:
    return bool(item.get("label") == "violation" or item.get("tone") == "inflaming")


def _read(family: str, source: str, item: dict[str, Any]) -> Text | None:
    own = source.startswith(family)
    unseen = own and source.endswith(UNSEEN)
    reading, known, stands = _known(family, item, item["text"])
    count = len(reading.tokens.first) - 1
    if count < 1:
        return None
    parts = [(at, at + many) for many in _PARTS for at in range(count - many + 1) if many < count]
    fold = int(hashlib.sha256(item["text"].encode()).hexdigest(), 16) % FOLDS
    whole = known(window(reading.tokens, 0, count))
    pieces = tuple(known(window(reading.tokens, first, last)) for first, last in parts)
    ways = {}
    for name, way in WAYS.items() if unseen or source.startswith("service") else ():
        reading, known, stands = _known(family, item, way(item["text"], item["lang"]))
        ways[name] = tuple(known(some) for some in (tone.together(reading) if family == "tone" else reading.windows)), stands
    if not unseen:
        whole, pieces = _unruled(whole), tuple(map(_unruled, pieces))
    return Text(source, item["lang"], own and _wrong(item), own, fold, whole, pieces, ways)


def _unruled(piece: Piece) -> Piece:
    return piece._replace(marks=frozenset(mark for mark in piece.marks if not _is_rule(mark)))


def _is_rule(mark: str) -> bool:
    return mark.startswith(("by ", "ruled"))


def _known(family: str, item: dict[str, Any], text: str) -> tuple[Reading, Callable[[Window], Piece], tuple[str, ...]]:
    """The reading that is weighed, what makes a piece of a window, and the rules that stand whatever it weighs."""
    reading = Reading(text, guard.Context(item.get("marketplace", "ebay"), case=item.get("case", "none")), guard.shipped())
    if family == "tone":
        return reading, tone.weighed(reading, sentences(reading), weights_of(reading)), _sharp(reading)
    if family == "feedback":
        return reading, feedback.weighed(reading), _plain(reading)
    plain, inner = off_platform.without_disguise(reading)
    found = list(off_platform.found(inner, plain.touched))
    stands = tuple(finding.rule for finding in found if finding.rule not in senses.TWO_SENSES)
    return inner, senses.known(inner, found), stands


def _plain(reading: Reading) -> tuple[str, ...]:
    return tuple(finding.rule for finding in feedback.plain(reading, list(feedback.told(reading))))


def _sharp(reading: Reading) -> tuple[str, ...]:
    """What the bearing of its sentences tells of a longer text."""
    found = sentences(reading)
    own = [sum(weigh(sentence, weights_of(reading)).values()) for sentence in found]
    return tuple(map(str, tone.sharp(reading, found, own)))


def learn(given: Sequence[Text], family: str) -> Scale:
    """Weights from labelled texts."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped,import-not-found,unused-ignore]

    seen = Counter(feature for text in given for feature in text.whole.window.words)
    rare = {feature: math.log((1 + len(given)) / (1 + count)) + 1 for feature, count in seen.items() if count >= _SELDOM}
    rows, wrong, counts = [], [], []
    for text in given:
        pieces = [(text.whole, text.counts)]
        if not text.wrong and text.parts:
            count = text.counts * _PART / (1 if text.source.startswith("service") else math.sqrt(len(text.parts)))
            pieces += [(part, count) for part in text.parts]
        for piece, count in pieces:
            words = {feature: rare[feature] / size(piece.window.words) for feature in piece.window.words if feature in rare}
            rows.append(words | {f"{mark} ": _readily(mark) for mark in piece.marks})
            wrong.append(text.wrong)
            counts.append(count)
    names = DictVectorizer()
    model = LogisticRegression(C=_HARDNESS, max_iter=1000, tol=1e-3)
    model.fit(names.fit_transform(rows), wrong, sample_weight=counts)
    found = dict(zip(names.get_feature_names_out(), model.coef_[0], strict=True))
    words = {name: _rounded(weight * rare[name]) for name, weight in found.items() if not name.endswith(" ")}
    marks = {name[:-1]: round(weight * _readily(name[:-1]), 2) for name, weight in found.items() if name.endswith(" ")}
    marks[UNSPOKEN] = round(marks.get(UNSPOKEN, 0.0) - _UNSPOKEN[family], 2)
    learned = {name: weight for name, weight in marks.items() if weight} | {"start": round(float(model.intercept_[0]), 2)}
    return Scale({name: weight for name, weight in words.items() if weight}, learned | LIMITS[family])


def _readily(mark: str) -> float:
    return _RULES if _is_rule(mark) else _MARKS


def _rounded(weight: float) -> float:
    """To a quarter, large ones to a half, larger ones to a whole: the fewer groups, the easier to read."""
    if abs(weight) < _TINY:
        return 0.0
    step = 4 if abs(weight) < 2 else 2 if abs(weight) < 5 else 1
    return round(weight * step) / step


class Judged(NamedTuple):
    """A text with what it weighs by what was learned without it."""

    text: Text
    weights: dict[str, float]
    """Way → its heaviest piece; infinite where a rule stands whatever it weighs."""


def judged(given: Sequence[Text], family: str) -> list[Judged]:
    """Every unseen text, and the long honest ones."""
    found = []
    for fold in range(FOLDS):
        scale = learn([text for text in given if text.fold != fold], family)
        found += [Judged(text, _weights(text, scale)) for text in given if text.fold == fold and text.ways]
    return found


def _weights(text: Text, scale: Scale) -> dict[str, float]:
    weights = {}
    for name, (pieces, stands) in text.ways.items():
        part = scale.limit("part") if len(pieces) > 1 else 0.0
        weights[name] = math.inf if stands else max((scale.of(piece) - part for piece in pieces), default=-9.0)
    return weights


def report(judged: Sequence[Judged], family: str) -> Iterator[str]:
    """Figures for people."""
    results = [one for one in judged if one.text.own and one.text.source.endswith(_REPORTED)]
    service = [one for one in judged if not one.text.own]
    yield f"{FOLDS}-fold cross-validation, the unseen sets, at several limits:"
    for limit in (step / 5 for step in range(-8, 13)):
        yield (
            f"  above {limit:+.1f}  "
            + "; ".join(f"{way} {_line(results, limit, way)}" for way in WAYS)
            + f"; long honest ones {_stopped(service, limit):.1%}"
        )
    for title in ("enough", "doubt"):
        limit = LIMITS[family][title]
        yield f"at “{title}” ({limit:+.2f}):"
        languages: dict[str, list[Judged]] = defaultdict(list)
        for one in results:
            languages[one.text.language].append(one)
        for name, group in sorted(languages.items()):
            yield f"  {name:8} {_line(group, limit, 'plain')}"


def _stopped(honest: Sequence[Judged], limit: float) -> float:
    return sum(one.weights["plain"] > limit for one in honest) / max(len(honest), 1)


def _line(results: Sequence[Judged], limit: float, way: str) -> str:
    wrong = [one.weights[way] > limit for one in results if one.text.wrong]
    honest = [one.weights[way] > limit for one in results if not one.text.wrong]
    precision, recall = sum(wrong) / max(sum(wrong) + sum(honest), 1), sum(wrong) / max(len(wrong), 1)
    return f"P {precision:.3f} R {recall:.3f} honest {sum(honest) / max(len(honest), 1):.1%}"


def written(scale: Scale, family: str) -> str:
    """The file of weights."""
    parts = [f'"{name} = {weight:g}"' for name, weight in sorted(scale.marks.items())]
    lines = ["context = [", *(f"  {line}," for line in _filled(parts, ", ")), "]"]
    groups: dict[float, list[str]] = defaultdict(list)
    for name, weight in scale.words.items():
        groups[weight].append(name)
    for weight in sorted(groups, reverse=True):
        lines += [f"\"{weight:+.2f}\" = ['''", *_filled(sorted(groups[weight]), " "), "''']"]
    return _HEAD.format(family=family) + "\n".join(lines) + "\n"


def _filled(parts: Iterable[str], between: str) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and len(line) + len(part) > _WIDE:
            yield line
            line = ""
        line += between + part if line else part
    if line:
        yield line


def main(family: str) -> None:
    """Learn, print the weights, and their worth to stderr."""
    given = texts(family)
    sys.stderr.write("".join(f"{line}\n" for line in report(judged(given, family), family)))
    out = written(learn(given, family), family)
    sys.stderr.write(f"{len(out.encode()) / 1000:.0f} kB of weights\n")
    sys.stdout.write(out)


if __name__ == "__main__":
    main(sys.argv[1])
