"""Themes: `themes/*.toml`, ours and the seller's own, as Textual's `Theme`.

The file's name is the theme's name, so that the one in use is read at start-up without
looking at the others. Everything a file says is checked here: Textual would end the program
in the middle of a screen for a misspelt colour.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.theme import Theme

from sellerinbox.domain.errors import ConfigError

DEFAULT = "ledger"
"""The theme of a seller who has not chosen one."""

DEFAULT_VARIABLES: Mapping[str, str] = {
    "unread": "#f5dc9b",
    "late": "#ff9a8c",
    "ours": "#93d4b4",
    "theirs": "#dbe3d6",
    "due": "#e6b85f",
    "blocked": "#f09fc0",
    "selection": "#25402f",
    "muted": "#9caca2",
    "rule": "#35483f",
}
"""Our variables, with values for a dark background; `defaults_for` fits them to a theme that names none.

`selection` is the selected row's background (never reverse video: colours of words on it keep
their meaning), `rule` the colour of lines, the others are colours of text.
"""

_OTHER_FIELDS = ("name", "dark", "ansi", "luminosity_spread", "text_alpha", "variables")
_FIELDS = tuple(field.name for field in fields(Theme))
_COLOURS = tuple(name for name in _FIELDS if name not in _OTHER_FIELDS)
_NAME = re.compile(r"[\w-]{1,64}")
_ALPHA = re.compile(r"\s+\d{1,3}(\.\d+)?%$")
_STYLES = frozenset({"none", "bold", "b", "dim", "italic", "i", "underline", "u", "underline2", "strike", "reverse", "not"})
_TEXT = ("unread", "late", "ours", "theirs", "due", "blocked", "muted")
_READABLE = 4.5
"""Contrast of text to its background: WCAG 2.2, level AA."""


def names(directory: Path | None) -> tuple[str, ...]:
    """Names of all theme files, ours and the seller's, without reading any."""
    return tuple(sorted({path.stem for folder in _folders(directory) for path in folder.glob("*.toml")}))


def bundled() -> tuple[Theme, ...]:
    """The themes that come with the program."""
    return load(None)


def load(directory: Path | None, problems: list[ConfigError] | None = None) -> tuple[Theme, ...]:
    """All themes, the seller's own in place of ours of the same name.

    Raises `ConfigError` at the first mistake; with a list for `problems` they are put there,
    and in place of a broken theme of the seller's there is ours of that name, if any.
    """
    themes: dict[str, Theme] = {}
    for folder in _folders(directory):
        for path in sorted(folder.glob("*.toml")):
            try:
                themes[path.stem] = read(path)
            except ConfigError as error:
                if problems is None:
                    raise
                problems.append(error)
    return tuple(themes.values())


def load_one(name: str, directory: Path | None) -> Theme | None:
    """One theme by name, reading only its file; None when there is none (it may be one of Textual's).

    Raises `ConfigError` when its file is wrong.
    """
    if not _NAME.fullmatch(name):
        return None
    for folder in reversed(_folders(directory)):
        path = folder / f"{name}.toml"
        if path.is_file():
            return read(path, trusted=folder == _bundled_folder())
    return None


def read(path: Path, *, trusted: bool = False) -> Theme:
    """The theme in a file. Raises `ConfigError`, naming the file, the key and what is wrong.

    `trusted` leaves out the checks of keys and values, which for our own files the tests make:
    asking Textual for its variables costs more at start-up than reading the theme.
    """
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(f"The theme {path} can't be read: {reason}.") from error
    if not trusted:
        _check_fields(document, path)
        for name, value in document.get("variables", {}).items():
            _check_variable(name, value, path)
    return Theme(**{**document, "name": path.stem})


def defaults_for(theme: Theme) -> dict[str, str]:
    """Our variables for a theme that names none, readable on its background and its selection.

    For `App.get_theme_variable_defaults`; costs nothing for a theme that names them all.
    """
    if DEFAULT_VARIABLES.keys() <= theme.variables.keys():
        return {}
    return dict(_ANSI_DARK if theme.dark else _ANSI_LIGHT) if theme.ansi else _derived(theme)


_ANSI_DARK = {
    "unread": "ansi_bright_white",
    "late": "ansi_bright_yellow",
    "ours": "ansi_bright_green",
    "theirs": "ansi_white",
    "due": "ansi_bright_cyan",
    "blocked": "ansi_bright_yellow",
    "selection": "ansi_blue",
    "muted": "ansi_white",
    "rule": "ansi_bright_black",
}
_ANSI_LIGHT = {
    "unread": "ansi_blue",
    "late": "ansi_red",
    "ours": "ansi_blue",
    "theirs": "ansi_black",
    "due": "ansi_black",
    "blocked": "ansi_magenta",
    "selection": "ansi_white",
    "muted": "ansi_black",
    "rule": "ansi_bright_black",
}


