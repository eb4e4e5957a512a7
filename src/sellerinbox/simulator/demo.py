"""The simulated marketplaces as `sellerinbox demo` runs them."""

from __future__ import annotations

import gc
import json
import threading
from typing import Any, TextIO

from sellerinbox.domain.clock import Clock, SystemClock
from sellerinbox.simulator.server import SimulatorServer
from sellerinbox.simulator.world import World

SEED = 7


def simulator(port: int = 0, conversations: int | None = None, seed: int = SEED, clock: Clock | None = None) -> SimulatorServer:
    """A server over a new shop, not started yet: use it in a `with`."""
    clock = clock or SystemClock()
    return SimulatorServer(World(clock, seed=seed, conversations=conversations), port, clock=clock)


def announcement(server: SimulatorServer) -> dict[str, Any]:
    """What a client needs to know of a running server: the first line of `demo --serve`."""
    tokens = server.ebay.tokens
    return {
        "ebay": {
            "base_url": server.base_url,
            "client_id": tokens.client_id,
            "client_secret": tokens.client_secret,
            "refresh_token": tokens.refresh_token,
            "access_token": tokens.access_token,
        },
        "control": server.control_url,
    }


def serve(port: int, conversations: int | None, seed: int, out: TextIO, over: threading.Event | None = None) -> None:
    """Run until `over` is set or somebody interrupts; the first line on `out` is the announcement.

    Raises `OSError` when the port is taken, `KeyboardInterrupt` when interrupted.
    """
    with simulator(port, conversations, seed) as server:
        out.write(json.dumps(announcement(server)) + "\n")
        out.flush()
        # The shop stays as long as the process does: no need to look for rubbish in it again and again.
        gc.freeze()
        (over or threading.Event()).wait()
