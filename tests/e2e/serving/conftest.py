"""A home of three versions whose people may act on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.serving.hall import Hall
from tests.serving import fill


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall.opened(tmp_path)
    fill(made.home)
    yield made
    made.home.catalog.engine.dispose()
