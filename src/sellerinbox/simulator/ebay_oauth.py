"""eBay's token service: shared/apis/ebay.md section 7.2."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from sellerinbox.simulator.wire import Request, Response
from sellerinbox.simulator.world import World

SCOPE = "https://api.ebay.com/oauth/api_scope"
ACCESS_SECONDS = 7200
REFRESH_SECONDS = 47_304_000
CODE_SECONDS = 299
CLIENT_ID = "HarbourL-sellerin-SBX-0c0ffee00-1a2b3c4d"
RU_NAME = "Harbour_Lamp_Wo-HarbourL-seller-demo"
ACCEPT_URL = "https://signed-in.example/accepted"
"""Where a browser lands after consent, with the code in its address."""

CONSENTED = frozenset(
    [SCOPE]
    + [
        f"{SCOPE}/{name}"
        for name in ("commerce.message", "sell.fulfillment", "sell.fulfillment.readonly", "commerce.identity.readonly", "commerce.feedback")
    ]
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token or a code allows, and until when."""

    scopes: frozenset[str]
    until: datetime


class Tokens:
    """Who may come in. Every token is made from the world's seed, so a world repeats whole."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._made = 0
        self.client_id = CLIENT_ID
        self.client_secret = f"SBX-{self._digest('secret')[:12]}-{self._digest('secret')[12:20]}"
        self._codes: dict[str, Grant] = {}
        self._refresh: dict[str, Grant] = {}
        self._access: dict[str, Grant] = {}
        self.refresh_token = self._new_refresh(CONSENTED)
        self.access_token = self._new_access(CONSENTED)

    def allows(self, authorization: str, scopes: Iterable[str]) -> bool | None:
        """Whether a request with that header may have one of these scopes; None: the token is no good."""
        kind, _, token = authorization.partition(" ")
        grant = self._access.get(token) if kind.lower() == "bearer" else None
        if grant is None or grant.until <= self._world.now():
            return None
        return not grant.scopes.isdisjoint(scopes)

    def expire(self, authorization: str) -> None:
        """The token in that header is dead from now on; a refresh gives another."""
        self._access.pop(authorization.partition(" ")[2], None)

    def revoke(self) -> None:
        """The seller withdrew his consent: no token works any more, until he signs in again."""
        self._access.clear()
        self._refresh.clear()
        self._codes.clear()

    def consent(self, scopes: frozenset[str] = CONSENTED) -> str:
        """The seller agreed in his browser: a code, good once and for five minutes."""
        code = self._token("c")
        self._codes[code] = Grant(scopes, self._until(CODE_SECONDS))
        return code

    def authorize(self, request: Request) -> Response:
        """`GET /oauth2/authorize`: this seller always agrees, and his browser is sent on with the code."""
        asked = frozenset(request.query.get("scope", "").split())
        if request.query.get("client_id") != self.client_id or request.query.get("response_type") != "code" or not asked <= CONSENTED:
            return _refused(400, "invalid_request", "Input request parameters are invalid.")
        answer = {"code": self.consent(asked), "expires_in": str(CODE_SECONDS)}
        if "state" in request.query:
            answer["state"] = request.query["state"]
        return Response(302, headers=(("Location", f"{ACCEPT_URL}?{urlencode(answer)}"),))

    def token(self, request: Request) -> Response:
        """`POST /identity/v1/oauth2/token`."""
        if not self._is_client(request.headers.get("authorization", "")):
            return _refused(401, "invalid_client", "client authentication failed")
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        grants = {"refresh_token": self._by_refresh, "authorization_code": self._by_code, "client_credentials": self._by_client}
        grant = grants.get(form.get("grant_type", ""))
        if grant is None:
            return _refused(400, "unsupported_grant_type", "grant type in request is not supported by the authorization server")
        return grant(form)

    def _by_refresh(self, form: dict[str, str]) -> Response:
        grant = self._refresh.get(form.get("refresh_token", ""))
        if grant is None or grant.until <= self._world.now():
            return _refused(400, "invalid_grant", "the provided authorization refresh token is invalid or was issued to another client")
        asked = frozenset(form.get("scope", "").split()) or grant.scopes
        if not asked <= grant.scopes:
            return _bad_scope()
        # Section 7.2: no new refresh token comes back.
        return Response.of(200, self._answer(asked, "User Access Token"))

    def _by_code(self, form: dict[str, str]) -> Response:
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or grant.until <= self._world.now() or not form.get("redirect_uri"):
            return _refused(400, "invalid_grant", "the provided authorization grant code is invalid or was issued to another client")
        self.refresh_token = self._new_refresh(grant.scopes)
        more = {"refresh_token": self.refresh_token, "refresh_token_expires_in": REFRESH_SECONDS}
        return Response.of(200, {**self._answer(grant.scopes, "User Access Token"), **more})

    def _by_client(self, form: dict[str, str]) -> Response:
        asked = frozenset(form.get("scope", SCOPE).split())
        if asked != {SCOPE}:
            return _bad_scope()
        # An application token holds no user's scope, so every call of an inbox answers 403.
        return Response.of(200, self._answer(frozenset(), "Application Access Token"))

    def _answer(self, scopes: frozenset[str], kind: str) -> dict[str, object]:
        return {"access_token": self._new_access(scopes), "expires_in": ACCESS_SECONDS, "token_type": kind}

    def _is_client(self, authorization: str) -> bool:
        kind, _, coded = authorization.partition(" ")
        try:
            plain = base64.b64decode(coded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return False
        return kind.lower() == "basic" and plain == f"{self.client_id}:{self.client_secret}"

    def _new_access(self, scopes: frozenset[str]) -> str:
        token = self._token("t")
        self._access[token] = Grant(scopes, self._until(ACCESS_SECONDS))
        return token

    def _new_refresh(self, scopes: frozenset[str]) -> str:
        token = self._token("r")
        self._refresh[token] = Grant(scopes, self._until(REFRESH_SECONDS))
        return token

    def _until(self, seconds: int) -> datetime:
        return self._world.now() + timedelta(seconds=seconds)

    def _token(self, kind: str) -> str:
        self._made += 1
        return f"v^1.1#i^1#f^0#p^3#I^3#{kind}^{self._digest(f'{kind}{self._made}')}"

    def _digest(self, what: str) -> str:
        return hashlib.sha256(f"{self._world.seed}/{what}".encode()).hexdigest()


def _bad_scope() -> Response:
    return _refused(400, "invalid_scope", "The requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client")


def _refused(status: int, code: str, description: str) -> Response:
    return Response.of(status, {"error": code, "error_description": description})
