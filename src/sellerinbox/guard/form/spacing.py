"""Spaces: missing behind a comma, standing before one, words run together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sellerinbox.guard.form.typed import Slip, Typed

_LETTER = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]"
_AFTER_COMMA = re.compile(rf"(?<=[\w)\"'’%])(?P<at>(?P<mark>[,;])(?P<next>{_LETTER}))")
_COMMA_BEHIND_NUMBER = re.compile(rf"(?<=\d)(?P<at>(?P<mark>[,;])(?P<next>{_LETTER}{{2}}))")
_AFTER_STOP = re.compile(rf"(?<=[^\W\d_]{{2}})(?P<at>(?P<mark>\.)(?P<next>{_LETTER}{{2}}|[iaIA](?=\s)))")
_STOP_BEHIND_NUMBER = re.compile(rf"(?<=\d)(?P<at>(?P<mark>\.)(?P<next>{_LETTER}{{3}}))")
_AFTER_CALL = re.compile(rf"(?<=[\w!?])(?P<at>(?P<mark>[!?])(?P<next>{_LETTER}))")
_BEFORE_COMMA = re.compile(r"(?<=[\w)\"'’%])(?P<at>[ \t]{1,3}(?P<mark>,)(?P<next>[ \t]?))")
_BEFORE_STOP = re.compile(rf"(?<=[\w)\"'’%])(?P<at>[ \t]{{1,3}}(?P<mark>\.))(?=[ \t\n]|$|{_LETTER}{{2}})(?!\.\.)")
_BEFORE_CALL = re.compile(r"(?<=[^\W\d_])(?P<at>[ \t](?P<mark>[!?]{1,20}))")
_WIDE = re.compile(r"(?<=[^\W_])(?P<at>[ ]{2,8})(?=[^\W_])")
_GLUED = {
    "en": "dont doesnt didnt cant wont isnt wasnt arent werent havent hasnt hadnt couldnt wouldnt shouldnt thats whats youre "
    "theyre weve youve ive alot aswell infact incase eachother",
    "fr": "cest jai nai sest nest quil quelle lautre daccord aujourdhui silvousplait sil jusqua parceque",
    "de": "garnichts garnicht garkein vorallem aufjedenfall",
    "es": "porfavor apesar aveces derrepente envez",
}
_APART = {"quelle", "sil"}


def check(typed: Typed) -> Iterator[Slip]:
    """Every place of this kind."""
    rule = "form.spacing.after_mark"
    for pattern in (_AFTER_COMMA, _AFTER_STOP, _STOP_BEHIND_NUMBER, _AFTER_CALL):
        yield from typed.places(rule, pattern, r"\g<mark> \g<next>")
    yield from typed.places("form.spacing.before_mark", _BEFORE_COMMA, r"\g<mark> ")
    yield from typed.places("form.spacing.before_mark", _BEFORE_STOP, r"\g<mark>")
    if not typed.french:
        yield from typed.places("form.spacing.before_mark", _BEFORE_CALL, r"\g<mark>")
    yield from typed.places("form.spacing.wide", _WIDE, " ")
    yield from _glued(typed)


def _glued(typed: Typed) -> Iterator[Slip]:
    known = {word for language in typed.languages for word in _GLUED.get(language, "").split()} - _APART
    if not known:
        return
    for match in _WORD.finditer(typed.text):
        if match[0].lower() in known:
            yield Slip("form.glued.word", match.start(), match.end(), None)


_WORD = re.compile(r"[^\W\d_]{3,20}")
