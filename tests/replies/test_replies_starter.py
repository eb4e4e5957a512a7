"""The words that buyers read: complete in three languages, and nothing in them that costs the seller a case."""

from __future__ import annotations

import re

import pytest

from sellerinbox import guard, replies
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.replies import CannedReply
from sellerinbox.replies.checking import SAMPLES, situations

STARTER = replies.load(None)
SHIPPED = ("en", "de", "zh")
VARIANTS = [pytest.param(reply, language, id=f"{reply.name}-{language}") for reply in STARTER.all() for language in SHIPPED]
TABLE = """
hold until-then hello wismo redeliver confirm-ship shipped arriving delivered-check photo-check guide sorry-remedy easy-return
return-unopened partial part policy regret-refusal final-answer tell-me-more carrier-sorry thanks-suggestion sorry-details stay-here
returned-parcel stop-using public-reply revision-ask kind-close
"""
BY_LANGUAGE = {
    "en": SAMPLES
    | {
        "part": "the lid",
        "policy": "Returns within 30 days, unused",
        "alternative": "I exchange it for the blue one",
        "answer": "The bracket fits only the models of 2019 and later.",
        "fault": "the lid arrived cracked",
        "solution": "a new lid was sent the same day",
        "steps": "1. Charge it for an hour.\n2. Hold the button for five seconds.",
        "delivered_on": "Friday 22 Nov",
    },
    "de": SAMPLES
    | {
        "part": "der Deckel",
        "policy": "Rückgabe innerhalb von 30 Tagen, unbenutzt",
        "alternative": "Ich tausche ihn gegen den blauen",
        "answer": "Die Halterung passt nur an Modelle ab 2019.",
        "fault": "Der Deckel kam mit einem Riss an",
        "solution": "Ein neuer Deckel ging am selben Tag heraus",
        "steps": "1. Laden Sie das Gerät eine Stunde.\n2. Halten Sie die Taste fünf Sekunden.",
        "shipped_on": "Dienstag, 19. Nov.",
        "ship_by": "Dienstag, 26. Nov.",
        "deliver_by": "Donnerstag, 28. Nov.",
        "next_working_day": "Montag, 25. Nov.",
        "last_scan_on": "Freitag, 22. Nov.",
        "delivered_on": "Freitag, 22. Nov.",
        "item": "Messinglampe",
        "last_scan": "Im Zustellzentrum eingetroffen, Leipzig",
    },
    "zh": SAMPLES
    | {
        "buyer": "王小明",
        "part": "盖子",
        "policy": "未使用的商品可在30天内退货",
        "alternative": "为您换成蓝色的",
        "answer": "这个支架只适用于2019年以后的型号。",
        "fault": "盖子送达时有裂痕",
        "solution": "当天已补寄新的盖子",
        "steps": "1. 先充电一小时。\n2. 长按按钮五秒钟。",
        "shipped_on": "11月19日星期二",
        "ship_by": "11月26日星期二",
        "deliver_by": "11月28日星期四",
        "next_working_day": "11月25日星期一",
        "last_scan_on": "11月22日星期五",
        "delivered_on": "11月22日星期五",
        "item": "黄铜台灯",
        "last_scan": "已到达上海分拨中心",
    },
}

# Words, per language, that must not stand in a reply we ship.
FORBIDDEN = {
    "talk of feedback": r"feedback|review|rating|\bstars?\b|positive|negative|bewert|sterne|rezension|评价|好评|差评|五星",
    "a way past the marketplace": r"@|https?:|www\.|e-?mail|whatsapp|wechat|telegram|paypal|\bphone\b|telefon|微信|电话|邮箱|手机",
    "a vague time": r"\bsoon\b|\basap\b|shortly|as quickly|possible|baldmöglichst|\bbald\b|demnächst|尽快|稍候|马上|很快",
    "begging": r"please please|i beg|flehe|拜托|求您",
    "blame": r"(?<!not )your fault|you should have|not our|ihre schuld|您的错|不是我们的",
    "the carrier as an excuse": r"contact the carrier|ask the carrier|wenden sie sich an|请联系(快递|承运商)",
}
COMPLAINTS = [reply.name for reply in STARTER.all() if "complaint" in reply.fits.klass]
APOLOGY = r"sorry|tut mir (sehr )?leid|抱歉"
REMEDY = r"refund|money back|put it right|final answer|Geld zurück|vollen Betrag|in Ordnung|abschließende|退款|补发|处理好|解决|最终答复"
NO_REMEDY = ("final-answer",)


