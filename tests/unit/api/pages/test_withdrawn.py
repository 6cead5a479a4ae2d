"""The page of one withdrawn version: its reason for a browser, with the way to what replaces it; JSON for a program."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from catalog.registry import withdraw
from tests.serving import SERIES, fill
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home

REASON = "Une ligne était fausse."
PAGE = f"/dataset/{SERIES}/versions/1"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    home = fill(Home(tmp_path))
    withdraw(home.catalog, SERIES, 1, reason=REASON, now=home.clock.now())
    with client_on(tmp_path) as asked:
        yield asked
    home.catalog.engine.dispose()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/proof"])
def test_a_withdrawn_version_has_a_page_that_says_why(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert REASON in page.text.replace("\u00a0", " ").replace("’", "'")
    assert f'href="/dataset/{SERIES}">Aller à la version en cours' in page.text
    assert 'rel="successor-version"' in page.headers["link"]
    assert (program := client.get(path, headers={"Accept": "application/json"})).status_code == 410
    assert program.json()["code"] == "api.withdrawn"


def test_the_dataset_s_page_stays_and_lists_the_withdrawal(client: TestClient) -> None:
    page = client.get(f"/dataset/{SERIES}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert REASON in page.text
