"""The words that buyers read: complete in three languages, and nothing in them that costs the seller a case."""

from __future__ import annotations

import re

import pytest

from sellerinbox import guard, replies
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.replies import CannedReply

STARTER = replies.load(None)
SHIPPED = ("en", "de", "zh")
VARIANTS = [pytest.param(reply, language, id=f"{reply.name}-{language}") for reply in STARTER.all() for language in SHIPPED]
VALUES = dict.fromkeys(replies.VARIABLES, "Anna")

# Words, per language, that must not stand in a reply we ship.
FORBIDDEN = {
    "talk of feedback": r"feedback|review|rating|\bstars?\b|positive|negative|bewert|sterne|rezension|评价|好评|差评|五星",
    "a way past the marketplace": r"@|https?:|www\.|e-?mail|whatsapp|wechat|telegram|paypal|\bphone\b|telefon|微信|电话|邮箱|手机",
    "a vague time": r"\bsoon\b|\basap\b|shortly|as quickly|possible|baldmöglichst|\bbald\b|demnächst|尽快|稍候|马上|很快",
    "begging": r"please please|i beg|flehe|拜托|求您",
    "blame": r"your fault|you should have|not our|ihre schuld|您的错|不是我们的",
}
COMPLAINTS = ("wismo", "sorry-remedy", "photo-check", "tell-me-more", "carrier-sorry", "stop-using")
APOLOGY = r"sorry|tut mir (sehr )?leid|抱歉"
REMEDY = r"refund|money back|put it right|Geld zurück|vollen Betrag|in Ordnung|退款|补发|处理好|解决"


def test_every_key_has_a_reply() -> None:
    assert [STARTER.by_key(str(key)) is not None for key in range(1, 10)] == [True] * 9
    assert STARTER.problems == ()


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
def test_every_reply_is_whole_in_every_language(reply: CannedReply, language: str) -> None:
    assert reply.titles[language].strip()
    filled = replies.fill(reply.texts[language], VALUES)
    assert filled.missing == ()
    assert guard.check(filled.text, guard.of_profile(PROFILES["ebay"])) == ()
    assert len(filled.text) < 1200, "nobody reads a wall of text"


@pytest.mark.parametrize("reply", STARTER.all(), ids=lambda reply: reply.name)
def test_the_languages_of_a_reply_say_the_same(reply: CannedReply) -> None:
    promised = {language: set(replies.placeholders(text)) for language, text in reply.texts.items()}

    assert promised["de"] == promised["en"] == promised["zh"]


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
@pytest.mark.parametrize("danger", FORBIDDEN)
def test_no_reply_says_what_costs_the_case(reply: CannedReply, language: str, danger: str) -> None:
    assert re.findall(FORBIDDEN[danger], reply.texts[language], re.IGNORECASE) == []


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("name", COMPLAINTS)
def test_a_complaint_gets_the_apology_first_and_then_a_remedy(name: str, language: str) -> None:
    reply = STARTER.by_name(name)
    assert reply is not None
    text = reply.texts[language]

    apology, remedy = re.search(APOLOGY, text), re.search(REMEDY, text)

    assert apology is not None
    assert remedy is not None
    assert apology.start() < remedy.start()
    paragraphs = text.split("\n\n")
    assert re.search(APOLOGY, paragraphs[1]), "the apology stands in the first sentence after the greeting"


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
def test_punctuation_is_that_of_the_language(reply: CannedReply, language: str) -> None:
    text = replies.fill(reply.texts[language], VALUES).text

    assert "  " not in text
    assert "!!" not in text
    if language == "zh":
        assert re.findall(r"[\u4e00-\u9fff][,;:?!]", text) == []
    else:
        assert re.findall(r"[，。！？；：]", text) == []


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
def test_our_own_replies_are_recognised_as_the_language_they_are_in(reply: CannedReply, language: str) -> None:
    assert replies.language_of([reply.texts[language]], replies.LANGUAGES) == language
