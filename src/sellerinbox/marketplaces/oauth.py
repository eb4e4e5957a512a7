"""Access tokens by the refresh-token grant (RFC 6749, section 6), renewed once however many ask."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from urllib.parse import urlencode

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import AuthenticationFailed, CredentialsError, Rejected
from sellerinbox.i18n import _
from sellerinbox.marketplaces.base import Secrets
from sellerinbox.marketplaces.http import AccessToken, ApiClient, Payload

EARLY = 60.0
"""Seconds before its end at which a token counts as over."""
LIFETIME = 7200.0
"""Seconds a token lives where the answer doesn't say (eBay's own figure)."""


class RefreshGrant:
    """The access token of one account.

    After a refusal no further request is made until the secret store gives something else:
    only the seller can help, and a storm of requests would not.
    """

    def __init__(self, api: ApiClient, path: str, secrets: Secrets, clock: Clock) -> None:
        self._api = api
        self._path = path
        self._secrets = secrets
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token: AccessToken | None = None
        self._ends = 0.0
        self._asking: Payload | None = None
        self._refused: Payload | None = None

    async def current(self) -> AccessToken:
        """A token that should work. Raises `AuthenticationFailed` and what `ApiClient.read` raises."""
        return await self._other_than(None)

    async def renewed(self, stale: AccessToken) -> AccessToken:
        """A token other than `stale`, which was refused."""
        return await self._other_than(stale)

    async def _other_than(self, stale: AccessToken | None) -> AccessToken:
        async with self._lock:
            if self._token is None or self._token is stale or self._clock.monotonic() >= self._ends:
                self._token = None
                self._token = await self._fetch()
            return self._token

    async def _fetch(self) -> AccessToken:
        asking = self._asking or await self._ask_with()
        if asking == self._refused:
            raise self._signed_out()
        try:
            answer = await self._api.read(self._path, payload=asking)
        except (Rejected, AuthenticationFailed):
            self._asking, self._refused = None, asking
        else:
            self._asking = asking
            return self._taken(answer)
        raise self._signed_out()

    async def _ask_with(self) -> Payload:
        """The request for a token, made of secrets that nothing else holds."""
        try:
            return await asyncio.to_thread(_refresh_request, self._secrets)
        except CredentialsError as error:
            message = str(error)
        raise AuthenticationFailed(self._api.verdicts.account, message)

    def _taken(self, answer: object) -> AccessToken:
        fields = answer if isinstance(answer, dict) else {}
        value, seconds = fields.get("access_token"), fields.get("expires_in")
        if not (isinstance(value, str) and value.isascii() and value.isprintable() and value.strip()):
            raise self._api.verdicts.unexpected("to the sign-in holds no token")
        lifetime = float(seconds) if isinstance(seconds, int) and 0 < seconds < 10**6 else LIFETIME
        self._ends = self._clock.monotonic() + max(lifetime - EARLY, lifetime / 2)
        return AccessToken(value)

    def _signed_out(self) -> AuthenticationFailed:
        account, label = self._api.verdicts.account, self._api.verdicts.label
        return AuthenticationFailed(
            account,
            _("{label} no longer accepts the sign-in: sign in to {account} again. Stored messages stay readable, replies wait.").format(
                label=label, account=account
            ),
        )


def _refresh_request(secrets: Secrets) -> Payload:
    # eBay: Basic authorization with client id and secret, the grant as a form (fact sheet, 7.2).
    return Payload(
        urlencode({"grant_type": "refresh_token", "refresh_token": secrets("refresh_token")}).encode(),
        "application/x-www-form-urlencoded",
        "Basic " + b64encode(f"{secrets('client_id')}:{secrets('client_secret')}".encode()).decode(),
    )


def oauth_error(answer: object) -> str | None:
    """The reason of a refusal in the form of RFC 6749, section 5.2; None for another form or a passing trouble."""
    passing = ("server_error", "temporarily_unavailable")
    if isinstance(answer, dict) and isinstance(answer.get("error"), str) and answer["error"] not in passing:
        return str(answer.get("error_description") or answer["error"])
    return None
