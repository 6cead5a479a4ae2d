"""A version's addresses always answer: its bytes while it is kept, then 410 with the reason and its successor."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.routes.files import DATA, DESCRIPTIONS
from catalog.registry import withdraw
from catalog.serving import Closed, Ending, settle
from tests.serving import IN_ORDER, SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home, passages

PERSON = "Les lignes d'une personne ont été retirées à sa demande."
REVOKED = "La politique de cette version est révoquée."
ENDED = "La durée de conservation de cette version est écoulée."
SERVED = (2, 5)
"""Versions 1, 3 and 4 no longer leave, each for its own reason."""
GONE = ((1, PERSON, 2), (3, REVOKED, 5), (4, ENDED, 5))
DIFFERENCES = ("diff.json", "diff.csv", "diff.json?from=2", "diff.csv?from=5")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory.mktemp("lifetime"))
    for rows in range(1, 6):
        made.published(passages(made, IN_ORDER[: 5 * rows]))
        made.clock.move(days=1)
    now = made.clock.now()
    withdraw(made.catalog, SERIES, 1, reason=PERSON, now=now)
    ended = Ending(ENDED, now - timedelta(hours=1))
    settle(made.catalog, SERIES, {2: None, 3: Closed(REVOKED, now), 4: ended, 5: None})
    yield made
    made.catalog.engine.dispose()


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        asked.app.state.parts.shelf.dates.clock = home.clock  # type: ignore[attr-defined]
        asked.app.state.parts.shelf._marked = -1  # type: ignore[attr-defined]
        yield asked


@pytest.mark.parametrize(("number", "reason", "successor"), GONE)
@pytest.mark.parametrize("name", [*DATA, *DESCRIPTIONS, *DIFFERENCES])
def test_what_ended_answers_410_with_its_reason_and_its_successor(
    client: TestClient, number: int, reason: str, successor: int, name: str
) -> None:
    gone = client.get(f"/dataset/{SERIES}/versions/{number}/{name}")
    assert (gone.status_code, gone.json()["code"]) == (410, "api.withdrawn")
    assert reason in gone.json()["detail"]
    assert f'versions/{successor}/datapackage.json>; rel="successor-version"' in gone.headers["link"]
    assert 'rel="latest-version"' in gone.headers["link"]
    assert gone.headers["cache-control"] == "no-cache"
    head = client.head(f"/dataset/{SERIES}/versions/{number}/{name}")
    assert (head.status_code, head.content) == (410, b"")


@pytest.mark.parametrize("number", SERVED)
def test_what_is_kept_goes_on_answering_the_same_bytes(home: Home, client: TestClient, number: int) -> None:
    folder = home.catalog.version_folder(SERIES, number)
    for name in ("data.csv", "data.parquet", "proof.json", "schema.json"):
        answered = client.get(f"/dataset/{SERIES}/versions/{number}/{name}")
        assert (answered.status_code, answered.content) == (200, (folder / name).read_bytes())


@pytest.mark.parametrize(("number", "reason", "successor"), GONE)
def test_its_page_says_why_to_people(client: TestClient, number: int, reason: str, successor: int) -> None:
    page = client.get(f"/dataset/{SERIES}/versions/{number}", headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert reason.replace("'", "’") in page.text
    assert f"versions/{successor}/datapackage.json" in page.headers["link"]


def test_what_ended_is_left_out_of_the_way_between_versions(client: TestClient) -> None:
    assert client.get(f"/dataset/{SERIES}/diff.json").json()["from"] == 2
    links = client.get(f"/dataset/{SERIES}/versions/2/data.csv").headers["link"]
    assert 'versions/5/data.csv>; rel="successor-version"' in links
    assert "predecessor-version" not in links
    page = client.get(f"/dataset/{SERIES}/versions/5", headers={"Accept": "text/html"}).text
    assert all(reason.replace("'", "’") in page for _, reason, _ in GONE[1:])
