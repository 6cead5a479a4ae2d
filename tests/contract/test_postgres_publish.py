"""The suite of publication, on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.catalog.publish.released import Home
from tests.unit.catalog.publish.test_publish import *  # noqa: F403 - the same tests, another engine
from tests.unit.catalog.publish.test_registry import *  # noqa: F403


@pytest.fixture
def home(tmp_path: Path, postgres_url: str) -> Iterator[Home]:
    made = Home(tmp_path / "home", postgres_url)
    yield made
    made.catalog.engine.dispose()
