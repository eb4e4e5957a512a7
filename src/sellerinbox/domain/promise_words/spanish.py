"""Promises in Spanish."""

from __future__ import annotations

from sellerinbox.domain.promise_words.form import PromiseWords, words

_ES_TO = r"(?:(?:le|les|te|os|lo|la|los|las|se|me|nos)\s+){0,3}"

_ES_PRESENT = (
    "escribo|escribimos|envío|envio|enviamos|mando|mandamos|devuelvo|devolvemos|reembolso|reembolsamos|aviso|avisamos|confirmo|"
    "confirmamos|informo|informamos|contesto|contestamos|respondo|respondemos|hago|hacemos|doy|damos|digo|decimos|cuento|contamos|encargo|"
    "encargamos|ocupo|ocupamos|pongo|ponemos|mantengo|mantenemos|reenvío|reenviamos|cambio|cambiamos|llamo|llamamos|abono|"
    "abonamos|reviso|revisamos|compruebo|comprobamos|consulto|consultamos|prometo|prometemos|miro|miramos|preparo|preparamos|"
    "solicito|solicitamos"
)

ES = PromiseWords(
    hints=words("le les te os lo la me nos se voy vamos recibirá tendrá recibirás tendrás será sale saldrá"),
    promises=(
        rf"\b{_ES_TO}(?!podr|ser[éeá]|estar|tendr|habr|deber|querr|quer|esper|consid|recibir[áé]|sabr)\w+(?:ré|remos)\b",
        rf"\b{_ES_TO}(?:voy|vamos)\s+a\s+(?!estar|ser|cerrar|tener|poder|ver\s+si)\w+",
        rf"\b(?:(?:le|les|te|os|lo|la|los|las|se|me|nos)\s+){{1,3}}(?:{_ES_PRESENT})\b",
        (
            r"\b(?:se\s+(?:realizará|hará|tramitará|enviará|efectuará|procesará|reembolsará|repondrá)n?|"
            r"será[ns]?\s+(?:\w+mente\s+)?(?:reembolsad|enviad|tramitad|procesad|abonad|repuest|sustituid|reparad)[oa]s?)\b"
        ),
        (
            r"\b(?:recibirá|tendrá|recibirás|tendrás|va\s+a\s+(?:recibir|tener))\b(?=[^.!?;]{0,60}(?:respuesta|noticias|contestación|"
            r"de\s+nuestra\s+parte))"
        ),
    ),
    dated=(
        r"\b(?:pedido|paquete|artículo|producto|envío)\s+(?:sale|saldrá)\b",
        r"\b(?:tendrá|recibirá|tendrás|recibirás)\b(?=[^.!?;]{0,30}(?:dinero|reembolso|abono))",
        r"\b(?:deme|déme|dame|denos)\b",
        (
            r"\b(?:consulto|consultamos|reviso|revisamos|compruebo|comprobamos|enviamos|mandamos|devolvemos|reembolsamos|contestamos|"
            r"respondemos)\b"
        ),
    ),
    kinds={
        "refund": r"reembols|transferencia|devuelv|devolv|abon(?:o|ar|amos|ad)|reintegr",
        "send": r"env[ií]|mand|reenv|remit|cambi|repon|repuest|sustitu",
        "check": r"comprob|comprueb|consult|revis|habl|averigu|investig|pregunt|verific|contactar|llam|mir|reclam",
        "answer": (
            r"escrib|respond|respuesta|contest|avis|\bcont(?:amos|aré)|\bcuento|inform|noticias|contacto|confirm|\bdig|\bdec|\bdoy|"
            r"\bdamos|\bdaremos"
        ),
        "do": r"encarg|ocup|tramit|solucion|resolver|gestion|arregl|realiz|efectu|repar|proces|hacer|\bhar|\bhag|\bhacemos|cancel",
    },
    denied=r"\bno\s*$|\b(?:ningún|ninguna|nada|tampoco)\b[^,;]*$",
    never=r"^\s+todo\s+lo\s+posible|^[^,;]{0,20}?\b(?:nunca|jamás|cerrados?|de\s+vacaciones|encantad[oa]s?)\b",
    usual=(
        r"\b(?:solo|sólo|solamente|siempre|normalmente|generalmente|habitualmente|cada|todos\s+los|los\s+(?:lunes|martes|miércoles|"
        r"jueves|viernes|sábados|domingos))\b"
    ),
    condition=(
        r"^\W*si\b(?!,)|[\s,;]si\b(?!,)|\bcuando\b|\buna\s+vez\b|\ben\s+cuanto\b|\b(?:tras|al|después\s+de)\s+recibir\b|"
        r"\bsiempre\s+que\b|\ben\s+caso\b"
    ),
    own_condition=(
        r"\ben\s+cuanto\s+(?:sepa|tenga|tengamos|sepamos|pueda|podamos|reciba\s+(?:respuesta|noticias))|\bsi\s+tiene\s+(?:alguna|"
        r"más|otra)"
    ),
    not_arrived=r"\bsi\s+(?:\w+\s+){0,5}?(?:no\b|llega)",
    others=(
        r",\s*(?:llegar|debería|lo\s+recibirá|el\s+transportista|que\b|pero\s+(?:el|lo|la)\b|si\b)|\by\s+(?:lo\s+recibirá|llegará|"
        r"debería|usted|el\s+paquete)\b|\bporque\b|\bya\s+que\b|\bque\s+(?:usted|hizo|compró)\b"
    ),
    asks=r"^\W*(?:quiere|quieres|puedo|podemos|desea|prefiere|le\s+gustaría|cuándo|cómo|dónde|cuál|por\s+favor,?\s+\w+(?:lo|la|me|nos)\b)",
)
