"""Making a canned reply of something that was written: the facts become variables, the file is new."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from pathlib import Path

from sellerinbox.domain.errors import ConfigError, UsageError
from sellerinbox.domain.text import clean, clean_line
from sellerinbox.replies.template import FLAGS, VARIABLES

_SHORT = 3
"""Values of fewer characters stand in other words too often ("Al", "12"); names in Chinese are short and still names."""
_CHINESE = "\u2e80"
"""From here on: Chinese, Japanese, Korean, written without gaps."""
_OPENING = "{{ '{' }}"
# Chinese leaves no gap between a number and the words around it, so \b is no help.
_LETTERS = "0-9A-Za-z\u00c0-\u024f\u0370-\u052f"
_BEFORE, _AFTER = f"(?<![{_LETTERS}])", f"(?![{_LETTERS}])"
_DAY_EN = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\d{1,2}(?:st|nd|rd|th)? "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{4})?"
)
_DAY_DE = (
    r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag),? (?:den )?)?\d{1,2}\. "
    r"(?:Jan(?:uar)?|Feb(?:ruar)?|März|Apr(?:il)?|Mai|Juni|Juli|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)"
    r"\b\.?(?: \d{4})?"
)
_DAY_ZH = r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号](?:星期[一二三四五六日天])?"
_DAY_NUMBERS = r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{2,4}"
_MONEY = r"(?:[$€£¥]|US\$|EUR|GBP|USD|CNY) ?\d+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})? ?(?:[€£元]|EUR\b|GBP\b|USD\b|CNY\b|euros?\b|Euro\b)"
_SHAPES = {
    "order": rf"{_BEFORE}\d{{2}}-\d{{5}}-\d{{5}}{_AFTER}",
    "tracking": rf"{_BEFORE}(?:[A-Z]{{2}}\d{{9}}[A-Z]{{2}}|1Z[0-9A-Z]{{16}}|\d{{12,20}}){_AFTER}",
    "date": f"(?<![\\w.-])(?:{_DAY_EN}|{_DAY_DE}|{_DAY_NUMBERS})(?![\\w-])|{_DAY_ZH}",
    "amount": f"(?<![\\w.,])(?:{_MONEY})",
}
"""Variable → how a fact of its kind looks when it is not one we know."""
_NAME = re.compile(r"[\w-]{1,36}")


def suggest_placeholders(text: str, values: Mapping[str, str | None]) -> str:
    """A text with its facts as variables: what is known of the conversation, then what looks like a number, a day, an amount.

    Braces that stand in the text are kept as braces to be read, so nothing in it becomes a template by accident.
    """
    known = _known(values)
    pattern = "|".join([*(f"(?P<v{number}>{_bounded(value)})" for number, (value, _) in enumerate(known)), *_shapes(), r"(?P<brace>\{)"])

    def put(match: re.Match[str]) -> str:
        group = match.lastgroup or ""
        if group == "brace":
            return _OPENING
        return f"{{{{ {known[int(group[1:])][1] if group[0] == 'v' else group.removeprefix('s_')} }}}}"

    return re.sub(pattern, put, clean(text).strip())


def to_toml(name: str, title: str, text: str, language: str) -> str:
    """A reply as a file of its own. `text` is a template, as `suggest_placeholders` returns it."""
    import tomlkit

    document, entry = tomlkit.document(), tomlkit.table()
    entry.add("name", name)
    for field, value in (("title", clean_line(title)), ("text", clean(text).strip())):
        variants = tomlkit.table()
        variants.add(language, tomlkit.string(value, multiline="\n" in value))
        entry.add(field, variants)
    replies = tomlkit.aot()
    replies.append(entry)
    document.add("reply", replies)
    return tomlkit.dumps(document)


def save_canned(folder: Path, name: str, title: str, text: str, language: str, taken: Container[str] = ()) -> Path:
    """Write a reply into a new file and say which. Nothing that is there is ever written over.

    `taken` holds the names, in lower case, that replies have; a number is put behind a name that
    is taken. Raises `UsageError` for a name or text that can't be used, `ConfigError` when the
    folder can't be written.
    """
    if not _NAME.fullmatch(name) or (len(name) == 1 and name.isdigit()):
        raise UsageError(f"“{name}” can't be the name of a canned reply; use letters, digits and hyphens, such as spare-lid.")
    if not text.strip():
        raise UsageError("The reply is empty, so there is nothing to keep; write something first.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_kept(folder, error) from error
    free = (f"{name}-{number}" if number > 1 else name for number in range(1, 1000))
    for candidate in free:
        path = folder / f"{candidate}.toml"
        if candidate.casefold() in taken or path.exists():
            continue
        try:
            with path.open("x", encoding="utf-8") as out:
                out.write(to_toml(candidate, title or candidate, text, language))
        except FileExistsError:
            continue
        except OSError as error:
            raise _not_kept(folder, error) from error
        return path
    raise UsageError(f"There are too many replies called “{name}”; choose another name.")


def _not_kept(folder: Path, error: OSError) -> ConfigError:
    return ConfigError(f"The reply could not be kept in {folder} ({error.strerror}); your text is still where it was.")


def _known(values: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """(value, variable), the longest first, so that a first name inside a full one is left alone; of two with one value the first."""
    found: dict[str, str] = {}
    for name in VARIABLES:
        value = " ".join(clean(values.get(name) or "").split())
        if name not in FLAGS and (len(value) >= _SHORT or (value and not value.isascii())):
            found.setdefault(value, name)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _bounded(value: str) -> str:
    """The value as a word of its own, where its script has words."""
    before = _BEFORE if _has_words(value[0]) else ""
    after = _AFTER if _has_words(value[-1]) else ""
    return f"{before}{re.escape(value)}{after}"


def _has_words(char: str) -> bool:
    return char.isalnum() and char < _CHINESE


def _shapes() -> list[str]:
    return [f"(?P<s_{name}>{shape})" for name, shape in _SHAPES.items()]
