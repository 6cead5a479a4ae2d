"""The application on a home of three versions, asked in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from eclor.settings import Settings
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


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked
