"""`replies check`: every mistake with its file and its line, before a buyer meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellerinbox.replies.checking import check

HEAD = '[[reply]]\nname = "mine"\ntitle.en = "x"\n'


def places(folder: Path, content: str, **options: object) -> list[tuple[int, bool, str]]:
    (folder / "own.toml").write_text(content, encoding="utf-8")
    return [(mistake.line, mistake.fatal, mistake.what) for mistake in check(folder, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (HEAD + 'text.en = "ok"\nfits.clas = "presale"\n', 5, "did you mean “class”"),
        (HEAD + 'text.en = "ok"\n[reply.locks]\nonce = 1\n', 6, "locks.once = 1"),
        (HEAD + 'text.en = "ok {{ trackin }}"\n', 4, "did you mean “tracking”"),
        (HEAD + 'text.en = """\nHello\n\nyour {trackin}"""\n', 7, "did you mean “tracking”"),
        (HEAD + 'text.en = """\n\n\nHello\n{% if buyer %}x"""\n', 8, "endif"),
        (HEAD + "text.en = '''\nHello {{ buyer }}\n{{ buyer. }}'''\n", 6, "expected name or number"),
        (HEAD + 'text.en = """\na\n{% for i in order %}x{% endfor %}"""\n', 6, "loops are not available"),
        (HEAD + 'text.en = """\na {% if trackin %}b{% endif %}"""\n', 5, "did you mean “tracking”"),
        (HEAD + 'text.en = """a\n{{ buyer | uper }}"""\n', 5, "the filter “uper” is not available"),
        (HEAD + "text.en = 'ok'\n" + HEAD + "text.en = 'ok'\n", 6, "the name is used twice"),
        ('# note\n\n[[reply]]\ntitle.en = "x"\n', 3, "it needs a name"),
        (HEAD + 'text.en = "ok"\neffects.promise = { text = "a", when = "soon" }\n', 5, "when = 'soon'"),
        (HEAD + '[[reply.block]]\nkind = "answer"\nen = "ok"\n\n[[reply.block]]\nkind = "next"\nen = "{{ buyer"\n', 10, "brace"),
        ('[fragments]\nps.en = "ok"\nclosing.en = "{{ buyr }}"\n', 3, "did you mean “buyer”"),
        ('[fragments]\n\nps.en = """\nok\n{% if %}"""\n', 5, "Expected an expression"),
        ('[[reply]]\nname = "mine"\ntext.en = """\n[[reply]]\nname = 7\n"""\ntitel.en = "x"\n', 7, "did you mean “title”"),
        ('[[reply]]\nname = "mine"\ntitle.en = "x"\ntext.en = "a\n', 4, "not TOML"),
        ("replies = 3\n", 0, "every canned reply begins with"),
    ],
)
def test_a_mistake_has_a_line(tmp_path: Path, content: str, line: int, words: str) -> None:
    [(found, fatal, what)] = places(tmp_path, content)

    assert (found, fatal) == (line, True)
    assert words in what


def test_the_sentence_names_file_line_and_reply(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(HEAD + 'text.en = "ok"\nfits.clas = "presale"\n')

    [mistake] = check(tmp_path)

    assert str(mistake) == (
        f"{tmp_path / 'own.toml'}:5: the canned reply “mine” can't be used: “fits.clas” is not known; did you mean “class”?"
    )


def test_what_may_cost_a_buyer_is_said_and_costs_no_reply(tmp_path: Path) -> None:
    content = HEAD + 'text.de = "Hallo {{ buyer }}"\nattachments = ["steps.png", "run.exe"]\n'
    (tmp_path / "run.exe").write_text("x")

    found = places(tmp_path, content)

    assert [fatal for _, fatal, _ in found] == [False, False, False]
    assert [line for line, _, _ in found] == [4, 5, 5]
    whole = " ".join(what for _, _, what in found)
    assert "no English text" in whole
    assert "“steps.png” is not in" in whole
    assert "“run.exe” is of a kind" in whole


def test_an_attachment_that_leads_out_of_the_folder_is_not_taken(tmp_path: Path) -> None:
    folder = tmp_path / "replies"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")

    [(_, _, what)] = places(folder, HEAD + 'text.en = "ok"\nattachments = ["link.txt"]\n')

    assert "is not in" in what


def test_a_text_that_would_be_stopped_is_named_for_each_language(tmp_path: Path) -> None:
    content = HEAD + 'text.en = "Hello {{ buyer }}"\ntext.de = "schlecht {% if shipped %}{{ tracking }}{% endif %}"\n'

    found = places(tmp_path, content, judge=lambda reply, language, text: ["No."] if "AB123" in text else [])

    assert found == [(5, False, "in de it would be stopped: No.")]


def test_good_files_have_no_mistakes(tmp_path: Path) -> None:
    content = (
        HEAD + "text.en = '''\nHello {buyer},\n\n{% if shipped %}No. {{ tracking or \"none\" }}{% endif %}\n{% include 'closing' %}'''\n"
    )

    assert places(tmp_path, content) == []
    assert check(tmp_path / "nowhere") == ()
    assert check(None) == ()
