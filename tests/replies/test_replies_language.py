"""Which language a buyer writes in. A wrong one is worse than none."""

from __future__ import annotations

import pytest

from sellerinbox.replies import LANGUAGES, language_of

SENTENCES = """
en|Where is my parcel?
en|It arrived broken.
en|Thanks!
en|Is this still available?
en|wrong colour, I want a refund
en|Does it fit a 2012 Honda Civic?
en|Is the 紫砂壶 teapot with the lid?
de|Wo bleibt mein Paket?
de|Danke!
de|Passt das auch für Größe 42?
de|Der Artikel ist kaputt angekommen
de|Ich möchte mein Geld zurück
de|Moin, ist der Preis verhandelbar?
de|Rechnung bitte
zh|我的包裹在哪里？
zh|谢谢
zh|收到的商品坏了，要求退款
zh|請問這個還有貨嗎？
zh|我買的是黑色，你寄錯了
zh|Anker 充电器还没有收到，单号多少
zh|美の小店，什么时候发货
fr|Bonjour, où est mon colis ?
fr|Merci
fr|Je n’ai rien reçu
fr|Est-ce que vous livrez en Belgique ?
es|¿Dónde está mi pedido?
es|Gracias
es|Quiero mi dinero
it|Dove è il mio pacco?
it|Grazie mille
nl|Waar is mijn pakket?
nl|Bedankt!
pt|Onde está o meu pedido?
pt|Obrigado
pl|Gdzie jest moja paczka?
pl|Dziękuję
sv|Var är mitt paket?
da|Hvor er min pakke?
ro|Unde este coletul meu?
ro|Nu am primit comanda
tr|Kargom nerede, hâlâ gelmedi
ja|商品がまだ届きません
ja|ありがとうございます
ja|Tシャツのサイズを教えてください
ko|언제 배송되나요?
ru|Где моя посылка?
ar|أين طلبي؟
he|איפה החבילה שלי
el|Πού είναι το δέμα μου;
th|ของยังไม่ถึงเลย
-|Ok
-|12-34567-89012
-|👍
-|???
-|iPhone 12 Pro Max 256GB
-|RR123456789GB
-|Hei, missä pakettini on?
en|WHERE IS MY ITEM???
en|u there?
en|Any update?
en|Parcel never came
en|Colour not as described
en|Lovely, cheers mate
en|can u combine postage on these 2
en|Broke after two days
en|Missing the remote control
en|Package says delivered but nothing here
en|Cancel my order please
en|Great seller, arrived today
de|koennen sie mir sagen wann das paket kommt
de|WO IST MEIN PAKET
de|Noch nichts angekommen!!!
de|Paket beschädigt
de|Funktioniert nicht
de|Bitte stornieren
de|Alles bestens, danke
de|Versand nach Österreich möglich?
de|Letzter Preis?
de|Lieferung kam heute, leider fehlt das Ladekabel
fr|ou est mon colis
fr|Toujours rien reçu
fr|Colis abîmé
fr|Merci beaucoup
fr|Ça ne fonctionne pas
fr|Annulez ma commande svp
fr|La taille ne convient pas
es|donde esta mi pedido
es|Muchas gracias, todo perfecto
es|Llegó dañado
es|Cuanto cuesta el envio a Mexico
es|Falta una pieza
zh|還沒收到
zh|尺码不对，想换大一码
zh|OK，谢谢老板
zh|發票可以開嗎
zh|iPhone壳颜色发错了
it|Dov'è il pacco
it|Non funziona
it|Buongiorno, vorrei sapere quando arriva
nl|Pakket is beschadigd
nl|Werkt niet
nl|Kunt u mij het trackingnummer sturen
pt|Não funciona
pt|Onde está o produto
pl|Nie działa
sv|Fungerar inte
da|Virker ikke
ja|壊れていました
ja|返品したい
ja|キャンセルお願いします
ko|반품하고 싶어요
-|Mikor érkezik meg a csomagom?
-|Kde je můj balík?
-|Paket saya belum sampai
-|Kus on mu pakk?
-|Gdje je moj paket?
-|lol
-|S M L XL
-|Samsung Galaxy S9 G960F
"""
# The first two share every word with a neighbour; the rest was written after the word lists and not used to improve
# them. Here None is good enough, another language is not.
UNSEEN = """
es|No funciona
es|Cancelar pedido por favor
en|screen cracked on arrival
en|How long is delivery to Ireland
en|You sent me a size 8, I ordered a 10
en|do u have this in blue
en|Nothing has turned up
en|Received with thanks
de|Die Hose ist zu klein
de|Wie lange dauert der Versand
de|Habe seit zwei Wochen nichts gehört
de|Kann ich es abholen
de|Deckel zerbrochen
de|Kommt das noch an?
fr|Livrez-vous en Suisse
fr|Le produit est défectueux
fr|Pas encore livré
fr|Elle est trop petite
es|El reloj no enciende
es|Me ha llegado otro color
es|Sigue sin llegar
es|Hacen envíos a Canarias
zh|颜色跟图片不一样
zh|請退款
it|Il pacco non è ancora arrivato
nl|De doos was leeg
pt|A encomenda veio errada
pl|Paczka nie dotarła
-|Tere, kus pakk on
-|Csomag sérült
-|Balík nedorazil
-|Terima kasih
"""


def cases(listing: str) -> list[tuple[str, str | None]]:
    pairs = (line.partition("|") for line in listing.strip().splitlines())
    return [(text, None if language == "-" else language) for language, _, text in pairs]


@pytest.mark.parametrize(("text", "language"), cases(SENTENCES))
def test_a_short_sentence_tells_its_language(text: str, language: str | None) -> None:
    assert language_of([text], LANGUAGES) == language


@pytest.mark.parametrize(("text", "language"), cases(UNSEEN))
def test_an_unseen_sentence_is_never_taken_for_another_language(text: str, language: str | None) -> None:
    assert language_of([text], LANGUAGES) in (None, language)


def test_most_unseen_sentences_are_told() -> None:
    told = [language_of([text], LANGUAGES) == language for text, language in cases(UNSEEN)]

    assert sum(told) >= 0.7 * len(told)


def test_a_language_without_replies_is_not_taken_for_one_that_has_them() -> None:
    ours = {"en", "de", "zh"}
    foreign = [text for text, language in cases(SENTENCES) if language not in ours]

    assert [text for text in foreign if language_of([text], ours) is not None] == []


def test_the_last_messages_count_most() -> None:
    german = "Hallo, wann kommt mein Paket? Ich warte schon seit zwei Wochen und habe noch nichts gehört."

    assert language_of([german, "Sorry, I should write in English. When will it arrive please?"], LANGUAGES) == "en"
    assert language_of(["Where is my parcel?", german], LANGUAGES) == "de"


def test_a_wordless_last_message_leaves_the_language_of_the_thread() -> None:
    assert language_of(["我的包裹在哪里？", "RR123456789GB"], LANGUAGES) == "zh"
    assert language_of(["Wo bleibt mein Paket?", "ok 👍"], LANGUAGES) == "de"


def test_links_and_part_numbers_say_nothing() -> None:
    assert language_of(["https://the.example/where/is/my/parcel"], LANGUAGES) is None
    assert language_of([], LANGUAGES) is None
