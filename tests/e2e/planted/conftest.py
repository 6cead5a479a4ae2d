"""The territory on recorded systems, opened once for all tests of this folder."""

from collections.abc import Iterator

import pytest

from catalog.gates.runner import GateRunner
from tests.e2e.planted.walks import Town, town
from tests.e2e.simulators.running import running


@pytest.fixture(scope="session")
def territory(tmp_path_factory: pytest.TempPathFactory, gates: GateRunner) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("planted")
    with (
        running(folder / "systems", "--fast-lamps", "3600") as systems,
        town(systems, folder / "town", gates) as one,
    ):
        yield one
