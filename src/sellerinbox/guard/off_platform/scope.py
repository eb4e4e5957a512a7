"""What a sentence does with the words found in it: refuses them, warns of them, talks of goods, or means them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from sellerinbox.guard.reading import Reading

_NEAR = 7
"""Words between a negation and what it negates."""
_BESIDE = 2
"""The same for "no" and "without", which belong to the next noun."""
_BEHIND = 6
_JOINED = 3
"""The same, when "and" stands between: "no numbers and addresses", but "it won't open and you can call me"."""
_BREAK = re.compile(r"[,:()\n–—]|\s-\s")
_QUOTED = re.compile(
    r'(?<![a-z])\'[^\'\n]{3,40}\'(?![a-z])|"[^"\n]{1,40}"|«[^»\n]{1,40}»|'
    r"「[^」\n]{1,30}」|『[^』\n]{1,30}』|《[^》\n]{1,30}》"
)

Spans = dict[int, int]
"""First token → the token behind."""


class Scope:
    """Answers for places of one reading, in tokens."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self._places: dict[str, tuple[int, ...]] = {}

    @cached_property
    def _concepts(self) -> dict[str, Spans]:
        found: dict[str, Spans] = {}
        for language in self.reading.languages:
            for place, there in self.reading.hits(language).items():
                for name, ends in there.items():
                    if ends and name.startswith("off_"):
                        spans = found.setdefault(name, {})
                        spans[place] = max(spans.get(place, 0), *ends)
        return {name: dict(sorted(spans.items())) for name, spans in found.items()}

    def of(self, name: str) -> Spans:
        """Where a concept stands, in reading order."""
        return self._concepts.get(name, {})

    def within(self, name: str, first: int, limit: int) -> bool:
        """Whether a concept begins in the tokens from `first` up to `limit`."""
        if name not in self._places:
            self._places[name] = tuple(self.of(name))
        places = self._places[name]
        at = bisect_left(places, first)
        return at < len(places) and places[at] < limit

    def sentence(self, token: int) -> tuple[int, int]:
        """First token of the sentence, and the token behind it."""
        number = self.tokens.sentence[token]
        return self.tokens.first[number], self.tokens.first[number + 1]

    def clause(self, token: int, end: int) -> tuple[int, int]:
        """The piece of the sentence between commas, colons and words such as "but" around some tokens, as far as anything reaches."""
        first, limit = self.sentence(token)
        first, limit = max(first, token - 2 * _NEAR), min(limit, end + 2 * _BEHIND)
        while token > first and token not in self._breaks:
            token -= 1
        while end < limit and end not in self._breaks:
            end += 1
        return token, end

    @cached_property
    def _origins(self) -> list[int]:
        return [self.tokens.folded.origin(start) for start in self.tokens.starts]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin in a piece of the text as given, or the one before if none does. Needs a text with tokens."""
        first, behind = bisect_left(self._origins, start), bisect_left(self._origins, end)
        if first < behind:
            return first, behind
        first = max(bisect_right(self._origins, start) - 1, 0)
        return first, first + 1

    @cached_property
    def _breaks(self) -> frozenset[int]:
        """Tokens with which a clause begins."""
        text, tokens = self.tokens.folded.text, self.tokens
        after = {number for number in range(1, len(tokens.words)) if _BREAK.search(text, tokens.ends[number - 1], tokens.starts[number])}
        return frozenset(after | self.of("off_break").keys())

    @cached_property
    def _harmless(self) -> frozenset[int]:
        """Tokens of negations that forbid nothing: "why not", "don't worry", "not through the site"."""
        return frozenset(place for start, end in self.of("off_not_really").items() for place in range(start, end))

    @cached_property
    def _negations(self) -> dict[int, tuple[int, int]]:
        """First token of a negation → the token behind, how many words may stand between it and what it negates."""
        found = {start: (end, _BESIDE) for start, end in self.of("off_not_near").items()}
        found |= {start: (end, _NEAR) for start, end in self.of("off_not").items()}
        return {start: there for start, there in found.items() if start not in self._harmless}

    def refused(self, start: int, end: int, *, far: bool = False) -> bool:
        """Whether the clause around these tokens forbids or declines them, or the sentence warns of such messages.

        `far`: a "no" reaches as far as a "not", as in "no money to anybody outside".
        """
        first, limit = self.clause(start, end)
        for no in range(max(first, start - 2 * _NEAR), end):
            there = self._negations.get(no)
            if there is not None and no != start and (no > start or self._reaches(there[0], _NEAR if far else there[1], start)):
                return True
        behind_it = range(end, min(limit, end + _BEHIND))
        no_more = self.of("off_refused")
        refused = any(place in no_more and self._harmless.isdisjoint(range(place, no_more[place])) for place in behind_it)
        return refused or self.warned(start)

    def _reaches(self, behind: int, most: int, start: int) -> bool:
        far = start - behind
        return far <= most and not (far > _JOINED and self.within("off_and", behind, start))

    @cached_property
    def _warnings(self) -> frozenset[int]:
        return frozenset(self.tokens.sentence[start] for start in self.of("off_scam"))

    def warned(self, token: int) -> bool:
        """Whether this or a sentence beside it warns of others who ask for such things."""
        number = self.tokens.sentence[token]
        return not self._warnings.isdisjoint((number - 1, number, number + 1))

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        folded = self.tokens.folded
        return [folded.span(match.start() + 1, match.end() - 1) for match in _QUOTED.finditer(folded.text)]

    def quoted(self, start: int, end: int) -> bool:
        """Whether tokens stand in quotation marks within a sentence about goods: what is printed, or a name."""
        given = self.tokens.span(start, end)
        around = [(first, last) for first, last in self._quotes if first <= given[0] and given[1] <= last]
        if not around:
            return False
        first, limit = self.sentence(start)
        limit = max(limit, min(self.at(*around[0])[1] + _BEHIND, len(self.tokens.words)))
        return self.within("off_goods", first, limit) or self.within("off_measure", first, limit)

    def printed(self, start: int, end: int) -> bool:
        """Whether the sentence says that the words are written on something for sale."""
        first, limit = self.sentence(start)
        return self.within("off_printed", first, start) or self.within("off_printed", end, limit)

    def answered(self, start: int) -> bool:
        """Whether the words stand in a question that the next sentence answers with no: "Skype? No, it's a toy."."""
        number = self.tokens.sentence[start]
        if not self.tokens.asks[number] or number + 2 >= len(self.tokens.first):
            return False
        return self.within("off_nay", self.tokens.first[number + 1], self.tokens.first[number + 1] + 1)

    def carried(self, start: int, end: int) -> bool:
        """Whether it is a carrier who calls or writes in the clause around these tokens, and nobody of ours."""
        first, limit = self.clause(start, end)
        carriers = self.of("off_carrier").keys() - self.of("off_platform_name").keys()
        return any(place in carriers for place in range(first, end + _BESIDE)) and not self.within("off_self", first, limit)

    def meant(self, start: int, end: int) -> bool:
        """Whether tokens mean what they say: neither refused, nor warned of, nor the words on a mug."""
        far = not self.within("off_h_fee", start, end) and self.within("off_outside", start, end)
        return not (self.refused(start, end, far=far) or self.quoted(start, end) or self.printed(start, end) or self.answered(start))

    def hinted(self, start: int, end: int) -> bool:
        """Whether what words add up to is meant; their rules say themselves which refusals they take."""
        return not (self.warned(start) or self.quoted(start, end) or self.printed(start, end))
