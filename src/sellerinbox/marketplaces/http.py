"""The one door to the network: `ApiClient` reads with patience and sends exactly once.

No address with its query, no token and no body ever gets into an error or the log: httpx's own
log lines and errors hold whole addresses (checked with 0.28.1), so its loggers are silenced and
its errors are put into our words here and dropped.
"""

from __future__ import annotations

import asyncio
import json
import logging
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Protocol, Self, cast

import httpx

from sellerinbox import __version__
from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import ConfigError, MarketplaceError, Unavailable, UnexpectedResponse
from sellerinbox.domain.text import clean_line
from sellerinbox.i18n import N_, _
from sellerinbox.marketplaces.answers import Answer, Verdicts

Transport = httpx.AsyncBaseTransport
"""What carries requests; tests hand in one of their own."""
Query = Mapping[str, str]

PAUSES = (1.0, 3.0)
"""Seconds before the first and the second repetition of a read. eBay allows two, not more."""

_log = logging.getLogger(__name__)
for _talkative in ("httpx", "httpcore"):
    logging.getLogger(_talkative).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost at most."""

    seconds: float = 28.0
    """For a read with its repetitions, or for one send: the seller is told within 30 s (faults.md, N2)."""
    body: int = 8 * 2**20
    """Bytes of an answer, unpacked."""


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token; its value is kept out of every `repr`, and so out of tracebacks."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Payload:
    """What a request carries: a body, and who asks; neither shows in a `repr`."""

    body: bytes = field(repr=False)
    content_type: str
    authorization: str | None = field(default=None, repr=False)


class Tokens(Protocol):
    """Where access tokens come from. Both raise `AuthenticationFailed` when only the seller can help."""

    async def current(self) -> AccessToken:
        """One that should work."""

    async def renewed(self, stale: AccessToken) -> AccessToken:
        """One that replaces `stale`; asked for by many at once, it is fetched once."""


class NoAnswer(Exception):
    """Connection trouble, in a sentence; `wrote` tells whether the request may have left us."""

    def __init__(self, message: str, *, wrote: bool) -> None:
        super().__init__(message)
        self.wrote = wrote


class Wire:
    """The connections to one host. Raises `ConfigError` for an address that would put a token at risk."""

    def __init__(
        self, account: str, label: str, base_url: str, *, transport: Transport | None = None, limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._account = account
        self._label = label
        self._http = _open(account, base_url, transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def exchange(self, path: str, query: Query | None, payload: Payload | None, token: AccessToken | None) -> Answer:
        """One request and its whole answer: a GET, or a POST of `payload`. Raises `NoAnswer`."""
        request = self._http.build_request("POST" if payload else "GET", path, params=query, content=payload.body if payload else None)
        _authorize(request, payload, token)
        trouble: NoAnswer
        try:
            answer = await self._whole(await self._http.send(request, stream=True))
        except httpx.HTTPError as error:
            trouble = _no_answer(error, self._label)
        else:
            self._note(request, str(answer.status))
            return answer
        self._note(request, "no answer")
        raise trouble

    async def _whole(self, response: httpx.Response) -> Answer:
        body, flaw = bytearray(), None
        try:
            async for piece in _unpacked(response, self.limits.body):
                body += piece
                if len(body) > self.limits.body:
                    raise ValueError(N_("is too large"))
        except ValueError as error:
            flaw = str(error)
        finally:
            await response.aclose()
        return Answer(response.status_code, response.headers, b"" if flaw else bytes(body), flaw)

    def _note(self, request: httpx.Request, outcome: str) -> None:
        _log.debug("%s: %s %s: %s", self._account, request.method, clean_line(request.url.path), outcome)


class ApiClient:
    """Calls to one host for one account; `tokens` None: without a token."""

    def __init__(self, wire: Wire, verdicts: Verdicts, clock: Clock, tokens: Tokens | None = None) -> None:
        self.verdicts = verdicts
        self._wire = wire
        self._clock = clock
        self._tokens = tokens
        self._pace = verdicts.pace

    async def read(self, path: str, query: Query | None = None, payload: Payload | None = None) -> object:
        """Ask something that changes nothing, and return the JSON; repeated at most twice, with pauses.

        It is the intent that counts: with a `payload` it is a POST. Raises `AuthenticationFailed`,
        `RateLimited`, `Unavailable`, `Rejected`, `UnexpectedResponse` or `NotTheMarketplace`.
        """
        try:
            async with asyncio.timeout(self._wire.limits.seconds):
                return await self._read_patiently(path, query, payload)
        except TimeoutError:
            pass
        raise self.verdicts.unavailable(_("{label} gave no answer in time.").format(label=self.verdicts.label))

    async def send(self, path: str, body: Mapping[str, object]) -> Answer:
        """Ask for a change, once, and return the accepted answer (2xx).

        Raises `Unavailable`, `RateLimited`, `AuthenticationFailed` or `Rejected` when it surely was
        not taken, `OutcomeUnknown` when it may have been.
        """
        payload = Payload(json.dumps(body).encode(), "application/json")
        token = await self._token_for_send()
        answer = await self._send_once(path, payload, token)
        if token is not None and answer.wants_token:
            token = await self._token_for_send(stale=token)
            answer = await self._send_once(path, payload, token)
        if answer.accepted:
            self._pace.well()
            return answer
        raise self.verdicts.refused_send(answer)

    async def _read_patiently(self, path: str, query: Query | None, payload: Payload | None) -> object:
        # Asking for a token has patience of its own: inside ours it would be nine tries instead of three.
        token = await self._tokens.current() if self._tokens else None
        for pause in PAUSES:
            try:
                return await self._read_once(path, query, payload, token)
            except Unavailable:
                if self._pace.exhausted():
                    raise
            await self._clock.sleep(pause)
        return await self._read_once(path, query, payload, token)

    async def _read_once(self, path: str, query: Query | None, payload: Payload | None, token: AccessToken | None) -> object:
        answer = await self._answer_to_read(path, query, payload, token)
        if self._tokens and token and answer.wants_token:
            answer = await self._answer_to_read(path, query, payload, await self._tokens.renewed(token))
        if not answer.accepted:
            raise self.verdicts.refused_read(answer)
        self._pace.well()
        return self.verdicts.json(answer)

    async def _answer_to_read(self, path: str, query: Query | None, payload: Payload | None, token: AccessToken | None) -> Answer:
        try:
            return await self._exchange(path, query, payload, token)
        except NoAnswer as lost:
            what = str(lost)
        raise self.verdicts.unavailable(what)

    async def _send_once(self, path: str, payload: Payload, token: AccessToken | None) -> Answer:
        error: MarketplaceError
        try:
            async with asyncio.timeout(self._wire.limits.seconds):
                return await self._exchange(path, None, payload, token)
        except TimeoutError:
            error = self.verdicts.unknown(_("gave no answer in time"))
        except NoAnswer as lost:
            error = self.verdicts.unknown(_("gave no answer")) if lost.wrote else self.verdicts.unavailable(str(lost))
        raise error

    async def _exchange(self, path: str, query: Query | None, payload: Payload | None, token: AccessToken | None) -> Answer:
        self._pace.check()
        answer = await self._wire.exchange(path, query, payload, token)
        self._pace.heard(answer.headers)
        return answer

    async def _token_for_send(self, stale: AccessToken | None = None) -> AccessToken | None:
        """A token; whatever goes wrong here, the change itself has not left us."""
        if self._tokens is None:
            return None
        try:
            return await (self._tokens.renewed(stale) if stale else self._tokens.current())
        except UnexpectedResponse as error:
            account, message = error.account, str(error)
        raise Unavailable(account, message)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _open(account: str, base_url: str, transport: Transport | None) -> httpx.AsyncClient:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        raise ConfigError(_("The base_url of account “{account}” is not an address.").format(account=account)) from None
    loopback = _is_loopback(url.host)
    if not url.host or not (url.scheme == "https" or (url.scheme == "http" and loopback)):
        raise ConfigError(
            _("The base_url of account “{account}” must begin with https://, or with http:// for this machine itself.").format(
                account=account
            )
        )
    return httpx.AsyncClient(
        base_url=url,
        # gzip is the one packing that we unpack within bounds.
        headers={"user-agent": f"sellerinbox/{__version__}", "accept": "application/json", "accept-encoding": "gzip"},
        timeout=httpx.Timeout(20, connect=5),
        trust_env=not loopback,  # with HTTP_PROXY set httpx would send calls to this machine to the proxy
        follow_redirects=False,
        transport=transport,
    )


def _authorize(request: httpx.Request, payload: Payload | None, token: AccessToken | None) -> None:
    if payload:
        request.headers["content-type"] = payload.content_type
    if payload and payload.authorization:
        request.headers["authorization"] = payload.authorization
    if token:
        request.headers["authorization"] = f"Bearer {token.value}"


async def _unpacked(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """The body piece by piece; httpx itself would unpack 64 kB into 64 MB at once.

    Raises `ValueError` with a verb phrase when a body is not to be taken.
    """
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in ("gzip", "identity", ""):
        raise ValueError(N_("is packed in a way that was not asked for"))
    unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    async for piece in cast("AsyncIterator[bytes]", response.stream):
        try:
            yield unpack.decompress(piece, limit + 1) if unpack else piece
        except zlib.error:
            raise ValueError(N_("is damaged")) from None
        if unpack and unpack.unconsumed_tail:
            raise ValueError(N_("is too large"))


def _no_answer(error: httpx.HTTPError, label: str) -> NoAnswer:
    """In words what kept an answer away; the first group surely wrote nothing of the request."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError | httpx.UnsupportedProtocol):
        return NoAnswer(_("{label} can't be reached from here.").format(label=label), wrote=False)
    if isinstance(error, httpx.TimeoutException):
        return NoAnswer(_("{label} gave no answer in time.").format(label=label), wrote=True)
    return NoAnswer(_("The connection to {label} broke.").format(label=label), wrote=True)
