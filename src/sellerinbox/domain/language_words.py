"""The small words by which languages are told apart: those every second sentence has, and a shop's own."""

from __future__ import annotations

WORDS = {
    "en": """
        the and is it i you my your have has not what when where how much please thanks thank hello was were are can could would
        should do does did this that with for from they there any still yet been will item order arrived received refund broken
        wrong parcel package want if or but of to be me we get got send sent shipping delivery number dear hi sorry great don't
        doesn't hasn't haven't isn't didn't i'm it's won't can't wait need back yes which who works well cheers size available offer
        broke missing described after u ur pls update days new never came said says cancel working doesnt didnt havent colour color
        price fit into by only one
    """,
    "de": """
        der die das und ist ich sie nicht ein eine einen mein meine meinen wann wo wie bitte danke hallo war sind kann können haben
        habe hat mit für von noch immer schon aber auch auf wir es zu zum zur bei oder wenn dass was wird wurde paket bestellung
        artikel lieferung versand angekommen erhalten kaputt defekt falsch falsche zurück geld rechnung guten tag morgen abend liebe
        lieber grüße gruß vielen dank ware ihr ihre leider keine kein mir mich den dem des im am sendung ob gerne gibt heute ja nein
        moin sendungsnummer rückgabe passt nur mal wieder stimmt super alles gut welche größe liefern verschicken beschädigt fehlt
        funktioniert letzter preis stornieren tage warte seit geht nach sehr wurden keinen koennen fuer moechte
    """,
    "fr": """
        le la les et est je vous ne pas un une mon ma mes quand où comment merci bonjour était sont peux pouvez avez j'ai avec pour
        mais aussi sur nous il elle ou si que qui colis commande article livraison arrivé reçu cassé remboursement toujours encore
        s'il plaît votre vos ce cette c'est du des au dans bonsoir cordialement taille numéro suivi n'est n'a n'ai jamais très bien
        oui non d'accord envoyé salut est-ce combien retour parfait journée fonctionne abîmé cassée reçue annuler annulez manque
        prix ai a été depuis jours svp pourquoi
    """,
    "es": """
        el la los las y es yo usted no un una mi mis cuándo cuando dónde donde cómo como gracias hola está estaba son puede puedo
        tiene tengo con para pero también en nosotros lo se si que qué pedido paquete artículo envío llegado recibido roto reembolso
        todavía aún por favor su sus este esta del al buenos días buenas tardes talla número seguimiento ha he muy bien sí ya hay me
        quiero dinero devolución cuánto saludos más llega perfecto todo vale funciona dañado cancelar falta llegó cuesta cuanto
        envio precio ni desde rota
    """,
    "it": """
        il lo la gli e è io lei non un una mio mia quando dove come grazie ciao buongiorno sono può posso ha ho con per ma anche che
        ordine pacco articolo spedizione arrivato ricevuto rotto rimborso ancora favore suo di del della nel buonasera taglia numero
        tracciamento salve cordiali saluti questo questa molto perfetto tutto quanto vorrei funziona danneggiato manca prezzo
        annullare dov'è sapere arriva da giorni
    """,
    "nl": """
        de het een en is ik u je jij niet mijn wanneer waar hoe dank bedankt hallo was zijn kan kunt heb heeft hebben met voor van
        nog steeds maar ook op wij dat wat wordt pakket bestelling artikel levering verzending aangekomen ontvangen kapot verkeerd
        terug geld graag alstublieft uw deze dit goedemorgen goedemiddag groet groeten maat geen al er te bij werkt beschadigd prijs
        annuleren sinds mij
    """,
    "pt": """
        o a os as e é eu você não um uma meu minha quando onde como obrigado obrigada olá está são pode posso tem tenho com para mas
        também em que pedido pacote encomenda artigo envio chegou recebi recebido partido reembolso ainda por favor seu sua este
        esta do da no na bom dia boa tarde tamanho número rastreio já há muito bem sim quero dinheiro funciona produto preço
        danificado cancelar falta
    """,
    "pl": """
        i jest nie to się na w z do ja pan pani mój moja kiedy gdzie jak proszę dziękuję witam dzień dobry czy mam ma paczka paczki
        przesyłka zamówienie przedmiot dostawa dotarła otrzymałem otrzymałam uszkodzony zwrot jeszcze ale też mi za już pozdrawiam
        numer jestem co działa uszkodzona cena
    """,
    "sv": """
        och är det jag du ni inte en ett min mitt mina när var hur tack hej kan har med för från men också på vi att som paket
        paketet beställning vara leverans kommit fått trasig fel tillbaka pengar ännu snälla vänligen den detta vad hälsningar till
        fungerar pris skadad
    """,
    "da": """
        og er det jeg du i ikke en et min mit mine hvornår hvor hvordan tak hej kan har med for fra men også på vi at som pakke
        pakken bestilling vare levering kommet modtaget forkert tilbage penge endnu venligst den dette hvad hilsen til virker pris
        beskadiget
    """,
    "ro": """
        unde este coletul meu mea nu am primit când cum vă rog mulțumesc bună ziua comanda produsul livrare încă pentru cu și
        sunt mai de la un o ce colet a fost vreau banii înapoi
    """,
    "tr": """
        ve bir bu ne zaman nerede nasıl teşekkürler teşekkür ederim merhaba için ile ama da de var yok değil sipariş siparişim kargo
        ürün iade geldi gelmedi lütfen henüz hala mı mi çok
    """,
}
"""Language → its words, lower case. A word that several languages share counts less for each."""
