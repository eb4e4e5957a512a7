"""The languages of the program: sentences are written in English and looked up when another is wanted.

English costs nothing: no catalogue is read and nothing is imported. The lowest layer: every
other may mark its sentences with `_`. A sentence with values in it is marked whole and filled
in afterwards, `_("Done: {buyer}.").format(buyer=row.buyer)`; an f-string can't be looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gettext import GNUTranslations

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""What `language` in the settings may be, each in its own words."""
DOMAIN = "sellerinbox"
FOLDER = Path(__file__).parent / "locale"
"""`<language>/LC_MESSAGES/sellerinbox.po` and the `.mo` made from it."""
_SIMPLIFIED = ("zh", "zh_cn", "zh_sg", "zh_hans")
_language = "en"
_catalogue: GNUTranslations | None = None


def _(message: str) -> str:
    """A sentence in the language in use."""
    return message if _catalogue is None else _catalogue.gettext(message)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name)
    """Mark a text of a table for the catalogue; whoever shows it calls `_` on it."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for a count; the count itself is filled in afterwards."""
    if _catalogue is None:
        return one if count == 1 else many
    return _catalogue.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """A word that English uses for two things; the context tells them apart."""
    return message if _catalogue is None else _catalogue.pgettext(context, message)


def language() -> str:
    """The language in use, a key of `LANGUAGES`."""
    return _language


def use(wanted: str) -> None:
    """Speak this language from now on. Raises `KeyError` for one that isn't in `LANGUAGES`."""
    global _language, _catalogue
    if wanted == _language:
        return
    LANGUAGES[wanted]
    _catalogue = None if wanted == "en" else _read(wanted)
    _language = wanted


def of_machine(environ: Mapping[str, str]) -> str:
    """The language that the machine is set to, as far as it is one of ours; English otherwise."""
    named = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    locale = named.partition(".")[0].partition("@")[0].replace("-", "_").lower()
    return "zh_CN" if locale in _SIMPLIFIED or locale.startswith("zh_hans_") else "en"


def _read(wanted: str) -> GNUTranslations:
    from gettext import GNUTranslations

    with (FOLDER / wanted / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)
