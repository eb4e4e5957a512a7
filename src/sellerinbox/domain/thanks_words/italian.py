"""Thank-yous in Italian."""

from __future__ import annotations

from sellerinbox.domain.thanks_words.form import ThanksWords

IT = ThanksWords(
    thanks=(
        "grazie, grazie mille, mille grazie, grazie tante, tante grazie, grazie infinite, molte grazie, la ringrazio, ti"
        " ringrazio, grazie ancora, grazie di cuore, grazie a lei, grazie a voi"
    ),
    beside="""
        ok, okay, perfetto, ottimo, benissimo, va bene, bene, molto bene, va benissimo, d'accordo, capito, super, gentilissimo,
        gentilissima, gentilissimi, molto gentile, ricevuto, arrivato, è arrivato, tutto ok, tutto bene, tutto a posto, nessun problema,
        non c'è problema, non c'è fretta, aspetto, buona giornata, buona serata, buon fine settimana, buon weekend, anche a lei,
        altrettanto, buongiorno, buonasera, salve, ciao, saluti, cordiali saluti, distinti saluti, e, allora, molto
    """,
    what_for="per",
    gifts=(
        "la, il, l', le, sua, tua, vostra, suo, tutto, risposta, rapida, veloce, celere, pronta, aiuto, aiuto, disponibilità,"
        " gentilezza, cortesia, rapidità, velocità, pazienza, informazione, info, rimborso, assistenza, l'aiuto, e, servizio"
    ),
    until="a, fino a, ci sentiamo",
    days=(
        "lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, domani, presto, dopo, lunedi, martedi, mercoledi, giovedi, venerdi"
    ),
    to_name="buongiorno, buonasera, salve, ciao, saluti, cordiali saluti",
)
