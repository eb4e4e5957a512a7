"""Thank-yous in French."""

from __future__ import annotations

from sellerinbox.domain.thanks_words.form import ThanksWords

FR = ThanksWords(
    thanks="""
        merci, merci beaucoup, merci bcp, mrc, mille mercis, mille merci, un grand merci, grand merci, merci bien, merci à vous,
        merci à toi, merci infiniment, merci encore, je vous remercie, je vous remercie beaucoup, je te remercie, je vous en remercie,
        avec mes remerciements, tous mes remerciements, remerciements, merci merci
    """,
    beside="""
        ok, okay, super, parfait, c'est parfait, génial, top, excellent, nickel, impeccable, très bien, bien, c'est bien, c'est noté,
        noté, c'est bon, c'est super, c'est gentil, c'est très gentil, très gentil, très aimable, vous êtes très aimable,
        vous êtes très gentil, d'accord, dac, entendu, compris, ah, oh, bien reçu, je l'ai bien reçu, je l'ai reçu, reçu, colis reçu,
        colis bien reçu, j'ai bien reçu le colis, j'ai reçu le colis, le colis est arrivé, colis arrivé, bien arrivé, il est bien arrivé,
        remboursement reçu, ça marche, ça fonctionne, tout va bien, tout est bon, tout est parfait, pas de souci, pas de soucis,
        pas de problème, aucun souci, aucun problème, pas grave, ce n'est pas grave, pas d'urgence, rien ne presse, prenez votre temps,
        j'attends, j'attendrai, je patiente, je patienterai, bonne journée, bonne fin de journée, bonne soirée, bon week end, bon weekend,
        bonne nuit, bon dimanche, bonne semaine, bonne continuation, excellente journée, belle journée, très bonne journée, à bientôt,
        à vous aussi, vous aussi, à vous, également, de même, bonjour, bonsoir, salut, coucou, madame, monsieur, cordialement,
        bien cordialement, bien à vous, salutations, sincères salutations, et, alors, donc, très, beaucoup, encore, aussi, voilà, bravo,
        au revoir
    """,
    what_for="pour, de votre",
    gifts="""
        votre, vos, la, le, l', les, ton, ta, tout, réponse, réponses, réponse rapide, rapide, rapides, retour, retour rapide, aide,
        message, messages, rapidité, réactivité, gentillesse, compréhension, amabilité, efficacité, professionnalisme, service, info,
        infos, information, informations, précision, précisions, suivi, remboursement, envoi, livraison, patience, temps, geste,
        geste commercial, sérieux, explications, explication, et, très, si, l'info, l'envoi, l'aide, l'information, avoir répondu,
        m'avoir répondu
    """,
    until="à, au, jusqu'à, j'attends jusqu'à, j'attendrai jusqu'à, on se reparle",
    days=(
        "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, demain, bientôt, plus tard, plus, la semaine prochaine, alors,"
        " donc, prochain, janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre"
    ),
    to_name="bonjour, bonsoir, salut, madame, monsieur, cordialement, bien cordialement, bien à vous, salutations",
)
