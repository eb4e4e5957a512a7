"""What a seller types is what is looked for: any text is a query, and a mistake says what there is instead."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox.domain.errors import QueryError
from sellerinbox.domain.query import IS, LONGEST, MOST_TERMS, VALUES, Filter, Query, Word, parse
from sellerinbox.domain.times import by, is_moment, since

PARTS = st.sampled_from(
    [
        *(f"{operator}:" for operator in VALUES),
        *(f"{operator}:{value}" for operator, known in VALUES.items() for value in known or ("bob",)),
        *(
            '"',
            "“",
            "”",
            "-",
            " ",
            "　",
            "\0",
            "发货",
            "C++",
            "a:b",
            "http://x.y",
            "7d",
            "：",
            "\ud800",
            "ß",
            "from:“Bob Stone”",
            'tag:"a b"',
        ),
    ]
)
QUERIES = st.one_of(st.text(st.characters(), max_size=80), st.lists(PARTS, max_size=12).map("".join))


def read(text: str) -> tuple[Query, QueryError | None]:
    """The query, or the mistake in it."""
    try:
        return parse(text), None
    except QueryError as error:
        return Query(()), error


def bare(query: Query) -> list[tuple[object, ...]]:
    """The terms without their places."""
    return [term[2:] for term in query.terms]


@given(QUERIES)
def test_any_text_is_a_query_or_says_why_not(text: str) -> None:
    query, mistake = read(text)
    if mistake is None:
        assert len(query.terms) <= MOST_TERMS
    else:
        assert 0 <= mistake.start < mistake.end <= len(text)
        assert str(mistake).endswith(".")
        assert "\n" not in str(mistake)


@given(QUERIES)
def test_a_query_written_out_means_the_same(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    again = parse(str(query))
    assert bare(again) == bare(query)
    assert str(again) == str(query)


@given(QUERIES)
def test_places_are_in_order_and_cover_everything_but_gaps(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    end = 0
    for term in query.terms:
        assert text[end : term.start].strip(" \0\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2000\u2028\u2029　").strip() == ""
        assert term.start < term.end
        end = term.end


@given(QUERIES)
def test_a_query_half_typed_is_never_worse_than_typed(text: str) -> None:
    try:
        whole = parse(text)
    except QueryError:
        return
    assert parse(text, typing=True) == whole


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Päckchen 发货", [Word(0, 8, False, "Päckchen"), Word(9, 11, False, "发货")]),
        ('-"not arrived" x', [Word(0, 14, True, "not arrived", True, True), Word(15, 16, False, "x")]),
        ('"half typed', [Word(0, 11, False, "half typed", True, False)]),
        ("“发货 了”", [Word(0, 6, False, "发货 了", True, True)]),
        ("From:Bob", [Filter(0, 8, False, "from", "Bob")]),
        ("from：bob", [Filter(0, 8, False, "from", "bob")]),
        ('-from:"Bob Stone"', [Filter(0, 17, True, "from", "Bob Stone")]),
        ("is:UNREAD", [Filter(0, 9, False, "is", "unread")]),
        ("from:", [Filter(0, 5, False, "from", "", False)]),
        ("re:found a:b http://x.y", [Word(0, 8, False, "re:found"), Word(9, 12, False, "a:b"), Word(13, 23, False, "http://x.y")]),
        ("- --x", [Word(0, 1, False, "-"), Word(2, 5, True, "-x")]),
        ("before:7d due:2h", [Filter(0, 9, False, "before", "7d"), Filter(10, 16, False, "due", "2h")]),
    ],
)
def test_what_is_typed_becomes_terms(text: str, terms: list[Word | Filter]) -> None:
    assert list(parse(text).terms) == terms


@pytest.mark.parametrize("known", IS)
def test_every_word_that_is_knows_may_be_half_typed(known: str) -> None:
    for end in range(len(known)):
        assert parse(f"is:{known[:end]}", typing=True).filters == () or known[:end] in IS
    assert parse(f"is:{known}", typing=True).filters[0].value == known


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("is:unraed", "the nearest one is “unread”"),
        ("x has:foto", "attachment, order, tracking, note, draft, promise"),
        ("promise:late", "open, due, overdue, kept"),
        ("before:2026-02-30", "2026-11-01"),
        ("after:soon", "yesterday"),
        ("due:", ""),
        ("due:whenever", "2h"),
    ],
)
def test_a_value_that_does_not_exist_names_those_that_do(text: str, named: str) -> None:
    if not named:
        assert parse(text).filters == ()
        return
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert named in str(caught.value)
    assert text[caught.value.start : caught.value.end] == text.split()[-1]


def test_a_half_typed_value_is_a_mistake_once_more_is_typed_behind_it() -> None:
    assert parse("is:un", typing=True).filters == ()
    with pytest.raises(QueryError):
        parse("is:un ", typing=True)
    with pytest.raises(QueryError):
        parse("is:xy", typing=True)


def test_what_is_kept_may_not_hold_an_operator_that_does_not_exist() -> None:
    with pytest.raises(QueryError, match=r"no operator “form:” .*“from”"):
        parse("is:open form:bob", strict=True)
    assert parse('"form:bob" is:open', strict=True).words[0].text == "form:bob"


def test_a_whole_message_pasted_is_cut() -> None:
    query = parse("word " * 5000)
    assert len(query.terms) <= MOST_TERMS
    assert parse("x" * 100_000).words[0].text == "x" * LONGEST


def test_nothing_asked_for_is_false() -> None:
    assert not parse("")
    assert not parse("from: is:")
    assert parse("x")
    assert parse("-x")
    assert parse("is:open")


BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""In Berlin it is Monday already."""


