"""The bytes of each export, by hand."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.export import Export, Table
from catalog.exports import EXPORTS, export
from charter.release_parts import ReleaseColumn

PASSAGES = (
    ReleaseColumn("site", "code", "dimension"),
    ReleaseColumn("horodatage", "date-heure", "dimension", level="jour"),
    ReleaseColumn("foyers", "entier", "measure"),
    ReleaseColumn("statut", "code", "status"),
)
PLACES = (
    ReleaseColumn("nom", "texte", "technical"),
    ReleaseColumn("position", "position", "technical"),
    ReleaseColumn("surface", "decimal", "technical", decimals=2),
)


def table(folder: Path, columns: tuple[ReleaseColumn, ...], **values: object) -> Table:
    path = folder / "release.parquet"
    pq.write_table(pa.table(values), path)
    return Table(path, columns)


@pytest.fixture
def passages(tmp_path: Path) -> Table:
    return table(
        tmp_path,
        PASSAGES,
        site=["AUD", 'VIL, "nord"', "inconnu"],
        horodatage=["2026-10-01", "2026-10-01", "2026-10-02"],
        foyers=pa.array([15, None, 0], pa.int64()),
        statut=["publie", "masque", "publie"],
    )


@pytest.fixture
def places(tmp_path: Path) -> Table:
    return table(
        tmp_path,
        PLACES,
        nom=["Déchèterie", "Bois"],
        position=["5.940,49.4710", None],
        surface=pa.array([Decimal("120.50"), None], pa.decimal128(18, 2)),
    )


def content(name: str, rows: Table) -> str:
    path = rows.path.with_name(export(name).file_name)
    export(name).write(rows, path)
    return path.read_bytes().decode()


def test_csv_leaves_the_measures_of_a_masked_row_empty(passages: Table) -> None:
    assert content("csv", passages) == (
        "site,horodatage,foyers,statut\n"
        "AUD,2026-10-01,15,publie\n"
        '"VIL, ""nord""",2026-10-01,,masque\n'
        "inconnu,2026-10-02,0,publie\n"
    )


def test_json_is_an_array_of_objects(passages: Table) -> None:
    assert content("json", passages) == (
        '[\n{"site":"AUD","horodatage":"2026-10-01","foyers":15,"statut":"publie"},\n'
        '{"site":"VIL, \\"nord\\"","horodatage":"2026-10-01","foyers":null,"statut":"masque"},\n'
        '{"site":"inconnu","horodatage":"2026-10-02","foyers":0,"statut":"publie"}\n]\n'
    )


def test_ndjson_is_an_object_a_line(places: Table) -> None:
    assert content("ndjson", places) == (
        '{"nom":"Déchèterie","position":"5.940,49.4710","surface":120.50}\n'
        '{"nom":"Bois","position":null,"surface":null}\n'
    )


def test_geojson_makes_a_point_of_a_position(places: Table) -> None:
    assert content("geojson", places) == (
        '{"type":"FeatureCollection","features":[\n'
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[5.940,49.4710]},'
        '"properties":{"nom":"Déchèterie","surface":120.50}},\n'
        '{"type":"Feature","geometry":null,"properties":{"nom":"Bois","surface":null}}\n]}\n'
    )


def test_geojson_prefers_a_geometry_and_json_holds_it_as_an_object(tmp_path: Path) -> None:
    area = {"type": "Polygon", "coordinates": [[[5.9, 49.4], [6.0, 49.4], [6.0, 49.5], [5.9, 49.4]]]}
    columns = (ReleaseColumn("position", "position", "technical"), ReleaseColumn("zone", "geometrie", "technical"))
    rows = table(tmp_path, columns, position=["5.9,49.4"], zone=[json.dumps(area)])
    (feature,) = json.loads(content("geojson", rows))["features"]
    assert (feature["geometry"], feature["properties"]) == (area, {"position": "5.9,49.4"})
    assert json.loads(content("json", rows)) == [{"position": "5.9,49.4", "zone": area}]


def test_geojson_fits_only_what_says_where(passages: Table, places: Table) -> None:
    assert (export("geojson").fits(passages), export("geojson").fits(places)) == (False, True)


def test_a_generalised_position_is_not_a_place(tmp_path: Path) -> None:
    columns = (ReleaseColumn("position", "position", "dimension", level="commune"),)
    assert not export("geojson").fits(table(tmp_path, columns, position=["54580"]))


def test_an_empty_release_has_a_header_and_no_row(tmp_path: Path) -> None:
    columns = (PLACES[0], PLACES[1])
    rows = table(tmp_path, columns, nom=pa.array([], pa.string()), position=pa.array([], pa.string()))
    texts = {name: content(name, rows) for name in ("csv", "json", "ndjson", "geojson")}
    assert (texts["csv"], texts["ndjson"]) == ("nom,position\n", "")
    assert json.loads(texts["json"]) == []
    assert json.loads(texts["geojson"])["features"] == []


