"""The one door for text from strangers.

A terminal obeys what it is sent: an escape sequence in a buyer's message could retitle the
window, fill the clipboard or move the cursor. Textual strips some control bytes and hands ESC
and C1 through (checked, 8.2.8), so everything from outside passes `clean` before it is
stored and once more before the terminal sees it. Cleaning is idempotent and never raises.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sellerinbox.i18n import N_

_MARKS_LIMIT = 4
"""Letters without a width kept in a row: honest scripts use up to three, an attack forty thousand."""

# A whole sequence goes, not only its ESC byte: "[31m" left behind would still be rubbish in a
# name. An unended string (OSC, DCS, APC, PM, SOS) ends at the line, so that it can't swallow
# the buyer's next words.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]P_^X]|[\x9d\x90\x9f\x9e\x98])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Direction overrides and marks, zero width letters, fillers that look like nothing, tag
# characters, interlinear annotation: all of them change what the seller reads without showing.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINERS = re.compile("[\u200c\u200d]+")
_ODD = re.compile(r"[^\t\n\x20-\x7e]")
# Marks are no word characters: where a pile may be. Which of them are marks, `_thin` looks up.
_PILE = re.compile(r"[^\w\s!-~]{5,}|[\u1160-\u11ff\ud7b0-\ud7ff]{5,}")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_UNSTEADY = re.compile("[\u200d\ufe0e\ufe0f]")

REPLACED = "\ufffd"
"""Stands where something was taken out that changed the reading (a direction override, half a character)."""
NAMELESS = "(no name)"
"""Shown for a name that consists of nothing visible."""
_TAB = "    "
_BRAILLE_BLANK = "\u2800"


def clean(text: str) -> str:
    """Make a text of several lines harmless; line feeds stay, tabs become spaces.

    Escape sequences, control and invisible characters are removed; direction overrides and
    halves of surrogate pairs become `REPLACED`, so that the seller sees that something stood
    there. Emoji and right-to-left scripts stay readable.
    """
    if not _ODD.search(text):
        return text.replace("\t", _TAB)
    text = _NEWLINES.sub("\n", text)
    text = _strip_sequences(text)
    text = _BIDI.sub(REPLACED, text)
    text = _SURROGATES.sub(REPLACED, text)
    text = _INVISIBLE.sub("", text).replace(_BRAILLE_BLANK, " ")
    text = _PILE.sub(_thin, text)
    text = _JOINERS.sub(_joiner, text) if _JOINERS.search(text) else text
    return text.replace("\t", _TAB)


def clean_line(text: str, limit: int = 200) -> str:
    """Make a one-line field harmless: as `clean`, on one line, at most `limit` characters."""
    line = " ".join(clean(text[: limit * 4]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def clean_name(text: str, limit: int = 80) -> str:
    """A name on one line; one that shows nothing at all becomes `NAMELESS`."""
    name = clean_line(text, limit)
    return name if (name.isascii() and name) or any(map(_shows, name)) else NAMELESS


def excerpt(text: str, limit: int = 160) -> str:
    """The beginning of a text on one line, for lists."""
    return clean_line(text[: limit * 4], limit)


def steady(text: str) -> str:
    """A cleaned text for columns: without the joiners and selectors whose width terminals count differently.

    Rich takes all that is joined for one letter, also 8,000 Arabic ones (checked, 15.0.0); most
    terminals draw each. The parts of a joined emoji stand side by side instead.
    """
    return text if text.isascii() else _UNSTEADY.sub("", text)


def same_text(ours: str, theirs: str) -> bool:
    """Whether a message of ours in the thread is the text we sent.

    Marketplaces trim, unify line ends, decode or encode entities and normalise Unicode on
    the way; none of that makes it another message.
    """
    return _comparable(ours) == _comparable(theirs)


def marks(text: str) -> tuple[str, ...]:
    """What in a cleaned name or text may mislead the reader, as words fit to show."""
    if text.isascii() and text != NAMELESS:
        return ()
    return _marks(text)


def marked(name: str) -> str:
    """A cleaned name as it stands in a list: with a sign in front when it may mislead."""
    return f"⚠ {name}" if marks(name) else name


@lru_cache(maxsize=4096)
def _marks(text: str) -> tuple[str, ...]:
    found = []
    if REPLACED in text:
        found.append(N_("hidden characters were taken out"))
    if text == NAMELESS:
        found.append(N_("the name is invisible"))
    if any(_mixes_alphabets(word) for word in re.findall(r"\w+", text[:2000])):
        found.append(N_("look-alike letters of another alphabet"))
    return tuple(found)


def _mixes_alphabets(word: str) -> bool:
    scripts = {unicodedata.name(ch, "").partition(" ")[0] for ch in word if ch.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


def _strip_sequences(text: str) -> str:
    # Removing an inner sequence can leave an outer one whole: repeat until nothing is left.
    # What is still nested after a few rounds loses its control bytes below and is inert.
    for _ in range(4):
        shorter = _SEQUENCES.sub("", text)
        if shorter == text:
            break
        text = shorter
    return _CONTROLS.sub("", text)


def _joiner(match: re.Match[str]) -> str:
    """Keep a joiner where a script or an emoji needs it, drop it where it only hides."""
    text, at, end = match.string, match.start(), match.end()
    before, after = text[at - 1 : at], text[end : end + 1]
    return match[0][0] if _joins(before) and _joins(after) else ""


def _joins(char: str) -> bool:
    if not char:
        return False
    code = ord(char)
    return 0x600 <= code <= 0xDFF or code == 0xFE0F or 0x2600 <= code <= 0x27BF or 0x1F000 <= code <= 0x1FAFF


def _thin(match: re.Match[str]) -> str:
    """At most `_MARKS_LIMIT` letters in a row that take no room of their own."""
    kept, row = [], 0
    for char in match[0]:
        row = row + 1 if takes_no_room(char) else 0
        if row <= _MARKS_LIMIT:
            kept.append(char)
    return "".join(kept)


def takes_no_room(char: str) -> bool:
    """Whether a character stands on the one before it: marks, joiners, skin colours, the inner parts of Hangul syllables."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf") or bool(_SKIN.match(char) or _JAMO.match(char))


def _shows(char: str) -> bool:
    """Whether a character leaves ink by itself."""
    return char != REPLACED and unicodedata.category(char)[0] in "LNPS" and not takes_no_room(char)


def _comparable(text: str) -> str:
    import html

    return " ".join(unicodedata.normalize("NFKC", clean(html.unescape(text))).split())
