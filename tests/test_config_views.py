"""Saved views: a search that is kept must go on meaning what the seller thinks it means."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sellerinbox.config import Paths, SavedView, load, paths
from sellerinbox.config.views import BUILT_IN
from sellerinbox.domain.errors import ConfigError
from sellerinbox.inbox.conversations import VIEWS


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    return paths(tmp_path, {})


def settings(home: Paths, text: str) -> Paths:
    home.config.mkdir(parents=True, exist_ok=True)
    home.config_file.write_text(text, "utf-8")
    return home


def test_views_are_read_in_their_order(home: Paths) -> None:
    settings(home, '[views.late]\nquery = "is:open before:5d"\nkey = "f5"\n[views."Anna & co"]\nquery = "from:anna"\n')
    assert load(home, {}).views == (SavedView("late", "is:open before:5d", "f5"), SavedView("Anna & co", "from:anna"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[views.late]\nquery = "form:bob"', "“views.late.query”: There is no operator “form:”"),
        ('[views.late]\nquery = "is:opne"', "“views.late.query”: “is:opne” is nothing to look for (the nearest one is “open”)"),
        ('[views.late]\nquery = "from:"', "“views.late.query” asks for nothing"),
        ('[views.late]\nquery = ""', "“views.late.query” is missing"),
        ("[views.late]\nkey = 'f5'", "“views.late.query” is missing"),
        ("[views.late]\nquery = 3", "“views.late.query” must be a text"),
        ("[views.late]\nquery = 'x'\nkey = ''", "“views.late.key” is empty"),
        ("[views.late]\nquery = 'x'\nkei = 'f5'", "“views.late.kei” is not a setting; the nearest one is “key”"),
        ("views = 3", "“views” must be a table"),
        ("[views]\nlate = 'is:open'", "“views.late” must be a table: [views.late]"),
        ("[views.due]\nquery = 'x'", "“views.due” has the name of a list that is there already"),
        ("[views.\"\"]\nquery = 'x'", "needs a name"),
        ("[views.a]\nquery = 'x'\nkey = 'f5'\n[views.b]\nquery = 'y'\nkey = 'f5'", "“views.b.key” is “f5”, as “views.a.key” is already"),
        (
            "[keys]\n'reply.canned.1' = 'f5'\n[views.b]\nquery = 'y'\nkey = 'f5'",
            "“views.b.key” is “f5”, as “keys.reply.canned.1” is already",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_key(home: Paths, text: str, named: str) -> None:
    settings(home, text)
    with pytest.raises(ConfigError) as caught:
        load(home, {})
    assert named in str(caught.value)
    assert str(caught.value).startswith(str(home.config_file))
    assert "\n" not in str(caught.value)


def test_no_view_hides_one_of_ours() -> None:
    assert set(VIEWS) == BUILT_IN


def test_who_has_no_views_does_not_wait_for_the_search_language(home: Paths) -> None:
    settings(home, 'theme = "paper"\n')
    code = (
        "import sys; from pathlib import Path; from sellerinbox.config import load, paths\n"
        f"load(paths(Path({str(home.config.parent)!r}), {{}}), {{}})\n"
        "sys.exit('sellerinbox.domain.query' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
