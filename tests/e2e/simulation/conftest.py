"""Gates that are warm once for all, and the valley of two sites."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner
from tests.e2e.differences.valley import OPENING, settle
from tests.e2e.faults.town import SetClock, Town, opened


@pytest.fixture(scope="session")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateRunner]:
    with GateRunner(tmp_path_factory.mktemp("gates")) as runner:
        runner.start()
        yield runner


@pytest.fixture
def town(tmp_path: Path, gates: GateRunner) -> Iterator[Town]:
    with opened(settle(tmp_path), tmp_path / "home", gates=gates, clock=SetClock(OPENING)) as one:
        yield one
