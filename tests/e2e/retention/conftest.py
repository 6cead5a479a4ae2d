"""A small town that harvested and published, whose years a test lets pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner
from eclor.opening import open_home
from tests.e2e.faults.town import VISITS
from tests.e2e.retention.hamlet import Hamlet, of_benches, settled


@pytest.fixture
def hamlet(tmp_path: Path, gates: GateRunner) -> Iterator[Hamlet]:
    with settled(tmp_path, gates) as one:
        yield one


@pytest.fixture
def benches(tmp_path: Path, gates: GateRunner) -> Iterator[Hamlet]:
    with of_benches(tmp_path, gates) as one:
        yield one


@pytest.fixture
def endorsed(hamlet: Hamlet) -> Hamlet:
    """The town whose archives gave their visa, its policy in force again."""
    policy = hamlet.house.policies[VISITS]
    text = policy.read_text().replace("{visa: requis}", "{visa: obtenu, reference: AD57-2026-14}")
    policy.write_text(text.replace("\nversion: 1\n", "\nversion: 2\n"))
    open_home(hamlet.house)
    return hamlet