def _folders(directory: Path | None) -> tuple[Path, ...]:
    return (_bundled_folder(), directory) if directory is not None else (_bundled_folder(),)


@cache
def _bundled_folder() -> Path:
    """In the wheel the themes lie inside the package; an editable install has them at the top of the checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "themes"
    return packaged if packaged.is_dir() else package.parents[1] / "themes"


def _check_fields(document: dict[str, object], path: Path) -> None:
    for key, value in document.items():
        if key not in _FIELDS:
            raise ConfigError(f"{path}: “{key}” is not known in a theme{_nearest(key, _FIELDS)}")
        if key in _COLOURS:
            _check_colour(key, value, path)
        elif key in ("dark", "ansi") and not isinstance(value, bool):
            raise ConfigError(f"{path}: {key} is either true or false.")
        elif key in ("luminosity_spread", "text_alpha") and not isinstance(value, int | float):
            raise ConfigError(f"{path}: {key} is a number between 0 and 1.")
        elif key == "variables" and not isinstance(value, dict):
            raise ConfigError(f"{path}: variables are written under a line [variables].")
    if "primary" not in document:
        raise ConfigError(f"{path}: a theme needs at least its primary colour.")
    if document.get("name", path.stem) != path.stem:
        raise ConfigError(f"{path}: the theme's name is the file's, so write name = \"{path.stem}\" or rename the file.")


def _check_variable(name: str, value: object, path: Path) -> None:
    if name in DEFAULT_VARIABLES:
        _check_colour(name, value, path)
    elif name not in _textual_variables():
        raise ConfigError(f"{path}: “{name}” is not a known variable{_nearest(name, (*DEFAULT_VARIABLES, *_textual_variables()))}")
    elif "-style" in name:
        if not isinstance(value, str) or not value.strip() or not _STYLES.issuperset(value.split()):
            raise ConfigError(f"{path}: {name} = {value!r} is not a text style; use bold, italic, underline or none.")
    elif not isinstance(value, str) or _ALPHA.sub("", value) not in ("auto", "transparent"):
        _check_colour(name, _ALPHA.sub("", value) if isinstance(value, str) else value, path)


def _check_colour(key: str, value: object, path: Path) -> None:
    try:
        if isinstance(value, str):
            Color.parse(value)
            return
    except ColorParseError:
        pass
    raise ConfigError(f'{path}: {key} = {value!r} is not a colour; write it like "#86bf9f" or "ansi_cyan".')


@cache
def _textual_variables() -> frozenset[str]:
    """Every variable that Textual itself uses; asked of it once, and only for a name that is not ours."""
    probes = (Theme(name="probe", primary="#888888"), Theme(name="probe", primary="ansi_blue", ansi=True))
    generated = {name for probe in probes for name in probe.to_color_system().generate()}
    return frozenset(generated | {"ansi-background", "ansi-foreground"})


def _nearest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only for a mistake, never at start-up

    close = get_close_matches(word, known, n=1)
    return f"; did you mean “{close[0]}”?" if close else "."


def _derived(theme: Theme) -> dict[str, str]:
    background = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    foreground = Color.parse(theme.foreground) if theme.foreground else background.inverse
    primary = Color.parse(theme.primary)
    selection = background.blend(primary, 0.2, alpha=1)
    warning = Color.parse(theme.warning or theme.primary)
    error = Color.parse(theme.error or theme.secondary or theme.primary)
    wishes = {
        "unread": Color.parse(theme.accent or theme.primary),
        "late": error,
        "ours": primary,
        "theirs": foreground,
        "due": warning,
        "blocked": error,
        "muted": foreground.blend(background, 0.35, alpha=1),
    }
    readable = {name: _readable(wishes[name], background, selection).hex for name in _TEXT}
    return {**readable, "selection": selection.hex, "rule": background.blend(foreground, 0.25, alpha=1).hex}


def _readable(wish: Color, *backgrounds: Color) -> Color:
    """The colour nearest to the one wished for that can be read on all the backgrounds."""
    target = backgrounds[0].get_contrast_text(1.0)
    mixes = (wish.blend(target, step / 10, alpha=1) for step in range(11))
    return next((mix for mix in mixes if all(_contrast(mix, back) >= _READABLE for back in backgrounds)), target)


def _contrast(one: Color, other: Color) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
