"""Two languages: every sentence is in both, with the same values in it, and English costs nothing."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest

import sellerinbox
from sellerinbox import i18n

SOURCE = Path(sellerinbox.__file__).parent
CATALOGUE = i18n.FOLDER / "zh_CN" / "LC_MESSAGES" / "sellerinbox.po"
MARKS = {"_", "N_", "ngettext", "pgettext"}
Message = str | tuple[str, ...]


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module that marks sentences."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text()
        if "sellerinbox.i18n import" in text:
            yield path, ast.parse(text)


def marked(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield node


@pytest.fixture(scope="module")
def wanted() -> set[Message]:
    """All that the program says."""
    from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

    found = extract_from_dir(SOURCE, keywords={**DEFAULT_KEYWORDS, "N_": None})
    return {message for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module")
def translated() -> dict[Message, tuple[str, ...]]:
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    return {m.id: m.string if isinstance(m.string, tuple) else (m.string,) for m in catalogue if m.id and not m.fuzzy}


def test_every_sentence_is_there_in_chinese(wanted: set[Message], translated: dict[Message, tuple[str, ...]]) -> None:
    missing = sorted(map(str, (message for message in wanted if not all(translated.get(message, ("",))))))
    assert not missing, "see “Another language” in docs/development.md"


def test_the_catalogue_holds_nothing_that_is_no_longer_said(wanted: set[Message], translated: dict[Message, tuple[str, ...]]) -> None:
    assert set(translated) <= wanted


def holes(text: str) -> set[tuple[str, str]]:
    """What is filled into a sentence: `{name:spec}` and `%(name)s`."""
    braces = {(name or "", spec or "") for _text, name, spec, _conversion in Formatter().parse(text) if name is not None}
    return braces | {(hole, "%") for hole in re.findall(r"%\(\w+\)[a-z]|%[sdr]", text)}


def test_the_same_values_stand_in_both_languages(translated: dict[Message, tuple[str, ...]]) -> None:
    for message, strings in translated.items():
        ids = (message,) if isinstance(message, str) else message
        literal = any("{" in each and not is_format(each) for each in ids)
        for string in strings:
            assert literal or holes(string) == holes(ids[-1]), (message, string)


def is_format(text: str) -> bool:
    try:
        return bool(holes(text)) or True
    except ValueError:  # braces that mean themselves
        return False


def test_what_is_read_at_run_time_is_what_is_in_the_catalogue() -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    fresh = BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(fresh, read_po(file, locale="zh_CN"))
    assert fresh.getvalue() == CATALOGUE.with_suffix(".mo").read_bytes(), "run pybabel compile, see docs/development.md"


def test_only_whole_sentences_are_looked_up() -> None:
    """An f-string is filled in before it is looked up; inside one, the catalogue's reader sees no mark."""
    for path, tree in modules():
        for call in marked(tree):
            assert not any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in call.args), f"{path}:{call.lineno}"
        for node in ast.walk(tree):
            inside = list(marked(node)) if isinstance(node, ast.JoinedStr) else []
            assert not any(isinstance(call.args[0], ast.Constant) for call in inside), f"{path}:{node.lineno}"  # type: ignore[attr-defined]


def test_nothing_else_is_called_by_the_name_of_the_mark() -> None:
    for path, tree in modules():
        if not re.search(r"sellerinbox\.i18n import .*\b_(?!\w)", path.read_text()):
            continue
        for node in ast.walk(tree):
            taken = (isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)) or (
                isinstance(node, ast.arg) and node.arg == "_"
            )
            assert not taken, f"{path}:{node.lineno}: _ is the mark here"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_SG.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_Hans_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "de_DE.UTF-8", "LC_ALL": "zh_CN"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
    ],
)
def test_the_machine_says_which_language(environ: dict[str, str], language: str) -> None:
    assert i18n.of_machine(environ) == language


def test_a_language_is_spoken_until_another_is() -> None:
    i18n.use("zh_CN")
    assert (i18n._("Undo"), i18n.ngettext("{count} waiting for an answer", "{count} waiting for an answer", 3)) == (
        "撤销",
        "{count} 个待回复",
    )
    assert i18n.language() == "zh_CN"
    i18n.use("en")
    assert i18n._("Undo") == "Undo"
    assert i18n.ngettext("one", "many", 1) == "one"
    with pytest.raises(KeyError):
        i18n.use("tlh")


def test_english_reads_no_catalogue_and_imports_nothing_for_it() -> None:
    ask = "import sys; old = set(sys.modules); from sellerinbox import i18n; i18n.use('en'); i18n._('x'); print(*set(sys.modules) - old)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=30, check=True)
    assert "gettext" not in done.stdout.split()


@pytest.mark.parametrize("way", ["settings", "machine", "environment"])
def test_the_command_line_speaks_the_sellers_language(way: str, tmp_path: Path) -> None:
    environ = {**os.environ, "SELLERINBOX_HOME": str(tmp_path)}
    if way == "settings":
        (tmp_path / "config").mkdir()
        (tmp_path / "config" / "config.toml").write_text('language = "zh_CN"\n')
    elif way == "machine":
        environ["LC_ALL"] = "zh_CN.UTF-8"
    else:
        environ["SELLERINBOX_LANGUAGE"] = "zh_CN"
    environ["PYTHONIOENCODING"] = "utf-8"

    def said(*words: str) -> str:
        done = subprocess.run([sys.executable, "-m", "sellerinbox", *words], capture_output=True, text=True, timeout=30, env=environ)
        return done.stdout + done.stderr

    assert "用法：sellerinbox" in said("--help")
    assert "撤销上一个本机操作" in said("--help")
    assert "缺少参数：KEY" in said("show")
    assert "还没有账号" in said("sync")
