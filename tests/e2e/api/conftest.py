"""One real server on a home of three versions."""

from collections.abc import Iterator

import pytest

from tests.serving import fill, server
from tests.unit.catalog.publish.released import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = fill(Home(tmp_path_factory.mktemp("home")))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture(scope="module")
def address(home: Home) -> Iterator[str]:
    with server(home.folder) as at:
        yield at
