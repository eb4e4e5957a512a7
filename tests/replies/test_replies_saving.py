"""Keeping a written reply as a canned one: the next buyer must not read the last one's name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox import replies
from sellerinbox.domain.errors import ConfigError, UsageError
from sellerinbox.domain.text import clean

VALUES = {
    "buyer": "Anna",
    "order": "12-34567-89012",
    "item": "Brass lamp",
    "tracking": "AB123456789GB",
    "carrier": "Royal Mail",
    "shipped_on": "Tuesday 19 Nov",
    "next_working_day": "Monday 25 Nov",
    "total": "20.00 GBP",
    "marketplace": "eBay",
}


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Hi Anna, order 12-34567-89012.", "Hi {{ buyer }}, order {{ order }}."),
        ("Annabel and Anna's", "Annabel and {{ buyer }}'s"),
        ("by Royal Mail, AB123456789GB", "by {{ carrier }}, {{ tracking }}"),
        ("on Tuesday 19 Nov, answer Monday 25 Nov", "on {{ shipped_on }}, answer {{ next_working_day }}"),
        ("Your Brass lamp for 20.00 GBP", "Your {{ item }} for {{ total }}"),
        ("another order: 98-76543-21098", "another order: {{ order }}"),
        ("number RR987654321DE", "number {{ tracking }}"),
        ("until 3 December 2024 or 2024-12-05", "until {{ date }} or {{ date }}"),
        ("bis Montag, den 2. Dezember", "bis {{ date }}"),
        ("12月3日星期二之前", "{{ date }}之前"),
        ("I refund £5.50 or 6,00 € or 7 EUR", "I refund {{ amount }} or {{ amount }} or {{ amount }}"),
        ("May I ask? 3 of 4 in 2 days", "May I ask? 3 of 4 in 2 days"),
    ],
)
def test_facts_become_variables(text: str, template: str) -> None:
    assert replies.suggest_placeholders(text, VALUES) == template


def test_a_chinese_name_is_found_without_gaps() -> None:
    assert (
        replies.suggest_placeholders("王小明您好，订单12-34567-89012", {**VALUES, "buyer": "王小明"}) == "{{ buyer }}您好，订单{{ order }}"
    )


def test_a_name_too_short_to_be_told_from_words_is_left() -> None:
    assert replies.suggest_placeholders("Al, always", {"buyer": "Al"}) == "Al, always"


@given(st.text(max_size=80))
def test_what_was_typed_comes_back_word_for_word_and_nothing_in_it_is_a_template(text: str) -> None:
    template = replies.suggest_placeholders(text, {})
    names = ("order", "tracking", "date", "amount")

    if not any(f"{{{{ {name} }}}}" in template for name in names):
        assert replies.fill(template, {}).missing == ()
        assert "".join(replies.fill(template, {}).text.split()) == "".join(clean(text).replace("\ue000", "").split())


@pytest.mark.parametrize(
    "text", ["{{ ''.__class__ }}", "{tracking}", "{% if x %}", "{% raw %}{{ order }}{% endraw %}", "{# a #}", "{{", "}}"]
)
def test_braces_that_were_typed_stay_braces(text: str) -> None:
    assert replies.fill(replies.suggest_placeholders(text, VALUES), VALUES).text == text


def test_a_saved_reply_is_found_and_says_the_same(tmp_path: Path) -> None:
    text = 'Hello {{ buyer }},\n\n"quoted" \\ and \'single\' """triple""" ünï 中文\n\nBest wishes'

    path = replies.save_canned(tmp_path / "replies", "spare-lid", "Spare lid", text, "en")

    saved = replies.load(tmp_path / "replies", strict=True).by_name("spare-lid")
    assert saved is not None
    assert saved.texts == {"en": text}
    assert saved.source == path
    assert saved.title() == "Spare lid"


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    (tmp_path / "lid.toml").write_text("# the seller's own notes\n")

    first = replies.save_canned(tmp_path, "lid", "Lid", "One", "en")
    second = replies.save_canned(tmp_path, "lid", "Lid", "Two", "en")
    third = replies.save_canned(tmp_path, "wismo", "Mine", "Three", "en", taken={"wismo", "wismo-2"})

    assert [path.name for path in (first, second, third)] == ["lid-2.toml", "lid-3.toml", "wismo-3.toml"]
    assert (tmp_path / "lid.toml").read_text() == "# the seller's own notes\n"
    loaded = replies.load(tmp_path, strict=True)
    assert {"lid-2", "lid-3", "wismo-3"} <= {reply.name for reply in loaded.all()}


@pytest.mark.parametrize("name", ["", "../evil", "a/b", "a b", "1", "x" * 50, ".", "con.toml"])
def test_a_name_that_could_be_a_path_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        replies.save_canned(tmp_path, name, "x", "text", "en")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(ConfigError):
        replies.save_canned(tmp_path / "file", "lid", "x", "text", "en")
    with pytest.raises(UsageError):
        replies.save_canned(tmp_path, "lid", "x", "  ", "en")


def test_a_file_that_appears_in_the_same_moment_is_not_written_over_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lid.toml").write_text("# theirs\n")
    monkeypatch.setattr(Path, "exists", lambda self: False)

    assert replies.save_canned(tmp_path, "lid", "Lid", "One", "en").name == "lid-2.toml"
    assert (tmp_path / "lid.toml").read_text() == "# theirs\n"
