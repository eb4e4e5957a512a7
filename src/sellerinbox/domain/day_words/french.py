"""Days named in French."""

from __future__ import annotations

from sellerinbox.domain.day_words.form import DOTS, ISO, SLASH, DayWords

FR = DayWords(
    days=("lundis?|lun\\.", "mardis?", "mercredis?|mer\\.", "jeudis?|jeu\\.", "vendredis?|ven\\.", "samedis?|sam\\.", "dimanches?|dim\\."),
    months=(
        "janvier|janv",
        "février|fevrier|févr",
        "mars",
        "avril|avr",
        "mai",
        "juin",
        "juillet|juil",
        "août|aout",
        "septembre|sept",
        "octobre|oct",
        "novembre|nov",
        "décembre|decembre|déc",
    ),
    numbers={
        "une": 1,
        "un": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
        "douze": 12,
        "quinze": 15,
    },
    units={"jours?\\s+(?:ouvrés?|ouvrables?|ouvres?)": "wd", "heures?|h": "h", "jours?": "d", "semaines?": "w"},
    relative={
        "après-demain|apres-demain|après demain": "+2",
        "demain": "+1",
        "ce soir|cette nuit": "eve",
        "aujourd'hui|aujourd’hui|cet après-midi": "+0",
        "(?:au )?début (?:de )?(?:la )?semaine prochaine": "earlynext",
        "(?:fin )?(?:de )?(?:la )?semaine prochaine": "nextweek",
        "(?:la )?fin de (?:la |cette )?semaine|cette semaine|avant le week-end": "week",
        "ce week-end|ce weekend": "weekend",
        "(?:la )?fin (?:du|de ce) mois": "month",
        "hier|avant-hier": "past",
    },
    parts={"matin|dans la matinée": 12, "midi": 12, "après-midi|dans l'après-midi": 17, "soir|dans la soirée": 21},
    rules=(
        ISO,
        SLASH,
        DOTS,
        r"(?:{day},?\s+(?:le\s+)?)?(?P<d>\d{1,2})(?:er)?\s+{month}\b\.?(?:\s+(?P<year>20\d\d))?",
        r"\ble\s+(?:{day}\s+)?(?P<d>\d{1,2})\b(?!\s?[%€/:h.,]?\d)(?!\s?(?:%|€|h\b))",
        r"\b(?:sous|dans|d'ici|en)\s+(?:les\s+)?(?:un\s+délai\s+de\s+)?{number}\s?{unit}\b",
        r"\b(?P<how>ce)?\s{0,3}\b{day}(?:\s+(?P<after>dernier|passé|prochain))?",
        r"\b{relative}\b",
        r"\b(?P<h>\d{1,2})\s?h(?:(?P<min>\d\d)|eures)?\b",
        r"\b(?P<h>\d{1,2}):(?P<min>\d\d)\b",
    ),
)
