"""Thank-yous in German."""

from __future__ import annotations

from sellerinbox.domain.thanks_words.form import ThanksWords

DE = ThanksWords(
    thanks="""
        danke, dankeschön, danke schön, danke sehr, danke vielmals, danke dir, danke ihnen, danke euch, vielen dank, vielen lieben dank,
        lieben dank, herzlichen dank, besten dank, tausend dank, schönen dank, 1000 dank, ich danke ihnen, ich danke dir, ich danke,
        wir danken, dank dir, merci, thx, thanks, danke nochmal, danke nochmals, ich bedanke mich, bedanke mich, dankbar, sehr dankbar,
        ich bin ihnen dankbar, vielen vielen dank, danke danke, recht herzlichen dank
    """,
    beside="""
        ok, okay, oki, super, prima, perfekt, toll, klasse, spitze, top, wunderbar, hervorragend, ausgezeichnet, sehr gut, gut, schön,
        sehr schön, alles klar, alles gut, alles bestens, alles prima, alles super, passt, das passt, passt so, geht klar, in ordnung,
        das ist in ordnung, ist in ordnung, verstanden, cool, wow, oh, ah, ach, das ist nett, sehr nett, das ist sehr nett,
        nett von ihnen, sehr freundlich, das ist lieb, sehr lieb, das freut mich, freut mich, freue mich, ich freue mich, super service,
        toller service, guter service, klasse service, toller verkäufer, angekommen, ist angekommen, heute angekommen,
        ist heute angekommen, gut angekommen, ist gut angekommen, ware angekommen, paket angekommen, paket ist angekommen,
        das paket ist angekommen, paket ist da, das paket ist da, ist da, erhalten, habe ich erhalten, habe es erhalten, ware erhalten,
        paket erhalten, geld ist da, das geld ist da, geld erhalten, hat geklappt, alles hat geklappt, funktioniert, es funktioniert,
        funktioniert jetzt, geht jetzt, läuft, hat sich erledigt, erledigt, kein problem, gar kein problem, kein thema, keine eile,
        keine hektik, lassen sie sich zeit, ich warte, warte ich, dann warte ich, ich kann warten, das macht nichts, macht nichts,
        nicht schlimm, schönen tag, schönen tag noch, einen schönen tag, einen schönen tag noch, schönen abend, schönen abend noch,
        schönes wochenende, ein schönes wochenende, schönen sonntag, schönes we, schöne woche, guten abend, guten morgen, guten tag,
        gute nacht, ihnen auch, dir auch, euch auch, gleichfalls, ebenso, ebenfalls, hallo, hi, hey, moin, servus, liebe grüße,
        lieben gruß, viele grüße, vielen grüßen, mit freundlichen grüßen, freundliche grüße, beste grüße, schöne grüße, grüße, gruß, lg,
        vg, mfg, bg, tschüss, tschüß, ciao, wiedersehen, auf wiedersehen, alles gute, alles liebe, und, dann, so, sehr, auch, nochmal,
        nochmals, jetzt, frau, herr, herrn, liebe, lieber, damen, sehr geehrte, sehr geehrter, geehrte, wünsche ich, wünsche ich ihnen,
        ich wünsche ihnen, wünsche, ihnen, dir
    """,
    what_for="für, fürs",
    gifts="""
        die, das, den, der, ihre, ihren, ihr, deine, deinen, dein, eure, alles, schnelle, schnellen, schneller, rasche, prompte, nette,
        netten, freundliche, gute, guten, tolle, super, ausführliche, antwort, rückmeldung, nachricht, hilfe, unterstützung, info, infos,
        information, informationen, auskunft, mühe, mühen, bemühungen, bemühung, geduld, verständnis, lieferung, versand, abwicklung,
        bearbeitung, service, kundenservice, rückerstattung, erstattung, ersatz, ersatzlieferung, gutschrift, zeit, entgegenkommen,
        kulanz, freundlichkeit, aufklärung, erklärung, tipp, mail, email, e mail, update, bescheid, und, so, sehr, schnell, kontakt,
        kommunikation, einsatz, engagement
    """,
    until=(
        "bis, dann bis, warte bis, ich warte bis, dann warte ich bis, warte ich bis, wir hören uns, dann hören wir uns, hören uns,"
        " bis dann, bis dahin, ich warte dann bis"
    ),
    days=(
        "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, mo, di, mi, do, fr, sa, so, morgen, übermorgen, bald,"
        " dann, dahin, später, nächste woche, kommende woche, zum, am, den, januar, februar, märz, april, mai, juni, juli, august,"
        " september, oktober, november, dezember, jan, feb, okt, nov, dez"
    ),
    to_name=(
        "hallo, hi, hey, liebe, lieber, frau, herr, herrn, lg, vg, mfg, bg, gruß, grüße, liebe grüße, viele grüße, lieben gruß,"
        " mit freundlichen grüßen, beste grüße, freundliche grüße, schöne grüße"
    ),
)
