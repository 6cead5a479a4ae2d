"""Once a dataset is withdrawn, no address of the application gives a byte of its rows: a new route must say so here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from api.app import create_app
from api.ckan.site import data_files
from catalog.database import reading
from catalog.reading import dataset
from charter.vocabulary import ActKind
from eclor.settings import Settings
from tests.e2e.serving.addresses import CSV, GONE, OTHERS
from tests.e2e.serving.hall import Hall
from tests.serving import SERIES, live
from tests.unit.catalog.publish.released import places

ORIGIN = "https://data.example.org"
ROWS = (("QX7731", "2026-10-01", 771_177, 661_166, "publie"), ("QX7732", "2026-10-01", None, None, "masque"))
TRACES = (b"QX773", b"771177", b"661166")
"""What stands in the rows and nowhere else."""
PAGE = {"Accept": "text/html"}
WAYS: tuple[dict[str, str], ...] = ({}, PAGE, {"Accept": "application/json"}, {"Range": "bytes=0-99"})


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    made = Hall.opened(tmp_path_factory.mktemp("hall"))
    made.home.published(live(made.home, ROWS[:1]))
    made.home.published(places(made.home))
    made.home.clock.move(minutes=10)
    made.home.published(live(made.home, ROWS))
    yield made
    made.home.catalog.engine.dispose()


def client_on(folder: Path) -> TestClient:
    application = create_app(Settings(home=folder, public_url=ORIGIN))
    return TestClient(application, base_url=ORIGIN, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def before(hall: Hall) -> dict[str, Response]:
    """What was answered while it was served; streams do not end, and are left out."""
    paths = [path for route, several in GONE.items() if "live" not in route for path in several]
    with client_on(hall.home.folder) as client:
        return {path: client.get(path) for path in paths}


@pytest.fixture(scope="module")
def client(hall: Hall, before: dict[str, Response]) -> Iterator[TestClient]:
    """The application once the dataset is withdrawn; it had answered everything while it was served."""
    assert {answer.status_code for answer in before.values()} <= {200, 404}
    with client_on(hall.home.folder) as client:
        for path in before:
            client.get(path)
        hall.does(ActKind.REVOKE, "p-dpo")
        client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]
        yield client


def test_every_route_of_the_application_is_in_the_tables(client: TestClient) -> None:
    routes = {route.path for route in client.app.routes if isinstance(route, Route)}  # type: ignore[attr-defined]
    assert routes == {*GONE, *OTHERS}
    assert len(client.app.routes) == len(routes)  # type: ignore[attr-defined]


def test_its_rows_were_there_before(before: dict[str, Response]) -> None:
    held = {path for path, answer in before.items() if any(trace in answer.content for trace in TRACES)}
    assert {f"/dataset/{SERIES}/data.csv", f"/dataset/{SERIES}", f"/datastore/dump/{CSV}?format=csv"} <= held


@pytest.mark.parametrize("path", [path for several in GONE.values() for path in several])
def test_an_address_of_a_withdrawn_dataset_answers_410_with_its_reason(
    client: TestClient, before: dict[str, Response], path: str
) -> None:
    never_was = path in before and before[path].status_code == 404
    known = {"If-None-Match": before[path].headers.get("etag", "*")} if path in before else {"If-None-Match": "*"}
    for way in (*WAYS, known, {**known, "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
        answer = client.get(path, headers=way)
        assert not any(trace in answer.content for trace in TRACES)
        assert answer.status_code == 410 or (never_was and answer.status_code == 404), (way, answer.text)
        assert never_was or "révoquée le 24 novembre 2026" in answer.text
        assert answer.headers["cache-control"] in {"no-cache", "no-store"}
    head = client.head(path)
    assert (never_was or head.status_code == 410, head.content) == (True, b"")


def test_a_page_says_who_to_write_to(client: TestClient) -> None:
    for path in (f"/dataset/{SERIES}", f"/dataset/{SERIES}/versions/1", f"/dataset/{SERIES}/data.csv"):
        answer = client.get(path, headers=PAGE)
        assert "mailto:" in answer.text.split("<main")[1].split("</main>")[0], path


@pytest.mark.parametrize("path", [path for several in OTHERS.values() for path in several])
def test_no_other_address_shows_a_row_of_it(client: TestClient, path: str) -> None:
    for way in (*WAYS, {"If-None-Match": "*"}):
        answer = client.get(path, headers=way)
        assert answer.status_code < 500, answer.text
        shown = (
            answer.content.replace(b"q=QX7731", b"")
            .replace(b'value="QX7731"', b"")
            .replace(b"\xc2\xab\xc2\xa0QX7731", b"")
        )
        assert not any(trace in shown for trace in TRACES), (path, way)


@pytest.mark.parametrize("action", ["package_show", "resource_show", "datastore_search", "datastore_info"])
def test_ckan_s_clients_are_told_why_in_their_envelope(client: TestClient, action: str) -> None:
    about = SERIES if action == "package_show" else CSV
    answer = client.get(f"/api/3/action/{action}?id={about}")
    assert (answer.status_code, answer.json()["success"]) == (410, False)
    assert answer.json()["error"]["__type"] == "Not Found Error"
    assert "révoquée" in answer.json()["error"]["message"]


def test_the_lists_no_longer_have_it(client: TestClient) -> None:
    assert client.get("/api/3/action/package_list").json()["result"] == ["points-de-collecte"]
    assert client.get("/api/3/action/package_search").json()["result"]["count"] == 1
    assert client.get("/api/v1/datasets?state=served").json()["count"] == 1
    described = client.get(f"/api/v1/datasets/{SERIES}").json()
    assert (described["state"], described["version"], described["records"]) == ("withdrawn", None, None)


def test_the_other_dataset_is_served_as_before(hall: Hall, client: TestClient) -> None:
    with reading(hall.home.catalog.engine) as session:
        view = dataset(session, "points-de-collecte")
    assert view is not None
    for file in data_files(view):
        assert client.get(f"/dataset/points-de-collecte/{file.name}").status_code == 200


def test_no_cache_keeps_a_version_longer_than_half_of_the_delay(before: dict[str, Response]) -> None:
    for path, answer in before.items():
        if answer.status_code == 200:
            words = answer.headers["cache-control"].split(", ")
            ages = [int(word.partition("=")[2]) for word in words if word.startswith("max-age=")]
            assert ages == ([450] if "/versions/" in path and "." in path else []), path
            assert "must-revalidate" in words if ages else "no-cache" in words
