"""A withdrawal holds for every address within a second; a walk begun before it ends by saying so."""

import pydoc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from starlette.testclient import TestClient

from api.turns import Turns
from catalog.registry import withdraw
from eclor.errors import RequestRefused
from tests.serving import IN_ORDER, SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home, passages

REASON = "Une personne a demandé l'effacement de sa ligne."


@pytest.fixture
def client(own_home: Home) -> Iterator[TestClient]:
    """The application, its clock at a standstill until a test says that a second went by."""
    with client_on(own_home.folder) as asked:
        yield asked


def a_second_goes_by(client: TestClient) -> None:
    client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]


def test_a_withdrawn_version_is_gone_with_its_reason_and_its_successor(own_home: Home, client: TestClient) -> None:
    old = f"/dataset/{SERIES}/versions/1/data.csv"
    assert client.get(old).status_code == 200
    withdraw(own_home.catalog, SERIES, 1, reason=REASON, now=own_home.clock.now())
    a_second_goes_by(client)
    gone = client.get(old)
    assert (gone.status_code, gone.json()["code"]) == (410, "api.withdrawn")
    assert REASON in gone.json()["detail"]
    assert f'</dataset/{SERIES}/versions/2/datapackage.json>; rel="successor-version"' in gone.headers["link"]
    assert client.get(f"/dataset/{SERIES}/data.csv").status_code == 200
    assert "predecessor-version" not in client.get(f"/dataset/{SERIES}/data.csv").headers["link"]
    assert client.get(old, headers={"If-None-Match": "*"}).status_code == 410


def test_a_withdrawn_dataset_takes_all_with_it(own_home: Home, client: TestClient) -> None:
    withdraw(own_home.catalog, SERIES, 2, reason=REASON, now=own_home.clock.now())
    a_second_goes_by(client)
    for path in (
        f"/dataset/{SERIES}/data.csv",
        f"/dataset/{SERIES}/versions/1/data.json",
        f"/dataset/{SERIES}/versions/2/proof.json",
        f"/api/v1/datasets/{SERIES}/records",
    ):
        assert client.get(path).status_code == 410, path
    assert client.get("/api/3/action/package_list").json()["result"] == ["points-de-collecte"]
    assert client.get(f"/api/3/action/package_show?id={SERIES}").status_code == 410
    described = client.get(f"/api/v1/datasets/{SERIES}").json()
    assert (described["state"], described["version"], described["state_reason"]) == ("withdrawn", None, REASON)


def test_a_cursor_of_an_older_version_walks_on_while_that_version_is_kept(own_home: Home, client: TestClient) -> None:
    path = f"/api/v1/datasets/{SERIES}/records"
    following = client.get(f"{path}?limit=10").json()["next"]
    own_home.clock.move(days=1)
    own_home.published(passages(own_home, IN_ORDER[:20]))
    a_second_goes_by(client)
    page = client.get(following).json()
    assert (page["version"], page["records"][0]["horodatage"]) == (2, IN_ORDER[10][1])
    assert client.get(f"{path}?limit=10").json()["version"] == 3
    withdraw(own_home.catalog, SERIES, 2, reason=REASON, now=own_home.clock.now())
    a_second_goes_by(client)
    assert client.get(following).status_code == 410


FOUND_BY = [("1000", "record_pages.rows_of"), ("all", "row_batches.csv_lines_of")]


@pytest.mark.parametrize(("limit", "found_by"), FOUND_BY)
def test_rows_withdrawn_while_they_are_looked_for_do_not_leave(
    own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch, limit: str, found_by: str
) -> None:
    found = pydoc.locate(f"api.{found_by}")
    assert callable(found)

    async def slowly(*given: object, **more: object) -> object:
        withdraw(own_home.catalog, SERIES, 2, reason=REASON, now=own_home.clock.now())
        a_second_goes_by(client)
        return await found(*given, **more)

    monkeypatch.setattr(f"api.{found_by}", slowly)
    answered = client.get(f"/api/v1/datasets/{SERIES}/records?format=csv&limit={limit}")
    assert (answered.status_code, answered.json()["code"]) == (410, "api.withdrawn")


@pytest.mark.parametrize(("limit", "found_by"), FOUND_BY)
def test_what_is_refused_late_is_not_looked_for_twice(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, limit: str, found_by: str
) -> None:
    asked: list[object] = []

    async def too_slow(*given: object, **_more: object) -> object:
        asked.append(given)
        raise RequestRefused("api.too-slow")

    monkeypatch.setattr(f"api.{found_by}", too_slow)
    answered = client.get(f"/api/v1/datasets/{SERIES}/records?format=csv&limit={limit}")
    assert (answered.status_code, answered.json()["code"], len(asked)) == (503, "api.too-slow", 1)


@pytest.mark.parametrize(
    "path",
    [
        f"/api/v1/datasets/{SERIES}/records?site__contains=v",
        f"/api/v1/datasets/{SERIES}/records?group=site&aggregate=count",
        f"/ogc/collections/{SERIES}/items?f=json&filter=site%20LIKE%20'V%25'",
    ],
)
def test_a_page_that_was_being_made_does_not_leave(
    path: str, own_home: Home, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(path).status_code == 200
    client.app.state.parts.answers._kept.clear()  # type: ignore[attr-defined]
    entered = Turns.taken

    @asynccontextmanager
    async def taken(turns: Turns, client_of_it: str) -> AsyncIterator[None]:
        async with entered(turns, client_of_it):
            yield
        withdraw(own_home.catalog, SERIES, 2, reason=REASON, now=own_home.clock.now())
        a_second_goes_by(client)

    monkeypatch.setattr(Turns, "taken", taken)
    assert client.get(path).status_code == 410
