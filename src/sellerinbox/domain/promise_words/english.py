"""Promises in English."""

from __future__ import annotations

from sellerinbox.domain.promise_words.form import PromiseWords, words

_EN_CARRIES_ON = r"(?:then\s+|also\s+|gladly\s+|definitely\s+|certainly\s+|of\s+course\s+|personally\s+|immediately\s+|now\s+|just\s+){0,2}"

EN = PromiseWords(
    hints=words("i we i'll we'll i'm we're will let expect our refund replacement order parcel package item my you'll team"),
    promises=(
        (
            rf"\b(?:i|we|(?:our|my)\s+(?:\w+\s+)?(?:team|colleagues?|warehouse|support|service|staff|boss|partner))(?:'ll|"
            rf"\s+{_EN_CARRIES_ON}(?:will|shall))\b"
        ),
        r"\b(?:i'm|we're|i\s+am|we\s+are)\s+(?:(?!not|never)\w+\s+)?going\s+to\b",
        rf"\b(?:and|then)\s+{_EN_CARRIES_ON}will\b",
        r"^\W*(?:(?:ok|okay|sure|yes|sorry|thanks|of\s+course)\W+){0,2}will(?=\s+(?!you|it|this|that|they|the|your)\w)",
        r"\b(?:i|we)\s+(?:hereby\s+)?promise\b",
        r"\bplease\s+allow\s+(?:me|us)\s+to\b",
        (
            r"\b(?:let\s+me|let\s+us|allow\s+me\s+to|allow\s+us\s+to)(?=\s+(?:just\s+|quickly\s+)?(?:check|ask|look|find|see|verify|"
            r"contact|speak|talk|chase|investigate|call))"
        ),
        (
            r"\b(?:i'm|we're|i\s+am|we\s+are)\s+(?:now\s+|just\s+|already\s+|on\s+it)?(?=sending|shipping|refunding|posting|"
            r"dispatching|looking\s+into|checking|contacting|asking|arranging|resending|\s*and\b|\s*[.!]|$)"
        ),
        (
            r"\b(?:will|'ll|going\s+to|gets?)\s+(?:then\s+|also\s+)?(?:be|get)\s+(?:\w+\s+)?(?=refunded|sent|shipped|dispatched|posted|"
            r"issued|replaced|repaired|answered|credited|transferred|mailed|resent|reshipped|made|looked)"
        ),
        (
            r"\b(?:you)(?:'ll|\s+will|\s+shall)\s+(?:(?:definitely|certainly|also|then)\s+)?(?=(?:hear|(?:have|get|"
            r"receive)\s+(?:\w+\s+){0,3}(?:answer|reply|response|update|news|word))\b)"
        ),
        r"\byou(?:'ll|\s+will)\s+(?:have|get|receive)\b(?=[^.!?;,]{0,60}\bfrom\s+(?:me|us)\b)",
        r"\bexpect\s+(?:(?:an?|my|our|the)\s+)?(?=(?:answer|reply|response|update|news)\b|to\s+hear\b)",
    ),
    dated=(
        (
            r"\b(?:order|parcel|package|item|replacement|it|this|label|refund|one)\s+(?:will\s+ship|ships|goes\s+out|will\s+go\s+out|"
            r"will\s+leave\s+us|leaves\s+us|leaves\s+here)\b"
        ),
        r"\b(?:i'm|we're|i\s+am|we\s+are)\s+(?=\w+ing\b)(?!closing|leaving|being|having|waiting|going|hoping)",
        r"\b(?:refund|money|replacement)\s+will\s+be\b(?=\s+(?:with\s+you|in\s+your|on\s+its|there|back))",
        r"^\W*(?:refunding|sending|shipping|posting)\b",
        r"\b(?:will|going\s+to)\s+be\s+(?=processed|handled)",
        r"\byou(?:'ll|\s+will)\s+(?:have|get|receive|see)\s+(?=(?:\w+\s+){0,3}(?:money|refund)\b)",
        r"\bgive\s+(?:me|us)\s+(?=until|till)",
    ),
    kinds={
        "refund": r"\b(?:refund\w*|reimburs\w+|pay|money\s+back|credit\w*|transfer\w*|compensat\w+)\b",
        "send": r"\b(?:re)?(?:send|sent|sending|ship\w*|post|posted|posting|dispatch\w*|mail|mailed|deliver|replace\w*|exchange)\b",
        "check": (
            r"\b(?:check\w*|investigat\w+|look(?:ed|ing)?\s+(?:into|at|this|that)|ask\w*|verify|find\s+out|contact\w*|chase|trace|"
            r"speak|talk|raise|enquire|inquire|see\s+(?:to|what\s+we\s+can)|look|call|phone|open)\b"
        ),
        "answer": (
            r"\b(?:reply|replied|answer\w*|response|respond|get\s+back|got\s+back|come\s+back|let\s+you\s+know|keep\s+you|update\w*|"
            r"in\s+touch|write|tell\s+you|inform|hear|news|word|confirm\w*|email|message)\b"
        ),
        "do": (
            r"\b(?:sort|fix\w*|solve|resolve|settle|take\s+care|arrange|cancel|handle|deal\s+with|process\w*|issue\w*|repair\w*|"
            r"do\s+(?:it|this|that|so)|make\s+(?:sure|it\s+right|this\s+right)|ensure|made|on\s+it|get\s+(?:this|it|that)|pass|forward|"
            r"put)\b"
        ),
    },
    denied=r"\bno\s+(?!problem|worries|trouble)\w+\s*(?:\w+\s*)?$|\b(?:nothing|nobody|neither)\b[^,;]*$",
    never=(
        r"^\s*(?:not\b|never\b|n't|only\b|always\b|probably\s+not|no\s+longer|wait\b|understand\b|look\s+forward|accept\b|"
        r"gladly\s+(?:help|assist)|need\b|be\s+(?:processed|handled)\b|have\s+to\s+(?:ask\s+you|wait)|miss\b|"
        r"be\s+(?:\w+\s+)?(?:away|closed|out|off|back|happy|glad|pleased|unable|sorry|here|there|open|available|unavailable|"
        r"waiting|delighted|delivered|on\s+holiday|on\s+vacation|travell?ing)\b)"
    ),
    usual=(
        r"\b(?:usually|normally|generally|always|typically|every|only\s+(?:ship|send|post)\w*)\b|\bon\s+(?:mon|tues|wednes|thurs|"
        r"fri|satur|sun)days\b"
    ),
    condition=(
        r"\b(?:if|unless|once|when|whenever|after|as\s+soon\s+as|provided)\s+(?:you\b|your\b|we\s+(?:have\s+|'ve\s+)?(?:receive|"
        r"received|get|got)\b|i\s+(?:have\s+)?(?:receive|received|get|got)\b|it\b|this\b|that\b|the\b|they\b|he\b|she\b|needed|"
        r"necessary|possible)|\bshould\s+you\b|\bwould\s+you\s+like\b|\bin\s+case\b|^\W*(?:\w+\W+){0,3}(?:please|kindly|"
        r"just)\b.*\band\s*$"
    ),
    own_condition=(
        r"\bif\s+(?:you|there)\s+(?:have|are|need)\s+(?:any|further|more|other)\b|\bwhen\s+(?:it|this|that|your\s+\w+|"
        r"the\s+\w+)\s+(?:will|is|was|has|ships)\b|\bas\s+soon\s+as\s+(?:possible|it'?s\s+(?:possible|dispatched|posted))\b"
    ),
    not_arrived=r"\b(?:if|unless)\b.{0,60}(?:\bnot\b|n't\b|\barrives?\b|\bno\b)",
    others=(
        r"(?:,|\band\b|\bbut\b|\bso\b|,\s*so)\s*(?:that\s+)?(?:you\s+(?!an?\b)|it\b|they\b|he\b|she\b|the\b|your\b|dhl\b|ups\b|"
        r"hermes\b|royal\b|fedex\b|please\b|if\b|this\s+should|let\b|feel\b)|\b(?:whether|because|since|which|who|why|where)\b|"
        r"\bthat\s+(?:you|was|were|is|i|we|arrived|came)\b(?!\s+get)|\byou\s+(?:placed|sent|ordered|bought|paid|wrote|returned)\b|"
        r"\bto\s+(?:arrive|reach)\b"
    ),
    asks=(
        r"^\W*(?:shall|should|can|could|may|do|does|did|would|will\s+(?:you|it|this|that|they)|is|are|what|when|where|how|why|"
        r"which|who|please\s+(?!(?:allow|give)\s+(?:me|us)\b|accept\b|excuse\b|forgive\b|be\s+assured\b|rest\s+assured\b|note\b|"
        r"expect\b|bear\b)(?!.*\band\s+(?:i|we)\b))\b"
    ),
)
