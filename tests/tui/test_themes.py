"""Themes: readable, complete, and a mistake in one is a sentence, never the end of the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Footer, Input, OptionList, Static

from sellerinbox.domain.errors import ConfigError
from sellerinbox.tui import themes

OURS = {theme.name: theme for theme in themes.bundled()}
TRUE_COLOUR = [name for name, theme in OURS.items() if not theme.ansi]
BUILT_IN = [name for name, theme in BUILTIN_THEMES.items() if not theme.ansi]
WORDS = ("unread", "late", "ours", "theirs", "due", "blocked", "muted")

# What the sixteen names mean on the Linux console (VGA), in xterm and in Windows' terminal.
NAMES = "black red green yellow blue magenta cyan white".split()  # noqa: SIM905
PALETTES = {
    "vga": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, from its definition; the program's own arithmetic is not used to judge it."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colours(theme: Theme) -> Mapping[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


def palette(name: str) -> dict[str, str]:
    values = [f"#{value}" for value in PALETTES[name].split()]
    return {f"ansi_{'bright_' * (number > 7)}{NAMES[number % 8]}": value for number, value in enumerate(values)}


def test_the_themes_promised_are_there() -> None:
    assert {"ledger", "paper", "contrast", "sixteen"} <= OURS.keys()
    assert themes.DEFAULT in OURS
    assert OURS["ledger"].dark
    assert not OURS["paper"].dark


@pytest.mark.parametrize("name", OURS)
def test_every_bundled_theme_passes_the_checks_and_names_all_variables(name: str) -> None:
    folder = Path(__file__).parents[2] / "themes"

    theme = themes.read(folder / f"{name}.toml")

    assert theme.variables.keys() >= themes.DEFAULT_VARIABLES.keys()
    assert themes.load_one(name, None) == theme
    assert themes.defaults_for(theme) == {}


@pytest.mark.parametrize("name", TRUE_COLOUR)
def test_text_can_be_read_on_every_background_and_on_the_selected_row(name: str) -> None:
    wanted = 7.0 if name == "contrast" else 4.5
    known = colours(OURS[name])
    backgrounds = [known[place] for place in ("background", "surface", "panel", "selection")]
    texts = [known[word] for word in ("foreground", "primary", "secondary", "accent", "warning", "error", "success", *WORDS)]

    worst = min(contrast(text, background) for text in texts for background in backgrounds)

    assert worst >= wanted


@pytest.mark.parametrize("name", TRUE_COLOUR)
def test_the_cursor_of_menus_and_the_footer_can_be_read(name: str) -> None:
    wanted = 7.0 if name == "contrast" else 4.5
    known = colours(OURS[name])

    assert contrast(known["block-cursor-foreground"], known["block-cursor-background"]) >= wanted
    assert contrast(known["block-cursor-blurred-foreground"], known["block-cursor-blurred-background"]) >= wanted
    assert contrast(known["footer-key-foreground"], known["footer-background"]) >= wanted
    assert contrast(known["footer-description-foreground"], known["footer-background"]) >= wanted
    assert contrast(known["foreground"], known["input-selection-background"]) >= wanted


@pytest.mark.parametrize("name", TRUE_COLOUR)
def test_the_selected_row_and_the_lines_are_seen(name: str) -> None:
    known = colours(OURS[name])

    assert contrast(known["selection"], known["background"]) >= 1.25
    assert contrast(known["rule"], known["background"]) >= 1.4


@pytest.mark.parametrize("terminal", PALETTES)
def test_sixteen_colours_can_be_read_on_real_terminals(terminal: str) -> None:
    real, theme = palette(terminal), OURS["sixteen"]
    ours = {name: real[theme.variables[name]] for name in themes.DEFAULT_VARIABLES}

    assert min(contrast(ours[word], real["ansi_black"]) for word in WORDS) >= 4.5
    # 3.6 is light green on the blue of Windows; every other pair reaches 4.5.
    assert min(contrast(ours[word], ours["selection"]) for word in WORDS) >= 3.5
    assert contrast(real[theme.error or ""], real["ansi_black"]) >= 4.5


def test_sixteen_uses_nothing_but_the_sixteen() -> None:
    theme = OURS["sixteen"]
    allowed = set(palette("vga"))
    named = {value for name, value in theme.variables.items() if "style" not in name}
    fields = {theme.primary, theme.secondary, theme.warning, theme.error, theme.success, theme.accent, theme.foreground, theme.background}

    assert theme.ansi
    assert named | fields <= allowed


@pytest.mark.parametrize("name", BUILT_IN)
def test_our_variables_can_be_read_in_every_theme_of_textual(name: str) -> None:
    theme = BUILTIN_THEMES[name]
    ours = themes.defaults_for(theme)
    background = colours(theme)["background"]

    assert ours.keys() == themes.DEFAULT_VARIABLES.keys()
    assert min(contrast(ours[word], place) for word in WORDS for place in (background, ours["selection"])) >= 4.5


class Shop(App[None]):
    CSS = """
    Screen { background: $background; color: $foreground; }
    #row { background: $selection; color: $unread; border: solid $rule; }
    #late { color: $late; } #ours { color: $ours; } #theirs { color: $theirs; }
    #due { color: $due; } #blocked { color: $blocked; } #muted { color: $muted; }
    """

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults_for(self.current_theme)

    def compose(self) -> ComposeResult:
        yield Static("row", id="row")
        for word in ("late", "ours", "theirs", "due", "blocked", "muted"):
            yield Static(word, id=word)
        yield Input("text")
        yield OptionList("one", "two")
        yield Footer()


async def test_every_theme_can_be_put_on_a_running_program() -> None:
    app = Shop()
    async with app.run_test() as pilot:
        for theme in OURS.values():
            app.register_theme(theme)
        for name in (*OURS, *BUILTIN_THEMES):
            app.theme = name
            await pilot.pause()
            row = app.query_one("#row")
            wanted = {**themes.defaults_for(app.current_theme), **app.current_theme.variables}
            assert row.styles.background == Color.parse(wanted["selection"])
            assert row.styles.color == Color.parse(wanted["unread"])


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(content)
    return path


def test_a_sellers_theme_replaces_ours_and_adds_to_them(tmp_path: Path) -> None:
    write(tmp_path, "ledger", 'primary = "#112233"\n')
    write(tmp_path, "mine", 'primary = "#445566"\n[variables]\nselection = "#000000"\n')

    loaded = {theme.name: theme for theme in themes.load(tmp_path)}

    assert loaded["ledger"].primary == "#112233"
    assert loaded["mine"].variables["selection"] == "#000000"
    assert loaded.keys() == OURS.keys() | {"mine"}
    assert set(themes.names(tmp_path)) == loaded.keys()
    assert themes.load_one("ledger", tmp_path) == loaded["ledger"]


MISTAKES = [
    ('primry = "#112233"', "“primry” is not known in a theme; did you mean “primary”?"),
    ('primary = "#11223"', "primary = '#11223' is not a colour"),
    ("primary = 7", "primary = 7 is not a colour"),
    ("dark = true", "needs at least its primary colour"),
    ('primary = "#112233"\ndark = "yes"', "dark is either true or false"),
    ('primary = "#112233"\nname = "other"', "the theme's name is the file's"),
    ('primary = "#112233"\n[variables]\nunraed = "#fff"', "“unraed” is not a known variable; did you mean “unread”?"),
    ('primary = "#112233"\n[variables]\nunread = "auto 50%"', "unread = 'auto 50%' is not a colour"),
    ('primary = "#112233"\n[variables]\nlink-style = "loud"', "link-style = 'loud' is not a text style"),
    ('primary = "#112233"\n[variables]\nlink-style-hover = 3', "link-style-hover = 3 is not a text style"),
    ('primary = "#112233"\n[variables]\nborder = "} * {"', "border = '} * {' is not a colour"),
    ('primary = "#112233"\nvariables = 3', "variables are written under a line [variables]"),
    ("primary = ", "can't be read"),
]


@pytest.mark.parametrize(("content", "sentence"), MISTAKES)
def test_a_mistake_in_a_theme_is_named_and_loses_no_other(tmp_path: Path, content: str, sentence: str) -> None:
    path = write(tmp_path, "mine", content)
    problems: list[ConfigError] = []

    with pytest.raises(ConfigError) as caught:
        themes.load(tmp_path)
    loaded = themes.load(tmp_path, problems)

    assert sentence in str(caught.value)
    assert str(path) in str(caught.value)
    assert {theme.name for theme in loaded} == OURS.keys()
    assert len(problems) == 1


def test_only_the_theme_in_use_is_read_at_start(tmp_path: Path) -> None:
    write(tmp_path, "broken", "primary = ")

    assert themes.load_one("paper", tmp_path) == OURS["paper"]
    with pytest.raises(ConfigError):
        themes.load_one("broken", tmp_path)


@pytest.mark.parametrize("name", ["nord", "", "../secret", "a/b", "/etc/passwd", "."])
def test_a_name_without_a_file_of_its_own_is_nothing(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "themes"
    folder.mkdir()
    write(tmp_path, "secret", 'primary = "#112233"\n')

    assert themes.load_one(name, folder) is None
