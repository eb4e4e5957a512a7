"""Thank-yous in Dutch."""

from __future__ import annotations

from sellerinbox.domain.thanks_words.form import ThanksWords

NL = ThanksWords(
    thanks=(
        "bedankt, dank u, dank u wel, dankuwel, dank je, dank je wel, dankjewel, hartelijk dank, hartelijk bedankt, heel erg"
        " bedankt, erg bedankt, veel dank, bedankt hoor, super bedankt, dank, thanks"
    ),
    beside="""
        ok, oké, oke, okay, top, super, prima, perfect, mooi, fijn, goed, heel goed, heel fijn, helemaal goed, geweldig, akkoord,
        begrepen, duidelijk, ontvangen, goed ontvangen, pakket ontvangen, is aangekomen, geen probleem, geen haast, ik wacht, fijne dag,
        fijne dag nog, fijne avond, fijn weekend, prettig weekend, prettige dag, u ook, jij ook, insgelijks, hallo, hoi, goedemorgen,
        goedemiddag, goedenavond, groet, groeten, met vriendelijke groet, vriendelijke groet, mvg, dag, en, dan, heel, erg, beste
    """,
    what_for="voor",
    gifts=(
        "de, het, uw, je, jullie, alles, snelle, goede, fijne, reactie, antwoord, hulp, bericht, service, levering, moeite,"
        " informatie, info, terugbetaling, begrip, geduld, tijd, en"
    ),
    until="tot, tot dan, ik wacht tot, dan tot",
    days="maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, morgen, dan, gauw, later, volgende week",
    to_name="hallo, hoi, groet, groeten, met vriendelijke groet, mvg, beste",
)