def test_parquet_row_groups_are_small_enough_to_be_read_by_range(tmp_path: Path) -> None:
    rows = table(tmp_path, (PASSAGES[2],), foyers=list(range(250_000)))
    path = tmp_path / "data.parquet"
    export("parquet").write(rows, path)
    with pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(index) for index in range(file.num_row_groups)]
        assert [group.num_rows for group in groups] == [100_000, 100_000, 50_000]
        assert {group.column(0).compression for group in groups} == {"ZSTD"}


def test_parquet_has_a_dictionary_of_values_that_come_back_alone(tmp_path: Path) -> None:
    columns = (ReleaseColumn("site", "code", "dimension"), ReleaseColumn("nom", "texte", "technical"))
    numbers = range(5_000)
    rows = table(tmp_path, columns, site=[f"S{n % 7}" for n in numbers], nom=[f"rue numéro {n}" for n in numbers])
    export("parquet").write(rows, tmp_path / "data.parquet")
    made = pq.ParquetFile(tmp_path / "data.parquet")
    group = made.metadata.row_group(0)
    assert [group.column(place).has_dictionary_page for place in range(2)] == [True, False]
    assert made.read().equals(pq.read_table(rows.path))


def test_the_sqlite_rows_keep_their_types_and_index_what_people_filter_by(passages: Table) -> None:
    path = passages.path.with_name("rows.sqlite")
    export("rows").write(passages, path)
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as database:
        types = [row[2] for row in database.execute("PRAGMA table_info(rows)")]
        indexes = sorted(row[1] for row in database.execute("PRAGMA index_list(rows)"))
        asked = database.execute("EXPLAIN QUERY PLAN SELECT * FROM rows WHERE site = 'AUD' AND _n > 2 ORDER BY _n")
        plan = " ".join(row[3] for row in asked)
    assert types == ["INTEGER", "TEXT", "TEXT", "INTEGER", "TEXT"]
    assert indexes == ["rows_horodatage", "rows_site"]
    assert "USING INDEX rows_site (site=? AND rowid>?)" in plan


def test_a_heavy_text_is_not_indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.exports.rows_sqlite.INDEX_BUDGET_BYTES", 40)
    columns = (PLACES[0], ReleaseColumn("code", "code", "technical"))
    rows = table(tmp_path, columns, nom=["x" * 20, "y" * 20], code=["a", "b"])
    export("rows").write(rows, tmp_path / "rows.sqlite")
    with closing(sqlite3.connect(tmp_path / "rows.sqlite")) as database:
        assert [row[1] for row in database.execute("PRAGMA index_list(rows)")] == ["rows_code"]


def test_a_column_of_few_values_is_not_indexed_nor_a_measurement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.exports.rows_sqlite.MOST_OF_A_VALUE", 2)
    kinds = {"a": "code", "b": "code", "c": "decimal", "d": "booleen"}
    columns = tuple(ReleaseColumn(name, kind, "technical") for name, kind in kinds.items())
    sums = [Decimal(n) for n in range(5)]
    rows = table(tmp_path, columns, a=["x", "y"] * 2 + ["x"], b=["x", "y", "z"] + ["z"] * 2, c=sums, d=[True] * 5)
    export("rows").write(rows, tmp_path / "rows.sqlite")
    with closing(sqlite3.connect(tmp_path / "rows.sqlite")) as database:
        assert [row[1] for row in database.execute("PRAGMA index_list(rows)")] == ["rows_b"]


def test_the_table_of_exports_is_sorted_and_every_line_loads() -> None:
    assert list(EXPORTS) == sorted(EXPORTS)
    assert all(isinstance(export(name), Export) for name in EXPORTS)


GROWTH = """
import resource, sys
from pathlib import Path
import pyarrow as pa, pyarrow.parquet as pq
from catalog.export import Table
from catalog.exports import EXPORTS, export
from charter.release_parts import ReleaseColumn
folder = Path(sys.argv[1])
columns = (ReleaseColumn("ou", "position", "technical"), ReleaseColumn("n", "entier", "measure"))
def write(count):
    path = folder / "release.parquet"
    schema = pa.schema([("ou", pa.string()), ("n", pa.int64())])
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, count, 50_000):
            numbers = range(start, start + 50_000)
            writer.write_table(pa.table([[f"5.{n:07d},49.4" for n in numbers], list(numbers)], schema=schema))
    for name in EXPORTS:
        export(name).write(Table(path, columns), folder / export(name).file_name)
        (folder / export(name).file_name).unlink()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(write(50_000), write(350_000))
"""


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    command = [sys.executable, "-c", GROWTH, str(tmp_path)]
    few, many = map(int, subprocess.run(command, check=True, capture_output=True, env=dict(os.environ)).stdout.split())
    assert many - few < 40_000, f"{few} kB for 50 000 rows, {many} kB for 350 000"
