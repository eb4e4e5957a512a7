"""Reads are patient, sends happen once, and an answer means what faults.md section 3 says it means."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest

from sellerinbox.domain.errors import (
    AuthenticationFailed,
    ConfigError,
    MarketplaceError,
    NotTheMarketplace,
    OutcomeUnknown,
    Rejected,
    Unavailable,
    UnexpectedResponse,
)
from sellerinbox.marketplaces.answers import ErrorForm, Verdicts
from sellerinbox.marketplaces.ebay.errors import error_form
from sellerinbox.marketplaces.http import AccessToken, ApiClient, Limits, Wire
from sellerinbox.marketplaces.pace import Pace
from tests.fakes import FakeClock
from tests.marketplaces.ebay_shop import error, login_page


class Far:
    """A server that gives prepared answers and counts what it was asked."""

    def __init__(
        self, clock: FakeClock, *answers: httpx.Response | Exception, limits: Limits | None = None, error_form: ErrorForm = error_form
    ) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.renewals = 0
        wire = Wire("shop-uk", "eBay", "https://api.ebay.com", transport=httpx.MockTransport(self._answer), limits=limits or Limits())
        self.api = ApiClient(wire, Verdicts("shop-uk", "eBay", Pace("shop-uk", "eBay", clock), error_form), clock, self)

    async def current(self) -> AccessToken:
        return AccessToken(f"SECRET-{self.renewals}")

    async def renewed(self, stale: AccessToken) -> AccessToken:
        self.renewals += 1
        return await self.current()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def read(self) -> object:
        return await self.api.read("/x", {"token": "SECRET-query"})

    async def send(self) -> object:
        return await self.api.send("/x", {"messageText": "SECRET-body"})


OK = httpx.Response(200, json={"fine": True})
BEFORE = [httpx.ConnectError("SECRET"), httpx.ConnectTimeout("SECRET"), httpx.PoolTimeout("SECRET"), httpx.ProxyError("SECRET")]
AFTER = [
    httpx.ReadTimeout("SECRET"),
    httpx.WriteTimeout("SECRET"),
    httpx.ReadError("SECRET"),
    httpx.WriteError("SECRET"),
    httpx.RemoteProtocolError("SECRET"),
]
SENDS: list[tuple[httpx.Response | Exception, type[MarketplaceError]]] = [
    *[(trouble, Unavailable) for trouble in BEFORE],
    *[(trouble, OutcomeUnknown) for trouble in AFTER],
    *[(httpx.Response(status, json={}), OutcomeUnknown) for status in (500, 502, 503, 504)],
    *[(error(status, 335000, "Internal"), OutcomeUnknown) for status in (500, 503)],
    *[(error(status, 355006, "No"), Rejected) for status in (400, 403, 404, 409, 413, 422)],
    *[(login_page(status), OutcomeUnknown) for status in (400, 401, 403, 404, 407, 413)],
    (httpx.Response(403, json={"message": "blocked by the proxy"}), OutcomeUnknown),
    (httpx.Response(403), OutcomeUnknown),
    (httpx.Response(302, headers={"location": "https://evil.example/"}), Rejected),
    (httpx.Response(307, headers={"location": "http://api.ebay.com/"}), Rejected),
    (error(401, 1001, "Invalid access token"), AuthenticationFailed),
]
READS: list[tuple[httpx.Response | Exception, type[MarketplaceError]]] = [
    *[(trouble, Unavailable) for trouble in BEFORE + AFTER],
    *[(httpx.Response(status, json={}), Unavailable) for status in (500, 502, 503, 504)],
    *[(error(status, 355007, "No"), Rejected) for status in (400, 403, 404, 409, 410, 413, 422, 451)],
    *[(login_page(status), NotTheMarketplace) for status in (200, 401, 403, 404)],
    (httpx.Response(302, headers={"location": "https://evil.example/"}), NotTheMarketplace),
    (httpx.Response(200), UnexpectedResponse),
    (httpx.Response(200, text="fine"), UnexpectedResponse),
    (httpx.Response(200, text='{"fine": true}'), UnexpectedResponse),
    (httpx.Response(200, content=b'{"half": [1, 2', headers={"content-type": "application/json"}), UnexpectedResponse),
    (httpx.Response(200, content=b"[" * 200_000, headers={"content-type": "application/json"}), UnexpectedResponse),
    (error(401, 1001, "Invalid access token"), AuthenticationFailed),
]


@pytest.mark.parametrize(("answer", "expected"), SENDS, ids=lambda value: repr(value)[:60])
async def test_what_a_send_came_to(clock: FakeClock, answer: httpx.Response | Exception, expected: type[MarketplaceError]) -> None:
    far = Far(clock, answer)
    with pytest.raises(expected) as caught:
        await far.send()
    assert type(caught.value) is expected
    assert len(far.requests) == (2 if expected is AuthenticationFailed else 1), "a send is never repeated, but for one 401"


@pytest.mark.parametrize(("answer", "expected"), READS, ids=lambda value: repr(value)[:60])
async def test_what_a_read_came_to(clock: FakeClock, answer: httpx.Response | Exception, expected: type[MarketplaceError]) -> None:
    far = Far(clock, answer)
    with pytest.raises(expected) as caught:
        await far.read()
    assert type(caught.value) is expected
    assert len(far.requests) <= 3


@pytest.mark.parametrize("trouble", [httpx.ReadError("reset"), httpx.Response(503), httpx.ConnectError("no")], ids=repr)
async def test_a_read_gets_over_short_trouble(clock: FakeClock, trouble: httpx.Response | Exception) -> None:
    far = Far(clock, trouble, trouble, OK)
    assert await far.read() == {"fine": True}
    assert clock.monotonic() == 4.0, "after 1 s, then 3 s"


async def test_a_renewed_token_sends_the_same_thing_once_more(clock: FakeClock) -> None:
    far = Far(clock, error(401, 1001, "Invalid access token"), httpx.Response(201, json={"messageId": "1"}))
    await far.send()
    first, second = far.requests
    assert first.content == second.content
    assert (first.headers["authorization"], second.headers["authorization"]) == ("Bearer SECRET-0", "Bearer SECRET-1")


async def test_at_most_six_failures_a_minute(clock: FakeClock) -> None:
    far = Far(clock, httpx.Response(503))
    for _ in range(20):
        with pytest.raises(Unavailable):
            await far.read()
    assert len(far.requests) == 6
    clock.move(61)
    far.answers = [OK]
    assert await far.read() == {"fine": True}, "and within a minute after the burst it works again"


class Endless(httpx.AsyncByteStream):
    """A body that never ends, or never comes."""

    def __init__(self, piece: bytes) -> None:
        self.piece = piece
        self.given = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.piece:
            self.given += len(self.piece)
            yield self.piece
            await asyncio.sleep(0)
        await asyncio.Event().wait()


JSON = {"content-type": "application/json"}


async def test_an_endless_body_is_refused(clock: FakeClock) -> None:
    body = Endless(b"x" * 65536)
    far = Far(clock, httpx.Response(200, headers=JSON, stream=body))
    with pytest.raises(UnexpectedResponse, match="too large"):
        await far.api.read("/x")
    assert body.given < 9 * 2**20


async def test_a_bomb_is_not_unpacked(clock: FakeClock) -> None:
    import tracemalloc

    bomb = gzip.compress(b"0" * 200_000_000, 9)

    class Bomb(Endless):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield self.piece

    far = Far(clock, httpx.Response(200, headers={**JSON, "content-encoding": "gzip"}, stream=Bomb(bomb)))
    tracemalloc.start()
    try:
        with pytest.raises(UnexpectedResponse, match="too large"):
            await far.read()
        assert tracemalloc.get_traced_memory()[1] < 40 * 2**20
    finally:
        tracemalloc.stop()


async def test_packed_answers_are_read(clock: FakeClock) -> None:
    packed = gzip.compress(b'{"fine": true}')
    far = Far(clock, httpx.Response(200, headers={**JSON, "content-encoding": "gzip"}, content=packed))
    assert await far.read() == {"fine": True}


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "deflate"])
async def test_a_packing_nobody_asked_for_is_refused(clock: FakeClock, packing: str) -> None:
    class Packed(Endless):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"\x00"

    far = Far(clock, httpx.Response(200, headers={**JSON, "content-encoding": packing}, stream=Packed(b"")))
    with pytest.raises(UnexpectedResponse, match="packed"):
        await far.read()


@pytest.mark.parametrize("piece", [b"", b" "], ids=["silent", "dripping"])
async def test_a_server_that_takes_for_ever_is_left(clock: FakeClock, piece: bytes) -> None:
    far = Far(clock, httpx.Response(200, headers=JSON, stream=Endless(piece)), limits=Limits(seconds=0.02))
    with pytest.raises(Unavailable, match="no answer in time"):
        await far.api.read("/x")
    with pytest.raises(OutcomeUnknown, match="no answer in time"):
        await far.send()


@pytest.mark.parametrize(
    "base_url", ["http://api.ebay.com", "ftp://api.ebay.com", "api.ebay.com", "http://127.0.0.1.evil.example", "https://"]
)
def test_a_token_never_travels_in_the_open(base_url: str) -> None:
    with pytest.raises(ConfigError, match="shop-uk"):
        Wire("shop-uk", "eBay", base_url)


def test_a_proxy_never_gets_calls_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert not any(Wire("a", "eBay", "http://127.0.0.1:9")._http._mounts.values())
    assert any(Wire("a", "eBay", "https://api.ebay.com")._http._mounts.values()), "but others go through it"


@pytest.mark.parametrize("words", ["x" * 1_000_000, "red \x1b[31m and\nnew line", "[bold]markup[/bold]\u202e"])
async def test_the_marketplaces_words_are_cut_and_harmless(clock: FakeClock, words: str) -> None:
    # A form that hands the words on as they came: no marketplace has to think of this itself.
    far = Far(clock, error(400, 1, words), error_form=lambda answer: words)
    with pytest.raises(Rejected) as caught:
        await far.send()
    shown = str(caught.value)
    assert len(shown) < 350
    assert not any(char in shown for char in "\x1b\n\u202e")
