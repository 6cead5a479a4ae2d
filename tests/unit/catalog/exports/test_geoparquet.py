"""GeoParquet 1.1 beside the released columns: by the standard's own schema, and read by readers that are not ours."""

import json
import os
from pathlib import Path

import duckdb
import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from catalog.export import Table
from catalog.exports import export
from charter.release_parts import ReleaseColumn

SCHEMA = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "standards" / "geoparquet" / "schema.json"
CODE = ReleaseColumn("identifiant", "code", "technical")
POSITION = ReleaseColumn("position", "position", "technical")
AREA = {"type": "Polygon", "coordinates": [[[5.9, 49.4], [6.0, 49.4], [6.0, 49.5], [5.9, 49.4]]]}


def written(folder: Path, *columns: ReleaseColumn, **values: list[str | None]) -> Path:
    pq.write_table(pa.table({name: pa.array(cells, pa.string()) for name, cells in values.items()}), folder / "rows")
    export("parquet").write(Table(folder / "rows", columns), folder / "data.parquet")
    return folder / "data.parquet"


def geo(path: Path) -> dict[str, object]:
    said: dict[str, object] = json.loads(pq.ParquetFile(path).schema_arrow.metadata[b"geo"])
    return said


@pytest.fixture
def points(tmp_path: Path) -> Path:
    return written(
        tmp_path, CODE, POSITION, identifiant=["a", "b", "c"], position=["5.940,49.4710", None, "-1.5 , 4e1"]
    )


def test_a_position_becomes_a_point_and_stays_what_it_was(points: Path) -> None:
    rows = pq.read_table(points).to_pylist()
    assert [row["position"] for row in rows] == ["5.940,49.4710", None, "-1.5 , 4e1"]
    shapes = [row["geometry"] and shapely.from_wkb(row["geometry"]).coords[0] for row in rows]
    assert shapes == [(5.94, 49.471), None, (-1.5, 40.0)]
    assert [row["bbox"] and row["bbox"]["xmin"] for row in rows] == [5.94, None, -1.5]


def test_the_file_says_what_it_holds(points: Path) -> None:
    covering = {"bbox": {corner: ["bbox", corner] for corner in ("xmin", "ymin", "xmax", "ymax")}}
    column = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "covering": covering,
        "bbox": [-1.5, 40.0, 5.94, 49.471],
    }
    assert geo(points) == {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def test_a_geometry_keeps_its_name_and_its_text(tmp_path: Path) -> None:
    zone = ReleaseColumn("geometry", "geometrie", "technical")
    path = written(tmp_path, CODE, zone, identifiant=["a", "b", "c"], geometry=[json.dumps(AREA), None, '{"a": 1}'])
    rows = pq.read_table(path).to_pylist()
    assert [row["geometry"] for row in rows] == [json.dumps(AREA), None, '{"a": 1}']
    shapes = [row["geometry_"] and json.loads(shapely.to_geojson(shapely.from_wkb(row["geometry_"]))) for row in rows]
    assert shapes == [AREA, None, None]
    assert geo(path)["primary_column"] == "geometry_"


@pytest.mark.skipif(not SCHEMA.exists(), reason="ECLOR_SHARED names no folder of standards")
@pytest.mark.parametrize("positions", [[], [None], ["5.9,49.4"]])
def test_the_standards_own_schema_accepts_it(tmp_path: Path, positions: list[str | None]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    path = written(tmp_path, CODE, POSITION, identifiant=["a"] * len(positions), position=positions)
    jsonschema.Draft7Validator(schema).validate(geo(path))


def test_a_table_without_places_is_plain_parquet(tmp_path: Path) -> None:
    path = written(tmp_path, CODE, identifiant=["a"])
    assert pq.ParquetFile(path).schema_arrow.names == ["identifiant"]
    assert b"geo" not in (pq.ParquetFile(path).metadata.metadata or {})


def test_a_reader_prunes_by_the_boxes(points: Path) -> None:
    asked = f"SELECT identifiant FROM read_parquet('{points}') WHERE bbox.xmin > 0"
    assert duckdb.sql(asked).fetchall() == [("a",)]
