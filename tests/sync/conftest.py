"""The desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sellerinbox.store.database import Store
from tests.fakes import FakeClock, FakeShop
from tests.sync.desk import Desk


@pytest.fixture
def desk(store: Store, clock: FakeClock, market: FakeShop, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(store, clock, [market], tmp_path)
    yield made
    made.windows.close()
