"""The quality sheet: as data, on the page, in DCAT; the same figures everywhere, counted here another way."""

import csv
from io import StringIO
from math import floor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rdflib import Graph, URIRef
from starlette.testclient import TestClient

from api.pages.words import share
from catalog import quality
from catalog.metadata.dcat_pen import DQV
from catalog.quality import PARQUET, measured
from catalog.registry import withdraw
from tests.serving import SERIES
from tests.unit.api.conftest import ORIGIN, client_on
from tests.unit.catalog.publish.released import Home


def cut(share: float) -> float:
    return floor(round(share * 10_000, 6)) / 10_000


def filled(client: TestClient, slug: str) -> dict[str, float]:
    lines = list(csv.DictReader(StringIO(client.get(f"/dataset/{slug}/data.csv").text.removeprefix("\ufeff"))))
    return {name: cut(sum(line[name] != "" for line in lines) / len(lines)) for name in lines[0]}


def test_a_sheet_says_what_the_files_hold(client: TestClient) -> None:
    sheet = client.get(f"/dataset/{SERIES}/quality.json").json()
    columns = filled(client, SERIES)
    measures = sheet["measures"]
    assert measures["columns"] == columns
    assert measures["completeness"] == cut(sum(columns.values()) / len(columns))
    assert 0 < measures["masked"] < measures["rows"]
    assert measures["published"] == cut(1 - measures["masked"] / measures["rows"]) < 1
    proof = client.get(f"/dataset/{SERIES}/proof.json").json()
    told = [(check["gate"], check["passed"], check["executor"]) for check in sheet["checks"]]
    assert told == [(gate["gate"], True, gate["executor"]) for gate in proof["gates"]] != []
    assert [one["version"] for one in sheet["history"]] == sorted(
        (one["version"] for one in sheet["history"]), reverse=True
    )
    assert sheet["history"][0] | sheet["measures"] == sheet["history"][0] | {"columns": columns}
    assert set(sheet["freshness"]) == {"promised", "confirmed_at", "due_at", "late"}


def test_dcat_and_the_page_say_the_same(client: TestClient) -> None:
    measures = client.get(f"/dataset/{SERIES}/quality.json").json()["measures"]
    graph = Graph().parse(data=client.get(f"/dataset/{SERIES}.ttl").text)
    found = {
        str(graph.value(node, DQV.isMeasurementOf)).rpartition("-")[2]: float(graph.value(node, DQV.value) or 0)
        for node in graph.objects(URIRef(f"{ORIGIN}/dataset/{SERIES}"), DQV.hasQualityMeasurement)
    }
    assert found == {name: measures[name] for name in ("completeness", "published")}
    documentation = client.get("/docs").text
    assert all(f'id="qualite-{name}"' in documentation for name in found)
    page = client.get(f"/dataset/{SERIES}", headers={"Accept": "text/html"}).text
    assert f"{share(measures['completeness'])} des cases portent une valeur" in page
    assert f"{share(measures['published'])} des lignes ne sont pas masquées" in page


def test_a_version_that_no_longer_leaves_is_not_in_the_history(home: Home) -> None:
    with client_on(home.folder) as client:
        assert client.get("/dataset/nulle-part/quality.json").status_code == 404
        sheet = client.get(f"/dataset/{SERIES}/quality.json").json()
        assert [one["version"] for one in sheet["history"]] == [2, 1]
    withdraw(home.catalog, SERIES, 1, reason="essai", now=home.world.clock.now())
    with client_on(home.folder) as client:
        sheet = client.get(f"/dataset/{SERIES}/quality.json").json()
        assert [one["version"] for one in sheet["history"]] == [2]


def test_the_catalogue_measures_a_version_once_and_does_without_one_whose_bytes_are_gone(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(parquet: Path, *, rows: int, masked: int) -> quality.Measures:
        asked.append(str(parquet))
        raise FileNotFoundError(parquet)

    monkeypatch.setattr(quality, "measured", counted)
    with client_on(home.folder) as client:
        assert f"/dataset/{SERIES}>" in client.get("/catalog.ttl").text
        once = [*asked]
        client.get("/catalog", headers={"Accept": "text/turtle"})
    assert (asked, len({*asked})) == (once, len(asked))
    assert once


@pytest.mark.parametrize(("part", "written"), [(1, "100"), (0.99999, "99,9"), (0.5, "50"), (0.123, "12,3"), (0, "0")])
def test_a_share_is_never_said_to_be_whole_when_it_is_not(part: float, written: str) -> None:
    assert share(part) == f"{written}\N{NARROW NO-BREAK SPACE}%"


def test_one_gap_in_very_many_rows_is_not_measured_as_none(tmp_path: Path) -> None:
    file, rows = tmp_path / "data.parquet", 100_000
    pq.write_table(pa.table({"key": pa.array(range(rows)), "value": pa.array([None, *range(1, rows)])}), file)
    found = measured(file, rows=rows, masked=1)
    assert (found.filled, found.published, found.completeness) == ({"key": 1, "value": 0.9999}, 0.9999, 0.9999)


def test_a_version_whose_bytes_are_gone_is_told_without_measures(home: Home) -> None:
    file = home.catalog.version_folder(SERIES, 2) / PARQUET
    kept = file.rename(file.with_suffix(".gone"))
    with client_on(home.folder) as client:
        sent = [client.get(path) for path in ("/catalog.ttl", f"/dataset/{SERIES}.ttl")]
        page = client.get(f"/dataset/{SERIES}", headers={"Accept": "text/html"})
        sheet = client.get(f"/dataset/{SERIES}/quality.json")
    kept.rename(file)
    assert [answer.status_code for answer in sent] == [200, 200]
    assert (page.status_code, "portent une valeur" in page.text, sheet.status_code) == (200, False, 404)
    dataset = URIRef(f"{ORIGIN}/dataset/{SERIES}")
    assert not [*Graph().parse(data=sent[1].text).objects(dataset, DQV.hasQualityMeasurement)]
