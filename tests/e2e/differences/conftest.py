"""The valley, walked with the gates as they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner
from tests.e2e.differences.valley import OPENING, settle
from tests.e2e.faults.town import SetClock, Town, opened


@pytest.fixture
def town(tmp_path: Path, gates: GateRunner) -> Iterator[Town]:
    with opened(settle(tmp_path), tmp_path / "home", gates=gates, clock=SetClock(OPENING)) as one:
        yield one
