"""`/api/v1/search` and the search page: what is asked, what is found, what is never found."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from catalog.registry import withdraw
from tests.serving import POINTS, SERIES, fill
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import Home

PATH = "/api/v1/search"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = fill(Home(tmp_path_factory.mktemp("searched")))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked


def slugs(client: TestClient, query: str) -> list[str]:
    return [one["slug"] for one in client.get(f"{PATH}?{query}").json()["datasets"]]


@pytest.mark.parametrize("words", ["fréquentation", "Visits", "frequantation", "visites", "Passages"])
def test_a_dataset_is_found_by_its_words(client: TestClient, words: str) -> None:
    assert slugs(client, f"q={words}") == [SERIES]


def test_an_answer_says_what_was_found_and_what_each_facet_would_leave(client: TestClient) -> None:
    found = client.get(f"{PATH}?q=abfall&lang=lb").json()
    assert (found["count"], found["did_you_mean"], found["next"]) == (2, None, None)
    assert found["facets"]["theme"] == [{"value": "dechets", "label": "Offall", "count": 2}]
    assert {one["value"]: one["count"] for one in found["facets"]["format"]}["csv"] == 2
    english = client.get(f"{PATH}?q=collection&lang=en").json()["datasets"][0]
    assert (english["title"], english["slug"], english["version"]) == ("Collection points", POINTS, 1)
    assert client.get(f"{PATH}?q=frequantation").json()["did_you_mean"] == "frequentation"


def test_facets_places_and_days_narrow_it(client: TestClient) -> None:
    assert slugs(client, "kind=series&format=csv&theme=dechets") == [SERIES]
    assert slugs(client, "kind=Series&format=CSV&theme=Dechets") == [SERIES]
    assert slugs(client, "format=GeoJSON") == slugs(client, "format=geojson") == [POINTS]
    assert slugs(client, "from=2026-10-01&to=2026-10-31") == [SERIES]
    assert slugs(client, "from=2026-11-01") == [POINTS]
    assert slugs(client, "bbox=5.9,49.4,5.95,49.5&from=2026-11-01") == [POINTS]
    assert slugs(client, "bbox=0,0,1,1") == []
    assert slugs(client, "commune=Villerupt&kind=series") == [SERIES]


def test_pages_follow_by_their_link(client: TestClient) -> None:
    first = client.get(f"{PATH}?limit=1")
    following = first.json()["next"]
    assert f'<{following}>; rel="next"' in first.headers["link"]
    second = client.get(following).json()
    assert second["next"] is None
    assert {first.json()["datasets"][0]["slug"], second["datasets"][0]["slug"]} == {SERIES, POINTS}


def test_it_answers_304_and_head(client: TestClient) -> None:
    whole = client.get(PATH)
    assert client.get(PATH, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    assert client.head(PATH).headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=1000",
        "limit=x",
        "offset=-1",
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=nan,0,1,1",
        "bbox=2,0,1,1",
        "commune=Atlantis",
        "from=hier",
        "from=2026-02-30",
        "from=2026-02-02&to=2026-01-01",
        "lang=it",
        "colour=blue",
        "q=a&q=b",
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(client: TestClient, query: str) -> None:
    refused = client.get(f"{PATH}?{query}")
    assert (refused.status_code, refused.json()["code"]) == (400, "api.bad-parameter")


@pytest.mark.parametrize("query", ["q=%00%ff", "q=%F0%9F%98%80", "theme=%27;--", "q=" + "a+" * 90])
def test_anything_else_is_an_answer(client: TestClient, query: str) -> None:
    assert client.get(f"{PATH}?{query}").status_code == 200


def test_the_page_shows_facets_and_what_was_meant(client: TestClient) -> None:
    page = client.get("/search?q=frequantation&commune=54580", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "Vouliez-vous dire" in page.text
    assert f"/dataset/{SERIES}" in page.text
    assert 'name="licence"' in page.text
    assert '<option value="54580" selected>' in page.text
    assert client.get("/search?utm_source=x").status_code == 200


def test_what_is_withdrawn_is_found_only_where_it_is_asked_for(home: Home, client: TestClient) -> None:
    withdraw(home.catalog, POINTS, 1, reason="Erreur de saisie.", now=home.clock.now())
    client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]
    assert slugs(client, "") == [SERIES]
    (gone,) = client.get(f"{PATH}?state=withdrawn").json()["datasets"]
    assert (gone["slug"], gone["version"], gone["state"]) == (POINTS, None, "withdrawn")
    assert client.get(f"{PATH}?state=withdrawn").json()["facets"]["format"] == []
