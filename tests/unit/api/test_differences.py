"""What changed between two versions: the rows, the columns, who may ask, and what is never told."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from starlette.testclient import TestClient

from catalog.registry import withdraw
from tests.serving import POINTS, SERIES
from tests.unit.api.conftest import client_on
from tests.unit.catalog.publish.released import OCTOBER, PLACES, Home, passages, places

NEXT = (
    ("AUD", "2026-10-01", 26, 15, "publie"),
    ("AUD", "2026-10-02", 14, 12, "publie"),
    ("NEW", "2026-10-03", None, None, "masque"),
    ("VIL", "2026-10-01", None, None, "masque"),
    ("VIL", "2026-10-02", 0, 0, "publie"),
)
MOVED = ((*PLACES[0][:2], "5.90,49.47"), ("D3", "Déchèterie, d'à côté", "5.95,49.46"))
AT = f"/dataset/{SERIES}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory.mktemp("compared"))
    for release in (passages(made), places(made)):
        made.published(release)
    made.clock.move(days=1)
    made.published(passages(made, NEXT))
    made.published(places(made, MOVED))
    made.clock.move(days=1)
    made.published(passages(made, OCTOBER[:4]))
    yield made
    made.catalog.engine.dispose()


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    with client_on(home.folder) as asked:
        yield asked


def test_a_row_is_told_by_its_values_and_never_by_its_masking_alone(client: TestClient) -> None:
    found = client.get(f"{AT}/versions/2/diff.json?from=1").json()
    assert (found["from"], found["to"], found["key"]) == (1, 2, ["site", "horodatage"])
    assert found["counts"] == {"added": 1, "removed": 1, "changed": 1}
    row = {"site": "AUD", "horodatage": "2026-10-01", "passages": 25, "foyers": 15, "statut": "publie"}
    assert found["changed"] == [{"before": row, "after": row | {"passages": 26}}]
    assert [one["site"] for one in found["added"]] == ["NEW"]
    assert found["removed"][0] == {
        "site": "ensemble",
        "horodatage": "2026-10-01",
        "passages": None,
        "foyers": None,
        "statut": "masque",
    }


def test_versions_are_compared_both_ways_and_with_themselves(client: TestClient) -> None:
    back = client.get(f"{AT}/versions/1/diff.json?from=2").json()
    assert [one["site"] for one in back["removed"]] == ["NEW"]
    assert back["changed"][0]["after"]["passages"] == 25
    same = client.get(f"{AT}/versions/1/diff.json?from=1").json()
    assert same["counts"] == {"added": 0, "removed": 0, "changed": 0}


def test_without_from_it_is_since_the_version_before(client: TestClient) -> None:
    newest = client.get(f"{AT}/diff.json")
    assert (newest.json()["from"], newest.json()["to"]) == (2, 3)
    assert newest.headers["content-location"].endswith(f"{AT}/versions/3/diff.json?from=2")
    assert newest.headers["cache-control"] == "no-cache"
    assert client.get(f"{AT}/versions/2/diff.json").json()["from"] == 1
    first = client.get(f"{AT}/versions/1/diff.json").json()
    assert (first["from"], first["counts"]) == (None, {"added": 0, "removed": 0, "changed": 0})


def test_csv_says_the_change_in_its_first_column(client: TestClient) -> None:
    answered = client.get(f"/dataset/{POINTS}/versions/2/diff.csv?from=1")
    assert answered.headers["content-type"] == "text/csv; charset=utf-8"
    assert list(csv.reader(StringIO(answered.text))) == [
        ["change", "identifiant", "nom", "position"],
        ["added", *MOVED[1]],
        ["removed", *PLACES[1]],
        ["before", *PLACES[0]],
        ["after", *MOVED[0]],
    ]


def test_it_is_known_by_its_tag_and_head_says_as_much(client: TestClient) -> None:
    path = f"{AT}/versions/2/diff.csv?from=1"
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]
    assert client.get(path, headers={"If-None-Match": whole.headers["etag"]}).status_code == 304
    assert "must-revalidate" in whole.headers["cache-control"]
    assert 'rel="latest-version"' in whole.headers["link"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("versions/2/diff.json?from=9", 404, "api.no-version"),
        ("versions/9/diff.json", 404, "api.no-version"),
        ("versions/x/diff.json", 404, "api.no-version"),
        ("versions/2/diff.json?from=-1", 400, "api.bad-parameter"),
        ("versions/2/diff.json?from=", 400, "api.bad-parameter"),
        ("diff.xml", 404, "api.no-page"),
    ],
)
def test_what_cannot_be_compared_is_said(client: TestClient, path: str, status: int, code: str) -> None:
    refused = client.get(f"{AT}/{path}")
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_a_dataset_that_is_not_there_is_compared_with_nothing(client: TestClient) -> None:
    assert client.get("/dataset/nothing/diff.json").status_code == 404


def test_too_many_differences_are_refused_with_their_count(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.differences.MOST_TOLD", 0)
    refused = client.get(f"{AT}/versions/3/diff.json?from=1")
    assert (refused.status_code, refused.json()["code"]) == (422, "differences.too-many")
    monkeypatch.setattr("catalog.differences.MOST_ROWS", 1)
    assert client.get(f"{AT}/versions/3/diff.csv?from=1").json()["code"] == "differences.too-large"


def test_a_version_page_says_in_words_what_changed(client: TestClient) -> None:
    page = client.get(f"{AT}/versions/2", headers={"Accept": "text/html"})
    assert "1 ligne ajoutée, 1 modifiée, 1 retirée depuis la" in page.text
    assert f"{AT}/versions/2/diff.csv?from=1" in page.text
    for relation, target in (
        ("latest-version", ""),
        ("predecessor-version", "/versions/1"),
        ("successor-version", "/versions/3"),
    ):
        assert f'{AT}{target}>; rel="{relation}"' in page.headers["link"]
    assert 'versions/3/data.csv>; rel="successor-version"' in client.get(f"{AT}/versions/2/data.csv").headers["link"]


def test_neither_version_may_be_withdrawn(home: Home, client: TestClient) -> None:
    withdraw(home.catalog, SERIES, 2, reason="Une ligne de trop.", now=home.clock.now())
    client.app.state.parts.shelf._until = 0.0  # type: ignore[attr-defined]
    for path in (
        "versions/2/diff.json?from=1",
        "versions/3/diff.csv?from=2",
        "versions/2/diff.csv",
        "versions/1/diff.json?from=2",
    ):
        gone = client.get(f"{AT}/{path}")
        assert (gone.status_code, gone.json()["code"]) == (410, "api.withdrawn")
        assert "Une ligne de trop." in gone.json()["detail"]
        assert 'rel="successor-version"' in gone.headers["link"]
    assert client.get(f"{AT}/diff.json").json()["from"] == 1
    page = client.get(f"{AT}/versions/3", headers={"Accept": "text/html"}).text
    assert "La version 2, qui la précédait, est retirée" in page
