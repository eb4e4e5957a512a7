"""The server as a server: loopback, one connection for many requests, bytes that are no request, its end."""

from __future__ import annotations

import asyncio
import io
import json
import socket
import threading

import pytest

from sellerinbox.domain.clock import SystemClock
from sellerinbox.simulator.demo import announcement, serve, simulator
from sellerinbox.simulator.server import HOST, SimulatorServer
from sellerinbox.simulator.world import World
from tests.simulator.client import Client, SetClock


def _raw(server: SimulatorServer, data: bytes) -> bytes:
    """What comes back for some bytes until the server closes."""
    with socket.create_connection((HOST, server.port), timeout=10) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        parts = []
        while part := sock.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_it_listens_on_the_loopback_address_only(server: SimulatorServer) -> None:
    listening = [line.split()[1] for line in _open_sockets() if line.split()[1].endswith(f":{server.port:04X}") and line.split()[3] == "0A"]

    assert listening == [f"0100007F:{server.port:04X}"]


def _open_sockets() -> list[str]:
    try:
        with open("/proc/net/tcp") as table:  # noqa: PTH123 - the kernel's, not a file of ours
            return table.read().splitlines()[1:]
    except FileNotFoundError:
        pytest.skip("this system has no /proc/net/tcp to look the listening address up in")


def test_one_connection_carries_many_requests(client: Client) -> None:
    client.orders()
    sock = client._connection.sock
    client.messages("/conversation", conversation_type="FROM_MEMBERS")
    client.send(client.conversation_with("old_mill_lane"), "Hello")

    assert client._connection.sock is sock


def test_two_requests_in_one_packet_get_two_answers(server: SimulatorServer) -> None:
    request = b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"

    assert _raw(server, request * 2).count(b"HTTP/1.1 404") == 2


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"hello\r\n\r\n", 400),
        (b"GET nothing HTTP/1.1\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nContent-Length: some\r\n\r\n", 400),
        (b"POST /x HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413),
        (b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (b"GET /" + b"x" * 80_000 + b" HTTP/1.1\r\n\r\n", 431),
    ],
)
def test_bytes_that_are_no_request_are_refused(server: SimulatorServer, data: bytes, status: int) -> None:
    assert _raw(server, data).startswith(f"HTTP/1.1 {status}".encode())


def test_a_client_that_goes_in_the_middle_hurts_nobody(server: SimulatorServer, client: Client) -> None:
    assert _raw(server, b"POST /commerce/message/v1/send_message HTTP/1.1\r\nContent-Length: 50\r\n\r\nhalf") == b""

    assert client.ledger() == []
    assert client.orders().status == 200


def test_the_date_header_is_world_time(client: Client) -> None:
    client.control("advance", seconds=3600)

    assert client.orders().headers["date"] == "Mon, 16 Nov 2026 10:00:00 GMT"


def test_a_slow_answer_holds_up_nobody_else(now: SetClock) -> None:
    class HeldClock(SetClock):
        """Pauses last until the test lets go."""

        def __init__(self) -> None:
            super().__init__()
            self.pausing, self.release = threading.Event(), threading.Event()

        async def sleep(self, seconds: float) -> None:
            self.pausing.set()
            await asyncio.to_thread(self.release.wait, 10)

    held = HeldClock()
    with SimulatorServer(World(held), clock=held) as server:
        slow, quick = Client(server), Client(server)
        quick.control("fault", match="/order", kind="latency", seconds=60)
        statuses: list[int] = []
        waiting = threading.Thread(target=lambda: statuses.append(slow.orders().status))
        waiting.start()
        assert held.pausing.wait(10)

        assert quick.messages("/conversation", conversation_type="FROM_EBAY").status == 200
        assert statuses == []
        held.release.set()
        waiting.join(10)
        assert statuses == [200]
        slow.close()
        quick.close()


def test_stopping_frees_the_port_and_ends_the_thread(now: SetClock) -> None:
    with SimulatorServer(World(now)) as first:
        port = first.port
        lingering = Client(first)
        lingering.orders()
    assert not [thread for thread in threading.enumerate() if thread.name == "simulator"]
    lingering.close()

    with SimulatorServer(World(now), port) as again:
        assert again.port == port


def test_a_taken_port_is_an_oserror(server: SimulatorServer, now: SetClock) -> None:
    with pytest.raises(OSError, match="in use"):
        SimulatorServer(World(now), server.port).start()


def test_the_announcement_opens_the_door() -> None:
    with simulator(conversations=3, seed=11, clock=SystemClock()) as server:
        told = json.loads(json.dumps(announcement(server)))
        client = Client(server)
        client.token = told["ebay"]["access_token"]

        assert told["control"] == f"http://127.0.0.1:{server.port}/_control"
        assert told["ebay"].keys() == {"base_url", "client_id", "client_secret", "refresh_token", "access_token"}
        total = sum(client.messages("/conversation", conversation_type=kind).json["total"] for kind in ("FROM_MEMBERS", "FROM_EBAY"))
        assert total == 3
        client.close()


def test_serving_announces_first_and_goes_on_until_it_is_over() -> None:
    class Line(io.StringIO):
        """Tells when the first line is out."""

        def __init__(self) -> None:
            super().__init__()
            self.out = threading.Event()

        def flush(self) -> None:
            self.out.set()

    line, over = Line(), threading.Event()
    serving = threading.Thread(target=serve, args=(0, 3, 7, line, over))
    serving.start()
    assert line.out.wait(10)
    port = json.loads(line.getvalue())["ebay"]["base_url"].rpartition(":")[2]
    with socket.create_connection((HOST, int(port)), timeout=10):
        assert serving.is_alive()

    over.set()
    serving.join(10)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, int(port)), timeout=10)
