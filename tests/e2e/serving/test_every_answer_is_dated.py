"""Every answer has a strong tag and a date, neither hides what changed: each route is held to it by its addresses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from httpx import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.dating import http_date
from catalog.database import writing
from catalog.declaration import DatasetDeclaration
from catalog.models import WalkRow
from catalog.registry import Terms, declare, record_walk, withdraw
from charter.vocabulary import ActKind
from eclor.settings import Settings
from eclor.world import SystemClock
from tests.e2e.serving.addresses import GONE, LED, OTHERS
from tests.e2e.serving.hall import Hall
from tests.serving import IN_ORDER, POINTS, SERIES, live
from tests.unit.catalog.publish.released import DECLARED_PASSAGES, MovingClock, places

ORIGIN = "https://data.example.org"
WAYS = ({}, {"Accept": "text/html"}, {"Accept": "application/json"})
UNDATED = {
    "/api/v1/live/{slug}": "a stream of events: it has no end",
    "/healthz": "of the moment: nothing keeps it",
    "/readyz": "of the moment: nothing keeps it",
    "/dataset/{package}/resource/{resource}/download/{name}": "sends on to the file itself",
    **dict.fromkeys((*LED, "/organization/{name}", "/group/{name}"), "leads to another page"),
}
"""Routes of which nothing is dated, and why."""
TELLS_TIME = "datastore_search_sql"
"""An action of which nothing is dated: SQL may ask for the time."""
ACTIONS_TRIED = ("package_list", "package_search", "package_show", "datastore_search", "datastore_info", "status_show")
SAME = ("etag", "last-modified", "cache-control", "vary", "content-location")


def _fewer(route: str, several: list[str]) -> list[str]:
    """Return addresses of a route, of CKAN's actions those about one dataset, a table, or nothing."""
    if "{action}" not in route:
        return several
    few = several if route.startswith("/api/3") else several[:12]
    return [path for path in few if f"?id={SERIES}" in path or "?resource_id" in path]


ADDRESSES = {route: _fewer(route, several) for route, several in {**GONE, **OTHERS}.items() if route not in UNDATED}
PATHS = tuple(
    path
    for several in ADDRESSES.values()
    for path in several
    if "/action/" not in path or path.startswith(tuple(f"/api/3/action/{name}?" for name in ACTIONS_TRIED))
)


@contextmanager
def clock_ahead() -> Iterator[MovingClock]:
    """Give the clock of all servers: it stands an hour from now, in the midst of a minute, until a test moves it."""
    ahead = MovingClock((SystemClock().now() + timedelta(hours=1)).replace(second=30, microsecond=0))
    with patch.object(SystemClock, "now", lambda _: ahead.now()):
        yield ahead


@pytest.fixture
def clock() -> Iterator[MovingClock]:
    with clock_ahead() as ahead:
        yield ahead


def opened(folder: Path) -> Hall:
    """A dataset of two versions, one of one."""
    hall = Hall.opened(folder)
    hall.home.published(live(hall.home, IN_ORDER[:9]))
    hall.home.published(places(hall.home))
    hall.home.clock.move(minutes=10)
    hall.home.published(live(hall.home, IN_ORDER[:12]))
    return hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = opened(tmp_path)
    yield made
    made.home.catalog.engine.dispose()


def client_on(folder: Path) -> TestClient:
    application = create_app(Settings(home=folder, public_url=ORIGIN))
    plain = {"Accept-Encoding": "identity"}  # a coded copy is made meanwhile: another representation
    return TestClient(
        application, base_url=ORIGIN, raise_server_exceptions=False, follow_redirects=False, headers=plain
    )


def a_second_goes_by(client: TestClient) -> None:
    parts = client.app.state.parts  # type: ignore[attr-defined]
    parts.shelf._until = parts.moments._until = 0.0


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, datetime]]:
    """A server that saw all it tells an hour ago, and the instant."""
    hall = opened(tmp_path_factory.mktemp("settled"))
    with clock_ahead() as ahead, client_on(hall.home.folder) as client:
        for path in ("/", "/api/v1/flows", "/charter/journal/heads.jsonl"):
            client.get(path)
        ahead.move(hours=1)
        yield client, ahead.now()
    hall.home.catalog.engine.dispose()


def test_what_is_not_dated_is_still_there(settled: tuple[TestClient, datetime]) -> None:
    client, _ = settled
    assert UNDATED.keys() < {**GONE, **OTHERS}.keys()
    for path in ("/healthz", "/readyz", f"/api/3/action/{TELLS_TIME}?sql=SELECT%201"):
        assert "last-modified" not in client.get(path).headers


@pytest.mark.parametrize("route", ADDRESSES)
def test_an_answer_has_a_strong_tag_and_a_date_that_conditions_go_by(
    settled: tuple[TestClient, datetime], route: str
) -> None:
    client, now = settled
    dated = [
        _dated(client, path, way, now)
        for path in ADDRESSES[route]
        for way in (WAYS if "/action/" not in path else WAYS[:1])
        if f"/{TELLS_TIME}?" not in path
    ]
    assert any(dated)


