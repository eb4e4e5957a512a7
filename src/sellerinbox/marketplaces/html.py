"""HTML from strangers as plain text: nothing is fetched, run or hidden.

Marketplaces' own notices are whole HTML pages. Two ways lead to text: `selectolax` for pages as
people write them, and a bare tokenizer, linear in time, for pages made to hurt: 100,000 nested
elements keep the parser busy for 22 s and 2,000 unclosed `<b id=…>` make two million nodes (measured).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TAGS_LIMIT = 10_000
_DEPTH_LIMIT = 256
_STYLED_BLOCKS_LIMIT = 200_000
"""Formatting tags times other tags: what an unclosed formatting tag costs, it is repeated in every block."""
_URL_SHOWN = 200
"""Characters of a link's target that are shown."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0|opacity\s*:\s*0\s*(?:;|$)|mso-hide\s*:\s*all", re.IGNORECASE
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_SELF_CLOSING = _names("p li td th tr tbody thead tfoot dd dt option")
_FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
_DROPPED = _names("script style head title template svg math object iframe canvas audio video select textarea noframes noembed")
_PARAGRAPH = _names("p h1 h2 h3 h4 h5 h6 table ul ol blockquote pre")
_LINE = _names("br div tr li hr section article header footer address center dl dt dd form fieldset figure main nav tbody thead body html")
_INLINE = _names("span img td th label abbr cite q sub sup kbd mark del ins")
_KNOWN = _VOID | _SELF_CLOSING | _FORMATTING | _DROPPED | _PARAGRAPH | _LINE | _INLINE
_RAW_TEXT = _names("script style title textarea iframe noframes noembed")

# Marks in the text on its way, taken out of the page beforehand: a break that the writer made, and
# the edges of lines and of paragraphs, of which any number in a row are one.
_BREAK, _ROW, _BLOCK = "\x00", "\x01", "\x02"
_NO_MARKS = dict.fromkeys(map(ord, _BREAK + _ROW + _BLOCK))
_EDGES = re.compile(r"[ \xa0]*[\x00\x01\x02][\x00\x01\x02 \xa0]*")


def looks_like_html(text: str) -> bool:
    """Whether a text was written as HTML; “I <3 this” and “a < b” were not."""
    return any(match[2].lower() in _KNOWN for match in _TAG.finditer(text))


def plain(text: str) -> str:
    """A member's message as text: tags and entities resolved where there are any, otherwise as typed."""
    if looks_like_html(text):
        has_lines = any(match[2].lower() in _LINE | _PARAGRAPH for match in _TAG.finditer(text))
        return to_text(text if has_lines else text.replace("\n", "<br>"))
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def to_text(markup: str) -> str:
    """The readable text of a page: blocks become lines, a link's target stands behind its text."""
    markup = markup.translate(_NO_MARKS)
    pieces = _parsed(markup) if _is_harmless(markup) else _bare(markup)
    return _tidy("".join(pieces))


def _is_harmless(markup: str) -> bool:
    """Whether the parser will take its time in proportion to the page."""
    tags = depth = formatting = 0
    opened: dict[str, int] = {}
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        tags += 1
        formatting += name in _FORMATTING
        if name in _VOID or name in _SELF_CLOSING:
            continue
        step = -1 if match[1] else 1
        if step == 1 or opened.get(name, 0):
            opened[name] = opened.get(name, 0) + step
            depth += step
        if tags > _TAGS_LIMIT or depth > _DEPTH_LIMIT:
            return False
    return tags <= _TAGS_LIMIT and formatting * (tags - formatting) <= _STYLED_BLOCKS_LIMIT


def _parsed(markup: str) -> Iterator[str]:
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(markup).body
    return iter(()) if root is None else _walk(root)


def _walk(root: LexborNode) -> Iterator[str]:
    """Every visible piece below `root`, without recursion: pages nest deeper than Python may."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            yield _leave(node)
            continue
        if node.is_text_node:
            yield _text(node)
        elif node.is_element_node and not _is_hidden(node):
            yield _enter(node)
            stack.append((node, True))
            children = []
            child = node.first_child
            while child is not None:
                children.append((child, False))
                child = child.next
            stack.extend(reversed(children))


def _text(node: LexborNode) -> str:
    content = (node.text_content or "").translate(_NO_MARKS)
    return content.replace("\n", _BREAK) if node.parent is not None and node.parent.tag == "pre" else content


def _is_hidden(node: LexborNode) -> bool:
    if node.tag in _DROPPED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _enter(node: LexborNode) -> str:
    name = node.tag or ""
    if name == "img":
        return f"[{alt}]" if (alt := " ".join((node.attributes.get("alt") or "").split())) else ""
    return _edge(name) + ("• " if name == "li" else "")


def _leave(node: LexborNode) -> str:
    name = node.tag or ""
    if name == "a":
        return _target(node.attributes.get("href") or "", node.text(deep=True))
    return "" if name == "br" else _edge(name)


def _edge(name: str) -> str:
    """What the beginning or end of an element does to the lines."""
    if name == "br":
        return _BREAK
    if name in _PARAGRAPH:
        return _BLOCK
    return _ROW if name in _LINE else " " if name in ("td", "th") else ""


def _target(href: str, text: str) -> str:
    """Where a link leads, unless its text says just that."""
    href = " ".join(href.split())
    if not href or href.startswith("#") or _bare_address(href) == _bare_address(text):
        return ""
    return f" <{href if len(href) <= _URL_SHOWN else href[: _URL_SHOWN - 1] + '…'}>"


def _bare_address(text: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)", "", "".join(text.split()), flags=re.IGNORECASE).rstrip("/")


def _bare(markup: str) -> Iterator[str]:
    """The text between the tags, in one pass; what can't be seen without understanding the page stays in."""
    at, href, lowered = 0, "", markup.lower()
    while (match := _TAG.search(markup, at)) is not None:
        if at < match.start():
            yield _unescaped(markup[at : match.start()])
        name, at = match[2].lower(), match.end()
        if name in _RAW_TEXT and not match[1]:
            end = lowered.find(f"</{name}", at)
            at = len(markup) if end < 0 else end
        if name == "a":
            yield _target(href, "") if match[1] else ""
            href = "" if match[1] else _href(match[3])
        yield _edge(name)
    yield _unescaped(markup[at:])


def _unescaped(text: str) -> str:
    return html.unescape(text).translate(_NO_MARKS)


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    return html.unescape(next(filter(None, found.groups()), "")) if found else ""


def _tidy(text: str) -> str:
    """Marks become line ends, at most one empty line in a row; blanks at the ends of lines go."""
    return _EDGES.sub(_line_ends, re.sub(r"[ \t\n\r\f\v]+", " ", text)).strip()


def _line_ends(match: re.Match[str]) -> str:
    least = 2 if _BLOCK in match[0] else 1
    return "\n" * min(2, max(least, match[0].count(_BREAK)))
