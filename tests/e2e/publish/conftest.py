"""Publishers in processes of their own, forked from a server that has loaded all it needs."""

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.e2e.publish.publisher import places_of
from tests.unit.catalog.publish.released import Home


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.e2e.publish.publisher"])
    return context


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A home where the collection points have their version 1."""
    home = Home(tmp_path / "home")
    home.published(places_of(home, 2))
    home.catalog.engine.dispose()
    return home.folder
