"""How buyers ask, with and without a question mark, in five languages: the tables behind `questions`. Patterns over small letters."""

from __future__ import annotations

_POLITE = (
    r"^\W*(?:(?:hi|hello|hey|ok|okay|so|and|but|also|thanks|thank\s+you|please|hallo|hi|und|aber|danke|bitte|bonjour|et|merci|"
    r"hola|y|gracias|por\s+favor|guten\s+tag)\b[\s,!.]*){0,3}"
)
STARTS = (
    _POLITE
    + (
        r"(?:can|could|would|will|do|does|did|is|are|was|were|has|have|may|should|shall)\s+(?:you|i|it|the|my|your|this|that|there|"
        r"we|they|he|she|any|anyone)\b"
    ),
    _POLITE
    + (
        r"(?:when|where|what|why|how|which|who)(?:'s|\s+(?:is|are|was|were|will|would|can|could|do|does|did|has|have|should|much|"
        r"many|long|soon|big|far|about|time|size|colour|color|kind))\b"
    ),
    _POLITE + r"any\s+(?:news|update|updates|idea|chance)\b",
    _POLITE
    + (
        r"(?:wann|wo|wie|was|warum|wieso|weshalb|welche[rsnm]?|wer|wohin|woher)\s+(?:ist|sind|war|kommt|kommen|kann|können|wird|"
        r"werden|bleibt|bleiben|haben|hat|habe|lange|viel|viele|soll|muss|steht|geht|kostet|kosten|bekomme|bekommen|erhalte|"
        r"passiert|mache|machen|verschicken|versenden|größe|farbe|groß|hoch|schwer|schnell|weit)\b"
    ),
    _POLITE
    + (
        r"(?:können|könnten|kannst|könntest|haben|hast|ist|sind|wird|werden|gibt|geht|passt|hat|kann|darf|muss|soll|würden|"
        r"wäre)\s+(?:sie|ich|es|das|die|der|den|mein\w*|ihr\w*|man|wir|du|noch|er)\b"
    ),
    _POLITE
    + (
        r"(?:est-ce|qu'est-ce|pouvez|pourriez|peux-tu|puis-je|peut-on|avez-vous|savez-vous|combien|pourquoi|comment\s+(?:puis|"
        r"faire|dois|ça|se|peut|vais)|quels?\b|quelles?\b|où\s+(?:est|en|se|sont)|quand\s+(?:est|sera|arrive|arrivera|va|vais|"
        r"pensez|allez|puis|comptez|serez|vais-je|partira|part|recevrai))"
    ),
    _POLITE
    + (
        r"(?:puede|puedes|pueden|podría|podrían|tiene|tienen|hay|sabe|sabes|cuándo|cuanto|cuánto|cuánta|cuántos|dónde|"
        r"cómo\s+(?:puedo|hago|se|es|va)|por\s+qué|cuál|cuáles|cuando\s+(?:llega|llegará|me\s+(?:llega|lo\s+env)|va\s+a|sale|"
        r"saldrá|recibiré)|donde\s+(?:está|esta|puedo))\b"
    ),
)
"""A sentence that begins like this asks, whatever it ends with."""
ANYWHERE = (
    r"\b(?:let\s+me\s+know|tell\s+me|advise(?:\s+me)?|confirm|find\s+out|check)\s+(?:if|whether|when|what|how|where|which|why|who)\b",
    (
        r"\b(?:would\s+like|want|need|like|love)\s+to\s+know\b|\bwonder(?:ing)?\s+(?:if|whether|when|what|how|where|why)\b|"
        r"\bplease\s+(?:advise|confirm)\b|\b(?:can|could)\s+you\s+(?:please\s+)?(?:tell|let|check|confirm|send|give)\b"
    ),
    (
        r"\b(?:möchte|würde|wollte|wüsste)\s+(?:ich\s+)?(?:gerne?\s+)?(?:\w+\s+){0,3}wissen\b|\bwüsste\s+(?:ich\s+)?gern|"
        r"\b(?:sagen|teilen|schreiben)\s+sie\s+(?:mir|uns)\b|\bgeben\s+sie\s+(?:mir|uns)\s+(?:bitte\s+)?bescheid\b|"
        r"\bfrage\s+mich\b|\bbitte\s+um\s+(?:info|auskunft|antwort|rückmeldung)"
    ),
    r"\b(?:ob|wann)\s+[^.!?]{2,60}\s+(?:ist|kommt|wird|können|haben|geht|passt)\W*$",
    (
        r"\b(?:aimerais|voudrais|souhaite|souhaiterais|veux)\s+savoir\b|\bdites[- ]moi\b|\bmerci\s+de\s+me\s+(?:dire|confirmer|"
        r"préciser|tenir)\b|\best-ce\s+que\b|\bpo?u(?:vez|rriez)[- ]vous\b|\bpouvez-vous\b"
    ),
    (
        r"\b(?:gustaría|quisiera|quiero|querría|necesito)\s+saber\b|\bd[ií]game\b|\bme\s+(?:puede|podría|puedes)\s+(?:decir|"
        r"indicar|confirmar|enviar)\b|\bno\s+sé\s+(?:si|cuándo|dónde)\b|¿"
    ),
)
"""A sentence with one of these asks."""
CHINESE = (
    "[吗嗎]|呢\\s*$|(?:什么|什麼|啥)(?:时候|時候|时间|時間|颜色|顏色|尺|型|原因|情况|情況|意思)|是什么|是什麼|何时|何時|多久|"
    "多少|多长|多長|多大|几天|幾天|几号|幾號|几点|幾點|哪[里裡儿个個天种種款]|怎么|怎麼|怎样|怎樣|如何|为什么|為什麼|为何|為何|"
    "是否|能不能|可不可以|可以不|有没有|有沒有|会不会|會不會|是不是|要不要|好不好|行不行|到没|到了没|到哪|能否|可否|请问|請問|"
    "想问|想問|想知道"
)
WHEN = (
    r"\bwhen\b|\bhow\s+long\b|\bhow\s+soon\b|\bwhat\s+(?:day|date|time)\b|\bwann\b|\bwie\s+lange\b|\bquand\b|"
    r"\bcombien\s+de\s+(?:temps|jours)\b|\bcu[áa]ndo\b|\bcu[áa]nto\s+(?:tarda|tiempo)\b|\bqué\s+d[ií]a\b"
    "|什么时候|什麼時候|何时|何時|多久|几天|幾天|几号|幾號|哪天"
)
"""Asks for a day: a day in the reply answers it."""
HOW_MUCH = (
    r"\bhow\s+much\b|\bprice\b|\bcosts?\b|\bwie\s?viel\b|\bkoste[tn]\b|\bpreis\b|\bcombien\b(?!\s+de\s+(?:temps|jours))|"
    r"\bprix\b|\bcu[áa]nto\s+(?:cuesta|vale|es|sería|seria)\b|\bprecio\b|多少钱|多少錢|价格|價格|运费|運費"
)
"""Asks for an amount: an amount in the reply answers it."""
AMOUNT = (
    r"[€£$¥￥]\s?\d|\d\s?(?:[€£$¥￥元块塊%]|eur\b|euros?\b|usd\b|gbp\b|pounds?\b|dollars?\b|yuan\b)|\bfree\b|\bkostenlos\b|"
    r"\bkostenfrei\b|\bgratuit\w*\b|\bgratis\b|免费|免費|包邮|包郵"
)
SPAN = (
    r"\d\s?(?:working\s+|business\s+|calendar\s+)?(?:hours?|days?|weeks?|stunden|tagen?|werktagen?|wochen|heures|jours|"
    r"semaines|horas|días|dias|semanas)\b|\d\s?[个個]?(?:工作日|小时|小時|天|周|週)"
)
"""A span of time, which answers "how long"."""
COMMON = """
        about after again all already also always and any are asked back been before but can could did does don done for from get give got
        had has have hello help here how into item just know let like long made many may more much need not now off one only order our out
        please product really said send sent should some sorry still tell thank thanks that the their them then there they this those time
        want was well were what when where whether which who why will with wonder would yet you your aber alle auch auf aus bei bin bis
        bitte danke dann das dass dem den der die dies diese doch ein eine einen einer es für gern haben habe hallo hat ich ihnen ihr ihre
        immer ist kann kein keine können könnten mal mein meine meinen mich mir mit möchte nach nicht noch nur oder ohne schon sehr sein
        sich sie sind soll und uns von vor wann war warum was welche wenn wer werden wie wird wissen wir wo zum zur artikel bestellung
        alors avec avez bien bonjour cela ces cette comme comment dans depuis des dire dites elle encore est était être fait ils leur mais
        merci mes mon nous par pas peut plus pour pourquoi pouvez pourriez quand que quel quelle qui savoir ses son sont sur tout très une
        vous votre commande article algo antes como con cuando cuándo cuanto de del desde donde dónde ella ellos ese esta está este esto
        favor gracias hay hola los las más muy nos para pero por porque puede puedo que qué quiero saber ser sin sobre son también tiene
        todo una usted pedido artículo
    """
"""Words that say nothing about what a question is about."""
EMPTY_SIGNS = frozenset(
    "的了吗嗎呢吧啊是在有我你您他她它们們这這那个個就都也还還不没沒什么麼怎样樣请請问問可以能会會要想到和与與给給说說知道多少几幾好"
)
