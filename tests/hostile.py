"""Attacks on the seller's terminal, where they come in, and what must never come out.

The samples are the project's corpus; `OWN` are ours. All of them go into one shop, a conversation
each, and from there through the adapter into a real inbox.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.cells import cell_len
from textual.app import App

from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.models import Key
from tests.marketplaces.ebay_shop import ACCOUNT, EbayShop

SAMPLES = Path(__file__).parent / "corpora" / "terminal_attacks.sample.jsonl"
PLACED = (
    "body",
    "buyer_name",
    "subject",
    "order_id",
    "item_title",
    "sku",
    "tracking_no",
    "carrier",
    "country",
    "attachment_name",
    "canned_var",
)
"""Fields of a conversation or its order; the others come with an answer of the marketplace itself."""
CHECKED = frozenset(
    [
        "no_control",
        "no_crash",
        "no_misalign",
        "no_link",
        "no_action",
        "no_network",
        "no_script_text",
        "one_line",
        "visible_marker",
        "lossless",
        "warn",
        "fast",
        "safe_file_name",
        "log_safe",
    ]
)
"""What `tests/test_hostile_text.py` checks, of every attack or of those that ask for it."""
NO_CSV = "there is no CSV export yet, so nothing can begin a cell as a formula"
"""Why `csv_safe` is not checked; the export brings its own test."""

FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What never reaches the terminal: controls but the line feed, direction, invisible and tag characters, half characters."""


@dataclass(frozen=True)
class Attack:
    """One text and what has to hold of it."""

    id: str
    field: str
    payload: str
    must: tuple[str, ...] = ("no_control", "no_crash", "no_misalign")
    show: tuple[str, ...] = ()
    forbid_raw: tuple[str, ...] = ()
    budget_ms: int = 500

    @property
    def key(self) -> Key:
        return Key(ACCOUNT.name, f"c-{self.id}")

    @property
    def is_name(self) -> bool:
        return self.field == "buyer_name"

    @property
    def bomb(self) -> bool:
        return "fast" in self.must

    @property
    def order_id(self) -> str:
        return self.payload if self.field == "order_id" else f"no-{self.id}"

    def __str__(self) -> str:
        return self.id


def samples() -> list[Attack]:
    """The corpus."""
    return [_attack(json.loads(line)) for line in SAMPLES.read_text("utf-8").splitlines()]


def _attack(entry: dict[str, Any]) -> Attack:
    if "body_b64" in entry:
        payload = json.loads(base64.b64decode(entry["body_b64"]))["body"]
    else:
        payload = "".join(piece * count for piece, count in entry.get("payload_parts", [])) or entry["payload"]
    return Attack(
        entry["id"],
        entry["field"],
        payload,
        tuple(entry["must"]),
        tuple(entry.get("show", ())),
        tuple(entry.get("forbid_raw", ())),
        entry.get("budget_ms", 500),
    )


