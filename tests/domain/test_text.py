"""What strangers write can't act on the seller's terminal, and honest text stays as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sellerinbox.domain.text import NAMELESS, REPLACED, clean, clean_line, clean_name, excerpt, marks, same_text, steady

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
HOSTILE = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\x1b\x9b\x9d\x90\x9f[]();?0123456789mKHJcP\\^_\x07\x08\x0c\x85\u202e\u2066\u200d\u200b\ud83e\u0301"),
    ),
    max_size=200,
)


@given(HOSTILE)
@example("again \x1b[\x1b[K K")
@example("\x1b]\x1b]0;x\x07")
@example("\x9b\x9b1m1m")
def test_no_control_character_survives(text: str) -> None:
    assert not CONTROLS.search(clean(text))


@given(HOSTILE)
@example("a\u200d\u200d\u200d\U0001f44d\u200d\u200d\u200d")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(HOSTILE, st.integers(2, 60))
def test_a_line_is_one_line_and_no_longer_than_asked(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert "\n" not in line
    assert len(line) <= limit


@pytest.mark.parametrize(
    "honest",
    [
        "Where is my parcel? It's late :-(",
        "我的包裹在哪里？单号 RR630930672FR",
        "متى يصل الطلب 27-09812-44107؟",
        "שלום, איפה החבילה",
        "می‌خواهم بدانم",
        "क्षत्रिय नमस्ते",
        "สวัสดีครับ พัสดุอยู่ที่ไหน",
        "👩‍🔧 🇬🇧 👍🏽 ❤️ ok",
        "naïve café Größe Übergröße ñandú",
        "Spring [12 mm] [steel] <3 a < b && c > d",
    ],
)
def test_honest_text_stays_letter_by_letter(honest: str) -> None:
    assert clean(honest) == honest


def test_what_was_hidden_is_shown_as_missing_and_marked() -> None:
    cleaned = clean("pay \u202e05\u202c GBP")
    assert cleaned == f"pay {REPLACED}05{REPLACED} GBP"
    assert marks(cleaned)


@pytest.mark.parametrize(
    "name", ["", "\u2060\u2060", "\u3164", "\u202e", " \t\n", "\u2800", "\ufe0f\ufe0e", "\u0301", "\u200d\u200d\u200d", "\u1161"]
)
def test_a_name_that_shows_nothing_is_still_shown_as_something(name: str) -> None:
    assert clean_name(name) == NAMELESS
    assert marks(clean_name(name))


def test_look_alike_letters_are_marked_and_honest_scripts_are_not() -> None:
    assert marks("P\u0430yPal")
    assert not marks("PayPal")
    assert not marks("Москва Moscow")
    assert not marks("müller-hh")


@pytest.mark.parametrize("mark", ["\u0323", "\u0bcd", "\u1161", "\ufe0f", "\U0001f3fb", "\u0323\u0bcd", "\u0bcd\u200d"], ids=ascii)
def test_a_pile_of_what_takes_no_room_is_cut(mark: str) -> None:
    assert len(clean("o" + mark * 40_000)) < 10


def test_columns_are_counted_alike_by_every_terminal() -> None:
    assert steady("\u0639\u200d" * 20) == "\u0639" * 20
    assert steady("\U0001f469\u200d\U0001f527 \u2764\ufe0f") == "\U0001f469\U0001f527 \u2764"


def test_an_unended_sequence_does_not_swallow_the_next_line() -> None:
    assert "this line must stay" in clean("open \x1b]2;abc\nthis line must stay")


@pytest.mark.parametrize(
    "theirs",
    ["Thanks & bye \n", "Thanks &amp; bye", "Thanks & bye\r\n", "Thanks  &  bye", "\uff34hanks & bye"],
)
def test_what_a_marketplace_does_to_a_text_does_not_make_it_another(theirs: str) -> None:
    assert same_text("Thanks & bye", theirs)


def test_another_text_is_another() -> None:
    assert not same_text("Thanks", "Thanks!")


def test_an_excerpt_of_a_megabyte_costs_nothing_and_is_short() -> None:
    assert len(excerpt("word " * 200_000)) <= 160