def _dated(client: TestClient, path: str, way: dict[str, str], now: datetime) -> bool:
    """Hold an answer to RFC 9110, 8.8 and 13; say whether there is one."""
    got = client.get(path, headers=way)
    if got.status_code != 200:
        assert "last-modified" not in got.headers, path
        return False
    date = parsedate_to_datetime(got.headers["last-modified"])
    assert got.headers["etag"].startswith('"'), path
    assert date <= now, path
    head = client.head(path, headers=way)
    assert (head.status_code, head.headers, head.content) == (200, got.headers, b""), path

    def asked(**conditions: str) -> Response:
        return client.get(path, headers={**way, **{name.replace("_", "-"): said for name, said in conditions.items()}})

    same, older, later = (http_date(date + timedelta(seconds=step)) for step in (0, -1, 1))
    for had in (
        asked(if_none_match=got.headers["etag"]),
        asked(if_modified_since=same),
        asked(if_modified_since=later),
    ):
        assert (had.status_code, had.content) == (304, b""), path
        assert [had.headers.get(name) for name in SAME] == [got.headers.get(name) for name in SAME], path
    for sent in (asked(if_modified_since=older), asked(if_none_match='"x"', if_modified_since=same)):
        assert (sent.status_code, sent.content) == (200, got.content), path
    assert asked(if_unmodified_since=older).status_code == 412, path
    assert asked(range="bytes=0-0", if_range=older).status_code == 200, path
    return True


def _withdrawn(hall: Hall, number: int) -> None:
    withdraw(hall.home.catalog, SERIES, number, reason="Une erreur.", now=hall.home.clock.now())


def _renamed(hall: Hall) -> None:
    declared = DatasetDeclaration.model_validate(DECLARED_PASSAGES | {"titre": {"fr": "Autre titre", "en": "Other"}})
    with writing(hall.home.catalog.engine) as session:
        declare(session, declared, Terms(), now=hall.home.clock.now())


def _walked(hall: Hall) -> None:
    now = hall.home.clock.now()
    walk = WalkRow(
        run_id="r", dataset=POINTS, started_at=now, ended_at=now, outcome="refused", door="harvest", internal={},
        told={"reason": "Un fichier est illisible."},
    )  # fmt: skip
    with writing(hall.home.catalog.engine) as session:
        record_walk(session, walk)


EVENTS: dict[str, Callable[[Hall], object]] = {
    "a version is published": lambda hall: hall.home.published(live(hall.home, IN_ORDER[:15])),
    "an older version is withdrawn": lambda hall: _withdrawn(hall, 1),
    "the newest version is withdrawn": lambda hall: _withdrawn(hall, 2),
    "a policy is revoked": lambda hall: hall.does(ActKind.REVOKE, "p-dpo"),
    "a declaration changes": _renamed,
    "a walk is refused": _walked,
}


@pytest.mark.parametrize("event", EVENTS)
def test_no_condition_on_a_date_hides_what_changed(hall: Hall, clock: MovingClock, event: str) -> None:
    """In one second: what was told before, what happens, what is told after; then ten seconds later."""
    with client_on(hall.home.folder) as client:
        client.get("/")
        clock.move(hours=1)
        before = {path: client.get(path) for path in PATHS}
        clock.move(seconds=0.2)
        seen = http_date(clock.now())
        EVENTS[event](hall)
        a_second_goes_by(client)
        changed = 0
        for step in (0, 10):
            clock.move(seconds=step)
            changed += sum(_is_told(client, path, answered, seen) for path, answered in before.items())
        assert changed


def _is_told(client: TestClient, path: str, before: Response, seen: str) -> bool:
    """Say whether what a reader has changed; if it did, no date that the reader may hold says that it did not."""
    after = client.get(path)
    if before.status_code != 200 or (after.status_code, after.content) == (200, before.content):
        return False
    for since in filter(None, (before.headers.get("last-modified"), seen)):
        had = client.get(path, headers={"If-Modified-Since": since})
        assert (had.status_code, had.content) == (after.status_code, after.content), path
        part = client.get(path, headers={"Range": "bytes=0-0", "If-Range": since})
        assert part.status_code == after.status_code, path
    return True


def test_a_server_that_starts_takes_no_date_of_another_for_its_own(hall: Hall, clock: MovingClock) -> None:
    """It may be newer software, or other words: what was held before is asked for once more."""
    with client_on(hall.home.folder) as client:
        client.get("/")
        clock.move(hours=1)
        had = {path: client.get(path) for path in PATHS}
    clock.move(seconds=1)
    with client_on(hall.home.folder) as client:
        for path, answered in had.items():
            if answered.status_code == 200 and not _lasts(path):
                since = {"If-Modified-Since": answered.headers.get("last-modified", http_date(clock.now()))}
                assert client.get(path, headers=since).status_code == 200, path


def _lasts(path: str) -> bool:
    """Say whether an address has the same bytes for ever, whoever serves them."""
    return path.startswith("/static/") or path in GONE["/dataset/{slug}/versions/{number}/{name}"]
