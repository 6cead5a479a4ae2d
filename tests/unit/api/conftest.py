"""The application on a home of three versions, asked in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from eclor.settings import Settings
from eclor.world import SystemClock
from tests.serving import fill
from tests.unit.catalog.publish.released import Home

ORIGIN = "https://data.example.org"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = fill(Home(tmp_path_factory.mktemp("served")))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def own_home(tmp_path: Path) -> Iterator[Home]:
    """The same for one test alone, which may change it."""
    made = fill(Home(tmp_path))
    yield made
    made.catalog.engine.dispose()


def client_on(folder: Path) -> TestClient:
    app = create_app(Settings(home=folder, public_url=ORIGIN))
    return TestClient(app, base_url=ORIGIN, raise_server_exceptions=False)


@contextmanager
def an_hour_later() -> Iterator[datetime]:
    """Stop all clocks of a server an hour from now, in the midst of a minute: what it saw has settled."""
    instant = (SystemClock().now() + timedelta(hours=1)).replace(second=30, microsecond=0)
    with patch.object(SystemClock, "now", lambda _: instant):
        yield instant


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked
