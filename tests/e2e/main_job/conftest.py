"""The demonstration runs once for all: started, left until the lighting came, interrupted, started again on its home.

The tests look at the record of the first start, and ask the second one.
"""

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.harvest.mosquitto import available
from tests.e2e.main_job.running import Line, Running, processes_of, running, until

LIGHTING = "eclairage-telemetrie"
READY_S, LIGHTING_S = 600, 600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(func_only=True))  # both starts bound their own waits


@dataclass(frozen=True)
class First:
    """What the first start left behind."""

    lines: tuple[str, ...]
    table: dict[str, Line]
    ready_s: float
    at_work: dict[int, str]
    exit_code: int
    survivors: dict[int, str]
    versions: dict[str, list[int]]


@dataclass(frozen=True)
class Job:
    """The first start's record, and the second start, at work."""

    first: First
    second: Running
    ready_s: float

    @property
    def url(self) -> str:
        return self.second.url

    @property
    def published(self) -> Path:
        return self.second.home / "published"

    def newest(self, slug: str) -> Path:
        """Return the folder of a dataset's newest version."""
        number = versions_of(self.second.home)[slug][-1]
        return self.published / slug / "versions" / str(number)


def versions_of(home: Path) -> dict[str, list[int]]:
    """Return the version numbers on the disk, of each dataset that has one."""
    folders = (home / "published").glob("*/versions/*")
    found: dict[str, list[int]] = {}
    for folder in folders:
        found.setdefault(folder.parts[-3], []).append(int(folder.name))
    return {slug: sorted(numbers) for slug, numbers in found.items()}


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first(home: Path) -> First:
    with running(home, _port()) as run:
        ready_s = run.wait_for("ready: ", READY_S)
        run.wait_for(f"● {LIGHTING}: published", LIGHTING_S)
        at_work = processes_of(home)
        exit_code = run.interrupt()
    return First(
        tuple(run.lines), run.table(), ready_s, at_work, exit_code, processes_of(home), versions_of(home)
    )  # fmt: skip


@pytest.fixture(scope="session")
def job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    if not available:
        pytest.skip("no mosquitto on this machine: the street lighting would not be spoken of by a real broker")
    home = tmp_path_factory.mktemp("main-job") / "home"
    try:
        first = _first(home)
        with running(home, _port()) as second:
            ready_s = second.wait_for("ready: ", READY_S)
            known = len(second.walks())
            until(lambda: _walked(second, LIGHTING, after=known), LIGHTING_S, "the lighting walks again")
            yield Job(first, second, ready_s)
    finally:
        shutil.rmtree(home, ignore_errors=True)  # 400 MB that the test runner would keep


def _walked(run: Running, slug: str, *, after: int) -> bool:
    return any(walk["dataset"] == slug for walk in run.walks()[after:])
