"""A migrated SQLite database a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalog.database import engine_at, upgrade


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = engine_at(f"sqlite:///{tmp_path / 'catalog.sqlite'}")
    upgrade(made)
    yield made
    made.dispose()
