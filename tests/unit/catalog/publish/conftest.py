"""A home a test, with its catalogue on SQLite (`tests/contract` gives it on PostgreSQL)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.catalog.publish.released import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path / "home")
    yield made
    made.catalog.engine.dispose()
