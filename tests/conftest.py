"""How the whole suite runs: the same examples each day, other ones in the soak; what shares a server stays together."""

import gc
from collections.abc import Generator, Iterator
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

import eclor  # noqa: F401 - before DuckDB, which is told by it to overwrite what it frees
from catalog.gates.runner import GateRunner

_BUSY: Final = [HealthCheck.too_slow]  # as deadlines: a busy machine is no defect
settings.register_profile("daily", derandomize=True, deadline=None, suppress_health_check=_BUSY)
settings.register_profile("soak", derandomize=False, deadline=None, suppress_health_check=_BUSY)
_TOGETHER = (
    "tests/e2e/engines/",
    "tests/e2e/main_job/",
    "tests/e2e/planted/",
    "tests/e2e/gates/",
    "tests/e2e/simulators/",
    "tests/e2e/walk/",
    "tests/browser/",
)
"""Folders whose tests share one costly thing: a whole run, the demonstration's sources, a browser, a Spark."""
_APART: Final = "tests/property/"
"""Tests that share nothing and are long: they come one by one, last, and fill up both workers."""


class _ByFile(LoadScopeScheduling):
    """A file's tests go to one worker, or what they share is made by both."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_APART):
            return nodeid
        file = nodeid.partition("::")[0]
        return next((folder for folder in _TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    return _ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays: neither this nor each harvest that gives back memory looks it through."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-soak", action="store_true", help="run what is too long for every day")
    parser.addoption("--rewrite", action="store_true", help="rewrite golden files; review them as code")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "soak: too long for make test; run by make soak")
    settings.load_profile("soak" if config.getoption("--run-soak") else "daily")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--run-soak"):
        return
    soak = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=soak)
    items[:] = [item for item in items if item not in soak]


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture(scope="session")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateRunner]:
    """The gates as they are, warm once for all tests of a worker."""
    with GateRunner(tmp_path_factory.mktemp("gates")) as runner:
        runner.start()
        yield runner
