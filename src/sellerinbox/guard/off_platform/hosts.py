"""Names of sites in a text, plain or spelled out, and which of them are fine where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sellerinbox.guard.catalogue import Catalogue
from sellerinbox.guard.fold import fold
from sellerinbox.guard.reading import Reading

LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_REST = r"[^\s\"'<>，。、\u3040-\u30ff\u3400-\u9fff]+"
_LINK = rf"(?:https?|ftp)\s?:\s?/\s?/\s?{_REST}|(?<![a-z0-9_.-])www\s?\.\s?{_REST}"
_AROUND = 24


class Host(NamedTuple):
    """A site named in the folded text."""

    name: str
    """Its domain, such as `shop.example.com`."""
    start: int
    end: int
    spelled: bool
    """Written so that a machine should not see it."""


class Patterns(NamedTuple):
    """What the data files make of domains."""

    link: re.Pattern[str]
    plain: re.Pattern[str]
    spelled: re.Pattern[str]
    bare: re.Pattern[str]
    pathed: re.Pattern[str]
    """A site of any country with something behind it: what shortens links."""
    dot: re.Pattern[str]
    email: re.Pattern[str]
    spoken: re.Pattern[str]
    words: frozenset[str]
    """Ends of domains that are words as well."""
    before: frozenset[str]
    """Words before a dot that begin no domain."""


def _choice(words: tuple[str, ...]) -> str:
    return "|".join(sorted({re.escape(fold(word)) for word in words}, key=len, reverse=True))


@lru_cache(maxsize=4)
def _built(
    ends: tuple[str, ...],
    words: tuple[str, ...],
    dots: tuple[str, ...],
    word_dots: tuple[str, ...],
    ats: tuple[str, ...],
    mails: tuple[str, ...],
    before: tuple[str, ...],
) -> Patterns:
    end = f"(?:{_choice((*ends, *words))})"
    safe = f"(?:{_choice(ends)})"
    every = _choice((*dots, *word_dots))
    plain_dot = rf"(?:\s?[\[({{<（【]\s?(?:\.|{every}|[pd]t?\.?)\s?[\])}}>）】]\s?|"
    plain_dot += rf"[\s_,/|*~-]{{1,2}}(?:{_choice(dots)})[\s_,/|*~-]{{1,2}}|\s?点儿?\s?|\s?[⚫●⚪🔵⏺🔴∙]\s?)"
    word_dot = rf"(?:[\s_-]{{1,2}}(?:{_choice(word_dots)})[\s_-]{{1,2}}|\s\.\s?)"
    dot = rf"(?:{plain_dot}|{word_dot})"
    at = rf"(?:\s?[\[({{<（【]\s?(?:@|{_choice(ats)}|a|at)\s?[\])}}>）】]\s?|"
    at += rf"[\s_,/|*~-]{{1,2}}(?:{_choice(ats)})[\s_,/|*~-]{{1,2}}|\s?(?:艾特|小老鼠|圈a|爱特)\s?)"
    word_at = r"[\s_,/|*~-]{1,2}(?:at|chez|en|bei|auf)[\s_,/|*~-]{1,2}(?!(?:el|un|ese|este|cada) )"  # "en el punto de recogida"
    user = r"[a-z0-9][\w.+-]{0,40}"
    mail = f"(?:{_choice(mails)})"
    full = rf"{LABEL}(?:(?:\.|{dot}){LABEL}){{0,3}}(?:\.|{dot}){end}"
    told = rf"{LABEL}(?:{dot}{LABEL}){{0,2}}{dot}{end}"
    return Patterns(
        link=re.compile(_LINK),
        plain=re.compile(rf"(?<![a-z0-9_@./-])((?:{LABEL}\.){{1,4}}{end})(?![a-z0-9_-]|\.[a-z]{{2}})"),
        spelled=re.compile(
            rf"(?<![a-z0-9])([a-z0-9_\u4e00-\u9fff-]{{2,24}})(?:(?:{plain_dot}{LABEL})?{plain_dot}{end}|(?:{word_dot}{LABEL})?{word_dot}(?:{safe}|{end}(?=\s?(?:[/.,;!?)]|$|\n|slash|barra))))(?![a-z0-9_-])"
        ),
        bare=re.compile(
            r"(?<![a-z])(?:dot|punkt|punto|point)[\s-]{1,2}(?:com|net|org|shop|store|co[\s.]uk)(?![a-z])|(?<=[a-z0-9]),(?:com|net|org|co,uk)(?![a-z])"
            r"|(?<=[a-z0-9])[*~^|](?:com|net|org|fr|de|es|shop|cn|co\Wuk)(?![a-z0-9])"
            r"|点儿?\s?(?:com|cn|net|shop|tw|hk)(?![a-z])"
        ),
        pathed=re.compile(rf"(?<![a-z0-9_@./-])({LABEL}\.[a-z]{{2,3}})/[a-z0-9][\w-]{{3,}}"),
        dot=re.compile(dot),
        email=re.compile(
            rf"{user}\s?@\s?{LABEL}(?:\s?\.\s?{LABEL}){{0,3}}\s?\.\s?[a-z]{{2,12}}(?![a-z0-9_-])|@\s?{LABEL}(?:\.{LABEL}){{0,2}}\.{end}(?![a-z0-9_-])"
        ),
        spoken=re.compile(
            rf"({user})(?:{at}(?:{full}|{mail})|{word_at}(?:{told}|{mail}))(?![a-z0-9_-])|({user})\s?@\s?(?:{full}|{mail})(?![a-z0-9_-])|"
            rf"(?:arroba|arobase|klammeraffe|at.sign|curly a)(?=.{{0,60}}?(?:{dot}|\.){end}(?![a-z0-9_-]))"
        ),
        words=frozenset(words),
        before=frozenset(before),
    )


def patterns(catalogue: Catalogue) -> Patterns:
    """The patterns of domains and addresses that the data files ask for."""
    parts = catalogue.lists.get("off_domains", {})
    return _built(*(parts.get(name, ("-",)) for name in ("ends", "word_ends", "dots", "word_dots", "ats", "mails", "not_before")))


def hosts(reading: Reading) -> Iterator[Host]:
    """Every site named in a text, but those that only belong to an e-mail address; a place may come twice."""
    text, made = reading.folded.text, patterns(reading.catalogue)
    for match in made.link.finditer(text):
        yield Host(host_of(match[0]), match.start(), match.end(), spelled=False)
    for match in made.plain.finditer(text):
        if _is_domain(match, reading, made):
            yield Host(match[1], match.start(), _path_end(text, match.end()), spelled=False)
    for match in made.pathed.finditer(text):
        if not match[1].split(".")[0].isdigit() and len(match[1].split(".")[0]) > 1:
            yield Host(match[1], match.start(), match.end(), spelled=False)
    for match in made.spelled.finditer(text) if made.dot.search(text) else ():
        if fold(match[1]) not in made.before:
            yield Host("", match.start(), _path_end(text, match.end()), spelled=True)
    for match in made.bare.finditer(text):
        yield Host("", match.start(), match.end(), spelled=True)


def host_of(link: str) -> str:
    """The host a browser would open for a link; what stands before an `@` is only a name."""
    rest = re.sub(r"\s", "", link)
    rest = rest.split("//", 1)[1] if "//" in rest else rest
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    return authority.rsplit("@", 1)[-1].split(":", 1)[0].rstrip(".,;!)")


def _path_end(text: str, end: int) -> int:
    found = re.compile(r"\s?/\s?[\w./?=&%-]{1,80}").match(text, end)
    return found.end() if found else end


def _is_domain(match: re.Match[str], reading: Reading, made: Patterns) -> bool:
    """Not two sentences without a blank between: "arrived.So", "thanks.it is"."""
    name = match[1]
    start, end = reading.folded.span(match.start(1), match.end(1))
    labels, given = name.split("."), reading.text[start:end].split(".")
    if end - start > len(name):
        return True  # something invisible stands inside, and nobody puts that between two sentences
    text, last = reading.folded.text, labels[-1]
    if (len(labels[-2]) < 2 and not text.startswith("/", match.end())) or labels[0].isdigit() or labels[-2] in made.before:
        return False
    if len(given) == len(labels) and given[-1][:1].isupper() and not given[-2].isupper() and not given[-1].isupper():
        return False
    if last not in made.words or text.startswith("/", match.end()) or len(labels) > 2:
        return True
    return not re.match(r"[ ][a-z]", text[match.end() : match.end() + 2]) or bool(re.search("[0-9-]", labels[-2]))


def allowed(name: str, reading: Reading) -> bool:
    """Whether a site is the thread's own marketplace or an official page of a carrier: its registrable domain, exactly."""
    sites = reading.catalogue.lists.get("off_sites", {})
    fine = (*sites.get("carriers", ()), *sites.get(reading.context.marketplace, ()))
    return any(name == site or name.endswith("." + site) for site in fine)
