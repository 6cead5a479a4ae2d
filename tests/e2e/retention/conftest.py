"""A small town that harvested and published, whose years a test lets pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner
from tests.e2e.retention.hamlet import Hamlet, settled


@pytest.fixture(scope="session")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateRunner]:
    with GateRunner(tmp_path_factory.mktemp("gates")) as runner:
        runner.start()
        yield runner


@pytest.fixture
def hamlet(tmp_path: Path, gates: GateRunner) -> Iterator[Hamlet]:
    with settled(tmp_path, gates) as one:
        yield one
