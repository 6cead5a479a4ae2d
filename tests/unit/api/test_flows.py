"""`/api/v1/flows` and the freshness of `/api/v1/datasets`: what anyone may read, and nothing of what came in."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from api.links import Links
from api.routes.flows import _Flows
from catalog.database import writing
from catalog.declaration import DatasetDeclaration, read_dataset
from catalog.flow_orders import FILE, Order, OrderBook, give
from catalog.models import WalkRow
from catalog.public_points import PublicPoint, keep_tries, public_points
from catalog.registry import Terms, declare, record_walk
from eclor.errors import PayloadRefused, Place
from eclor.names import PersonId
from eclor.sentences.points import POINT_STATES
from eclor.world import SystemClock
from harvesters.public_points import PointState, Try
from tests.serving import POINTS, SERIES, fill
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import TERRITORY, Home

NAME = "jean.marqueur@orange.fr"
"""A header that is a person's: the first line of a table without headers."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = fill(Home(tmp_path_factory.mktemp("flows")))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked


def walked(home: Home, dataset: str, outcome: str, refusal: PayloadRefused | None = None) -> None:
    told = {"reason": refusal.told_french(), "refusal": refusal.told()} if refusal else {}
    now = home.clock.now()
    row = WalkRow(
        run_id="r", dataset=dataset, started_at=now, ended_at=now, outcome=outcome, door="harvest",
        message_fr=refusal.located() if refusal else "", message_en="", internal={"rows": 77_177}, told=told,
    )  # fmt: skip
    with writing(home.catalog.engine) as session:
        record_walk(session, row)


def of(client: TestClient, dataset: str) -> dict[str, object]:
    flows = client.get("/api/v1/flows").json()["flows"]
    found: dict[str, object] = next(flow for flow in flows if flow["dataset"] == dataset)
    return found


def test_every_declared_flow_of_the_territory_is_there(client: TestClient) -> None:
    told = client.get("/api/v1/flows").json()
    assert told["count"] == len(told["flows"]) > 10
    assert told["unread"] == {}
    flow = of(client, POINTS)
    assert flow["flow"] == f"dechets-referentiel/{POINTS}"
    assert (flow["simulated"], flow["published"]) == (True, {"version": 1, "rows": 2, "masked": 0})
    assert flow["ways"] == [{"protocol": "csv", "access": "http", "every_s": 3600}]


