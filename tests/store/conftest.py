"""What the store's tests share beside the fixtures of all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sellerinbox.store.database import Store
from sellerinbox.store.windows import Windows


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "inbox.db"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def windows(store: Store, database: Path) -> Iterator[Windows]:
    with Windows(database) as opened:
        yield opened
