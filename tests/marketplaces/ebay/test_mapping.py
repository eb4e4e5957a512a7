"""What a stranger wrote becomes a message that is readable and harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox.domain.accounts import Seller
from sellerinbox.domain.messages import Message
from sellerinbox.domain.models import Direction, Kind
from sellerinbox.marketplaces.ebay import mapping
from sellerinbox.marketplaces.ebay.dates import iso, parse_date
from sellerinbox.marketplaces.ebay.mapping import safe_file_name
from tests.marketplaces.ebay_shop import at

ME = mapping.names_of(Seller("user-1", "Tinas_Corner"))
NOW = "2026-11-22T10:00:00.000Z"


def read(body: object = "Hello", kind: Kind = Kind.BUYER, **fields: object) -> Message:
    entry = {
        "messageId": "1",
        "createdDate": NOW,
        "messageBody": body,
        "senderUsername": "otto",
        "recipientUsername": "tinas_corner",
        **fields,
    }
    return mapping.message(entry, kind, mapping.parties(kind, ME, [entry]))


@pytest.mark.parametrize(
    ("body", "text", "raw"),
    [
        ("I <3 this", "I <3 this", None),
        ("a < b\n\nc", "a < b\n\nc", None),
        ("Tom &amp; me", "Tom & me", "Tom &amp; me"),
        ("&#27;[2Jgone", "[2Jgone", "&#27;[2Jgone"),
        ("red \x1b[31malarm", "red alarm", "red \x1b[31malarm"),
        ("half \ud83d a smile", "half \ufffd a smile", "half \\ud83d a smile"),
        ("", "", None),
        (None, "", None),
        (4711, "4711", None),
    ],
    ids=repr,
)
def test_texts(body: object, text: str, raw: str | None) -> None:
    message = read(body)
    assert (message.text, message.raw) == (text, raw)
    (message.raw or "").encode()


@pytest.mark.parametrize(
    ("sender", "recipient", "direction"),
    [
        ("otto", "TINAS_CORNER", Direction.IN),
        ("tinas_corner", "otto", Direction.OUT),
        ("USER-1", "otto", Direction.OUT),
        (None, "otto", Direction.OUT),
        (None, "tinas_corner", Direction.IN),
        ("otto", None, Direction.IN),
        ("tinas_corner", None, Direction.OUT),
        (None, None, Direction.IN),
    ],
)
def test_directions(sender: str | None, recipient: str | None, direction: Direction) -> None:
    assert read(senderUsername=sender, recipientUsername=recipient).direction is direction
    assert read(senderUsername=None, recipientUsername=None, senderUserName=sender, recipientUserName=recipient).direction is direction


def test_a_seller_who_was_renamed_keeps_his_old_replies() -> None:
    old = {"messageId": "1", "createdDate": NOW, "senderUsername": "tinas_old_name", "recipientUsername": "otto"}
    new = {"messageId": "2", "createdDate": NOW, "senderUsername": "otto", "recipientUsername": "tinas_corner"}
    who = mapping.parties(Kind.BUYER, ME, [new, old])
    assert who.other == "otto"
    assert mapping.message(old, Kind.BUYER, who).direction is Direction.OUT


def test_a_picture_without_words() -> None:
    media = [
        {"mediaName": "../../.bashrc", "mediaType": "IMAGE", "mediaUrl": "https://i.ebayimg.example/1.jpg"},
        "x",
        {"mediaUrl": "file:///etc/passwd"},
    ]
    message = read("", messageMedia=media)
    assert [(file.name, file.kind, file.url) for file in message.attachments] == [
        ("bashrc", "IMAGE", "https://i.ebayimg.example/1.jpg"),
        ("attachment", "", ""),
    ]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo.jpg", "photo.jpg"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\x.exe", "x.exe"),
        ("..", "attachment"),
        ("-rf", "rf"),
        ("nul.txt", "_nul.txt"),
        ("C:\\a.txt", "a.txt"),
        ("a\x00b.txt", "ab.txt"),
        ("gpj\u202etxt.exe", "gpjtxt.exe"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
        ("包裹.jpg", "包裹.jpg"),
    ],
)
def test_file_names_stay_in_their_folder(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (NOW, "2026-11-22T10:00:00+00:00"),
        ("2026-11-22T10:00:00", "2026-11-22T10:00:00+00:00"),
        ("2026-11-22 12:00:00+02:00", "2026-11-22T10:00:00+00:00"),
        ("2026-11-22T05:00:00-0500", "2026-11-22T10:00:00+00:00"),
        ("2026-11-22T10:00:00.123456789Z", "2026-11-22T10:00:00.123456+00:00"),
        ("2026-11-22T10:00:00.5Z", "2026-11-22T10:00:00.500000+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("2028-02-29T00:00:00Z", "2028-02-29T00:00:00+00:00"),
        (1795341600, "2026-11-22T10:00:00+00:00"),
        (1795341600000, "2026-11-22T10:00:00+00:00"),
        ("1795341600000", "2026-11-22T10:00:00+00:00"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_times_that_can_be_read(text: object, moment: str) -> None:
    assert parse_date(text) == at(moment)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "yesterday",
        "2027-02-29T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-11-22T25:00:00Z",
        {},
        [],
        float("nan"),
        float("inf"),
        1e300,
        "9" * 60,
        "9" * 5000,
    ],
    ids=lambda value: repr(value)[:30],
)
def test_times_that_cannot(value: object) -> None:
    assert parse_date(value) is None


@given(st.one_of(st.text(), st.floats(), st.integers(), st.datetimes().map(str)))
def test_no_time_ends_the_program(value: object) -> None:
    found = parse_date(value)
    assert found is None or parse_date(iso(found)) is not None