def test_it_is_revalidated_and_not_sent_twice(client: TestClient) -> None:
    first = client.get("/api/v1/flows", params={"state": "paused"})
    assert (first.headers["cache-control"], first.json()["count"]) == ("no-cache", 0)
    again = client.get("/api/v1/flows", params={"state": "paused"}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    refused = client.get("/api/v1/flows", params={"state": "asleep"})
    assert (refused.status_code, refused.json()["code"]) == (400, "api.bad-parameter")


def test_a_refusal_says_its_code_and_cure_and_nothing_that_the_source_sent(home: Home, client: TestClient) -> None:
    refusal = PayloadRefused(
        "intake.undeclared-column", place=Place("x.csv", 8_118), path=NAME, count=77_177, columns=9
    )
    walked(home, POINTS, "refused", refusal)
    flow = of(client, POINTS)
    error = flow["error"]
    assert isinstance(error, dict)
    assert (flow["state"], flow["state_label"], error["code"]) == ("refused", "Refusé", "intake.undeclared-column")
    assert error["cure_fr"].startswith("Rien n'a été gardé.")
    assert "declare it" in error["cure_en"]
    pages = ("/api/v1/flows", "/api/v1/datasets", f"/api/v1/datasets/{POINTS}", f"/dataset/{POINTS}", "/")
    for page in pages:
        said = client.get(page, headers={"Accept": "*/*"}).text
        assert not [word for word in (NAME, "77177", "77,177", "8118", "x.csv") if word in said], page
    assert "intake.undeclared-column" in client.get(f"/api/v1/datasets/{POINTS}").text


def test_a_pause_is_said_with_who_and_since_when_within_a_second(home: Home, client: TestClient) -> None:
    name = str(of(client, SERIES)["flow"])
    book = OrderBook(home.folder, home.catalog.journal, home.world)
    give(Order.PAUSE, name, PersonId("p-dechets"), book)
    flow = of(client, SERIES)
    assert (flow["state"], flow["next_run"]) == ("paused", None)
    assert flow["paused"] == {"by": "p-dechets", "since": home.clock.now().isoformat(timespec="seconds")}
    assert flow["published"] is not None
    home.clock.move(minutes=1)
    give(Order.RESUME, name, PersonId("p-dechets"), book)
    assert of(client, SERIES)["paused"] is None
    (home.folder / FILE).write_text("?")
    assert client.get("/api/v1/flows").status_code == 503
    (home.folder / FILE).unlink()


def test_what_is_older_than_promised_is_late_in_the_list_on_its_own_and_in_the_flows(
    home: Home, client: TestClient
) -> None:
    one = client.get(f"/api/v1/datasets/{POINTS}").json()["freshness"]
    listed = {each["slug"]: each for each in client.get("/api/v1/datasets").json()["datasets"]}
    assert one == listed[POINTS]["freshness"] == of(client, POINTS)["freshness"]
    due, now = datetime.fromisoformat(one["due_at"]), SystemClock().now()
    assert (one["promised"], one["late"]) == ("40 jours", now > due)
    walked(home, POINTS, "unchanged")
    for days, late, state in ((0, False, "running"), (400, True, "late")):
        home.clock.move(days=days)
        with client_on(home.folder) as again:
            again.app.state.parts.shelf.dates.clock = home.clock  # type: ignore[attr-defined]
            assert again.get(f"/api/v1/datasets/{POINTS}").json()["freshness"]["late"] is late
            assert of(again, POINTS)["state"] == state


def test_what_waits_has_its_page_after_a_walk_that_was_recorded_before_walks_told_anything(
    home: Home, client: TestClient
) -> None:
    waiting = read_dataset(TERRITORY / "datasets" / "alertes.yaml")
    assert isinstance(waiting, DatasetDeclaration)
    with writing(home.catalog.engine) as session:
        declare(session, waiting, Terms(), now=home.clock.now())
    walked(home, "alertes", "waiting")
    page = client.get("/dataset/alertes", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "Sa première période n" in page.text


def test_a_file_that_is_not_there_is_said_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / ".#bus.yaml").symlink_to("agent@poste.1234")  # an editor's mark of a file that is being written
    parts = SimpleNamespace(settings=SimpleNamespace(territory=tmp_path))
    declared = _Flows(parts, Links("http://x"))._declared()  # type: ignore[arg-type]
    assert dict(declared.unread) == {".#bus.yaml": "declaration.no-file"}


def test_the_description_of_the_api_knows_it(client: TestClient) -> None:
    assert "/api/v1/flows" in json.dumps(client.get("/openapi.json").json())


def test_public_endpoints_stand_beside_with_what_their_last_try_showed(home: Home, client: TestClient) -> None:
    before = client.get("/api/v1/flows").json()["public_points"]
    assert {point["state"] for point in before} == {"not-tried"}
    assert all(point["licence"] and point["quota"] and point["verified"] for point in before)
    one = next(point for point in public_points(TERRITORY, home.folder).points if point.declared.datasets)
    shown = Try(PointState.UNREACHABLE, home.clock.now(), "source.down")
    keep_tries([replace(one, tried=shown)], home.folder)
    after = client.get("/api/v1/flows").json()["public_points"]
    told = {point["point"]: (point["state"], point["state_label"], point["code"]) for point in after}
    assert told.pop(one.declared.point) == ("unreachable", "Injoignable", "source.down")
    assert {state for state, _, _ in told.values()} == {"not-tried"}


def test_a_try_of_another_address_says_nothing_nor_does_a_damaged_file(home: Home, tmp_path: Path) -> None:
    one = public_points(TERRITORY, home.folder).points[0]
    elsewhere = one.declared.model_copy(update={"address": "https://elsewhere.invalid/"})
    shown = Try(PointState.ANSWERS, home.clock.now())
    keep_tries([PublicPoint(elsewhere, shown)], tmp_path)
    assert {point.state for point in public_points(TERRITORY, tmp_path).points} == {PointState.NOT_TRIED}
    keep_tries([replace(one, tried=shown)], tmp_path)
    assert public_points(TERRITORY, tmp_path).points[0].tried == shown
    (tmp_path / "public-points.json").write_bytes(b'[{"point": 1}]')
    assert {point.state for point in public_points(TERRITORY, tmp_path).points} == {PointState.NOT_TRIED}


def test_every_state_of_a_public_endpoint_has_its_french_word() -> None:
    assert {*POINT_STATES} == {*PointState}