def text_of(reply: CannedReply, language: str, **flags: str) -> str:
    return replies.fill(reply.texts[language], {**BY_LANGUAGE[language], **flags}).text


def test_the_whole_table_is_there_and_every_key_has_a_reply() -> None:
    assert {reply.name for reply in STARTER.all()} >= set(TABLE.split())
    assert [STARTER.by_key(str(key)) is not None for key in range(1, 10)] == [True] * 9
    assert STARTER.problems == ()
    assert not any(reply.pinned for reply in STARTER.all()), "only the seller pins"


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
def test_every_reply_is_whole_in_every_language_and_passes_the_guard(reply: CannedReply, language: str) -> None:
    assert reply.titles[language].strip()
    complaint = "complaint" in reply.fits.klass
    context = guard.of_profile(PROFILES["ebay"])._replace(
        language=language,
        canned=reply.name,
        complaint=complaint,
        safety=reply.fits.safety,
        public=reply.name == "public-reply",
        names=("Anna", "王小明"),
        known=("12-34567-89012", "AB123456789GB"),
    )
    for values in situations(reply):
        flags = {name: value for name, value in values.items() if name in replies.FLAGS}
        filled = replies.fill(reply.texts[language], {**BY_LANGUAGE[language], **flags})
        assert filled.missing == ()
        stopped = [finding for finding in guard.check(filled.text, context) if finding.severity != "advice"]
        assert [(finding.kind, finding.text, finding.why) for finding in stopped] == []
        assert len(filled.text) < 900, "nobody reads a wall of text"


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("name", ["hold", "hello", "stay-here"])
def test_what_answers_anything_apologises_to_one_who_complains(name: str, language: str) -> None:
    reply = STARTER.by_name(name)
    assert reply is not None

    assert re.search(APOLOGY, text_of(reply, language, complaint="yes").split("\n\n")[1])
    assert not re.search(APOLOGY, text_of(reply, language))


@pytest.mark.parametrize("reply", STARTER.all(), ids=lambda reply: reply.name)
def test_the_languages_of_a_reply_say_the_same(reply: CannedReply) -> None:
    promised = {language: set(replies.placeholders(text)) for language, text in reply.texts.items()}

    assert set(reply.texts) == set(SHIPPED)
    assert promised["de"] == promised["en"] == promised["zh"]
    paragraphs = {
        language: text.count("\n\n") - (language != "zh" and bool(reply.closing.get(language))) for language, text in reply.texts.items()
    }
    assert reply.name in ("kind-close", "until-then") or len(set(paragraphs.values())) == 1


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
@pytest.mark.parametrize("danger", FORBIDDEN)
def test_no_reply_says_what_costs_the_case(reply: CannedReply, language: str, danger: str) -> None:
    for block in reply.blocks:  # the alternatives too
        assert re.findall(FORBIDDEN[danger], block.texts[language], re.IGNORECASE) == []
    assert re.findall(FORBIDDEN[danger], reply.texts[language], re.IGNORECASE) == []


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("name", COMPLAINTS)
def test_a_complaint_gets_the_apology_first_and_then_a_remedy(name: str, language: str) -> None:
    reply = STARTER.by_name(name)
    assert reply is not None
    text = text_of(reply, language)

    apology, remedy = re.search(APOLOGY, text), re.search(REMEDY, text)

    assert apology is not None
    assert re.search(APOLOGY, text.split("\n\n")[1]), "the apology stands in the first sentence after the greeting"
    if name not in ("carrier-sorry", "redeliver", "returned-parcel", "wismo", "partial") or remedy:
        assert remedy is not None
        assert apology.start() < remedy.start()


