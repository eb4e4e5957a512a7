"""Promises in German."""

from __future__ import annotations

from sellerinbox.domain.promise_words.form import PromiseWords, words

_DE_ONE = (
    "erstatte|überweise|schicke|sende|verschicke|versende|melde|prüfe|überprüfe|kläre|frage(?!\\s+mich)|kümmere|gebe|lasse|"
    "antworte|ersetze|tausche|rufe|kontaktiere|veranlasse|bestelle|besorge|leite|schaue|sehe|erkundige|spreche|hake|informiere|"
    "schreibe|komme|liefere|storniere|lege|bringe|recherchiere|reklamiere|zahle|mache|beantworte|bearbeite|regle|packe|"
    "verspreche|nehme|stelle|buche|starte|beantrage|halte|versuche"
)

_DE_MANY = (
    "erstatten|überweisen|schicken|senden|verschicken|versenden|melden|prüfen|überprüfen|klären|fragen(?!\\s+uns)|kümmern|"
    "geben|lassen|antworten|ersetzen|tauschen|rufen|kontaktieren|veranlassen|bestellen|besorgen|leiten|schauen|sehen|"
    "erkundigen|sprechen|haken|informieren|schreiben|kommen|liefern|stornieren|legen|bringen|recherchieren|reklamieren|zahlen|"
    "machen|beantworten|bearbeiten|regeln|packen|versprechen|nehmen|stellen|buchen|starten|beantragen|halten|versuchen"
)

