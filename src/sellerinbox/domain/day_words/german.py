"""Days named in German."""

from __future__ import annotations

from sellerinbox.domain.day_words.form import DOTS, ISO, SLASH, DayWords

DE = DayWords(
    days=(
        "montags?|mo(?=[.,]|\\s+(?:um|gegen|früh))|(?<=am )mo\\b",
        "dienstags?|(?<=am )di\\b|(?<=bis )di\\b",
        "mittwochs?|(?<=am )mi\\b|(?<=bis )mi\\b",
        "donnerstags?|(?<=am )do\\b|(?<=bis )do\\b",
        "freitags?|(?<=am )fr\\b|(?<=bis )fr\\b",
        "samstags?|sonnabends?|(?<=am )sa\\b|(?<=bis )sa\\b",
        "sonntags?|(?<=bis )so\\b",
    ),
    months=(
        "januar|jänner|jan",
        "februar|feb",
        "märz|mär",
        "april|apr",
        "mai",
        "juni|jun",
        "juli|jul",
        "august|aug",
        "september|sept|sep",
        "oktober|okt",
        "november|nov",
        "dezember|dez",
    ),
    numbers={
        "einer": 1,
        "einem": 1,
        "eines": 1,
        "zwei": 2,
        "drei": 3,
        "vier": 4,
        "fünf": 5,
        "sechs": 6,
        "sieben": 7,
        "acht": 8,
        "neun": 9,
        "zehn": 10,
        "zwölf": 12,
        "vierzehn": 14,
    },
    units={"(?:werk|arbeits)tage?[ns]?|geschäftstage?n?": "wd", "stunden?|std": "h", "tage?[ns]?": "d", "wochen?": "w"},
    relative={
        "übermorgen": "+2",
        "(?<!jeden\\s)(?<!guten\\s)morgen": "+1",
        "heute abend": "eve",
        "heute": "+0",
        "(?:zu )?(?:anfang|beginn) (?:der )?(?:nächsten|nächster|kommenden|kommender) woche|anfang nächster woche": "earlynext",
        (
            "ende (?:der )?(?:nächsten|nächster|kommenden|kommender) woche|(?:nächste|nächsten|nächster|kommende|kommenden|kommender) woche"
        ): "nextweek",
        "ende (?:der|dieser) woche|(?:diese|dieser) woche|wochenende der woche|vor dem wochenende": "week",
        "(?:am|dieses|übers) wochenende": "weekend",
        "monatsende|ende des monats": "month",
        "gestern|vorgestern": "past",
    },
    parts={"früh|vormittags?": 12, "mittags?": 13, "nachmittags?": 17, "abends?": 21},
    rules=(
        ISO,
        SLASH,
        DOTS,
        r"\b(?:bis|am|zum|ab|den|dem)\s+(?P<d>\d{1,2})\.(?P<m>\d{1,2})(?![\d.])(?!\s?(?:€|eur|uhr))",
        r"(?:{day},?\s+(?:den\s+|dem\s+)?)?(?P<d>\d{1,2})\.?\s*{month}\b\.?(?:\s+(?P<year>20\d\d))?",
        r"\b(?:am|zum|den|dem)\s+(?P<d>\d{1,2})\.(?!\s?\d)",
        r"\b(?:innerhalb|binnen|in)\s+(?:von\s+|der\s+nächsten\s+|den\s+nächsten\s+)?(?:spätestens\s+)?{number}\s?{unit}\b",
        r"\b(?P<how>letzten|letzter|vergangenen|vom|diesen|nächsten|kommenden)?\s{0,3}\b{day}(?:\b|(?=[.,]))",
        r"\b{relative}\b",
        r"\b(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))?\s?uhr\b",
        r"\b(?P<h>\d{1,2}):(?P<min>\d\d)\b",
    ),
)