@pytest.mark.parametrize(
    ("typed", "begin"),
    [
        ("today", "2026-11-23T00:00+01:00"),
        ("yesterday", "2026-11-22T00:00+01:00"),
        ("mon", "2026-11-23T00:00+01:00"),
        ("sunday", "2026-11-22T00:00+01:00"),
        ("tue", "2026-11-17T00:00+01:00"),
        ("7d", "2026-11-15T23:30+00:00"),
        ("2w", "2026-11-08T23:30+00:00"),
        ("3h", "2026-11-22T20:30+00:00"),
        ("2026-07-01", "2026-07-01T00:00+02:00"),
        ("2026/7/1", "2026-07-01T00:00+02:00"),
        ("2026-07", "2026-07-01T00:00+02:00"),
        ("2025", "2025-01-01T00:00+01:00"),
    ],
)
def test_a_time_counted_backwards(typed: str, begin: str) -> None:
    assert is_moment(typed)
    assert since(typed, SUNDAY, BERLIN) == datetime.fromisoformat(begin)


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("today", "2026-11-24T00:00+01:00"),
        ("tomorrow", "2026-11-25T00:00+01:00"),
        ("mon", "2026-11-24T00:00+01:00"),
        ("fri", "2026-11-28T00:00+01:00"),
        ("2h", "2026-11-23T01:30+00:00"),
        ("2026-12-24", "2026-12-25T00:00+01:00"),
        ("2026-12", "2027-01-01T00:00+01:00"),
        ("2027", "2028-01-01T00:00+01:00"),
    ],
)
def test_a_time_counted_forwards(typed: str, end: str) -> None:
    assert by(typed, SUNDAY, BERLIN) == datetime.fromisoformat(end)


@given(st.text(st.characters(), max_size=12))
def test_no_text_breaks_the_reading_of_times(typed: str) -> None:
    if is_moment(typed):
        assert since(typed, SUNDAY, BERLIN).tzinfo is not None
        assert by(typed, SUNDAY, BERLIN).tzinfo is not None


@pytest.mark.parametrize("typed", ["2026-13", "2026-02-30", "1969", "9999-01-01", "12345d", "0x7d", "mo", "٧d", "", "２０２６"])
def test_what_is_no_time(typed: str) -> None:
    assert not is_moment(typed)