@pytest.mark.parametrize("reply", [STARTER.by_name(name) for name in COMPLAINTS], ids=COMPLAINTS)
def test_a_complaint_is_asked_for_nothing_before_it_is_offered_something(reply: CannedReply) -> None:
    kinds = [block.kind for block in reply.blocks]

    assert kinds[0] == "apology"
    assert reply.name in NO_REMEDY or "remedy" in kinds
    if "guidance" in kinds:
        assert kinds.index("remedy") < kinds.index("guidance")


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
def test_punctuation_is_that_of_the_language(reply: CannedReply, language: str) -> None:
    text = text_of(reply, language, shipped="yes", delivered="yes")

    assert "  " not in text
    assert "!!" not in text
    assert ".." not in text
    assert "。。" not in text
    if language == "zh":
        assert re.findall(r"[\u4e00-\u9fff][,;:?!]", text) == []
        assert re.findall(r"[\u4e00-\u9fff]\.", text.replace("1. ", "").replace("2. ", "")) == []
    else:
        assert re.findall(r"[，。！？；：]", text) == []
    if language == "de":
        assert re.findall(r"[“”][^„“”]*”", text) == [], "German quotes open below"


@pytest.mark.parametrize("reply", STARTER.all(), ids=lambda reply: reply.name)
def test_german_goes_on_small_behind_the_comma_of_the_greeting(reply: CannedReply) -> None:
    if not reply.greeting:
        return
    first = text_of(reply, "de").split("\n\n")[1].split()[0]

    assert first[0].islower() or first in ("Ihre", "Sie", "Royal"), first


@pytest.mark.parametrize(("reply", "language"), VARIANTS)
def test_our_own_replies_are_recognised_as_the_language_they_are_in(reply: CannedReply, language: str) -> None:
    assert replies.language_of([text_of(reply, language)], replies.LANGUAGES) == language


@pytest.mark.parametrize("reply", STARTER.all(), ids=lambda reply: reply.name)
def test_a_day_that_is_promised_is_written_down_as_a_promise(reply: CannedReply) -> None:
    promised = "next_working_day" in replies.placeholders(reply.texts["en"])

    assert promised == (reply.effects.promise is not None and reply.effects.promise.when == "next_working_day")


def test_the_locks_of_the_table() -> None:
    now = replies.Situation(order_state="delivered", klass="postsale")

    def locked(name: str, **changes: object) -> bool:
        reply = STARTER.by_name(name)
        assert reply is not None
        return replies.lock(reply, now._replace(**changes)) is not None

    assert locked("confirm-ship", order_state="shipped")
    assert not locked("confirm-ship", order_state="paid")
    assert locked("photo-check", used=("photo-check",))
    assert locked("photo-check", evidence="declined")
    assert locked("photo-check", sub_reason="defect")
    assert not locked("photo-check", sub_reason="damaged")
    for reason in ("defect", "not-as-described", "wrong-item"):
        assert locked("return-unopened", sub_reason=reason)
        assert locked("policy", sub_reason=reason)
    assert not locked("return-unopened", sub_reason="changed-mind")
    assert locked("final-answer", open_case=True)
    assert locked("final-answer", open_promise=True)
    assert not locked("final-answer")
    assert locked("kind-close", open_promise=True)
    assert locked("until-then")
    assert not locked("until-then", open_promise=True)
    assert locked("revision-ask")
    assert locked("revision-ask", remedy_executed=True, marketplace="amazon")
    assert locked("revision-ask", remedy_executed=True, used=("revision-ask",))
    assert not locked("revision-ask", remedy_executed=True)
    assert locked("shipped", order_state="shipped", marketplace="amazon")


def test_where_somebody_may_be_hurt_only_the_reply_for_that_goes_out() -> None:
    now = replies.Situation(safety=True, klass="complaint", order_state="delivered")

    free = [ranked.reply.name for ranked in replies.rank(STARTER, now) if ranked.locked is None]

    assert free == ["stop-using"]
    assert [one.reply.name for one in replies.nine(STARTER, now).values()] == ["stop-using"]
