"""A shop on a Monday morning, behind a server, and a plain client for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sellerinbox.simulator.server import SimulatorServer
from sellerinbox.simulator.world import World
from tests.simulator.client import Client, SetClock


@pytest.fixture
def now() -> SetClock:
    return SetClock()


@pytest.fixture
def server(now: SetClock) -> Iterator[SimulatorServer]:
    with SimulatorServer(World(now), clock=now) as running:
        yield running


@pytest.fixture
def client(server: SimulatorServer) -> Iterator[Client]:
    plain = Client(server)
    yield plain
    plain.close()