_BASIC = ("no_control", "no_crash", "no_misalign")
_LINE = (*_BASIC, "one_line")
OWN = [
    Attack("own-nested", "body", "a\x1b[\x1b[\x1b[\x1b[\x1b[\x1b[31mKKKKK z", _BASIC, ("z",), ("\x1b[\x1b",)),
    Attack("own-nested-osc", "body", "a\x1b]\x1b]\x1b]0;owned\x07\x07\x07 z", (*_BASIC, "lossless"), ("z",), ("\x1b]0;",)),
    Attack("own-c1-osc", "body", "a\x9d0;owned\x9c\x90q\x9c\x98x\x9c\x9ey\x9c\x9fz\x9c end", (*_BASIC, "lossless"), ("end",), ("\x9d0;",)),
    Attack("own-c1-name", "buyer_name", "\x9b2Jev\x85il\x9d0;x\x07", _LINE, ("ev il",), ("\x9b2J", "\x85")),
    Attack("own-bidi-name", "buyer_name", "anna\u202egpj.\u2066exe\u2069", (*_LINE, "warn"), ("anna", "exe"), ("\u202e", "\u2066")),
    Attack("own-rtl-name", "buyer_name", "\u05d3\u05e0\u05d4 12 \u0645\u062d\u0645\u062f", _LINE, ("12",)),
    Attack("own-filler-name", "buyer_name", "\u3164\uffa0\u115f\u1160", (*_LINE, "warn"), ("(no name)",)),
    Attack("own-blank-name", "buyer_name", "\u2800\ufe0f\u2800", (*_LINE, "warn"), ("(no name)",)),
    Attack("own-mark-name", "buyer_name", "\u0301\u0301", (*_LINE, "warn"), ("(no name)",)),
    Attack("own-long-name", "buyer_name", "W" * 65_536, _LINE, ("WWWWWWWW",)),
    Attack("own-zwj-name", "buyer_name", "\U0001f469\u200d" * 40 + "\U0001f469", _LINE, ("\U0001f469",)),
    Attack("own-greek-name", "buyer_name", "\u0391mazon", (*_LINE, "warn"), ("mazon",)),
    Attack("own-markup-name", "buyer_name", "[/b][@click=app.quit]x[/]", (*_LINE, "no_action", "visible_marker"), ("[/b][@click",)),
    Attack(
        "own-tags", "body", "hi\U000e0001\U000e0065\U000e0076\U000e007f \u3164\ufeff\u00ad there", (*_BASIC, "lossless"), ("hi", "there")
    ),
    Attack("own-three-joiners", "body", "a\u200d\u200d\u200db \u200d\u200d\u200d c", _BASIC, ("ab",), ("\u200d\u200d",)),
    Attack("own-tamil-pile", "body", "\u0b95" + "\u0bcd" * 3_000 + " end", _BASIC, ("end",), ("\u0bcd" * 9,)),
    Attack("own-jamo-pile", "body", "\u1100" + "\u1161" * 3_000 + " end", _BASIC, ("end",), ("\u1161" * 9,)),
    Attack("own-selectors", "body", "x" + "\ufe0f" * 500 + "\ufe0e" * 500 + " end", _BASIC, ("end",), ("\ufe0f" * 9,)),
    Attack("own-hieroglyphs", "body", "a\U00013430\U00013437b", _BASIC, ("ab",)),
    Attack(
        "own-entity-esc", "body", "x&#27;[2J&#x1b;]0;t&#7;&#155;31m&#x9b;2J&NewLine;&Tab;y<b>&#8238;z</b>", _BASIC, ("x", "y"), ("\x1b",)
    ),
    Attack("own-double-entity", "body", "x&amp;#27;[2J <a href='javascript:&#27;[2J'>pay</a>", _BASIC, ("pay",), ("\x1b",)),
    Attack("own-link", "body", '<a href="https://evil.example/&#27;]8;;">ebay.com</a>', (*_BASIC, "no_link"), ("ebay.com", "evil.example")),
    Attack("own-breaks", "body", "one\rtwo\x85three\x0bfour\u2028five\u2029six\x0cseven", _BASIC, ("one", "two", "seven")),
    Attack("own-imitation", "body", "fine\n\u258e You \u00b7 sent\n  \u2192 You 2026-01-01\nstatus: all synced", _BASIC, ("fine",)),
    Attack("own-bom", "body", "\ufeff\ufffe\uffff<!-- x -->Hello", _BASIC, ("Hello",)),
    Attack("own-subject", "subject", "A\rB\x85C\u2028D\x0bE\tF &#27;[2J\x1b]0;x\x07", _LINE, ("A B C D E F",), ("\x1b",)),
    Attack(
        "own-subject-markup", "subject", "[reverse]50%[/reverse] [link=https://evil.example]x", (*_LINE, "visible_marker"), ("[reverse]",)
    ),
    Attack("own-order-markup", "order_id", "[b]12[/b]-[@click=app.quit]9", (*_LINE, "no_action"), ("[b]12[/b]",)),
    Attack("own-title", "item_title", "\x1b]2;own\x07Pot\u202e\u0301\u0301\u0301\u0301\u0301\u0301 {tracking} [/]", _LINE, ("Pot",)),
    Attack("own-sku", "sku", "S\x9bK\x00U-\u200b1[/x]", _LINE, ("S",)),
    Attack("own-tracking", "tracking_no", "[link=https://evil.example]RR1[/link]\x1b[8m", (*_LINE, "no_link"), ("RR1",)),
    Attack("own-carrier", "carrier", "DHL\x1b[8m\u2066[/]", _LINE, ("DHL",)),
    Attack("own-country", "country", "G\x07B\u202e", _LINE, ("GB",)),
    Attack("own-file", "attachment_name", "..\\..\\\u202egpj.\x00con\x1b[2J.sh", (*_LINE, "safe_file_name"), ("con",)),
    Attack("own-file-dash", "attachment_name", "--\x1b]0;x\x07rf" + "x" * 400 + ".pdf", (*_LINE, "safe_file_name"), ("rfxx",)),
    Attack("own-variable", "canned_var", "{tracking}\x1b[31m[/b]{buyer}\u202e", _BASIC, ("{tracking}",)),
    Attack("own-api-esc", "api_error", "no \x1b]0;owned\x07\x9b2J[/b]\u202e\r\nERROR you are hacked", (*_BASIC, "log_safe"), ("no",)),
    Attack("own-api-long", "api_error", "x\x1b[31m \u2028" * 20_000, (*_BASIC, "log_safe"), ("x",)),
    Attack("own-header", "http_header", "\x1b[2J\x9b5n", (*_BASIC, "log_safe")),
]
ATTACKS = [*samples(), *OWN]
INSIDE = [attack for attack in ATTACKS if attack.field in PLACED]
"""Those with a conversation."""
ANSWERED = [attack for attack in ATTACKS if attack.field not in PLACED]
"""Those with which the marketplace itself answers."""


