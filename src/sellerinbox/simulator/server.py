"""The simulator on the loopback address, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from concurrent.futures import Future
from typing import Self

from sellerinbox.domain.clock import Clock, SystemClock
from sellerinbox.simulator.control import PREFIX, Control
from sellerinbox.simulator.ebay import Ebay
from sellerinbox.simulator.faults import Delivery, spoil
from sellerinbox.simulator.ledger import Entry, Ledger
from sellerinbox.simulator.wire import HEAD_LIMIT, Malformed, Request, Response, read_request, serialise
from sellerinbox.simulator.world import World

HOST = "127.0.0.1"
_RESET = struct.pack("ii", 1, 0)


class SimulatorServer:
    """`with SimulatorServer(world) as server:` and every host of eBay is at `server.base_url`.

    Requests are answered one after another, each in one piece; only waiting for a slow
    connection or a latency fault lets others in. The clock is asked for the pause of a latency
    fault, so that a test's own clock decides how long that is. `control` holds what the
    control door offers, for use from the same process: hold `world.lock` around it.
    """

    def __init__(self, world: World, port: int = 0, *, clock: Clock | None = None) -> None:
        self.world = world
        self.ebay = Ebay(world)
        self.ledger = Ledger()
        self.control = Control(self.ebay, self.ledger)
        self.port = port
        self._clock = clock or SystemClock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """The address that stands for every host of the marketplace."""
        return f"http://{HOST}:{self.port}"

    @property
    def control_url(self) -> str:
        """The address of the control door."""
        return self.base_url + PREFIX

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen. Raises `OSError` when the port is taken."""
        listening: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, args=(listening,), name="simulator", daemon=True)
        self._thread.start()
        self.port = listening.result()

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self._loop and self._over and self._thread:
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join()
        self._thread = None

    def _run(self, listening: Future[int]) -> None:
        try:
            asyncio.run(self._serve(listening))
        except OSError as error:
            if listening.done():
                raise
            listening.set_exception(error)

    async def _serve(self, listening: Future[int]) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, HOST, self.port, limit=HEAD_LIMIT)
        listening.set_result(server.sockets[0].getsockname()[1])
        await self._over.wait()
        # A connection accepted in the last moment takes asyncio three rounds to get to `_connected`, which
        # closes it; on a closed server it would not get there at all and leak (CPython 3.11).
        for _ in range(3):
            await asyncio.sleep(0)
        server.close()
        for task in tuple(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A plain function, so that no connection waits for a task to start that may never do so.
        if self._over is None or self._over.is_set():
            writer.transport.abort()
            return
        task = asyncio.ensure_future(self._converse(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        task.add_done_callback(lambda _: writer.close())

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.CancelledError):
            # The client went, or we are closing: in both cases there is nobody to tell.
            writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False when the connection is over."""
        try:
            request = await read_request(reader)
        except Malformed as malformed:
            head, body = serialise(Response.of(malformed.status, {"error": str(malformed)}), self.world.now(), close=True)
            writer.write(head + body)
            await writer.drain()
            return False
        if request is None:
            return False
        delivery = self._handle(request)
        if delivery.wait:
            await self._clock.sleep(delivery.wait)
        return await self._deliver(delivery, writer, close=request.headers.get("connection", "").lower() == "close")

    def _handle(self, request: Request) -> Delivery:
        with self.world.lock:
            self.world.settle()
            if request.path == PREFIX or request.path.startswith(PREFIX + "/"):
                return Delivery(self.control.handle(request))
            entry = self.ledger.note(request, self.world.now())
            delivery = self._marketplace(request, entry)
            entry.status = delivery.response.status if delivery.response else None
            return delivery

    def _marketplace(self, request: Request, entry: Entry) -> Delivery:
        fault = self.control.strike(request)
        if fault is None:
            return Delivery(self.ebay.handle(request))
        entry.fault, entry.taken = fault.kind, fault.taken
        if fault.kind == "expire_token":
            self.ebay.tokens.expire(request.headers.get("authorization", ""))
        return spoil(fault, self.ebay.handle(request) if fault.taken else None)

    async def _deliver(self, delivery: Delivery, writer: asyncio.StreamWriter, *, close: bool) -> bool:
        if delivery.response is None:
            return False
        head, body = serialise(delivery.response, self.world.now(), close=close)
        if delivery.cut_after is not None:
            writer.write(head + body[: delivery.cut_after])
            await writer.drain()
            _reset(writer)
            return False
        writer.write(head + body)
        await writer.drain()
        return not close


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with RST rather than FIN, as a dying router does."""
    sock = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
