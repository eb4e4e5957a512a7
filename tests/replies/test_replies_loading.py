"""The seller's own files: what he wrote wins, and a mistake costs no more than itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from sellerinbox import replies
from sellerinbox.domain.errors import ConfigError

MINE = '[[reply]]\nname = "{name}"\n{key}title.en = "Mine"\ntext.en = "My own words, {{buyer}}."\n'


def write(folder: Path, name: str, key: str | None = None, *, file: str = "own.toml") -> None:
    line = f'key = "{key}"\n' if key else ""
    with (folder / file).open("a", encoding="utf-8") as out:
        out.write(MINE.format(name=name, key=line))


def name_on(canned: replies.Replies, key: str) -> str | None:
    reply = canned.by_key(key)
    return reply.name if reply else None


def test_without_own_files_the_starter_set_is_there(tmp_path: Path) -> None:
    assert replies.load(tmp_path / "nowhere").all() == replies.load(None).all()


def test_an_own_reply_replaces_ours_and_stays_on_its_key(tmp_path: Path) -> None:
    write(tmp_path, "wismo")

    reply = replies.load(tmp_path).by_key("1")

    assert reply is not None
    assert reply.texts == {"en": "My own words, {buyer}."}
    assert reply.source == tmp_path / "own.toml"


def test_a_key_moves_to_the_own_reply_that_names_it(tmp_path: Path) -> None:
    write(tmp_path, "combined-postage", "1")

    canned = replies.load(tmp_path)

    assert name_on(canned, "1") == "combined-postage"
    wismo = canned.by_name("wismo")
    assert wismo is not None
    assert wismo.key is None


def test_ours_moves_with_its_new_key_and_leaves_no_copy_behind(tmp_path: Path) -> None:
    write(tmp_path, "wismo", "5")

    canned = replies.load(tmp_path)

    assert name_on(canned, "5") == "wismo"
    assert name_on(canned, "1") is None
    assert [reply.name for reply in canned.all()].count("wismo") == 1


def test_a_broken_entry_loses_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "good")
    with (tmp_path / "own.toml").open("a") as out:
        out.write('[[reply]]\nname = "bad"\ntitle.en = "x"\ntext.en = "{trakking}"\n')

    canned = replies.load(tmp_path)

    assert canned.by_name("good") is not None
    assert canned.by_name("bad") is None
    assert name_on(canned, "1") == "wismo"
    assert len(canned.problems) == 1


@pytest.mark.parametrize("damage", [b"text.en = {unfinished\n", b"text.en = 'caf\xe9'\n"])
def test_a_file_that_cannot_be_read_loses_no_other_file(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a-broken.toml").write_bytes(b"[[reply]]\n" + damage)
    write(tmp_path, "good", "9")

    canned = replies.load(tmp_path)

    assert name_on(canned, "9") == "good"
    assert name_on(canned, "2") == "hold"
    assert "a-broken.toml" in str(canned.problems[0])


@pytest.mark.parametrize("rest", ['texxt.en = "x"\n', "text.en = 'unfinished\n"])
def test_our_words_never_come_back_on_the_key_of_a_broken_own_reply(tmp_path: Path, rest: str) -> None:
    (tmp_path / "own.toml").write_text('[[reply]]\nname = "wismo"\ntitle.en = "x"\n' + rest)
    (tmp_path / "more.toml").write_text('[[reply]]\nname = "club"\nkey = "2"\n' + rest)

    canned = replies.load(tmp_path)

    assert canned.by_key("1") is None
    assert canned.by_name("wismo") is None
    assert canned.by_key("2") is None
    assert canned.by_name("hold") is not None


@pytest.mark.parametrize("other", ["twice", "another"])
def test_two_own_replies_that_claim_the_same_thing_send_neither_by_accident(tmp_path: Path, other: str) -> None:
    write(tmp_path, "twice", "3")
    write(tmp_path, other, "3", file="second.toml")

    canned = replies.load(tmp_path)

    assert canned.by_key("3") is None
    assert canned.by_name(other) is None
    assert len(canned.problems) == 1
    assert "second.toml" in str(canned.problems[0])
    assert "twice" in str(canned.problems[0])
    assert "3" in canned.dead_keys


MISTAKES = [
    ('texts.en = "x"', "“texts” is not known; did you mean “text”?"),
    ('text.en = "{trackin}"', "{trackin} is not a known variable; did you mean “tracking”?"),
    ('text.en = "{}"', "{} is not a known variable"),
    ('text.en = "a { b"', "a brace stands alone near “a { b”"),
    ('text.en = "  "', "text.en is empty"),
    ("text.en = 7", "text.en is empty or not a text"),
    ('text.english = "x"', "“text.english” is not a language"),
    ('text = "x"', "it needs a text per language"),
    ('text.en = "{{ trackin }}"', "{trackin} is not a known variable; did you mean “tracking”?"),
    (f'text.en = "{"x" * 10_001}"', "10001 characters"),
    ('text.en = "{shipped}"', "{shipped} is yes or no and can't be printed"),
    ('text.en = "x"\nkey = "0"', "key = '0' can't be used"),
    ('text.en = "x"\nkey = 1', "key = 1 can't be used"),
    ('text.en = "x"\npinned = true', "pinned needs a key"),
    ('text.en = "x"\nfits.clas = ["presale"]', "“fits.clas” is not known; did you mean “class”?"),
    ('text.en = "x"\nfits.class = ["presales"]', "fits.class: “presales” is not known; did you mean “presale”?"),
    ('text.en = "x"\nfits.reason = "damagd"', "did you mean “damaged”?"),
    ('text.en = "x"\nfits = 3', "fits is a group"),
    ('text.en = "x"\nfits.weight = 50', "fits.weight = 50 can't be used"),
    ('text.en = "x"\nlocks.once = "yes"', "locks.once = 'yes' can't be used; write true or false"),
    ('text.en = "x"\nlocks.needs = ["remedi"]', "did you mean “remedy”?"),
    ('text.en = "x"\nlocks.off = ["ebya"]', "did you mean “ebay”?"),
    ('text.en = "x"\neffects.promise = "monday"', "write effects.promise = {"),
    ('text.en = "x"\neffects.promise = { text = "a", when = "soon" }', "when = 'soon' can't be used"),
    ('text.en = "x"\neffects.promise = { text = "a", whn = "date" }', "did you mean “when”?"),
    ('text.en = "x"\neffects.close = true\neffects.snooze = "+2d"', "closes the conversation and puts it to sleep"),
    ('text.en = "x"\neffects.close = true\neffects.promise = { text = "a" }', "a promise keeps a conversation open"),
    ('text.en = "x"\neffects.tag = ["two words"]', "can't be a tag"),
    ('text.en = "x"\nattachments = ["../../secret.txt"]', "lies outside of the folder"),
    ('text.en = "x"\nattachments = ["/etc/passwd"]', "lies outside of the folder"),
    ('text.en = "x"\n[[reply.block]]\nkind = "answer"\nen = "x"', "a text and blocks"),
    ('[[reply.block]]\nkind = "anser"\nen = "x"', "a block needs a kind: apology, answer, remedy, guidance, next"),
    ('[[reply.block]]\nkind = "answer"', "a block needs a text per language"),
    ('[[reply.block]]\nkind = "answer"\nen = "x"\n[[reply.block]]\nkind = "next"\nde = "x"', "has no text in"),
    ("text.en = \"a {{ fragment('closng') }}\"", "there is no fragment “closng”; did you mean “closing”?"),
    ("text.fr = \"a {% include 'closing' %}\"", "the fragment “closing” has no text in fr"),
]


@pytest.mark.parametrize(("line", "sentence"), MISTAKES)
def test_a_mistake_is_named_with_file_entry_and_what_was_meant(tmp_path: Path, line: str, sentence: str) -> None:
    (tmp_path / "own.toml").write_text(f'[[reply]]\nname = "mine"\ntitle.en = "x"\n{line}\n')

    with pytest.raises(ConfigError) as caught:
        replies.load(tmp_path, strict=True)

    message = str(caught.value)
    assert sentence in message
    assert "own.toml" in message
    assert "mine" in message


@pytest.mark.parametrize(
    "content", ['[reply]\nname = "x"\n', '[[replies]]\nname = "x"\n', '[[reply]]\ntitle.en = "x"\n', 'reply = ["x"]\n']
)
def test_a_file_in_another_form_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "own.toml").write_text(content)

    canned = replies.load(tmp_path)

    assert len(canned.problems) == 1
    assert str(tmp_path / "own.toml") in str(canned.problems[0])
    assert len(canned.all()) == len(replies.load(None).all())


def test_a_name_that_looks_like_a_key_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "1")

    assert "can't be a single digit" in str(replies.load(tmp_path).problems[0])


def test_invisible_characters_pasted_into_a_file_do_not_reach_a_buyer(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(
        b'\xef\xbb\xbf[[reply]]\r\nname = "mine"\r\ntitle.en = "x"\r\ntext.en = "He\xe2\x80\x8bllo\\u202e"\r\n'
    )

    reply = replies.load(tmp_path).by_name("mine")

    assert reply is not None
    assert "\u200b" not in reply.texts["en"]
    assert "\u202e" not in reply.texts["en"]


def test_search_finds_by_name_title_and_text_in_that_order() -> None:
    canned = replies.load(None)

    assert canned.search("hold")[0].name == "hold"
    assert canned.search("退货")[0].name == "easy-return"
    assert canned.search("wsm")[0].name == "wismo"
    assert canned.search("carrier lost")[0].name == "wismo"
    assert canned.search("zzzz") == ()
    assert canned.search("") == canned.all()


def test_a_letter_slipped_still_finds_the_reply() -> None:
    canned = replies.load(None)

    assert canned.search("retrun")[0].name in ("easy-return", "return-unopened", "returned-parcel")
    assert "carrier-sorry" in [reply.name for reply in canned.search("carier")]
    assert canned.search("qqqqqq") == ()


FRAGMENTS = '[fragments]\nclosing.en = "Yours, Anna of the Lamp House"\nps.en = "PS: {{ order }} {% include \'sign\' %}"\nsign.en = "A."\n'


def test_the_sellers_own_closing_ends_every_reply(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(FRAGMENTS)

    canned = replies.load(tmp_path)

    wismo = canned.by_name("wismo")
    assert wismo is not None
    assert wismo.texts["en"].endswith("Yours, Anna of the Lamp House")
    assert wismo.texts["de"].endswith("Viele Grüße")
    assert canned.problems == ()


def test_a_fragment_is_put_in_wherever_its_name_stands(tmp_path: Path) -> None:
    text = "[[reply]]\nname = 'mine'\ntitle.en = 'x'\ntext.en = \"Hi. {{ fragment('ps') }}\"\n"
    (tmp_path / "a.toml").write_text(text)
    (tmp_path / "own.toml").write_text(FRAGMENTS)

    mine = replies.load(tmp_path, strict=True).by_name("mine")

    assert mine is not None
    assert replies.fill(mine.texts["en"], {"order": "7-7"}).text == "Hi. PS: 7-7 A."


@pytest.mark.parametrize(
    "fragments",
    [
        "a.en = \"{{ fragment('a') }}\"",
        "a.en = \"{{ fragment('b') }}\"\nb.en = \"{{ fragment('a') }}\"",
        "\n".join(f'{one}.en = "{f"{{{{ fragment({two!r}) }}}}" * 60}"' for one, two in zip("abcdefg", "bcdefgh", strict=True))
        + "\nh.en = ''",
    ],
    ids=["itself", "a ring", "sixty of sixty of sixty"],
)
def test_fragments_that_never_end_cost_only_the_replies_that_use_them(tmp_path: Path, fragments: str) -> None:
    (tmp_path / "own.toml").write_text(
        f"[fragments]\n{fragments}\n[[reply]]\nname = 'mine'\ntitle.en = 'x'\ntext.en = \"{{{{ fragment('a') }}}}\"\n"
    )

    canned = replies.load(tmp_path)

    assert canned.by_name("mine") is None
    assert canned.by_name("wismo") is not None
    assert len(canned.problems) == 1


def test_a_broken_fragment_lets_no_reply_out_with_the_words_it_replaced(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[fragments]\nclosing.en = "Yours {nmae}"\n')

    canned = replies.load(tmp_path)

    assert canned.by_name("wismo") is None
    assert canned.by_name("public-reply") is not None, "it has no closing"
    assert len(canned.problems) == 1
    assert f"{tmp_path / 'own.toml'}:2" in str(canned.problems[0])


def test_a_key_in_an_own_file_is_pinned_and_an_inherited_one_is_not(tmp_path: Path) -> None:
    write(tmp_path, "wismo")
    write(tmp_path, "club", "5")

    canned = replies.load(tmp_path)

    pinned = [reply.name for reply in canned.all() if reply.pinned]
    assert pinned == ["club"]