DE = PromiseWords(
    hints=words("ich wir wird werden geht gehen hören erhalten bekommen hörst bekommst versprochen kümmere melde wirst"),
    promises=(
        (
            r"\b(?:ich\s+werde|wir\s+werden|werde\s+ich|werden\s+wir|wird\s+(?:unser|mein)\s+\w+|(?:unser|mein)\s+(?:team|lager|"
            r"kollege|versand|kundendienst)\s+wird)\b"
        ),
        (
            rf"\b(?:ich\s+(?:{_DE_ONE})|(?:{_DE_ONE}|schick|send|meld|mach|klär|schau|frag|ruf|überweis)\s+ich|wir\s+(?:{_DE_MANY})|"
            rf"(?:{_DE_MANY})\s+wir)\b"
        ),
        rf"\bund\s+(?:dann\s+)?(?:{_DE_ONE})\b",
        (
            r"\bund\s+(?:dann\s+)?(?:melden\s+uns|(?:geben|schicken|senden|erstatten|überweisen|antworten|schreiben|ersetzen|kommen|"
            r"informieren)\s+(?:ihnen|dir|auf|sie|den|das|die))\b(?=[^?]*$)"
        ),
        (
            r"\b(?:sie\s+(?:hören|erhalten|bekommen|kriegen)|(?:hören|erhalten|bekommen)\s+sie|du\s+(?:hörst|bekommst|"
            r"erhältst))\b(?=[^.!?;]{0,80}(?:\bvon\s+(?:mir|uns)\b|antwort|rückmeldung|bescheid))"
        ),
        (
            r"\b(?:wird|werden|wirst)\b(?=[^.!?;]{0,80}\b(?:erstattet|überwiesen|zurücküberwiesen|zurückerstattet|versandt|versendet|"
            r"verschickt|ersetzt|repariert|bearbeitet|geprüft|gutgeschrieben|losgeschickt|nachgeliefert|ausgetauscht|beantwortet|"
            r"storniert|veranlasst)\b)"
        ),
    ),
    dated=(
        r"\b(?:geht|gehen|kommt|kommen)\b(?=[^.!?;]{0,60}\b(?:raus|los|in\s+die\s+post|auf\s+die\s+reise|auf\s+den\s+weg|zur\s+post)\b)",
        r"^\W*(?:melde|kümmere|schicke|sende|erstatte|überweise)\b",
        r"\b(?:geben|lassen|gib|lass)\s+(?:sie\s+)?(?:mir|uns)\b(?=.{0,40}\b(?:zeit|bis)\b)",
        r"\b(?:geld|betrag|kaufpreis|erstattung)\s+(?:haben|bekommen|erhalten)\s+sie\b",
        r"\b(?:haben|bekommen|erhalten)\s+sie\b(?=[^.!?;]{0,50}\b(?:ihr\s+geld|das\s+geld|den\s+betrag|die\s+erstattung)\b)",
        r"\b(?:rückzahlung|(?:rück)?erstattung|gutschrift|überweisung|versand|antwort)\s+(?:\w+\s+){0,3}?(?:erfolgt|folgt|kommt)\b",
    ),
    kinds={
        "refund": r"\b(?:rück)?erstatte[nt]?\b|\b(?:zurück)?überweise|überwiesen|gutgeschrieben|\bzahlen?\b|erstattung",
        "send": r"schicke?|\bsende[nt]?\b|versende|versandt|verschickt|nachgeliefert|losgeschickt|ersetze|ersatz|tausch|liefer",
        "check": (
            r"prüfe|\bkläre|\bfragen?\b|\bspreche|erkundige|\bhake|kontaktier|rufe|\bschaue|\bsehe[n]?\b|recherchier|nachforsch|"
            r"\bsehen\s+wir"
        ),
        "answer": (
            r"\bmeld(?:e|en)?\b|antwort|bescheid|rückmeldung|informier|\bhör|\bschreibe?n?\b|auf\s+sie\s+zu|\bwissen\b|nachricht|"
            r"laufenden"
        ),
        "do": (
            r"kümmer|veranlass|bestell|besorg|storn|bearbeite|\bregeln?\b|repar|leite[nt]?\b|erledig|versprech|\blösen?\b|ermöglich|"
            r"reklamier|beantrag|\bweiter\b|versuch"
        ),
    },
    denied=r"\b(?:kein\w*|nichts|niemand)\b[^,;]*$",
    never=(
        r"^[^,;]{0,60}?\b(?:nicht|kein\w*|nie|niemals|geschlossen|im\s+urlaub|leider\s+(?:erst|nicht)|gerne?\s+(?:helfen|"
        r"behilflich)|freuen|verständnis|ihnen\s+(?:recht|zu)\b)|^\s+(?:mir|uns)\s+sicher\b"
    ),
    usual=(
        r"\b(?:immer|normalerweise|üblicherweise|in\s+der\s+regel|grundsätzlich|generell|meistens|meist|jeden|jede|nur\s+am)\b|"
        r"\b(?:mon|diens|donners|frei|sams|sonn)tags\b|\bmittwochs\b"
    ),
    condition=(
        r"\b(?:wenn|falls|sofern|sollten|sollte|sobald|nachdem|vorausgesetzt|auf\s+wunsch)\b|\bnach\s+(?:\w+\s+)?(?:(?:rück|"
        r"waren)?(?:erhalt|eingang)|rücksendung|rückgabe|ihrer)\b|^\W*bitte\b.*\bund\s*$"
    ),
    own_condition=(
        r"\bsobald\s+(?:ich|wir|es\s+neuigkeiten)\b(?!.{0,30}\b(?:ware|artikel|paket|rücksendung|foto)\b)|"
        r"\bwenn\s+sie\s+(?:noch\s+|weitere\s+)?fragen\b|\bbei\s+(?:weiteren\s+)?fragen\b"
    ),
    not_arrived=r"\b(?:wenn|falls|sollten?)\b.{0,60}\b(?:nicht|kein\w*|ankommt)\b",
    others=(
        r"\bund\s+(?:die|der|das)\b|(?:,|\bund\b|\baber\b)\s*(?:es\b|sie\b|das\s+paket|die\s+sendung|der\s+artikel|damit\b|weil\b|"
        r"da\b|ob\b|wie\b|warum\b|wann\b|wo\b|dhl\b|bitte\b|falls\b|wenn\b|dann\s+(?:ist|haben)\b)|,\s*(?:den|die|das|der)\s+sie\b|"
        r"\bvoraussichtlich\b"
    ),
    asks=(
        r"^\W*(?:soll(?:en)?|darf|dürfen|könn(?:en|ten)|möcht(?:en|est)|woll(?:en|t)|wann|was|welche\w*|warum|wo|bitte|wären|ist|"
        r"haben\s+sie|würden)\b"
    ),
)
