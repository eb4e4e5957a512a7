"""Placeholders left in a text: `{tracking}`, `[name]`, `<ORDER NUMBER>`, `Dear ____`.

Braces hardly ever stand in an honest message, so a word in them is enough. Square and angle
brackets do ("[12 mm]", "[NEW] lamp", "<3"), so there every word must be one that placeholders
are made of, or the whole must be written like a variable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sellerinbox.guard.findings import Finding, at
from sellerinbox.guard.fold import fold
from sellerinbox.guard.reading import Reading

_BRACES = re.compile(r"[{｛]{1,2}[ \t]{0,4}(?:[^\W\d][^{}｛｝\n]{0,60}|%[^{}\n]{0,60}%|)[}｝]{1,2}")
_BRACKETS = re.compile(
    r"\[([^\[\]\n]{1,60})\]|【([^【】\n]{1,30})】|［([^［］\n]{1,60})］|〔([^〔〕\n]{1,30})〕|<([^<>\n]{1,60})>|＜([^＜＞\n]{1,60})＞"
)
_PERCENT = re.compile(r"(?<![\w%])%(?:\([A-Za-z_]{2,30}\)s|[A-Za-z_]{3,30}%)(?!\w)")
_BLANK = re.compile(r"_{3,}")
_VARIABLE = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")

# One of these makes a placeholder, if nothing but these and the fillers stand in the brackets.
_CORE_WORDS = """
name names firstname lastname surname username buyer customer client recipient order ordernumber orderid tracking trackingnumber
item product date weekday day amount price address carrier courier company signature title link placeholder variable vorname
nachname kunde kunden kundenname käufer käufername bestellung bestellnummer sendungsnummer artikel artikelnummer produkt datum tag
betrag preis adresse anschrift firma unterschrift versanddienst nom prénom acheteur commande suivi article produit montant prix
transporteur nombre apellido comprador cliente pedido seguimiento artículo producto fecha importe precio dirección transportista
"""
_FILLER_WORDS = """
your my the a an of for insert enter add fill here in first last full user number no nr id code s and or ihr ihre ihren ihrer mein
der die das des hier einfügen eintragen nummer vor und votre mon le la les du de l n numéro insérer ici su mi el los las del
número insertar aquí
"""
_CORE = frozenset(_CORE_WORDS.split())
_ALLOWED = _CORE | frozenset(_FILLER_WORDS.split())
_CHINESE = re.compile(
    r"(?:请)?(?:填写|填入|插入|输入)?(?:您的|你的|您|你|买家|客户|顾客|收件人|卖家|店铺|订单|運單|运单|快递|物流|商品|产品|訂單|買家)?的?"
    r"(?:姓名|名字|用户名|昵称|称呼|订单号|訂單號|订单编号|运单号|運單號|单号|快递单号|物流单号|快递公司|物流公司|日期|金额|地址|名称|链接|买家|買家|客户)"
)
_WHY = "“{}” is a placeholder that was never filled in; the buyer would read it like that. Put the real words there."


def check(reading: Reading) -> Iterator[Finding]:
    """Everything of this family."""
    yield from leftover(reading.text)
    yield from reading.rules("template")
    if reading.context.names and reading.has("template.wrong_name"):
        yield from wrong_name(reading)


def leftover(text: str) -> Iterator[Finding]:
    """Everything that was meant to be replaced before sending."""
    for match in _BRACES.finditer(text):
        yield _finding(text, match)
    for match in _BRACKETS.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        if _is_placeholder(inner):
            yield _finding(text, match)
    for match in _PERCENT.finditer(text):
        yield _finding(text, match)
    yield from _blanks(text)


def wrong_name(reading: Reading) -> Iterator[Finding]:
    """A greeting with somebody else's name: what is copied from the conversation before."""
    name = greeted(reading.text)
    if name is None:
        return
    known = fold(" ".join(reading.context.names))
    if not any(word in known for word in _words(name)):
        start = reading.text.index(name)
        yield reading.finding("template.wrong_name", start, start + len(name))


def greeted(text: str) -> str | None:
    """The name in the greeting of a text; None when nobody is greeted by name."""
    match = _GREETING.match(text)
    return match["name"] if match is not None and _words(match["name"]) else None


def _words(name: str) -> set[str]:
    return {fold(word) for word in _NAME_WORD.findall(name)} - _NOBODY


_GREETING = re.compile(
    r"\s{0,5}(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|moin|servus"
    r"|bonjour|bonsoir"
    r"|cher|ch[eè]re|"
    r"hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]|querid[oa])"
    r"(?:[ ,]{1,3}(?:mr|mrs|ms|miss|dr|herr|frau|monsieur|madame|m|mme|se[ñn]or|se[ñn]ora|sr|sra|don|do[ñn]a)\.?)?"
    r"[ ,]{1,3}(?P<name>[A-ZÀ-Þ][\w'’-]{1,30}(?: [A-ZÀ-Þ][\w'’-]{1,30}){0,2})[ ]?[,!.:\n]",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W_]{2,}")
_NOBODY_WORDS = """
there all everyone everybody again sir madam customer buyer friend folks team and thanks thank you zusammen nochmal kunde kundin
kaeufer käufer käuferin leute tous toutes client cliente acheteur encore amigo amiga comprador compradora todos de nuevo sorry yes no
it we i the your this that es das ich wir ja nein vielen danke merci oui je nous il votre gracias si su lo
"""
_NOBODY = frozenset(fold(word) for word in _NOBODY_WORDS.split())


def _blanks(text: str) -> Iterator[Finding]:
    """Rows of underscores that wait for a word; one alone on its line only divides."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip("_ \t\r\n"):
            for match in _BLANK.finditer(text, start, start + len(line)):
                yield _finding(text, match)
        start += len(line)


def _is_placeholder(inner: str) -> bool:
    inner = unicodedata.normalize("NFKC", inner).strip().casefold()
    if _VARIABLE.fullmatch(inner) or _CHINESE.fullmatch(inner):
        return True
    words = _WORD.findall(inner)
    if any(char.isdigit() for char in inner) or not words or words[0] == "no":
        return False
    return _CORE.intersection(words) != frozenset() and _ALLOWED.issuperset(words)


def _finding(text: str, match: re.Match[str]) -> Finding:
    why = _WHY.format(match[0].strip())
    return at(
        text, match.start(), match.end(), family="template", kind="placeholder", severity="block", why=why, rule="template.placeholder"
    )
