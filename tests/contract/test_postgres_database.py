"""The suite of the metadata, on a real PostgreSQL."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from catalog.database import engine_at, upgrade
from tests.unit.catalog.database.test_reading import *  # noqa: F403 - the same tests, another engine
from tests.unit.catalog.database.test_shape import *  # noqa: F403


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    made = engine_at(postgres_url)
    upgrade(made)
    yield made
    made.dispose()


def test_it_really_is_postgresql(engine: Engine) -> None:
    assert engine.dialect.name == "postgresql"