def shop_with(attacks: Iterable[Attack]) -> EbayShop:
    """eBay's side: for each attack a conversation, and an order that fits it."""
    shop = EbayShop(SystemClock())
    for number, attack in enumerate(attacks):
        _place(shop, number, attack)
    return shop


def _place(shop: EbayShop, number: int, attack: Attack) -> None:
    def or_else(field: str, plain: str) -> str:
        return attack.payload if attack.field in (field, "canned_var") else plain

    listing = f"11{number:04}"
    buyer = attack.payload if attack.field == "buyer_name" else f"buyer-{attack.id}"
    conversation = attack.key.remote_id
    media = [{"mediaName": attack.payload, "mediaType": "IMAGE", "mediaUrl": "https://i.example/1.jpg"}]
    shop.buyer_writes(
        conversation,
        attack.payload if attack.field == "body" else f"Question {attack.id}",
        senderUsername=buyer,
        createdDate=shop.moment(60 + number),
        **({"messageMedia": media} if attack.field == "attachment_name" else {}),
    )
    subject = attack.payload if attack.field == "subject" else "Teapot"
    shop.conversations[conversation] |= {"conversationTitle": subject, "referenceId": listing}
    shop.order(
        attack.order_id,
        orderFulfillmentStatus="FULFILLED",
        buyer={"username": buyer},
        lineItems=[
            {
                "lineItemId": f"line-{number}",
                "legacyItemId": listing,
                "title": or_else("item_title", "Teapot"),
                "sku": attack.payload if attack.field == "sku" else "T-1",
                "quantity": 1,
            }
        ],
        fulfillmentStartInstructions=[
            {
                "shippingStep": {
                    "shipTo": {
                        "fullName": or_else("none", "Anna Oak"),
                        "contactAddress": {"city": "Leeds", "countryCode": attack.payload if attack.field == "country" else "GB"},
                    }
                }
            }
        ],
    )
    shop.parcels[attack.order_id] = [
        {
            "fulfillmentId": f"f-{number}",
            "shipmentTrackingNumber": or_else("tracking_no", f"RR{number:09}GB"),
            "shippingCarrierCode": attack.payload if attack.field == "carrier" else "RoyalMail",
            "shippedDate": shop.moment(),
        }
    ]


def refusal(attack: Attack) -> httpx.Response:
    """The marketplace's own answer with the attack in it."""
    if attack.field == "http_header":
        hostile = attack.payload.encode("utf-8", "replace")
        headers = [(b"retry-after", hostile), (b"location", hostile), (b"x-ebay-c-request-id", hostile), (b"content-type", hostile)]
        return httpx.Response(429, headers=headers, content=b"{}")
    return httpx.Response(400, json={"errors": [{"errorId": 9, "domain": "API", "message": attack.payload}]})


def check_text(text: str, where: str) -> None:
    """Nothing in it may act on a terminal, whichever attack it came from."""
    found = FORBIDDEN.search(text)
    assert not found, f"{where}: {found[0]!a} in {text[max(0, found.start() - 40) : found.end() + 40]!a}"
    for attack in ATTACKS:
        for piece in attack.forbid_raw:
            assert piece not in text, f"{where}: {piece!a} of {attack}"


def check_printed(printed: bytes, where: str) -> str:
    """The same for the bytes of a command; the text."""
    text = printed.decode("utf-8")
    check_text(text, where)
    assert "Traceback" not in text, where
    return text


def frame(app: App[Any], where: str) -> str:
    """The whole screen, checked: as high and as wide as it should be, no control, no link, no action in it."""
    width, height = app.screen.size
    strips = app.screen._compositor.render_strips()
    assert len(strips) == height, where
    for y, strip in enumerate(strips):
        assert cell_len(strip.text) == width, f"{where}, line {y}: {cell_len(strip.text)} cells in {strip.text!a}"
        assert "\n" not in strip.text, where
        for segment in strip:
            style = segment.style
            assert style is None or not style.link, f"{where}: a link in {segment.text!a}"
            assert style is None or "@click" not in style.meta, f"{where}: an action in {segment.text!a}"
    text = "\n".join(strip.text for strip in strips)
    check_text(text, where)
    return text


def squeezed(text: str) -> str:
    """A text without its blanks and frames, for pieces that were wrapped."""
    return re.sub(r"[\s│▎┊▌|]+", "", text)


def shows(text: str, attack: Attack, where: str) -> None:
    """The pieces that must still be readable are."""
    for piece in attack.show:
        assert squeezed(piece) in squeezed(text), f"{where}: {piece!r} of {attack} is not in\n{text}"
