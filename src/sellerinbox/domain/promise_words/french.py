"""Promises in French."""

from __future__ import annotations

from sellerinbox.domain.promise_words.form import PromiseWords, words

_FR_TO = r"(?:(?:vous|te|t'|l'|le|la|les|lui|leur|m'en|m'|me|nous|en|y)\s*){0,3}"

_FR_PRESENT = (
    "rembourse|remboursons|envoie|envoyons|expédie|expédions|réponds|répondons|répond|contacte|contactons|renvoie|renvoyons|"
    "écris|écrivons|tiens|tenons|tient|reviens|revenons|revient|occupe|occupons|charge|chargeons|renseigne|renseignons|vérifie|vérifions|"
    "regarde|regardons|poste|postons|appelle|appelons|transmets|transmettons|promets|promettons|échange|échangeons|remplace|"
    "remplaçons|prépare|préparons|demande|demandons|traite|traitons|règle|réglons|confirme|confirmons|fais|faisons|rappelle|"
    "recontacte|recontactons|donne|donnons|informe|informons|dis|disons"
)

FR = PromiseWords(
    hints=words("je nous on j j' m'en vous sera seront partira part serez"),
    promises=(
        (
            rf"\b(?:je|j'|nous|on)\s*{_FR_TO}(?!ser|pour|aur|devr|voudr|espér|assur|désir|regrett|pr[ée]f[eé]r|attend|rester|ador|"
            rf"offrons|ouvr)\w+(?:rai|rons|ra)\b"
        ),
        rf"\b(?:je|nous|on)\s+{_FR_TO}(?:vais|allons|va)\b(?!\s+(?:être|bien|fermer))",
        rf"\b(?:je|j'|nous|on)\s*{_FR_TO}(?:{_FR_PRESENT})\b(?!\s+(?:que\s+vous|pardon|de\s+votre|si))",
        rf"\bet\s+(?:vous|te)\s+(?:{_FR_PRESENT}|\w+(?:rai|rons))\b",
        r"\bet\s+(?:reviens|reviendrai|revenons|reviendrons)\b",
        r"\bje\s+ne\s+manquerai\s+pas\s+de\b",
        (
            r"\b(?:sera|seront|serez)\s+(?:\w+ment\s+|bien\s+)?(?=(?:effectué|fait|remboursé|envoyé|expédié|traité|posté|remplacé|"
            r"échangé|réparé|crédité|renvoyé|émis)e?s?\b)"
        ),
        (
            r"\bvous\s+(?:aurez|recevrez|allez\s+recevoir|allez\s+avoir|obtiendrez)\b(?=[^.!?;]{0,60}(?:réponse|nouvelles|"
            r"de\s+(?:notre|ma)\s+part|retour\s+de))"
        ),
    ),
    dated=(
        r"\b(?:colis|commande|article|paquet|remplacement|lettre|il|elle)\s+(?:partira|part|repart|sera\s+remise?|sera\s+postée?)\b",
        r"\b(?:laissez|donnez)-(?:moi|nous)\b",
        r"\bvous\s+aurez\b(?=[^.!?;]{0,30}(?:remboursement|argent))",
        r"\b(?:j'|nous\s+)essa(?:ie|ierai|yons|yerons)\b",
    ),
    kinds={
        "refund": r"rembours|crédit|\bvire|virement",
        "send": r"envoi|envoy|enverr|expédi|\bpost(?:e|é|er|ons|erai|erons)|remplac|échang",
        "check": r"vérifi|contact(?!er\s+vous)|renseign|regard|demand|appel|ouvr|enquêt|\bvoir\b|examin",
        "answer": (
            r"répon|recontact|tien[st]|tenons|revien|revenons|reviendr|écri|nouvelles|inform|confirm|rappel|retour|donn|promet|\bdis\b|"
            r"\btenir"
        ),
        "do": r"occup|\bcharge|nécessaire|règl|régl|trait|effectu|transm|prépar|répar|annul|\bfait\b|résou",
    },
    denied=r"\b(?:aucune?|rien)\b[^,;]*$|\b(?:ne|n')\s*$",
    never=r"^[^,;]{0,40}?\b(?:pas|jamais|plus(?!\s+tard)|fermés?|absente?s?|en\s+congés?|ravie?s?|heureux|heureuse)\b",
    usual=r"\b(?:uniquement|seulement|toujours|généralement|habituellement|normalement|chaque|d'habitude|tous\s+les)\b",
    condition=(
        r"\bsi\b(?!\s+bien)|\bs'il\b(?!\s+(?:vous|te)\s+pla)|\bdès\s+(?:réception|le\s+retour|que\s+vous|que\s+(?:le|la|l'))|"
        r"\bune\s+fois\b|\blorsque\b|\bquand\s+vous\b|\b(?:à|après)\s+(?:la\s+)?réception\b|\bà\s+condition\b|^\W*(?:veuillez|"
        r"merci\s+de)\b.*\bet\s*$"
    ),
    own_condition=(
        r"\bdès\s+que\s+(?:j'|je|nous|on)\b|\bdès\s+que\s+(?:le\s+colis|la\s+commande|votre\s+\w+)\s+(?:sera|est)\s+(?:expédiée?|"
        r"partie?|postée?)|\bsi\s+vous\s+avez\s+(?:d'autres\s+|des\s+|la\s+moindre\s+)?question"
    ),
    not_arrived=r"\b(?:si|s'il|s'ils|si\s+le\s+colis)\b.{0,40}(?:\bpas\b|\barriv)",
    others=(
        r",\s*(?:ils?|elles?|le\s+colis|vous|qui|car|mais\s+(?:vous|il)|la\s+livraison|si)\b|\bet\s+(?:vous\s+(?:le\s+|la\s+|"
        r"l')?(?:recevrez|devriez|aurez)|ils?|elles?|le\s+colis)\b|\b(?:car|parce|puisque)\b|\bque\s+vous\s+avez\b"
    ),
    asks=r"^\W*(?:voulez|souhaitez|préférez|pouvez|dois-je|puis-je|est-ce|avez|quand|comment|où|quel\w*|pourquoi|veuillez|merci\s+de)\b",
)
