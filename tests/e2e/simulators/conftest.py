from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.e2e.simulators.running import Running, running

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def systems(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home: Path = tmp_path_factory.mktemp("systems")
    with running(home, "--fast-lamps", "20") as started:
        yield started
